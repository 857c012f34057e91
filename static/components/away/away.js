// On a page that stands in while the kiosk cannot be reached: shows the lessons that are on this tablet.
//   [data-lesson]        a lesson on the shelf, hidden unless it is here
//   [data-lessons-here]  shown, and [data-nothing-here] hidden, when there is one
//   [data-try-again]     asks for the page once more
//   [data-not-me]        shown while the tablet knows who is here; leads to where it forgets them
//   [data-away-leave]    leaves without a way back to here

import { lessonsHere } from "../../worker/shelf.js";
import { forgetVisit, visitHere } from "../lesson/visits.js";

const MOST = 8;

// Where a tablet starts, somebody new may be in front of it; nobody can be asked who.
if (location.pathname === "/") forgetVisit();

/** Put the lessons that are here on the shelf, the one opened last first. */
async function fill() {
  const shelf = document.querySelector("[data-shelf]");
  if (!shelf || !("caches" in self)) return;
  const names = await lessonsHere();
  const found = names.map((name) => shelf.querySelector(`[data-lesson="${name}"]`)).filter(Boolean).slice(0, MOST);
  for (const one of found) {
    one.hidden = false;
    shelf.append(one);
  }
  document.querySelector("[data-lessons-here]").hidden = found.length === 0;
  document.querySelector("[data-nothing-here]").hidden = found.length > 0;
}

document.querySelector("[data-try-again]").addEventListener("click", () => location.reload());
const notMe = document.querySelector("[data-not-me]");
if (notMe) notMe.hidden = !visitHere();
document.querySelector("[data-away-leave]")?.addEventListener("click", (event) => {
  event.preventDefault();
  location.replace(event.currentTarget.href);
});

fill().catch(() => {});
