"""The words that content is filed under: reading levels, bands, strands and the rest."""

from __future__ import annotations

from typing import Literal

Level = Literal["full", "simple", "symbols"]
Domain = Literal["lessons", "agreements", "messages"]
Severity = Literal["error", "warning"]

LEVELS: tuple[Level, ...] = ("full", "simple", "symbols")
BANDS = ("eyfs", "ks1", "lks2", "uks2", "ks3")
STRANDS = (
    "self-image-and-identity",
    "online-relationships",
    "online-reputation",
    "online-bullying",
    "managing-online-information",
    "health-wellbeing-and-lifestyle",
    "privacy-and-security",
    "copyright-and-ownership",
)
FOUR_CS = ("content", "contact", "conduct", "commerce")
FEELINGS = (
    "happy",
    "calm",
    "worried",
    "sad",
    "scared",
    "angry",
    "mixed-up",
    "unsure",
    "proud",
    "excited",
)
# Of the schools' requirements, R77 and R83 do not exist, and R96 to R99 are not the kiosk's job.
REQUIREMENTS = tuple(f"R{number}" for number in range(1, 96) if number not in {77, 83})

TELLS_OWN = "tell-"
"""How the concepts begin that only the phrases of *tell* may name."""


def is_of_tell(domain: str, key: str) -> bool:
    """Whether a text is a phrase of *tell*, by its domain and its key (or the context of its translation)."""
    return domain == "messages" and key.startswith("phrase/tell.")
