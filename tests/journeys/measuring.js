// What a page must hold for a child who sees or moves with difficulty: contrast, size and distance of what is touched,
// and nothing that must be scrolled to sideways. Returns a sentence for each thing that falls short.
(least) => {
  const told = [];
  const name = (one) => (one.innerText || one.querySelector("[aria-label]")?.getAttribute("aria-label") || one.tagName).trim().replace(/\s+/g, " ").slice(0, 40);

  const channels = (text) => {
    const numbers = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    if (text.startsWith("color(srgb")) return [...numbers.slice(0, 3).map((one) => one * 255), numbers[3] ?? 1];
    return [...numbers.slice(0, 3), numbers[3] ?? 1];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((one) => (one / 255 <= 0.04045 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (one, other) => {
    const [a, b] = [light(one), light(other)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  const ground = (one) => {
    const layers = [];
    for (let at = one; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255, 1]);
  };
  const isSeen = (one) => one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !one.closest(".sr, .skip");

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (texts.nextNode()) {
    const parent = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !isSeen(parent) || parent.closest(":disabled, noscript, svg")) continue;
    const back = ground(parent);
    const ratio = contrast(over(channels(getComputedStyle(parent).color), back), back);
    const what = `“${texts.currentNode.data.trim().slice(0, 30)}” has a contrast of ${ratio.toFixed(1)}`;
    if (ratio < least.contrast && !seen.has(what)) told.push(what);
    seen.add(what);
  }

  // What is touched: a control, or the card that stands for it.
  const controls = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .map((one) => (one.matches("input[type=radio], input[type=checkbox]") ? (one.closest("label") ?? one) : one))
    .filter((one, at, all) => all.indexOf(one) === at && isSeen(one));
  // A small picture may be hit around itself, where its ::after lies.
  const touched = (one) => {
    const box = one.getBoundingClientRect();
    const after = getComputedStyle(one, "::after");
    if (after.position !== "absolute" || after.content === "none") return box;
    const [width, height] = [Math.max(box.width, parseFloat(after.width) || 0), Math.max(box.height, parseFloat(after.height) || 0)];
    return new DOMRect(box.x - (width - box.width) / 2, box.y - (height - box.height) / 2, width, height);
  };
  const boxes = controls.map((one) => [one, touched(one)]).filter(([, box]) => box.width && box.height);
  for (const [one, box] of boxes) {
    if (Math.min(box.width, box.height) < least.target - 0.5)
      told.push(`“${name(one)}” is ${Math.round(box.width)} by ${Math.round(box.height)} pixels`);
  }
  if (least.gap) {
    boxes.forEach(([one, a], at) => {
      for (const [other, b] of boxes.slice(at + 1)) {
        if (one.contains(other) || other.contains(one)) continue;
        // What lies in the bar stands before the page that passes beneath it.
        if (Boolean(one.closest(".bar-ground")) !== Boolean(other.closest(".bar-ground"))) continue;
        const aside = Math.max(a.left - b.right, b.left - a.right);
        const above = Math.max(a.top - b.bottom, b.top - a.bottom);
        const gap = Math.max(aside, above);
        if (gap < least.gap - 0.5) told.push(`“${name(one)}” and “${name(other)}” are ${gap.toFixed(1)} pixels apart`);
      }
    });
  }

  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 1) told.push(`The page is ${wide} pixels wider than the screen`);
  return told;
}
