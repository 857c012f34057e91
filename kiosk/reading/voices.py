"""Which voices there are, in which languages, and which one a school has chosen.

A language is one line in LANGUAGES if espeak speaks it. Another voice for English is one entry in ENGLISH; another
engine is a driver besides (`kiosk.reading.render` says what shape it has).
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.settings import Settings, SettingsError
from kiosk.reading import espeak_driver, heart_driver


@dataclass(frozen=True)
class Voice:
    """One voice of an engine behind pyttsx3; `driver` is a name in render.DRIVERS, `rate` the engine's own."""

    driver: str
    engine: str
    voice: str
    rate: int


@dataclass(frozen=True)
class Offer:
    """A voice that a school may choose, and what it should know of it."""

    voice: Voice
    about: str

    @property
    def is_installed(self) -> bool:
        """Whether its engine is there."""
        return self.voice.driver != heart_driver.NAME or heart_driver.is_installed()


def _espeak(voice: str) -> Voice:
    # espeak's 105 is a real 139 words a minute inside an English sentence (measured on 109 sentences for children;
    # the pauses between sentences come on top), and about the same pace of syllables in Polish (92) and Urdu (124).
    return Voice(espeak_driver.NAME, espeak_driver.version(), voice, 105)


ENGLISH: dict[str, Offer] = {
    "heart": Offer(
        Voice(heart_driver.NAME, heart_driver.version(), heart_driver.HEART, 140),
        "American, a woman's; neural, the easiest to understand",
    ),
    "rp": Offer(_espeak("gmw/en-gb-x-rp"), "British, received pronunciation; a machine’s sound, harder to understand"),
    "england": Offer(_espeak("gmw/en"), "British; a machine’s sound, harder to understand"),
    "scotland": Offer(_espeak("gmw/en-gb-scotland"), "Scottish; a machine’s sound, harder to understand"),
}
WITHOUT_HEART = "rp"
"""What speaks English where the packages of "heart" could not be installed."""

LANGUAGES: dict[str, tuple[str, str]] = {
    "ar": ("Arabic", "sem/ar"),
    "bg": ("Bulgarian", "zls/bg"),
    "bn": ("Bengali", "inc/bn"),
    "cs": ("Czech", "zlw/cs"),
    "cy": ("Welsh", "cel/cy"),
    "es": ("Spanish", "roa/es"),
    "fa": ("Persian", "ira/fa"),
    "fr": ("French", "roa/fr"),
    "ga": ("Irish", "cel/ga"),
    "gd": ("Scottish Gaelic", "cel/gd"),
    "gu": ("Gujarati", "inc/gu"),
    "hi": ("Hindi", "inc/hi"),
    "hu": ("Hungarian", "urj/hu"),
    "it": ("Italian", "roa/it"),
    "ku": ("Kurdish", "ira/ku"),
    "lt": ("Lithuanian", "bat/lt"),
    "pa": ("Punjabi", "inc/pa"),
    "pl": ("Polish", "zlw/pl"),
    "pt": ("Portuguese", "roa/pt"),
    "ro": ("Romanian", "roa/ro"),
    "sk": ("Slovak", "zlw/sk"),
    "sq": ("Albanian", "ine/sq"),
    "sw": ("Swahili", "bnt/sw"),
    "ta": ("Tamil", "dra/ta"),
    "ti": ("Tigrinya", "sem/ti"),
    "tr": ("Turkish", "trk/tr"),
    "uk": ("Ukrainian", "zle/uk"),
    "ur": ("Urdu", "inc/ur"),
}
"""Every other language that has a voice: its English name, and espeak's name for the voice."""

WITHOUT_A_VOICE = {"ps": "Pashto", "so": "Somali"}
"""Languages spoken at home in our schools that no engine here speaks: no listen button, or a person's recording."""

_chosen: str = Settings.voice_en


def choose_voices(settings: Settings) -> None:
    """Have this process use the voices that the settings name; raises SettingsError for one that there is not."""
    if settings.voice_en not in ENGLISH:
        raise SettingsError(f"voice_en = {settings.voice_en!r} is no voice. Write one of: {', '.join(ENGLISH)}.")
    global _chosen
    _chosen = settings.voice_en


def english_in_use() -> str:
    """The name of the English voice that speaks: the chosen one, or espeak's where that is not installed."""
    return _chosen if ENGLISH[_chosen].is_installed else WITHOUT_HEART


def voice_of(language: str) -> Voice | None:
    """The voice that speaks a language, or None."""
    if language == "en":
        return ENGLISH[english_in_use()].voice
    return _espeak(LANGUAGES[language][1]) if language in LANGUAGES else None


def spoken_languages() -> tuple[str, ...]:
    """Every language that has a voice, English first."""
    return ("en", *LANGUAGES)
