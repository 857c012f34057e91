"""“How do you like it?” by touch: each choice is seen at once, kept, and gone with the child."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from kiosk.core.clock import school_year, today
from kiosk.features.people import services
from kiosk.features.people.types import Role, SignInBy
from tests.features.conftest import PASSWORD
from tests.features.people.pictures import picture
from tests.journeys.people import Finger
from tests.live import TABLET, LiveKiosk, live_kiosk

pytestmark = pytest.mark.journey
PARTS = ("Words", "Colours", "Letters", "Sound", "Language", "More", "How I press")


@dataclass(frozen=True)
class Served:
    kiosk: LiveKiosk
    class_path: str

    def sign_in(self, finger: Finger, first_name: str) -> None:
        finger.page.goto(self.class_path)
        finger.tap_button(first_name, exact=True)
        finger.page.wait_for_url("**/home")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with live_kiosk(tmp_path_factory.mktemp("served")) as kiosk:
        with kiosk.inside():
            willow = services.add_class("Willow", "ks1", "face-owl", school_year(today()), SignInBy.FACE)
            services.add_pupil(willow, "Amina", "face-fox")
            services.add_pupil(willow, "Ben", "face-cat")
            teacher = services.add_staff("Tara Teacher", "tara@oak.example", [Role.TEACHER], password=PASSWORD)
            services.give_class(teacher, willow)
            path = f"/class/{willow.id}"
        yield Served(kiosk, path)


@pytest.fixture
def tablet(browser: Browser, served: Served) -> Iterator[Page]:
    context = browser.new_context(
        base_url=served.kiosk.address, viewport=TABLET, has_touch=True, reduced_motion="reduce"
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    context.close()
    assert not faults


def card(page: Page, name: str, value: str) -> Finger:
    Finger(page).tap(page.locator("label.choice", has=page.locator(f'[name="{name}"][value="{value}"]')))
    return Finger(page)


def sides(page: Page) -> list[str]:
    """The places of the bar from left to right."""
    found = page.evaluate("""() => [...document.querySelectorAll(".bar > *")]
        .sort((a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left).map((one) => one.className)""")
    return [str(one).removeprefix("bar__") for one in found]


def axe_finds_nothing(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert not found, [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found]


def test_a_child_chooses_by_touch_sees_it_at_once_and_the_next_child_has_their_own(
    tablet: Page, served: Served
) -> None:
    finger, page = Finger(tablet), tablet.locator("html")
    served.sign_in(finger, "Amina")
    finger.tap_link("My way")
    card(tablet, "level", "symbols")
    expect(tablet.locator("[data-sample]")).to_contain_text("Ask an adult.", use_inner_text=True)
    finger.tap_link("Colours")
    expect(tablet.locator('[name="level"]').first).to_be_hidden()
    card(tablet, "theme", "dark")
    expect(page).to_have_attribute("data-theme", "dark")
    finger.tap_link("More")
    card(tablet, "hand", "left")
    assert sides(tablet) == ["tell", "next", "listen", "back"]
    finger.tap_link("How I press")
    pace = tablet.locator('[name="pace"]')
    expect(pace).to_be_hidden()
    card(tablet, "scan", "one")
    for by in ("+1", "+0.1", "-0.1", "+0.1"):
        finger.tap(tablet.locator(f'[data-stepper] [data-by="{by.removeprefix("+")}"]:visible').first)
    expect(pace).to_have_value("3.1")
    finger.tap(tablet.get_by_role("button", name="Or press your switch").first)
    tablet.keyboard.press("F8")
    expect(tablet.locator('[name="select"][value="F8"]')).to_be_checked()
    # Nothing is pressed in a new way before it is kept.
    assert page.get_attribute("data-scan") == "off"
    finger.tap_next()
    tablet.wait_for_url("**/home")
    kept = {name: page.get_attribute(f"data-{name}") for name in ("level", "theme", "hand", "scan", "pace", "select")}
    assert kept == {
        "level": "symbols", "theme": "dark", "hand": "left", "scan": "one", "pace": "3.1", "select": "F8",
    }  # fmt: skip
    served.sign_in(finger, "Ben")
    assert (page.get_attribute("data-theme"), page.get_attribute("data-scan")) == ("cream", "off")
    assert sides(tablet) == ["back", "listen", "next", "tell"]


@pytest.mark.parametrize("tried", ["theme=contrast&spacing=widest&typeface=reading", "level=symbols&words=off"])
def test_axe_finds_nothing_in_any_part(tablet: Page, tried: str) -> None:
    tablet.goto(f"/display?{tried}")
    for part in PARTS:
        Finger(tablet).tap_link(part)
        axe_finds_nothing(tablet)


def test_at_400_per_cent_everything_is_reached_without_scrolling_sideways(browser: Browser, served: Served) -> None:
    context = browser.new_context(
        base_url=served.kiosk.address, viewport={"width": 256, "height": 192}, has_touch=True, reduced_motion="reduce"
    )
    page = context.new_page()
    for path in ("/", "/display#words", "/display#press", "/tell", "/about", served.class_path):
        page.goto("about:blank")
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        if path != "/about":
            last = page.locator(".bar-ground a, .bar-ground button").last
            last.scroll_into_view_if_needed()
            expect(last).to_be_in_viewport(ratio=0.9)
    context.close()


def box(page: Page, what: str) -> dict[str, float]:
    return dict(page.evaluate("(what) => document.querySelector(what).getBoundingClientRect().toJSON()", what))


def test_a_place_to_rest_the_eyes_is_the_same_on_every_page_and_does_nothing(tablet: Page, served: Served) -> None:
    tablet.goto("/")
    assert not tablet.locator(".rest").is_visible()
    finger = Finger(tablet)
    served.sign_in(finger, "Ben")
    tablet.goto("/display#press")
    card(tablet, "rest", "on").tap_next()
    tablet.wait_for_url("**/home")
    places = []
    for path in ("/home", "/lessons", "/learn/my-private-password", "/tell", "/agreement", "/charter"):
        tablet.goto(path)
        places.append(box(tablet, ".rest"))
        rest = tablet.locator(".rest")
        assert rest.get_attribute("aria-hidden") == "true"
        assert rest.inner_text() == ""
        # All of it is the page's top: nothing lies over it that could be pressed, and it lies over nothing.
        assert tablet.evaluate("""() => {
          const { left, right, top, bottom } = document.querySelector(".rest").getBoundingClientRect();
          const inset = (from, to) => [from + 12, (from + to) / 2, to - 12];
          const isRest = (x, y) => document.elementFromPoint(x, y).closest(".rest");
          return inset(left, right).every((x) => inset(top, bottom).every((y) => isRest(x, y)))
            && [...document.querySelectorAll("a, button, label")].every((one) => {
              const at = one.getBoundingClientRect();
              const isBeside = at.right <= left || at.left >= right || at.bottom <= top || at.top >= bottom;
              return isBeside || one.matches(".skip");
            });
        }"""), path
        address = tablet.url
        finger.tap(rest)
        assert (tablet.url, tablet.evaluate("document.activeElement.tagName")) == (address, "BODY")
    assert all(place == places[0] for place in places)
    assert min(places[0]["width"], places[0]["height"]) >= 96
    axe_finds_nothing(tablet)
    # With one switch a press anywhere would count, so nothing there may look like a place to rest.
    tablet.goto("/home?scan=one")
    assert not tablet.locator(".rest").is_visible()


def test_where_there_is_room_the_place_to_rest_moves_nothing(browser: Browser, served: Served) -> None:
    context = browser.new_context(
        base_url=served.kiosk.address, viewport={"width": 1366, "height": 768}, reduced_motion="reduce"
    )
    page = context.new_page()
    for path, what in (("/", ".tile"), ("/learn/my-private-password", ".told--scene")):
        page.goto(path)
        without = box(page, what)
        page.goto(f"{path}?rest=on")
        assert box(page, what)["right"] == without["right"], path
        assert box(page, ".rest")["right"] <= box(page, what)["left"], path
    context.close()


def test_words_under_symbols_are_hidden_from_the_eye_alone(tablet: Page) -> None:
    tablet.goto("/?words=off")
    word = tablet.locator("h1 .word__text").first
    assert word.evaluate("one => one.getBoundingClientRect().width") <= 1
    expect(tablet.get_by_role("heading", level=1, name="Which class are you in?")).to_be_visible()


def test_a_teacher_sees_what_it_looks_like_before_keeping_it(tablet: Page, served: Served) -> None:
    tablet.goto("/staff")
    tablet.get_by_label("E-mail address").fill("tara@oak.example")
    tablet.get_by_label("Password").fill(PASSWORD)
    tablet.get_by_role("button", name="Sign in").tap()
    tablet.wait_for_url("**/staff/classes/**")
    tablet.goto(f"/staff{served.class_path.replace('/class/', '/classes/')}/pupils")
    axe_finds_nothing(tablet)
    tablet.get_by_role("link", name="Ben").tap()
    sample = tablet.locator("[data-sample]")
    tablet.get_by_label("Reading level").select_option("symbols")
    tablet.get_by_label("Colours").select_option("contrast")
    expect(sample).to_have_attribute("data-theme", "contrast")
    expect(sample).to_contain_text("Ask an adult.", use_inner_text=True)
    assert tablet.locator("html").get_attribute("data-theme") == "cream"
    axe_finds_nothing(tablet)


def test_a_teacher_adds_a_photograph_and_the_child_sees_it(tablet: Page, served: Served) -> None:
    tablet.goto("/staff")
    tablet.get_by_label("E-mail address").fill("tara@oak.example")
    tablet.get_by_label("Password").fill(PASSWORD)
    tablet.get_by_role("main").get_by_role("button").first.click()
    tablet.wait_for_url("**/staff/classes/**")
    tablet.get_by_role("link", name="Pupils").click()
    tablet.get_by_role("link", name="none: add one Ben").click()
    tablet.get_by_label("Who said yes").fill("Ben's father")
    tablet.get_by_label("They said yes").check()
    tablet.get_by_label("Picture of the face").set_input_files(
        {"name": "ben.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    tablet.get_by_role("button", name="Keep this").click()
    expect(tablet.get_by_role("heading", name="What is shown now")).to_be_visible()
    assert Axe().run(tablet).response["violations"] == []
    tablet.get_by_role("button", name="Sign out").click()
    tablet.goto(served.class_path)
    face = tablet.get_by_role("button", name="Ben", exact=True)
    expect(face.locator("img")).to_have_js_property("naturalWidth", 320)
    expect(face.locator("svg")).to_be_visible()
    assert Axe().run(tablet).response["violations"] == []
