// What is kept on this tablet, and what may go. Files stand in one cache by their address; beside it a list says which
// documents are kept and what each needs. What no document needs any more goes. Nothing here is about a person.

import { isSame } from "./addresses.js";

const FILES = "kiosk-files";
const LIST = "kiosk-list";
const MOST_LESSONS = 60;
const MOST_BYTES = 250_000_000;
const PLACE = "/kept?place";

const entryOf = (address) => `/kept?of=${encodeURIComponent(address)}`;
const json = (value) => new Response(JSON.stringify(value), { headers: { "Content-Type": "application/json" } });

/** A kept file or document, or undefined. */
export async function find(address) {
  return (await caches.open(FILES)).match(address);
}

/** Keep an answer under its address. */
export async function put(address, answer) {
  await (await caches.open(FILES)).put(address, answer);
}

/** Every document that is kept: {address, kind, name, language, level, needs, opened, bytes, isReady, isWhole}. */
export async function documents() {
  if (!(await caches.has(LIST))) return [];
  const list = await caches.open(LIST);
  const entries = (await list.keys()).filter((one) => new URL(one.url).searchParams.has("of"));
  const read = await Promise.all(entries.map(async (one) => (await list.match(one))?.json()));
  return read.filter(Boolean).sort((one, other) => other.opened - one.opened);
}

/** Write a document on the list, before its files come: what is on it is not swept away. */
export async function note(document) {
  await (await caches.open(LIST)).put(entryOf(document.address), json(document));
}

/** The language and level that this tablet was last used in. */
export async function place() {
  const found = await (await caches.open(LIST)).match(PLACE);
  return found ? found.json() : { language: "en", level: "full" };
}

/** Remember the language and level. */
export async function notePlace({ language, level }) {
  await (await caches.open(LIST)).put(PLACE, json({ language, level }));
}

/**
 * Which documents may go: old versions of what is here in a newer one, then the lessons opened longest ago, where there
 * are more than `most` allows. Never one that a page in `open` (a set of paths) still shows. Newest first in `kept`.
 */
export function whatMayGo(kept, open, most = { lessons: MOST_LESSONS, bytes: MOST_BYTES }) {
  const isOld = (one, at) => kept.slice(0, at).some((newer) => newer.isReady && isSame(newer, one));
  const old = kept.filter((one, at) => !open.has(one.address) && isOld(one, at));
  let lessons = 0;
  let bytes = 0;
  const tooMany = kept.filter((one) => {
    if (old.includes(one)) return false;
    bytes += one.bytes;
    lessons += one.kind === "lesson" ? 1 : 0;
    return one.kind === "lesson" && !open.has(one.address) && (lessons > most.lessons || bytes > most.bytes);
  });
  return [...old, ...tooMany];
}

/** Let documents go, and with them the files that no other needs. */
export async function letGo(going) {
  if (!going.length) return;
  const list = await caches.open(LIST);
  for (const one of going) await list.delete(entryOf(one.address));
  const needed = new Set((await documents()).flatMap((one) => [one.address, ...one.needs]));
  const files = await caches.open(FILES);
  for (const request of await files.keys()) {
    const { pathname, search } = new URL(request.url);
    if (!needed.has(pathname + search)) await files.delete(request);
  }
}

/** The lessons that can be opened here without a network, each once, the one opened last first. */
export async function lessonsHere() {
  return [...new Set((await documents()).filter((one) => one.kind === "lesson" && one.isReady).map((one) => one.name))];
}

/** The document of a lesson that fits this tablet best: its language and level, else its language, else any. */
export async function lessonHere(name) {
  const all = (await documents()).filter((one) => one.kind === "lesson" && one.isReady && one.name === name);
  const here = await place();
  const sameLanguage = all.filter((one) => one.language === here.language);
  return sameLanguage.find((one) => one.level === here.level) ?? sameLanguage[0] ?? all[0];
}
