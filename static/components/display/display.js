// Sets a page that is the same for everybody as this tablet likes it, before it is painted.
// A classic script in the head, so that it runs first; the choices and their defaults stand in its own tag.

(() => {
  const root = document.documentElement;
  root.dataset.script = "on";
  // A module that does not arrive leaves the page as it is without scripts: long, and whole.
  addEventListener("error", (event) => {
    if (!(event.target instanceof HTMLScriptElement)) return;
    delete root.dataset.script;
    for (const one of document.querySelectorAll("noscript")) one.outerHTML = one.textContent;
  }, true);

  // How whoever is signed in likes it; else how the tablet itself stands.
  const cookies = document.cookie.split("; ");
  const cookie = ["display=", "tablet="].map((name) => cookies.find((one) => one.startsWith(name))).find(Boolean);
  const kept = new URLSearchParams(cookie?.slice(cookie.indexOf("=") + 1).replaceAll('"', ""));
  const tried = new URLSearchParams(location.search);
  for (const choice of document.currentScript.dataset.choices.split(" ")) {
    const [name, values] = choice.split("=");
    const isKey = values.endsWith(",*");
    const known = values.split(",");
    // A tablet that has a cookie keeps only what differs from the default; one without is shown the page's own.
    const wanted = [tried.get(name), kept.get(name), cookie ? known[0] : null];
    const chosen = wanted.find((value) => known.includes(value) || (isKey && /^[A-Za-z0-9]{1,24}$/.test(value)));
    if (chosen) root.dataset[name] = chosen;
  }
  // Only who uses a switch, or holds presses, waits for what that needs.
  const { scan, hold, repeat } = root.dataset;
  if (scan !== "off" || Number(hold) || Number(repeat)) {
    document.head.append(Object.assign(document.createElement("script"), { type: "module", src: document.currentScript.dataset.scan }));
  }
})();
