// Plays every passage of the nearest [data-listen-scope] in order and lights each word while it is said.
// Missing sound is shown on the button, never silent.

const root = document.documentElement;
const rate = () => Number(root.dataset.rate) || 1;
const marks = new Map();
let playing = null;

function marksOf(key) {
  if (!marks.has(key)) {
    marks.set(key, fetch(`/voice/${key}.json`).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null));
  }
  return marks.get(key);
}

function show(button, state) {
  button.dataset.state = state;
  const status = button.parentElement.querySelector("[data-listen-status]");
  if (status) status.textContent = state === "none" ? button.dataset.noSound : "";
}

/** Say to whatever would speak or move meanwhile, such as the scanner, whether the page is speaking. */
function tellOthers(playing) {
  document.dispatchEvent(new CustomEvent("kiosk:sound", { detail: { playing } }));
}

function passagesFor(button) {
  const scope = button.closest("[data-listen-scope]") ?? document.body;
  return [...scope.querySelectorAll(".passage")].filter((one) => one.checkVisibility());
}

function wordsOf(passage) {
  return new Map([...passage.querySelectorAll("[data-word]")].map((word) => [Number(word.dataset.word), word]));
}

/** The word being said at a time: the last whose mark has begun, and none in a pause longer than a breath. */
function wordAt(words, spans, time) {
  const index = spans.findLastIndex(([from]) => from <= time);
  if (index < 0 || time > spans[index][1] + 0.25) return null;
  return words.get(index) ?? null;
}

/** Play one passage to its end; true if it sounded. */
function play(passage, job) {
  const key = passage.dataset.voice;
  if (!key) return Promise.resolve(false);
  const words = wordsOf(passage);
  const audio = job.audio;
  let spans = [];
  let lit = null;
  let done = false;
  marksOf(key).then((found) => { spans = found?.words ?? []; });

  return new Promise((resolve, reject) => {
    const light = (word) => {
      if (word === lit) return;
      lit?.classList.remove("is-said");
      word?.classList.add("is-said");
      lit = word;
    };
    const tick = () => {
      if (done || audio.paused) return;
      light(wordAt(words, spans, audio.currentTime));
      requestAnimationFrame(tick);
    };
    const end = (sounded) => {
      // The next passage plays in the same element: this one's ticking must not go on with it.
      done = true;
      light(null);
      audio.onplaying = audio.onended = audio.onerror = null;
      resolve(sounded);
    };
    job.end = () => end(true);
    audio.onplaying = () => {
      show(job.button, "play");
      tellOthers(true);
      requestAnimationFrame(tick);
    };
    audio.onended = () => end(true);
    audio.onerror = () => end(false);
    audio.src = `/voice/${key}.mp3`;
    audio.playbackRate = audio.defaultPlaybackRate = rate();
    audio.play().catch((error) => {
      // A browser that wants a tap first is not a missing sound; a stop in mid-load is neither.
      if (error.name === "NotAllowedError") reject(error);
      else if (error.name !== "AbortError") end(false);
    });
  });
}

/** Stop whatever is being said. */
export function hush() {
  const job = playing;
  if (!job) return;
  playing = null;
  job.stopped = true;
  job.audio.pause();
  job.end?.();
  show(job.button, "rest");
  tellOthers(false);
}

/** Say everything in the button's scope; a second press stops it. */
export async function listen(button) {
  const isSame = playing?.button === button;
  hush();
  if (isSame) return;
  const job = { button, audio: new Audio(), stopped: false };
  playing = job;
  show(button, "wait");
  let silent = 0;
  const passages = passagesFor(button);
  try {
    for (const passage of passages) {
      const sounded = await play(passage, job);
      if (job.stopped) return;
      passage.classList.toggle("is-silent", !sounded);
      if (!sounded) silent += 1;
    }
  } catch {
    hush();
    return;
  }
  playing = null;
  tellOthers(false);
  show(button, silent || !passages.length ? "none" : "rest");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-listen]");
  if (button && button !== root) listen(button);
});
document.addEventListener("kiosk:screen", () => {
  hush();
  for (const button of document.querySelectorAll("button[data-listen]")) show(button, "rest");
});
addEventListener("pagehide", hush);
if (root.dataset.listen === "auto") {
  const first = document.querySelector(".bar [data-listen]");
  if (first) listen(first);
}
