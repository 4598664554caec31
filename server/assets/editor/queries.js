// The texts of the queries that are open, kept in this browser and shared by its windows; each has an id.
import { read, store } from "./storage.js";

const KEY = "un-missions.tabs";
const ACTIVE = "un-missions.tab"; // each window looks at one of its own
const DRAFT = "un-missions.draft"; // where the one text was kept when there were no tabs

export function queries() {
  const found = read(localStorage, KEY, []);
  return Array.isArray(found) ? found.filter((one) => typeof one?.text === "string" && typeof one?.id === "string") : [];
}

// The query to begin with: a given text in a tab of its own unless it is there, else the one that was looked at
// last, else the first text of all.
export function begin(given, first) {
  const all = queries();
  const last = read(sessionStorage, ACTIVE, null) ?? read(localStorage, ACTIVE, null);
  const found = given ? find(given) : all.find(({ id }) => id === last) ?? all[0];
  return found ?? add(given || read(localStorage, DRAFT, "") || first);
}

export function find(given) {
  return queries().find(({ text }) => text === given);
}

export function add(text) {
  const query = { id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, text };
  save([...queries(), query]);
  return query;
}

// Another window may have closed it in the meantime: what is written on is there again.
export function keep(id, text) {
  const all = queries();
  const query = all.find((one) => one.id === id);
  if (query) query.text = text;
  else all.push({ id, text });
  save(all);
}

export function remove(id) {
  save(queries().filter((one) => one.id !== id));
}

export function lookAt(id) {
  store(sessionStorage, ACTIVE, id);
  store(localStorage, ACTIVE, id);
}

export function whenOthersChange(tell) {
  addEventListener("storage", ({ key }) => {
    if (key === KEY) tell();
  });
}

function save(all) {
  store(localStorage, KEY, all);
}
