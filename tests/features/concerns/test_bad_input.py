"""Whatever is sent to *tell*: nobody is turned away for it, nothing is lost, nothing is stored half."""

from __future__ import annotations

from io import BytesIO

import pytest

from kiosk.features.concerns.types import Said
from kiosk.features.people.models import Pupil, SchoolClass, Staff
from tests.features.concerns.child import Child
from tests.features.concerns.conftest import concerns, told_to


def test_too_many_words_come_back_whole_with_a_sentence_beside_them(child: Child, willow: SchoolClass) -> None:
    words = "é" * 4_001
    child.press("more").press("not-saying").press("send", words=words)
    assert child.answer.status_code == 422 and not concerns()
    assert child.form.fields["words"] == words
    assert "This is too much to send at once. Nothing is lost." in child.text and "data-tell-too-long>" in child.html
    assert child.press("send", words=words[1:]).was_sent


def test_words_that_are_far_too_long_are_carried_too(child: Child) -> None:
    words = "word " * 100_000
    child.press("more").press("not-saying").press("symbols", words=words).press("send")
    assert child.answer.status_code == 422
    assert child.form.fields["words"] == words and not concerns()


def test_more_than_two_megabytes_are_refused_before_they_are_read(child: Child) -> None:
    answer = child.client.post("/tell", data={"page": "words", "words": "a" * 3_000_000, "go": "send"})
    assert answer.status_code == 413 and not concerns()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"go": "send"},
        {"go": ""},
        {"page": "nowhere", "go": "come"},
        {"page": "words", "go": "delete.everything"},
        {"page": "classes", "go": "class."},
        {"page": "classes", "go": "class." + "x" * 5_000},
        {"page": "classes", "go": "class.\x00"},
        {"page": "faces", "go": "pupil.\x00"},
        {"page": "faces", "go": "pupil.nobody", "class": "nothing"},
        {"page": "symbols", "go": "add.nothing"},
        {"page": "feelings", "go": "words", "feeling": "\x00", "symbol": "\x00", "said": "\x00", "step": "\x00"},
        {"page": "who", "go": "me"},
        {"said": "pupil", "page": "who", "go": "symbols"},
    ],
)
def test_what_no_page_of_ours_sends_gets_a_page_of_ours(child: Child, fields: dict[str, str]) -> None:
    child.send(dict(fields))
    assert child.answer.status_code in {200, 404} and "go" not in child.form.fields
    assert child.form.buttons and not concerns()


def test_another_classs_pupil_is_not_found_and_what_was_told_stays(
    child: Child, amina: Pupil, oak: SchoolClass
) -> None:
    child.press("come").press(f"class.{oak.id}")
    child.send({"go": f"pupil.{amina.id}", "words": "kept"})
    assert child.answer.status_code == 404
    assert child.form.fields["words"] == "kept" and "pupil" not in child.form.fields


def test_a_class_that_does_not_exist_is_not_found_and_what_was_told_stays(child: Child, willow: SchoolClass) -> None:
    child.press("come").send({"go": "class.nothing", "words": "kept"})
    assert child.answer.status_code == 404
    assert child.form.fields["words"] == "kept" and f"class.{willow.id}" in child.form.buttons


def test_a_face_that_is_gone_by_the_time_of_sending_is_sent_as_such(child: Child, dsl: Staff) -> None:
    child.send({"page": "words", "said": "pupil", "pupil": "gonegonegonegone", "words": "a", "go": "send"})
    assert child.was_sent
    told = told_to(dsl)
    assert (told.said, told.who.name) == (Said.PUPIL, "")


@pytest.mark.parametrize("words", ["a\x00b", "\u202eeverted", "{{ 7*7 }} <script>alert(1)</script>"])
def test_any_letters_can_be_told(child: Child, dsl: Staff, words: str) -> None:
    child.press("more").press("not-saying").press("send", words=words)
    assert child.was_sent
    assert told_to(dsl).words.encode("utf-8", "replace")[:4] == words.encode("utf-8", "replace")[:4]


def test_a_file_is_never_taken(child: Child) -> None:
    answer = child.client.post(
        "/tell", data={"page": "words", "go": "send", "words": (BytesIO(b"GIF89a"), "photo.gif")}
    )
    assert answer.status_code == 200 and not concerns()
    assert 'type="file"' not in child.html and "multipart" not in child.html
