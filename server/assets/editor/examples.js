// The saved queries beside the field: searched as one types, put into the field when chosen.
import { fold } from "./fold.js";

export function examples(place, open) {
  const items = [...place.querySelectorAll("li")];
  const nothing = place.querySelector(".nothing");
  const words = new Map(items.map((item) => {
    const { query } = item.querySelector("a").dataset;
    return [item, fold(`${item.textContent} ${item.dataset.tags} ${query}`)];
  }));
  place.querySelector("input").addEventListener("input", (event) => {
    const wanted = fold(event.target.value).split(/\s+/).filter(Boolean);
    for (const item of items) item.hidden = !wanted.every((word) => words.get(item).includes(word));
    for (const group of place.querySelectorAll(".list > section")) {
      group.hidden = [...group.querySelectorAll("li")].every(({ hidden }) => hidden);
    }
    nothing.hidden = items.some(({ hidden }) => !hidden);
  });
  place.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-query]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(`${link.dataset.query}\n`);
  });
}
