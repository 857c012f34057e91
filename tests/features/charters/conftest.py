"""A class of six, its teacher, and the steps of a charter that many tests begin from."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cache

import pytest
from werkzeug.test import TestResponse

from kiosk.features.charters import moving, queries, services
from kiosk.features.charters.types import CharterView, Move, State
from kiosk.features.people import services as people
from kiosk.features.people.models import Pupil, SchoolClass, Staff
from kiosk.features.people.types import Role
from tests.checked_client import CheckedClient
from tests.features.conftest import PASSWORD, SignInAs

NAMES = ("Amina", "Ben", "Chidi", "Daria", "Eve", "Farid")
FACES = ("face-fox", "face-cat", "face-rabbit", "face-bear", "face-panda", "face-koala")
RULES = (
    "We ask a grown-up when a box pops up.",
    "We are kind in every game.",
    "We keep our passwords private.",
    "We stop and think.",
)
WAY = (Move.OPEN_VOTING, Move.CLOSE_VOTING, Move.SETTLE, Move.OPEN_SIGNING, Move.FINISH)
STROKES = "[[[100, 100, 0], [400, 300, 40], [700, 120, 90]]]"


@cache
def hashed_password() -> str:
    """Hashing takes long, as it should: once is enough for all these tests."""
    return people.hasher.hash(PASSWORD)


@pytest.fixture
def teacher(willow: SchoolClass) -> Staff:
    """Willow's teacher."""
    staff = people.add_staff("Tara Teacher", "tara@oak.example", [Role.TEACHER])
    staff.password_hash = hashed_password()
    people.give_class(staff, willow)
    return staff


@pytest.fixture
def six(willow: SchoolClass) -> list[Pupil]:
    """Willow's six pupils."""
    return [people.add_pupil(willow, name, face) for name, face in zip(NAMES, FACES, strict=True)]


@dataclass
class Class:
    """A class with its teacher's browser, and its charter as it goes on."""

    school_class: SchoolClass
    pupils: list[Pupil]
    staff: Staff
    sign_in: SignInAs
    _browsers: dict[str, CheckedClient] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"/staff/classes/{self.school_class.id}/charter"

    @property
    def charter(self) -> CharterView:
        return queries.charter_of(self.school_class.id)

    @property
    def teacher(self) -> CheckedClient:
        """The teacher's browser."""
        return self.browser(self.staff)

    def browser(self, who: Pupil | Staff) -> CheckedClient:
        """The tablet on which that pupil is signed in."""
        if who.id not in self._browsers:
            self._browsers[who.id] = self.sign_in(who)
        return self._browsers[who.id]

    def suggest(self, pupil: Pupil, words: str, client_id: str = "") -> TestResponse:
        client_id = client_id or re.sub("[^a-z]", "", words.lower())[:20].ljust(8, "x")
        return self.browser(pupil).send("/charter/suggestions", client_id=client_id, way="words", words=words)

    def move(self, how: Move, rules: Collection[str] = ()) -> TestResponse:
        return self.teacher.send(f"{self.path}/move", move=how.value, rules=list(rules))

    def add(self, *rules: str) -> None:
        for rule in rules:
            assert self.teacher.send(f"{self.path}/rules", words=rule).status_code == 303

    def vote(self, pupil: Pupil, *rules: int) -> TestResponse:
        """Give dots to the rules with these places on the list, from 0."""
        chosen = [self.charter.rules[place].id for place in rules]
        return self.browser(pupil).send("/charter/dots", rules=chosen)

    def go_on_to(self, state: State) -> None:
        """Take the charter to a state in the shortest way, with four rules of the teacher's."""
        for rule in RULES:
            services.add_rule(self.school_class, rule)
        for how in WAY[: list(State).index(state)]:
            chosen = [rule.id for rule in self.charter.rules[:3]] if how is Move.SETTLE else []
            moving.move(self.school_class, self.staff, how, chosen)
        assert self.charter.state is state


@pytest.fixture
def class_(willow: SchoolClass, six: list[Pupil], teacher: Staff, sign_in: SignInAs) -> Class:
    return Class(willow, six, teacher, sign_in)


Text = Callable[[TestResponse], str]


@pytest.fixture
def text() -> Text:
    """The words of a page, without tags and with single spaces."""

    def words(answer: TestResponse) -> str:
        html = re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))
        return " ".join(html.replace("&#34;", '"').replace("&amp;", "&").split())

    return words
