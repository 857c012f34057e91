// Steps a number up and down by its buttons, within what its own field allows.

for (const stepper of document.querySelectorAll("[data-stepper]")) {
  const field = stepper.querySelector("input");
  const show = (value) => { field.value = value.toFixed(1); };
  for (const button of stepper.querySelectorAll("[data-by]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const now = Number(field.value) || Number(field.min);
      show(Math.min(Number(field.max), Math.max(Number(field.min), now + Number(button.dataset.by))));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}
