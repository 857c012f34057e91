// Everything on a page can be heard. A press on a listen button says its scope, a tap on a word that word alone; with
// "tap to hear" on, a press on anything says it and does nothing else. The player comes when it is first needed.
//   [data-listen]        a listen button; it says the nearest [data-listen-scope]
//   [data-listen-each]   turns "tap to hear" on and off for the page in hand
//   [data-listen-ask]    on pages where nothing speaks unasked: the question that comes before the first sound
//   kiosk:sound          on document: {playing}, when speech begins and when it ends; a scanner waits meanwhile
//   kiosk:shown          on an element that has just come: said at once where the tablet speaks by itself

const root = document.documentElement;
const HEARD = ":is(.passage, span[data-voice])";
const CONTROL = "a[href], button, label, summary, input, select, textarea";
const STATES = { none: "noSound", gone: "noConnection" };

let loading = null;
let player = null;
let isTelling = false;
let mayBeHeardHere = false;
let ask = null;
let waitsForTouch = false;
let turn = 0;

/** The player, or null where the network does not bring it; it is asked for again next time. */
async function getPlayer() {
  loading ??= import("./player.js").catch(() => null);
  player = await loading;
  if (!player) loading = null;
  return player;
}

const isAuto = () => root.dataset.listen === "auto";
const barButton = () => document.querySelector(".bar [data-listen], .foot [data-listen]");

function show(button, state) {
  if (!button) return;
  button.dataset.state = state;
  const status = button.parentElement.querySelector("[data-listen-status]");
  if (status) status.textContent = STATES[state] ? button.dataset[STATES[state]] : "";
}

const isRepeated = ({ dataset }, scope) => scope.querySelectorAll(`span[data-voice="${dataset.voice}"]`).length > 1;

/** The texts in an element that can be seen, each sound once: those in the middle of a page, then those around it. */
function textsIn(scope) {
  const seen = new Set();
  const all = [...scope.querySelectorAll(HEARD)].filter((one) => {
    if (one.parentElement.closest(HEARD) || one.closest(".bar-ground, .foot, button[data-listen]")) return false;
    // A label above says where one is, and one that stands beside each thing of a list says little: neither is said each time.
    if (!one.matches(".passage") && (one.closest(".top") || isRepeated(one, scope))) return false;
    if (!one.checkVisibility() || (one.dataset.voice && seen.has(one.dataset.voice))) return false;
    seen.add(one.dataset.voice);
    return true;
  });
  const inMain = (one) => Boolean(one.closest("main"));
  return [...all.filter(inMain), ...all.filter((one) => !inMain(one))];
}

/** The texts of one thing: those in it, or it. */
function textsOf(thing) {
  if (thing.matches("[data-voice]")) return [thing];
  return [...thing.querySelectorAll(HEARD)].filter((one) => one.checkVisibility() && !one.parentElement.closest(HEARD));
}

/** On *tell*'s pages nothing sounds before a child has said that it may, once a telling. */
function isAllowed() {
  const question = document.querySelector("[data-listen-ask]");
  isTelling ||= Boolean(question);
  return !question || mayBeHeardHere;
}

/** Say texts with a button to show it on; `then` asks first where that is needed. */
async function say(texts, { button = barButton(), part = null, isAsked = true } = {}) {
  if (!isAllowed()) return isAsked ? openQuestion(button, () => say(texts, { button, part })) : undefined;
  hush();
  const mine = turn;
  show(button, "wait");
  const voice = player ?? await getPlayer();
  // Stopped before it began.
  if (mine !== turn) return;
  if (!voice) return show(button, "gone");
  const result = await voice.say(texts, { part, onBegin: () => show(button, "play") });
  if (result === "stopped") return;
  if (result === "refused" && !isAsked) waitsForTouch = true;
  show(button, STATES[result] ? result : "rest");
}

/** Stop whatever is being said, on any page. */
export function hush() {
  turn += 1;
  player?.hush();
  for (const button of document.querySelectorAll("button[data-listen]")) show(button, "rest");
}

/** Say everything in the button's scope; a second press stops it. */
export function listen(button, { isAsked = true } = {}) {
  const isOn = ["wait", "play"].includes(button.dataset.state);
  hush();
  if (isOn) return undefined;
  return say(textsIn(button.closest("[data-listen-scope]") ?? document.body), { button, isAsked });
}

/** Say one thing by itself, quietly, as the cue of a scanner; resolves when it is over, true if it was heard. */
export async function sayOnly(thing) {
  if (!isAllowed() || player?.isSpeaking()) return false;
  const voice = player ?? await getPlayer();
  return (await voice?.say(textsOf(thing), { isCue: true })) === "said";
}

/** Stop a scanner's cue, and nothing else. */
export function hushCue() {
  if (player && !player.isSpeaking()) player.hush();
}

function listenByItself() {
  waitsForTouch = false;
  const button = barButton();
  isAllowed();
  if (isAuto() && !isTelling && button && !document.hidden) listen(button, { isAsked: false });
}

function openQuestion(button, then) {
  const question = document.querySelector("[data-listen-ask]");
  ask = { question, button, then };
  question.hidden = false;
  // Not one of its answers: a key that is held down must not give it.
  question.focus();
}

function closeQuestion(isYes) {
  const { question, button, then } = ask;
  ask = null;
  mayBeHeardHere ||= isYes;
  question.hidden = true;
  button?.focus({ preventScroll: true });
  if (isYes) then();
}

function turnEach(isOn) {
  document.body.toggleAttribute("data-hears-each", isOn);
  for (const one of document.querySelectorAll("[data-listen-each]")) one.setAttribute("aria-pressed", String(isOn));
}

/** With "tap to hear" on, a press on anything in the middle says it, and does nothing else. */
function hearInstead(event) {
  if (!document.body.hasAttribute("data-hears-each")) return;
  const control = event.target.closest?.(CONTROL);
  if (!control?.closest("main") || control.matches("[data-listen]")) return;
  const thing = control.closest("label") ?? control.labels?.[0] ?? control;
  event.preventDefault();
  event.stopImmediatePropagation();
  const texts = textsOf(thing);
  thing.classList.toggle("is-silent", !texts.length);
  say(texts);
}

/** A tap on a word says it alone, with the others under its symbol. A key cannot: hundreds of stops would drown it. */
function hearWord(target) {
  const part = target.closest?.(".word");
  const text = target.closest?.(part ? ".passage" : "span[data-voice]:not(.passage)");
  if (text && getSelection().isCollapsed) say([text], { part });
  return Boolean(text);
}

function press(event) {
  const at = event.target;
  const answer = at.closest?.("[data-listen-answer]");
  const button = at.closest?.("button[data-listen]");
  const each = at.closest?.("[data-listen-each]");
  if (answer && ask) closeQuestion(answer.dataset.listenAnswer === "yes");
  else if (button) listen(button);
  else if (each) turnEach(each.getAttribute("aria-pressed") !== "true");
  else if (at.closest?.(".button--tell")) hush();
  else if (!at.closest?.(CONTROL) && event.pointerType && !hearWord(at) && waitsForTouch) listenByItself();
}

/** What is about to be asked for comes a finger's press early. */
function prepare(event) {
  const button = event.target.closest?.("button[data-listen]");
  const text = event.target.closest?.(".passage");
  if (!button && !text) return;
  const texts = button ? textsIn(button.closest("[data-listen-scope]") ?? document.body).slice(0, 2) : [text];
  getPlayer().then((voice) => voice?.preload(texts));
}

document.addEventListener("pointerdown", prepare, { passive: true });
document.addEventListener("click", hearInstead, true);
document.addEventListener("click", press);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && ask) closeQuestion(false);
});
document.addEventListener("kiosk:screen", () => {
  hush();
  ask = null;
  turnEach(false);
  listenByItself();
});
document.addEventListener("kiosk:shown", (event) => {
  isAllowed();
  if (isAuto() && !isTelling) say(textsOf(event.target), { isAsked: false });
});
document.addEventListener("visibilitychange", () => { if (document.hidden) hush(); });
addEventListener("pagehide", hush);
// Headphones that are pulled out, or a tablet that shall not speak by itself any more.
navigator.mediaDevices?.addEventListener?.("devicechange", hush);
new MutationObserver(() => { if (!isAuto()) hush(); }).observe(root, { attributeFilter: ["data-listen"] });

const whenIdle = globalThis.requestIdleCallback ?? ((then) => setTimeout(then, 200));
if (document.readyState === "complete") whenIdle(listenByItself);
else addEventListener("load", () => whenIdle(listenByItself));
