"""Makes desk-bell.mp3, the desk's gentle two notes: `python static/sounds/make_desk_bell.py`."""

from __future__ import annotations

import math
from array import array
from pathlib import Path

import lameenc

RATE = 22_050
SECONDS = 1.6
NOTES = ((587.33, 0.0), (880.0, 0.28))
"""Hertz, and when it is struck: a fifth, rising, which calls without alarming."""
PARTIALS = ((1.0, 1.0, 2.6), (2.0, 0.35, 3.6), (3.01, 0.12, 5.5))
"""Of each note: times its pitch, how loud, and how fast it fades."""


def sample(at: float) -> float:
    """The air at a moment, from -1 to 1."""
    value = 0.0
    for pitch, struck in NOTES:
        since = at - struck
        if since < 0:
            continue
        rise = min(since / 0.012, 1)
        for times, loud, fades in PARTIALS:
            value += rise * loud * math.exp(-fades * since) * math.sin(2 * math.pi * pitch * times * since)
    # The end is drawn down to nothing, so that it does not click.
    return 0.32 * value * min((SECONDS - at) / 0.15, 1)


def main() -> None:
    """Write the sound beside this file."""
    samples = array("h", (int(32_000 * sample(n / RATE)) for n in range(int(RATE * SECONDS))))
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(48)
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(1)
    encoder.set_quality(2)
    encoder.silence()
    made = bytes(encoder.encode(samples.tobytes())) + bytes(encoder.flush())
    Path(__file__).with_name("desk-bell.mp3").write_bytes(made)


if __name__ == "__main__":
    main()
