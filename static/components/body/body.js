// A finger on the drawing presses the button of that place: the buttons alone are enough, so nothing is lost without this.
//   [data-body]    the drawing; [data-at="head"] within it is a place
//   .has-body      what holds the drawing and the buttons, whose value ends in -at-<place>

document.addEventListener("click", (event) => {
  const place = event.target.closest?.("[data-body] [data-at]");
  place?.closest(".has-body")?.querySelector(`button[value$="-at-${place.dataset.at}"]`)?.click();
});
