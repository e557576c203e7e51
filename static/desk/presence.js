// Says who else has the entry open, and tells autosave.js when a note was saved meanwhile.
"use strict";
(() => {
  const form = document.getElementById("entry_form");
  const words = document.getElementById("autosave-texts")?.dataset;
  const line = document.getElementById("presence");
  if (!form?.dataset.presenceUrl || !words || !line) return;

  const EVERY = 20000;
  const NAMES = { ko: "한국어", en: "English" };
  let language = null;

  const show = (others) => {
    const names = others.map(({ name, languages }) => `${name} (${languages.map((code) => NAMES[code]).join(", ")})`);
    const text = names.length ? `${words.present} ${names.join(", ")}` : "";
    if (line.textContent !== text) line.textContent = text;
  };

  const beat = async () => {
    if (document.hidden) return;
    try {
      const response = await fetch(form.dataset.presenceUrl, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value,
        },
        body: JSON.stringify({ user: Number(form.dataset.user), language }),
      });
      if (!response.ok) return;
      const { others, revs } = await response.json();
      show(others);
      for (const [code, rev] of Object.entries(revs)) {
        form.dispatchEvent(new CustomEvent("desk:moved", { detail: { language: code, rev } }));
      }
    } catch { /* no connection: the next beat tries again */ }
  };

  form.addEventListener("focusin", ({ target }) => {
    language = { id_ko: "ko", id_en: "en" }[target.id] ?? language;
  });
  document.addEventListener("visibilitychange", beat);
  setInterval(beat, EVERY);
  beat();
})();
