"""What a child has put in so far, and which page comes next: no request, no database.

It travels in the form from page to page and is kept nowhere until it is sent.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from kiosk.features.concerns.board import CODES, FEELINGS, UNDERWEAR, Board, board_of
from kiosk.features.concerns.types import Page, Said

MOST_CHARACTERS = 4_000
MOST_SYMBOLS = 100
MOST_STEPS = 60
SENT_ID = re.compile(r"[A-Za-z2-7]{32}", re.ASCII)
"""160 random bits in base32: long enough that its hash gives nobody the id."""

_ID = re.compile(r"[a-z0-9]{1,32}", re.ASCII)
_STEP = re.compile(r"[a-z2-7.:-]{1,100}", re.ASCII)
_WHO_PAGES = {Page.WHO, Page.CLASSES, Page.FACES}
_WAYS = {Page.WORDS, Page.SYMBOLS, Page.FEELINGS}
_ON_ME = {Page.BODY, Page.UNDERWEAR}
_BEFORE = {
    Page.SYMBOLS: Page.WORDS,
    Page.BODY: Page.SYMBOLS,
    Page.UNDERWEAR: Page.BODY,
    Page.FEELINGS: Page.WORDS,
    Page.SHALL: Page.WORDS,
}
_ORDINARY = board_of(0)


@dataclass(frozen=True)
class Here:
    """Who is signed in on this device, as plain values that outlive a failed transaction."""

    kind: str = "nobody"
    name: str = ""
    face: str = ""
    pupil_id: str = ""
    class_id: str = ""
    class_name: str = ""
    photo: str = ""


@dataclass(frozen=True)
class Telling:
    """Everything a child has chosen and written so far."""

    wants_somebody_to_come: bool = False
    said: Said = Said.NOTHING
    pupil_id: str = ""
    class_id: str = ""
    words: str = ""
    symbols: tuple[str, ...] = ()
    feelings: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    """Each page that was shown and what was chosen there, such as `begin:come`, in order."""
    sent_id: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether sending this would tell nobody anything."""
        told = self.words.strip() or self.symbols or self.feelings
        return not (self.wants_somebody_to_come or told)

    @property
    def is_too_long(self) -> bool:
        """Whether there are more words than can be sent at once."""
        return len(self.words) > MOST_CHARACTERS


def clean(telling: Telling) -> Telling:
    """The same without what our pages cannot have sent: nobody is turned away for it.

    A word of the vocabulary that a DSL approves stays, approved or not: it was shown when the child chose it.
    """
    sent_id = telling.sent_id if SENT_ID.fullmatch(telling.sent_id) else ""
    return replace(
        telling,
        pupil_id=_id(telling.pupil_id),
        class_id=_id(telling.class_id),
        words=telling.words.replace("\r\n", "\n").replace("\r", "\n"),
        symbols=tuple(one for one in telling.symbols if one in CODES)[:MOST_SYMBOLS],
        feelings=tuple(one for one in FEELINGS if one in telling.feelings),
        steps=tuple(one for one in telling.steps if _STEP.fullmatch(one))[-MOST_STEPS:],
        sent_id=sent_id,
    )


def _id(value: str) -> str:
    return value if _ID.fullmatch(value) else ""


@dataclass(frozen=True)
class Next:
    """What comes after a choice: a page, sending, or leaving."""

    telling: Telling
    page: Page
    send: bool = False


def first_who(here: Here) -> Page:
    """How “Is this you?” begins: with the own face, the faces of the class that is here, or the classes."""
    if here.kind == "pupil":
        return Page.WHO
    return Page.FACES if here.kind == "class" else Page.CLASSES


def follow(
    page: Page, choice: str, telling: Telling, here: Here, way: Page = Page.WORDS, board: Board = _ORDINARY
) -> Next:
    """Where a choice leads; one that this page did not offer leads back to it.

    `way`: by words or by symbols, whichever this child tells by first. `board`: what the school has approved.
    Choices: `come more me somebody-else not-listed not-saying class.ID pupil.ID words symbols feelings
    add.CODE take-back body at.CODE back yes send`.
    """
    name, _dot, value = choice.partition(".")
    if name in {"add", "take-back"}:
        return Next(_built(telling, name, value, board), Page.SYMBOLS)
    telling = replace(telling, steps=(*telling.steps, _step(page, choice, telling))[-MOST_STEPS:])
    if name == "send":
        return Next(telling, Page.SHALL, send=not telling.is_empty)
    if name == "yes" and page is Page.SHALL:
        return Next(replace(telling, wants_somebody_to_come=True), Page.SHALL, send=True)
    if name == "back":
        return Next(telling, _page_before(page, here))
    if page is Page.BEGIN and name in {"come", "more"}:
        telling = replace(telling, wants_somebody_to_come=telling.wants_somebody_to_come or name == "come")
        return Next(_as_here(telling, here), first_who(here))
    if page in _WHO_PAGES:
        coming = _who(page, name, value, telling, here)
        return replace(coming, page=way) if coming.page is Page.WORDS else coming
    if page in _WAYS and name in _WAYS:
        return Next(telling, Page(name))
    if page in _ON_ME or (page is Page.SYMBOLS and name == Page.BODY):
        return _on_me(page, name, value, telling, board)
    return Next(telling, page)


def _on_me(page: Page, name: str, value: str, telling: Telling, board: Board) -> Next:
    """Where on me: one place at a time, then back to the sentence; under one of them are its proper words."""
    if not board.places or name == Page.SYMBOLS:
        return Next(telling, Page.SYMBOLS)
    offered = board.places if page is Page.BODY else board.under_it
    if name == "at" and value in offered:
        return Next(_built(telling, "add", value, board), Page.UNDERWEAR if value == UNDERWEAR else Page.SYMBOLS)
    return Next(telling, Page.BODY if name == Page.BODY else page)


def _who(page: Page, name: str, value: str, telling: Telling, here: Here) -> Next:
    if name == "me" and page is Page.WHO and here.kind == "pupil":
        return Next(_said(telling, Said.PUPIL, here.pupil_id, here.class_id), Page.WORDS)
    if name == "somebody-else" and page is Page.WHO:
        return Next(_said(telling, Said.SOMEBODY_ELSE), Page.CLASSES)
    if name == "class" and page is Page.CLASSES:
        return Next(replace(telling, class_id=_id(value)), Page.FACES)
    if name == "pupil" and page is Page.FACES:
        return Next(_said(telling, Said.PUPIL, _id(value), telling.class_id), Page.WORDS)
    if name == "not-listed":
        class_id = telling.class_id if page is Page.FACES else ""
        return Next(_said(telling, Said.SOMEBODY_ELSE, class_id=class_id), Page.WORDS)
    if name == "not-saying":
        return Next(_said(telling, Said.NOT_SAYING), Page.WORDS)
    # Signed out meanwhile: there is no own face to show any more.
    return Next(telling, first_who(here) if page is Page.WHO else page)


def _said(telling: Telling, said: Said, pupil_id: str = "", class_id: str = "") -> Telling:
    return replace(telling, said=said, pupil_id=pupil_id, class_id=class_id)


def _as_here(telling: Telling, here: Here) -> Telling:
    return replace(telling, class_id=here.class_id) if here.kind == "class" else telling


def _page_before(page: Page, here: Here) -> Page:
    if page is Page.FACES:
        # A class that signed in together was never asked which class it is.
        return Page.BEGIN if here.kind == "class" else Page.CLASSES
    if page is Page.CLASSES and here.kind == "pupil":
        return Page.WHO
    if page is Page.WORDS:
        return first_who(here)
    return _BEFORE.get(page, Page.BEGIN)


def _step(page: Page, choice: str, telling: Telling) -> str:
    shown = f"{page}.{telling.class_id}" if page is Page.FACES else page.value
    return f"{shown}:{choice}"


def _built(telling: Telling, name: str, value: str, board: Board) -> Telling:
    if name == "take-back":
        return replace(telling, symbols=telling.symbols[:-1])
    if value not in board.codes:
        return telling
    return replace(telling, symbols=(*telling.symbols, value)[:MOST_SYMBOLS])


def page_named(name: str, pages: Collection[Page] = tuple(Page)) -> Page:
    """The page of that name; the first where there is none."""
    return next((page for page in pages if page.value == name), Page.BEGIN)
