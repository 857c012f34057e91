// What an address of the kiosk is, to the worker and to the pages that ask what this tablet has.

const LESSON = /^\/lesson\/([a-z0-9-]+)\/[0-9a-f]{12}\/([A-Za-z-]+)\/(full|simple|symbols)(?:\/[a-z0-9_-]+)?$/;
const PAGE = /^\/offline\/(away|tell|adult)\/[0-9a-f]{12}\/([A-Za-z-]+)\/(full|simple|symbols)$/;
const FILE = /^\/(static|style|font|symbols|lesson-symbols|voice)\//;
const LEADS_TO_LESSON = /^\/learn\/([a-z0-9-]+)$/;
const SOUND = /^\/voice\/[0-9a-f]+\.(mp3|json)$/;

/** What may be kept: a lesson's document, or a page for when there is no network. Null for anything else. */
export function documentAt(path) {
  const lesson = LESSON.exec(path);
  if (lesson) return { kind: "lesson", name: lesson[1], language: lesson[2], level: lesson[3] };
  const page = PAGE.exec(path);
  return page && { kind: "page", name: page[1], language: page[2], level: page[3] };
}

/** Whether two documents are versions of the same thing. */
export function isSame(one, other) {
  return ["kind", "name", "language", "level"].every((part) => one[part] === other[part]);
}

/** Whether an address is a file of a page: the same bytes for as long as it is the same address. */
export const isFile = (path) => FILE.test(path);

/** Whether it is heard: a sound, or when its words are spoken. */
export const isSound = (path) => SOUND.test(path);

/** The lesson that an address leads to, whichever version, or undefined. */
export const lessonBehind = (path) => (LEADS_TO_LESSON.exec(path) ?? LESSON.exec(path))?.[1];

/** Which page stands in for one that cannot be had: a child who wants to tell, an adult, or anybody. */
export function pageInsteadOf(path) {
  if (/^\/tell(\/|$)/.test(path)) return "tell";
  return /^\/(staff|desk|welcome|recovery|readers)(\/|$)/.test(path) ? "adult" : "away";
}
