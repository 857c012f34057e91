// What is drawn over a page for switches and slow presses: the rings, the way out of a group, the rest, and the fill.
// Its parts and words come from <template id="scan">. It lies in whatever is on top: the body, or an open dialog.

const STEPS = 4;
const AROUND = 11;
const EDGE = 8;
const root = document.documentElement;

const isStill = () => root.dataset.motion === "off" || matchMedia("(prefers-reduced-motion: reduce)").matches;
const pace = (seconds) => ({
  duration: seconds * 1000, fill: "forwards", easing: isStill() ? `steps(${STEPS}, end)` : "linear",
});

function boxAround(elements) {
  const boxes = elements.map((one) => one.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const width = Math.max(...boxes.map((box) => box.right)) - left;
  const height = Math.max(...boxes.map((box) => box.bottom)) - top;
  return { left, top, width, height };
}

function put(part, box, around, base) {
  // What lies at the edge of the screen is ringed within it, as far as it can be seen.
  const within = (value, most) => (value > -around && value < most + around ? Math.max(1, Math.min(value, most - 1)) : value);
  const [left, right] = [box.left - around, box.left + box.width + around].map((x) => within(x, base.width));
  const [top, bottom] = [box.top - around, box.top + box.height + around].map((y) => within(y, base.height));
  const place = [left - base.left, top - base.top, right - left, bottom - top];
  if (part.dataset.place === String(place)) return;
  part.dataset.place = String(place);
  part.style.translate = `${place[0]}px ${place[1]}px`;
  part.style.width = `${place[2]}px`;
  part.style.height = `${place[3]}px`;
}

export class Layer {
  /** The button that leaves a group. */
  out;
  #host;
  #rings;
  #fill;
  #rest;
  #around = { group: [], item: [] };
  #filled = null;
  #frame = 0;

  constructor() {
    this.#host = document.getElementById("scan").content.firstElementChild.cloneNode(true);
    this.#rings = { group: this.#host.querySelector("[data-ring='group']"), item: this.#host.querySelector("[data-ring='item']") };
    this.#fill = this.#host.querySelector(".scan-fill");
    this.#rest = this.#host.querySelector(".scan-rest");
    this.out = this.#host.querySelector(".scan-out");
  }

  /** Lie over the page, or over the dialog that is open. */
  attach() {
    const top = this.scope;
    if (this.#host.parentElement !== top) top.append(this.#host);
  }

  /** What can be reached: an open dialog's things alone, or the page's. */
  get scope() {
    return document.querySelector("dialog[open]") ?? document.body;
  }

  /** Ring these: the group that one is inside of (or none), and the thing, or things, that a press takes. */
  ring(inside, faces, kind) {
    this.attach();
    for (const one of document.querySelectorAll("[data-scanned]")) delete one.dataset.scanned;
    for (const one of faces) one.dataset.scanned = kind;
    this.#around = kind === "group" ? { group: faces, item: [] } : { group: inside, item: faces };
    this.#host.dataset.level = kind === "group" ? "page" : "group";
    this.out.hidden = !inside.length;
    this.#rest.hidden = true;
    this.#follow();
    this.full();
  }

  /** Let the time on the ring run out in so many seconds. */
  drain(seconds) {
    this.full();
    for (const ring of Object.values(this.#rings)) {
      ring.querySelector(".scan-ring__time").animate([{ strokeDashoffset: 0 }, { strokeDashoffset: 1 }], pace(seconds));
    }
  }

  /** All the time is left. */
  full() {
    for (const ring of Object.values(this.#rings)) {
      for (const one of ring.querySelector(".scan-ring__time").getAnimations()) one.cancel();
    }
  }

  /** Nothing is ringed; the way to start again is said. */
  rest() {
    this.ring([], [], "item");
    this.#rest.hidden = false;
  }

  /** Fill this while it is held; with nothing, what was filled is let go. */
  fill(face, seconds) {
    for (const one of this.#fill.getAnimations()) one.cancel();
    this.#filled = face;
    this.#fill.hidden = !face;
    if (!face) return;
    this.attach();
    this.#follow();
    this.#fill.animate([{ scale: "0 1" }, { scale: "1 1" }], pace(seconds));
  }

  /** Pages move under the rings: letters arrive, replies open, a child scrolls. */
  #follow() {
    cancelAnimationFrame(this.#frame);
    const base = this.#host.getBoundingClientRect();
    for (const [kind, faces] of Object.entries(this.#around)) {
      this.#rings[kind].toggleAttribute("hidden", !faces.length);
      if (faces.length) put(this.#rings[kind], boxAround(faces), AROUND, base);
    }
    if (!this.out.hidden) this.#putOut(base);
    if (this.#filled) put(this.#fill, boxAround([this.#filled]), 0, base);
    const isNeeded = this.#filled || this.#around.group.length || this.#around.item.length;
    this.#frame = isNeeded ? requestAnimationFrame(() => this.#follow()) : 0;
  }

  /** The way out stands above the end of the group, where a page is emptiest, and stays in sight. */
  #putOut(base) {
    const group = boxAround(this.#around.group);
    const own = this.out.getBoundingClientRect();
    const end = root.dir === "rtl" ? group.left : group.left + group.width - own.width;
    const within = (value, most) => Math.max(EDGE, Math.min(value, most - EDGE));
    const left = within(end, base.width - own.width) - base.left;
    const top = within(group.top - own.height - AROUND, base.height - own.height) - base.top;
    this.out.style.translate = `${left}px ${top}px`;
  }
}
