// Makes the page of the endpoint an editor; without this script its form works as it stands.
import { markProblem, placeOf } from "./check.js";
import { Asking } from "./ask.js";
import { codeField, fill, textOf } from "./code.js";
import { element } from "./elements.js";
import { examples } from "./examples.js";
import { layout } from "./layout.js";
import { addCopyButtons, bringIntoSight, elementsOf, showProblem, showResult } from "./outcome.js";
import { remember, showPast } from "./past.js";
import { above } from "./prefixes.js";
import { Progress } from "./progress.js";
import { add, begin, find, keep, lookAt, queries, remove, whenOthersChange } from "./queries.js";
import { forgetResult, keepResult, resultOf } from "./results.js";
import { focusAgain, rowsOf } from "./rows.js";
import { share } from "./share.js";
import { Tabs } from "./tabs.js";

const form = document.getElementById("ask");
const plain = form.elements.query;
const outcome = document.getElementById("outcome");
const sharing = document.getElementById("sharing");
const shareButton = document.getElementById("share");
const texts = JSON.parse(form.dataset.words);
const progress = new Progress(form, outcome, texts);
const asking = new Asking();
const states = new Map(); // of the queries that are not looked at, with what may be undone in each
let saving;

// What the address gives: a text, or one in the way of YASGUI, as others pass it on.
const passedOn = ofHash();
let active = begin(passedOn || (form.dataset.given && plain.value), plain.value);
const first = active.id;
plain.value = active.text;
const field = document.createElement("div");
field.className = "code";
plain.before(field);
const { view, stateOf } = codeField({
  text: active.text,
  parent: field,
  nonce: form.dataset.nonce,
  texts,
  language: document.documentElement.lang,
  release: () => form.elements.release.value,
  run,
  tidy,
  changed(text) {
    plain.value = text;
    hideSharing();
    clearTimeout(saving);
    saving = setTimeout(keepText, 300);
  },
});
plain.hidden = true;
// On paper the whole text stands, of which the editor has drawn only what is in sight.
const onPaper = element("pre", { className: "on-paper", dir: "ltr" });
field.after(onPaper);
matchMedia("print").addEventListener("change", () => { onPaper.textContent = textOf(view); });
document.getElementById("query-label").addEventListener("click", () => view.focus());
document.documentElement.classList.add("with-editor");
const tabs = new Tabs(document.getElementById("tabs"), { texts, choose, open: () => openApart(""), close });
showTabs();
whenOthersChange(showTabs);
showPast(document.getElementById("history"), { texts, open });
examples(document.querySelector(".examples"), open);
rowsOf(outcome, look);
beginWithResult();

outcome.querySelector(".declare")?.addEventListener("click", (event) => {
  event.preventDefault();
  declare(event.currentTarget.dataset.line);
});

addEventListener("pagehide", keepText);
addEventListener("hashchange", () => {
  if (ofHash()) openApart(ofHash());
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
document.getElementById("stop").addEventListener("click", () => asking.stop());
document.getElementById("tidy").addEventListener("click", tidy);
shareButton.addEventListener("click", toggleSharing);

// The server may have run the query of the address; else what came of it before is there again.
function beginWithResult() {
  if (outcome.querySelector(":scope > .result")) {
    keepResult(active.id, { html: outcome.innerHTML });
    rememberResult(active.text, outcome);
  }
  if (outcome.childElementCount) {
    addCopyButtons(outcome, texts);
    // On the way back, and anew, the browser knows where one was.
    if (performance.getEntriesByType("navigation")[0]?.type === "navigate") bringIntoSight(outcome);
    return;
  }
  if (form.dataset.given || passedOn) return forgetResult(active.id);
  const kept = resultOf(active.id);
  if (kept?.isForeign) run();
  else if (kept) tell(kept);
}

async function run() {
  const [text, { id }] = [textOf(view), active];
  if (!text.trim()) return;
  keepText();
  forgetProblem();
  const fields = new FormData(form);
  fields.set("query", text);
  const found = await ask(id, fields, viewOfAddress(id));
  if (found && id === active.id) bringIntoSight(outcome);
  if (found?.html === undefined) return;
  nameAddress();
  rememberResult(text, elementsOf(found.html));
}

function rememberResult(text, place) {
  remember({ text, when: Date.now(), facts: place.querySelector("#result-facts").dataset.brief });
  showPast(document.getElementById("history"), { texts, open });
}

// A link may say how to look at its query, also where one runs it oneself.
function viewOfAddress(id) {
  const view = id === first && new URLSearchParams(location.search).get("view");
  return new URLSearchParams(view ? { view } : {});
}

// Other rows of the result that is there.
async function look(fields, rows, does) {
  const { id } = active;
  const found = await ask(id, fields, rows);
  if (found && id === active.id) focusAgain(outcome, does);
}

// What comes, told where its query is still looked at; nothing where a later run has taken its place.
async function ask(id, fields, rows) {
  progress.begin();
  const found = await asking.ask(fields, rows);
  if (asking.isUnderWay) return null;
  progress.end();
  if (!found.stopped && !found.offline) keepResult(id, found);
  if (id === active.id) tell(found);
  return found;
}

function tell({ html, problem, stopped, offline }) {
  if (html !== undefined) {
    showResult(outcome, html);
    markProblem(view, {});
    progress.hear(outcome.querySelector("#result-facts"));
    addCopyButtons(outcome, texts);
  } else if (problem) {
    progress.say("");
    showProblem(outcome, problem, { texts, goTo, declare });
    markProblem(view, problem);
  } else progress.say(stopped ? texts.stopped : offline ? texts.offline : "");
}

// What was wrong with an earlier text says nothing of this one.
function forgetProblem() {
  outcome.querySelector(":scope > .wrong")?.remove();
  markProblem(view, {});
}

function keepText() {
  clearTimeout(saving);
  active = { id: active.id, text: textOf(view) };
  keep(active.id, active.text);
  showTabs();
}

function showTabs() {
  lookAt(active.id);
  const all = queries();
  tabs.show(all.some(({ id }) => id === active.id) ? all : [...all, active], active.id);
}

function choose(id) {
  if (id === active.id) return;
  keepText();
  states.set(active.id, view.state);
  showQuery(queries().find((one) => one.id === id) ?? add(""));
}

function ofHash() {
  return new URLSearchParams(location.hash.slice(1)).get("query");
}

// In a tab of its own, unless there is one with this text.
function openApart(text) {
  keepText();
  if (text && text === active.text) return;
  states.set(active.id, view.state);
  showQuery((text && find(text)) || add(text));
  view.focus();
}

// What was in a tab that is closed stays with what was asked before.
function close(id) {
  const all = queries();
  const place = all.findIndex((one) => one.id === id);
  const text = textOf(view);
  if (text.trim()) remember({ text, when: Date.now(), facts: "" });
  showPast(document.getElementById("history"), { texts, open });
  remove(id);
  forgetResult(id);
  states.delete(id);
  showQuery(all[place + 1] ?? all[place - 1] ?? add(""));
}

function showQuery(query) {
  active = query;
  const state = states.get(query.id);
  view.setState(state?.doc.toString() === query.text ? state : stateOf(query.text));
  plain.value = query.text;
  hideSharing();
  showTabs();
  outcome.replaceChildren();
  tell(resultOf(query.id) ?? {});
}

// The address no longer names another query than the one in the field.
function nameAddress() {
  const kept = new URLSearchParams(location.search);
  for (const name of ["query", "text", "saved", "view", "run"]) kept.delete(name);
  history.replaceState(null, "", `/sparql${kept.size ? `?${kept}` : ""}`);
}

function goTo(problem) {
  view.dispatch({ selection: { anchor: placeOf(view, problem) }, scrollIntoView: true });
  view.focus();
}

function declare(line) {
  view.dispatch({ changes: above(textOf(view), line) });
  forgetProblem();
  view.focus();
}

function open(text) {
  fill(view, text);
  view.focus();
}

function tidy() {
  const text = textOf(view);
  const better = layout(text);
  if (better === text) progress.say(texts.same);
  else fill(view, better);
}

function toggleSharing() {
  if (!sharing.hidden) return hideSharing();
  shareButton.setAttribute("aria-expanded", "true");
  share(sharing, {
    text: textOf(view),
    release: form.elements.release.value,
    view: outcome.querySelector("input[name=show]:checked")?.value ?? "",
    mostBytes: Number(form.dataset.mostLink),
    texts,
  });
}

function hideSharing() {
  sharing.hidden = true;
  shareButton.setAttribute("aria-expanded", "false");
}
