/* Suggestions as one types: the ARIA combobox pattern over the search box. Without it the box is a plain form. */
const site = document.getElementById("site-js");
const { say } = await import(site.src);
const DELAY = 150;

const form = document.querySelector("form.q");
const input = form.querySelector("input[type=search]");
const { suggest, none, one, many, hint } = form.dataset;
const kinds = { tag: form.dataset.tag, author: form.dataset.author, paper: form.dataset.paper, search: form.dataset.words };

const list = document.createElement("ul");
list.id = "offers";
list.className = "offers";
list.hidden = true;
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", form.dataset.label);
form.append(list);
for (const [name, value] of Object.entries({
  role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false", "aria-haspopup": "listbox",
})) input.setAttribute(name, value);

let asked = input.value.trim();
let at = -1;
let timer = 0;
let running = null;
const options = () => [...list.children];

function close() {
  clearTimeout(timer);
  running?.abort();
  list.hidden = true;
  at = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function choose(index) {
  at = index;
  for (const [number, option] of options().entries()) option.setAttribute("aria-selected", String(number === at));
  const chosen = options()[at];
  if (!chosen) return input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-activedescendant", chosen.id);
  chosen.scrollIntoView({ block: "nearest" });
}

function option({ kind, label, lang, url }, number) {
  const item = document.createElement("li");
  item.id = `offer-${number}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.url = url;
  const what = document.createElement("small");
  what.textContent = kinds[kind] ?? "";
  const words = document.createElement("span");
  words.lang = lang;
  words.textContent = kind === "tag" ? `#${label}` : label;
  item.append(what, " ", words);
  return item;
}

function show(offers) {
  list.replaceChildren(...offers.map(option));
  if (!offers.length) {
    close();
    say(none);
    return;
  }
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  choose(-1);
  say(`${offers.length === 1 ? one : many.replace("{n}", offers.length)} ${hint}`);
}

async function ask(words) {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  try {
    const response = await fetch(`${suggest}?q=${encodeURIComponent(words)}`, { signal, credentials: "omit" });
    if (!response.ok) return close();
    const { suggestions } = await response.json();
    if (!signal.aborted && document.activeElement === input) show(suggestions);
  } catch {
    // Aborted by the next letter, or no network: the form still works.
  }
}

/* An IME changes the value with every jamo. Only an event that changes nothing is left alone, composing or not. */
function typed() {
  const words = input.value.trim();
  if (words === asked) return;
  asked = words;
  clearTimeout(timer);
  if (!words) return close();
  timer = setTimeout(ask, DELAY, words);
}

const open = () => !list.hidden;
const go = (chosen) => { if (chosen) location.assign(chosen.dataset.url); };
const step = (by) => {
  const count = options().length;
  choose(at < 0 ? (by > 0 ? 0 : count - 1) : at + by < 0 || at + by >= count ? -1 : at + by);
};
const KEYS = {
  ArrowDown: () => open() ? step(1) : input.value.trim() && ask(input.value.trim()),
  ArrowUp: () => open() && step(-1),
  Escape: () => open() && close(),
  Enter: () => open() && at >= 0 && go(options()[at]),
};

input.addEventListener("input", typed);
input.addEventListener("compositionend", typed);
input.addEventListener("keydown", (event) => {
  // The keys of a composition are the IME's.
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!Object.hasOwn(KEYS, event.key)) return;
  const handled = event.key.startsWith("Arrow") || (open() && (event.key === "Escape" || at >= 0));
  if (handled) event.preventDefault();
  KEYS[event.key]();
});
input.addEventListener("blur", close);
form.addEventListener("submit", close);
// The box keeps the focus, so that a press on an option is not a blur first.
list.addEventListener("pointerdown", (event) => event.preventDefault());
list.addEventListener("click", (event) => go(event.target.closest("li")));
