// What the page does without the server's Gradio: fills the evidence panel, copies, sorts, changes the theme.
// Nothing here makes markup out of text: what is shown is fetched from our own address or set as text.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  // Another site's page names our address in the element; our own page has none there.
  const root = () => {
    const placed = document.querySelector("gradio-app[src]");
    return new URL("./", new URL(placed ? placed.getAttribute("src") : "./", document.baseURI));
  };
  const INVITATION = "Choose a citation in an answer, and the study and the very sentence or table cell appear here.";
  let opener = null;
  let nChosen = 0; // of two sources that are fetched at once, the one chosen last is shown

  // In another site's page a relative link would lead to that site.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("gradio-app[src] a[href]");
    if (link && !/^(?:[a-z][a-z0-9+.-]*:|#|\/\/)/i.test(link.getAttribute("href"))) {
      link.href = new URL(link.getAttribute("href"), root()).href;
    }
  }, true);

  const say = (text) => {
    const place = byId("ra-said");
    if (place) { place.textContent = ""; setTimeout(() => { place.textContent = text; }, 50); }
  };

  // -- evidence ---------------------------------------------------------------------------------

  const isNarrow = () => window.matchMedia("(max-width: 900px)").matches;

  function evidenceAddress(link) {
    const address = link.getAttribute("href") && new URL(link.getAttribute("href"), root());
    const own = new URL("evidence/", root());
    return address && address.origin === own.origin && address.pathname.startsWith(own.pathname) ? address : null;
  }

  function markOpen(link) {
    document.querySelectorAll(".ra-cite.ra-open").forEach((other) => other.classList.remove("ra-open"));
    if (link) link.classList.add("ra-open");
  }

  function scrollToHit(body) {
    const hit = body.querySelector("#ra-hit") || body.querySelector(".ra-hit");
    if (!hit) return;
    const box = hit.closest(".ra-scroll");
    if (box) {
      const cell = hit.closest("td") || hit;
      const head = box.querySelector("tbody th");
      const wide = head ? head.getBoundingClientRect().width : 0;
      const at = cell.getBoundingClientRect(), frame = box.getBoundingClientRect();
      box.scrollLeft += at.left - frame.left - wide;
      box.scrollTop += at.top - frame.top - frame.height / 3;
    }
    const at = (box || hit).getBoundingClientRect(), frame = body.getBoundingClientRect();
    if (at.bottom > frame.bottom) body.scrollTop += Math.min(at.bottom - frame.bottom + 12, at.top - frame.top - 8);
  }

  async function showEvidence(link, takeFocus) {
    const address = evidenceAddress(link), body = byId("ra-panel-body"), panel = byId("ra-panel");
    if (!address || !body) return;
    const chosen = nChosen += 1;
    let section = null;
    try {
      const response = await fetch(address, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      section = page.querySelector("section.ra-evidence");
    } catch { /* said below */ }
    if (chosen !== nChosen) return;
    if (!section) {
      section = document.createElement("p");
      section.textContent = "The source could not be fetched. See to the connection and choose the citation again.";
    }
    body.replaceChildren(document.adoptNode(section));
    body.scrollTop = 0;
    markOpen(link);
    const page = byId("ra-panel-page");
    page.href = `${address.href}#ra-hit`;
    page.hidden = false;
    byId("ra-panel-close").hidden = false;
    opener = link;
    if (takeFocus) {
      panel.classList.add("ra-raised");
      const title = byId("ra-evidence-title");
      if (title) title.focus({ preventScroll: true });
    }
    scrollToHit(body);
  }

  function closeEvidence() {
    byId("ra-panel").classList.remove("ra-raised");
    if (opener && opener.isConnected) opener.focus();
    else byId("ra-question")?.querySelector("textarea")?.focus();
  }

  function showNothing(why) {
    const body = byId("ra-panel-body");
    if (!body || !why) return;
    nChosen += 1;
    const note = document.createElement("p");
    note.className = "ra-empty";
    note.textContent = why;
    body.replaceChildren(note);
    markOpen(null);
    byId("ra-panel-page").hidden = true;
    byId("ra-panel-close").hidden = true;
  }

  // A new answer shows its first source beside itself, where there is room; focus stays in the question.
  function showNewest() {
    const answers = document.querySelectorAll("#ra-chat .ra-done");
    const newest = answers[answers.length - 1];
    if (newest === showNewest.last || (!newest && document.querySelector("#ra-chat .ra-answer"))) return;
    showNewest.last = newest;
    keepAddress(newest);
    if (!newest) { // a new conversation
      showNothing(INVITATION);
      return;
    }
    const link = newest.querySelector("a.ra-cite");
    if (link && !isNarrow()) showEvidence(link, false);
    else showNothing(link ? null : "There is no source to show for this answer.");
  }

  // The page's address names the newest answer, so that loading it again (after the service was started anew, too)
  // brings the conversation back.
  function keepAddress(answer) {
    const address = new URL(document.location.href);
    const id = answer?.querySelector("a.ra-permalink")?.getAttribute("href")?.split("/").pop();
    if (id) address.searchParams.set("again", id);
    else if (!answer) address.searchParams.delete("again");
    try { history.replaceState(history.state, "", address); } catch { /* framed where it is not allowed */ }
  }

  // -- copying ----------------------------------------------------------------------------------

  async function copyText(promise) {
    if (navigator.clipboard && window.ClipboardItem && window.isSecureContext) {
      const blob = promise.then((text) => new Blob([text], { type: "text/plain" }));
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
      return;
    }
    // Pages served without TLS have no clipboard object.
    const area = document.createElement("textarea");
    area.value = await promise;
    area.setAttribute("aria-label", "Text to copy");
    area.style.position = "fixed";
    document.body.append(area);
    const before = document.activeElement;
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    before?.focus?.();
    if (!done) throw new Error("refused");
  }

  async function copied(button, promise) {
    const name = button.dataset.name || button.textContent;
    button.dataset.name = name;
    try {
      await copyText(promise);
      button.textContent = "Copied";
      say(`Copied: ${name}`);
    } catch {
      button.textContent = "Not copied";
      say("It could not be copied.");
    }
    setTimeout(() => { button.textContent = name; }, 1600);
  }

  const permalinks = () => new URL("../a/", root()).href;

  async function fetchCopy(id, form) {
    const address = new URL(`copy/${encodeURIComponent(id)}/${encodeURIComponent(form)}`, root());
    address.searchParams.set("base", permalinks());
    const response = await fetch(address, { credentials: "same-origin" });
    if (!response.ok) throw new Error(String(response.status));
    return response.text();
  }

  // -- table of studies -------------------------------------------------------------------------

  function sortBy(button) {
    const head = button.closest("th"), table = head.closest("table"), body = table.tBodies[0];
    const column = head.cellIndex, down = head.getAttribute("aria-sort") === "ascending";
    const numeric = button.dataset.numeric === "1";
    const key = (row) => row.cells[column].dataset.key || "";
    const rows = [...body.rows].sort((a, b) => {
      const [x, y] = [key(a), key(b)];
      if (!x || !y) return x ? -1 : y ? 1 : 0; // rows without a value stay last
      const order = numeric ? Number(x) - Number(y) : x.localeCompare(y, undefined, { numeric: true });
      return down ? -order : order;
    });
    table.querySelectorAll("th[aria-sort]").forEach((th) => th.setAttribute("aria-sort", "none"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    body.replaceChildren(...rows);
    say(`Sorted by ${button.textContent}, ${down ? "descending" : "ascending"}`);
  }

  // -- theme ------------------------------------------------------------------------------------

  function toggleTheme() {
    const dark = document.body.classList.toggle("dark");
    try { localStorage.setItem("ra-theme", dark ? "dark" : "light"); } catch { /* framed without storage */ }
  }

  function keepTheme() {
    let kept = null;
    try { kept = localStorage.getItem("ra-theme"); } catch { /* framed without storage */ }
    if (kept) document.body.classList.toggle("dark", kept === "dark");
  }

  // -- events -----------------------------------------------------------------------------------

  document.addEventListener("click", (event) => {
    const at = event.target instanceof Element ? event.target : null;
    if (!at || event.defaultPrevented) return;
    const link = at.closest("a.ra-cite");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && evidenceAddress(link)) {
      event.preventDefault();
      showEvidence(link, true);
      return;
    }
    const button = at.closest("button");
    if (!button) return;
    if (button.classList.contains("ra-copy")) {
      const [, id, ...form] = button.id.split("-");
      copied(button, fetchCopy(id, form.join("-")));
    } else if (button.classList.contains("ra-copy-link")) {
      copied(button, Promise.resolve(permalinks() + button.id.split("-")[1]));
    } else if (button.classList.contains("ra-sort")) sortBy(button);
    else if (button.id === "ra-theme") toggleTheme();
    else if (button.id === "ra-panel-close") closeEvidence();
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && byId("ra-panel")?.contains(document.activeElement)) closeEvidence();
  });

  // Gradio names each message by its source, tags included; a screen reader is to hear what it is.
  function nameMessages() {
    document.querySelectorAll("#ra-chat .examples[role='list']").forEach((examples) => {
      examples.setAttribute("role", "group"); // its children are buttons, which a list may not hold
      examples.setAttribute("aria-label", "Examples");
    });
    document.querySelectorAll("#ra-chat [data-testid='user'], #ra-chat [data-testid='bot']").forEach((message) => {
      const name = message.dataset.testid === "user" ? "You asked" : "Answer";
      if (message.getAttribute("aria-label") === name) return;
      message.setAttribute("role", "group");
      message.setAttribute("aria-label", name);
    });
  }

  new MutationObserver(() => { nameMessages(); showNewest(); }).observe(document.documentElement, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label"],
  });
  window.addEventListener("DOMContentLoaded", () => { document.documentElement.lang = "en"; setTimeout(keepTheme, 0); });
})();
