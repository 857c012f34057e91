"""The head chooses set, tone and words; every page of the school follows, and a child's own tone wins."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page

from kiosk.core.database import db
from kiosk.core.schools import School
from kiosk.features.charters.poster import _words
from kiosk.features.people import services
from kiosk.features.people.models import Pupil, SchoolClass, Staff
from kiosk.features.people.types import SignInBy
from kiosk.reading.lexicon import load_lexicon
from kiosk.reading.sets import SetPicture, SymbolSet, keep_set, make_set, remove_set
from kiosk.reading.text import read
from kiosk.web.passages import sets_folder
from tests.checked_client import CheckedClient
from tests.features.conftest import SignInAs
from tests.live import TABLET, LiveKiosk, live_kiosk

CHOICE = {"set": "own", "tone": "4", "words": "off"}
SQUARE = SetPicture(svg='<rect fill="var(--skin,#fcea2b)" stroke="none" width="9" height="9"/>', view_box="0 0 9 9")


def make_own(*concepts: str) -> SymbolSet:
    """A set of squares."""
    return make_set("own", "Our own", "Drawn by us.", dict.fromkeys(concepts, SQUARE))


@pytest.fixture
def own(app: Flask) -> Iterator[SymbolSet]:
    """A set that shows “more” and “lessons”, and of “private password” only half."""
    made = make_own("more", "lessons", "password", "home")
    keep_set(sets_folder(), made)
    yield made
    remove_set(sets_folder(), "own")


def sprite_of(html: str) -> str:
    found = re.search(r'"(/symbols/[^"#]+)#', html)
    assert found, html
    return found[1].replace("&amp;", "&")


def test_only_the_head_may_choose(
    sign_in: SignInAs, teacher: Staff, dsl: Staff, head: Staff, willow: SchoolClass
) -> None:
    assert sign_in(teacher).get("/staff/symbols").status_code == 403
    assert sign_in(dsl).get("/staff/symbols").status_code == 403
    assert "How symbols look" in sign_in(head).get("/staff/classes", follow_redirects=True).get_data(as_text=True)


def test_the_page_shows_each_set_with_what_it_covers(sign_in: SignInAs, head: Staff, own: SymbolSet) -> None:
    shown = sign_in(head).get("/staff/symbols").get_data(as_text=True)
    assert "Our own" in shown and "4 pictures" in shown
    assert re.search(r"\d+ of \d+ sentences", shown)
    assert shown.count("preview__one--ours") == 11


def test_the_choice_is_kept_for_the_school_and_noted(
    sign_in: SignInAs, head: Staff, school: School, own: SymbolSet
) -> None:
    client = sign_in(head)
    assert client.send("/staff/symbols", **CHOICE).status_code == 303
    kept = db.session.get_one(School, school.id)
    assert (kept.symbol_set, kept.symbol_tone, kept.symbol_words) == ("own", "4", "off")
    assert "Kept." in client.get("/staff/symbols").get_data(as_text=True)


@pytest.mark.parametrize(
    "sent", [CHOICE | {"set": "gone"}, CHOICE | {"tone": "6"}, CHOICE | {"words": "maybe"}, {}, {"set": "../own"}]
)
def test_a_choice_that_is_none_is_answered_with_what_to_do(
    sign_in: SignInAs, head: Staff, school: School, own: SymbolSet, sent: dict[str, str]
) -> None:
    answer = sign_in(head).send("/staff/symbols", **sent)
    assert answer.status_code == 422
    assert "Choose" in answer.get_data(as_text=True)
    assert db.session.get_one(School, school.id).symbol_set == "openmoji"


def test_a_childs_page_shows_the_set_where_it_has_the_whole_sentence(
    sign_in: SignInAs, head: Staff, amina: Pupil, own: SymbolSet
) -> None:
    sign_in(head).send("/staff/symbols", **CHOICE)
    home = sign_in(amina).get("/home").get_data(as_text=True)
    assert {"_more", "_lessons"} <= set(re.findall(r"svg\?[^\"#]*#([a-z_-]+)", home))
    # “My private password”: the set has a password and nothing for private.
    assert re.search(r'#private"/></svg><span class="word__text">', home)
    assert not re.search(r'#_password"/></svg><span class="word__text">', home)


def test_the_sprite_and_the_lessons_document_change_with_the_set_and_with_what_is_in_it(
    sign_in: SignInAs, head: Staff, amina: Pupil, own: SymbolSet
) -> None:
    client = sign_in(amina)
    before = client.get("/home").get_data(as_text=True)
    ours = client.get("/learn/my-private-password").location
    sign_in(head).send("/staff/symbols", **CHOICE)
    after = client.get("/home").get_data(as_text=True)
    theirs = client.get("/learn/my-private-password").location
    assert sprite_of(before) != sprite_of(after) and "set=own" in sprite_of(after)
    assert "<rect" in client.get(sprite_of(after)).get_data(as_text=True)
    assert theirs.split("?")[0].endswith("/own") and theirs != ours
    keep_set(sets_folder(), make_own("more", "lessons", "private", "password"))
    again = client.get("/learn/my-private-password").location
    assert again != theirs
    document = client.get(again).get_data(as_text=True)
    assert '#_password"' in document
    later = re.search(r'"(/lesson-symbols/[^"#]+)#', document)
    assert later and "/own/" in later[1] and client.get(later[1]).status_code == 200
    # A tablet that still has the last document is led to the new one.
    assert client.get(theirs).location.split("?")[0] == again.split("?")[0]


def test_a_set_that_is_removed_leaves_our_pictures_and_tells_the_head(
    sign_in: SignInAs, head: Staff, amina: Pupil, own: SymbolSet
) -> None:
    client = sign_in(head)
    client.send("/staff/symbols", **CHOICE)
    pupil = sign_in(amina)
    old = sprite_of(pupil.get("/home").get_data(as_text=True))
    remove_set(sets_folder(), "own")
    assert "set=" not in sprite_of(pupil.get("/home").get_data(as_text=True))
    assert "is not on this kiosk any more" in client.get("/staff/symbols").get_data(as_text=True)
    answer = pupil.get(old)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-cache"


def test_a_child_starts_with_the_schools_tone_and_words_and_may_choose_another(
    sign_in: SignInAs, head: Staff, amina: Pupil, client: CheckedClient, own: SymbolSet
) -> None:
    sign_in(head).send("/staff/symbols", **CHOICE)
    nobody = client.get("/").get_data(as_text=True)
    assert 'data-tone="4"' in nobody and 'data-words="on"' in nobody
    assert "tone=4" in client.get("/learn/my-private-password").location
    pupil = sign_in(amina)
    home = pupil.get("/home").get_data(as_text=True)
    assert 'data-tone="4"' in home and 'data-words="off"' in home
    pupil.send("/display", tone="none", back="/home")
    assert 'data-tone="none"' in pupil.get("/home").get_data(as_text=True)


def test_thanks_are_given_on_about_and_on_paper(sign_in: SignInAs, head: Staff, school: School, own: SymbolSet) -> None:
    client = sign_in(head)
    client.send("/staff/symbols", **CHOICE)
    assert "Drawn by us." in client.get("/about").get_data(as_text=True)
    whole, half = (list(_words(read(text, "en", load_lexicon())[0])) for text in ("More lessons.", "Private password."))
    assert all("<rect" in one["svg"] and "#a57939" in one["svg"] for one in whole)
    assert not any('viewBox="0 0 9 9"' in (one["svg"] or "") for one in half)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveKiosk]:
    with live_kiosk(tmp_path_factory.mktemp("symbols")) as kiosk:
        with kiosk.inside():
            keep_set(sets_folder(), make_set("own", "Our own", "By us.", {"lessons": SQUARE, "home": _red()}))
            school = db.session.get_one(School, kiosk.school_id)
            school.symbol_set, school.symbol_tone = "own", "5"
            services.add_class("Willow", "ks1", "face-owl", 2026, SignInBy.TOGETHER)
        yield kiosk


def _red() -> SetPicture:
    import base64

    from tests.reading.sets.making import png

    return SetPicture(png=base64.b64encode(png(72, 72)).decode())


def colours_of(page: Page, selector: str) -> set[tuple[int, ...]]:
    """The colours of which a picture has many pixels."""
    shot = Image.open(io.BytesIO(page.locator(selector).first.screenshot())).convert("RGB")
    return {colour for count, colour in shot.getcolors(shot.width * shot.height) or () if count > 60}


def test_the_browser_paints_the_schools_pictures_in_the_tone_and_shows_a_png_from_the_one_sprite(
    served: LiveKiosk, browser: Browser
) -> None:
    context = browser.new_context(base_url=served.address, viewport=TABLET)
    page = context.new_page()
    blocked: list[str] = []
    page.on("console", lambda told: blocked.append(told.text) if "Content Security" in told.text else None)
    page.goto("/patterns?tone=5")
    page.wait_for_load_state("networkidle")
    dark, light, red = (0x6A, 0x46, 0x2F), (0xFA, 0xDC, 0xBC), (255, 0, 0)
    tell = ".symbol:has(use[href$='#tell']).symbol--xl"
    assert dark in colours_of(page, tell)
    page.goto("/patterns?tone=1")
    page.wait_for_load_state("networkidle")
    assert light in colours_of(page, tell)
    assert red in colours_of(page, ".symbol:has(image):visible")
    assert blocked == []
    context.close()
