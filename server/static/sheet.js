// On a narrow window the words of the source are a sheet from below, which a bar at the foot of the window opens.
// Where the window is narrow the style sheet knows; without this script the words stand below the story.
// The light that connects words with the values that rest on them is that of lights.js.

const passage = document.querySelector(".story > .passage");
const heading = passage.querySelector("h2");
const opener = button(heading.textContent, show);
const closer = button(document.querySelector(".thing").dataset.close, hide);
const top = (element) => element.getBoundingClientRect().top;
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
  const head = document.createElement("div");
  head.className = "head";
  head.append(heading, closer);
  passage.prepend(head);
  passage.classList.add("is-sheet");
}

function show() {
  passage.classList.add("is-open");
  passage.focus({ preventScroll: true });
  const story = document.querySelector(".told");
  if (top(story) > top(passage) - 64) bringAbove(story, passage);
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

furnish();
showTarget();
addEventListener("hashchange", showTarget);
// A finger has no way to point at words other than following their link.
passage.addEventListener("click", (event) => {
  const words = wordsAt(event);
  const isAnother = event.target.closest("a:not(.mark), summary, button");
  if (!words || isAnother || (event.pointerType !== "touch" && !isOver())) return;
  event.preventDefault();
  lightFrom(words);
  if (isOver()) bringAbove(document.querySelector(".story .said.is-lit"), passage);
});
document.addEventListener("click", (event) => {
  if (!passage.contains(event.target) && !opener.contains(event.target)) hide();
});
// What comes next with Tab would stand under the sheet.
passage.addEventListener("focusout", (event) => {
  if (event.relatedTarget && !passage.contains(event.relatedTarget)) hide();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) hide();
});
