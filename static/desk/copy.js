// The copy button of a page that shows text to take along.
"use strict";
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const box = document.getElementById(button.dataset.copy);
    const said = document.getElementById("copy-said");
    try {
      await navigator.clipboard.writeText(box.value);
      said.textContent = button.dataset.copied;
    } catch {
      // No right to the clipboard, or no secure connection: the text is selected, Ctrl+C takes it.
      box.focus();
      box.select();
    }
  });
}
