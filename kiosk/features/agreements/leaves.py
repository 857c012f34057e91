"""An agreement frozen as it is read: one leaf for each reading level and language, under one root hash."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property

from kiosk.features.agreements.proof import canonical, digest_of


@dataclass(frozen=True)
class FrozenText:
    """One text of a leaf: its words, and which of them stand under which symbol."""

    key: str
    """`title`, `opening`, `rules.<id>.text`, `rules.<id>.because` or `closing`."""
    language: str
    text: str
    """Plain, one sentence or more a line."""
    symbols: tuple[tuple[int, int, str], ...] = ()
    """First word, last word and concept, in reading order; words are counted through the whole text."""
    picture: str = ""
    """The concept of the large picture beside it."""

    @property
    def markup(self) -> str:
        """The text with markup that gives exactly these symbols, whatever the lexicon says today."""
        starts = {first: (last, concept) for first, last, concept in self.symbols}
        lines, at = [], 0
        for line in self.text.split("\n"):
            words, parts, here = line.split(), [], 0
            while here < len(words):
                last, concept = starts.get(at + here, (at + here, ""))
                together = " ".join(words[here : last - at + 1])
                parts.append(f"[{together}]({concept})")
                here = last - at + 1
            lines.append(" ".join(parts))
            at += len(words)
        return "\n".join(lines)


@dataclass(frozen=True)
class Leaf:
    """Everything that is shown at one level in one language, as it is shown."""

    agreement_id: str
    version: str
    level: str
    language: str
    texts: tuple[FrozenText, ...]

    @cached_property
    def body(self) -> str:
        """The canonical JSON that is hashed and kept."""
        texts = [
            {"key": one.key, "language": one.language, "text": one.text, "picture": one.picture,
             "symbols": [list(symbol) for symbol in one.symbols]}
            for one in self.texts
        ]
        whole = {"agreement": self.agreement_id, "version": self.version, "level": self.level,
                 "language": self.language, "texts": texts}
        return canonical(whole)

    @cached_property
    def digest(self) -> str:
        """What a signature is bound to: the hash of the very text shown."""
        return digest_of(self.body)

    @cached_property
    def by_key(self) -> dict[str, FrozenText]:
        """Its texts by key."""
        return {one.key: one for one in self.texts}

    @property
    def rule_ids(self) -> tuple[str, ...]:
        """The ids of its rules, in their order."""
        parts = (one.key.split(".") for one in self.texts)
        return tuple(part[1] for part in parts if part[0] == "rules" and part[2] == "text")


def thaw(body: str) -> Leaf:
    """The leaf that a kept body was made of."""
    whole = json.loads(body)
    texts = tuple(
        FrozenText(
            one["key"],
            one["language"],
            one["text"],
            tuple((first, last, concept) for first, last, concept in one["symbols"]),
            one["picture"],
        )
        for one in whole["texts"]
    )
    return Leaf(whole["agreement"], whole["version"], whole["level"], whole["language"], texts)


def root_of(agreement_id: str, version: str, leaves: list[tuple[str, str, str]]) -> str:
    """The one hash over all leaves, each given as level, language and digest."""
    return digest_of(canonical({"agreement": agreement_id, "version": version, "leaves": sorted(leaves)}))


@dataclass(frozen=True)
class Edition:
    """An agreement in force, with every leaf that it can be read as."""

    agreement_id: str
    version: str
    leaves: tuple[Leaf, ...]

    @cached_property
    def root(self) -> str:
        """The hash over all its leaves."""
        return root_of(
            self.agreement_id, self.version, [(one.level, one.language, one.digest) for one in self.leaves]
        )

    @property
    def rule_ids(self) -> tuple[str, ...]:
        """The ids of its rules, in their order."""
        return self.leaves[0].rule_ids

    def leaf_at(self, level: str, language: str) -> Leaf:
        """What is shown at that level in that language; English where the language has nothing of it."""
        found = {(one.level, one.language): one for one in self.leaves}
        return found.get((level, language)) or found[level, "en"]

    def find_leaf(self, digest: str) -> Leaf | None:
        """The leaf with that hash, if it is of the texts in force."""
        return next((one for one in self.leaves if one.digest == digest), None)
