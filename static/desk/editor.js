// The two-language editor: panels while one types, shortcuts, forms that answer in place. Everything works without it.
"use strict";
(() => {
  const form = document.getElementById("entry_form");
  if (!form) return;
  const QUIET = 500; // after the last keystroke
  const areas = ["ko", "en"].map((language) => document.getElementById(`id_${language}`)).filter(Boolean);
  const byId = (id) => document.getElementById(id);
  const busyIn = (box) => box.contains(document.activeElement)
    || [...box.querySelectorAll("textarea, input:not([type=hidden])")].some((field) => field.value && field.value !== field.defaultValue);

  // -- panels while typing --------------------------------------------------------------------------------
  let running = null;
  let timer = 0;

  // Whoever writes a reason in a panel keeps it: the panel is drawn anew when they are done.
  const fill = (id, html) => {
    const box = byId(id);
    if (!box || box.dataset.html === html || busyIn(box)) return;
    box.dataset.html = html;
    box.innerHTML = html;
    enhance(box);
  };

  const show = ({ lengths, panels, summary, warned }) => {
    for (const [language, label] of Object.entries(lengths)) byId(`length-${language}`).textContent = label;
    for (const [id, html] of Object.entries(panels)) fill(id, html);
    const said = byId("checks-said");
    if (said && summary !== undefined && said.textContent !== summary) said.textContent = summary;
    for (const box of document.querySelectorAll("[data-acknowledge]")) box.hidden = !warned?.includes(box.dataset.acknowledge);
  };

  const look = async () => {
    running?.abort();
    const call = running = new AbortController();
    const data = new FormData();
    for (const area of areas) data.append(area.lang, area.value);
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    try {
      const response = await fetch(form.dataset.liveUrl, { method: "POST", body: data, signal: call.signal });
      if (response.ok && response.headers.get("Content-Type")?.startsWith("application/json")) show(await response.json());
    } catch { /* newer text, or no connection: the next pause tries again */ }
  };

  form.addEventListener("input", ({ target }) => {
    if (!areas.includes(target)) return;
    running?.abort();
    clearTimeout(timer);
    timer = setTimeout(look, QUIET);
  });
  // A browser may have put back what was typed before the page was left.
  if (areas.some((area) => area.value !== area.defaultValue)) look();

  // -- small forms that answer in place -------------------------------------------------------------------
  const say = (page) => {
    const messages = [...page.querySelectorAll(".messagelist li")].map((item) => item.textContent.trim());
    byId("said").textContent = messages.join(" ");
  };

  // The answer is the page as it would have come; the panel is taken from it, and what was typed stays.
  const send = async (small, submitter) => {
    const data = new FormData(small, submitter);
    const get = small.method === "get";
    const address = get ? `${small.action}?${new URLSearchParams(data)}` : small.action;
    const response = await fetch(address, get ? {} : { method: "POST", body: data });
    if (!response.ok) throw new Error(response.status);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const box = byId(small.dataset.panel);
    const fresh = page.getElementById(small.dataset.panel);
    if (!fresh) throw new Error(small.dataset.panel);
    const refused = page.querySelector(".messagelist .error");
    say(page);
    if (refused) {
      problem(small, byId("said").textContent);
      return;
    }
    box.replaceChildren(...fresh.childNodes);
    delete box.dataset.html;
    enhance(box);
    if (!get) {
      box.tabIndex = -1;
      box.focus();
    }
    if (box.id === "checks") look();
  };

  const problem = (small, text) => {
    small.querySelector(".ed-problem")?.remove();
    small.append(Object.assign(document.createElement("p"), { className: "ed-problem", textContent: text }));
  };

  const enhance = (root) => {
    for (const small of root.querySelectorAll("form[data-panel]")) {
      small.addEventListener("submit", (event) => {
        event.preventDefault();
        // Signed out, refused or no connection: as without script, so that the browser says what is wrong.
        send(small, event.submitter).catch(() => small.submit());
      });
    }
  };
  enhance(document);

  // -- a selected phrase ----------------------------------------------------------------------------------
  const tools = byId("selection");
  let phrase = null;

  const chosen = (area) => area.value.slice(area.selectionStart, area.selectionEnd).trim();
  const noteSelection = () => {
    const area = areas.find((one) => one === document.activeElement);
    if (!area) return;
    phrase = chosen(area) ? { language: area.lang, text: chosen(area) } : null;
    tools.hidden = !phrase;
    tools.querySelector("[data-act=comment]").hidden = !phrase
      || !document.querySelector(`#comment-language option[value=${phrase.language}]`);
  };
  document.addEventListener("selectionchange", noteSelection);
  for (const area of areas) for (const kind of ["select", "keyup", "mouseup"]) area.addEventListener(kind, noteSelection);

  tools.addEventListener("click", ({ target }) => {
    const act = target.closest("[data-act]")?.dataset.act;
    if (!act || !phrase) return;
    if (act === "comment") {
      byId("comment-form").querySelector("details").open = true;
      byId("comment-language").value = phrase.language;
      byId("comment-quote").value = phrase.text.slice(0, 500);
      byId("comment-body").focus();
    } else {
      const field = byId("phrase");
      field.value = phrase.text.replace(/\s+/g, " ").slice(0, 100);
      field.form.requestSubmit();
      field.focus();
    }
  });

  // -- keys -----------------------------------------------------------------------------------------------
  const keys = byId("keys");
  const press = (button) => button?.form?.requestSubmit(button);
  const inField = (target) => target.closest?.("input, textarea, select, [contenteditable]");

  addEventListener("keydown", (event) => {
    // While a syllable is being composed every key belongs to it.
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    const { key, target } = event;
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (command && key.toLowerCase() === "s") {
      event.preventDefault();
      press(document.querySelector(".ed-bar [name=_continue]"));
    } else if (command && key === "Enter") {
      event.preventDefault();
      const own = target.form && target.form !== form ? target.form : null;
      if (own) own.requestSubmit();
      else press(document.querySelector(".ed-bar .default"));
    } else if (event.altKey && !command && (key === "ArrowUp" || key === "ArrowDown") && !target.closest?.("select, [type=date]")) {
      event.preventDefault();
      document.querySelector(`.ed-place [rel=${key === "ArrowUp" ? "prev" : "next"}]`)?.click();
    } else if (key === "?" && !command && !event.altKey && !inField(target) && !keys.open) {
      event.preventDefault();
      keys.showModal();
    }
  });
  byId("keys-button").hidden = false;
  byId("keys-button").addEventListener("click", () => keys.showModal());
  if (/Mac|iPhone|iPad/.test(navigator.platform)) {
    for (const cap of document.querySelectorAll(".ed kbd, #keys kbd")) cap.textContent = cap.textContent.replace("Ctrl", "⌘").replace("Alt", "⌥");
  }
  for (const link of document.querySelectorAll("a[data-focus]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      byId(link.dataset.focus).focus();
    });
  }
})();
