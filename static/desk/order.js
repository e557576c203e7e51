// The order of a digest's entries: drag a row, or Alt and an arrow key. Without this file: numbers and buttons.
"use strict";
(() => {
  const form = document.getElementById("order-form");
  const said = document.getElementById("order-said");
  if (!form || !said) return;
  const body = form.querySelector("tbody");
  const rows = () => [...body.rows];
  const names = () => rows().map((row) => row.querySelector("input").name).join();
  let saved = names();
  let saving = Promise.resolve();
  let stuck = false;

  for (const grip of form.querySelectorAll(".order-grip")) grip.hidden = false;
  const help = form.querySelector(".order-help");
  if (help) help.hidden = false;

  const fail = (words) => {
    stuck = true;
    said.textContent = words;
    said.classList.add("failed");
  };

  const post = async () => {
    const now = names();
    if (stuck || now === saved) return;
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "error",
      });
      const data = await answer.json();
      if (!answer.ok) return fail(data.message);
      form.elements.order.value = data.order;
      saved = now;
      said.textContent += ` ${data.message}`;
    } catch {
      fail(said.dataset.failed);
    }
  };
  // One after the other: each carries the order that the one before it left.
  const save = () => { saving = saving.then(post); };

  const renumber = () => rows().forEach((row, place) => { row.querySelector("input").value = place + 1; });

  const tell = (row) => {
    if (stuck) return;
    said.textContent = said.dataset.place
      .replace("{title}", row.dataset.title)
      .replace("{place}", rows().indexOf(row) + 1)
      .replace("{total}", rows().length);
  };

  // The neighbour moves, not the row: what moves in the document loses the focus and the pointer.
  const step = (row, up) => {
    const other = up ? row.previousElementSibling : row.nextElementSibling;
    if (!other || stuck) return false;
    body.insertBefore(other, up ? row.nextElementSibling : row);
    renumber();
    return true;
  };

  body.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    const row = event.target.closest("tr");
    if (step(row, event.key === "ArrowUp")) { tell(row); save(); }
  });

  for (const button of form.querySelectorAll(".order-step")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const row = button.closest("tr");
      if (step(row, button.value.startsWith("up"))) { tell(row); save(); }
    });
  }

  for (const grip of form.querySelectorAll(".order-grip")) {
    const row = grip.closest("tr");
    grip.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || stuck) return;
      grip.setPointerCapture(event.pointerId);
      row.classList.add("order-dragged");
    });
    grip.addEventListener("pointermove", (event) => {
      if (!grip.hasPointerCapture(event.pointerId)) return;
      for (const up of [true, false]) {
        const other = up ? row.previousElementSibling : row.nextElementSibling;
        const edge = other?.getBoundingClientRect();
        const middle = edge && (edge.top + edge.bottom) / 2;
        if (edge && (up ? event.clientY < middle : event.clientY > middle)) return void step(row, up);
      }
    });
    grip.addEventListener("lostpointercapture", () => {
      row.classList.remove("order-dragged");
      if (names() !== saved) { tell(row); save(); }
    });
  }
})();
