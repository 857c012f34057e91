// Cards are tapped in their order, each gets its number; tapping a numbered card takes it and those after it back.

export function start(step, room) {
  const grid = step.querySelector(".choices__grid");
  const right = step.querySelector("[data-right]").dataset.right.split(",");
  const cards = [...step.querySelectorAll(".choice")];
  let order = [];

  const number = () => {
    for (const card of cards) {
      const place = order.indexOf(card) + 1;
      card.querySelector(".order__number").textContent = place || "";
      card.toggleAttribute("data-placed", place > 0);
    }
  };
  const judge = () => {
    const given = order.map((card) => card.dataset.answer);
    const isRight = given.every((id, n) => id === right[n]);
    room.record(given.join(","), isRight);
    if (isRight) {
      for (const card of order) {
        card.dataset.state = "right";
        grid.append(card.parentElement);
      }
      room.reply("@done");
      room.done();
      return;
    }
    // What stands right from the start stays: the next try begins where the order went another way.
    order = order.slice(0, given.findIndex((id, n) => id !== right[n]));
    room.reply("@again");
    number();
  };
  const place = (card) => {
    if (card.dataset.state === "right") return;
    const at = order.indexOf(card);
    order = at < 0 ? [...order, card] : order.slice(0, at);
    number();
    if (order.length === cards.length) judge();
  };

  for (const card of cards) card.addEventListener("click", () => place(card));
}
