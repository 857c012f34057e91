"""The symbols that a child may build a sentence from: neutral words alone.

No harm, no person who might be one to suspect, and no place: those words are the child's to bring.
"""

from __future__ import annotations

BOARD: dict[str, tuple[str, ...]] = {
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
FEELINGS = BOARD["feelings"]
"""The order says nothing: the first is not the right one, and nobody is asked for one."""

CONCEPTS = frozenset(concept for group in BOARD.values() for concept in group)


def phrase_of(concept: str) -> str:
    """The phrase that stands under a symbol of the board."""
    return f"tell.board.{concept}"
