// The spoken cue: what the ring stands on, said quietly, while nothing else speaks.

import { hushCue, sayOnly } from "../listen/listen.js";

const VOICED = "[data-voice]";

/** What says a thing, or a group by its question, or by its first thing where it asks none. */
function saying(faces, kind) {
  const legend = kind === "group" ? faces[0].closest("fieldset, [role='radiogroup']")?.querySelector("legend") : null;
  const from = legend?.querySelector(VOICED) ? legend : faces[0];
  return from.matches(VOICED) ? from : from.querySelector(VOICED);
}

/** Say it; settles when it was said, or there is nothing to say. */
export async function say(faces, kind) {
  hushCue();
  if (document.documentElement.dataset.cue !== "on" || !faces.length) return;
  const thing = saying(faces, kind);
  if (thing) await sayOnly(thing);
}

/** Be quiet. */
export const hush = hushCue;
