// Ignores pointer and keyboard on [data-guard] for a second after the page, or a new screen of it, is shown.
// CSS alone holds back pointers on a first load; this adds keys, pages restored by Back, and new screens.

const LENGTH = 1000;
let until = 0;

/** Guard everything marked inside `root` for a second from now. */
export function guard(root = document) {
  until = performance.now() + LENGTH;
  for (const one of root.querySelectorAll("[data-guard]")) {
    one.classList.add("is-guarded");
    setTimeout(() => one.classList.remove("is-guarded"), LENGTH);
  }
}

function refuse(event) {
  if (performance.now() >= until || !event.target.closest?.(".is-guarded")) return;
  if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

for (const type of ["click", "pointerdown", "keydown"]) document.addEventListener(type, refuse, true);
addEventListener("pageshow", () => guard());
document.addEventListener("kiosk:screen", (event) => guard(event.target));

// What keeps lessons on this tablet comes last, when nobody waits for anything: every pupil's page has a guard.
addEventListener("load", () => setTimeout(() => import("../offline/offline.js").catch(() => {}), 1500));
