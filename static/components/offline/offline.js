// Starts the worker that keeps lessons on this tablet, and tells it what is open. Comes when the page is there and quiet;
// where there is no worker (no TLS, or a browser without) the kiosk is as it was.

import { forgetVisit } from "../lesson/visits.js";

const SAVES_DATA = navigator.connection?.saveData === true;

async function start() {
  await navigator.serviceWorker.register("/sw.js");
  const { active } = await navigator.serviceWorker.ready;
  const { lang, dataset } = document.documentElement;
  active.postMessage({
    type: "here", language: lang, level: dataset.level, address: location.pathname, sound: !SAVES_DATA,
  });
  // On a home screen it is the school's own tablet: what is kept there is not to make room for other sites.
  if (matchMedia("(display-mode: standalone)").matches) await navigator.storage?.persist?.();
}

// Where a tablet starts, whoever was here has left.
if (location.pathname === "/") forgetVisit();
if ("serviceWorker" in navigator) start().catch(() => {});
