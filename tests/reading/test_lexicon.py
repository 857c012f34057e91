"""The lexicon that ships, and what a lexicon file may not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.reading.lexicon import (
    LANGUAGES,
    LexiconError,
    Picture,
    UnknownConceptError,
    load_lexicon,
    matched_form,
    phrase_form,
)

GOOD = """
friend:
  means: somebody I know and like
  words: {en: [friend, friends]}
  openmoji: 1F465
  reviewed: true
"""
# The study's 93 concepts, which no kiosk can do without; "robot/AI" is two.
STUDIED = """
i you we tell ask help stop go yes no good bad happy sad worried angry scared safe danger adult teacher mum dad friend
stranger child school home computer tablet phone internet website game video photo camera message chat email password
secret share private name address birthday money buy advert prize click link virus hack lock key look listen read write
draw think choose wait time bedtime sleep play kind unkind bully respect rule promise sign agree disagree true false
real fake robot copy mine yours search report police block delete trusted-adult classroom
"""
# What else the frame of the kiosk, its first lessons, the agreements and telling show.
NEEDED = """
not calm mixed-up unsure proud excited gran children class tap badge app permission account like surprise box pop-up
star come put keep show type back next again finished tick lessons agreement charter family for-home more settings send
skip call-999 childline phone-adult grown-up-come somebody-else not-saying words symbols i-do-not-know
"""
# What sentences of the forty lessons cannot be said without at symbol level, strand by strand.
TO_COME = """
avatar filter selfie edit body muscles make-up hair compare pressure perfect identity ai
consent refuse change-my-mind online-friend friend-request real-life meet grooming threat lie group-chat gift
post comment follow followers influencer public footprint forward screenshot search-result take-down reputation future
bystander upstander join-in leave-out rumour joke argue hate evidence date mute moderator law
source fact opinion believe verify misinformation headline feed algorithm deepfake conspiracy expert puzzle
screen-time rest exercise outside mood tired headache habit autoplay notification age-rating spend loot-box gamble
reward
passphrase strong weak two-step code location map track cookie data app-permission fingerprint personal-information
create artist author own borrow steal plagiarism credit licence copyright remix idea music
"""


# Chosen by a pupil or a teacher; no word stands for one.
SIGNS = ("face-", "class-")


def lexicon_file(folder: Path, text: str) -> Path:
    path = folder / "lexicon.yaml"
    path.write_text(text, "utf-8")
    return path


def composed(compose: str) -> str:
    return GOOD.replace("openmoji: 1F465", f"compose: {compose}")


def test_a_picture_may_be_laid_out_of_others(tmp_path: Path) -> None:
    lexicon = load_lexicon(lexicon_file(tmp_path, composed('{layout: speech, of: [child, "1F4AC"]}')))
    assert lexicon.get_concept("friend").picture == Picture("composed", "speech", ("child", "1F4AC"))


def test_all_of_the_93_that_were_studied_have_a_reviewed_symbol() -> None:
    studied = set(STUDIED.split())
    assert len(studied) == 93
    assert studied - {concept.id for concept in load_lexicon() if concept.reviewed} == set()


@pytest.mark.parametrize("listed", [NEEDED, TO_COME])
def test_the_lexicon_holds_what_the_kiosk_cannot_do_without(listed: str) -> None:
    assert [concept for concept in listed.split() if concept not in load_lexicon()] == []


def test_it_holds_more_than_four_hundred_concepts_besides_faces_and_signs() -> None:
    assert len([concept for concept in load_lexicon() if not concept.id.startswith(SIGNS)]) > 400


def test_somebody_has_looked_at_every_picture() -> None:
    assert [concept.id for concept in load_lexicon() if not concept.reviewed] == []


def test_every_concept_has_its_words_in_every_language_unless_it_is_only_a_sign() -> None:
    wordless = [
        (concept.id, language)
        for concept in load_lexicon()
        for language in LANGUAGES
        if not concept.words.get(language) and not concept.id.startswith(SIGNS)
    ]
    assert wordless == []


def test_a_face_has_no_words_and_there_are_forty_of_them_all_different() -> None:
    faces = [concept for concept in load_lexicon() if concept.id.startswith("face-")]
    assert len({face.picture for face in faces}) == len(faces) >= 40
    assert all(not face.words for face in faces)


def test_no_word_stands_for_two_concepts_in_one_language() -> None:
    owners: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for concept in load_lexicon():
        for language, words in concept.words.items():
            for word in words:
                owners.setdefault((language, phrase_form(word)), set()).add(concept.id)
    assert {word: ids for word, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "a an the is are was be to of and or but my your his her their it that this for with at on if so"),
        ("pl", "i a w na z do to jest są się że dla ale lub jak mój moja moje twój twoja za od po"),
        ("ur", "میں ہے ہیں کا کی کے کو سے پر اور یا یہ وہ تو بھی ہی نے تھا تھی میرا میری آپ کیا دو"),
    ],
)
def test_no_symbol_stands_on_a_function_word(language: str, words: str) -> None:
    lexicon = load_lexicon()
    assert [word for word in words.split() if lexicon.find_phrase(phrase_form(word), language)] == []


def test_a_password_is_never_called_a_secret() -> None:
    password = load_lexicon().get_concept("password")
    assert "secret" not in f"{password.means} {password.words}"


def test_an_unknown_concept_is_named_in_the_error() -> None:
    with pytest.raises(UnknownConceptError, match="unicycle"):
        load_lexicon().get_concept("unicycle")


def test_words_are_compared_without_case_punctuation_or_keyboard_variants() -> None:
    assert matched_form("“Don’t!”") == "don't"
    assert matched_form("Hasło,") == "hasło"
    assert matched_form("كھیل۔") == matched_form("کھیل")
    assert matched_form("مُحفوظ") == matched_form("محفوظ")
    assert matched_form("—") == ""


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (GOOD + GOOD.replace("friend:", "pal:"), "“friend” (en) stands for both friend and pal"),
        (GOOD + GOOD, "friend is there twice"),
        (GOOD + "without-symbol: {en: [friends]}", "stands for both without-symbol and friend"),
        (GOOD.replace("openmoji: 1F465", "reviewd: yes"), "does not know reviewd"),
        (GOOD.replace("  openmoji: 1F465\n", ""), "exactly one of openmoji, drawn and compose"),
        (GOOD.replace("openmoji: 1F465", "openmoji: ../../x"), "code points"),
        (GOOD.replace("openmoji: 1F465", "openmoji: 1F465\n  drawn: true"), "exactly one of openmoji, drawn"),
        (composed("{layout: beside}"), "compose takes layout and of"),
        (composed("[child, adult]"), "compose takes layout and of"),
        (composed("{layout: pile, of: [child, adult]}"), "there is no layout pile; take one of beside, arrow, speech"),
        (composed("{layout: arrow, of: [child]}"), "the layout arrow takes a list of 2 pictures"),
        (composed("{layout: beside, of: [a, b, c, d]}"), "the layout beside takes a list of 2 or 3 pictures"),
        (composed("{layout: not, of: [1f511]}"), "neither code points"),
        (composed("{layout: not, of: [../../x]}"), "neither code points"),
        (composed("{layout: not, of: [12345]}"), "12345 is neither code points in quotes"),
        (composed("{layout: not, of: [child]}\n  drawn: true"), "exactly one of openmoji, drawn and compose"),
        (GOOD.replace("friend:", "My Friend:"), "lower-case words"),
        (GOOD.replace("en: [friend, friends]", "en: [yes]"), "quote yes"),
        (GOOD.replace("en: [friend, friends]", "fr: [ami]"), "one of en, pl, ur"),
        (GOOD.replace("means: somebody I know and like", "means: ''"), "say what it means"),
    ],
)
def test_a_mistake_in_a_lexicon_is_told_in_a_sentence(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(LexiconError) as error:
        load_lexicon(lexicon_file(tmp_path, text))
    assert complaint in str(error.value)
