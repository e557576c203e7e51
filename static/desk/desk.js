// Helps on the entry form; everything works without them.
"use strict";
// The paper chooser is a drawn box: give it the name of the field it stands for.
window.addEventListener("load", () => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const name = select.labels.length ? select.labels[0].textContent.trim() : select.name;
    const box = select.parentElement.querySelectorAll(".select2-selection, .select2-selection__rendered");
    for (const part of box) {
      part.removeAttribute("aria-labelledby");
      part.setAttribute("aria-label", `${name} ${select.selectedOptions[0]?.textContent ?? ""}`.trim());
    }
  }
});
(() => {
  const form = document.getElementById("entry_form");
  if (!form) return;

  // Warn before leaving with unsaved text: the buttons of the notes are forms of their own.
  const texts = () => [...form.querySelectorAll("textarea, input[type=text]")].map((field) => field.value).join("\0");
  const loaded = texts();
  let saving = document.querySelector(".desk-conflict") ? null : false;
  form.addEventListener("submit", () => { saving = true; });
  window.addEventListener("beforeunload", (event) => {
    if (saving !== true && (saving === null || texts() !== loaded)) event.preventDefault();
  });
})();
