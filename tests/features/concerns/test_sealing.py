"""Who can open an envelope, and who cannot."""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.features.concerns.sealing import (
    MOST_PAYLOAD_BYTES,
    MOST_WRAPS,
    STEP,
    CannotOpen,
    CannotSeal,
    Context,
    Envelope,
    PublicKey,
    Wrap,
    from_base64url,
    open_with,
    rewrap,
    seal,
    to_base64url,
)


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


DSL, DEPUTY, LEFT_OUT, RECOVERY = new_key(), new_key(), new_key(), new_key()
READERS_AND_RECOVERY = [PublicKey.of(DSL), PublicKey.of(DEPUTY), PublicKey.of(RECOVERY, "recovery")]
CONTEXT = Context(school="oakfield", concern="c-8fQ2")
TOLD = {"words": "I want a grown-up to come. Przyjdź. میں ڈر گیا 🦊", "feelings": ["sad"], "face": None}


def sealed(payload: dict[str, Any] | None = None) -> Envelope:
    return seal(TOLD if payload is None else payload, context=CONTEXT, to=READERS_AND_RECOVERY)


# Who opens it


@pytest.mark.parametrize("key", [DSL, DEPUTY, RECOVERY], ids=["DSL", "deputy", "recovery key"])
def test_each_reader_and_the_recovery_key_open_it(key: ec.EllipticCurvePrivateKey) -> None:
    assert open_with(key, sealed(), CONTEXT) == TOLD


def test_a_reader_who_was_left_out_cannot_open_it() -> None:
    with pytest.raises(CannotOpen):
        open_with(LEFT_OUT, sealed(), CONTEXT)


def test_a_reader_who_was_left_out_cannot_open_it_by_taking_the_name_of_anothers_wrap() -> None:
    envelope = sealed()
    stolen = Wrap(PublicKey.of(LEFT_OUT).key_id, envelope.wraps[0].wrapped)
    with pytest.raises(CannotOpen):
        open_with(LEFT_OUT, dataclasses.replace(envelope, wraps=(*envelope.wraps, stolen)), CONTEXT)


def test_a_key_of_another_curve_cannot_open_it() -> None:
    with pytest.raises(CannotOpen):
        open_with(ec.generate_private_key(ec.SECP384R1()), sealed(), CONTEXT)


@pytest.mark.parametrize(
    "other",
    [
        Context("elmfield", "c-8fQ2"),
        Context("oakfield", "c-8fQ3"),
        Context("oakfield", "c-8fQ2", "note"),
        Context("oakfield", "8fQ2", "c"),
    ],
)
def test_it_opens_in_its_own_context_only(other: Context) -> None:
    with pytest.raises(CannotOpen):
        open_with(DSL, sealed(), other)


def test_a_note_opens_as_a_note() -> None:
    context = Context("oakfield", "c-8fQ2", kind="note")
    assert open_with(DSL, seal(TOLD, context=context, to=READERS_AND_RECOVERY), context) == TOLD


def test_what_cannot_be_opened_says_nothing_more() -> None:
    envelope = sealed()
    with pytest.raises(CannotOpen) as left_out:
        open_with(LEFT_OUT, envelope, CONTEXT)
    with pytest.raises(CannotOpen) as tampered:
        open_with(DSL, dataclasses.replace(envelope, ciphertext=bytes(STEP + 16)), CONTEXT)
    for error in (left_out.value, tampered.value):
        assert error.args == () and error.__cause__ is None and error.__context__ is None


# Who it may be sealed to


@pytest.mark.parametrize(
    ("to", "complaint"),
    [
        ([], "recovery key is missing"),
        ([PublicKey.of(DSL)], "recovery key is missing"),
        ([PublicKey.of(DSL), PublicKey.of(DEPUTY)], "recovery key is missing"),
        ([PublicKey.of(RECOVERY, "recovery")], "No reader's key"),
        (
            [PublicKey.of(DSL), PublicKey.of(DSL), PublicKey.of(RECOVERY, "recovery")],
            "same key is given twice",
        ),
        ([PublicKey.of(DSL), PublicKey.of(DSL, "recovery")], "same key is given twice"),
    ],
)
def test_it_refuses_to_seal_without_a_reader_and_the_recovery_key(to: list[PublicKey], complaint: str) -> None:
    with pytest.raises(CannotSeal, match=complaint):
        seal(TOLD, context=CONTEXT, to=to)


def test_it_refuses_more_keys_than_an_envelope_holds() -> None:
    crowd = [PublicKey.of(new_key()) for _ in range(MOST_WRAPS)]
    with pytest.raises(CannotSeal, match="At most 64 keys"):
        seal(TOLD, context=CONTEXT, to=[*crowd, PublicKey.of(RECOVERY, "recovery")])


def test_it_refuses_more_than_fits() -> None:
    with pytest.raises(CannotSeal, match="At most 128 KiB"):
        sealed({"words": "a" * MOST_PAYLOAD_BYTES})


@pytest.mark.parametrize("payload", [{"n": float("nan")}, {"n": float("inf")}])
def test_it_refuses_what_is_not_json(payload: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        sealed(payload)


@pytest.mark.parametrize("bad", ["", "a\nb", "ä", "a b", "x" * 65, "c-1\n"])
def test_a_context_refuses_ids_that_could_be_read_two_ways(bad: str) -> None:
    for fields in ((bad, "c", "note"), ("s", bad, "note"), ("s", "c", bad)):
        with pytest.raises(ValueError):
            Context(*fields)


@pytest.mark.parametrize("raw", [b"", b"\x04" * 64, b"\x04" + bytes(64), b"\x02" + bytes(64), bytes(65)])
def test_a_public_key_is_a_point_of_the_curve(raw: bytes) -> None:
    with pytest.raises(ValueError):
        PublicKey(raw)


# Tampering


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"suite": "hpke-base.dhkem-x25519"},
        {"nonce": b""},
        {"ciphertext": b""},
        {"wraps": ()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_envelope_with_another_field_does_not_open(change: dict[str, Any]) -> None:
    with pytest.raises(CannotOpen):
        open_with(DSL, dataclasses.replace(sealed(), **change), CONTEXT)


def test_one_flipped_bit_anywhere_keeps_it_shut() -> None:
    envelope = sealed()
    mine, *others = envelope.wraps
    changed = [dataclasses.replace(envelope, nonce=flipped(envelope.nonce, at)) for at in range(12)]
    changed += [
        dataclasses.replace(envelope, ciphertext=flipped(envelope.ciphertext, at))
        for at in range(0, len(envelope.ciphertext), 13)
    ]
    changed += [
        dataclasses.replace(envelope, wraps=(Wrap(mine.key_id, flipped(mine.wrapped, at)), *others))
        for at in range(len(mine.wrapped))
    ]
    for envelope in changed:
        with pytest.raises(CannotOpen):
            open_with(DSL, envelope, CONTEXT)


def test_a_truncated_or_lengthened_envelope_does_not_open() -> None:
    envelope = sealed()
    mine, *others = envelope.wraps
    for ciphertext in (envelope.ciphertext[:-1], envelope.ciphertext[:STEP], envelope.ciphertext + b"\0"):
        with pytest.raises(CannotOpen):
            open_with(DSL, dataclasses.replace(envelope, ciphertext=ciphertext), CONTEXT)
    for wrapped in (b"", mine.wrapped[:64], mine.wrapped[:-1], mine.wrapped + b"\0"):
        with pytest.raises(CannotOpen):
            wraps = (Wrap(mine.key_id, wrapped), *others)
            open_with(DSL, dataclasses.replace(envelope, wraps=wraps), CONTEXT)


def test_the_ciphertext_of_another_concern_does_not_open_under_this_ones_wraps() -> None:
    mixed = dataclasses.replace(sealed(), ciphertext=sealed().ciphertext)
    with pytest.raises(CannotOpen):
        open_with(DSL, mixed, CONTEXT)


def sealed_by_a_tablet(inside: bytes) -> Envelope:
    """An envelope for the DSL that holds just these bytes, padding included."""
    data_key, nonce, bound = bytes(32), bytes(12), CONTEXT.as_bytes()
    wraps = (Wrap(PublicKey.of(DSL).key_id, by_hand_seal(data_key, PublicKey.of(DSL).raw, bound)),)
    ciphertext = AESGCM(data_key).encrypt(nonce, inside, bound)
    return dataclasses.replace(sealed(), nonce=nonce, ciphertext=ciphertext, wraps=wraps)


def padded(body: bytes) -> bytes:
    exact = len(body).to_bytes(4, "big") + body
    return exact + bytes(-len(exact) % STEP)


ODD = {
    "nothing": b"",
    "no padding": b"\0\0\0\2{}",
    "padding of other bytes": padded(b"{}")[:-1] + b"x",
    "a step too much padding": padded(b"{}") + bytes(STEP),
    "a length beyond the end": b"\xff" + padded(b"{}")[1:],
    "a length within the text": b"\0\0\0\1" + padded(b"{}")[4:],
    "no JSON": padded(b"hello"),
    "not an object": padded(b"[]"),
    "not UTF-8": padded(b'{"a":"\xff"}'),
    "not a number": padded(b'{"a":NaN}'),
    "a number too long": padded(b'{"a":' + b"9" * 5000 + b"}"),
    "too deep": padded(b'{"a":' + b"[" * 60_000 + b"]" * 60_000 + b"}"),
}


@pytest.mark.parametrize("inside", ODD.values(), ids=ODD.keys())
def test_a_tablet_that_seals_something_odd_gives_an_envelope_that_does_not_open(inside: bytes) -> None:
    with pytest.raises(CannotOpen) as error:
        open_with(DSL, sealed_by_a_tablet(inside), CONTEXT)
    assert error.value.__context__ is None


def test_a_tablet_that_seals_as_written_gives_an_envelope_that_opens() -> None:
    assert open_with(DSL, sealed_by_a_tablet(padded(b'{"words": "hello"}')), CONTEXT) == {"words": "hello"}


# Round trips

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**80), 2**80)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(), inner, max_size=6),
    max_leaves=30,
)


@settings(deadline=None, max_examples=150)
@given(st.dictionaries(st.text(), values, max_size=8), st.text(min_size=1, max_size=8), st.integers(0, 16 * 1024))
def test_any_json_up_to_16_kib_comes_back_and_hides_its_length(
    payload: dict[str, Any], piece: str, size: int
) -> None:
    payload["words"] = (piece * size).encode()[:size].decode(errors="ignore")
    envelope = Envelope.from_json(sealed(payload).to_json())
    assert open_with(DEPUTY, envelope, CONTEXT) == payload
    assert (len(envelope.ciphertext) - 16) % STEP == 0


@pytest.mark.parametrize(
    ("words", "steps"),
    [(0, 1), (1, 1), (STEP - 16, 1), (STEP - 15, 2), (2 * STEP - 16, 2), (2 * STEP - 15, 3)],
)
def test_the_size_grows_in_whole_steps(words: int, steps: int) -> None:
    payload = {"words": "a" * words}
    envelope = sealed(payload)
    assert len(envelope.ciphertext) == steps * STEP + 16
    assert open_with(DSL, envelope, CONTEXT) == payload


def test_the_longest_text_fits_when_each_character_has_to_be_escaped() -> None:
    payload = {"words": "\x01" * 16 * 1024}
    assert open_with(DSL, sealed(payload), CONTEXT) == payload


def test_half_an_emoji_is_shown_as_something_missing() -> None:
    assert open_with(DSL, sealed({"words": "a\ud83eb"}), CONTEXT) == {"words": "a\ufffdb"}


def test_half_an_emoji_from_a_tablet_is_shown_as_something_missing() -> None:
    envelope = sealed_by_a_tablet(padded(rb'{"words":"a\ud83e"}'))
    assert open_with(DSL, envelope, CONTEXT) == {"words": "a\ufffd"}


def test_the_same_payload_never_seals_alike() -> None:
    one, two = sealed(), sealed()
    assert one.nonce != two.nonce and one.ciphertext != two.ciphertext
    assert {wrap.wrapped for wrap in one.wraps}.isdisjoint(wrap.wrapped for wrap in two.wraps)


def test_no_word_of_it_is_in_the_envelope() -> None:
    text = sealed({"words": "CANARY-CANARY-CANARY"}).to_json()
    assert "CANARY" not in text and to_base64url(b"CANARY-CANARY-CANARY")[2:-2] not in text


# Reading JSON


def test_json_comes_back_the_same() -> None:
    envelope = sealed()
    assert Envelope.from_json(envelope.to_json()) == envelope
    assert envelope.key_ids == {key.key_id for key in READERS_AND_RECOVERY}


def changed_json(**changes: Any) -> str:
    return json.dumps({**json.loads(sealed().to_json()), **changes})


WRAP = json.loads(sealed().to_json())["wraps"][0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "[" * 100_000,
        " " * 300_000,
        changed_json(version=2),
        changed_json(version="1"),
        changed_json(version=True),
        changed_json(suite="none"),
        changed_json(nonce=None),
        changed_json(nonce="AAAA"),
        changed_json(nonce="AAAAAAAAAAAAAAAA=="),
        changed_json(ciphertext=""),
        changed_json(ciphertext="AAAA"),
        changed_json(ciphertext=to_base64url(bytes(16))),
        changed_json(ciphertext=to_base64url(bytes(MOST_PAYLOAD_BYTES + STEP + 16))),
        changed_json(ciphertext=to_base64url(bytes(STEP + 16)) + "\n"),
        changed_json(wraps=[]),
        changed_json(wraps=None),
        changed_json(wraps=["x"]),
        changed_json(wraps=[WRAP, WRAP]),
        changed_json(wraps=[{**WRAP, "key_id": f"{number:020x}"} for number in range(MOST_WRAPS + 1)]),
        changed_json(wraps=[{**WRAP, "key_id": "A" * 20}]),
        changed_json(wraps=[{**WRAP, "key_id": 5}]),
        changed_json(wraps=[{**WRAP, "wrapped": WRAP["wrapped"][:-4]}]),
        changed_json(wraps=[{**WRAP, "more": 1}]),
        changed_json(more=1),
    ],
    ids=lambda text: text[:24],
)
def test_json_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(CannotOpen):
        Envelope.from_json(text)


@pytest.mark.parametrize("text", ["A", "AB", "AA==", "A A", "AA\n", "+/+/", "ä", "AAAAA"])
def test_base64url_has_one_spelling(text: str) -> None:
    with pytest.raises(ValueError):
        from_base64url(text)


def test_a_public_key_goes_as_text() -> None:
    key = PublicKey.of(DSL)
    assert PublicKey.from_text(key.text) == key
    assert len(key.key_id) == 20


# Letting a further reader in


def test_an_unlocked_reader_lets_a_new_reader_in() -> None:
    envelope = sealed()
    wider = rewrap(envelope, CONTEXT, by=DEPUTY, to=[PublicKey.of(LEFT_OUT)])
    assert open_with(LEFT_OUT, wider, CONTEXT) == TOLD
    assert open_with(DSL, wider, CONTEXT) == TOLD
    assert wider.ciphertext == envelope.ciphertext and wider.wraps[:3] == envelope.wraps
    assert Envelope.from_json(wider.to_json()) == wider


def test_rewrapping_to_those_who_have_it_changes_nothing() -> None:
    envelope = sealed()
    assert rewrap(envelope, CONTEXT, by=DSL, to=READERS_AND_RECOVERY) == envelope


def test_nobody_lets_themselves_in() -> None:
    with pytest.raises(CannotOpen):
        rewrap(sealed(), CONTEXT, by=LEFT_OUT, to=[PublicKey.of(LEFT_OUT)])


def test_nobody_is_let_in_elsewhere() -> None:
    with pytest.raises(CannotOpen):
        rewrap(sealed(), Context("elmfield", "c-8fQ2"), by=DSL, to=[PublicKey.of(LEFT_OUT)])


def test_rewrapping_stops_at_the_most_keys() -> None:
    with pytest.raises(CannotSeal):
        rewrap(sealed(), CONTEXT, by=DSL, to=[PublicKey.of(new_key()) for _ in range(MOST_WRAPS - 2)])


# RFC 9180, written here a second time from its text (section 4.1 and 5.1, base mode), so that the wrap is
# proven to be the RFC's own: first this second writing opens a published vector, then it opens our wraps.

KEM_ID = b"KEM\x00\x10"
HPKE_ID = b"HPKE\x00\x10\x00\x01\x00\x02"


def labeled_extract(suite: bytes, salt: bytes, label: bytes, ikm: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, "sha256")


def labeled_expand(suite: bytes, prk: bytes, label: bytes, info: bytes, length: int) -> bytes:
    labeled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return HKDFExpand(SHA256(), length, labeled).derive(prk)


def key_and_nonce(shared_point: bytes, enc: bytes, receiver: bytes, info: bytes) -> tuple[bytes, bytes]:
    eae_prk = labeled_extract(KEM_ID, b"", b"eae_prk", shared_point)
    shared = labeled_expand(KEM_ID, eae_prk, b"shared_secret", enc + receiver, 32)
    context = (
        b"\x00"
        + labeled_extract(HPKE_ID, b"", b"psk_id_hash", b"")
        + labeled_extract(HPKE_ID, b"", b"info_hash", info)
    )
    secret = labeled_extract(HPKE_ID, shared, b"secret", b"")
    return labeled_expand(HPKE_ID, secret, b"key", context, 32), labeled_expand(
        HPKE_ID, secret, b"base_nonce", context, 12
    )


def by_hand_open(
    private: ec.EllipticCurvePrivateKey, enc: bytes, ct: bytes, info: bytes, aad: bytes | None = None
) -> bytes:
    sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), enc)
    point = private.exchange(ec.ECDH(), sender)
    key, nonce = key_and_nonce(point, enc, PublicKey.of(private).raw, info)
    return AESGCM(key).decrypt(nonce, ct, aad)


def by_hand_seal(plain: bytes, receiver: bytes, info: bytes) -> bytes:
    ephemeral = new_key()
    enc = PublicKey.of(ephemeral).raw
    point = ephemeral.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), receiver))
    key, nonce = key_and_nonce(point, enc, receiver, info)
    return enc + AESGCM(key).encrypt(nonce, plain, None)


def test_the_second_writing_opens_the_published_vector() -> None:
    # CFRG's test vectors for RFC 9180: mode 0, KEM 0x0010, KDF 0x0001, AEAD 0x0002, first encryption.
    private = ec.derive_private_key(
        0x317F915DB7BC629C48FE765587897E01E282D3E8445F79F27F65D031A88082B2, ec.SECP256R1()
    )
    enc = bytes.fromhex(
        "04c06b4f6bebc7bb495cb797ab753f911aff80aefb86fd8b6fcc35525f3ab5f03e"
        "0b21bd31a86c6048af3cb2d98e0d3bf01da5cc4c39ff5370d331a4f1f7d5a4e0"
    )
    ct = bytes.fromhex("58c61a45059d0c5704560e9d88b564a8b63f1364b8d1fcb3c4c6ddc1d291742465e902cd216f8908da49f8f96f")
    info = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e")
    assert by_hand_open(private, enc, ct, info, aad=b"Count-0") == b"Beauty is truth, truth beauty"


def test_every_wrap_is_the_rfcs_own_and_of_the_exact_size() -> None:
    envelope = sealed()
    for wrap, private in zip(envelope.wraps, (DSL, DEPUTY, RECOVERY), strict=True):
        assert len(wrap.wrapped) == 65 + 48
        data_key = by_hand_open(private, wrap.wrapped[:65], wrap.wrapped[65:], CONTEXT.as_bytes())
        assert len(data_key) == 32
        plain = AESGCM(data_key).decrypt(envelope.nonce, envelope.ciphertext, CONTEXT.as_bytes())
        assert json.loads(plain[4 : 4 + int.from_bytes(plain[:4], "big")]) == TOLD


def test_the_context_is_bound_as_written() -> None:
    # The tablet's code builds the same bytes: a change here is a new version of the envelope.
    assert CONTEXT.as_bytes() == (
        b"e-safety-kiosk envelope\n1\nhpke-base.dhkem-p256-hkdf-sha256.hkdf-sha256.aes-256-gcm\n"
        b"oakfield\nc-8fQ2\nconcern"
    )
    assert PublicKey.of(DSL).key_id == hashlib.sha256(PublicKey.of(DSL).raw).hexdigest()[:20]
