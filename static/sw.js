// The one service worker: what a class has opened is on the tablet, and can be opened, seen and heard without a network.
//
// It keeps nothing that passes by. It keeps documents that it is told of (a lesson, a page for when there is no network)
// with everything they name, where the server says that their bytes are for ever and they are asked for without a cookie.
// So nothing of a person can get in. The server joins this file and those it imports into one, /sw.js.

import { documentAt, isFile, lessonBehind, pageInsteadOf } from "./worker/addresses.js";
import { inTurn, keep, tidy } from "./worker/keeping.js";
import { pagesFor } from "./worker/pages.js";
import { partOf } from "./worker/range.js";
import { documents, find, lessonHere, notePlace, place } from "./worker/shelf.js";

const PATIENCE = 10_000;
const PATIENCE_WITH_A_LESSON = 4_000;

/** Keep the pages for when there is no network. Throws where one is not there: such a worker is of no use. */
async function keepPages(where, options) {
  for (const address of Object.values(pagesFor(where))) {
    const kept = await keep(address, options);
    if (!kept?.isReady) throw new Error(`${address} could not be kept`);
  }
}

/** The answer of the kiosk, or an error when it cannot be reached, or not in good time. */
async function ask(request, patience = PATIENCE) {
  let timer;
  const late = new Promise((_, refuse) => { timer = setTimeout(() => refuse(new Error("late")), patience); });
  const answer = await Promise.race([fetch(request), late]).finally(() => clearTimeout(timer));
  // What stands before the kiosk says so when it cannot reach it; the kiosk itself never answers so.
  if (answer.status === 502 || answer.status === 504) throw new Error("unreachable");
  return answer;
}

/** The kiosk's own page for when it cannot be reached. */
async function standIn(path) {
  const name = pageInsteadOf(path);
  const wanted = await find(pagesFor(await place())[name]);
  const any = async () => {
    const other = (await documents()).find((one) => one.kind === "page" && one.name === name);
    return other && find(other.address);
  };
  const page = wanted ?? (await any());
  return page ? new Response(page.body, { status: 503, headers: page.headers }) : Response.error();
}

/** A page that a person asks for. */
async function page(request, { pathname, search }) {
  const kept = documentAt(pathname) && (await find(pathname));
  if (kept) return kept;
  const lesson = lessonBehind(pathname) && (await lessonHere(lessonBehind(pathname)));
  try {
    return await ask(request, lesson ? PATIENCE_WITH_A_LESSON : PATIENCE);
  } catch {
    return lesson ? Response.redirect(lesson.address + search) : standIn(pathname);
  }
}

/** A form that a person sends; it may have arrived, so nobody is told that it did not, but on the page they came from. */
async function sent(request) {
  try {
    return await fetch(request);
  } catch {
    const { pathname } = new URL(request.url);
    return pageInsteadOf(pathname) === "tell" ? standIn(pathname) : Response.redirect(request.referrer, 303);
  }
}

/** A file of a page, from this tablet where it is here. */
async function file(request, { pathname, search }) {
  const kept = await find(pathname + search);
  if (!kept) return fetch(request);
  const range = request.headers.get("Range");
  return range ? partOf(kept, range) : kept;
}

self.addEventListener("install", (event) => {
  const ready = async () => keepPages(await place(), { sound: false, isOpened: true });
  event.waitUntil(inTurn(ready).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim().then(() => inTurn(tidy)));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== self.location.origin) return;
  if (request.mode !== "navigate") {
    if (request.method === "GET" && isFile(address.pathname)) event.respondWith(file(request, address));
  } else if (request.method === "GET") {
    event.respondWith(page(request, address));
  } else if (request.referrer.startsWith(`${self.location.origin}/`)) {
    // A form of another site must not get our own origin by going through here: the browser sends that one itself.
    event.respondWith(sent(request));
  }
});

/** A page says where it is: {type: "here", language, level, address, sound}. */
async function here({ language, level, address, sound }) {
  await notePlace({ language, level });
  // First what somebody is looking at.
  await keep(address, { sound });
  await keepPages({ language, level }, { sound });
  await tidy();
}

/** A page asks for a lesson ahead: {type: "keep-lesson", address}; answered by {type: "kept-lesson", …}. */
async function keepLesson({ address }, reply) {
  let { pathname } = new URL(address, self.location.origin);
  if (!documentAt(pathname) && lessonBehind(pathname)) {
    // Leads to the version of today, in this tablet's language and level.
    pathname = new URL((await fetch(pathname).catch(() => ({ url: self.location.href }))).url).pathname;
  }
  const kept = await keep(pathname, { isOpened: false });
  const { isReady = false, isWhole = false } = kept ?? {};
  reply({ type: "kept-lesson", address, isReady, isWhole });
  await tidy();
}

self.addEventListener("message", (event) => {
  const reply = (answer) => (event.ports[0] ?? event.source)?.postMessage(answer);
  const work = { here, "keep-lesson": keepLesson }[event.data?.type];
  if (work) event.waitUntil(inTurn(() => work(event.data, reply)).catch(() => {}));
});
