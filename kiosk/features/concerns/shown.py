"""What each page of *tell* shows: the templates draw from it, and the very same is sealed as “was shown”."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kiosk.features.concerns.board import FEELINGS, WHERE_ON_ME, Board, concept_of, phrase_of
from kiosk.features.concerns.telling import Here, Telling
from kiosk.features.concerns.told import Shown
from kiosk.features.concerns.types import Page
from kiosk.features.people.models import Pupil, SchoolClass
from kiosk.web.passages import Passage, get_phrase, passage_of, word

ON_EVERY_PAGE = {"back": "frame.back", "send": "tell.send"}
_ASKS = {
    Page.BEGIN: "tell.begin",
    Page.WHO: "tell.is-this-you",
    Page.CLASSES: "people.which-class",
    Page.FACES: "people.who-are-you",
    Page.WORDS: "tell.anything",
    Page.SYMBOLS: "tell.anything",
    Page.BODY: "tell.where-on-me",
    Page.UNDERWEAR: "tell.under-my-underwear",
    Page.FEELINGS: "tell.how-do-you-feel",
    Page.SHALL: "tell.shall",
}


@dataclass(frozen=True)
class Option:
    """One thing to choose: what the form sends, and a phrase or somebody's own name."""

    choice: str
    phrase: str = ""
    name: str = ""
    picture: str = ""
    photo: str = ""
    """The id of a pupil's photograph; it is shown, and no part of what is sealed."""

    @property
    def label(self) -> str:
        """As it reads in the language and at the level in hand."""
        return self.name or word(self.phrase)

    @property
    def spoken(self) -> Passage:
        """Its label as a passage; its symbol stands beside it."""
        return without_symbols(self.phrase)


_WAYS = {
    Page.WORDS: Option("words", "tell.use-words"),
    Page.SYMBOLS: Option("symbols", "tell.use-symbols", picture="symbols"),
    Page.FEELINGS: Option("feelings", "tell.my-feelings", picture="feelings"),
}


def without_symbols(phrase: str) -> Passage:
    """A phrase as a passage that is heard and lit, with no symbols above its words."""
    passage = passage_of(get_phrase(phrase))
    bare = (
        replace(one, tokens=tuple(replace(token, concept=None) for token in one.tokens)) for one in passage.sentences
    )
    return replace(passage, sentences=tuple(bare))


@dataclass(frozen=True)
class PageShown:
    """One page: what it asks, and its options in order."""

    page: Page
    ask: str
    options: tuple[Option, ...]
    ways: tuple[Option, ...] = ()
    """The other ways to tell: in words, in symbols, how I feel."""

    def first_options(self, *names: str) -> tuple[Option, ...]:
        """Those of its options whose choice begins so."""
        return tuple(one for one in self.options if one.choice.partition(".")[0] in names)


@dataclass(frozen=True)
class People:
    """The classes and pupils that pages may show."""

    classes: Sequence[SchoolClass] = ()
    pupils: Mapping[str, Sequence[Pupil]] | None = None

    def of(self, class_id: str) -> Sequence[Pupil]:
        """The pupils of a class, where they were asked for."""
        return (self.pupils or {}).get(class_id, ())


def page_shown(page: Page, here: Here, people: People, board: Board, class_id: str = "") -> PageShown:
    """A page as it is shown to whoever is here."""
    ways = tuple(option for way, option in _WAYS.items() if page in _WAYS and way is not page)
    if page in {Page.BODY, Page.UNDERWEAR}:
        ways = (Option("symbols", "tell.my-sentence", picture="symbols"),)
    return PageShown(page, _ASKS[page], _options(page, here, people, board, class_id), ways)


def _options(page: Page, here: Here, people: People, board: Board, class_id: str) -> tuple[Option, ...]:
    not_saying = Option("not-saying", "tell.not-saying", picture="not-saying")
    match page:
        case Page.BEGIN:
            return Option("come", "tell.come", picture="grown-up-come"), Option("more", "tell.more")
        case Page.WHO:
            me = Option("me", name=here.name, picture=here.face, photo=here.photo)
            return me, Option("somebody-else", "tell.somebody-else", picture="somebody-else"), not_saying
        case Page.CLASSES:
            classes = (Option(f"class.{one.id}", name=one.name, picture=one.symbol) for one in people.classes)
            return *classes, Option("not-listed", "tell.no-class", picture="somebody-else"), not_saying
        case Page.FACES:
            faces = (
                Option(f"pupil.{one.id}", name=one.first_name, picture=one.face, photo=one.photo)
                for one in people.of(class_id)
            )
            return *faces, Option("not-listed", "tell.no-face", picture="somebody-else"), not_saying
        case Page.SYMBOLS:
            words = [*(word for group in board.groups.values() for word in group), *board.not_shown]
            on_me = [Option("body", "tell.where-on-me", picture=WHERE_ON_ME)] if board.places else []
            return *(_word("add", one) for one in words), *on_me
        case Page.BODY:
            return tuple(_word("at", one) for one in board.places)
        case Page.UNDERWEAR:
            return tuple(_word("at", one) for one in board.under_it)
        case Page.FEELINGS:
            return tuple(Option(one, phrase_of(one), picture=one) for one in FEELINGS)
        case Page.SHALL:
            return Option("yes", "frame.yes", picture="tick"), Option("no", "frame.no", picture="not")
        case _:
            return ()


def _word(choice: str, code: str) -> Option:
    """A word of the board, under its symbol."""
    return Option(f"{choice}.{code}", phrase_of(code), picture=concept_of(code))


def all_shown(telling: Telling, here: Here, people: People, board: Board) -> tuple[Shown, ...]:
    """Each page that the child was shown, in order, word for word, with what was chosen there."""
    return tuple(_shown(step, here, people, board) for step in telling.steps)


def _shown(step: str, here: Here, people: People, board: Board) -> Shown:
    where, _colon, choice = step.partition(":")
    name, _dot, class_id = where.partition(".")
    page = next((one for one in Page if one.value == name), Page.BEGIN)
    shown = page_shown(page, here, people, board, class_id)
    options = (*shown.options, *shown.ways, *(Option(choice, phrase) for choice, phrase in ON_EVERY_PAGE.items()))
    chosen = next((one.label for one in options if one.choice == choice), "")
    labels = (*(one.label for one in options), word("tell.leave"))
    return Shown(page.value, word(shown.ask), labels, chosen)
