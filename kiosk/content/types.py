"""Lessons, agreements, phrases and facts, once read: frozen values that every other room may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar, Literal

from kiosk.content.levelled import Levelled as Levelled
from kiosk.content.levelled import Place as Place
from kiosk.content.levelled import Problem as Problem
from kiosk.content.levelled import Source as Source


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that may be tapped, and what is then said."""

    id: str
    symbol: str
    text: Levelled
    right: bool
    feedback: Levelled


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answers; several may be right."""

    ask: Levelled
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A screen that tells a part of a story."""

    kind: ClassVar[Literal["story"]] = "story"
    id: str
    picture: tuple[str, ...]
    text: Levelled


@dataclass(frozen=True, slots=True)
class Choose:
    """A screen that asks the pupil to choose, after a set-up if there is one."""

    kind: ClassVar[Literal["choose"]] = "choose"
    id: str
    picture: tuple[str, ...]
    text: Levelled | None
    ask: Levelled
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One of the groups that things are sorted into."""

    id: str
    symbol: str
    text: Levelled


@dataclass(frozen=True, slots=True)
class SortItem:
    """A thing to sort; the feedback says kindly why it belongs to its group."""

    id: str
    symbol: str
    text: Levelled
    group: str
    feedback: Levelled


@dataclass(frozen=True, slots=True)
class Sort:
    """A screen where each thing is put into its group."""

    kind: ClassVar[Literal["sort"]] = "sort"
    id: str
    ask: Levelled
    groups: tuple[Group, ...]
    items: tuple[SortItem, ...]


@dataclass(frozen=True, slots=True)
class OrderItem:
    """One step of an order."""

    id: str
    symbol: str
    text: Levelled


@dataclass(frozen=True, slots=True)
class Order:
    """A screen where steps are put in order; the items stand in the right one here."""

    kind: ClassVar[Literal["order"]] = "order"
    id: str
    ask: Levelled
    items: tuple[OrderItem, ...]
    again: Levelled
    done: Levelled


@dataclass(frozen=True, slots=True)
class Scene:
    """What is being looked at in a spot screen: a picture, a message, a profile."""

    symbol: str
    title: Levelled


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a scene; `found` if it gives something away or is a sign."""

    id: str
    symbol: str
    text: Levelled
    found: bool
    feedback: Levelled


@dataclass(frozen=True, slots=True)
class Spot:
    """A screen where the telling parts of a scene are found."""

    kind: ClassVar[Literal["spot"]] = "spot"
    id: str
    ask: Levelled
    scene: Scene
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Feel:
    """A screen that asks for a feeling; every feeling is right and gets the same kind reply."""

    kind: ClassVar[Literal["feel"]] = "feel"
    id: str
    ask: Levelled
    feelings: tuple[str, ...]
    answer: Levelled


@dataclass(frozen=True, slots=True)
class Talk:
    """A screen to talk about with somebody; nothing is recorded."""

    kind: ClassVar[Literal["talk"]] = "talk"
    id: str
    prompt: Levelled


Screen = Story | Choose | Sort | Order | Spot | Feel | Talk
SCREENS: Mapping[str, type[Screen]] = MappingProxyType(
    {kind.kind: kind for kind in (Story, Choose, Sort, Order, Spot, Feel, Talk)}
)


@dataclass(frozen=True, slots=True)
class NewWord:
    """The one new word of a lesson; `word` is the same at every level, and is translated and spoken too."""

    word: Levelled
    concept: str
    meaning: Levelled


@dataclass(frozen=True, slots=True)
class Notes:
    """What the teacher reads before and after, in plain adult English."""

    expect: str
    have_near: str
    words_to_use: str
    words_to_avoid: str
    if_a_child_tells: str
    afterwards: str
    families: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson; `version` changes with any change of its content."""

    id: str
    version: str
    band: str
    strand: str
    four_cs: tuple[str, ...]
    symbol: str
    title: Levelled
    aim: Levelled
    new_word: NewWord
    before: Question
    screens: tuple[Screen, ...]
    after: Question
    remember: Question
    if_it_happened: Levelled
    charter_idea: Levelled
    home: Levelled
    notes: Notes
    source: Source = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of an agreement, why it is there, and which requirements of schools it meets."""

    id: str
    symbol: str
    text: Levelled
    because: Levelled
    covers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One acceptable-use agreement; `version` changes with any change of its content."""

    id: str
    version: str
    audience: str
    bands: tuple[str, ...]
    title: Levelled
    opening: Levelled
    rules: tuple[Rule, ...]
    closing: Levelled
    source: Source = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that the kiosk states, and how well it is known; `reviewed` is an ISO date."""

    id: str
    name: str
    value: str
    audience: tuple[str, ...]
    source: str
    reviewed: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """Over every file that could be parsed, broken ones too: texts wanted at a level, and those there."""

    wanted: int
    written: int


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that was read, by id, and every mistake that was found on the way."""

    lessons: Mapping[str, Lesson]
    agreements: Mapping[str, Agreement]
    phrases: Mapping[str, Levelled]
    facts: Mapping[str, Fact]
    problems: tuple[Problem, ...]
    tally: Tally = Tally(0, 0)
