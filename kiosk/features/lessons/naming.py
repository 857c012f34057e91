"""What bands, strands, four Cs and kinds of screen are called among adults."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

BANDS = {
    "eyfs": _("EYFS (4–5)"),
    "ks1": _("KS1 (5–7)"),
    "lks2": _("Lower KS2 (7–9)"),
    "uks2": _("Upper KS2 (9–11)"),
    "ks3": _("KS3 (11–14)"),
}
STRANDS = {
    "self-image-and-identity": _("Self-image and identity"),
    "online-relationships": _("Online relationships"),
    "online-reputation": _("Online reputation"),
    "online-bullying": _("Online bullying"),
    "managing-online-information": _("Managing online information"),
    "health-wellbeing-and-lifestyle": _("Health, wellbeing and lifestyle"),
    "privacy-and-security": _("Privacy and security"),
    "copyright-and-ownership": _("Copyright and ownership"),
}
FOUR_CS = {
    "content": _("Content"),
    "contact": _("Contact"),
    "conduct": _("Conduct"),
    "commerce": _("Commerce"),
}
KINDS = {
    "story": _("story"),
    "choose": _("choose"),
    "sort": _("sort"),
    "order": _("put in order"),
    "spot": _("spot"),
    "feel": _("feelings"),
    "talk": _("talk"),
}
LEVELS = {"full": _("All the words"), "simple": _("Short sentences"), "symbols": _("Symbols")}
NOTES = {
    "expect": _("What to expect"),
    "have_near": _("What to have near"),
    "words_to_use": _("Words to use"),
    "words_to_avoid": _("Words to avoid"),
    "if_a_child_tells": _("If a child tells you something"),
    "afterwards": _("Afterwards"),
    "families": _("Families"),
}
