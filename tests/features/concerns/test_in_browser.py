"""What only a browser can show: no way back to a telling, a network that fails, a desk that rings and locks itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import func, select
from werkzeug.serving import make_server

from kiosk.commands.upgrade import upgrade_database
from kiosk.core import tenancy
from kiosk.core.clock import school_year, today
from kiosk.core.database import db, transaction
from kiosk.core.schools import School
from kiosk.core.settings import Settings
from kiosk.factory import create_app
from kiosk.features.concerns import services
from kiosk.features.concerns.models import Concern
from kiosk.features.concerns.sealing import PublicKey
from kiosk.features.people import services as people
from kiosk.features.people.types import LinkFor, Role, SignInBy
from kiosk.web.assets import static
from tests.features.concerns.conftest import CHEAP, PASSPHRASE
from tests.free_port import free_port

pytestmark = pytest.mark.journey
WORDS = "the purple canary"
PASSWORD = "seven green kites"


@dataclass
class Served:
    """A kiosk that is served to a real browser."""

    app: Flask
    address: str
    school_id: str
    recovery_link: str

    def stored(self) -> int:
        """How many concerns are stored."""
        with self.app.app_context(), tenancy.in_school(self.school_id):
            return db.session.scalar(select(func.count(Concern.id))) or 0


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    port = free_port()
    settings = Settings(data=tmp_path_factory.mktemp("served"), port=port)
    upgrade_database(settings)
    app = create_app(settings)
    with app.app_context():
        with transaction():
            school = School(name="Oak Lane School")
            db.session.add(school)
            db.session.flush()
            school_id = school.id
        with tenancy.in_school(school_id), transaction():
            willow = people.add_class("Willow", "ks1", "face-owl", school_year(today()), SignInBy.FACE)
            people.add_pupil(willow, "Amina", "face-fox")
            for name in ("dina", "dev"):
                reader = people.add_staff(name, f"{name}@oak.example", [Role.DSL], password=PASSWORD)
                services.enrol_reader(reader, PASSPHRASE, cost=CHEAP)
            services.set_recovery_key(PublicKey.of(ec.generate_private_key(ec.SECP256R1()), "recovery"))
            head = people.add_staff("Hana", "hana@oak.example", [Role.HEAD])
            link = f"/desk/recovery/{people.make_link(head, LinkFor.RECOVERY_KEY)}"
    server = make_server("127.0.0.1", port, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Served(app, f"http://127.0.0.1:{port}", school_id, link)
    server.shutdown()


@pytest.fixture
def context(browser: Browser, served: Served) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1024, "height": 768}, base_url=served.address)
    yield context
    context.close()


@pytest.fixture
def tablet(context: BrowserContext) -> Page:
    return context.new_page()


def press(page: Page, choice: str) -> None:
    """Press a button of *tell* as soon as taps count."""
    page.wait_for_function("() => !document.querySelector('.is-guarded')")
    page.locator(f'button[name="go"][value="{choice}"]').click()


def tell_words(page: Page, words: str = WORDS) -> None:
    """Go as far as the words, without a name."""
    page.goto("/tell")
    press(page, "more")
    press(page, "not-saying")
    page.fill("#tell-words", words)


def unlocked_desk(page: Page) -> None:
    page.goto("/staff")
    page.fill("[name=email]", "dina@oak.example")
    page.fill("[name=password]", PASSWORD)
    page.locator("form.card button").click()
    page.wait_for_url("**/desk")
    page.fill("[name=passphrase]", PASSPHRASE)
    page.locator("[data-desk-unlock] button").click()
    expect(page.get_by_role("heading", name="Open concerns")).to_be_visible()


def test_after_sending_back_leads_past_it_and_nothing_is_left_in_the_browser(tablet: Page, served: Served) -> None:
    tablet.goto("/")
    before = served.stored()
    tell_words(tablet)
    press(tablet, "symbols")
    press(tablet, "add.i")
    assert tablet.url.endswith("/tell") and tablet.evaluate("history.length") == 3
    press(tablet, "send")
    expect(tablet.get_by_role("heading", name="It was sent.")).to_be_visible()
    assert tablet.url.endswith("/tell") and served.stored() == before + 1
    kept = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
    assert tablet.evaluate(kept) == '[{},{},""]'
    assert tablet.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    tablet.wait_for_function("() => !document.querySelector('.is-guarded')")
    tablet.locator("a[data-tell-leave]").click()
    tablet.wait_for_url(lambda url: not url.endswith("/tell"))
    tablet.go_back()
    assert "/tell" not in tablet.url and WORDS not in tablet.content()


def test_leaving_is_one_tap_and_back_does_not_bring_it_up(tablet: Page) -> None:
    tablet.goto("/about")
    tell_words(tablet)
    tablet.wait_for_function("() => !document.querySelector('.is-guarded')")
    tablet.locator("a[data-tell-leave]").click()
    tablet.wait_for_url(lambda url: not url.endswith("/tell"))
    tablet.go_back()
    assert tablet.url.endswith("/about")
    tablet.go_forward()
    assert WORDS not in tablet.content() and "data-tell" not in tablet.content()


def test_going_away_any_other_way_leaves_nothing_behind_either(tablet: Page) -> None:
    tell_words(tablet)
    tablet.goto("/about")
    tablet.go_back()
    tablet.wait_for_selector("button[value=come]")
    assert WORDS not in tablet.content() and tablet.locator("#tell-words").count() == 0


def test_a_network_that_fails_says_not_sent_yet_keeps_the_words_and_the_next_try_is_the_same_sending(
    tablet: Page, served: Served
) -> None:
    tell_words(tablet)
    before = served.stored()
    tablet.route("**/tell", lambda route: route.abort())
    press(tablet, "send")
    expect(tablet.get_by_text("It is not sent yet.")).to_be_visible()
    assert tablet.locator("#tell-words").input_value() == WORDS
    first_id = tablet.locator("[data-tell-id]").input_value()
    assert len(first_id) == 32 and served.stored() == before
    tablet.unroute("**/tell")
    # It arrives, and its answer is lost on the way back.
    tablet.route("**/tell", lambda route: (route.fetch(max_redirects=0), route.abort()))
    press(tablet, "send")
    tablet.wait_for_timeout(500)
    assert served.stored() == before + 1
    assert tablet.locator("[data-tell-id]").input_value() == first_id
    tablet.unroute("**/tell")
    press(tablet, "send")
    expect(tablet.get_by_role("heading", name="It was sent.")).to_be_visible()
    assert served.stored() == before + 1


def test_other_words_are_another_sending(tablet: Page) -> None:
    tell_words(tablet)
    tablet.route("**/tell", lambda route: route.abort())
    press(tablet, "send")
    tablet.wait_for_function("() => document.querySelector('[data-tell-id]').value")
    tablet.fill("#tell-words", "something else")
    assert tablet.locator("[data-tell-id]").input_value() == ""


def test_too_many_words_stay_where_they_are_with_a_sentence(tablet: Page) -> None:
    tell_words(tablet, "é" * 4_001)
    press(tablet, "send")
    expect(tablet.locator("[data-tell-too-long]")).to_be_visible()
    assert len(tablet.locator("#tell-words").input_value()) == 4_001


def test_a_sentence_of_symbols_is_built_without_asking_the_server(tablet: Page) -> None:
    tell_words(tablet)
    press(tablet, "symbols")
    tablet.wait_for_selector(".tell-board")
    asked: list[str] = []
    tablet.on("request", lambda request: asked.append(request.url))
    press(tablet, "add.i")
    tablet.get_by_label("Doing").check()
    press(tablet, "add.want")
    press(tablet, "add.tell")
    press(tablet, "take-back")
    assert tablet.locator("[data-tell-sentence] li").all_inner_texts() == ["I", "want"]
    assert asked == []
    press(tablet, "words")
    expect(tablet.locator(".tell-sentence li").first).to_have_text("I")
    assert tablet.locator("#tell-words").input_value() == WORDS


def test_a_child_without_scripts_tells_too(browser: Browser, served: Served) -> None:
    context = browser.new_context(base_url=served.address, java_script_enabled=False)
    page = context.new_page()
    before = served.stored()
    page.goto("/tell")
    for choice in ("come", "not-saying", "symbols", "add.i", "add.you", "take-back", "words"):
        # The style sheet alone holds taps back for a second.
        page.wait_for_timeout(1_100)
        page.locator(f'button[name="go"][value="{choice}"]').click()
    page.fill("#tell-words", WORDS)
    page.wait_for_timeout(1_100)
    page.locator('button[value="send"]').click()
    expect(page.get_by_role("heading", name="It was sent.")).to_be_visible()
    assert served.stored() == before + 1 and WORDS not in page.content()
    context.close()


@pytest.mark.parametrize("display", ["", "level=symbols", "theme=contrast&symbols=off", "language=ur&size=xl"])
def test_axe_finds_nothing_on_any_page_of_tell(context: BrowserContext, served: Served, display: str) -> None:
    if display:
        context.add_cookies([{"name": "display", "value": display, "url": served.address}])
    tablet = context.new_page()
    tablet.goto("/tell")
    for choice in ("come", "class.", "pupil.", "feelings", "symbols", "words", "send"):
        axe_finds_nothing(tablet)
        tablet.wait_for_function("() => !document.querySelector('.is-guarded')")
        pressed = tablet.locator(f'button[name="go"][value^="{choice}"]').first
        if not pressed.count():
            continue
        pressed.click()
        tablet.wait_for_function("() => document.querySelector('.is-guarded')")
    axe_finds_nothing(tablet)


def axe_finds_nothing(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert not found, [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found]


def test_the_desk_rings_and_shows_a_concern_within_two_seconds_locked_and_unlocked(
    browser: Browser, served: Served, tablet: Page
) -> None:
    context = browser.new_context(base_url=served.address)
    context.add_init_script(
        "HTMLMediaElement.prototype.play = async function () { window.rung = (window.rung ?? 0) + 1; }"
    )
    desk = context.new_page()
    unlocked_desk(desk)
    axe_finds_nothing(desk)
    for lock in (False, True):
        if lock:
            desk.get_by_role("button", name="Lock the desk").click()
            desk.wait_for_selector("[data-desk-unlock]")
            axe_finds_nothing(desk)
        title = desk.title()
        tell_words(tablet)
        press(tablet, "send")
        tablet.get_by_role("heading", name="It was sent.").wait_for()
        expect(desk).not_to_have_title(title, timeout=2_000)
        desk.wait_for_function("() => window.rung === 1", timeout=2_000)
        if not lock:
            expect(desk.locator("li.concern")).to_have_count(served.stored(), timeout=2_000)
            axe_finds_nothing(desk)
        else:
            assert desk.locator("li.concern").count() == 0
    context.close()


def test_an_idle_desk_locks_its_screen_by_itself_though_it_polls(browser: Browser, served: Served) -> None:
    context = browser.new_context(base_url=served.address)
    desk = context.new_page()
    desk.clock.install()
    unlocked_desk(desk)
    desk.clock.fast_forward("04:00")
    desk.wait_for_timeout(300)
    expect(desk.get_by_role("heading", name="Open concerns")).to_be_visible()
    desk.keyboard.press("Shift")
    desk.clock.fast_forward("04:00")
    desk.wait_for_timeout(300)
    expect(desk.get_by_role("heading", name="Open concerns")).to_be_visible()
    desk.clock.fast_forward("02:00")
    expect(desk.get_by_role("heading", name="The desk is locked")).to_be_visible()
    context.close()


def test_the_head_makes_the_recovery_key_and_only_its_public_half_leaves_the_browser(
    tablet: Page, served: Served
) -> None:
    sent: list[str] = []
    tablet.on("request", lambda request: sent.append(request.post_data or ""))
    tablet.goto(served.recovery_link)
    axe_finds_nothing(tablet)
    tablet.get_by_role("button", name="Make the key").click()
    lines = {letter: tablet.locator(f'[data-recovery-sheet="{letter}"] li').all_inner_texts() for letter in ("A", "B")}
    assert [len(one) for one in lines.values()] == [4, 4]
    tablet.get_by_role("button", name="Both sheets are on paper").click()
    for letter, typed in lines.items():
        asked = int(tablet.locator(f'[data-recovery-asked="{letter}"]').inner_text())
        tablet.locator(f'[data-recovery-typed="{letter}"]').fill(typed[asked - 1])
    axe_finds_nothing(tablet)
    tablet.get_by_role("button", name="Use this key").click()
    expect(tablet.get_by_text("The recovery key is in place.")).to_be_visible()
    everything = "".join(sent)
    assert "public_key=" in everything
    assert not any(part in everything for typed in lines.values() for line in typed for part in line.split())


def test_the_bell_is_a_sound_that_a_browser_plays(tablet: Page) -> None:
    tablet.goto("/about")
    lasts = tablet.evaluate(
        """(address) => new Promise((resolve, reject) => {
            const bell = new Audio(address);
            bell.onloadedmetadata = () => resolve(bell.duration);
            bell.onerror = () => reject(bell.error.message);
        })""",
        static("sounds/desk-bell.mp3"),
    )
    assert 1 < lasts < 3
