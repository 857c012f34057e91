// One thing of several: a question with its replies, the question before (nothing is judged), or a feeling.

export function start(step, room) {
  const cards = [...step.querySelectorAll(".choice")];
  const press = { before: judgeNothing, feel: takeFeelings }[step.dataset.kind] ?? judge;
  for (const card of cards) card.addEventListener("click", () => press(card, cards, room));
}

/** Each card keeps its mark; once a right one is found, the others may still be looked at. */
function judge(card, cards, room) {
  const right = card.dataset.right === "yes";
  const isOver = cards.some((one) => one.dataset.state === "right");
  card.dataset.state = right ? "right" : "try";
  if (!isOver) room.record(card.dataset.answer, right);
  room.reply(card.dataset.answer);
  if (right) room.done();
}

/** Minds may be changed until the page is turned. */
function judgeNothing(card, cards, room) {
  for (const one of cards) one.setAttribute("aria-pressed", String(one === card));
  room.record(card.dataset.answer, card.dataset.right === "yes");
  room.reply("");
  room.done();
}

/** More than one feeling may be chosen, and each may be taken back. */
function takeFeelings(card, _cards, room) {
  const chosen = card.getAttribute("aria-pressed") !== "true";
  card.setAttribute("aria-pressed", String(chosen));
  if (!chosen) return;
  room.record(card.dataset.answer, null);
  room.reply("");
  room.done();
}
