// The parse beside the text, as it is typed. Without this file the Check button does the same.
"use strict";
(() => {
  const form = document.getElementById("compose-form");
  if (!form) return;
  const box = document.getElementById("compose-text");
  const parse = document.getElementById("seed-parse");
  const said = document.getElementById("compose-said");
  const WAIT = 400;
  let timer = 0;
  let asking = null;

  // The line of the text where the caret stands is marked in the parse, and brought into view there.
  const mark = () => {
    const number = box.value.slice(0, box.selectionStart).split("\n").length;
    for (const line of parse.querySelectorAll("[aria-current]")) line.removeAttribute("aria-current");
    const line = parse.querySelector(`[data-line="${number}"]`);
    if (!line) return;
    line.setAttribute("aria-current", "true");
    const above = line.offsetTop - parse.offsetTop;
    if (above < parse.scrollTop || above + line.offsetHeight > parse.scrollTop + parse.clientHeight) {
      parse.scrollTop = above - parse.clientHeight / 3;
    }
  };

  const say = (words, failed) => {
    said.textContent = words;
    said.classList.toggle("failed", failed);
  };

  const check = async () => {
    asking?.abort();
    asking = new AbortController();
    const data = new FormData();
    data.set("text", box.value);
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(form.dataset.linesUrl, { method: "POST", body: data, signal: asking.signal, redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      // Made by this site, which escapes every line of the text.
      parse.innerHTML = await answer.text();
      say(parse.querySelector(".seed-sum")?.textContent ?? "", false);
      mark();
    } catch (error) {
      if (error.name !== "AbortError") say(form.dataset.failed, true);
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(check, WAIT);
  });
  for (const kind of ["keyup", "click"]) box.addEventListener(kind, mark);

  const opened = box.value;
  let leaving = false;
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && box.value !== opened) event.preventDefault();
  });
})();
