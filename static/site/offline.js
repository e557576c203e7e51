/* The service worker: pages opened or saved here can be read again without a network. /sw.js says what it starts with. */
const { version, files, statics } = self.SHELL;
// PAGES, SAVED and FILES outlive a deployment: a reader's saved pages, and the styles they were saved with.
const SHELL = `naranhi-shell-${version}`;
const [PAGES, SAVED, FILES] = ["naranhi-pages-1", "naranhi-saved-1", "naranhi-files-1"];
const MOST = { [PAGES]: 60, [SAVED]: 300, [FILES]: 60 };
const PATIENCE = 4000; // ms until a kept page stands in for a slow network
const KEPT = /^\/(ko\/|en\/)?(digests\/\d{4}-\d\d-\d\d\/|papers\/\d+\/[^/]+\/|reading-list\/)?$/;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(files)));
});

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

async function takeOver() {
  const current = [SHELL, PAGES, SAVED, FILES];
  for (const name of await caches.keys()) {
    if (name.startsWith("naranhi-") && !current.includes(name)) await caches.delete(name);
  }
  await self.clients.claim();
  // The page a reader came in by was loaded before there was a worker.
  for (const { url } of await self.clients.matchAll({ type: "window" })) {
    if (mayKeep(new URL(url))) await fetchInto(PAGES, url).catch(() => {});
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || url.pathname.startsWith("/admin/")) return;
  if (request.mode === "navigate") event.respondWith(answerPage(event, url));
  else if (url.pathname.startsWith(statics)) event.respondWith(answerFile(event));
});

self.addEventListener("message", (event) => event.waitUntil(follow(event.data).catch(() => {})));

const mayKeep = (url) => !url.search && KEPT.test(url.pathname);
const plain = (url) => url.origin + url.pathname;
const find = (name, key) => caches.open(name).then((cache) => cache.match(key, { ignoreVary: true }));

/* Public pages only: no error, no redirect, nothing that says of itself that it is private. */
function isPage(response) {
  const caching = response.headers.get("Cache-Control") ?? "";
  const html = (response.headers.get("Content-Type") ?? "").startsWith("text/html");
  return response.status === 200 && !response.redirected && html && /\bpublic\b/.test(caching) && !/no-store/.test(caching);
}

async function put(name, key, response) {
  const cache = await caches.open(name);
  await cache.put(key, response);
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - MOST[name]))) await cache.delete(old);
}

async function fetchInto(name, address) {
  const response = await fetch(address);
  if (isPage(response)) await put(name, plain(new URL(address, location)), response);
}

/* What the network said of a page: a fresh copy, or that it is gone, and then here too. */
async function remember(url, response) {
  const key = plain(url);
  if (response.status === 404 || response.status === 410) {
    for (const name of [PAGES, SAVED]) await (await caches.open(name)).delete(key);
  } else if (mayKeep(url) && isPage(response)) {
    if (await find(SAVED, key)) await put(SAVED, key, response.clone());
    await put(PAGES, key, response);
  }
}

async function answerPage(event, url) {
  const key = plain(url);
  const kept = url.search ? undefined : (await find(PAGES, key)) ?? (await find(SAVED, key)) ?? (await find(SHELL, key));
  const fresh = fetch(event.request).then((response) => {
    event.waitUntil(remember(url, response.clone()));
    return response;
  });
  event.waitUntil(fresh.catch(() => {}));
  try {
    if (!kept) return await fresh;
    return await Promise.race([fresh, new Promise((done) => setTimeout(done, PATIENCE, kept))]);
  } catch {
    const edition = url.pathname.match(/^\/(?:ko\/|en\/)?/)[0];
    return kept ?? (await find(SHELL, `${url.origin}${edition}offline/`)) ?? Response.error();
  }
}

/* A hashed name always means the same bytes; other names are asked for again. */
async function answerFile(event) {
  const { request } = event;
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept && HASHED.test(new URL(request.url).pathname)) return kept;
  try {
    const response = await fetch(request);
    if (response.status === 200) event.waitUntil(put(FILES, request.url, response.clone()));
    return response;
  } catch {
    return kept ?? Response.error();
  }
}

/* The reading list saves a page here, or drops every edition of a paper. */
async function follow({ save, drop }) {
  const url = new URL(String(save ?? ""), location);
  if (save && url.origin === location.origin && mayKeep(url)) await fetchInto(SAVED, url.href);
  if (!Number.isSafeInteger(drop)) return;
  const cache = await caches.open(SAVED);
  for (const key of await cache.keys()) {
    if (new URL(key.url).pathname.includes(`/papers/${drop}/`)) await cache.delete(key);
  }
}
