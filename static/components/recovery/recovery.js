/*
Makes the recovery key in the head's browser, shows it on two sheets to print, has one line of each typed back,
and only then lets the form post: the public key alone. Nothing private has a name in the form, and it is
wiped from the page before the post. What a sheet holds is written in kiosk/features/concerns/keys.py.

Attaches to every form with [data-recovery]; needs a secure context with WebCrypto. Inside the form:
  [data-recovery-unable]              shown until the module has attached: this browser cannot make the key
  [data-recovery-failed]              hidden; shown if making the key failed
  [data-recovery-step=make|print|check]  hidden; the three steps, each with a heading
  [data-recovery-make]                button: make the key, go on to the sheets
  [data-recovery-sheet=A|B]           one a printed page; whatever else it should say is the page's
  [data-recovery-key], [data-recovery-lines]  inside each sheet: filled with the key's id and four list items
  [data-recovery-print]               button: the browser's print dialogue
  [data-recovery-printed]             button: hide the sheets, ask for one line of each
  [data-recovery-again]               button: back to the sheets
  [data-recovery-asked=A|B]           filled with the number of the line that is asked for
  input[data-recovery-typed=A|B]      where it is typed; without a name
  [data-recovery-mistyped=A|B]        hidden; shown when it is not that line
  input[data-recovery-public]         hidden field, empty: the public key as base64url of 65 bytes
Only the submit button of the last step submits; all others have type="button". recovery.css must be loaded.

<form method="post" action="/recovery" class="stack" data-recovery>
  <p data-recovery-unable>This page needs scripts, a secure address (https) and a browser of the last few years.</p>
  <p data-recovery-failed role="alert" hidden>The key could not be made. Please load this page again.</p>
  <section data-recovery-step="make" class="stack" hidden>
    <h2>Make the recovery key</h2>
    <p>It opens concerns when every passphrase is lost. It is printed on two sheets, for two people to keep.</p>
    <button type="button" class="button button--next" data-recovery-make>Make the key</button>
  </section>
  <section data-recovery-step="print" class="stack" hidden>
    <h2>Print both sheets</h2>
    <div class="recovery-sheets">
      <article class="recovery-sheet" data-recovery-sheet="A">
        <h3>Recovery sheet A, Oakfield School</h3>
        <p>Key <span data-recovery-key></span></p>
        <ol class="recovery-lines" data-recovery-lines></ol>
        <p>For the headteacher. Keep it sealed and locked away, never with sheet B.</p>
      </article>
      <article class="recovery-sheet" data-recovery-sheet="B">
        <h3>Recovery sheet B, Oakfield School</h3>
        <p>Key <span data-recovery-key></span></p>
        <ol class="recovery-lines" data-recovery-lines></ol>
        <p>For the holder outside the school. Keep it sealed and locked away, never with sheet A.</p>
      </article>
    </div>
    <p class="row">
      <button type="button" class="button button--next" data-recovery-print>Print</button>
      <button type="button" class="button" data-recovery-printed>Both sheets are on paper</button>
    </p>
  </section>
  <section data-recovery-step="check" class="stack" hidden>
    <h2>Type one line of each sheet</h2>
    <p>
      <label for="recovery-a">Sheet A, line <span data-recovery-asked="A"></span></label>
      <input id="recovery-a" class="recovery-typed" data-recovery-typed="A" aria-describedby="recovery-a-problem">
      <span id="recovery-a-problem" data-recovery-mistyped="A" hidden>This is not that line of sheet A. Look at the number before the line.</span>
    </p>
    <p>
      <label for="recovery-b">Sheet B, line <span data-recovery-asked="B"></span></label>
      <input id="recovery-b" class="recovery-typed" data-recovery-typed="B" aria-describedby="recovery-b-problem">
      <span id="recovery-b-problem" data-recovery-mistyped="B" hidden>This is not that line of sheet B. Look at the number before the line.</span>
    </p>
    <input type="hidden" name="public_key" value="" data-recovery-public>
    <p class="row">
      <button class="button button--next">Use this key</button>
      <button type="button" class="button" data-recovery-again>Show the sheets again</button>
    </p>
  </section>
</form>
*/

const LETTERS = ["A", "B"];
const LINES = 4;
const LINE_BYTES = 8;
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const toBase64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const fromBase64url = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const asTyped = (text) =>
  text.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");

async function lineOf(letter, number, part) {
  const label = new TextEncoder().encode(`e-safety-kiosk recovery sheet 1${letter}${number}`);
  const checkCode = (await sha256(new Uint8Array([...label, ...part]))).slice(0, 2);
  const value = [...part, ...checkCode].reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let line = "";
  for (let shift = 75n; shift >= 0n; shift -= 5n) line += CROCKFORD[Number((value >> shift) & 31n)];
  return line.match(/.{4}/g).join(" ");
}

function linesOf(letter, half) {
  const parts = Array.from({ length: LINES }, (_, at) => half.slice(at * LINE_BYTES, (at + 1) * LINE_BYTES));
  return Promise.all(parts.map((part, at) => lineOf(letter, at + 1, part)));
}

/** A new key pair: its public half, its id, and the lines of both sheets. */
async function makeKey() {
  const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const scalar = fromBase64url((await crypto.subtle.exportKey("jwk", pair.privateKey)).d);
  const halfA = crypto.getRandomValues(new Uint8Array(LINES * LINE_BYTES));
  if (scalar.length !== halfA.length || raw.length !== 65) throw new Error("A key of an unknown form");
  const halfB = halfA.map((byte, at) => byte ^ scalar[at]);
  const sheets = { A: await linesOf("A", halfA), B: await linesOf("B", halfB) };
  for (const bytes of [scalar, halfA, halfB]) bytes.fill(0);
  const id = [...await sha256(raw)].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 20);
  return { publicKey: toBase64url(raw), id, sheets };
}

function attach(form) {
  const find = (name, value) => form.querySelector(value ? `[data-recovery-${name}="${value}"]` : `[data-recovery-${name}]`);
  const all = (name) => [...form.querySelectorAll(`[data-recovery-${name}]`)];
  const posted = find("public");
  let key = null;
  let asked = {};

  function show(step) {
    for (const one of all("step")) one.hidden = one.dataset.recoveryStep !== step;
    const heading = find("step", step).querySelector("h1, h2, h3");
    heading.tabIndex = -1;
    // Not on arrival: there the page's own beginning comes first.
    if (key) heading.focus();
  }

  // A script cannot overwrite its strings; it can leave nothing that refers to them.
  function wipe() {
    key = null;
    asked = {};
    for (const one of [...all("lines"), ...all("key"), ...all("asked")]) one.replaceChildren();
    for (const one of all("typed")) {
      one.value = "";
      one.removeAttribute("aria-invalid");
    }
    for (const one of all("mistyped")) one.hidden = true;
  }

  function startAgain() {
    wipe();
    posted.value = "";
    show("make");
  }

  function fillSheets() {
    for (const letter of LETTERS) {
      const sheet = find("sheet", letter);
      sheet.querySelector("[data-recovery-key]").textContent = key.id.match(/.{4}/g).join(" ");
      sheet.querySelector("[data-recovery-lines]").replaceChildren(...key.sheets[letter].map((line) => {
        const item = document.createElement("li");
        item.textContent = line;
        return item;
      }));
    }
  }

  function ask() {
    for (const letter of LETTERS) {
      asked[letter] = crypto.getRandomValues(new Uint8Array(1))[0] % LINES;
      find("asked", letter).textContent = asked[letter] + 1;
      find("typed", letter).value = "";
      tellMistyped(letter, false);
    }
    show("check");
  }

  function tellMistyped(letter, isMistyped) {
    find("mistyped", letter).hidden = !isMistyped;
    const field = find("typed", letter);
    if (isMistyped) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  async function make() {
    const button = find("make");
    button.disabled = true;
    try {
      key = await makeKey();
      fillSheets();
      show("print");
    } catch {
      find("failed").hidden = false;
    }
    button.disabled = false;
  }

  form.addEventListener("submit", (event) => {
    if (!key || find("step", "check").hidden) {
      event.preventDefault();
      return;
    }
    const mistyped = LETTERS.filter((letter) => {
      const isMistyped = asTyped(find("typed", letter).value) !== asTyped(key.sheets[letter][asked[letter]]);
      tellMistyped(letter, isMistyped);
      return isMistyped;
    });
    if (mistyped.length) {
      event.preventDefault();
      find("typed", mistyped[0]).focus();
      return;
    }
    posted.value = key.publicKey;
    wipe();
  });
  find("make").addEventListener("click", make);
  find("print").addEventListener("click", () => print());
  find("printed").addEventListener("click", ask);
  find("again").addEventListener("click", () => show("print"));

  // Translation and spelling services send a page's text away; a name would send a line with the form.
  for (const sheet of all("sheet")) sheet.translate = false;
  for (const field of all("typed")) {
    field.removeAttribute("name");
    Object.assign(field, { autocomplete: "off", spellcheck: false, autocapitalize: "characters" });
  }
  addEventListener("beforeunload", (event) => { if (key) event.preventDefault(); });
  addEventListener("pagehide", startAgain);
  find("unable").hidden = true;
  startAgain();
}

if (globalThis.isSecureContext && globalThis.crypto?.subtle) {
  for (const form of document.querySelectorAll("form[data-recovery]")) attach(form);
}
