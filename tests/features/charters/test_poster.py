"""The poster: read by somebody else's decoder, accessible, and without a name."""

from __future__ import annotations

import io
import json
from typing import Any

import pypdfium2
import pytest
import typst
import zxingcpp
from PIL import Image

from kiosk.core import links
from kiosk.documents.letters import unprintable_words
from kiosk.documents.pdf import TEMPLATES
from kiosk.features.charters import queries
from kiosk.features.charters.poster import poster_data
from kiosk.features.charters.types import Move, State
from tests.features.charters.conftest import NAMES, RULES, STROKES, Class, Text

ADDRESS = "HTTPS://KIOSK.OAK.SCH.UK/H/ABCDEFGHIJ234567"
URDU = "ہم پاس ورڈ نجی رکھتے ہیں۔"


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """The class has a link for home."""
    monkeypatch.setattr(links, "_ask", [lambda _class_id: ADDRESS])


@pytest.fixture
def no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "_ask", [])


def sign_all(class_: Class) -> None:
    """Two draw, two type their name, two choose a symbol."""
    ways: list[dict[str, str]] = [
        {"way": "draw", "strokes": STROKES},
        {"way": "name", "typed_name": "NAME"},
        {"way": "symbol", "chosen_symbol": "star"},
    ]
    for number, pupil in enumerate(class_.pupils):
        sent = {key: pupil.first_name if value == "NAME" else value for key, value in ways[number % 3].items()}
        assert class_.browser(pupil).send("/charter/signature", **sent).status_code == 303


def data_of(class_: Class, paper: str = "a4") -> dict[str, Any]:
    charter = queries.find_printable_charter(class_.school_class.id)
    assert charter
    return poster_data(class_.school_class, charter, paper)


def pdf_of(class_: Class, paper: str = "a4") -> bytes:
    answer = class_.teacher.get(f"{class_.path}/poster.pdf?paper={paper}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return answer.data


def text_of(pdf: bytes) -> str:
    """The words on its pages, as somebody who copies them gets them."""
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    return " ".join(" ".join(pages).split())


def png_of(data: dict[str, Any], dots_an_inch: float) -> Image.Image:
    made = typst.compile(
        str(TEMPLATES / "poster.typ"), root=str(TEMPLATES), format="png", ppi=dots_an_inch,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )  # fmt: skip
    assert isinstance(made, bytes), "a poster is one page"
    return Image.open(io.BytesIO(made))


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_the_poster_is_an_accessible_pdf_with_the_rules_and_no_childs_name(
    class_: Class, at_home: None, paper: str
) -> None:
    class_.go_on_to(State.SIGNING)
    sign_all(class_)
    pdf = pdf_of(class_, paper)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    words = text_of(pdf)
    assert RULES[0] in words
    assert "Willow" in words
    for name in NAMES:
        assert name not in words
        assert name.encode() not in pdf
        assert name not in json.dumps(data_of(class_))


def test_its_file_name_holds_no_name(class_: Class, at_home: None) -> None:
    class_.go_on_to(State.SETTLED)
    answer = class_.teacher.get(f"{class_.path}/poster.pdf?paper=a3")
    assert answer.headers["Content-Disposition"] == "attachment; filename=class-charter-a3.pdf"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_the_code_on_the_poster_is_read_by_another_decoder(class_: Class, at_home: None, paper: str) -> None:
    class_.go_on_to(State.SIGNING)
    sign_all(class_)
    found = zxingcpp.read_barcodes(png_of(data_of(class_, paper), 100))
    assert [one.text for one in found] == [ADDRESS]


def test_without_a_link_for_home_there_is_a_poster_without_a_code(class_: Class, no_home: None, text: Text) -> None:
    class_.go_on_to(State.SETTLED)
    assert "no code for home yet" in text(class_.teacher.get(class_.path))
    assert pdf_of(class_)
    assert zxingcpp.read_barcodes(png_of(data_of(class_), 100)) == []


def test_strokes_are_drawn_and_names_become_symbols(class_: Class, at_home: None) -> None:
    class_.go_on_to(State.SIGNING)
    sign_all(class_)
    signatures = data_of(class_)["signatures"]
    assert len(signatures) == 6
    assert sum("M100 100L400 300L700 120" in one["svg"] for one in signatures) == 2
    assert {one["alt"] for one in signatures} == {"A signature"}


def test_a_rule_from_right_to_left_is_printed_beside_one_from_left_to_right(class_: Class, at_home: None) -> None:
    class_.add(URDU)
    class_.go_on_to(State.COUNTED)
    class_.move(Move.SETTLE, [rule.id for rule in class_.charter.rules[:3]])
    assert [rule["rtl"] for rule in data_of(class_)["rules"]] == [True, False, False]
    assert pdf_of(class_)
    words = text_of(pdf_of(class_))
    assert any("\u0600" < letter < "\u0700" or "\ufb50" < letter < "\ufefc" for letter in words)


def test_eight_long_rules_and_thirty_three_signatures_are_one_page(class_: Class, at_home: None) -> None:
    long = "We always stop and think about our friends before we share photos or messages with somebody in game {}."
    class_.add(*(long.format(number) for number in range(8)))
    for how in (Move.OPEN_VOTING, Move.CLOSE_VOTING):
        class_.move(how)
    class_.move(Move.SETTLE, [rule.id for rule in class_.charter.rules])
    data = data_of(class_)
    signature = {"svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', "alt": "x"}
    found = zxingcpp.read_barcodes(png_of(data | {"signatures": [signature] * 33}, 100))
    assert [one.text for one in found] == [ADDRESS]


@pytest.mark.parametrize(
    ("words", "strange"),
    [
        ("We ask a grown-up.", []),
        ("Prosimy dorosłego o pomoc, ŵŷ", []),
        (URDU, []),
        ("We say 你好 and 再见", ["你好", "再见"]),
        ("#panic() *bold* $x$", []),
        ("We s\u0336top", ["s\u0336top"]),
    ],
)
def test_words_that_cannot_be_printed_are_named(words: str, strange: list[str]) -> None:
    assert unprintable_words(words) == strange


def test_a_class_whose_name_cannot_be_printed_gets_a_sentence_and_no_error(class_: Class, text: Text) -> None:
    class_.go_on_to(State.SETTLED)
    class_.school_class.name = "橡树班"
    answer = class_.teacher.get(f"{class_.path}/poster.pdf")
    assert answer.status_code == 422
    assert "a letter that our typefaces lack" in text(answer)


@pytest.mark.parametrize("state", [State.COLLECTING, State.VOTING, State.COUNTED])
def test_there_is_no_poster_before_the_rules_are_settled(class_: Class, state: State) -> None:
    class_.go_on_to(state)
    assert class_.teacher.get(f"{class_.path}/poster.pdf").status_code == 404


@pytest.mark.parametrize("paper", ["a5", "", "../a4", "A4"])
def test_there_is_no_other_paper(class_: Class, paper: str) -> None:
    class_.go_on_to(State.SETTLED)
    assert class_.teacher.get(f"{class_.path}/poster.pdf?paper={paper}").status_code == 404


def test_while_a_new_charter_is_made_the_old_one_is_printed(class_: Class, at_home: None) -> None:
    class_.go_on_to(State.FINISHED)
    class_.move(Move.CHANGE_AGAIN)
    assert class_.charter.state is State.COLLECTING
    assert len(data_of(class_)["rules"]) == 3
    assert pdf_of(class_)
