// Beside the text of a source: what a chosen passage supports. Without this script its marks lead to the notes.
"use strict";

const panel = document.getElementById("chosen");
const title = document.getElementById("chosen-title");
const allNotes = [...document.querySelectorAll(".notes > ol > li")];
let from = null;

/** Copies notes into the panel, and marks the words of the first of them. */
function show(notes) {
  panel.querySelector("ol").replaceChildren(...notes.map((note) => {
    const copy = note.cloneNode(true);
    copy.removeAttribute("id");
    return copy;
  }));
  panel.hidden = false;
  panel.scrollTop = 0;
  markWords(notes[0].dataset.statements.split(" "));
}

function markWords(statements) {
  for (const words of document.querySelectorAll(".words")) {
    words.classList.toggle("is-chosen", statements.includes(words.dataset.statement));
  }
}

/** On a narrow window the panel lies over the foot of the text: what was chosen must not be under it. */
function uncover(mark) {
  const below = mark.getBoundingClientRect().bottom - panel.getBoundingClientRect().top;
  if (getComputedStyle(panel).position === "fixed" && below > 0) window.scrollBy(0, below + 48);
}

function close() {
  panel.hidden = true;
  markWords([]);
  from?.focus({ preventScroll: true });
  from = null;
}

/** The address may name a statement: its words are marked wherever they stand. */
function fromAddress() {
  const anchor = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const statement = anchor?.dataset.statement;
  const note = statement && allNotes.find((one) => one.dataset.statements.split(" ").includes(statement));
  if (note) show([note]);
}

document.querySelector(".text").addEventListener("click", (event) => {
  const mark = event.target.closest(".mark");
  if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  from = mark;
  const notes = mark.dataset.notes.split(" ").map((number) => document.getElementById(`note-${number}`));
  show(notes);
  uncover(mark);
  history.replaceState(null, "", notes[0].querySelector(".quotation").hash);
  title.focus({ preventScroll: true });
});
panel.querySelector(".close").addEventListener("click", close);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden) close();
});
window.addEventListener("hashchange", fromAddress);
fromAddress();
