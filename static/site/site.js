/* Comfort on every page: copying, keys, keeping the place. Each page is complete without it. */
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

/* localStorage, where it is not blocked */
export const store = {
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); return true; } catch { return false; } },
};

/* Said politely by screen readers; emptied first, so that the same words are said twice. */
export function say(words) {
  const live = $("#live");
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = words; });
}

for (const control of $$("[data-js]")) control.hidden = false;
for (const row of $$("[data-needs]")) row.hidden = !$(row.dataset.needs);

/* --- copying --- */

/* Of a text or the promise of one: some browsers refuse the clipboard to a page that first waits for an answer. */
async function toClipboard(text) {
  const blob = Promise.resolve(text).then((words) => new Blob([words], { type: "text/plain" }));
  try { await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]); } catch {
    const field = document.createElement("textarea");
    field.value = await text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

const fileAt = (address) => fetch(address).then((answer) => (answer.ok ? answer.text() : Promise.reject(answer)));

async function copyFrom(button) {
  const { copy, copyFrom: file, copyUrl, done } = button.dataset;
  if (button.classList.contains("ok")) return;
  await toClipboard(file ? fileAt(file) : copy ? $(copy).textContent : new URL(copyUrl, location).href);
  const words = [...button.childNodes];
  button.replaceChildren(done);
  button.classList.add("ok");
  say(done);
  setTimeout(() => { button.replaceChildren(...words); button.classList.remove("ok"); }, 1600);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-copy-from], [data-copy-url]");
  if (button) copyFrom(button);
});

const mathAround = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest("math");
const texOf = (math) => $("annotation[encoding='application/x-tex']", math)?.textContent ?? math.textContent;

/* A selected formula is copied as its TeX; within a sentence, between dollar signs. */
document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0).cloneRange();
  const [first, last] = [mathAround(range.startContainer), mathAround(range.endContainer)];
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  const part = range.cloneContents();
  const formulas = $$("math", part);
  if (!formulas.length) return;
  event.preventDefault();
  if (first && first === last) return event.clipboardData.setData("text/plain", texOf(formulas[0]));
  // Rendered out of sight: only then does innerText know where lines end.
  const sheet = document.createElement("div");
  sheet.className = "vh";
  sheet.append(part);
  event.clipboardData.setData("text/html", sheet.innerHTML);
  for (const math of formulas) math.replaceWith(math.getAttribute("display") === "block" ? `$$${texOf(math)}$$` : `$${texOf(math)}$`);
  document.body.append(sheet);
  event.clipboardData.setData("text/plain", sheet.innerText);
  sheet.remove();
});

/* --- the place on the page --- */

const items = $$(".entry, .front .item, .rows > li, .past > li, .timeline > li");
const startsAbove = (line) => items.findLastIndex((item) => item.getBoundingClientRect().top < line);

/* The item that the keys act upon: the one last jumped to while it is in view, else the one at the top. */
function here() {
  const focused = items.indexOf(document.activeElement.closest?.(".entry, .item, li"));
  if (focused >= 0) {
    const { top, bottom } = items[focused].getBoundingClientRect();
    if (bottom > 0 && top < innerHeight) return focused;
  }
  return startsAbove(72);
}

const titleOf = (item) => $("h2 a, h3 a", item) ?? $("a", item);

function jump(step) {
  const item = items[Math.max(0, Math.min(items.length - 1, here() + step))];
  item?.scrollIntoView({ behavior: "instant" });
  if (item) titleOf(item)?.focus({ preventScroll: true });
}

/* Other editions are opened at the entry being read. On pointerdown too: a middle click makes no click. */
function keepPlace(event) {
  const link = event.target.closest(".edition a");
  if (!link) return;
  const entry = scrollY > 0 && items[startsAbove(innerHeight * 0.3)];
  link.hash = entry ? entry.id : "";
}
document.addEventListener("pointerdown", keepPlace);
document.addEventListener("click", keepPlace);

/* --- keys --- */

const help = $("#keys");
const keysOn = $("#keys-on");
const press = (selector, within = items[here()] ?? $("main")) => ($(selector, within) ?? $(`main ${selector}`))?.click();
const editions = $$(".edition a");
const nextEdition = () => (editions.findIndex((link) => link.hasAttribute("aria-current")) + 1) % editions.length;

function foldAbstracts() {
  const all = $$(".abs");
  const open = all.some((abstract) => !abstract.open);
  for (const abstract of all) abstract.open = open;
}

const KEYS = {
  j: () => jump(1),
  k: () => jump(-1),
  o: () => titleOf(items[Math.max(0, here())] ?? $("main"))?.click(),
  a: () => press(".abs summary"),
  A: foldAbstracts,
  s: () => press("[data-save]"),
  c: () => press($("main [data-copy]") ? "[data-copy]" : "[data-copy-url]"),
  1: () => editions[0]?.click(),
  2: () => editions[1]?.click(),
  3: () => editions[2]?.click(),
  l: () => editions[nextEdition()]?.click(),
  "[": () => press("[rel=prev]", document),
  "]": () => press("[rel=next]", document),
  "/": () => $("input[type=search]")?.focus(),
  "?": () => help?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.keyCode === 229) return;
  if (!keysOn?.checked || event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  if (!Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
});

if (keysOn) {
  keysOn.checked = store.get("keys") !== "off";
  keysOn.addEventListener("change", () => store.set("keys", keysOn.checked ? "on" : "off"));
}
for (const opener of $$("[data-open-keys]")) opener.addEventListener("click", () => help.showModal());

/* --- reading offline: after everything else, and not for readers who switched it off --- */

if (navigator.serviceWorker && store.get("offline") !== "off") {
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
}
