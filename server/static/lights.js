// Words of the source and the values that rest on them light each other up.
// The words are the passage of a source or, where none stands beside the story, its quotations.
"use strict";

const WORDS = ".passage .mark, .passage .quotations > li";
const number = (quotation) => quotation.id.replace("said-", "");
const numbers = (element) => (element.dataset.said ?? element.dataset.notes ?? number(element)).split(" ");

/** The passages and the values of some quotations, or none. */
function light(chosen) {
  for (const one of document.querySelectorAll(`${WORDS}, .said`)) {
    one.classList.toggle("is-lit", numbers(one).some((found) => chosen.includes(found)));
  }
}

/** Lights the words of a value, or the values of words and of those within them. */
function lightFrom(element) {
  const chosen = numbers(element);
  light(element.matches(".passage .mark") ? [...chosen, ...within(chosen[0])] : chosen);
  if (!element.matches(WORDS)) reveal(document.querySelector(":is(.passage .mark, .passage li).is-lit"));
}

/** The quotations that stand nowhere but inside another: the value in a sentence may rest on fewer words. */
function within(outer) {
  const parts = [...document.querySelectorAll(".passage .mark")].map(numbers);
  const beyond = new Set(parts.filter((part) => !part.includes(outer)).flat());
  return parts.filter((part) => part.includes(outer)).flat().filter((one) => !beyond.has(one));
}

/** Moves the panel, and never the page, until lit words are in sight. */
function reveal(lit) {
  const panel = lit?.closest(".passage");
  if (!panel || panel.scrollHeight <= panel.clientHeight) return;
  const [words, around] = [lit.getBoundingClientRect(), panel.getBoundingClientRect()];
  const [start, end] = [Math.max(around.top, 0), Math.min(around.bottom, innerHeight)];
  if (words.top >= start && words.bottom <= end) return;
  panel.scrollTop += words.top - start - Math.max(16, (end - start - words.height) / 2);
}

/** Moves the page until something stands above what covers its lower part. */
function bringAbove(element, cover) {
  const end = cover.getBoundingClientRect().top;
  const { top, bottom, height } = element?.getBoundingClientRect() ?? {};
  if (top < 0 || bottom > end - 8) scrollBy(0, top - Math.max(8, (end - height) / 2));
}

// The value itself, such as a name, before its mark.
const valueMark = (event) => {
  const next = event.target.closest?.(".thing a:not(.said)")?.nextElementSibling;
  return next?.matches(".said") ? next : undefined;
};
const wordsAt = (event) => event.target.closest?.(WORDS);
const quoted = (event) => wordsAt(event) ?? valueMark(event);

document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "touch" && quoted(event)) lightFrom(quoted(event));
});
document.addEventListener("pointerout", (event) => {
  if (event.pointerType !== "touch" && quoted(event) && !document.querySelector(".evidence:not([hidden])")) light([]);
});
