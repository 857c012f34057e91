"""Makes the frozen values of a document that its schema has passed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from kiosk.content.levelled import Levelled, Place, Source
from kiosk.content.types import (
    Agreement,
    Choose,
    Fact,
    Feel,
    Group,
    Lesson,
    NewWord,
    Notes,
    Option,
    Order,
    OrderItem,
    Part,
    Question,
    Rule,
    Scene,
    Screen,
    Sort,
    SortItem,
    Spot,
    Story,
    Talk,
)
from kiosk.content.vocabulary import LEVELS, Domain
from kiosk.content.yaml_source import Document, KeyPath


def build_lesson(document: Document) -> Lesson:
    """The lesson in a valid document."""
    node = _Node(document, "lessons", document.data["id"])
    new_word = node.child("new_word")
    return Lesson(
        id=node["id"],
        version=_version(document),
        band=node["band"],
        strand=node["strand"],
        four_cs=tuple(node["four_cs"]),
        symbol=node["symbol"],
        title=node.text("title"),
        aim=node.text("aim"),
        new_word=NewWord(new_word.word("word"), new_word["concept"], new_word.text("meaning")),
        before=_question(node.child("before")),
        screens=tuple(_screen(each) for each in node.children("screens")),
        after=_question(node.child("after")),
        remember=_question(node.child("remember")),
        if_it_happened=node.text("if_it_happened"),
        charter_idea=node.text("charter_idea"),
        home=node.text("home"),
        notes=Notes(**node["notes"]),
        source=_source(document),
    )


def build_agreement(document: Document) -> Agreement:
    """The agreement in a valid document."""
    node = _Node(document, "agreements", document.data["id"])
    return Agreement(
        id=node["id"],
        version=_version(document),
        audience=node["audience"],
        bands=tuple(node["bands"]),
        title=node.text("title"),
        opening=node.text("opening"),
        rules=tuple(
            Rule(each["id"], each["symbol"], each.text("text"), each.text("because"), tuple(each["covers"]))
            for each in node.children("rules")
        ),
        closing=node.text("closing"),
        source=_source(document),
    )


def build_phrases(document: Document) -> dict[str, Levelled]:
    """The phrases in a valid document, by id."""
    node = _Node(document, "messages", "phrase")
    return {key: node.text(key, separator="/") for key in document.data}


def build_facts(document: Document) -> dict[str, Fact]:
    """The facts in a valid document, by id."""
    return {
        each["id"]: Fact(
            id=each["id"],
            name=each["name"],
            value=each["value"],
            audience=tuple(each["for"]),
            source=each["source"],
            reviewed=each["reviewed"],
            confirmed=each["confirmed"],
        )
        for each in document.data["facts"]
    }


@dataclass(frozen=True, slots=True)
class _Node:
    """One mapping in the document, with the key that its texts' keys begin with."""

    document: Document
    domain: Domain
    key: str
    path: KeyPath = ()

    @property
    def data(self) -> Any:
        data = self.document.data
        for step in self.path:
            data = data[step]
        return data

    def __getitem__(self, name: str) -> Any:
        return self.data[name]

    def child(self, name: str) -> _Node:
        return _Node(self.document, self.domain, self._key(name), (*self.path, name))

    def children(self, name: str) -> tuple[_Node, ...]:
        return tuple(
            _Node(self.document, self.domain, f"{self._key(name)}.{each['id']}", (*self.path, name, number))
            for number, each in enumerate(self.data[name])
        )

    def text(self, name: str, separator: str = "") -> Levelled:
        values, path = self.data[name], (*self.path, name)
        places: dict[str, tuple[Place, ...]] = {level: self._places((*path, level)) for level in LEVELS}
        return self._levelled(self._key(name, separator), values, places)

    def word(self, name: str) -> Levelled:
        """A text that the file gives once, for every level."""
        values: dict[str, str] = dict.fromkeys(LEVELS, self.data[name])
        places: dict[str, tuple[Place, ...]] = dict.fromkeys(LEVELS, self._places((*self.path, name)))
        return self._levelled(self._key(name), values, places)

    def _levelled(
        self, key: str, values: Mapping[str, str], places: Mapping[str, tuple[Place, ...]]
    ) -> Levelled:
        full, simple, symbols = (values[level].strip() for level in LEVELS)
        return Levelled(key, self.domain, full, simple, symbols, MappingProxyType(dict(places)))

    def _places(self, path: KeyPath) -> tuple[Place, ...]:
        return self.document.lines.get(path) or (self.document.place(path),)

    def _key(self, name: str, separator: str = "") -> str:
        return f"{self.key}{separator or ('.' if self.path else '/')}{name}"


def _screen(node: _Node) -> Screen:
    match node["kind"]:
        case "story":
            return Story(node["id"], tuple(node["picture"]), node.text("text"))
        case "choose":
            picture = tuple(node.data.get("picture", ()))
            set_up = node.text("text") if "text" in node.data else None
            return Choose(node["id"], picture, set_up, node.text("ask"), _options(node))
        case "sort":
            groups = tuple(Group(g["id"], g["symbol"], g.text("text")) for g in node.children("groups"))
            items = tuple(
                SortItem(i["id"], i["symbol"], i.text("text"), i["group"], i.text("feedback"))
                for i in node.children("items")
            )
            return Sort(node["id"], node.text("ask"), groups, items)
        case "order":
            steps = tuple(OrderItem(i["id"], i["symbol"], i.text("text")) for i in node.children("items"))
            return Order(node["id"], node.text("ask"), steps, node.text("again"), node.text("done"))
        case "spot":
            scene = node.child("scene")
            parts = tuple(
                Part(p["id"], p["symbol"], p.text("text"), p["found"], p.text("feedback"))
                for p in node.children("parts")
            )
            return Spot(node["id"], node.text("ask"), Scene(scene["symbol"], scene.text("title")), parts)
        case "feel":
            return Feel(node["id"], node.text("ask"), tuple(node["feelings"]), node.text("answer"))
        case "talk":
            return Talk(node["id"], node.text("prompt"))
        case kind:
            raise ValueError(f"no such kind of screen: {kind}")


def _question(node: _Node) -> Question:
    return Question(node.text("ask"), _options(node))


def _options(node: _Node) -> tuple[Option, ...]:
    return tuple(
        Option(each["id"], each["symbol"], each.text("text"), each["right"], each.text("feedback"))
        for each in node.children("options")
    )


def _version(document: Document) -> str:
    """The same for the same content, whatever its layout, comments and order of keys."""
    canonical = json.dumps(document.data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _source(document: Document) -> Source:
    places = {_dotted(path, document.data): place for path, place in document.places.items()}
    return Source(document.file, MappingProxyType(places))


def _dotted(path: KeyPath, data: Any) -> str:
    """A path that names the things in a list by their ids where they have one, as texts' keys do."""
    steps = []
    for step in path:
        data = data[step]
        name = data.get("id") if isinstance(data, dict) and isinstance(step, int) else None
        steps.append(name if isinstance(name, str) else str(step))
    return ".".join(steps)
