// What was asked before, kept in this browser alone, newest first.
import { element } from "./elements.js";
import { read, store } from "./storage.js";

const KEY = "un-missions.history";
const MOST = 50;
const MOST_CHARACTERS = 20_000;

// Days as the other pages write them: 29 November 2026.
const DATES = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;

export function remember(entry) {
  if (entry.text.length > MOST_CHARACTERS) return;
  save([entry, ...entries().filter(({ text }) => text !== entry.text)].slice(0, MOST));
}

export function showPast(place, { texts, open }) {
  const all = entries();
  if (!all.length) return place.replaceChildren(element("p", { className: "help" }, texts.nothing));
  const again = () => showPast(place, { texts, open });
  const list = element("ul", { className: "entries" }, ...all.map((entry) => line(entry, { texts, open, again })));
  const forget = element("button", { type: "button", className: "quiet" }, texts.forgetall);
  forget.addEventListener("click", () => {
    save([]);
    again();
  });
  place.replaceChildren(list, element("p", {}, forget));
}

function line(entry, { texts, open, again }) {
  const words = summary(entry.text);
  const choose = element("button", { type: "button", className: "plain", dir: "auto", title: entry.text }, words);
  choose.addEventListener("click", () => open(entry.text));
  const when = new Date(entry.when).toLocaleString(DATES, { dateStyle: "long", timeStyle: "short",
    numberingSystem: "latn" });
  const forget = element("button", { type: "button", className: "quiet small", "aria-label": `${texts.forget}: ${words}` }, "×");
  forget.addEventListener("click", () => {
    save(entries().filter(({ text }) => text !== entry.text));
    again();
  });
  const parts = [when, entry.facts].filter(Boolean).map((part) => element("bdi", {}, part));
  const facts = element("span", { className: "facts" }, ...parts.flatMap((part, place) => (place ? [" · ", part] : [part])));
  return element("li", {}, choose, facts, forget);
}

// The comment that a query begins with says what it asks; without one, the first line that is no prefix.
export function summary(text) {
  const lines = text.split("\n").map((one) => one.trim()).filter((one) => one && !/^(PREFIX|BASE)\b/i.test(one));
  return (lines[0] ?? "").replace(/^#[#+\s]*(title:)?\s*/, "").slice(0, 80);
}

function entries() {
  const found = read(localStorage, KEY, []);
  return Array.isArray(found) ? found.filter((entry) => typeof entry?.text === "string") : [];
}

function save(all) {
  store(localStorage, KEY, all);
}
