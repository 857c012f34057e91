// Shows on the page, or on a teacher's sample, what is being chosen; nothing is kept before the form is sent.

const root = document.documentElement;
// What is seen or heard at once. How things are pressed holds from when it is kept: nobody is locked out half-way.
const SEEN = ["level", "symbols", "words", "theme", "colour", "motion", "size", "spacing", "typeface", "rate", "tone", "hand", "rest"];

for (const form of document.querySelectorAll("[data-liking]")) {
  const sample = document.querySelector("[data-sample]");
  const isOfThePage = form.dataset.liking !== "sample";

  const show = (name, value) => {
    if (!SEEN.includes(name)) return;
    if (isOfThePage) root.dataset[name] = value;
    if (!isOfThePage || name === "level") sample.dataset[name] = value;
  };

  form.addEventListener("change", ({ target }) => {
    show(target.name, target.value);
    // Few words alone are hard to read: symbols come with them, and may be taken away again.
    if (target.name === "level" && target.value === "symbols") {
      const symbols = form.elements.namedItem("symbols");
      if (symbols.value !== "on") {
        symbols.value = "on";
        show("symbols", "on");
      }
    }
  });

  // A part of the page is another screen: sound stops, and the guard starts again.
  const links = [...form.querySelectorAll(".liking__parts a")];
  const mark = () => {
    const here = links.find((link) => link.hash === location.hash) ?? links[0];
    for (const link of links) link.setAttribute("aria-current", String(link === here));
  };
  if (links.length) {
    mark();
    addEventListener("hashchange", () => {
      mark();
      scrollTo(0, 0);
      const part = document.getElementById(location.hash.slice(1));
      part?.dispatchEvent(new Event("kiosk:screen", { bubbles: true }));
    });
  }
}

// A switch says itself which key it sends.
for (const choice of document.querySelectorAll("[data-key-choice]")) {
  const button = choice.querySelector("[data-press-now]");
  const label = button.querySelector("span");
  const own = choice.querySelector("[data-own-key]");
  const usual = label.textContent;
  let isWaiting = false;

  const end = () => {
    isWaiting = false;
    label.textContent = usual;
    removeEventListener("keydown", take, true);
  };
  const take = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.code !== "Escape" && /^[A-Za-z0-9]{1,24}$/.test(event.code)) {
      const known = choice.querySelector(`input[value="${event.code}"]`);
      const input = known ?? own.querySelector("input");
      if (!known) {
        input.value = event.code;
        input.disabled = false;
        own.querySelector("bdi").textContent = event.code;
        own.hidden = false;
      }
      input.checked = true;
    }
    end();
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (isWaiting) return end();
    isWaiting = true;
    label.textContent = button.dataset.pressNow;
    addEventListener("keydown", take, true);
  });
}
