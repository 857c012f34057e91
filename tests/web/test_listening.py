"""Listening in a real browser, to sound that was really rendered: what lights when, and what stays silent."""

from __future__ import annotations

import json
import re
import statistics
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from kiosk.content.types import Content
from kiosk.reading.voice import VoiceJob, VoiceStore
from kiosk.web.passages import passage_in
from tests.features.lessons.playing import Player
from tests.live import TABLET, LiveKiosk, live_kiosk

pytestmark = pytest.mark.journey
LESSON = "my-private-password"

# The one audio element is in no document: it is caught when it plays. Of each frame its time and what it lit are noted,
# when the next begins: so a slow machine makes few frames, not wrong ones.
WATCH = """
window.heard = [];
window.said = [];
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () { window.audio = this; return play.call(this); };
let before = null;
const look = () => {
  const { audio } = window;
  const lit = document.querySelector(".is-said");
  if (before !== null) window.heard.push([before, lit ? Number(lit.dataset.word ?? -1) : null]);
  before = audio && !audio.paused && audio.readyState > 2 ? audio.currentTime : null;
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
document.addEventListener("kiosk:sound", (event) => window.said.push(event.detail.playing));
"""

FORGET = """() => new Promise((done) => {
  const forget = () => { window.heard = []; done(); };
  requestAnimationFrame(() => requestAnimationFrame(forget));
})"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveKiosk]:
    """A kiosk where some texts have their sound: a lesson's first screens, in two languages, and a few phrases."""
    data = tmp_path_factory.mktemp("listening")
    with live_kiosk(data) as kiosk:
        content: Content = kiosk.app.extensions["kiosk content"]
        lesson = content.lessons[LESSON]
        phrases = ("tell.find-somebody", "display.title", "display.level-full", "error.title")
        wanted = [(lesson.title, "en"), (lesson.aim, "en"), (lesson.title, "ur"), (lesson.aim, "ur")]
        wanted += [(lesson.before.options[0].text, "en"), (lesson.before.ask, "en")]
        wanted += [(content.phrases[one], "en") for one in phrases]
        jobs = [
            VoiceJob(passage_in(text, level, language).plain, language)
            for text, language in wanted for level in ("full", "simple")
        ]  # fmt: skip
        assert not VoiceStore(data / "voice").render(jobs).failed
        yield kiosk


@pytest.fixture
def context(browser: Browser, served: LiveKiosk) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=TABLET, has_touch=True, base_url=served.address, reduced_motion="reduce")
    context.add_init_script(WATCH)
    yield context
    context.close()


@pytest.fixture
def tablet(context: BrowserContext) -> Iterator[Page]:
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    assert not faults, faults


def listen_button(page: Page) -> Locator:
    return page.locator(".bar__listen [data-listen]")


def marks_of(page: Page, passage: Locator) -> list[list[float]]:
    answer = page.request.get(f"/voice/{passage.get_attribute('data-voice')}.json")
    marks: dict[str, Any] = json.loads(answer.body())
    words: list[list[float]] = marks["words"]
    return words


def wait_for_rest(page: Page) -> None:
    page.wait_for_function("() => document.querySelector('.bar__listen [data-listen]').dataset.state !== 'play'")


@pytest.mark.parametrize(("rate", "language"), [("1", "en"), ("0.5", "en"), ("1", "ur")])
def test_the_word_that_is_lit_is_the_one_that_sounds(tablet: Page, rate: str, language: str) -> None:
    tablet.goto(f"/learn/{LESSON}?symbols=on&language={language}&rate={rate}")
    aim = tablet.locator(".step:not([hidden]) .passage").nth(1)
    marks = marks_of(tablet, aim)
    # By its words alone, without what stands before it.
    tablet.evaluate("() => document.querySelector('.step:not([hidden]) .passage').remove()")
    listen_button(tablet).tap()
    tablet.locator(".is-said").first.wait_for()
    wait_for_rest(tablet)

    heard: list[tuple[float, int | None]] = tablet.evaluate("() => window.heard")
    lit = [(time, word) for time, word in heard if word is not None]
    begins = [start for start, _ in marks] + [marks[-1][1]]
    errors = [max(0, begins[word] - time, time - begins[word + 1]) for time, word in lit]
    assert len({word for _, word in lit}) >= len(marks) - 2
    assert statistics.quantiles(errors, n=20, method="inclusive")[-1] <= 0.08, sorted(errors)[-10:]
    assert tablet.evaluate("() => [window.audio.playbackRate, window.audio.preservesPitch]") == [float(rate), True]
    assert tablet.evaluate("() => window.said") == [True, False]


def test_what_is_lit_is_black_on_yellow_and_underlined_in_each_theme_and_so_is_its_symbol(tablet: Page) -> None:
    for theme in ("cream", "dark", "contrast"):
        tablet.goto(f"/learn/{LESSON}?symbols=on&theme={theme}")
        tablet.locator(".step:not([hidden]) .with-symbol").first.tap()
        look = tablet.wait_for_function(
            """() => {
              const word = document.querySelector(".with-symbol .is-said");
              if (!word) return null;
              const of = (one) => getComputedStyle(one);
              const plate = word.closest(".with-symbol"), symbol = plate.querySelector(".symbol");
              return [of(word).color, of(word).textDecorationLine, of(plate).backgroundColor,
                of(symbol).backgroundColor, of(symbol).backgroundImage.includes("rgb(0, 0, 0)")];
            }"""
        )
        yellow = "rgb(255, 224, 102)"
        assert look.json_value() == ["rgb(0, 0, 0)", "underline", yellow, yellow, True], theme


def test_a_tap_on_a_word_plays_that_word_alone(tablet: Page) -> None:
    tablet.goto(f"/learn/{LESSON}?symbols=off")
    aim = tablet.locator(".step:not([hidden]) .passage").nth(1)
    marks = marks_of(tablet, aim)
    # Heard before any word has been fetched, and again from the tablet itself.
    for word in (4, 5, 4):
        tablet.evaluate(FORGET)
        aim.locator(f"[data-word='{word}']").tap()
        tablet.wait_for_function("() => window.heard.some(([, word]) => word !== null)")
        wait_for_rest(tablet)
        heard = tablet.evaluate("() => window.heard")
        assert {lit for _, lit in heard if lit is not None} <= {word - 1, word, word + 1}
        assert word in {lit for _, lit in heard}
        times = [time for time, _ in heard]
        assert marks[word][0] - 0.06 <= min(times)
        assert max(times) <= marks[word][1] + 0.3


def test_where_words_cannot_be_told_apart_the_sentence_is_lit(tablet: Page) -> None:
    def by_sentence(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "lit": "sentence"})

    tablet.route("**/voice/*.json", by_sentence)
    tablet.goto(f"/learn/{LESSON}?symbols=off&level=simple")
    aim = tablet.locator(".step:not([hidden]) .passage").nth(1)
    aim.locator("[data-word='8']").tap()
    expect(aim.locator(".sentence").nth(1)).to_have_class(re.compile("is-said"))
    expect(aim.locator("[data-word].is-said")).to_have_count(0)
    wait_for_rest(tablet)
    times = [time for time, _ in tablet.evaluate("() => window.heard")]
    assert min(times) > marks_of(tablet, aim)[5][1] - 0.06


def test_with_tap_to_hear_a_choice_is_heard_and_not_chosen_by_finger_or_key(tablet: Page) -> None:
    tablet.goto("/display?symbols=off")
    tablet.locator("[data-listen-each]").tap()
    card, chosen = tablet.locator("label.choice").first, tablet.locator("input[name=level]:checked")
    before = chosen.input_value()
    other = tablet.locator("label.choice").nth(1)
    for press in (other.tap, lambda: other.locator("input").press("Space")):
        press()
        expect(other.locator("input")).not_to_be_checked()
        assert chosen.input_value() == before
    tablet.evaluate(FORGET)
    card.tap()
    tablet.wait_for_function("() => window.heard.some(([, word]) => word !== null)")

    # What was never rendered is shown on the button, and where it was pressed.
    other.tap()
    expect(listen_button(tablet)).to_have_attribute("data-state", "none")
    expect(other.locator(".passage")).to_have_class(re.compile("is-silent"))
    tablet.locator("[data-listen-each]").tap()
    other.tap()
    expect(other.locator("input")).to_be_checked()


def test_a_sound_that_was_never_made_and_a_network_that_is_gone_are_told_apart(tablet: Page) -> None:
    tablet.goto("/nowhere?symbols=off")
    listen_button(tablet).tap()
    expect(listen_button(tablet)).to_have_attribute("data-state", "none")
    expect(tablet.locator("[data-listen-status]")).to_have_text("No sound here")
    assert tablet.locator(".is-silent").count() == 1
    tablet.route("**/voice/**", lambda route: route.abort())
    tablet.goto("/nowhere?symbols=off")
    listen_button(tablet).tap()
    expect(listen_button(tablet)).to_have_attribute("data-state", "gone")
    expect(tablet.locator("[data-listen-status]")).to_have_text("No connection")
    # And when it is back, so is the sound.
    tablet.unroute("**/voice/**")
    listen_button(tablet).tap()
    tablet.locator(".is-said").first.wait_for()


def test_by_itself_each_screen_speaks_and_the_one_before_is_silent(tablet: Page) -> None:
    tablet.goto(f"/learn/{LESSON}?symbols=off&listen=auto")
    tablet.locator(".told .is-said").first.wait_for()
    player = Player(tablet, waits=False)
    player.ready()
    player.next()
    tablet.locator(".step--before .is-said").first.wait_for()
    assert tablet.locator(".is-said").count() == 1
    tablet.evaluate("() => { document.documentElement.dataset.listen = 'tap'; }")
    expect(tablet.locator(".is-said")).to_have_count(0)
    assert tablet.evaluate("() => window.audio.paused")
    assert tablet.evaluate("() => window.said.at(-1)") is False


def test_in_tell_nothing_speaks_before_a_child_has_said_that_it_may(tablet: Page) -> None:
    asked: list[str] = []
    tablet.on("request", lambda one: asked.append(one.url) if "/voice/" in one.url else None)
    tablet.goto("/tell?symbols=off&listen=auto")
    tablet.wait_for_load_state("networkidle")
    question = tablet.locator("[data-listen-ask]")
    expect(question).to_be_hidden()
    assert not asked

    listen_button(tablet).tap()
    question.get_by_role("button", name="Not now").tap()
    expect(question).to_be_hidden()
    tablet.locator("h1 .word").first.tap()
    expect(question).to_be_visible()
    assert tablet.evaluate("() => window.audio === undefined")
    question.get_by_role("button", name="Yes").tap()
    tablet.wait_for_function("() => window.audio !== undefined")
    # Asked once: now the button speaks at once.
    wait_for_rest(tablet)
    listen_button(tablet).tap()
    expect(question).to_be_hidden()
    tablet.wait_for_function("() => window.heard.length > 0 || document.querySelector('[data-state=none]')")
