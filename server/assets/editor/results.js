// What came of each query, for the way back to the page and from one tab to another; as long as the window is there.
import { read, store } from "./storage.js";

const PREFIX = "un-missions.result.";
const LANGUAGE = document.documentElement.lang;
const found = new Map();

// Of the earlier results the browser keeps as many as it has room for.
export function keepResult(id, outcome) {
  found.set(id, outcome);
  if (outcome.html === undefined) return sessionStorage.removeItem(PREFIX + id);
  const kept = { html: outcome.html, language: LANGUAGE };
  if (store(sessionStorage, PREFIX + id, kept)) return;
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  store(sessionStorage, PREFIX + id, kept);
}

// Nothing where there is none; `isForeign` where it is there in the other language.
export function resultOf(id) {
  const kept = found.get(id) ?? read(sessionStorage, PREFIX + id, null);
  return kept && { ...kept, isForeign: Boolean(kept.language) && kept.language !== LANGUAGE };
}

export function forgetResult(id) {
  found.delete(id);
  sessionStorage.removeItem(PREFIX + id);
}
