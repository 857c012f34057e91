"""A photograph as it was sent, made into a small square without metadata; knows neither database nor request."""

from __future__ import annotations

import io
import warnings
from threading import BoundedSemaphore

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000, "PNG": 20_000_000, "WEBP": 20_000_000}
"""As many as telephones make. A JPEG is made small while it is decoded; the others are whole in memory first, twice."""
LEAST_SIDE, SIDE = 160, 320
FORMATS = ("JPEG", "PNG", "WEBP")
CROPS = {"first": 0.0, "middle": 0.5, "last": 1.0}
"""Which square of an oblong picture: the top or left one, the middle, the bottom or right one."""
CONTENT_TYPE = "image/webp"

_one_at_a_time = BoundedSemaphore(1)


class PictureError(Exception):
    """It cannot be used. `problem`: none, big, format, pixels, moving, small or broken."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def square_of(sent: bytes, crop: str = "middle") -> bytes:
    """The square as WebP; raises PictureError. Not inside a transaction: it may take a second."""
    if not sent:
        raise PictureError("none")
    if len(sent) > MOST_BYTES:
        raise PictureError("big")
    with _one_at_a_time, warnings.catch_warnings():
        # Of many pixels we speak ourselves.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            return _encoded(_turned(_opened(sent)), CROPS[crop])
        except PictureError:
            raise
        except Exception as error:
            # Readers of picture files throw whatever they like at bytes that lie.
            raise PictureError("broken") from error


def _opened(sent: bytes) -> Image.Image:
    """Opened and not yet decoded: its head alone says whether it will be."""
    try:
        image = Image.open(io.BytesIO(sent), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise PictureError("pixels") from error
    except UnidentifiedImageError as error:
        raise PictureError("format") from error
    # A telephone's JPEG may hold more pictures, of depth or for a small screen: the first is the photograph.
    if image.format not in MOST_PIXELS:
        raise PictureError("format")
    if image.width * image.height > MOST_PIXELS[image.format]:
        raise PictureError("pixels")
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise PictureError("moving")
    if min(image.size) < LEAST_SIDE:
        raise PictureError("small")
    return image


def _turned(image: Image.Image) -> Image.Image:
    """Decoded no larger than needed, and upright as the camera was held."""
    image.draft("RGB", (SIDE * 2, SIDE * 2))
    image.load()
    factor = min(image.size) // (SIDE * 2)
    return ImageOps.exif_transpose(image.reduce(factor) if factor > 1 else image)


def _encoded(image: Image.Image, part: float) -> bytes:
    side = min(image.size)
    left, top = round((image.width - side) * part), round((image.height - side) * part)
    square = image.crop((left, top, left + side, top + side)).convert("RGBA")
    small = square.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    # A new picture, and pasted into: nothing comes along but what is seen.
    clean = Image.new("RGB", small.size, "white")
    clean.paste(small, mask=small)
    written = io.BytesIO()
    clean.save(written, "WEBP", quality=80, method=6)
    return written.getvalue()
