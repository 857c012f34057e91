"""Readers' keys under a passphrase, and the unlocked desk."""

from __future__ import annotations

import dataclasses
import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from argon2.low_level import hash_secret_raw
from cryptography.hazmat.primitives.asymmetric import ec

from kiosk.features.concerns import keys
from kiosk.features.concerns.keys import (
    Cost,
    DeskLocked,
    SealedReaderKey,
    WrongPassphrase,
    lock_for_session,
    make_reader_key,
    open_from_session,
    seal_reader_key,
    unlock,
)
from kiosk.features.concerns.sealing import Context, PublicKey, open_with, seal, to_base64url

CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
PASSPHRASE = "otter piano window lemon"
COMPONENT = Path(__file__).parents[3] / "static/components/recovery"


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


# A reader's key under a passphrase


def test_a_reader_unlocks_their_key_and_reads() -> None:
    sealed = SealedReaderKey.from_json(make_reader_key(PASSPHRASE, CHEAP).to_json())
    context = Context("oakfield", "c-1")
    envelope = seal({"words": "hello"}, context=context, to=[sealed.public, PublicKey.of(new_key(), "recovery")])
    assert open_with(unlock(sealed, PASSPHRASE), envelope, context) == {"words": "hello"}


@pytest.mark.parametrize("guess", ["", "otter piano window", "Otter piano window lemon", PASSPHRASE + "s", "\ud83e"])
def test_another_passphrase_does_not_unlock(guess: str) -> None:
    with pytest.raises(WrongPassphrase):
        unlock(make_reader_key(PASSPHRASE, CHEAP), guess)


@pytest.mark.parametrize(
    ("chosen", "typed"),
    [
        (PASSPHRASE, "  otter  piano window lemon\n"),
        ("żółta łódź płynie rzeką", "z\u0307o\u0301łta ło\u0301dz\u0301 płynie rzeka\u0328"),
    ],
)
def test_the_same_passphrase_from_another_keyboard_unlocks(chosen: str, typed: str) -> None:
    assert unlock(make_reader_key(chosen, CHEAP), typed)


@pytest.mark.parametrize("field", ["public", "salt", "wrapped", "params"])
def test_a_sealed_key_with_another_field_does_not_unlock(field: str) -> None:
    sealed = make_reader_key(PASSPHRASE, CHEAP)
    other = make_reader_key(PASSPHRASE, Cost(passes=2, memory_kib=8, lanes=1))
    with pytest.raises(WrongPassphrase):
        unlock(dataclasses.replace(sealed, **{field: getattr(other, field)}), PASSPHRASE)


@pytest.mark.parametrize("length", [0, 5, 12, 59])
def test_a_truncated_sealed_key_does_not_unlock(length: int) -> None:
    sealed = make_reader_key(PASSPHRASE, CHEAP)
    with pytest.raises(WrongPassphrase):
        unlock(dataclasses.replace(sealed, wrapped=sealed.wrapped[:length]), PASSPHRASE)


def test_a_new_passphrase_keeps_the_key() -> None:
    sealed = make_reader_key(PASSPHRASE, CHEAP)
    changed = seal_reader_key(unlock(sealed, PASSPHRASE), "goose trumpet valley kite", CHEAP)
    assert changed.public == sealed.public
    assert PublicKey.of(unlock(changed, "goose trumpet valley kite")) == sealed.public
    with pytest.raises(WrongPassphrase):
        unlock(changed, PASSPHRASE)


def test_without_being_told_otherwise_a_guess_costs_what_rfc_9106_recommends() -> None:
    sealed = make_reader_key(PASSPHRASE)
    assert (sealed.params.passes, sealed.params.memory_kib, sealed.params.lanes) == (3, 64 * 1024, 4)
    assert PublicKey.of(unlock(sealed, PASSPHRASE)) == sealed.public


@pytest.mark.parametrize("cost", [(0, 64, 1), (33, 64, 1), (1, 7, 1), (1, 9, 4), (1, 2**21, 1), (1, 999, 17)])
def test_a_stored_cost_cannot_take_the_servers_memory(cost: tuple[int, int, int]) -> None:
    fields = dict(zip(("passes", "memory_kib", "lanes"), cost, strict=True))
    stored = {**json.loads(make_reader_key(PASSPHRASE, CHEAP).to_json()), "params": fields}
    with pytest.raises(ValueError):
        SealedReaderKey.from_json(json.dumps(stored))


@pytest.mark.parametrize("text", ["", "null", "{}", "[]", '{"public": 1}'])
def test_a_stored_key_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        SealedReaderKey.from_json(text)


def test_at_most_two_passphrases_are_tried_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = make_reader_key(PASSPHRASE, CHEAP)
    running, most, count = [0], [0], threading.Lock()

    def slowly(*arguments: Any) -> bytes:
        with count:
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(0.02)
        with count:
            running[0] -= 1
        return hash_secret_raw(*arguments)

    monkeypatch.setattr(keys, "hash_secret_raw", slowly)
    threads = [threading.Thread(target=unlock, args=(sealed, PASSPHRASE)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 2


# The unlocked desk


def test_the_unlocked_key_opens_with_the_cookies_key_only() -> None:
    private_key = new_key()
    blob, cookie_key = lock_for_session(private_key)
    _, another = lock_for_session(private_key)
    assert open_from_session(blob, cookie_key).private_numbers() == private_key.private_numbers()
    for wrong in (another, "", "x", cookie_key + "=", cookie_key[:-4], "ä"):
        with pytest.raises(DeskLocked):
            open_from_session(blob, wrong)
    for noise in (b"", blob[:12], blob[:-1], blob[:20] + bytes([blob[20] ^ 1]) + blob[21:]):
        with pytest.raises(DeskLocked):
            open_from_session(noise, cookie_key)


def test_what_the_server_keeps_of_an_unlocked_key_is_never_the_key() -> None:
    private_key = new_key()
    scalar = private_key.private_numbers().private_value.to_bytes(32, "big")
    blob, cookie_key = lock_for_session(private_key)
    assert scalar not in blob and to_base64url(scalar) not in cookie_key


# Passphrases
