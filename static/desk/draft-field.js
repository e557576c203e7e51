// One language's text on the editor page: typed, kept, restored, and met with what others saved. See autosave.js.
"use strict";
const DraftField = (() => {
  const { element, button, clock, plain, Copies } = draftTools;
  const QUIET = 3000; // milliseconds after the last keystroke
  const RETRY = 5000; // after a failure
  const NOTHING = "\0"; // no text is ever this
  const NAMES = { ko: "한국어", en: "English" };
  const at = (text, moment) => text.replace("{time}", clock(moment));

  return class {
    // `page` has the form, its words, the server, and report() for when a state changes.
    constructor(page, language, area, url) {
      Object.assign(this, { page, language, area, url, form: page.form });
      this.copies = new Copies(`desk-draft ${page.server.user} ${this.url}`);
      this.rev = this.form.elements[`${language}_rev`];
      this.token = this.form.elements[`${language}_draft`];
      this.base = Number(this.rev.value); // the revision the text was begun from
      this.serial = null; // of the draft at the server; not known before load() is done
      this.stored = NOTHING; // what the note says
      this.confirmed = NOTHING; // what the server has, as note or as draft
      this.sent = new Set(); // texts on their way, answered or not, since the last confirmation
      this.state = "saved";
      area.addEventListener("input", () => this.typed());
      area.addEventListener("blur", () => this.send());
    }

    get text() { return plain(this.area.value); }
    get dirty() { return this.text !== this.confirmed; }
    get panel() { return this.form.querySelector(`[data-conflict=${this.language}]`); }
    get undecided() { return this.panel?.dataset.serial !== undefined; }

    // What is kept here and there alike; a translator's view of the source belongs to it.
    get draft() {
      const seen = this.form.elements.source_seen?.value;
      return { base_rev: this.base, source_rev: seen ? Number(seen) : null, serial: this.serial };
    }

    // -- while typing -------------------------------------------------------------------------------------
    typed() {
      if (this.dirty) {
        this.remember();
        this.show("unsaved");
      }
      this.later(QUIET);
    }

    remember() {
      this.copies.keep({ ...this.draft, text: this.area.value, sent: [...this.sent].slice(-3) });
    }

    later(pause) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), pause);
    }

    // `leaving`: the page may be gone before the answer, so nothing is waited for.
    send(leaving = false) {
      clearTimeout(this.timer);
      if (this.serial === null || this.undecided || (this.busy && !leaving)) return;
      if (this.dirty) this.busy = this.post(leaving).finally(() => { this.busy = null; });
      else this.settle();
    }

    async post(leaving) {
      const typed = this.area.value;
      this.show("saving");
      const asked = this.page.server.ask("POST", this.url, { ...this.draft, body: typed }, leaving);
      const before = new Set(this.sent);
      this.sent.add(plain(typed));
      const answer = await asked;
      if (answer.status === 200) this.accepted(plain(typed), answer);
      else if (answer.status === 409) this.elsewhere(answer, before);
      else this.failed(answer);
    }

    accepted(text, answer) {
      this.serial = answer.serial;
      this.confirmed = text;
      this.at = answer.draft_at;
      this.sent.clear();
      // A copy of this device whose text was saved before and is history by now.
      if (!answer.draft_at && this.restored === text && text !== this.stored) this.start();
      this.settle();
      if (this.dirty) this.later(QUIET);
      if (answer.draft_at && answer.rev !== this.base) this.meet(answer.rev);
    }

    // The stored draft is not the one this page knows: another tab's, unless this page sent it and heard nothing.
    elsewhere(answer, before) {
      this.serial = answer.serial;
      if (answer.draft_at && !before.has(plain(answer.body))) {
        this.insert(answer.panel);
        this.show("decide");
      } else {
        this.later(0);
      }
    }

    failed(answer) {
      if (answer.status === 401) this.show("signedOut");
      else if (answer.status > 0 && answer.status < 500) this.show("refused", answer.error);
      else {
        this.show("offline");
        this.later(RETRY);
      }
    }

    settle() {
      if (this.dirty) this.show("unsaved");
      else {
        this.copies.forget();
        this.show(this.text === this.stored || !this.at ? "saved" : "kept");
      }
    }

    show(state, detail = "") {
      Object.assign(this, { state, detail });
      this.page.report();
    }

    // -- opening the page ---------------------------------------------------------------------------------
    async load() {
      const answer = await this.page.server.ask("GET", `${this.url}?rev=${this.rev.value}`);
      if (answer.status !== 200) {
        this.failed(answer);
        clearTimeout(this.timer);
        if (answer.status < 400 || answer.status === 401) setTimeout(() => this.load(), RETRY);
        return;
      }
      this.fresh = answer;
      this.stored = plain(answer.base);
      this.at = answer.draft?.draft_at;
      // Handed back by a refused save: the draft stays based on what it was begun from until this is decided.
      if (this.panel) this.base = Number(this.panel.dataset.baseRev);
      if (this.text === this.stored) this.restore(answer);
      else this.goOn(answer);
      this.offer(answer);
      this.send();
    }

    // There is typed text already. A stored draft that it did not grow from is met at the server, not passed over.
    goOn({ draft, serial }) {
      const { text } = this;
      const grown = !draft || plain(draft.body) === text || Number(this.token.value) === serial
        || this.copies.others().some((copy) => copy.serial === serial && plain(copy.text) === text);
      this.serial = grown ? serial : 0;
      this.confirmed = grown && draft ? plain(draft.body) : this.stored;
      if (grown && draft && draft.base_rev !== this.base) this.confirmed = NOTHING;
    }

    // The newer of the server's draft and this device's copy goes into the text area.
    restore({ draft, serial, panel }) {
      const drafted = draft ? plain(draft.body) : this.stored;
      const copy = this.copies.others().find(({ text }) => ![this.stored, drafted].includes(plain(text)));
      this.serial = serial;
      this.confirmed = drafted;
      if (copy && (!draft || copy.serial === serial || copy.at > Date.parse(draft.draft_at))) {
        // Not grown from that draft: the server compares the two.
        if (draft && copy.serial !== serial) this.serial = copy.serial ?? 0;
        this.sent = new Set(copy.sent);
        this.takeUp(copy, copy.at);
        this.remember();
        this.copies.forget(copy.key);
      } else if (draft) {
        this.takeUp({ ...draft, text: draft.body }, draft.draft_at);
        this.insert(panel);
      }
    }

    takeUp({ text, base_rev: base, source_rev: seen }, moment) {
      this.restored = plain(text);
      this.begin(text, base, seen);
      this.notice = this.banner(at(this.page.words.restored, moment), () => this.discard());
    }

    // Other copies are shown until the editor throws them away; those the server knows go at once.
    offer({ draft, text }) {
      const known = [this.stored, this.text, plain(text), plain(draft?.body ?? text)];
      for (const copy of this.copies.others()) {
        if (known.includes(plain(copy.text))) this.copies.forget(copy.key);
        else this.banner(at(this.page.words.another, copy.at), () => this.copies.forget(copy.key), copy.text);
      }
    }

    banner(text, discard, whole) {
      const box = element("section", { className: "desk-banner", ariaLabel: text });
      const label = element("strong", { lang: this.language, textContent: NAMES[this.language] });
      box.append(element("p", { role: "status" }, label, ": ", text));
      if (whole) {
        const shown = element("pre", { className: "desk-text", lang: this.language, textContent: whole });
        box.append(element("details", {}, element("summary", { textContent: this.page.words.show }), shown));
      }
      box.append(button(this.page.words.discard, () => { box.remove(); discard(); }));
      document.getElementById("drafts").append(box);
      return box;
    }

    // A text in the area, begun from revision `base`: a save from there never passes over what came since.
    begin(text, base, seen = null) {
      this.base = base;
      this.rev.value = base;
      if (seen !== null && this.form.dataset.source !== this.language) this.form.elements.source_seen.value = seen;
      this.area.value = text;
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
    }

    // Back to the note as it is stored.
    start() {
      this.restored = null;
      this.notice?.remove();
      this.panel?.remove();
      this.stored = this.confirmed = plain(this.fresh.text);
      this.at = null;
      this.begin(this.fresh.text, this.fresh.rev);
    }

    async discard() {
      const answer = await this.page.server.ask("DELETE", this.url, { serial: this.serial });
      if (answer.status === 409) this.elsewhere(answer, this.sent);
      else if (answer.status !== 200) this.failed(answer);
      else {
        this.serial = answer.serial;
        this.start();
        this.settle();
      }
    }

    // -- two texts ----------------------------------------------------------------------------------------
    // Somebody saved revision `rev`: their text against mine, as the server compares them.
    async meet(rev) {
      if (rev === Number(this.panel?.dataset.rev)) return;
      const answer = await this.page.server.ask("GET", this.url);
      if (answer.status === 200) this.fresh = answer;
      this.insert(answer.panel);
    }

    insert(html) {
      const holder = element("template", { innerHTML: html ?? "" });
      const panel = holder.content.firstElementChild;
      if (!panel) return;
      this.panel?.remove();
      document.getElementById("conflicts").append(panel);
      this.reveal();
      this.page.report();
    }

    reveal() {
      for (const part of this.panel?.querySelectorAll("[data-js]") ?? []) part.hidden = false;
      for (const part of this.panel?.querySelectorAll("[data-no-js]") ?? []) part.hidden = true;
    }

    // The editor decided. Kept once more, as begun from what is stored now.
    take(which) {
      const { panel } = this;
      const { rev, sourceSeen, serial, tabBase, baseRev } = panel.dataset;
      const found = panel.querySelector(`[data-text=${which}]`);
      const text = which === "mine" ? this.area.value : found.value ?? found.textContent;
      panel.remove();
      this.confirmed = NOTHING;
      if (serial !== undefined) {
        this.serial = Number(serial);
        this.begin(text, Math.min(Number(tabBase), Number(baseRev)));
      } else {
        if (sourceSeen !== undefined) this.form.elements.source_seen.value = sourceSeen;
        this.stored = plain(panel.querySelector("[data-text=theirs]").textContent);
        this.begin(text, Number(rev));
      }
      this.area.focus();
      this.send();
    }
  };
})();
