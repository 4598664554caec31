// Marks at values: a sheet with the words of the source beside the value that rests on them.
// It opens at a mark under the pointer or in focus; Enter, Arrow Down or a click goes into it, Escape comes back.
// Without this script a mark leads to the quotation further down.
"use strict";

const sheet = document.createElement("div");
sheet.setAttribute("role", "group");
sheet.className = "evidence";
sheet.id = "evidence";
sheet.hidden = true;
sheet.tabIndex = -1;
const isNarrow = matchMedia("(max-width: 61.99rem)");
const article = document.querySelector(".thing");
let from = null;
let leaving = 0;
let pressed = false;
let clicked = {};

/** Tab passes by what stands in the sheet until one is inside. */
function reach(isInside) {
  for (const one of sheet.querySelectorAll("a, button, summary")) one.tabIndex = isInside ? 0 : -1;
}

/** A quotation and, behind the last of a mark that stands in the same sentence, this. */
function withSentence(number, place, all) {
  const words = document.getElementById(`said-${number}`);
  const around = words?.closest(".of-sentence");
  const isLast = !all.slice(place + 1).some((next) => around?.contains(document.getElementById(`said-${next}`)));
  return [words, isLast && around?.querySelector(".whole")].filter(Boolean);
}

/** A copy as an item of a list. */
function copied(found) {
  const item = document.createElement("li");
  item.append(...found.cloneNode(true).childNodes);
  return item;
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
  list.append(...numbers(mark).flatMap(withSentence).map(copied));
  if (!list.querySelector("blockquote") && !mark.dataset.why) sure.textContent = article.dataset.elsewhere;
  sheet.replaceChildren(close, sure, list);
  reach(false);
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
  from?.setAttribute("aria-expanded", "false");
  from = mark;
  fill(mark);
  sheet.setAttribute("aria-label", mark.getAttribute("aria-label") ?? "");
  mark.after(sheet);
  mark.setAttribute("aria-expanded", "true");
  sheet.hidden = false;
  place(mark);
  lightFrom(mark);
}

/** Shows the sheet of a mark and goes into it; at the foot of the window it must not cover its value. */
function enter(mark) {
  show(mark);
  uncover(mark);
  sheet.focus({ preventScroll: true });
}

function uncover(mark) {
  if (isNarrow.matches) bringAbove(mark, sheet);
}

function hide() {
  clearTimeout(leaving);
  if (sheet.contains(document.activeElement)) from.focus({ preventScroll: true });
  clearTimeout(leaving);
  from?.setAttribute("aria-expanded", "false");
  sheet.hidden = true;
  from = null;
  light([]);
}

/** The pointer may cross from the mark to the sheet. Who has gone into it on a narrow window, where the page moves under the pointer, stays. */
function leave() {
  clearTimeout(leaving);
  leaving = setTimeout(() => { if (!isNarrow.matches || !sheet.contains(document.activeElement)) hide(); }, 250);
}

const markOf = (event) => event.target.closest?.(".thing .said");

for (const mark of document.querySelectorAll(".thing .said")) mark.setAttribute("aria-expanded", "false");
// What comes to lie under a pointer that rests, once a sheet has gone, is not pointed at.
const rests = (event) => Math.hypot(event.clientX - clicked.clientX, event.clientY - clicked.clientY) < 2;

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch" || rests(event)) return;
  if (markOf(event)) show(markOf(event));
  else if (sheet.contains(event.target)) clearTimeout(leaving);
});
document.addEventListener("pointerout", (event) => {
  if (event.pointerType === "touch") return;
  if (markOf(event) || sheet.contains(event.target)) leave();
});
// A finger gives a mark the focus before it is lifted; what stood under it then would take the rest of the tap.
document.addEventListener("mousedown", () => { pressed = true; });
document.addEventListener("mouseup", () => { pressed = false; });
document.addEventListener("focusin", (event) => {
  const mark = markOf(event);
  reach(sheet.contains(event.target));
  if (mark && mark !== from && !pressed) {
    show(mark);
    uncover(mark);
  } else if (!mark && !sheet.contains(event.target)) {
    hide();
    if (wordsAt(event)) lightFrom(wordsAt(event));
  }
});
document.addEventListener("click", (event) => {
  clicked = event;
  const mark = markOf(event);
  if (mark && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    enter(mark);
  } else if (!sheet.hidden && !sheet.contains(event.target)) {
    hide();
  }
});
document.addEventListener("keydown", (event) => {
  const isLeaving = event.key === "Escape" && !sheet.hidden;
  const isEntering = event.key === "ArrowDown" && markOf(event);
  if (!isLeaving && !isEntering) return;
  event.preventDefault();
  if (isLeaving) hide();
  else enter(markOf(event));
});
addEventListener("scroll", () => sheet.hidden || !from || place(from), { passive: true });
