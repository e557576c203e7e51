// What autosave.js is made of: texts in their stored form, copies on this device, questions to the server.
"use strict";
const draftTools = (() => {
  const LIMIT = 15000; // milliseconds; an answer that takes longer counts as none

  const element = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  const button = (text, act) => {
    const made = element("button", { type: "button", className: "button", textContent: text });
    made.addEventListener("click", act);
    return made;
  };

  // A moment in the page's language; without the day if it is today.
  const clock = (moment) => {
    const then = new Date(moment);
    const today = then.toDateString() === new Date().toDateString();
    const parts = { hour: "2-digit", minute: "2-digit" };
    return then.toLocaleString(document.documentElement.lang, today ? parts : { dateStyle: "medium", timeStyle: "short" });
  };

  // A note's lines as digest/text/clean.py stores them, so that one line break more is no unsaved text.
  const ITEM = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+\S/;
  const plain = (text) => {
    let before = null;
    const lines = [];
    for (const line of text.normalize("NFC").split(/\r\n?|\n/).map((typed) => typed.trimEnd()).filter(Boolean)) {
      lines.push(before !== null && ITEM.test(before) && ITEM.test(line) ? line : line.trimStart());
      before = line;
    }
    return lines.join("\n");
  };

  // The copies of one text on this device: one a page, so that two tabs never write over each other.
  class Copies {
    constructor(name) {
      this.name = `${name} `;
      this.key = `${this.name}${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
    }

    keep(copy) {
      try {
        localStorage.setItem(this.key, JSON.stringify({ ...copy, at: Date.now() }));
      } catch { /* no room, or not allowed: the server's draft has to do */ }
    }

    forget(key = this.key) {
      try { localStorage.removeItem(key); } catch { /* as above */ }
    }

    // What other pages left, the newest first.
    others() {
      const found = [];
      try {
        for (const key of Object.keys(localStorage)) {
          if (!key.startsWith(this.name) || key === this.key) continue;
          const copy = JSON.parse(localStorage.getItem(key));
          if (typeof copy?.text === "string") found.push({ ...copy, key });
        }
      } catch { /* as above */ }
      return found.sort((a, b) => b.at - a.at);
    }
  }

  // Asks as one user, with a token that is renewed when that user signed in again in another tab.
  class Server {
    constructor(form, renewal) {
      this.user = Number(form.dataset.user);
      this.renewal = renewal;
      this.token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    }

    renew(token) {
      this.token = token;
      for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
    }

    // The answer with its status; 0 where there was none, or not one of ours.
    async ask(method, url, data = null, keepalive = false) {
      const answer = await this.once(method, url, data, keepalive);
      if (answer.status !== -403) return answer;
      const fresh = await this.once("GET", this.renewal);
      return fresh.status === 200 ? this.once(method, url, data, keepalive) : fresh;
    }

    async once(method, url, data, keepalive) {
      try {
        const response = await fetch(url, {
          method,
          keepalive,
          headers: data ? { "Content-Type": "application/json", "X-CSRFToken": this.token } : {},
          body: data && JSON.stringify({ ...data, user: this.user }),
          signal: AbortSignal.timeout(LIMIT),
        });
        const { status } = response;
        if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
          return { status: status === 403 ? -403 : 0 };
        }
        const answer = await response.json();
        if (answer.user !== undefined && answer.user !== this.user) return { status: 401 };
        if (answer.csrf) this.renew(answer.csrf);
        return { ...answer, status };
      } catch {
        return { status: 0 };
      }
    }
  }

  return { element, button, clock, plain, Copies, Server };
})();
