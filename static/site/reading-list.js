/* The page of the reading list: rows, files in and out, and what is kept on this device. */
const $ = (selector) => document.querySelector(selector);
const { store, say } = await import($("#site-js").src);
const { shelf, clean, pathOf } = await import($("#shelf-js").src);
const { home } = $("#site-js").dataset;
const MOST_BYTES = 1_000_000;
const page = $("#shelf");
const words = page.dataset;

/* --- rows; every word goes in as text --- */

function rowOf(paper) {
  const row = $("#shelf-row").content.cloneNode(true).firstElementChild;
  const link = row.querySelector("h3 a");
  link.textContent = paper.title;
  link.lang = /\p{Script=Hangul}/u.test(paper.title) ? "ko" : "en";
  link.href = pathOf(paper);
  row.querySelector(".by").textContent = paper.authors.join(", ");
  const when = row.querySelector("time");
  when.dateTime = paper.date;
  when.textContent = paper.date.replaceAll("-", ".");
  const button = row.querySelector("button");
  button.dataset.remove = paper.id;
  button.setAttribute("aria-label", words.removeLabel.replace("{title}", () => paper.title));
  return row;
}

function show() {
  const papers = shelf.all();
  $("#shelf-rows").replaceChildren(...papers.map(rowOf));
  $("#shelf-empty").hidden = papers.length > 0;
  for (const button of document.querySelectorAll("[data-full-list]")) button.disabled = !papers.length;
  const ids = papers.map(({ id }) => id).join(",");
  $("#shelf-cite").hidden = !papers.length;
  for (const link of document.querySelectorAll("[data-cite]")) link.href = `${home}cite.${link.dataset.cite}?papers=${ids}`;
}

function remove(button) {
  const at = [...document.querySelectorAll("[data-remove]")].indexOf(button);
  shelf.remove(Number(button.dataset.remove));
  show();
  const left = document.querySelectorAll("[data-remove]");
  (left[Math.min(at, left.length - 1)] ?? $("#import")).focus();
  say(words.removed);
}

function clear() {
  if (!confirm(words.confirm)) return;
  for (const { id } of shelf.all()) shelf.remove(id);
  show();
  say(words.removed);
}

/* --- files --- */

function download(name, type, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const json = () => JSON.stringify({ naranhi: "reading-list", version: 1, papers: shelf.all() }, null, 2) + "\n";

const SIGNS = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
const tex = (value) => value.replace(/[\\~^&%$#_{}]/g, (sign) => SIGNS[sign] ?? `\\${sign}`);

function bibtex(paper) {
  const { id, title, authors, date, arxiv, doi } = paper;
  const fields = {
    title: `{${tex(title)}}`,
    author: authors.map(tex).join(" and "),
    eprint: arxiv,
    archiveprefix: arxiv && "arXiv",
    doi: doi && tex(doi),
    howpublished: `\\url{${new URL(pathOf(paper), location)}}`,
    note: date && `${tex(words.site)}, ${date}`,
  };
  const lines = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}}`);
  return `@misc{naranhi${id},\n${lines.join(",\n")}\n}\n`;
}

/* The papers of an exported file, or null where it is none. */
async function papersIn(file) {
  if (file.size > MOST_BYTES) return null;
  try {
    const { naranhi, papers } = JSON.parse(await file.text());
    return naranhi === "reading-list" && Array.isArray(papers) ? papers.map(clean).filter(Boolean) : null;
  } catch { return null; }
}

async function importFile(input) {
  const found = await papersIn(input.files[0]);
  input.value = "";
  if (!found) return report(words.unreadable);
  const there = shelf.all();
  const known = new Set(there.map(({ id }) => id));
  const fresh = found.filter(({ id }) => !known.has(id) && known.add(id));
  if (!shelf.keep([...there, ...fresh])) return report(words.full);
  show();
  report(words.imported.replace("{n}", fresh.length));
}

function report(message) {
  $("#shelf-report").textContent = message;
  say(message);
}

/* --- what is kept --- */

async function switchOffline(on) {
  store.set("offline", on ? "on" : "off");
  if (on) return navigator.serviceWorker.register("/sw.js");
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
  for (const name of await caches.keys()) if (name.startsWith("naranhi-")) await caches.delete(name);
}

function forget() {
  store.set("read", "{}");
  report(words.forgotten);
}

const offline = $("#offline-on");
const marked = $("#marks-on");
offline.checked = store.get("offline") !== "off";
marked.checked = store.get("marks") !== "off";
offline.closest("label").hidden = !navigator.serviceWorker;
offline.addEventListener("change", () => switchOffline(offline.checked));
marked.addEventListener("change", () => store.set("marks", marked.checked ? "on" : "off"));
$("#import").addEventListener("change", (event) => importFile(event.target));

const ACTIONS = {
  "export-json": () => download("naranhi-reading-list.json", "application/json", json()),
  "export-bib": () => download("naranhi-reading-list.bib", "text/plain", shelf.all().map(bibtex).join("\n")),
  "clear-list": clear,
  "forget-read": forget,
};
page.addEventListener("click", ({ target }) => {
  ACTIONS[target.id]?.();
  if (target.dataset.remove) remove(target);
});
addEventListener("storage", show);
show();
