// Adds a button to every piece of code that copies it, and shows those that copy other texts; without this script
// the page lacks only the buttons.
"use strict";
(() => {
  const { copy, copied } = document.currentScript.dataset;
  const copies = (button, text) => {
    const name = button.textContent;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text());
      button.textContent = copied;
      setTimeout(() => { button.textContent = name; }, 2000);
    });
  };
  for (const code of document.querySelectorAll("pre")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = copy;
    copies(button, () => code.textContent);
    code.after(button);
  }
  for (const button of document.querySelectorAll("button[data-text]")) {
    copies(button, () => button.dataset.text);
    button.parentElement.hidden = false;
  }
})();
