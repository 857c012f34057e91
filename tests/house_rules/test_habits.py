"""Habits of the house (docs/contributing.md) that a test can hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
import sqlalchemy.exc
from flask import Flask
from sqlalchemy import text

from kiosk import ROOT
from kiosk.core.database import db, set_writing
from tests.checked_client import faults_of

MODULES = sorted(path for path in (ROOT / "kiosk").rglob("*.py") if "migrations/versions" not in str(path))
MAY_COMMIT = {
    "kiosk/core/database.py",
    "kiosk/web/requests.py",
    "kiosk/migrations/env.py",
    # The one view that commits itself: a child must read "not sent yet", not an error page, where it fails.
    "kiosk/features/concerns/views/child.py",
}
LONGEST_FILE = 300


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [one for one in MODULES if name_of(one) not in MAY_COMMIT], ids=name_of)
def test_nothing_below_the_request_commits(path: Path) -> None:
    """Habit 3: one POST is one transaction."""
    committing = [
        one.lineno for one in calls(path) if isinstance(one.func, ast.Attribute) and one.func.attr == "commit"
    ]
    assert not committing


def test_the_database_refuses_a_writing_get(whole_app: Flask) -> None:
    """Habit 4: GET never writes."""
    with whole_app.app_context():
        set_writing(False)
        with pytest.raises(sqlalchemy.exc.DBAPIError, match=r"readonly|read-only"):
            db.session.execute(text("INSERT INTO school (id, name, language) VALUES ('x', 'x', 'en')"))
        db.session.rollback()


def test_an_undefined_name_in_a_template_raises(whole_app: Flask) -> None:
    """Habit 11."""
    with whole_app.app_context(), pytest.raises(jinja2.UndefinedError):
        whole_app.jinja_env.from_string("{{ nobody_defined_this }}").render()


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<title>a</title>", "0 h1"),
        ("<h1>a</h1>", "0 titles"),
        ("<title>a</title><h1>a</h1><h1>b</h1>", "2 h1"),
        ("<title>a</title><h1 style='x'>a</h1>", "inline style on <h1>"),
        ("<title>a</title><h1>a</h1><script>1</script>", "inline script"),
        ("<title>a</title><h1 onclick='x'>a</h1>", "inline handler on <h1>"),
        ("<title>a</title><h1 id='a'>a</h1><p id='a'>", "ids used twice: ['a']"),
        ("<title>a</title><h1>a</h1><label for='b'>", "labels for nothing: ['b']"),
        ("<title>a</title><h1>a</h1><img src='/x'>", "an image without alt"),
        ("<title>a</title><h1>a</h1><script src='https://x/y.js'></script>",
         "<script> asks a third party: https://x/y.js"),
    ],
)  # fmt: skip
def test_the_test_client_finds_each_fault_of_a_page(body: str, fault: str) -> None:
    """Habit 15."""
    assert faults_of(f"<html lang='en'>{body}</html>") == [fault]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_file_past_three_hundred_lines_is_split(path: Path) -> None:
    """Habit 18."""
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_FILE


def test_a_view_declares_its_access_right_below_its_route() -> None:
    """Habit 5: no view that forgets; the table itself is in test_access.py."""
    for path in (ROOT / "kiosk").rglob("views*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                names = [
                    one.func.attr if isinstance(one.func, ast.Attribute) else getattr(one.func, "id", "")
                    for one in node.decorator_list
                    if isinstance(one, ast.Call)
                ]
                if {"get", "post", "route"} & set(names):
                    assert "access" in names, f"{name_of(path)}:{node.lineno}"
