// Presses by finger, mouse and keyboard for whoever needs time: held to be accepted, or a trembling second one ignored.
// A touch still acts when it is let go, and slides off to be taken back.

import { faceOf, isTyped } from "./groups.js";

const CONTROLS = "a[href], button, summary, label, input";
const KEYS = { Enter: "a[href], button, summary, input[type='submit'], input[type='button']", Space: "button, summary, input" };

const controlOf = (target) => {
  const control = target.closest?.(CONTROLS);
  return control && !isTyped(control.control ?? control) ? control : null;
};

/** Hold back, from now on, what was pressed too shortly or too soon. */
export function holdBack(gate) {
  let pressed = null;
  let isRefused = false;

  const stop = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button > 0) return;
    pressed = controlOf(event.target);
    isRefused = Boolean(pressed) && (gate.isTooSoon || gate.hold > 0);
    if (pressed) gate.press(faceOf(pressed));
  }, true);
  addEventListener("pointerup", (event) => {
    if (!pressed || !event.isPrimary) return;
    const isHeld = gate.hold > 0 && gate.isFull;
    const isStillOn = pressed.contains(document.elementFromPoint(event.clientX, event.clientY));
    gate.release();
    // A browser takes a long touch for another gesture and sends no click: this one is the press.
    if (isHeld && isStillOn) pressed.click();
    pressed = null;
  }, true);
  addEventListener("pointercancel", () => {
    gate.release();
    pressed = null;
  }, true);
  addEventListener("click", (event) => {
    if (event.isTrusted && event.detail > 0 && isRefused && controlOf(event.target)) stop(event);
  }, true);
  for (const type of ["contextmenu", "dragstart"]) {
    addEventListener(type, (event) => { if (gate.hold && controlOf(event.target)) event.preventDefault(); }, true);
  }

  let key = null;
  addEventListener("keydown", (event) => {
    const target = event.target;
    if (!KEYS[event.code] || !target.matches?.(KEYS[event.code]) || isTyped(target)) return;
    if (event.repeat || gate.isTooSoon || gate.hold > 0) stop(event);
    if (event.repeat) return;
    key = event.code;
    gate.press(faceOf(target), () => { if (gate.hold) target.click(); });
  }, true);
  addEventListener("keyup", (event) => {
    if (event.code !== key) return;
    key = null;
    if (gate.hold) stop(event);
    gate.release();
  }, true);
}
