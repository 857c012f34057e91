"""A child of a server that died stops; a child of a server that is process 1 of a container works."""

from __future__ import annotations

import ctypes
import os
from unittest.mock import Mock

import pytest

from kiosk.commands.generation import die_with_parent


@pytest.mark.parametrize(("supervisor", "goes_on"), [("1", True), ("4242", False)])
def test_a_child_of_process_1(monkeypatch: pytest.MonkeyPatch, supervisor: str, goes_on: bool) -> None:
    monkeypatch.setattr(os, "getppid", lambda: 1)
    monkeypatch.setattr(ctypes, "CDLL", Mock())
    monkeypatch.setenv("KIOSK_SUPERVISED", supervisor)
    if goes_on:
        die_with_parent()
    else:
        with pytest.raises(SystemExit):
            die_with_parent()
