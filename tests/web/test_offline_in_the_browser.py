"""Without a network, in a real browser with the kiosk's worker: lessons go on, and nobody is told what is not so."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from kiosk.content.types import Content
from kiosk.features.people.queries import find_pupil
from kiosk.web import assets
from tests.features.lessons.playing import UNGUARDED, Player
from tests.features.lessons.served import School, school_served
from tests.live import TABLET

pytestmark = pytest.mark.journey
KS1, EYFS = "my-private-password", "ask-before-you-tap"
BELL = assets.STATIC / "sounds" / "desk-bell.mp3"
WHAT_IS_KEPT = """async () => {
  const list = await caches.open("kiosk-list");
  const all = await Promise.all((await list.keys()).map(async (one) => (await list.match(one)).json()));
  return all.filter((one) => one.address);
}"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    data = tmp_path_factory.mktemp("offline-live")
    with school_served(data) as school:
        give_sound(school, data / "voice")
        yield school


def give_sound(school: School, folder: Path) -> None:
    """A bell for each text that these tests may hear; rendering them is tested elsewhere."""
    client = school.kiosk.app.test_client()
    pages = re.findall(r"/offline/\w+/\w+/en/full", client.get("/sw.js").get_data(as_text=True))
    folder.mkdir(exist_ok=True)
    for address in (f"/learn/{KS1}", f"/learn/{EYFS}", *pages):
        for key in re.findall(r'data-voice="(\w+)"', client.get(address, follow_redirects=True).get_data(as_text=True)):
            shutil.copy(BELL, folder / f"{key}.mp3")
            marks = {"bytes": BELL.stat().st_size, "duration": 0.6, "words": [[0, 0.6]]}
            (folder / f"{key}.json").write_text(json.dumps(marks))


@pytest.fixture
def tablet(browser: Browser, served: School) -> Iterator[Page]:
    """A tablet with the worker; anything that goes wrong in a script fails the test."""
    context = browser.new_context(
        viewport=TABLET, has_touch=True, base_url=served.kiosk.address, reduced_motion="reduce", service_workers="allow"
    )
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    context.close()
    assert not faults, faults


def kept(page: Page) -> list[dict[str, Any]]:
    return list(page.evaluate(WHAT_IS_KEPT))


def until_kept(page: Page, is_so: Callable[[list[dict[str, Any]]], bool]) -> None:
    """Wait until what is on the tablet is as it should be."""
    until = time.monotonic() + 30
    while not is_so(kept(page)):
        assert time.monotonic() < until, [(one["address"], one["isReady"], one["isWhole"]) for one in kept(page)]
        page.wait_for_timeout(100)


def is_kept(page: Page, part: str) -> None:
    """Wait until everything of a document is on the tablet."""
    until_kept(page, lambda all_: any(part in one["address"] and one["isWhole"] for one in all_))


def open_and_keep(page: Page, slug: str) -> Player:
    """Open a lesson and wait until it, and the pages without a network, are on the tablet."""
    player = Player(page, waits=False)
    player.open(slug)
    for part in (f"/lesson/{slug}/", "/offline/away/", "/offline/tell/", "/offline/adult/"):
        is_kept(page, part)
    return player


def tap(page: Page, what: str) -> None:
    page.wait_for_function(UNGUARDED)
    page.locator(what).locator("visible=true").first.tap()


def test_a_lesson_opened_once_is_taken_and_heard_without_a_network_and_arrives_once(
    served: School, tablet: Page
) -> None:
    served.sign_in(tablet, "Amina")
    player = open_and_keep(tablet, KS1)
    tablet.context.set_offline(True)
    tablet.reload()
    player.ready()
    tablet.locator(".bar__listen [data-listen]").tap()
    tablet.locator(".is-said").first.wait_for()
    player.play()
    assert {"choose", "sort", "order", "spot", "feel"} <= set(player.seen)
    tap(tablet, "[data-leave]")
    expect(tablet.get_by_role("heading", name="We can't reach the kiosk")).to_be_visible()
    expect(tablet.locator(f"[data-lesson={KS1}]")).to_be_visible()
    tablet.context.set_offline(False)
    tap(tablet, "[data-try-again]")
    tablet.locator("[data-visit]").wait_for()
    served.last_taking_holds(player.answers, is_finished=True)
    tablet.reload()
    assert tablet.locator(".tile__done").count() == 1
    served.last_taking_holds(player.answers, is_finished=True)


def test_what_is_begun_without_a_network_is_of_the_child_who_was_signed_in_and_of_nobody_after_them(
    served: School, tablet: Page
) -> None:
    served.sign_in(tablet, "Amina")
    open_and_keep(tablet, EYFS)
    before = len(served.takings())
    tablet.context.set_offline(True)
    tablet.evaluate("sessionStorage.removeItem(Object.keys(sessionStorage).find((one) => one.startsWith('lesson:')))")
    tablet.goto("/home")
    tap(tablet, f"[data-lesson={EYFS}] a")
    amina = Player(tablet, waits=False)
    amina.ready()
    take_some(amina)
    tap(tablet, "[data-home]")

    # Amina leaves, and somebody whom nobody knows takes the same lesson from its beginning.
    tap(tablet, "[data-not-me]")
    tablet.wait_for_url(f"{served.kiosk.address}/")
    expect(tablet.locator("[data-not-me]")).to_be_hidden()
    tap(tablet, f"[data-lesson={EYFS}] a")
    nobody = Player(tablet, waits=False)
    nobody.ready()
    assert nobody.kind == "title"
    take_some(nobody)

    tablet.context.set_offline(False)
    served.sign_in(tablet, "Ben")
    served.last_taking_holds(amina.answers, is_finished=False)
    after = served.takings()
    assert len(after) == before + 1
    with served.kiosk.inside():
        pupil = find_pupil(after[-1][0] or "")
        assert pupil is not None
        assert pupil.first_name == "Amina"


def take_some(player: Player) -> None:
    for _ in range(5):
        player.answer()
        player.next()
    assert player.answers > 1


def test_pages_that_cannot_be_had_say_what_to_do_and_whom_to_call(served: School, tablet: Page) -> None:
    tablet.goto(f"/class/{served.class_id}")
    is_kept(tablet, "/offline/away/")
    is_kept(tablet, "/offline/tell/")
    tablet.context.set_offline(True)
    # A form too leads to a page of ours.
    tablet.get_by_role("button", name="Ben", exact=True).tap()
    tablet.get_by_role("heading", name="We can't reach the kiosk").wait_for()
    assert tablet.locator("[data-nothing-here]").is_visible()
    for path, words in {
        "/": ["Wait a little", "0800 1111", "999", "Tell a trusted adult"],
        "/tell": ["Find a grown-up now.", "Go to a grown-up you trust", "0800 1111", "999", "Try again"],
        "/desk": ["The kiosk cannot be reached", "the desk does not ring on this device"],
    }.items():
        tablet.goto(path)
        shown = " ".join(tablet.locator("body").inner_text().split())
        for one in words:
            assert one in shown, f"{path}: {one}"
        assert "sent" not in shown.lower(), "it may have arrived, and it may not"
        assert not Axe().run(tablet).response["violations"], path
    # As they like it, though the page is the same for everybody.
    tablet.context.add_cookies([{"name": "display", "value": "theme=dark&size=l", "url": served.kiosk.address}])
    tablet.goto("/tell")
    assert tablet.locator("html[data-theme=dark][data-size=l]").count() == 1
    assert not Axe().run(tablet).response["violations"]
    tablet.context.set_offline(False)
    tap(tablet, "[data-try-again]")
    tablet.locator("form[data-tell], .phones").first.wait_for()


def test_an_update_never_breaks_a_lesson_in_progress(
    served: School, tablet: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.sign_in(tablet, "Ben")
    player = open_and_keep(tablet, KS1)
    old = tablet.url
    for _ in range(4):
        player.answer()
        player.next()

    # Another version of every script, and of the lesson.
    shutil.copytree(assets.STATIC, tmp_path / "static")
    with (tmp_path / "static/components/activities/sort.js").open("a") as script:
        script.write('document.documentElement.dataset.sort = "new";\n')
    monkeypatch.setattr(assets, "STATIC", tmp_path / "static")
    app = served.kiosk.app
    content: Content = app.extensions["kiosk content"]
    title = replace(content.lessons[KS1].title, full=content.lessons[EYFS].title.full)
    changed = replace(content, lessons={**content.lessons, KS1: replace(content.lessons[KS1], title=title)})
    monkeypatch.setitem(app.extensions, "kiosk content", changed)
    forget_what_was_made(app.extensions)
    try:
        tablet.evaluate("async () => { await (await navigator.serviceWorker.ready).update(); }")
        until_kept(tablet, lambda all_: sum(one["name"] == "tell" and one["isReady"] for one in all_) == 2)
        tablet.reload()
        player.ready()
        assert tablet.url == old
        assert player.kind == "feel"
        player.play()
        assert tablet.locator("html[data-sort=new]").count() == 0
        served.last_taking_holds(player.answers, is_finished=True)

        tap(tablet, "[data-leave]")
        tablet.wait_for_url("**/home")
        tablet.goto(f"/learn/{KS1}")
        assert tablet.url != old
        assert tablet.title() == "Ask before you tap"
        tablet.locator("html[data-sort=new]").wait_for()
        is_kept(tablet, tablet.url.removeprefix(served.kiosk.address))
        # The old version goes when no page shows it, and its files with it.
        until_kept(tablet, lambda all_: not any(old.endswith(one["address"]) for one in all_))
        assert not tablet.evaluate("async (old) => Boolean(await caches.match(old))", old)
    finally:
        monkeypatch.undo()
        forget_what_was_made(app.extensions)


def forget_what_was_made(extensions: dict[str, Any]) -> None:
    for name in ("kiosk lesson documents", "kiosk offline pages", "kiosk worker"):
        extensions.pop(name, None)
    for made in (assets.get_static, assets.get_bundle, assets._tree_version):
        made.cache_clear()


def test_a_kept_sound_is_answered_in_parts(tablet: Page) -> None:
    open_and_keep(tablet, EYFS)
    tablet.context.set_offline(True)
    key = tablet.locator("[data-voice]").first.get_attribute("data-voice")
    asked = """async ([address, range]) => {
      const answer = await fetch(address, { headers: { Range: range } });
      const { headers } = answer, size = (await answer.arrayBuffer()).byteLength;
      return [answer.status, headers.get("Content-Range"), size, headers.get("Content-Type")];
    }"""
    size = BELL.stat().st_size
    for range_, status, told, length in (
        ("bytes=0-", 206, f"bytes 0-{size - 1}/{size}", size),
        ("bytes=0-1", 206, f"bytes 0-1/{size}", 2),
        ("bytes=100-999999999", 206, f"bytes 100-{size - 1}/{size}", size - 100),
        ("bytes=-10", 206, f"bytes {size - 10}-{size - 1}/{size}", 10),
        ("bytes=999999999-", 416, f"bytes */{size}", 0),
    ):
        found = tablet.evaluate(asked, [f"/voice/{key}.mp3", range_])
        assert found == [status, told, length, "audio/mpeg"], range_


def test_a_full_tablet_is_quiet_and_goes_on_when_there_is_room(served: School, tablet: Page) -> None:
    tablet.goto("/")
    is_kept(tablet, "/offline/away/")
    is_kept(tablet, "/offline/adult/")
    session = tablet.context.new_cdp_session(tablet)
    origin = {"origin": served.kiosk.address}
    session.send("Storage.overrideQuotaForOrigin", {**origin, "quotaSize": 900_000})
    player = Player(tablet, waits=False)
    player.open(EYFS)
    until_kept(tablet, lambda all_: any(one["kind"] == "lesson" and one["needs"] for one in all_))
    # Said twice, so that the worker is done with the first.
    ask_for(tablet, "/home")
    assert not any(one["kind"] == "lesson" and one["isWhole"] for one in kept(tablet))
    take_some(player)
    session.send("Storage.overrideQuotaForOrigin", origin)
    assert ask_for(tablet, f"/learn/{EYFS}")["isWhole"]


def test_what_may_go_is_what_is_old_or_too_much_and_never_what_is_open(tablet: Page) -> None:
    tablet.goto("/")
    going = """async ([address, open, most]) => {
      const { whatMayGo } = await import(address);
      const lesson = (name, version, isReady = true) =>
        ({ kind: "lesson", name, language: "en", level: "full", address: `${name}/${version}`, isReady, bytes: 10 });
      const kept = [lesson("a", 3, false), lesson("a", 2), lesson("b", 1), lesson("a", 1), lesson("c", 1)];
      return whatMayGo(kept, new Set(open), most).map((one) => one.address);
    }"""
    address = assets.static("worker/shelf.js")
    plenty = {"lessons": 9, "bytes": 999}
    # a/3 has not come yet, so a/2 stays.
    assert tablet.evaluate(going, [address, [], plenty]) == ["a/1"]
    assert tablet.evaluate(going, [address, ["a/1"], plenty]) == []
    assert tablet.evaluate(going, [address, [], {"lessons": 3, "bytes": 999}]) == ["a/1", "c/1"]
    assert tablet.evaluate(going, [address, [], {"lessons": 9, "bytes": 25}]) == ["a/1", "b/1", "c/1"]
    assert tablet.evaluate(going, [address, ["b/1", "c/1"], {"lessons": 1, "bytes": 25}]) == ["a/1", "a/2"]


def test_a_form_of_another_site_does_not_become_ours_by_going_through_the_worker(served: School, tablet: Page) -> None:
    served.sign_in(tablet, "Ben")
    is_kept(tablet, "/offline/away/")
    form = f'<form method="post" action="{served.kiosk.address}/lesson-attempts"><button>Win a prize</button></form>'
    other = tablet.context.new_page()
    other.route("http://evil.example/", lambda route: route.fulfill(body=form, content_type="text/html"))
    other.goto("http://evil.example/")
    with other.expect_response("**/lesson-attempts") as refused:
        other.get_by_role("button").click()
    assert refused.value.status == 403


def ask_for(page: Page, address: str) -> dict[str, Any]:
    """Ask for a lesson ahead, as a page may; the answer when it is here."""
    asked = """async (address) => {
      const { active } = await navigator.serviceWorker.ready;
      const { port1, port2 } = new MessageChannel();
      const answer = new Promise((resolve) => { port1.onmessage = ({ data }) => resolve(data); });
      active.postMessage({ type: "keep-lesson", address }, [port2]);
      return answer;
    }"""
    return dict(page.evaluate(asked, address))


def test_a_lesson_is_fetched_ahead_when_a_page_asks_for_it(tablet: Page) -> None:
    tablet.goto("/")
    is_kept(tablet, "/offline/away/")
    assert ask_for(tablet, f"/learn/{KS1}")["isWhole"]
    for never in ("/home", "/tell", "https://elsewhere.example/lesson/a/0123456789ab/en/full"):
        assert not ask_for(tablet, never)["isReady"]
    assert {one["kind"] for one in kept(tablet)} == {"page", "lesson"}
    tablet.context.set_offline(True)
    player = Player(tablet, waits=False)
    player.open(KS1)
    assert player.kind == "title"
