// Counts the dots that are given; when all are, the other rules wait until one is taken back.

for (const poll of document.querySelectorAll("[data-poll]")) {
  const most = Number(poll.dataset.poll);
  const boxes = [...poll.querySelectorAll("input[type=checkbox]")];
  const dots = [...poll.querySelectorAll("[data-left]")];
  const number = poll.querySelector("[data-left-number]");

  const count = () => {
    const given = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.disabled = !box.checked && given >= most;
    dots.forEach((dot, n) => dot.classList.toggle("is-given", n >= most - given));
    number.textContent = String(Math.max(most - given, 0));
  };
  poll.querySelector(".poll__left").hidden = false;
  poll.addEventListener("change", count);
  count();
}
