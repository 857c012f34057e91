"""Together with a grown-up, in a real browser: chosen on the first screen, without a network as with one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from kiosk.core.database import db
from kiosk.features.lessons.models import LessonAttempt
from tests.features.lessons.playing import UNGUARDED, Player
from tests.features.lessons.served import School, school_served
from tests.live import TABLET

pytestmark = pytest.mark.journey
KS1 = "my-private-password"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    with school_served(tmp_path_factory.mktemp("together-live")) as school:
        yield school


@pytest.fixture
def tablet(browser: Browser, served: School) -> Iterator[Page]:
    context = browser.new_context(
        viewport=TABLET, has_touch=True, base_url=served.kiosk.address, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def choose(page: Page) -> None:
    page.wait_for_function(UNGUARDED)
    page.locator("[data-choose-together]").tap()


def kinds_of_takings(served: School) -> list[bool]:
    with served.kiosk.inside():
        return list(db.session.scalars(select(LessonAttempt.together).order_by(LessonAttempt.started_at)))


def test_a_lesson_begun_without_a_network_together_is_shown_and_recorded_as_that(
    served: School, tablet: Page
) -> None:
    served.sign_in(tablet, "Amina")
    player = Player(tablet, waits=False)
    player.open(KS1)
    tablet.context.set_offline(True)
    is_together, way_on = tablet.locator("[data-is-together]"), tablet.locator("[data-next]")
    assert not is_together.is_visible()
    choose(tablet)
    expect(tablet.get_by_role("button", name="Do it together with a grown-up", pressed=True)).to_be_visible()
    player.next()
    while player.kind != "finish":
        assert is_together.is_visible(), player.kind
        # Nobody has to answer.
        assert way_on.is_enabled(), player.kind
        if player.kind == "choose":
            player.answer()
            assert not Axe().run(tablet).response["violations"]
        player.next()
    assert served.takings() == []
    tablet.context.set_offline(False)
    served.last_taking_holds(0, is_finished=True)
    assert kinds_of_takings(served) == [True]
    tablet.locator("[data-leave]").tap()
    tablet.wait_for_url("**/home")
    expect(tablet.locator(".tile__done")).to_contain_text("Done together")


def test_who_has_begun_alone_goes_back_and_begins_anew_together(served: School, tablet: Page) -> None:
    served.sign_in(tablet, "Ben")
    player = Player(tablet, waits=False)
    player.open(KS1)
    before = len(kinds_of_takings(served))
    choose(tablet)
    choose(tablet)
    player.next()
    player.answer()
    served.last_taking_holds(1, is_finished=False)
    tablet.locator("[data-back]").tap()
    with tablet.expect_navigation():
        choose(tablet)
    player.ready()
    assert (player.kind, tablet.locator("[data-is-together]").is_visible()) == ("title", True)
    player.next()
    assert tablet.locator(".step [aria-pressed=true]:not([data-choose-together])").count() == 0
    player.answer()
    served.last_taking_holds(0, is_finished=False)
    # The two touches on the first screen made no taking, and what Ben did alone is still his.
    assert kinds_of_takings(served)[before:] == [False, True]
