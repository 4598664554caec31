// Shows what came of a query: the result as the server drew it, or the problem in its words.
import { copyButton, element } from "./elements.js";

const SHOWN = "un-missions.shown";

// A piece of our own page, in which the server has escaped whatever is stored.
export function elementsOf(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

export function showResult(place, html) {
  place.replaceChildren(elementsOf(html));
  place.hidden = false;
  keepChoice(place);
}

// What came begins in the middle of the window where it would begin below that and not end in it: the query stays in
// sight above it.
export function bringIntoSight(place) {
  const { top, bottom } = place.getBoundingClientRect();
  const middle = 0.5 * innerHeight;
  if (top > middle && bottom > innerHeight) scrollBy({ top: top - middle, behavior: "instant" });
}

export function showProblem(place, problem, { texts, goTo, declare }) {
  const title = element("p", {}, element("strong", {}, problem.title));
  const detail = element("p", { lang: problem.language ?? "en", dir: problem.language === "ar" ? "rtl" : "ltr" }, problem.detail ?? "");
  const box = element("div", { className: "wrong", role: "alert" }, title, detail);
  const offers = element("p", { className: "actions" });
  if (problem.declaration) offers.append(offer(problem.declaration.includes("\n") ? texts.declareall : texts.declare, () => declare(problem.declaration)));
  if (problem.line) offers.append(offer(texts.place.replace("{line}", problem.line), () => goTo(problem)));
  if (offers.childElementCount) box.append(offers);
  place.replaceChildren(box);
}

function offer(words, does) {
  const button = element("button", { type: "button", className: "quiet" }, words);
  button.addEventListener("click", does);
  return button;
}

export function addCopyButtons(place, texts) {
  for (const code of place.querySelectorAll("pre")) {
    if (!code.nextElementSibling?.matches("button.copy")) code.after(copyButton(() => code.textContent, texts));
  }
}

// How one looked at the last result is how one looks at the next, where that can be and the query asks for no other.
function keepChoice(place) {
  const radios = [...place.querySelectorAll("input[name=show]")];
  const wanted = radios.find(({ value }) => value === sessionStorage.getItem(SHOWN));
  if (wanted && !place.querySelector("[data-wished]")) wanted.checked = true;
  for (const radio of radios) {
    radio.addEventListener("change", () => sessionStorage.setItem(SHOWN, radio.value));
  }
}
