// Records one taking of a lesson for the child who is signed in; for a family, which is not, nothing is recorded.
// The ticket says whose answers these are, so they may arrive long after the child has signed out. A lesson opened without
// a network has none yet: its answers carry the pass of the child's visit, and sending.js gets the ticket for it. Who has
// neither is not known, and nothing is recorded: better nobody's answers than the wrong child's.
// What is taken together with a grown-up is recorded as that, with its end and without any answer.

import { all, put, remove } from "./store.js";
import { send } from "./sending.js";
import { visitHere } from "./visits.js";

const LONGEST_PAUSE = 30_000;

export class Recording {
  #about;
  #id;
  #ticket = null;
  #visit = visitHere();
  #late = false;
  #off = false;
  #failures = 0;
  #beginAgain;
  #queued = Promise.resolve();

  /** `id`: this taking, made by the tablet. `beginAgain`: called when it was another child's; nothing more is recorded here. */
  constructor({ lesson, version, level, language, together }, id, beginAgain) {
    this.#about = { lesson, version, level, language, ...(together && { together: true }) };
    this.#id = id;
    this.#beginAgain = beginAgain;
    this.#ask();
    addEventListener("online", () => { if (!this.#ticket) this.#ask(); });
  }

  /** Record one answer, unless it is nobody's alone. */
  answer(answer) {
    if (!this.#about.together) this.#queue({ id: newId(), ...answer });
  }

  /** Record that the end was reached; the same however often it is said. */
  finish() {
    this.#queue({ id: `${this.#id}-end`, finished: true });
  }

  /** Say that somebody is still here, so that a long lesson does not sign its child out. */
  renew() {
    if (this.#ticket) this.#ask();
  }

  #queue(event) {
    if (this.#off) return;
    const item = { id: event.id, attempt: this.#id, ticket: this.#ticket, late: this.#late, event };
    this.#queued = this.#queued.then(() => put(item)).then(send).catch(() => {});
  }

  async #ask() {
    if (this.#late || this.#off) return;
    let answer;
    try {
      answer = await fetch("/lesson-attempts", {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ ...this.#about, id: this.#id }),
      });
    } catch {
      // With a ticket the child was only to be kept signed in.
      return this.#ticket ? undefined : this.#goLate();
    }
    if (answer.status === 409 && !this.#ticket) {
      this.#beginAgain();
      return this.#stop();
    }
    if (answer.status >= 500) return this.#askLater();
    if (this.#ticket) return;
    if (answer.status !== 200) return this.#stop();
    this.#ticket = (await answer.json()).ticket;
    await this.#queued;
    for (const item of await this.#mine()) await put({ ...item, ticket: this.#ticket });
    send();
  }

  /** There is no network: the pass says who opened the lesson, whoever is in front of the tablet when there is one. */
  async #goLate() {
    if (!this.#visit) return this.#stop();
    this.#late = { ...this.#about, id: this.#id, visit: this.#visit };
    await this.#queued;
    for (const item of await this.#mine()) await put({ ...item, late: this.#late });
    send();
  }

  #askLater() {
    this.#failures += 1;
    setTimeout(() => this.#ask(), Math.min(1000 * 2 ** (this.#failures - 1), LONGEST_PAUSE));
  }

  async #stop() {
    this.#off = true;
    await this.#queued;
    // What an earlier opening without a network left has its own pass.
    await remove((await this.#mine()).filter((item) => !item.late).map((item) => item.id));
  }

  async #mine() {
    return (await all()).filter((item) => item.attempt === this.#id && !item.ticket);
  }
}

// What waits from before goes as soon as a lesson is opened.
send();

function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
