// Which presses count: those held long enough, and not those that come too soon after another.

const root = document.documentElement;
const seconds = (name) => Number(root.dataset[name]) || 0;

export class Gate {
  #layer;
  #last;
  #timer = 0;
  #isFull = false;

  constructor(layer) {
    this.#layer = layer;
    // The press that opened this page may still be trembling.
    this.#last = performance.now();
  }

  get hold() { return seconds("hold"); }

  get isTooSoon() { return performance.now() - this.#last < seconds("repeat") * 1000; }

  /** Whether what is held has been held long enough. */
  get isFull() { return this.#isFull; }

  /** Begin a press on something that is seen there; `act` comes when it has been held long enough. */
  press(face, act = () => {}) {
    const isTooSoon = this.isTooSoon;
    this.release();
    if (isTooSoon) return;
    const held = () => {
      this.#isFull = true;
      this.#last = performance.now();
      act();
    };
    if (!this.hold) {
      held();
      return;
    }
    this.#layer.fill(face, this.hold);
    this.#timer = setTimeout(held, this.hold * 1000);
  }

  /** Let go: a press that was too short is none, and the next counts from here. */
  release() {
    clearTimeout(this.#timer);
    this.#layer.fill(null);
    if (this.#isFull) this.#last = performance.now();
    this.#isFull = false;
  }
}
