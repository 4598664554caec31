// What was asked before, kept in this browser alone, newest first.
import { element } from "./elements.js";
import { read, store } from "./storage.js";

const KEY = "un-missions.history";
const MOST = 50;
const MOST_CHARACTERS = 20_000;
// Of what an entry is called.
const MOST_LETTERS = 80;

const DECLARATIONS = /^(?:(?:PREFIX\s+[^\s<]*|BASE)\s*<[^>]*>\s*)+/i;
const TOLD = document.documentElement.lang === "ar" ? /^#\+?\s*(?:title|summary_ar):\s*(.+)/ : /^#\+?\s*(?:title|summary):\s*(.+)/;
// Comments that set something, and rows of marks.
const SILENT = /^#(?:\+|\s*defaultView:|[\s#=*-]*$)/;

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
  const forget = element("button", { type: "button", className: "quiet small", "aria-label": `${texts.forget}: ${words}` }, "×");
  forget.addEventListener("click", () => {
    save(entries().filter(({ text }) => text !== entry.text));
    again();
  });
  const parts = [...when(new Date(entry.when), texts.months), ...(entry.facts ?? "").split(" · ")].filter(Boolean);
  const fact = (part) => [element("span", { className: "fact" }, element("bdi", {}, part)), " "];
  const facts = element("span", { className: "facts" }, ...parts.flatMap(fact));
  return element("li", {}, choose, facts, forget);
}

// A day as the other pages write it, 29 November 2026, and the time of it.
function when(date, months) {
  const day = `${date.getDate()}\u00a0${months[date.getMonth()]} ${date.getFullYear()}`;
  return [day, date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })];
}

// A title or a summary says what a query asks; without one, its first comment or line that is no declaration.
export function summary(text) {
  const lines = text.split("\n").map(withoutDeclarations);
  const told = lines.map((one) => TOLD.exec(one)?.[1]).find(Boolean);
  const first = lines.find((one) => one && !SILENT.test(one)) ?? "";
  const words = told ?? first.replace(/^#+\s*/, "");
  return words.length > MOST_LETTERS ? `${words.slice(0, MOST_LETTERS - 1)}…` : words;
}

function withoutDeclarations(line) {
  const rest = line.trim().replace(DECLARATIONS, "");
  return rest.startsWith("#") && rest !== line.trim() ? "" : rest;
}

function entries() {
  const found = read(localStorage, KEY, []);
  return Array.isArray(found) ? found.filter((entry) => typeof entry?.text === "string") : [];
}

function save(all) {
  store(localStorage, KEY, all);
}
