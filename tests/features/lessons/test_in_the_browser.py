"""Lessons in a real browser: by touch, by keyboard, without a network, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

from tests.features.lessons.playing import Player, press
from tests.features.lessons.served import School, school_served
from tests.live import PHONE, TABLET

pytestmark = pytest.mark.journey
EYFS, KS1, LKS2, UKS2 = "ask-before-you-tap", "my-private-password", "spot-the-advert", "who-is-asking"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    with school_served(tmp_path_factory.mktemp("lessons-live")) as school:
        yield school


@pytest.fixture
def tablet(browser: Browser, served: School) -> Iterator[Page]:
    """A tablet that is touched; anything that goes wrong in its scripts fails the test."""
    context = browser.new_context(
        viewport=TABLET, has_touch=True, base_url=served.kiosk.address, reduced_motion="reduce"
    )
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    context.close()
    assert not faults, faults


def faults_by_axe(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {[node['html'][:200] for node in one['nodes'][:2]]}" for one in found]


def test_a_pupil_plays_a_whole_lesson_by_touch_while_the_network_comes_and_goes(
    served: School, tablet: Page
) -> None:
    served.sign_in(tablet, "Amina")
    tablet.locator(".tile--big").tap()
    player = Player(tablet)
    player.ready()

    # Cut in the middle, back for a moment, and cut again until after the end.
    player.play(lambda number: tablet.context.set_offline(number in {3, 4, 5} or number > 7))
    assert player.seen[0] == "title"
    assert player.seen[-1] == "finish"
    assert not served.takings()[-1][1]
    tablet.context.set_offline(False)
    served.last_taking_holds(player.answers, is_finished=True)

    tablet.locator("[data-leave]").tap()
    tablet.wait_for_url("**/home")
    assert tablet.locator(".tile__done").count() == 1
    served.last_taking_holds(player.answers, is_finished=True)


def test_answers_arrive_once_though_every_other_receipt_is_lost(served: School, tablet: Page) -> None:
    count = 0

    def deliver_and_lose(route: Route) -> None:
        nonlocal count
        count += 1
        if count % 3 == 0:
            route.fulfill(status=503)
        elif count % 2:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    served.sign_in(tablet, "Ben")
    tablet.route("**/lesson-events", deliver_and_lose)
    player = Player(tablet, waits=False)
    player.open(EYFS)
    player.play()
    tablet.unroute("**/lesson-events")
    served.last_taking_holds(player.answers, is_finished=True)
    assert count > 3


def test_ten_cuts_in_a_row_lose_nothing(served: School, tablet: Page) -> None:
    served.sign_in(tablet, "Ben")
    player = Player(tablet, waits=False)
    player.open(LKS2)
    tablet.wait_for_timeout(500)
    player.play(lambda number: tablet.context.set_offline(number % 2 == 0))
    tablet.context.set_offline(False)
    served.last_taking_holds(player.answers, is_finished=True)


def test_a_ticket_that_comes_late_takes_what_waited_for_it(served: School, tablet: Page) -> None:
    served.sign_in(tablet, "Ben")
    tablet.route("**/lesson-attempts", lambda route: route.abort())
    player = Player(tablet, waits=False)
    player.open(KS1)
    player.next()
    player.answer()
    tablet.reload()
    player.ready()
    tablet.unroute("**/lesson-attempts")
    served.last_taking_holds(player.answers, is_finished=False)


def test_a_reload_goes_on_where_it_was_and_is_the_same_taking(served: School, tablet: Page) -> None:
    served.sign_in(tablet, "Amina")
    player = Player(tablet, waits=False)
    player.open(KS1)
    for _ in range(4):
        player.answer()
        player.next()
    kind, takings = player.kind, len(served.takings())
    tablet.reload()
    player.ready()
    assert player.kind == kind == "feel"
    player.answer()
    served.last_taking_holds(player.answers, is_finished=False)
    assert len(served.takings()) == takings


def test_the_next_child_begins_at_the_beginning_and_the_last_ones_answers_stay_theirs(
    served: School, tablet: Page
) -> None:
    served.sign_in(tablet, "Amina")
    player = Player(tablet, waits=False)
    player.open(KS1)
    with tablet.expect_response("**/lesson-attempts"):
        player.next()
    tablet.context.set_offline(True)
    player.answer()
    tablet.context.set_offline(False)
    tablet.goto("/home")
    tablet.wait_for_function("() => !document.querySelector('.is-guarded')")
    tablet.locator(".bar__back button").tap()
    tablet.wait_for_url(f"{served.kiosk.address}/")

    served.sign_in(tablet, "Ben")
    player.open(KS1)
    assert player.kind == "title"
    player.next()
    tablet.wait_for_timeout(800)
    amina, ben = served.takings()[-2:]
    assert amina[0] != ben[0]
    assert (amina[2], ben[2]) == (1, 0)


def test_two_tries_open_the_way_on(tablet: Page) -> None:
    player = Player(tablet, waits=False)
    player.open(EYFS)
    while player.kind != "choose":
        player.answer()
        player.next()
    way_on, wrong = tablet.locator("[data-next]"), player.screen.locator("[data-right=no]").first
    assert way_on.is_disabled()
    wrong.tap()
    assert player.screen.locator("[data-reply]:not([hidden]) .feedback--try").count() == 1
    assert way_on.is_disabled()
    wrong.tap()
    assert way_on.is_enabled()
    # And whoever goes back finds it open still.
    player.next()
    tablet.locator("[data-back]").tap()
    assert way_on.is_enabled()


def test_back_on_the_first_screen_leaves(served: School, tablet: Page) -> None:
    served.sign_in(tablet, "Amina")
    tablet.goto(f"/learn/{EYFS}")
    Player(tablet).ready()
    tablet.locator("[data-back]").tap()
    tablet.wait_for_url("**/home")


def test_a_family_learns_too_nothing_is_recorded_and_home_is_their_page(served: School, tablet: Page) -> None:
    before = len(served.takings())
    token = "A" * 32
    tablet.goto(f"/learn/{EYFS}#/H/{token}")
    player = Player(tablet, waits=False)
    player.ready()
    player.play()
    assert tablet.locator("[data-leave]").get_attribute("href") == f"/H/{token}"
    tablet.wait_for_timeout(500)
    assert len(served.takings()) == before


def test_a_teacher_comes_back_to_the_notes_and_an_address_elsewhere_is_not_followed(tablet: Page) -> None:
    for anchor, home in ((f"/staff/lessons/{EYFS}", f"/staff/lessons/{EYFS}"), ("//evil.example/", "/home")):
        tablet.goto("/about")
        tablet.goto(f"/learn/{EYFS}#{anchor}")
        Player(tablet).ready()
        assert tablet.locator("[data-leave]").get_attribute("href") == home
        assert tablet.locator("[data-back]").get_attribute("href") == home


@pytest.mark.parametrize("slug", [EYFS, UKS2])
def test_a_keyboard_or_a_switch_alone_is_enough(tablet: Page, slug: str) -> None:
    player = Player(tablet, touch=press, waits=False)
    player.open(slug)
    player.play()
    assert player.kind == "finish"


@pytest.mark.parametrize("settings", [{}, {"level": "symbols", "symbols": "on"}], ids=["default", "symbols"])
@pytest.mark.parametrize("slug", [KS1, UKS2])
def test_axe_finds_nothing_on_any_screen(tablet: Page, slug: str, settings: dict[str, str]) -> None:
    player = Player(tablet, waits=False)
    player.open(slug, **settings)
    found: dict[str, list[str]] = {}

    while True:
        # After the answer: feedback, marks and numbers are there then.
        player.answer()
        if faults := faults_by_axe(tablet):
            found[player.kind] = faults
        if player.kind == "finish":
            break
        player.next()
    assert not found


@pytest.mark.parametrize("query", ["theme=dark", "theme=contrast", "language=ur&symbols=on"])
def test_axe_finds_nothing_in_other_settings(tablet: Page, query: str) -> None:
    tablet.goto(f"/learn/{KS1}?{query}")
    player = Player(tablet, waits=False)
    player.ready()
    for _ in range(6):
        assert not faults_by_axe(tablet)
        player.answer()
        player.next()


@pytest.mark.parametrize("whose", ["display", "tablet"])
def test_the_page_is_as_the_child_or_the_tablet_likes_it_before_it_is_painted(
    browser: Browser, served: School, whose: str
) -> None:
    context = browser.new_context(base_url=served.kiosk.address)
    context.add_cookies([{"name": whose, "value": "theme=dark&size=xl", "url": served.kiosk.address}])
    page = context.new_page()
    page.goto(f"/learn/{UKS2}", wait_until="commit")
    page.wait_for_selector("body", state="attached")
    root = page.locator("html")
    assert root.get_attribute("data-theme") == "dark"
    assert root.get_attribute("data-size") == "xl"
    # A tablet with a cookie keeps what differs from the default alone: symbols are on.
    assert root.get_attribute("data-symbols") == "on"
    context.close()


def test_who_has_no_cookie_sees_it_as_its_band_does(browser: Browser, served: School) -> None:
    context = browser.new_context(base_url=served.kiosk.address)
    page = context.new_page()
    for slug, symbols in ((EYFS, "on"), (UKS2, "off")):
        page.goto(f"/learn/{slug}")
        assert page.locator("html").get_attribute("data-symbols") == symbols
    context.close()


LATER = (
    "/lesson-symbols/", "/activities/", "recording.js", "sending.js", "store.js", "visits.js", "/lesson-attempts",
    "/components/offline/", "/icons/",
)  # fmt: skip
"""What the page asks for once its first screen is there."""


@pytest.mark.parametrize("slug", [KS1, UKS2])
def test_the_first_screen_is_light(browser: Browser, served: School, slug: str) -> None:
    context = browser.new_context(viewport=TABLET, base_url=served.kiosk.address)
    page = context.new_page()
    finished: list[Request] = []
    page.on("requestfinished", lambda one: finished.append(one))
    page.goto(f"/learn/{slug}", wait_until="networkidle")
    # The first is the address that leads to the document.
    first = [one for one in finished[1:] if not any(part in one.url for part in LATER)]
    weight = sum(one.sizes()["responseBodySize"] for one in first)
    assert len(first) <= 8, [one.url for one in first]
    assert 20_000 < weight <= 60_000
    assert sum(one.sizes()["responseBodySize"] for one in finished) <= 300_000
    context.close()


def without_scripts(browser: Browser, served: School) -> BrowserContext:
    return browser.new_context(
        viewport=PHONE, has_touch=True, base_url=served.kiosk.address, java_script_enabled=False
    )


def test_without_scripts_every_screen_is_there_with_its_answers(browser: Browser, served: School) -> None:
    context = without_scripts(browser, served)
    page = context.new_page()
    served.sign_in(page, "Amina")
    page.goto(f"/learn/{KS1}")
    assert page.locator(".step:visible").count() == page.locator(".step").count() > 12
    fold = page.locator("details").nth(3)
    assert not fold.locator(".feedback").first.is_visible()
    fold.locator("summary").tap()
    assert fold.locator(".feedback").first.is_visible()
    assert not page.locator("[data-next]").is_visible()
    page.get_by_role("link", name="I finished").tap()
    page.wait_for_url("**/done")
    page.wait_for_timeout(1_100)
    page.locator(".bar__next button").tap()
    page.wait_for_url("**/home")
    assert page.locator(".tile__done").count() == 1
    context.close()


def test_when_a_script_does_not_arrive_the_page_is_whole(browser: Browser, served: School) -> None:
    context = browser.new_context(viewport=TABLET, base_url=served.kiosk.address)
    page = context.new_page()
    page.route("**/lesson.js", lambda route: route.abort())
    page.goto(f"/learn/{KS1}")
    page.locator(".step--finish").wait_for()
    assert page.locator(".step:visible").count() == page.locator(".step").count()
    assert page.locator("details").first.is_visible()
    context.close()
