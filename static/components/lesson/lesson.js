// Shows the screens of a lesson one at a time, remembers where the child is, and opens the way to the next.
// What a child does on a screen is in ../activities/; what is recorded of it in recording.js. Both come after the
// first screen is there; without them a lesson can still be read to its end.

import { guard } from "../guard/guard.js";

// Each by its own address, so that whoever keeps a lesson for later finds them here.
const choose = () => import("../activities/choose.js");
const ACTIVITIES = {
  before: choose, choose, after: choose, feel: choose,
  sort: () => import("../activities/sort.js"),
  order: () => import("../activities/order.js"),
  spot: () => import("../activities/spot.js"),
};
const OPEN_AFTER = 2;
const STILL_HERE = 4 * 60_000;

const lesson = document.querySelector(".lesson");
const steps = [...lesson.querySelectorAll(".step")];
const dots = [...document.querySelectorAll("[data-dot]")];
const number = document.querySelector("[data-now]");
const back = document.querySelector("[data-back]");
const next = document.querySelector("[data-next]");
const leave = document.querySelector("[data-leave]");
const chooseTogether = document.querySelector("[data-choose-together]");
const isTogether = document.querySelector("[data-is-together]");
const place = `lesson:${lesson.dataset.lesson}:${lesson.dataset.version}`;

const last = steps.length - 1;
const waiting = new Set();
let Recording = null;
let recording = null;
let state = remembered();
let renewed = Date.now();

function remembered() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place));
    if (kept && steps[kept.at] && Array.isArray(kept.done)) return kept;
  } catch { /* A tablet that keeps nothing begins at the beginning. */ }
  return fresh();
}

function fresh(together = false) {
  const bytes = [...crypto.getRandomValues(new Uint8Array(12))];
  return { at: 0, done: [], together, id: bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("") };
}

function remember() {
  try {
    if (state.at === last) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, JSON.stringify(state));
  } catch { /* Without it a reload begins at the beginning. */ }
}

/** Show a step; `turned` when the child turned to it, so that it is read from its top. */
function show(at, turned = true) {
  state.at = at;
  unpack(steps[at]);
  remember();
  steps.forEach((step, n) => { step.hidden = n !== at; });
  dots.forEach((dot, n) => { dot.dataset.dot = n < at ? "done" : n === at ? "now" : "next"; });
  number.textContent = String(at + 1);
  back.hidden = at === last;
  next.hidden = at === last;
  leave.hidden = at !== last;
  showTogether();
  gate();
  if (turned) {
    scrollTo(0, 0);
    steps[at].focus({ preventScroll: true });
    steps[at].dispatchEvent(new CustomEvent("kiosk:screen", { bubbles: true }));
    // The tap that turned the page must not turn the one after.
    if (!next.disabled) guard(next.closest(".bar"));
  }
  record();
  if (at !== last && Date.now() - renewed > STILL_HERE) {
    renewed = Date.now();
    recording?.renew();
  }
}

function gate() {
  // With a grown-up beside them nobody has to answer before they go on.
  next.disabled = !state.together && waiting.has(state.at) && !state.done.includes(state.at);
}

function showTogether() {
  isTogether.hidden = !state.together;
  chooseTogether.setAttribute("aria-pressed", String(Boolean(state.together)));
}

function open(at) {
  if (!state.done.includes(at)) state.done.push(at);
  remember();
  gate();
}

/** What an activity may do with its screen. */
function roomOf(step, at) {
  const tries = new Map();
  let misses = 0;
  return {
    /** Note an answer: which, whether it was right (null: any is), and what it was about, where a screen asks more than once. */
    record(answer, right, about = "") {
      const count = (tries.get(about) ?? 0) + 1;
      tries.set(about, count);
      recording?.answer({ screen: step.dataset.screen, answer, tries: count, right });
      if (right === false) misses += 1;
      // Nobody is stuck: after two tries the way on is open, and trying goes on for who wants to.
      if (misses >= OPEN_AFTER) open(at);
    },
    /** Show one reply and no other; null for none. */
    reply(name) {
      for (const one of step.querySelectorAll("[data-reply]")) one.hidden = one.dataset.reply !== name;
      const shown = step.querySelector("[data-reply]:not([hidden])");
      shown?.scrollIntoView({ block: "nearest" });
      shown?.dispatchEvent(new CustomEvent("kiosk:shown", { bubbles: true }));
    },
    done: () => open(at),
  };
}

/** Take a step out of its <noscript>, where it waits for the first one to be there. */
function unpack(step) {
  const packed = step.querySelector("noscript");
  if (!packed) return;
  step.innerHTML = packed.textContent;
  const button = document.getElementById("mini-listen").content;
  for (const one of step.querySelectorAll(".answer, .sort__item, .feedback")) one.append(button.cloneNode(true));
}

/** Wake the activities: their buttons work, and their answers come out of the fold. */
async function wake() {
  const found = steps.map((step, at) => [step, at, ACTIVITIES[step.dataset.kind]]).filter(([, , fetched]) => fetched);
  const modules = await Promise.all(found.map(([, , fetched]) => fetched()));
  for (const [n, [step, at]] of found.entries()) {
    const fold = step.querySelector(".answers");
    for (const reply of fold.querySelectorAll("[data-reply]")) reply.hidden = true;
    fold.replaceWith(fold.querySelector(".feedback-area"));
    for (const button of step.querySelectorAll(".choice")) button.disabled = false;
    modules[n].start(step, roomOf(step, at));
    waiting.add(at);
  }
  lesson.dataset.awake = "";
  gate();
}

async function startRecording() {
  ({ Recording } = await import("./recording.js"));
  record();
}

/** Record from where the first page is turned: before, it is open whether the lesson is taken together. */
function record() {
  if (Recording && state.at > 0) {
    recording ??= new Recording({ ...lesson.dataset, together: state.together }, state.id, () => {
      // This taking was another child's: they begin at the beginning.
      recording = null;
      state = fresh();
      show(0);
    });
  }
  if (state.at === last) recording?.finish();
}

back.addEventListener("click", (event) => {
  if (state.at === 0) return;
  event.preventDefault();
  show(state.at - 1);
});
next.addEventListener("click", () => {
  if (!next.disabled && state.at < last) show(state.at + 1);
});

// Together or not is another taking, and a page that somebody has answered on is not given to it.
chooseTogether.addEventListener("click", () => {
  state = fresh(!state.together);
  remember();
  showTogether();
  if (recording) location.reload();
});
chooseTogether.hidden = false;

// A family's or a teacher's page opens a lesson with its own address behind the #, which no server is told.
if (/^#\/(H\/[A-Za-z2-7]{16,80}|staff\/lessons\/[a-z0-9-]{1,60})$/.test(location.hash)) {
  for (const link of document.querySelectorAll("[data-home], [data-back]")) link.href = location.hash.slice(1);
}

show(Math.min(state.at, last), false);
addEventListener("load", () => {
  steps.forEach(unpack);
  wake();
  startRecording();
});
