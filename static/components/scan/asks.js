// What cannot be taken back is asked about once more while a switch is in use: the ring may have stood on it by accident.
//   data-scan-asks="id"   on a button: the <dialog> of native buttons that asks; its value "yes" presses the button

const root = document.documentElement;
let sure = null;

addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-scan-asks]");
  if (!button || button === sure || root.dataset.scan === "off" || button.matches(".is-guarded")) return;
  const dialog = document.getElementById(button.dataset.scanAsks);
  if (!dialog?.showModal) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  dialog.returnValue = "";
  dialog.showModal();
  dialog.addEventListener("close", () => {
    dialog.dispatchEvent(new CustomEvent("kiosk:screen", { bubbles: true }));
    if (dialog.returnValue !== "yes") return;
    sure = button;
    button.click();
    sure = null;
  }, { once: true });
  dialog.dispatchEvent(new CustomEvent("kiosk:screen", { bubbles: true }));
}, true);
