"""Pictures as cameras and pranksters send them, made here."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image

UPRIGHT = 1
TURNED = 6
"""The camera was held on its side: the picture is to be turned a quarter clockwise."""


def picture(kind: str = "JPEG", size: tuple[int, int] = (600, 400), **how: Any) -> bytes:
    """Red on the left half, blue on the right."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    written = io.BytesIO()
    image.save(written, kind, **how)
    return written.getvalue()


def from_a_telephone() -> bytes:
    """With where it was taken, with which camera, and turned."""
    exif = Image.Exif()
    exif[0x0112] = TURNED
    exif[0x010F] = "Maker of cameras"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 26.0)
    return picture(exif=exif.tobytes())


def moving(kind: str) -> bytes:
    """Two pictures, one after the other."""
    return picture(kind, save_all=True, append_images=[Image.new("RGB", (600, 400), "green")], duration=200)


def bomb() -> bytes:
    """A PNG that says of itself that it is 50,000 by 50,000."""
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    body = zlib.compress(bytes(10_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def opened(stored: bytes) -> Image.Image:
    """What is kept, to look at."""
    image = Image.open(io.BytesIO(stored))
    image.load()
    return image


def colour_at(image: Image.Image, x: int, y: int) -> str:
    """Which of the two colours a dot has."""
    red, _green, blue = image.convert("RGB").getpixel((x, y))  # type: ignore[misc]
    return "red" if red > blue else "blue"
