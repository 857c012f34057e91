// On the start page: a child who has just signed in begins each lesson at its beginning, whoever was here before.
// What the last child answered still goes to the school; what can never be anybody's goes.

import { all, remove } from "./store.js";
import { send } from "./sending.js";
import { beginVisit } from "./visits.js";

const isNobodys = (item) => !item.ticket && !item.late;

if (beginVisit(document.querySelector("[data-visit]").dataset.visit)) {
  all().then((items) => remove(items.filter(isNobodys).map((item) => item.id)));
}

send();
