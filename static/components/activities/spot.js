// Parts of a picture or message are tapped to find those that tell something; each part has its reply.

export function start(step, room) {
  const parts = [...step.querySelectorAll(".choice")];
  const dots = [...step.querySelectorAll(".scene__dot")];
  const number = step.querySelector("[data-found-number]");

  const look = (part) => {
    const found = part.dataset.right === "yes";
    const isNew = !part.dataset.state;
    part.dataset.state = found ? "right" : "seen";
    const count = parts.filter((one) => one.dataset.state === "right").length;
    const isOver = count === dots.length;
    if (isNew) room.record(part.dataset.answer, found);
    dots.forEach((dot, n) => { dot.classList.toggle("is-found", n < count); });
    number.textContent = String(count);
    room.reply(part.dataset.answer);
    if (isOver) room.done();
  };

  for (const part of parts) part.addEventListener("click", () => look(part));
}
