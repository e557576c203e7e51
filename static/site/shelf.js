/* What a reader keeps on this device: a list of papers, and marks at what was read. Nothing of it is ever sent. */
const $$ = (selector) => [...document.querySelectorAll(selector)];
// Hashed file names: a module is imported by the address that the page gives, never by a written one.
const site = document.getElementById("site-js");
const { store, say } = await import(site.src);
const MOST_PAPERS = 500;
const words = document.getElementById("live").dataset;

/* --- records: whatever comes from storage or from a file is checked, and no address is ever taken from it --- */

const text = (value, most) => (typeof value === "string" ? value.replace(/\p{C}+/gu, " ").trim().slice(0, most) : "");
const matching = (value, pattern) => (typeof value === "string" && pattern.test(value) ? value : "");

export function clean(raw) {
  const title = text(raw?.title, 500);
  if (!Number.isSafeInteger(raw?.id) || raw.id < 1 || !title) return null;
  return {
    id: raw.id,
    title,
    slug: matching(raw.slug, /^(?!\.+$)[^/\\?#\p{C}]{1,300}$/u) || "-",
    authors: (Array.isArray(raw.authors) ? raw.authors : []).slice(0, 200).map((name) => text(name, 200)).filter(Boolean),
    date: matching(raw.date, /^\d{4}-\d\d-\d\d$/),
    arxiv: matching(raw.arxiv, /^([\w.-]{1,20}\/)?[\d.]{7,10}(v\d{1,3})?$/),
    doi: matching(raw.doi, /^10\.[^\s{}\\]{1,200}$/),
    saved: matching(raw.saved, /^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z$/),
  };
}

function parsed(key) {
  try { return JSON.parse(store.get(key)); } catch { return null; }
}

export const pathOf = (paper) => `${site.dataset.home}papers/${paper.id}/${encodeURIComponent(paper.slug)}/`;
const tell = (message) => navigator.serviceWorker?.controller?.postMessage(message);

/* Newest first, one record for a paper: its id stays when its title changes. */
export const shelf = {
  all() {
    const kept = parsed("saved");
    return Array.isArray(kept) ? kept.map(clean).filter(Boolean) : [];
  },
  keep(papers) { return store.set("saved", JSON.stringify(papers.slice(0, MOST_PAPERS))); },
  add(paper) {
    tell({ save: pathOf(paper) });
    return this.keep([paper, ...this.all().filter(({ id }) => id !== paper.id)]);
  },
  remove(id) {
    tell({ drop: id });
    return this.keep(this.all().filter((paper) => paper.id !== id));
  },
};

/* --- save buttons --- */

function recordOf({ save, title, slug, names, date, arxiv, doi }) {
  const authors = names ? names.split(";") : [];
  return clean({ id: Number(save), title, slug, authors, date, arxiv, doi, saved: new Date().toISOString() });
}

function toggle(button) {
  const paper = recordOf(button.dataset);
  const there = shelf.all().some(({ id }) => id === paper.id);
  const done = there ? shelf.remove(paper.id) : shelf.add(paper);
  showSaved();
  say(done ? (there ? words.removed : words.saved) : words.full);
}

function showSaved() {
  const ids = new Set(shelf.all().map(({ id }) => id));
  for (const button of $$("[data-save]")) button.setAttribute("aria-pressed", ids.has(Number(button.dataset.save)));
}

/* A saved paper met again brings its present title and names. */
function refresh() {
  const papers = shelf.all();
  const met = new Map($$("[data-save]").map((button) => [Number(button.dataset.save), button.dataset]));
  const fresh = papers.map((paper) => (met.has(paper.id) ? { ...recordOf(met.get(paper.id)), saved: paper.saved } : paper));
  if (JSON.stringify(fresh) !== JSON.stringify(papers)) shelf.keep(fresh);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-save]");
  if (button) toggle(button);
});
refresh();
showSaved();

/* --- read marks: {date: [paper ids]} --- */

const DWELL = 8; // seconds under the eyes

export const marks = {
  on: () => store.get("marks") !== "off",
  all() {
    const kept = parsed("read");
    return kept && typeof kept === "object" ? kept : {};
  },
  of(date) {
    const ids = this.all()[date];
    return Array.isArray(ids) ? ids : [];
  },
  add(date, id) { store.set("read", JSON.stringify({ ...this.all(), [date]: [...new Set([...this.of(date), id])] })); },
};

function showRead(entry) {
  const mark = document.createElement("span");
  mark.className = "seen";
  const said = document.createElement("span");
  said.className = "vh";
  said.textContent = words.read;
  mark.append(said);
  entry.querySelector(".no").append(mark);
}

function watch() {
  const waiting = new Map();
  for (const entry of $$(".entry")) {
    const { save, date } = entry.querySelector("[data-save]")?.dataset ?? {};
    if (!save) continue;
    if (marks.of(date).includes(Number(save))) showRead(entry);
    else waiting.set(entry, { id: Number(save), date, seconds: 0 });
  }
  const timer = setInterval(() => {
    if (!waiting.size) clearInterval(timer);
    if (document.hidden) return;
    for (const [entry, state] of waiting) {
      const { top, bottom } = entry.getBoundingClientRect();
      const line = innerHeight * 0.4;
      if (top > line || bottom < line || (state.seconds += 1) < DWELL) continue;
      marks.add(state.date, state.id);
      showRead(entry);
      waiting.delete(entry);
    }
  }, 1000);
}

function countRead() {
  for (const link of $$(".past a.d")) {
    const count = marks.of(link.pathname.match(/\d{4}-\d\d-\d\d/)?.[0]).length;
    if (!count) continue;
    const said = document.createElement("span");
    said.textContent = words.count.replace("{n}", count);
    link.closest("li").querySelector(".n").prepend(said);
  }
}

if (marks.on()) {
  watch();
  countRead();
}
