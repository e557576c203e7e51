/* In the head before the style sheet, so that a remembered theme is there at the first paint. Not a module: those wait. */
(function () {
  const root = document.documentElement;
  const THEMES = ["system", "light", "dark"];
  const stored = () => { try { return localStorage.getItem("theme"); } catch { return null; } };

  // Controls that need script keep their place from the start; see [data-js] in the style sheet.
  root.classList.add("js");

  const apply = (theme) => {
    const forced = theme === "light" || theme === "dark";
    if (forced) root.dataset.theme = theme; else delete root.dataset.theme;
    document.querySelector("meta[name=color-scheme]").content = forced ? theme : "light dark";
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
      const own = meta.dataset.scheme;
      meta.setAttribute("media", forced ? (own === theme ? "all" : "not all") : `(prefers-color-scheme: ${own})`);
    }
  };
  const label = () => {
    const button = document.getElementById("theme");
    button?.setAttribute("aria-label", `${button.dataset.label}: ${button.dataset[root.dataset.theme || "system"]}`);
  };
  const show = (theme) => { apply(theme); label(); };

  apply(stored());
  document.addEventListener("DOMContentLoaded", label);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#theme");
    if (!button) return;
    const next = THEMES[(THEMES.indexOf(root.dataset.theme || "system") + 1) % THEMES.length];
    show(next);
    try { localStorage.setItem("theme", next); } catch { /* blocked: the choice lasts as long as the page */ }
    document.getElementById("live").textContent = button.getAttribute("aria-label");
  });
  // The choice may have been made in another tab, or on the page one comes back from.
  addEventListener("storage", (event) => { if (event.key === "theme") show(event.newValue); });
  addEventListener("pageshow", (event) => { if (event.persisted) show(stored()); });
})();
