// Drawing a signature: pointer strokes kept as vectors in the hidden field, in a box 1000 wide and 400 high.
// One pointer draws at a time; a palm, a second finger, or a finger beside a pen, does not.

const WIDE = 1000;
const HIGH = 400;
const MOST_POINTS = 3000;
const NEAR = 3;
const PALM = 60;

function attach(pad) {
  const canvas = pad.querySelector("canvas");
  const field = pad.querySelector("[name=strokes]");
  const ink = canvas.getContext("2d");
  let strokes = [];
  let points = 0;
  let start = null;
  let pointer = null;
  let sawPen = false;

  function place(event) {
    const box = canvas.getBoundingClientRect();
    const inside = (value, most) => Math.round(Math.min(Math.max(value, 0), most));
    const x = ((event.clientX - box.left - canvas.clientLeft) / canvas.clientWidth) * WIDE;
    const y = ((event.clientY - box.top - canvas.clientTop) / canvas.clientHeight) * HIGH;
    return [inside(x, WIDE), inside(y, HIGH), Math.round(event.timeStamp - start)];
  }

  function add(event) {
    const stroke = strokes.at(-1);
    const point = place(event);
    const last = stroke.at(-1);
    if (last && Math.hypot(point[0] - last[0], point[1] - last[1]) < NEAR) return;
    if (points >= MOST_POINTS) return;
    points += 1;
    stroke.push(point);
  }

  function draw() {
    ink.clearRect(0, 0, canvas.width, canvas.height);
    ink.lineWidth = 9;
    ink.lineCap = ink.lineJoin = "round";
    ink.strokeStyle = "#1c2340";
    for (const [first, ...rest] of strokes) {
      ink.beginPath();
      ink.moveTo(first[0], first[1]);
      // A dot is a line of no length; half-way points make corners round.
      if (!rest.length) ink.lineTo(first[0], first[1]);
      rest.forEach(([x, y], n) => {
        const [nextX, nextY] = rest[n + 1] ?? [x, y];
        ink.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
      });
      ink.stroke();
    }
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "pen") sawPen = true;
    const isPalm = event.width > PALM || event.height > PALM;
    const isBesidePen = sawPen && event.pointerType === "touch";
    if (pointer !== null || isPalm || isBesidePen || event.button > 0) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    pointer = event.pointerId;
    start ??= event.timeStamp - (strokes.at(-1)?.at(-1)[2] ?? 0);
    strokes.push([]);
    add(event);
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointer) return;
    for (const one of event.getCoalescedEvents?.() ?? [event]) add(one);
    draw();
  });
  function keep() {
    field.value = strokes.length ? JSON.stringify(strokes) : "";
  }
  function lift(event) {
    if (event.pointerId !== pointer) return;
    pointer = null;
    strokes = strokes.filter((stroke) => stroke.length);
    keep();
  }
  for (const type of ["pointerup", "pointercancel"]) canvas.addEventListener(type, lift);
  pad.querySelector("[data-sign-clear]").addEventListener("click", () => {
    strokes = [];
    points = 0;
    start = null;
    keep();
    draw();
  });

  // What was drawn before the page asked for something more is drawn on, or rubbed out, like the rest.
  strokes = JSON.parse(pad.dataset.signKept ?? "[]");
  points = strokes.flat().length;
  keep();
  draw();
  pad.querySelector("[data-sign-way]").hidden = false;
  pad.querySelector(`[name=way][value=${pad.dataset.way ?? "draw"}]`).checked = true;
}

for (const pad of document.querySelectorAll("[data-sign]")) attach(pad);
