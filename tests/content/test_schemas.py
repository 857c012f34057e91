"""The published schemas and the code say the same."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from kiosk.content.types import SCREENS
from kiosk.content.validation import Kind, schema
from kiosk.content.vocabulary import BANDS, FEELINGS, FOUR_CS, STRANDS


def test_the_schemas_name_the_same_words_as_the_code() -> None:
    lesson, agreement = schema("lesson"), schema("agreement")
    assert tuple(lesson["properties"]["band"]["enum"]) == BANDS
    assert tuple(agreement["properties"]["bands"]["items"]["enum"]) == BANDS
    assert tuple(lesson["properties"]["strand"]["enum"]) == STRANDS
    assert tuple(lesson["properties"]["four_cs"]["items"]["enum"]) == FOUR_CS
    assert tuple(lesson["$defs"]["feel"]["properties"]["feelings"]["items"]["enum"]) == FEELINGS
    assert tuple(lesson["$defs"]["screen"]["properties"]["kind"]["enum"]) == tuple(SCREENS)


@pytest.mark.parametrize("kind", get_args(Kind))
def test_a_schema_is_valid_and_explains_every_part(kind: Kind) -> None:
    found = schema(kind)
    Draft202012Validator.check_schema(found)
    unexplained = [name for name, part in found["$defs"].items() if not part.get("description")]
    assert unexplained == []


@pytest.mark.parametrize("kind", get_args(Kind))
def test_no_object_takes_an_unknown_key(kind: Kind) -> None:
    loose = [part for part in _objects(schema(kind)) if "additionalProperties" not in part]
    # A screen's keys are closed by the schema of its kind.
    assert [part for part in loose if "allOf" not in part] == []


def test_a_levelled_text_is_the_same_in_every_schema() -> None:
    lesson = schema("lesson")["$defs"]
    for kind in ("agreement", "phrases"):
        other = schema(kind)["$defs"]
        assert (other["levelled"], other["text"]) == (lesson["levelled"], lesson["text"])


def _objects(part: Any) -> list[dict[str, Any]]:
    found = []
    if isinstance(part, dict):
        if part.get("type") == "object":
            found.append(part)
        for each in part.values():
            found += _objects(each)
    elif isinstance(part, list):
        for each in part:
            found += _objects(each)
    return found
