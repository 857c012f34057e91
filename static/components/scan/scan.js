// Switches and slow presses, on every page of the kiosk; loaded only where the display asks for one of them.
//   data-scan    one (the ring goes by itself), two (a switch steps, another takes)
//   data-hold, data-repeat   seconds that a press is held, and until another counts

import { Gate } from "./gate.js";
import { Layer } from "./layer.js";
import { holdBack } from "./press.js";

const root = document.documentElement;

async function start() {
  const layer = new Layer();
  const gate = new Gate(layer);
  if (root.dataset.scan !== "off") await scan(layer, gate);
  if (Number(root.dataset.hold) || Number(root.dataset.repeat)) holdBack(gate);
  root.dataset.scanner = "ready";
}

async function scan(layer, gate) {
  const [{ Scanner }, { connect }] = await Promise.all([import("./scanner.js"), import("./switches.js"), import("./asks.js")]);
  const scanner = new Scanner(layer);
  connect(scanner, gate);
  document.addEventListener("kiosk:sound", (event) => scanner.pause("sound", event.detail.playing));
  document.addEventListener("visibilitychange", () => scanner.pause("hidden", document.hidden));
  document.addEventListener("kiosk:screen", () => scanner.restart());
  addEventListener("pageshow", (event) => { if (event.persisted) scanner.restart(); });
  scanner.pause("sound", Boolean(document.querySelector("[data-listen][data-state='play']")));
  scanner.restart();
}

start();
