// Keeps what an editor types: every keystroke on this device, every pause at the server, until the very text is
// confirmed. The rules, and why, are in docs/editorial-model.md. Presence is in presence.js.
"use strict";
(() => {
  const form = document.getElementById("entry_form");
  const words = document.getElementById("autosave-texts")?.dataset;
  if (!form?.dataset.user || !words) return;

  const { element, clock, Server } = draftTools;
  const status = document.getElementById("saved");
  const banners = document.getElementById("drafts");
  const addresses = { ko: form.dataset.draftUrlKo, en: form.dataset.draftUrlEn };
  const server = new Server(form, addresses.ko ?? addresses.en);

  // The state of the field that needs the editor most, in words.
  const ORDER = ["signedOut", "refused", "decide", "offline", "saving", "unsaved", "kept", "saved"];
  const report = () => {
    const [worst] = [...fields].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
    const text = worst.state === "kept" ? words.kept.replace("{time}", clock(worst.at)) : words[worst.state];
    const panel = worst.state === "decide" ? null : form.querySelector("[data-conflict]");
    const said = `${text} ${worst.detail ?? ""}`.trim() + (panel ? " · " : "");
    if (!status || status.dataset.said === said) return;
    Object.assign(status.dataset, { said, state: worst.state });
    status.classList.toggle("dirty", !["saved", "kept"].includes(worst.state));
    status.replaceChildren(said);
    if (worst.state === "signedOut") {
      const link = { href: words.login, target: "_blank", rel: "noopener", textContent: words.signIn };
      status.append(" ", element("a", link));
    }
    if (panel) status.append(element("a", { href: `#${panel.id}`, textContent: words.decide }));
  };

  const fields = Object.keys(addresses).flatMap((language) => {
    const area = form.elements[language]; // a text that one may only read has no name
    const url = addresses[language];
    return area && url ? [new DraftField({ form, words, server, report }, language, area, url)] : [];
  });
  if (!fields.length) return;
  banners.replaceChildren();
  for (const field of fields) {
    field.reveal();
    field.load();
  }

  form.addEventListener("click", ({ target }) => {
    const which = target.closest("[data-take]")?.dataset.take;
    const panel = target.closest("[data-conflict]");
    if (which) fields.find(({ language }) => language === panel.dataset.conflict)?.take(which);
  });

  // The saved text ends the draft that grew into it; one still on its way has to arrive first.
  form.addEventListener("submit", (event) => {
    const waiting = fields.map(({ busy }) => busy).filter(Boolean);
    if (waiting.length) {
      event.preventDefault();
      const { submitter } = event;
      Promise.allSettled(waiting).then(() => form.requestSubmit(submitter));
      return;
    }
    for (const field of fields) {
      clearTimeout(field.timer);
      if (field.serial !== null && !field.undecided) field.token.value = field.serial;
      if (field.text === field.stored) field.send(true);
    }
  });

  const leave = () => { for (const field of fields) field.send(true); };
  const again = () => { for (const field of fields) field.send(); };
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : again()));
  window.addEventListener("pagehide", leave);
  window.addEventListener("focus", again);
  window.addEventListener("online", again);

  // presence.js: a note stands at this revision.
  form.addEventListener("desk:moved", ({ detail }) => {
    const field = fields.find(({ language }) => language === detail.language);
    if (!field || field.serial === null || detail.rev === field.base || detail.rev === Number(field.rev.value)) return;
    if (field.text !== field.stored) {
      if (!field.dirty) field.meet(detail.rev);
      else field.send();
    } else if (!field.told) {
      field.told = true;
      const text = element("p", { role: "status" }, `${words.moved} `);
      text.append(element("a", { href: location.href, textContent: words.reload }));
      banners.append(element("section", { className: "desk-banner" }, text));
    }
  });
})();
