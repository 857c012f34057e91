// Says texts one after the other through one audio element, and lights each word, with its symbol, while it is said.
// What is said is anything with data-voice, the key of its sound: a passage with counted words, or a label.

const root = document.documentElement;
const QUIET = .6;
const PATIENCE = 8_000;
// A word that is heard alone begins and ends a breath outside its marks.
const LEAD = .02;
const TAIL = .03;
// Between two words that are further apart than this, none is lit.
const PAUSE = .25;

// One for all: a tablet that wants a tap before it sounds has been tapped for this one.
const audio = new Audio();
audio.preservesPitch = true;

const sounds = new Map();
let current = null;

/** What is known of a sound: `marks` come; `found` are those that came; `url` is where the tablet has it. */
function soundOf(key) {
  const known = sounds.get(key);
  if (known) return known;
  const sound = { url: `/voice/${key}.mp3`, found: null, isHere: false };
  sound.marks = marksOf(key).then((marks) => {
    // What is missing today may be there when it is asked for again.
    if (marks.why) sounds.delete(key);
    sound.found = marks;
    return marks;
  });
  sounds.set(key, sound);
  return sound;
}

/** When each word sounds and what to light; or why not: it was never made, or the kiosk cannot be reached. */
async function marksOf(key) {
  try {
    const answer = await fetch(`/voice/${key}.json`, { signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) return { why: answer.status === 404 ? "none" : "gone" };
    const { words, lit } = await answer.json();
    return { words, bySentence: lit === "sentence" };
  } catch {
    return { why: "gone" };
  }
}

/** Have these ready, so that they sound as soon as they are asked for. */
export function preload(texts) {
  for (const one of texts) if (one.dataset.voice) fetchSound(soundOf(one.dataset.voice));
}

async function fetchSound(sound) {
  if (sound.isHere) return;
  sound.isHere = true;
  try {
    const answer = await fetch(sound.url);
    if (answer.ok) sound.url = URL.createObjectURL(await answer.blob());
  } catch {
    sound.isHere = false;
  }
}

/** Lights what is being said in one text. */
class Light {
  #text;
  #words;
  #lit = null;

  constructor(text) {
    this.#text = text;
    this.#words = new Map([...text.querySelectorAll("[data-word]")].map((word) => [Number(word.dataset.word), word]));
  }

  at(time, marks) {
    const lit = this.#words.size ? this.#wordAt(time, marks) : this.#text;
    if (lit === this.#lit) return;
    this.#lit?.classList.remove("is-said");
    lit?.classList.add("is-said");
    this.#lit = lit;
  }

  off() {
    this.#lit?.classList.remove("is-said");
    this.#lit = null;
  }

  /** The last word that has begun, or its sentence; none in a pause that is longer than a breath. */
  #wordAt(time, marks) {
    if (!marks?.words) return null;
    const index = marks.words.findLastIndex(([from]) => from <= time);
    if (index < 0) return null;
    const word = this.#words.get(index) ?? null;
    if (marks.bySentence) return word?.closest(".sentence") ?? null;
    return time > marks.words[index][1] + PAUSE ? null : word;
  }
}

/** From when to when a part of a text sounds: a word, or all that stand under one symbol. */
function spanOf(part, marks) {
  const around = marks.bySentence ? part.closest(".sentence") : part;
  const spans = [...around.querySelectorAll("[data-word]")].map((word) => marks.words[Number(word.dataset.word)]).filter(Boolean);
  if (!spans.length) return null;
  return [Math.max(0, spans[0][0] - LEAD), spans.at(-1)[1] + TAIL];
}

/** Say one text, or a part of it: "said", "none" (no sound was made), "gone" (no network), "refused" or "stopped". */
async function sayOne(text, job) {
  const key = text.dataset.voice;
  if (!key) return "none";
  const sound = soundOf(key);
  let span = null;
  if (job.part) {
    const marks = sound.found ?? await sound.marks;
    if (job.isStopped) return "stopped";
    if (marks.why) return marks.why;
    span = spanOf(job.part, marks);
  }
  const light = new Light(text);
  let isTicking = false;
  return new Promise((resolve) => {
    const patience = setTimeout(() => end("gone"), PATIENCE);
    const end = (how) => {
      clearTimeout(patience);
      job.end = null;
      light.off();
      audio.onloadedmetadata = audio.onplaying = audio.onended = audio.onerror = null;
      audio.pause();
      resolve(how);
    };
    const tick = () => {
      if (job.end !== end) return;
      if (span && audio.currentTime >= span[1]) return end("said");
      light.at(audio.currentTime, sound.found);
      requestAnimationFrame(tick);
    };
    const fail = async () => {
      const { why } = await sound.marks;
      if (job.end === end) end(why ?? "gone");
    };
    job.end = end;
    // Some browsers forget a place that was set before they knew the sound.
    audio.onloadedmetadata = () => { if (span && audio.currentTime < span[0] - .01) audio.currentTime = span[0]; };
    audio.onplaying = () => {
      clearTimeout(patience);
      job.begin();
      if (!isTicking) tick();
      isTicking = true;
    };
    audio.onended = () => end("said");
    audio.onerror = fail;
    audio.src = sound.url;
    audio.playbackRate = audio.defaultPlaybackRate = Number(root.dataset.rate) || 1;
    audio.volume = job.isCue ? QUIET : 1;
    if (span) audio.currentTime = span[0];
    audio.play().catch((error) => {
      if (job.end !== end || error.name === "AbortError") return;
      // A browser that wants a tap first is not a missing sound.
      if (error.name === "NotAllowedError") end("refused");
      else fail();
    });
  });
}

function announce(playing) {
  document.dispatchEvent(new CustomEvent("kiosk:sound", { detail: { playing } }));
}

/** Whether somebody hears something that they asked for. */
export const isSpeaking = () => Boolean(current && !current.isCue);

/** Stop whatever is being said. */
export function hush() {
  const job = current;
  if (!job) return;
  current = null;
  job.isStopped = true;
  job.end?.("stopped");
}

/** Say these texts one after the other, stopping what was said before; or, with `part`, a part of the only one.
 *  A cue is quieter, and nobody is told of it. `onBegin` is called when the first is heard.
 *  Resolves to "said", "stopped", "refused", or, where any was silent, why: "none", "gone". */
export async function say(texts, { part = null, isCue = false, onBegin = () => {} } = {}) {
  hush();
  const job = { part, isCue, isStopped: false, isHeard: false, end: null };
  job.begin = () => {
    if (job.isHeard) return;
    job.isHeard = true;
    if (!isCue) announce(true);
    onBegin();
  };
  current = job;
  let result = texts.length ? "said" : "none";
  for (const [n, text] of texts.entries()) {
    preload(texts.slice(n + 1, n + 2));
    const how = await sayOne(text, job);
    const isOver = how === "stopped" || how === "refused";
    if (!isOver) text.classList.toggle("is-silent", how !== "said");
    if (how !== "said") result = how;
    if (isOver) break;
  }
  if (current === job) current = null;
  if (job.isHeard && !isCue) announce(false);
  return result;
}
