"""The symbols that a child may build a sentence from: words of a language, and no menu of what may have happened.

Every child has the ordinary board. What a school's DSL has approved stands behind it, in the same place for everybody:
words with which a child who does not speak can say what they could otherwise only keep. They come in `EDITIONS`, so
that what a later version adds waits for its own approval, and takes no word away meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kiosk.content.vocabulary import TELLS_OWN

Groups = Mapping[str, tuple[str, ...]]

BOARD: Groups = {
    "people": ("i", "you", "we", "friend", "child", "adult", "somebody"),
    "doing": (
        "want",
        "like",
        "feelings",
        "think",
        "know",
        "look",
        "listen",
        "say",
        "ask",
        "tell",
        "talk",
        "play",
        "send",
        "come",
        "go",
        "stop",
        "wait",
        "help",
    ),
    "feelings": ("happy", "calm", "sad", "worried", "scared", "angry", "mixed-up", "unsure"),
    "things": ("tablet", "phone", "computer", "game", "app", "message", "photo", "video", "name", "password", "word"),
    "small-words": ("not", "tick", "i-do-not-know", "now", "later", "again", "who", "what", "when"),
}
"""No harm, no person who might be one to suspect, and no place: those words are the child's to bring."""

FEELINGS = BOARD["feelings"]
"""The order says nothing: the first is not the right one, and nobody is asked for one."""

EDITIONS: tuple[Groups, ...] = (
    {
        "people": (
            "family",
            "mum",
            "dad",
            "gran",
            "grandad",
            "brother",
            "sister",
            "boy",
            "girl",
            "tell-man",
            "tell-woman",
            "teacher",
            "tell-carer",
            "tell-driver",
            "tell-escort",
            "tell-doctor",
            "somebody-else",
        ),
        # Plain words and hard ones in turn: nothing here asks to be pressed.
        "doing": (
            "give",
            "tell-take",
            "show",
            "tell-touch",
            "watch",
            "take-picture",
            "tell-hold",
            "laugh",
            "tell-shout",
            "tell-eat",
            "tell-hug",
            "tell-push",
            "sleep",
            "tell-kiss",
            "tell-wash",
            "tell-hit",
            "tell-tickle",
            "hurt",
            "tell-changing",
            "tell-cry",
            "leave",
            "tell-leave-me-alone",
        ),
        "feelings": (
            "safe",
            "proud",
            "surprised",
            "strange",
            "alone",
            "sorry",
        ),
        "body": (
            "tell-pain",
            "tired",
            "tell-hungry",
            "tell-thirsty",
            "tell-sick",
            "tell-hot",
            "tell-cold",
            "tell-wet",
            "tell-wee",
            "tell-poo",
            "tell-blood",
            "tell-cut",
            "tell-bruise",
            "tell-plaster",
            "tell-medicine",
            "wheelchair-user",
            "talker",
        ),
        "things": (
            "picture",
            "camera",
            "chat",
            "website",
            "book",
            "money",
            "gift",
            "secret",
            "tell-clothes",
            "shoes",
            "tell-underwear",
            "food",
            "tell-drink",
            "tell-sweets",
            "tell-toy",
        ),
        "around": (
            "home",
            "school",
            "classroom",
            "tell-outside",
            "shop",
            "tell-hospital",
            "tell-car",
            "tell-taxi",
            "tell-bus",
            "tell-bed",
            "tell-toilet",
            "tell-bath",
            "tell-door",
            "lock",
            "tell-dark",
        ),
        "small-words": (
            "no",
            "good",
            "bad",
            "mine",
            "private",
            "more",
            "finished",
            "tell-on",
            "tell-off",
            "tell-in",
            "tell-out",
            "tell-under",
            "tell-with",
            "where",
            "night",
            "day",
        ),
    },
)
NEWEST = len(EDITIONS)
"""The edition that a DSL is shown for approval; 0 is the ordinary board alone."""

GROUPS = ("people", "doing", "feelings", "body", "things", "around", "small-words")
NOT_SHOWN = ("tell-something-else", "tell-no-symbol")
"""In reach whatever group is open: a child whose word is missing can say that it is."""

WHERE_ON_ME = "tell-where-on-me"
PLACES = (
    "tell-at-head",
    "tell-at-face",
    "tell-at-mouth",
    "tell-at-neck",
    "tell-at-chest",
    "tell-at-tummy",
    "tell-at-arm",
    "tell-at-hand",
    "tell-at-underwear",
    "tell-at-leg",
    "tell-at-foot",
    "tell-at-back",
    "tell-at-bottom",
    "tell-at-everywhere",
    "tell-at-elsewhere",
)
"""Where on me. No side is asked for: a drawing that faces a child turns left and right round."""

UNDERWEAR = "tell-at-underwear"
UNDER_IT = (
    "tell-word-penis",
    "tell-word-testicles",
    "tell-word-vulva",
    "tell-word-vagina",
    "tell-word-bottom",
    "tell-word-anus",
    "tell-word-breasts",
    "tell-word-nipples",
)
"""The proper words under that place: written and spoken, never drawn."""


@dataclass(frozen=True)
class Board:
    """What one child is shown: groups of words in order, and whether they can point to where on them."""

    groups: Groups
    not_shown: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    under_it: tuple[str, ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        """Everything on it that may be put into a sentence."""
        words = (word for group in self.groups.values() for word in group)
        return frozenset((*words, *self.not_shown, *self.places, *self.under_it))


@cache
def board_of(edition: int) -> Board:
    """The board with everything up to that edition; the ordinary one for 0."""
    parts = (BOARD, *EDITIONS[:edition])
    groups = {name: tuple(word for part in parts for word in part.get(name, ())) for name in GROUPS}
    groups = {name: words for name, words in groups.items() if words}
    return Board(groups, NOT_SHOWN, PLACES, UNDER_IT) if edition else Board(groups)


CODES = board_of(NEWEST).codes
"""Whatever any board has: what a child chose is kept and sent, also where the approval has gone meanwhile."""

CONCEPTS = frozenset(UNDERWEAR if one in UNDER_IT else one for one in CODES)
"""Every symbol that may stand in a sentence. A page that shows one asks for all: no address tells which."""


def concept_of(code: str) -> str:
    """The symbol of a word: its own, or that of the place for what is never drawn."""
    return UNDERWEAR if code in UNDER_IT else code


def phrase_of(code: str) -> str:
    """The phrase that stands under a symbol of the board."""
    return f"tell.board.{code.removeprefix(TELLS_OWN)}"
