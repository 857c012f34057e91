// Asks the desk each second how many wait, rings when one more came, and locks the screen that nobody touches.
// What it asks for by itself is no touch. Attaches to [data-desk-poll]:
//   data-desk-poll     where to ask; data-desk-told, data-desk-version: how the page stands
//   data-desk-rows     where the list comes from anew, into [data-desk-list]
//   data-desk-sound    what to ring with; [data-desk-sound-off] shows where the browser wants a tap first
//   data-desk-idle     seconds without a touch until form[data-desk-lock] is sent; data-desk-touch: noted at most so often
//   [data-desk-text]   how many wait, in words; [data-desk-unlock], [data-desk-away]: for a reader who is signed out

const TOUCH_EVERY = 30_000;
const desk = document.querySelector("[data-desk-poll]");
const { deskPoll, deskRows, deskSound, deskIdle, deskTouch } = desk.dataset;
const lock = document.querySelector("[data-desk-lock]");
const bell = new Audio(deskSound);
let told = Number(desk.dataset.deskTold);
let version = desk.dataset.deskVersion;
let etag = "";
let touched = performance.now();
let noted = performance.now();
let asking = false;

async function ring() {
  try {
    bell.currentTime = 0;
    await bell.play();
    document.querySelector("[data-desk-sound-off]").hidden = true;
  } catch {
    document.querySelector("[data-desk-sound-off]").hidden = false;
  }
}

/** Put the list anew, unless somebody is in it with the keyboard: then at the next turn. */
async function renew() {
  const list = document.querySelector("[data-desk-list]");
  if (!deskRows || !list || list.contains(document.activeElement)) return false;
  const answer = await fetch(deskRows, { cache: "no-store" });
  if (!answer.ok) return false;
  const rows = new DOMParser().parseFromString((await answer.json()).html, "text/html").body;
  list.replaceChildren(...document.adoptNode(rows).childNodes);
  return true;
}

async function take(state) {
  document.title = state.title;
  for (const one of document.querySelectorAll("[data-desk-text]")) one.textContent = state.text;
  for (const one of document.querySelectorAll(".side__count")) one.textContent = state.waiting;
  for (const one of document.querySelectorAll("[data-desk-unlock]")) one.hidden = !state.here;
  for (const one of document.querySelectorAll("[data-desk-away]")) one.hidden = state.here;
  const isUnlockedHere = Boolean(deskIdle);
  if (isUnlockedHere && state.locked) {
    document.querySelector("main").replaceChildren();
    location.replace("/desk");
    return;
  }
  if (state.told > told) ring();
  told = state.told;
  if (state.version !== version && (!deskRows || await renew())) version = state.version;
}

async function poll() {
  if (asking) return;
  asking = true;
  try {
    const headers = etag ? { "If-None-Match": etag } : {};
    const answer = await fetch(deskPoll, { cache: "no-store", headers });
    if (answer.status === 401) {
      location.reload();
      return;
    }
    if (answer.ok) {
      etag = answer.headers.get("ETag") ?? "";
      await take(await answer.json());
    }
  } catch {
    // The network comes back, or it does not: the next turn asks again.
  }
  asking = false;
}

function touch() {
  touched = performance.now();
  if (!deskTouch || touched - noted < TOUCH_EVERY) return;
  noted = touched;
  fetch(deskTouch, { cache: "no-store" }).catch(() => {});
}

function lockWhenIdle() {
  if (performance.now() - touched < Number(deskIdle) * 1000) return;
  // First off the screen; then off the server, which would do it by itself.
  document.querySelector("main").replaceChildren();
  lock.submit();
}

document.querySelector("[data-desk-sound-on]")?.addEventListener("click", ring);
for (const type of ["pointerdown", "keydown", "wheel", "touchstart"]) addEventListener(type, touch, { passive: true });
if (deskIdle && lock) setInterval(lockWhenIdle, 1000);
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
new Worker(new URL("clock.js", import.meta.url)).addEventListener("message", poll);
