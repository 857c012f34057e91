"""Which page comes next, and what is carried there: no database."""

from __future__ import annotations

import pytest

from kiosk.features.concerns.board import NEWEST, board_of
from kiosk.features.concerns.telling import (
    MOST_CHARACTERS,
    MOST_STEPS,
    MOST_SYMBOLS,
    Here,
    Telling,
    clean,
    first_who,
    follow,
    page_named,
)
from kiosk.features.concerns.types import Page, Said

NOBODY = Here()
AMINA = Here("pupil", "Amina", "face-fox", "amina1", "willow1", "Willow")
OAK = Here("class", "Oak", class_id="oak1", class_name="Oak")


@pytest.mark.parametrize(
    ("here", "page", "choice", "leads_to"),
    [
        (AMINA, Page.BEGIN, "come", Page.WHO),
        (AMINA, Page.BEGIN, "more", Page.WHO),
        (OAK, Page.BEGIN, "come", Page.FACES),
        (NOBODY, Page.BEGIN, "come", Page.CLASSES),
        (AMINA, Page.WHO, "me", Page.WORDS),
        (AMINA, Page.WHO, "somebody-else", Page.CLASSES),
        (AMINA, Page.WHO, "not-saying", Page.WORDS),
        (NOBODY, Page.CLASSES, "class.willow1", Page.FACES),
        (NOBODY, Page.CLASSES, "not-listed", Page.WORDS),
        (NOBODY, Page.CLASSES, "not-saying", Page.WORDS),
        (NOBODY, Page.FACES, "pupil.ben1", Page.WORDS),
        (NOBODY, Page.FACES, "not-listed", Page.WORDS),
        (NOBODY, Page.WORDS, "symbols", Page.SYMBOLS),
        (NOBODY, Page.SYMBOLS, "feelings", Page.FEELINGS),
        (NOBODY, Page.FEELINGS, "words", Page.WORDS),
        (AMINA, Page.WHO, "back", Page.BEGIN),
        (AMINA, Page.CLASSES, "back", Page.WHO),
        (NOBODY, Page.CLASSES, "back", Page.BEGIN),
        (NOBODY, Page.FACES, "back", Page.CLASSES),
        (OAK, Page.FACES, "back", Page.BEGIN),
        (AMINA, Page.WORDS, "back", Page.WHO),
        (NOBODY, Page.SYMBOLS, "back", Page.WORDS),
        (NOBODY, Page.SHALL, "back", Page.WORDS),
        (NOBODY, Page.WORDS, "send", Page.SHALL),
        (NOBODY, Page.WORDS, "", Page.WORDS),
        (NOBODY, Page.WORDS, "me", Page.WORDS),
        (NOBODY, Page.BEGIN, "yes", Page.BEGIN),
        (NOBODY, Page.FACES, "me", Page.FACES),
    ],
)
def test_each_choice_leads_to_one_page(here: Here, page: Page, choice: str, leads_to: Page) -> None:
    coming = follow(page, choice, Telling(), here)
    assert coming.page is leads_to and not coming.send


def test_a_child_who_reads_by_symbols_tells_by_symbols_first() -> None:
    assert follow(Page.WHO, "me", Telling(), AMINA, Page.SYMBOLS).page is Page.SYMBOLS


@pytest.mark.parametrize(
    ("telling", "is_sent"),
    [
        (Telling(), False),
        (Telling(words="  \n "), False),
        (Telling(said=Said.PUPIL, pupil_id="amina1"), False),
        (Telling(wants_somebody_to_come=True), True),
        (Telling(words="a"), True),
        (Telling(symbols=("i",)), True),
        (Telling(feelings=("sad",)), True),
    ],
)
@pytest.mark.parametrize("page", [page for page in Page if page is not Page.SHALL])
def test_send_now_sends_from_every_page_unless_nothing_was_told(page: Page, telling: Telling, is_sent: bool) -> None:
    coming = follow(page, "send", telling, NOBODY)
    assert coming.send is is_sent
    assert is_sent or coming.page is Page.SHALL


def test_yes_to_shall_a_grown_up_come_sends_that() -> None:
    coming = follow(Page.SHALL, "yes", Telling(), NOBODY)
    assert coming.send and coming.telling.wants_somebody_to_come


def test_to_tell_more_does_not_ask_for_somebody_and_takes_nothing_back() -> None:
    assert not follow(Page.BEGIN, "more", Telling(), AMINA).telling.wants_somebody_to_come
    asked = Telling(wants_somebody_to_come=True)
    assert follow(Page.BEGIN, "more", asked, AMINA).telling.wants_somebody_to_come


def test_who_it_is_is_what_was_said_and_not_who_is_signed_in() -> None:
    me = follow(Page.WHO, "me", Telling(), AMINA).telling
    assert (me.said, me.pupil_id, me.class_id) == (Said.PUPIL, "amina1", "willow1")
    quiet = follow(Page.WHO, "not-saying", me, AMINA).telling
    assert (quiet.said, quiet.pupil_id, quiet.class_id) == (Said.NOT_SAYING, "", "")
    ben = follow(Page.FACES, "pupil.ben1", Telling(class_id="hazel1"), AMINA).telling
    assert (ben.said, ben.pupil_id, ben.class_id) == (Said.PUPIL, "ben1", "hazel1")
    not_there = follow(Page.FACES, "not-listed", Telling(class_id="hazel1"), AMINA).telling
    assert (not_there.said, not_there.class_id) == (Said.SOMEBODY_ELSE, "hazel1")


def test_every_choice_is_kept_in_order() -> None:
    telling = follow(Page.BEGIN, "come", Telling(), NOBODY).telling
    telling = follow(Page.CLASSES, "class.willow1", telling, NOBODY).telling
    telling = follow(Page.FACES, "pupil.ben1", telling, NOBODY).telling
    assert telling.steps == ("begin:come", "classes:class.willow1", "faces.willow1:pupil.ben1")


def test_a_sentence_is_built_and_taken_back_word_by_word() -> None:
    telling = Telling()
    for choice in ("add.i", "add.want", "take-back", "add.ask", "add.no-such-symbol"):
        coming = follow(Page.SYMBOLS, choice, telling, NOBODY)
        assert coming.page is Page.SYMBOLS
        telling = coming.telling
    assert telling.symbols == ("i", "ask")
    assert follow(Page.SYMBOLS, "take-back", Telling(), NOBODY).telling.symbols == ()


@pytest.mark.parametrize(
    ("page", "choice", "leads_to"),
    [
        (Page.SYMBOLS, "body", Page.BODY),
        (Page.BODY, "at.tell-at-head", Page.SYMBOLS),
        (Page.BODY, "at.tell-at-underwear", Page.UNDERWEAR),
        (Page.BODY, "symbols", Page.SYMBOLS),
        (Page.BODY, "back", Page.SYMBOLS),
        (Page.BODY, "nonsense", Page.BODY),
        (Page.UNDERWEAR, "at.tell-word-vulva", Page.SYMBOLS),
        (Page.UNDERWEAR, "symbols", Page.SYMBOLS),
        (Page.UNDERWEAR, "back", Page.BODY),
    ],
)
def test_where_on_me_leads_back_to_the_sentence(page: Page, choice: str, leads_to: Page) -> None:
    assert follow(page, choice, Telling(), NOBODY, board=board_of(NEWEST)).page is leads_to
    without = follow(page, choice, Telling(), NOBODY)
    assert without.page in {Page.SYMBOLS, Page.BODY} and not without.telling.symbols


def test_what_our_pages_cannot_have_sent_is_left_out_and_the_rest_is_kept() -> None:
    dirty = Telling(
        pupil_id="a\x00'; --",
        class_id="ÄÖ",
        words="one\r\ntwo\rthree",
        symbols=("i", "<script>", *["ask"] * 500),
        feelings=("sad", "nonsense", "happy", "sad"),
        steps=("begin:come", "Robert'); DROP", *["words:back"] * 500),
        sent_id="short",
    )
    cleaned = clean(dirty)
    assert (cleaned.pupil_id, cleaned.class_id, cleaned.sent_id) == ("", "", "")
    assert cleaned.words == "one\ntwo\nthree"
    assert cleaned.symbols[:2] == ("i", "ask") and len(cleaned.symbols) == MOST_SYMBOLS
    assert cleaned.feelings == ("happy", "sad")
    assert set(cleaned.steps) == {"words:back"} and len(cleaned.steps) == MOST_STEPS


@pytest.mark.parametrize("length", [MOST_CHARACTERS, MOST_CHARACTERS + 1])
def test_too_long_is_over_four_thousand_characters(length: int) -> None:
    assert Telling(words="ż" * length).is_too_long is (length > 4_000)


def test_a_page_that_does_not_exist_is_the_first() -> None:
    assert page_named("../../etc") is Page.BEGIN
    assert [first_who(one) for one in (AMINA, OAK, NOBODY)] == [Page.WHO, Page.FACES, Page.CLASSES]
