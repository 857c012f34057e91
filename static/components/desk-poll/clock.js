// A worker that ticks about each second: a page's own clock is slowed down in a tab that nobody looks at.

function tick() {
  postMessage("tick");
  setTimeout(tick, 800 + Math.random() * 400);
}
tick();
