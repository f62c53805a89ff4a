"use strict";
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const items = Array.from(document.querySelectorAll(".item"));
  const count = document.getElementById("count");
  const toggle = document.getElementById("toggle");
  const texts = new Map();

  const words = (node) => {
    if (!texts.has(node)) texts.set(node, node.textContent.toLowerCase());
    return texts.get(node);
  };

  const apply = () => {
    const wanted = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const kind = form.elements.kind.value;
    const fault = form.elements.fault.value;
    const engine = form.elements.engine ? form.elements.engine.value : "";
    let shown = 0;
    for (const item of items) {
      let any = false;
      const common = words(item.querySelector(".question")) + " " + words(item.querySelector("summary"));
      for (const block of item.querySelectorAll(".reply")) {
        const fits =
          (!engine || block.dataset.engine === engine) &&
          (!fault || block.dataset.faults.split(" ").includes(fault)) &&
          wanted.every((word) => common.includes(word) || words(block).includes(word));
        block.hidden = !fits;
        any = any || fits;
      }
      item.hidden = !any || Boolean(kind && item.dataset.kind !== kind);
      shown += item.hidden ? 0 : 1;
    }
    count.textContent = shown + " of " + items.length;
    document.getElementById("none").hidden = shown > 0;
  };

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 60);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  toggle.addEventListener("click", () => {
    const open = toggle.getAttribute("aria-pressed") !== "true";
    toggle.setAttribute("aria-pressed", String(open));
    toggle.textContent = open ? "Close all" : "Open all";
    for (const item of items) if (!item.hidden) item.open = open;
  });
  form.hidden = false;
  apply();
})();
