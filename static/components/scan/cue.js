// The spoken cue: what the ring stands on, said quietly, while nothing else speaks.

const QUIETLY = 0.5;
const root = document.documentElement;
let audio = null;

/** The sounds of a thing, or of a group by its question, or by its first thing where it asks none. */
function soundsOf(faces, kind) {
  const legend = kind === "group" ? faces[0].closest("fieldset, [role='radiogroup']")?.querySelector("legend") : null;
  const from = legend?.querySelector("[data-voice]") ? legend : faces[0];
  const said = [from, ...from.querySelectorAll("[data-says], [data-voice]")]
    .map((one) => one.dataset?.says ?? one.dataset?.voice).filter(Boolean);
  return said.slice(0, 1);
}

/** Say it; settles when it was said, or there is nothing to say. */
export async function say(faces, kind) {
  hush();
  if (root.dataset.cue !== "on" || !faces.length) return;
  for (const key of soundsOf(faces, kind)) {
    const own = new Audio(`/voice/${key}.mp3`);
    audio = own;
    own.volume = QUIETLY;
    own.playbackRate = own.defaultPlaybackRate = Number(root.dataset.rate) || 1;
    await new Promise((resolve) => {
      own.onended = own.onerror = own.onpause = resolve;
      own.play().catch(resolve);
    });
  }
}

/** Be quiet. */
export function hush() {
  audio?.pause();
  audio = null;
}
