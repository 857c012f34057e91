// What a switch sends: a key, or with one switch a press anywhere. Neither does anything else on the page.

import { isTyped } from "./groups.js";

const root = document.documentElement;

/** Bring the presses of the switches to the scanner. */
export function connect(scanner, gate) {
  const down = new Set();
  let isOurs = false;
  let broughtBy = "";
  let typing = null;

  const stop = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const verbOf = (code) => {
    if (code === root.dataset.select) return "select";
    return root.dataset.scan === "two" && code === root.dataset.step ? "step" : null;
  };

  // Somebody who brought the cursor into a field by hand or by Tab is writing there: its keys are theirs.
  addEventListener("focusin", (event) => {
    typing = isTyped(event.target) && broughtBy && scanner.field !== event.target ? event.target : null;
    scanner.pause("typing", Boolean(typing));
  }, true);
  addEventListener("focusout", () => {
    typing = null;
    scanner.pause("typing", false);
  }, true);

  addEventListener("keydown", (event) => {
    broughtBy = event.code === "Tab" ? "tab" : "";
    const verb = verbOf(event.code);
    if (!verb || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    stop(event);
    if (event.repeat || down.has(event.code)) return;
    down.add(event.code);
    gate.press(scanner.face, () => scanner[verb]());
  }, true);
  addEventListener("keyup", (event) => {
    if (!down.delete(event.code)) return;
    stop(event);
    gate.release();
  }, true);

  const isInUse = (target) => target === typing || target === scanner.field;
  for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "pointercancel", "click", "contextmenu"]) {
    addEventListener(type, (event) => {
      if (!event.isTrusted || root.dataset.scan !== "one") {
        broughtBy = event.isTrusted ? "hand" : "";
        return;
      }
      if (type === "pointerdown") isOurs = event.isPrimary && event.button <= 0 && !isInUse(event.target);
      // A click without a pointer is a key's, or a helper's own device: it stays a click.
      if (!isOurs || (type === "click" && event.detail === 0)) return;
      if (event.cancelable) event.preventDefault();
      event.stopImmediatePropagation();
      if (type === "pointerdown" && gate.hold) gate.press(scanner.face, () => scanner.select());
      if (type === "pointerup" && !gate.hold) gate.press(scanner.face, () => scanner.select());
      if (type === "pointerup" || type === "pointercancel") gate.release();
    }, { capture: true, passive: false });
  }
}
