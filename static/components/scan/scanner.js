// The one scanner of the kiosk. A ring goes from group to group; a press enters one, goes from thing to thing, takes
// one, or leaves by the last. One switch: the ring goes by itself. Two: one steps, the other takes.

import { hush, say } from "./cue.js";
import { faceOf, groupsIn, isTyped } from "./groups.js";

const ROUNDS = 3;
const FIRST = 1.5;
const FLASH = 200;
const root = document.documentElement;

export class Scanner {
  /** The field that is written in since a switch entered it, or null. */
  field = null;
  #layer;
  #stops = [];
  #inside = null;
  #at = 0;
  #rounds = 0;
  #isResting = false;
  #pauses = new Set();
  #timer = 0;
  #turn = 0;

  constructor(layer) {
    this.#layer = layer;
  }

  get #isAutomatic() { return root.dataset.scan === "one"; }

  get #seconds() { return (Number(root.dataset.pace) || 2) * (this.#at === 0 ? FIRST : 1); }

  /** What is seen of the thing, or the first of the things, that a press takes. */
  get face() {
    return this.#isResting ? null : (this.#faces[0] ?? null);
  }

  get #faces() { return (this.#stops[this.#at]?.items ?? []).map(faceOf); }

  /** Begin at the top of main. */
  restart() {
    this.#turn += 1;
    this.field = null;
    this.#inside = null;
    this.#isResting = false;
    this.#begin();
  }

  /** Wait while there is a reason to, such as speech. */
  pause(reason, isOn) {
    if (this.#pauses.has(reason) === isOn) return;
    if (isOn) this.#pauses.add(reason);
    else this.#pauses.delete(reason);
    if (!this.#isResting && this.#stops.length) this.#dwell();
  }

  /** On to the next, or out of the rest. */
  step() {
    if (this.#isResting) this.#wake();
    else if (this.field) this.#leaveField();
    else this.#move();
  }

  /** Take what the ring stands on. */
  select() {
    if (this.#isResting) return this.#wake();
    if (this.field) return this.#leaveField();
    const stop = this.#stops[this.#at];
    if (!stop || this.#isGuarded) return;
    this.#rounds = 0;
    if (stop.isOut) this.#leave();
    else if (stop.items.length > 1) this.#enter(stop);
    else this.#act(stop.items[0]);
  }

  get #isGuarded() { return this.#stops[this.#at]?.items.some((item) => item.closest(".is-guarded")); }

  /** Look again at what is there; what the ring stood on is found again wherever it is now. */
  #look() {
    const stoodOn = this.#stops[this.#at]?.items[0];
    const groups = groupsIn(this.#layer.scope, root.dataset.cue === "on");
    const isAlone = groups.length === 1 && groups[0].items.length > 1;
    const wasInside = this.#inside?.items ?? [];
    const inside = isAlone ? groups[0] : groups.find(({ items }) => items.some((one) => wasInside.includes(one)));
    if (this.#inside && !inside) this.#at = 0;
    this.#inside = inside?.items.length > 1 ? inside : null;
    this.#stops = this.#inside ? this.#inside.items.map((item) => ({ items: [item] })) : groups;
    if (this.#inside && !isAlone) this.#stops.push({ items: [this.#layer.out], isOut: true });
    const found = this.#stops.findIndex(({ items }) => items.includes(stoodOn));
    if (found >= 0) this.#at = found;
  }

  #begin() {
    this.#stops = [];
    this.#at = 0;
    this.#rounds = 0;
    this.#look();
    this.#show();
  }

  #move() {
    this.#look();
    this.#at += 1;
    if (this.#at >= this.#stops.length) {
      this.#at = 0;
      this.#rounds += 1;
    }
    if (this.#isAutomatic && this.#rounds >= ROUNDS) this.#rest();
    else this.#show();
  }

  #goOn(after) {
    this.#at = after + 1 < this.#stops.length ? after + 1 : 0;
    this.#rounds = 0;
    this.#show();
  }

  #show() {
    clearTimeout(this.#timer);
    const stop = this.#stops[this.#at];
    if (!stop) {
      // An empty page, or one that is not there yet.
      this.#layer.ring([], [], "item");
      this.#timer = setTimeout(() => this.restart(), 500);
      return;
    }
    const faces = this.#faces;
    const kind = stop.items.length > 1 ? "group" : "item";
    const hasOut = this.#stops.at(-1).isOut;
    this.#layer.ring(hasOut ? this.#inside.items.map(faceOf) : [], faces, kind);
    if (!stop.isOut) {
      faces.at(-1).scrollIntoView({ block: "nearest" });
      faces[0].scrollIntoView({ block: "nearest" });
    }
    // A field opens the tablet's own keyboard: not while the ring only passes by.
    if (kind === "item" && !isTyped(stop.items[0])) stop.items[0].focus({ preventScroll: true });
    const isCued = root.dataset.cue === "on" && !this.#pauses.size;
    this.#dwell(isCued ? say(faces, kind) : null);
  }

  /** Stand here for its time, and as long as the cue speaks or the page does not let presses count yet. */
  #dwell(cue = null) {
    clearTimeout(this.#timer);
    this.#layer.full();
    if (!this.#isAutomatic || this.#pauses.size || this.field || this.#isResting) return;
    if (this.#isGuarded) {
      this.#timer = setTimeout(() => this.#dwell(cue), 100);
      return;
    }
    const turn = this.#turn;
    const stop = this.#stops[this.#at];
    this.#layer.drain(this.#seconds);
    this.#timer = setTimeout(async () => {
      await cue;
      if (turn === this.#turn && stop === this.#stops[this.#at] && !this.#pauses.size) this.#move();
    }, this.#seconds * 1000);
  }

  #enter(group) {
    this.#inside = group;
    this.#begin();
  }

  /** Out of a group: the ring goes on with the one after it. */
  #leave() {
    const left = this.#inside.items[0];
    this.#inside = null;
    this.#stops = [];
    this.#look();
    this.#goOn(this.#stops.findIndex(({ items }) => items.includes(left)));
  }

  #act(item) {
    const turn = this.#turn;
    const face = faceOf(item);
    hush();
    face.classList.add("is-pressed");
    setTimeout(() => face.classList.remove("is-pressed"), FLASH);
    if (isTyped(item)) {
      this.field = item;
      item.focus();
      this.#dwell();
      return;
    }
    if (item instanceof HTMLSelectElement) nextOption(item);
    else item.click();
    // The press may have turned the page, which began again by itself.
    if (turn !== this.#turn) return;
    const stays = this.#inside?.stays || item.type === "checkbox" || item instanceof HTMLSelectElement;
    if (this.#stops.at(-1).isOut && !stays) return this.#leave();
    this.#look();
    this.#goOn(this.#at);
  }

  #leaveField() {
    const field = this.field;
    this.field = null;
    field.blur();
    this.#look();
    this.#goOn(this.#at);
  }

  #rest() {
    clearTimeout(this.#timer);
    this.#isResting = true;
    hush();
    this.#layer.rest();
  }

  #wake() {
    this.#isResting = false;
    this.#begin();
  }
}

/** A list of one line has no buttons of its own: each press takes its next entry. */
function nextOption(list) {
  list.selectedIndex = (list.selectedIndex + 1) % list.options.length;
  for (const type of ["input", "change"]) list.dispatchEvent(new Event(type, { bubbles: true }));
}
