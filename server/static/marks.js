// Marks at values: the words of the source beside the value that rests on them, and both lit up together.
// Without this script a mark leads to the quotation further down.
"use strict";

const sheet = document.createElement("div");
sheet.setAttribute("role", "group");
sheet.className = "evidence";
sheet.id = "evidence";
sheet.hidden = true;
const article = document.querySelector(".thing");
let from = null;
let leaving = 0;
let pressed = false;

const numbers = (element) => (element.dataset.said ?? element.dataset.notes).split(" ");

/** The passages and the values of some quotations, or none. */
function light(chosen) {
  for (const one of document.querySelectorAll(".passage .mark, .said")) {
    one.classList.toggle("is-lit", numbers(one).some((number) => chosen.includes(number)));
  }
}

/** Lights the words of a value, or the values of words. */
function lightFrom(element) {
  light(numbers(element));
  if (!element.matches(".passage .mark")) reveal(document.querySelector(".passage .mark.is-lit"));
}

/** Moves the passage, and never the page, until lit words are in sight. */
function reveal(mark) {
  const passage = mark?.closest(".passage");
  if (!passage || passage.scrollHeight <= passage.clientHeight) return;
  const [words, around] = [mark.getBoundingClientRect(), passage.getBoundingClientRect()];
  const end = Math.min(around.bottom, innerHeight);
  if (words.top < around.top || words.bottom > end) {
    passage.scrollTop += words.top - (around.top + end) / 2;
  }
}

/** Copies quotations into the sheet, after how sure the value is: named in the text, or inferred, and why. */
function fill(mark) {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "close";
  close.textContent = article.dataset.close;
  close.addEventListener("click", hide);
  const sure = document.createElement("p");
  sure.className = mark.dataset.why ? "why" : "sure";
  sure.textContent = mark.dataset.why ?? article.dataset[mark.classList.contains("is-computed") ? "computed" : "named"];
  const list = document.createElement("ul");
  list.className = "quotations";
  for (const number of numbers(mark)) {
    const copy = document.getElementById(`said-${number}`)?.cloneNode(true);
    copy?.removeAttribute("id");
    if (copy) list.append(copy);
  }
  if (!list.querySelector("blockquote") && !mark.dataset.why) sure.textContent = article.dataset.elsewhere;
  sheet.replaceChildren(close, sure, list);
}

/** On a wide window below the mark, inside the window; a narrow one has it at its foot, by the style sheet. */
function place(mark) {
  const at = mark.getBoundingClientRect();
  const room = document.documentElement.clientWidth - sheet.offsetWidth - 16;
  const above = at.bottom + sheet.offsetHeight + 8 > innerHeight && at.top > sheet.offsetHeight + 8;
  sheet.style.left = `${Math.max(16, Math.min(at.left - 24, room))}px`;
  sheet.style.top = `${above ? at.top - sheet.offsetHeight - 4 : at.bottom + 4}px`;
}

function show(mark) {
  clearTimeout(leaving);
  if (from === mark && !sheet.hidden) return;
  from = mark;
  fill(mark);
  sheet.setAttribute("aria-label", mark.getAttribute("aria-label") ?? "");
  mark.after(sheet);
  sheet.hidden = false;
  place(mark);
  lightFrom(mark);
}

function hide() {
  clearTimeout(leaving);
  if (sheet.contains(document.activeElement)) from.focus({ preventScroll: true });
  clearTimeout(leaving);
  sheet.hidden = true;
  from = null;
  light([]);
}

/** The pointer may cross from the mark to the sheet. */
function leave() {
  clearTimeout(leaving);
  leaving = setTimeout(hide, 250);
}

const markOf = (event) => event.target.closest?.(".thing .said");
// The value itself, such as a name, before its mark.
const valueMark = (event) => {
  const next = event.target.closest?.(".thing a:not(.said)")?.nextElementSibling;
  return next?.matches(".said") ? next : undefined;
};
const passageMark = (event) => event.target.closest?.(".passage .mark");
const quoted = (event) => passageMark(event) ?? valueMark(event);

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  if (markOf(event)) show(markOf(event));
  else if (sheet.contains(event.target)) clearTimeout(leaving);
  else if (quoted(event)) lightFrom(quoted(event));
});
document.addEventListener("pointerout", (event) => {
  if (event.pointerType === "touch") return;
  if (markOf(event) || sheet.contains(event.target)) leave();
  else if (quoted(event) && sheet.hidden) light([]);
});
// A finger gives a mark the focus before it is lifted; what stood under it then would take the rest of the tap.
document.addEventListener("mousedown", () => { pressed = true; });
document.addEventListener("mouseup", () => { pressed = false; });
document.addEventListener("focusin", (event) => {
  if (pressed && markOf(event)) return;
  if (markOf(event)) show(markOf(event));
  else if (passageMark(event)) lightFrom(passageMark(event));
  else if (!sheet.contains(event.target)) hide();
});
document.addEventListener("click", (event) => {
  const mark = markOf(event);
  if (mark && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    show(mark);
  } else if (!sheet.hidden && !sheet.contains(event.target)) {
    hide();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || sheet.hidden) return;
  event.preventDefault();
  hide();
});
addEventListener("scroll", () => sheet.hidden || !from || place(from), { passive: true });
