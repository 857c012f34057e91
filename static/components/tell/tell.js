// Makes *tell* one entry in the history and its pages quick; everything works without it.
// It keeps nothing: no storage, no cookie, no address. What was put in stands in the form, and goes when the page goes.
//   form[data-tell]            sent by fetch; the answer takes the page's place
//   [data-tell-id]             the random id of this sending, made when it is sent and kept for another try
//   [data-tell-unsent]         shown where the network failed: what was told is still in the form
//   [data-tell-most]           on the words: how many characters; on the sentence: how many symbols
//   [data-tell-leave]          leaves without a way back to here

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const SENDS = ["send", "yes"];
const formOf = () => document.querySelector("form[data-tell]");
let busy = false;

function newId() {
  return [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => LETTERS[byte & 31]).join("");
}

/** Show another page of *tell* in the place of this one. */
function show(html) {
  const next = new DOMParser().parseFromString(html, "text/html");
  document.title = next.title;
  document.body.replaceWith(document.adoptNode(next.body));
  document.getElementById("main")?.focus({ preventScroll: true });
  scrollTo(0, 0);
  document.body.dispatchEvent(new CustomEvent("kiosk:screen", { bubbles: true }));
}

function showUnsent() {
  const notice = document.querySelector("[data-tell-unsent]");
  if (!notice) return;
  notice.hidden = false;
  notice.scrollIntoView({ block: "nearest" });
}

function tellTooLong(isTooLong) {
  const notice = document.querySelector("[data-tell-too-long]");
  if (notice) notice.hidden = !isTooLong;
}

/** Whether the words can go; the same length that the server allows. */
function fits(form) {
  const words = form.querySelector("textarea[data-tell-most]");
  const isTooLong = Boolean(words) && [...words.value].length > Number(words.dataset.tellMost);
  tellTooLong(isTooLong);
  if (isTooLong) words.focus();
  return !isTooLong;
}

async function post(form, button) {
  if (busy) return;
  if (button?.value === "send" && !fits(form)) return;
  const id = form.querySelector("[data-tell-id]");
  if (id && !id.value && SENDS.includes(button?.value)) id.value = newId();
  const fields = new URLSearchParams(new FormData(form));
  if (button?.name) fields.append(button.name, button.value);
  busy = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields, cache: "no-store", redirect: "follow" });
    const isPage = (answer.headers.get("Content-Type") ?? "").startsWith("text/html");
    if (answer.status === 413) tellTooLong(true);
    else if (isPage && (answer.ok || [404, 422, 503].includes(answer.status))) show(await answer.text());
    else showUnsent();
  } catch {
    showUnsent();
  } finally {
    busy = false;
  }
}

/** A symbol of the board, put at the end of the sentence without asking the server. */
function add(button) {
  const sentence = document.querySelector("[data-tell-sentence]");
  const most = Number(sentence.closest("[data-tell-most]").dataset.tellMost);
  const isFull = sentence.children.length >= most;
  document.querySelector("[data-tell-full]").hidden = !isFull;
  if (isFull) return;
  const item = document.createElement("li");
  const word = button.querySelector("span").textContent.trim();
  const said = document.createElement("span");
  said.className = "passage";
  said.dataset.voice = button.dataset.voice;
  word.split(/\s+/).forEach((one, index) => {
    const part = document.createElement("span");
    part.dataset.word = String(index);
    part.textContent = one;
    said.append(index ? " " : "", part);
  });
  const carried = document.createElement("input");
  Object.assign(carried, { type: "hidden", name: "symbol", value: button.value.slice("add.".length) });
  item.append(button.querySelector("svg").cloneNode(true), said, carried);
  sentence.append(item);
  noteTaking(sentence);
  forgetId(sentence);
}

/** While there is nothing to take back, whoever steps from thing to thing is not stopped by it. */
function noteTaking(sentence) {
  document.querySelector("[data-tell-take-back]").ariaDisabled = String(!sentence.children.length);
}

/** What was put in goes on under the same id only while it is the same. */
function forgetId(where) {
  const id = where.closest?.("form[data-tell]")?.querySelector("[data-tell-id]");
  if (id) id.value = "";
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-tell]")) return;
  event.preventDefault();
  const button = event.submitter;
  if (button?.value.startsWith("add.")) add(button);
  else if (button?.matches("[data-tell-take-back]")) {
    const sentence = document.querySelector("[data-tell-sentence]");
    sentence.lastElementChild?.remove();
    noteTaking(sentence);
    document.querySelector("[data-tell-full]").hidden = true;
    forgetId(form);
  } else post(form, button);
});

document.addEventListener("input", (event) => forgetId(event.target));

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-tell-leave]");
  if (!link) return;
  event.preventDefault();
  location.replace(link.href);
});

// Nothing of it is kept for the Back button, whatever the browser keeps of pages.
addEventListener("pagehide", () => {
  if (formOf()) document.body.replaceChildren();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
