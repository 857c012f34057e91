// What a switch can reach on a page, in groups: main's first, then the bar, then *tell* alone, then the rest.
//   data-scan-group          everything inside is a group; of nested ones the nearest counts
//   data-scan-group="bar"    comes after main; ="tell" after the bar, alone
//   data-scan-stay           a press inside stays inside: more than one thing is chosen there
//   data-scan-skip           nothing inside is reached
//   data-scan-aside          left out where the spoken cue says the same

/** The most things in one group; more are shared out by the lines in which they stand. */
export const MOST = 8;

const ITEMS = "a[href], button, input:not([type='hidden']), select, textarea, summary";
const GROUPS = "[data-scan-group], fieldset, form, nav, ul, ol, table, section, [role='radiogroup']";
const TYPED = "textarea, input:not([type='radio'], [type='checkbox'], [type='button'], [type='submit'], [type='reset'], [type='image'], [type='range'], [type='color'], [type='file'])";

/** Whether words are typed into it. */
export const isTyped = (item) => Boolean(item?.matches?.(TYPED));

/** What is seen of a control: the card, where a radio or a box lies over one. */
export const faceOf = (item) => item.closest("label") ?? item;

function canBeReached(item) {
  return !item.disabled && item.ariaDisabled !== "true" && !item.closest("[data-scan-skip], [inert]")
    && item.checkVisibility({ visibilityProperty: true });
}

function rank(item) {
  if (item.closest("main, dialog")) return 0;
  if (item.closest("[data-scan-group='tell']")) return 2;
  return item.closest("[data-scan-group='bar']") ? 1 : 3;
}

/** The groups of a page or a dialog: [{ items, stays }, …]. `spoken`: whether a cue says each thing anyway. */
export function groupsIn(scope, spoken = false) {
  const reached = [...scope.querySelectorAll(ITEMS)]
    .filter((item) => canBeReached(item) && !(spoken && item.matches("[data-scan-aside]")));
  const held = new Map();
  for (const item of reached) {
    for (let one = item.parentElement; one; one = one.parentElement) held.set(one, (held.get(one) ?? 0) + 1);
  }
  const homeOf = (item) => {
    // A form or a list of one thing is no group: the things beside it belong together.
    let one = item.parentElement;
    while (one && one !== scope && !(one.matches(GROUPS) && ("scanGroup" in one.dataset || held.get(one) > 1))) {
      one = one.parentElement;
    }
    return one ?? scope;
  };

  const runs = [];
  for (const item of reached) {
    const [home, place, last] = [homeOf(item), rank(item), runs.at(-1)];
    if (last?.home === home && last.place === place) last.items.push(item);
    else runs.push({ home, place, items: [item], stays: Boolean(home.closest("[data-scan-stay]")) });
  }
  return runs.toSorted((one, other) => one.place - other.place)
    .flatMap(({ items, stays }) => shareOut(items).map((part) => ({ items: part, stays })));
}

/** Groups of at most MOST: whole lines where they fit, halves of a long line where they do not. */
function shareOut(items) {
  if (items.length <= MOST) return [items];
  const parts = [];
  let open = [];
  for (const line of linesOf(items)) {
    if (open.length + line.length > MOST) {
      if (open.length) parts.push(open);
      open = [];
    }
    if (line.length <= MOST) {
      open.push(...line);
      continue;
    }
    const even = Math.ceil(line.length / Math.ceil(line.length / MOST));
    for (let from = 0; from < line.length; from += even) parts.push(line.slice(from, from + even));
  }
  return open.length ? [...parts, open] : parts;
}

/** The lines in which things stand, from above, whatever their order in the document. */
function linesOf(items) {
  const lines = [];
  for (const item of items) {
    const { top, height } = faceOf(item).getBoundingClientRect();
    const middle = top + height / 2;
    const line = lines.find((one) => Math.abs(one.middle - middle) < Math.min(one.height, height) / 2);
    if (line) line.items.push(item);
    else lines.push({ middle, height, items: [item] });
  }
  return lines.toSorted((one, other) => one.middle - other.middle).map((one) => one.items);
}
