"""Style sheets, scripts and fonts: small bundles with a hash in their address, made ready once."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import fontpkg_atkinson_hyperlegible
import fontpkg_lexend
import manimgx_fonts
from rcssmin import cssmin

from kiosk import ROOT
from kiosk.reading.tones import tone_sheet
from kiosk.web.kept import Kept

STATIC = ROOT / "static"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".mp3": "audio/mpeg",
    ".webmanifest": "application/manifest+json",
}


_REMARK = re.compile(rb"^[ \t]*//.*\n", re.MULTILINE)
"""A line that a script says to its reader alone: a seventh of its weight on the wire."""


def find_static_file(name: str) -> Path | None:
    """The file of that name below static/, or None; never one outside it."""
    try:
        path = (STATIC / name).resolve()
        inside = path.is_relative_to(STATIC) and path.is_file() and path.suffix in TYPES
    except (OSError, ValueError):
        # A name that no file can have: too long, or with a NUL in it.
        return None
    return path if inside else None


@lru_cache(maxsize=256)
def get_static(name: str) -> Kept | None:
    """A static file as it is served."""
    path = find_static_file(name)
    if path is None:
        return None
    body = path.read_bytes()
    return Kept.of(_REMARK.sub(b"", body) if path.suffix == ".js" else body, TYPES[path.suffix])


@lru_cache(maxsize=8)
def get_bundle(name: str) -> Kept | None:
    """The style sheets of one kind of page in one: `pupil` or `adult`; or what a few of its pages have besides."""
    bundles = json.loads((STATIC / "bundles.json").read_text("utf-8"))
    if name not in bundles:
        return None
    sheets = [(STATIC / sheet).read_text("utf-8") for sheet in bundles[name] if sheet.endswith(".css")]
    faces = [_font_faces(), tone_sheet()] if "base.css" in bundles[name] else []
    # What the sheets say to their reader and how they are laid out is a fifth of their weight on the wire.
    return Kept.of(cssmin("\n".join([*faces, *sheets])).encode(), TYPES[".css"])


def bundle(name: str) -> str:
    """The address of a bundle of style sheets."""
    asset = get_bundle(name)
    if asset is None:
        raise KeyError(f"static/bundles.json names no bundle {name!r}.")
    return f"/style/{asset.version}/{name}.css"


def static(name: str) -> str:
    """The address of a static file; a module may import another beside it by its bare relative path."""
    asset = get_static(name)
    if asset is None:
        raise KeyError(f"There is no file static/{name}.")
    return f"/static/{_tree_version() if name.endswith('.js') else asset.version}/{name}"


def is_current(version: str, name: str) -> bool:
    """Whether a static file's address is that of today's bytes; an older page may ask by an older one."""
    asset = get_static(name)
    return asset is not None and version == (_tree_version() if name.endswith(".js") else asset.version)


@lru_cache(maxsize=1)
def _tree_version() -> str:
    # Modules import each other by relative path, so all of them share one version.
    digest = sha256()
    for path in sorted(STATIC.rglob("*.js")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


@dataclass(frozen=True)
class Face:
    """A part of a typeface: the letters of some languages, which a browser fetches only where they are used."""

    family: str
    source: Path
    letters: str
    weights: tuple[int, int] = (400, 700)
    """From which weight to which it serves."""

    @property
    def version(self) -> str:
        """Changes with the typeface and with the letters taken from it."""
        return sha256(self.source.read_bytes() + self.letters.encode()).hexdigest()[:10]


_LEXEND = Path(fontpkg_lexend.__file__).parent / "files" / "Lexend[wght].ttf"
_ARABIC = Path(manimgx_fonts.__file__).parent / "NotoSansArabic[wght].ttf"
_ATKINSON = str(Path(fontpkg_atkinson_hyperlegible.__file__).parent / "files" / "AtkinsonHyperlegible-{}.ttf")
# All that it has of them: ŵ, ŷ and a few more are left to Lexend.
_OF_ATKINSON = (
    "U+20-7E,U+A0-FF,U+100-107,U+10A-113,U+116-11B,U+11E-123,U+126-127,U+12A-12B,U+12E-12F,U+131,U+136-137,U+13B-13E,"
    "U+141-148,U+150-155,U+158-15B,U+15E-165,U+16A-16B,U+16E-173,U+178-17E,U+218-21B,U+2013-2014,U+2018-201A,"
    "U+201C-201E,U+2022,U+2026,U+20AC,U+2212"
)
FACES = {
    "lexend": Face(
        "Lexend",
        _LEXEND,
        "U+20-7E,U+A0,U+A3,U+A9,U+AB,U+B0,U+B7,U+BB,U+C0-FF,U+2013-2014,U+2018-201D,U+2022,U+2026,U+20AC,"
        "U+2190-2193,U+2713",
    ),
    "lexend-more": Face("Lexend", _LEXEND, "U+100-17F,U+218-21B,U+1E80-1E85,U+1EF2-1EF3"),
    "reading": Face("Atkinson Hyperlegible", Path(_ATKINSON.format("Regular")), _OF_ATKINSON, (400, 400)),
    "reading-bold": Face("Atkinson Hyperlegible", Path(_ATKINSON.format("Bold")), _OF_ATKINSON, (600, 700)),
    "arabic": Face("Kiosk Arabic", _ARABIC, "U+60C-6FF,U+200C-200F,U+FB50-FDFF,U+FE70-FEFC"),
}


@lru_cache(maxsize=8)
def get_font(name: str, cache: Path) -> Kept | None:
    """A face as WOFF2; cut from its typeface once, and kept in the cache folder."""
    face = FACES.get(name)
    if face is None:
        return None
    kept = cache / f"{name}-{face.version}.woff2"
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = kept.with_suffix(f".{os.getpid()}")
        temporary.write_bytes(_cut(face))
        temporary.replace(kept)
    return Kept.of(kept.read_bytes(), "font/woff2", zip_it=False)


def _cut(face: Face) -> bytes:
    # Large, and needed once in the life of a data folder.
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    options = subset.Options()
    options.layout_features = ["*"]
    options.hinting = False
    font = TTFont(face.source)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(face.letters.replace("U+", "")))
    cutter.subset(font)
    if "fvar" in font:
        # The instancer wants a font as read from a file, not one just cut.
        between = BytesIO()
        font.save(between)
        between.seek(0)
        font = instancer.instantiateVariableFont(TTFont(between), {"wght": face.weights})
    font.flavor = "woff2"
    made = BytesIO()
    font.save(made)
    return made.getvalue()


def _font_faces() -> str:
    return "\n".join(
        f'@font-face{{font-family:"{face.family}";src:url("/font/{face.version}/{name}.woff2") format("woff2");'
        f"font-weight:{face.weights[0]} {face.weights[1]};font-display:swap;unicode-range:{face.letters}}}"
        for name, face in FACES.items()
    )
