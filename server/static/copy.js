// Adds a button to every piece of code that copies it; without this script the page lacks only the buttons.
"use strict";
(() => {
  const { copy, copied } = document.currentScript.dataset;
  for (const code of document.querySelectorAll("pre")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = copied;
      setTimeout(() => { button.textContent = copy; }, 2000);
    });
    code.after(button);
  }
})();
