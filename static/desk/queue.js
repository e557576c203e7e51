// Keys on the queue; every one of them only does what a link or a box of the page does.
"use strict";
(() => {
  const rows = [...document.querySelectorAll(".q-row")];
  const sheet = document.getElementById("queue-keys");
  const allowed = sheet.querySelector("[data-keys-on]");
  const linkOf = (row) => row.querySelector(".q-title a");

  // The choice is the public site's: whoever switched single letters off there meant them here, too.
  const store = {
    get() { try { return localStorage.getItem("keys"); } catch { return null; } },
    set(value) { try { localStorage.setItem("keys", value); } catch { /* kept for this page alone */ } },
  };
  allowed.checked = store.get() !== "off";
  allowed.addEventListener("change", () => store.set(allowed.checked ? "on" : "off"));

  for (const opener of document.querySelectorAll("[data-open-keys]")) {
    opener.hidden = false;
    opener.addEventListener("click", () => sheet.showModal());
  }

  const here = () => rows.findIndex((row) => row.contains(document.activeElement));
  let last = -1;

  function move(step) {
    const from = here() >= 0 ? here() : last;
    last = Math.max(0, Math.min(rows.length - 1, from + step));
    if (!rows.length) return;
    linkOf(rows[last]).focus({ preventScroll: true });
    rows[last].scrollIntoView({ block: "nearest" });
  }

  const KEYS = {
    j: () => move(1),
    k: () => move(-1),
    x: () => rows[here()]?.querySelector("input[type=checkbox]")?.click(),
    "?": () => sheet.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.keyCode === 229) return;
    // A box is no place to type in: x must also take a choice back.
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog");
    if (!allowed.checked || typing || !Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key]();
  });
})();
