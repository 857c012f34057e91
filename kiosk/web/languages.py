"""The interface's translations for Flask-Babel, straight from translations/*.po."""

from __future__ import annotations

from babel.support import NullTranslations
from flask_babel import Domain, get_locale

from kiosk.content.catalogue import shipped_catalogues


class ShippedDomain(Domain):
    """The messages that come with the kiosk; nothing has to be compiled beforehand."""

    def get_translations(self) -> NullTranslations:
        """The messages of the language in hand, over English."""
        language = str(get_locale() or "en")
        if language not in self.cache:
            translations = NullTranslations()
            compiled = shipped_catalogues().compiled.get((language, "messages"))
            if compiled is not None:
                translations.add_fallback(compiled)
            self.cache[language] = translations
        found: NullTranslations = self.cache[language]
        return found


def unreviewed_languages() -> list[str]:
    """The languages that no native speaker has read yet."""
    catalogues = shipped_catalogues()
    return [one for one in catalogues.languages if one != "en" and not catalogues.is_read_by_a_native_speaker(one)]
