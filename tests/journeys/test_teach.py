"""Teach: the class at a glance."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Kiosk, axe_finds_nothing
from tests.journeys.people import open_class, staff_sign_in

pytestmark = pytest.mark.journey


def test_a_teacher_sees_their_class_and_nobody_elses(kiosk: Kiosk, desk_computer: Page) -> None:
    staff_sign_in(desk_computer, "rosa@demo.example")
    shown = desk_computer.locator("main").inner_text()
    assert "Oak Class" in shown
    assert "Willow Class" in shown
    assert "Maple" not in shown
    axe_finds_nothing(desk_computer)
    open_class(desk_computer, "Willow Class")
    shown = desk_computer.locator("main").inner_text()
    for told in ("agreement signed", "questions to talk about", "charter", "My private password", "Aisha", "Zainab"):
        assert told in shown
    axe_finds_nothing(desk_computer)
    for link in ("Lessons", "For home"):
        desk_computer.get_by_role("link", name=link, exact=True).first.click()
        axe_finds_nothing(desk_computer)
        desk_computer.go_back()


def test_the_desk_is_not_for_teachers(kiosk: Kiosk, desk_computer: Page) -> None:
    staff_sign_in(desk_computer, "rosa@demo.example")
    answer = desk_computer.goto("/desk")
    assert answer
    assert answer.status == 403
    axe_finds_nothing(desk_computer)
