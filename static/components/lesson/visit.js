// On the start page: a child who has just signed in begins each lesson at its beginning, whoever was here before.
// What the last child answered still goes to the school; what has no ticket can never be anybody's, and goes.

import { all, remove } from "./store.js";
import { send } from "./sending.js";

const VISIT = "lesson-visit";
const { visit } = document.querySelector("[data-visit]").dataset;

try {
  if (sessionStorage.getItem(VISIT) !== visit) {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith("lesson:")) sessionStorage.removeItem(key);
    sessionStorage.setItem(VISIT, visit);
    all().then((items) => remove(items.filter((item) => !item.ticket).map((item) => item.id)));
  }
} catch { /* A tablet that keeps nothing has nothing to forget. */ }

send();
