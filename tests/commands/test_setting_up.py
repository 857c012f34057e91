"""`kiosk setup`: a school from nothing, the links it prints, and what it says of bad input."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.commands.demo.school import make_demo_school
from kiosk.commands.upgrade import upgrade_database
from kiosk.core.database import transaction
from kiosk.core.settings import load_settings
from kiosk.factory import create_app

WHOLE = ["--school", "Oak Lane School", "--head", "Hana Head <hana@oak.example>",
         "--reader", "Dina Dsl <dina@oak.example>", "--reader", "Dev Deputy <dev@oak.example>"]  # fmt: skip


pytestmark = pytest.mark.usefixtures("named_by_environment")


def kiosk(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--data", str(data / "data")])


def links(result: Result) -> list[str]:
    return re.findall(r"http://\S+", result.output)


def test_a_new_school_prints_a_link_for_each_thing_that_is_still_to_do(tmp_path: Path) -> None:
    told = kiosk(tmp_path, "setup", *WHOLE)
    assert told.exit_code == 0, told.output
    assert "make and print the recovery key" in told.output
    assert "wait for the DSL's approval" in told.output and "/desk/words" in told.output
    assert len(links(told)) == 6
    assert "not live yet" in told.output
    assert "two readers with a desk passphrase (now 0)" in told.output


def test_a_second_setup_keeps_everybody_and_prints_new_links_only_when_asked(tmp_path: Path) -> None:
    first = links(kiosk(tmp_path, "setup", *WHOLE))
    assert links(kiosk(tmp_path, "setup", *WHOLE)) == []
    again = links(kiosk(tmp_path, "setup", "--links"))
    assert len(again) == 6
    assert not set(first) & set(again)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "A new school needs --school NAME"),
        (WHOLE[:6], "two --reader"),
        ([*WHOLE[:-1], "Dev Deputy"], "Write a name and an address"),
        ([*WHOLE, "--teacher", "Tara T <tara@oak.example>: Willow"], "There is no class 'Willow'"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_kept(tmp_path: Path, given: list[str], said: str) -> None:
    told = kiosk(tmp_path, "setup", *given)
    assert told.exit_code == 2
    assert said in told.output
    assert "A new school needs" in kiosk(tmp_path, "setup").output


def test_a_class_list_is_imported_whole_or_not_at_all(tmp_path: Path) -> None:
    kiosk(tmp_path, "setup", *WHOLE)
    pupils = tmp_path / "pupils.csv"
    pupils.write_text("class,band,first_name\nWillow,ks1,Amina\nWillow,year2,Ben\n")
    told = kiosk(tmp_path, "roster", "import", str(pupils))
    assert told.exit_code == 1
    assert f"{pupils}:3: 'year2' is not a band" in told.output
    pupils.write_text("class,band,first_name\nWillow,ks1,Amina\nWillow,ks1,Ben\n")
    dry = kiosk(tmp_path, "roster", "import", str(pupils), "--dry-run")
    assert "add: 3" in dry.output
    assert "add: 3" in kiosk(tmp_path, "roster", "import", str(pupils)).output
    assert "add: 0" in kiosk(tmp_path, "roster", "import", str(pupils)).output
    pupils.write_text("class,band,first_name\nWillow,ks1,Amina\n")
    assert "leave: 1" in kiosk(tmp_path, "roster", "import", str(pupils)).output
    taught = kiosk(tmp_path, "setup", "--teacher", "Tara T <tara@oak.example>: Willow")
    assert taught.exit_code == 0, taught.output
    assert len(links(taught)) == 1


def test_who_lost_a_password_or_a_passphrase_is_given_a_link(tmp_path: Path) -> None:
    kiosk(tmp_path, "setup", *WHOLE)
    told = kiosk(tmp_path, "setup", "--lost-password", "hana@oak.example")
    assert "Hana Head" in told.output
    assert "choose a password" in told.output
    nobody = kiosk(tmp_path, "setup", "--lost-password", "who@oak.example")
    assert nobody.exit_code == 2
    assert "Nobody here has the address who@oak.example" in nobody.output
    none_yet = kiosk(tmp_path, "setup", "--lost-passphrase", "dina@oak.example")
    assert none_yet.exit_code == 2
    assert "no desk key yet" in none_yet.output


def test_a_lost_desk_key_is_retired_and_tell_waits_for_the_new_one(tmp_path: Path) -> None:
    settings = load_settings(data=tmp_path / "data")
    upgrade_database(settings)
    app = create_app(settings)
    with app.app_context(), transaction():
        make_demo_school(settings)
    assert "is live" in kiosk(tmp_path, "setup").output
    told = kiosk(tmp_path, "setup", "--lost-passphrase", "dilys@demo.example")
    assert "choose a desk passphrase" in told.output
    assert "not live yet" in told.output
    assert "(now 1)" in told.output


def test_every_command_has_help() -> None:
    def walk(command: object, path: tuple[str, ...]) -> None:
        told = CliRunner().invoke(main, [*path, "--help"])
        assert told.exit_code == 0
        assert len(told.output.splitlines()) > 3
        for name, one in getattr(command, "commands", {}).items():
            assert one.help, name
            walk(one, (*path, name))

    walk(main, ())
