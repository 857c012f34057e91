// Sends queued answers to the school: again and again, with growing pauses, until each has arrived or never can.
// The server keeps an answer once, however often it comes, so sending twice is safe and losing is not.

import { all, put, remove } from "./store.js";

const BATCH = 50;
const LONGEST_PAUSE = 60_000;

const tickets = new Map();
let busy = null;
let again = false;
let failures = 0;
let timer = 0;

/** Send what waits; quiet when there is nothing. Calls that come meanwhile are one more round. */
export function send() {
  if (busy) {
    again = true;
    return busy;
  }
  clearTimeout(timer);
  busy = round().finally(() => {
    busy = null;
    if (again) {
      again = false;
      send();
    }
  });
  return busy;
}

async function round() {
  for (const item of await all()) if (item.late && !item.ticket && !(await getTicket(item))) return later();
  const byTicket = new Map();
  for (const item of await all()) {
    if (!item.ticket) continue;
    if (!byTicket.has(item.ticket)) byTicket.set(item.ticket, []);
    byTicket.get(item.ticket).push(item);
  }
  for (const [ticket, items] of byTicket) {
    for (let from = 0; from < items.length; from += BATCH) {
      if (!(await deliver(ticket, items.slice(from, from + BATCH)))) return later();
    }
  }
  failures = 0;
}

/** Get the ticket of an answer that was given without a network; false when it is worth trying later. */
async function getTicket(item) {
  if (!tickets.has(item.attempt)) {
    let answer;
    try {
      answer = await fetch("/lesson-attempts", {
        method: "POST",
        credentials: "omit",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(item.late),
      });
    } catch {
      return false;
    }
    if (answer.status >= 500 || answer.status === 429 || answer.status === 403) return false;
    // Refused: the pass is too old, or not this school's.
    tickets.set(item.attempt, answer.status === 200 ? (await answer.json()).ticket : null);
  }
  const ticket = tickets.get(item.attempt);
  if (ticket) await put({ ...item, ticket, late: false });
  else await remove([item.id]);
  return true;
}

/** Deliver one batch; false when it is worth trying later. */
async function deliver(ticket, items) {
  let answer;
  try {
    answer = await fetch("/lesson-events", {
      method: "POST",
      credentials: "omit",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ticket, events: items.map((item) => item.event) }),
      keepalive: true,
    });
  } catch {
    return false;
  }
  if (answer.status >= 500 || answer.status === 429 || answer.status === 403) return false;
  // Refused: one of them can never be kept. The others still can, so each goes by itself.
  if (!answer.ok && answer.status !== 404 && items.length > 1) {
    for (const item of items) if (!(await deliver(ticket, [item]))) return false;
    return true;
  }
  await remove(items.map((item) => item.id));
  return true;
}

function later() {
  failures += 1;
  const pause = Math.min(1000 * 2 ** (failures - 1), LONGEST_PAUSE);
  timer = setTimeout(send, pause * (0.75 + Math.random() / 2));
}

addEventListener("online", send);
document.addEventListener("visibilitychange", send);
