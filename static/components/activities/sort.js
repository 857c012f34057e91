// Things go into groups one at a time: the thing above, its groups below. Tapping a group puts it there.

export function start(step, room) {
  const items = [...step.querySelectorAll(".sort__item")];
  let at = 0;

  const turn = () => items.forEach((item, n) => { item.hidden = n !== at; });
  const put = (group) => {
    const item = items[at];
    if (!item) return;
    const right = item.dataset.group === group.dataset.group;
    room.record(`${item.dataset.item}:${group.dataset.group}`, right, item.dataset.item);
    if (!right) return room.reply(item.dataset.item);
    group.querySelector(".sort__tray").append(item.querySelector(".symbol").cloneNode(true));
    at += 1;
    turn();
    room.reply(at < items.length ? "@there" : "@all");
    if (at === items.length) {
      step.querySelector(".sort").dataset.over = "";
      room.done();
    }
  };

  for (const group of step.querySelectorAll(".choice")) group.addEventListener("click", () => put(group));
  turn();
}
