// Keeps a document with everything it needs: what it shows first, then what it says, a few at a time.

import { documentAt, isSound } from "./addresses.js";
import { mayNeed, needsOf } from "./needs.js";
import { documents, find, letGo, note, put, whatMayGo } from "./shelf.js";

const AT_A_TIME = 2;
const MOST_SILENT = 4;

/** Do one thing after the other, whichever worker does it: a new one begins while the old one is still at work. */
let last = Promise.resolve();
export function inTurn(work) {
  if (navigator.locks) return navigator.locks.request("kiosk-kept", work);
  const done = last.then(work);
  last = done.catch(() => {});
  return done;
}

/** The paths of the pages that are open on this tablet. */
export async function openPages() {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return new Set(windows.map((one) => new URL(one.url).pathname));
}

/** Let go of what is old, or too much. */
export async function tidy() {
  await letGo(whatMayGo(await documents(), await openPages()));
}

/** Room for more: the lesson opened longest ago goes. False when there is none to go. */
async function makeRoom(but) {
  const open = await openPages();
  const lessons = (await documents()).filter((one) => one.kind === "lesson" && one.address !== but && !open.has(one.address));
  await letGo(lessons.slice(-1));
  return lessons.length > 0;
}

/** Fetch one file and keep it. Only what the server calls the same for ever, and gives to anybody, is kept. */
async function fetchToKeep(address, but) {
  const answer = await fetch(address, { credentials: "omit" });
  const isForEver = /\bimmutable\b/.test(answer.headers.get("Cache-Control") ?? "");
  if (answer.status !== 200 || answer.redirected || !isForEver) return null;
  for (;;) {
    try {
      await put(address, answer.clone());
      return answer;
    } catch (error) {
      if (error.name !== "QuotaExceededError" || !(await makeRoom(but))) throw error;
    }
  }
}

class Gathering {
  bytes = 0;
  missing = 0;
  silent = 0;

  /** `needs`: what was known of it before. */
  constructor({ address, needs }) {
    this.address = address;
    this.needs = new Set(needs);
  }

  /** Keep one file, and note what it needs. */
  async take(path) {
    const kept = (await find(path)) ?? (await fetchToKeep(path, this.address));
    if (!kept) {
      this.missing += 1;
      return;
    }
    this.bytes += Number(kept.headers.get("Content-Length")) || 0;
    const type = kept.headers.get("Content-Type") ?? "";
    if (!mayNeed(type)) return;
    for (const need of needsOf(await kept.text(), type, path)) this.needs.add(need);
  }

  /** Everything but the sounds; what is found on the way too. */
  async takeWhatIsShown() {
    await this.take(this.address);
    // A Set hands out what is added to it while it is walked through.
    for (const path of this.needs) if (!isSound(path)) await this.take(path);
  }

  /** The sounds, a few at a time. Where several are not there, none has been made yet: another time, then. */
  async takeWhatIsSaid() {
    const sounds = [...this.needs].filter(isSound);
    const work = async () => {
      while (sounds.length && this.silent < MOST_SILENT) {
        const before = this.missing;
        await this.take(sounds.shift());
        if (this.missing > before) this.silent += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    this.missing += sounds.length;
  }
}

/**
 * Keep the document at an address, and say how it went; null for an address that nothing is kept of. `sound: false`
 * leaves its sounds for another time. Never throws: what did not come is fetched the next time it is asked for.
 */
export async function keep(address, { sound = true, isOpened = true } = {}) {
  const about = documentAt(address);
  if (!about) return null;
  const before = (await documents()).find((one) => one.address === address);
  const kept = { address, ...about, needs: [], bytes: 0, opened: 0, isReady: false, isWhole: false, ...before };
  if (isOpened || !before) kept.opened = Date.now();
  const gathering = new Gathering(kept);
  try {
    await note(kept);
    if (kept.isWhole) return kept;
    await gathering.takeWhatIsShown();
    kept.isReady = gathering.missing === 0;
    kept.needs = [...gathering.needs];
    await note(kept);
    if (sound) await gathering.takeWhatIsSaid();
    Object.assign(kept, { bytes: gathering.bytes, isWhole: sound && gathering.missing === 0 });
    await note(kept);
  } catch {
    // No network, or no room: what is here is of use, and the rest comes another time.
    kept.needs = [...gathering.needs];
    await note(kept).catch(() => {});
  }
  return kept;
}
