// On a narrow window the words of the source are a sheet from below, which a bar at the foot of the window opens.
// Where the window is narrow the style sheet knows; without this script the words stand below the story.
// The light that connects words with the values that rest on them is that of marks.js.

const passage = document.querySelector(".story > .passage");
const opener = button(passage.querySelector("h2").textContent, show);
const closer = button(document.querySelector(".thing").dataset.close, hide);
const isOver = () => getComputedStyle(passage).position === "fixed";

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function furnish() {
  passage.id ||= "words";
  opener.setAttribute("aria-expanded", "false");
  opener.setAttribute("aria-controls", passage.id);
  closer.className = "close";
  const bar = document.createElement("div");
  bar.className = "opener";
  bar.append(opener);
  passage.before(bar);
  passage.prepend(closer);
  passage.classList.add("is-sheet");
}

function show() {
  passage.classList.add("is-open");
  passage.focus({ preventScroll: true });
}

function hide() {
  const hadFocus = passage.contains(document.activeElement);
  passage.classList.remove("is-open");
  if (hadFocus) opener.focus({ preventScroll: true });
}

/** The address may name a quotation that stands in the sheet. */
function showTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target || !passage.contains(target)) return;
  show();
  target.scrollIntoView();
}

/** Brings the first value that is lit into sight above the sheet. */
function uncover() {
  const value = document.querySelector(".story .said.is-lit");
  const end = passage.getBoundingClientRect().top;
  const top = value?.getBoundingClientRect().top;
  if (top < 0 || top > end - 32) scrollBy(0, top - end / 2);
}

furnish();
showTarget();
addEventListener("hashchange", showTarget);
// A finger has no way to point at words other than following their link.
passage.addEventListener("click", (event) => {
  const mark = event.target.closest(".mark");
  if (!mark || (event.pointerType !== "touch" && !isOver())) return;
  event.preventDefault();
  lightFrom(mark);
  if (isOver()) uncover();
});
document.addEventListener("click", (event) => {
  // The mark of a value opens a sheet of its own.
  const mark = event.target.closest?.(".said");
  if (mark && !passage.contains(mark)) hide();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) hide();
});
