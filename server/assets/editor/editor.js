// Makes the page of the endpoint an editor; without this script its form works as it stands.
import { markProblem, placeOf } from "./check.js";
import { Asking } from "./ask.js";
import { codeField, fill, textOf } from "./code.js";
import { examples } from "./examples.js";
import { layout } from "./layout.js";
import { addCopyButtons, showProblem, showResult } from "./outcome.js";
import { draft, keepDraft, remember, showPast } from "./past.js";
import { share } from "./share.js";

const form = document.getElementById("ask");
const plain = form.elements.query;
const outcome = document.getElementById("outcome");
const progress = document.getElementById("progress");
const sharing = document.getElementById("sharing");
const [runButton, stopButton, shareButton] = ["run", "stop", "share"].map((id) => document.getElementById(id));
const texts = JSON.parse(form.dataset.words);
const asking = new Asking();
let saving;
let clock;

// The address of a query in YASGUI, as others pass it on.
const passedOn = new URLSearchParams(location.hash.slice(1)).get("query");
if (passedOn) plain.value = passedOn;
else if (!form.dataset.given && draft()) plain.value = draft();
const field = document.createElement("div");
field.className = "code";
plain.before(field);
const view = codeField({
  text: plain.value,
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
    saving = setTimeout(() => keepDraft(text), 300);
  },
});
plain.hidden = true;
document.getElementById("query-label").addEventListener("click", () => view.focus());
document.documentElement.classList.add("with-editor");
showPast(document.getElementById("history"), { texts, open });
addCopyButtons(outcome, texts);
examples(document.querySelector(".examples"), open);

addEventListener("pagehide", () => keepDraft(textOf(view)));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
stopButton.addEventListener("click", () => asking.stop());
document.getElementById("tidy").addEventListener("click", tidy);
shareButton.addEventListener("click", toggleSharing);

async function run() {
  const text = textOf(view);
  if (!text.trim()) return;
  keepDraft(text);
  forgetProblem();
  setBusy(true);
  const fields = new FormData(form);
  fields.set("query", text);
  const found = await asking.ask(fields);
  if (asking.isUnderWay) return; // a later run has taken its place
  setBusy(false);
  tell(found, text);
}

function tell({ html, problem, stopped, offline }, text) {
  if (html !== undefined) {
    showResult(outcome, html);
    markProblem(view, {});
    const facts = outcome.querySelector("#result-facts");
    progress.replaceChildren(...facts.cloneNode(true).childNodes);
    progress.classList.add("hidden"); // heard, and seen above the result
    remember({ text, when: Date.now(), facts: facts.dataset.brief });
    showPast(document.getElementById("history"), { texts, open });
    addCopyButtons(outcome, texts);
    nameAddress();
  } else if (problem) {
    progress.textContent = "";
    showProblem(outcome, problem, { texts, goTo });
    markProblem(view, problem);
  } else {
    progress.textContent = stopped ? texts.stopped : offline ? texts.offline : "";
  }
}

// What was wrong with an earlier text says nothing of this one.
function forgetProblem() {
  outcome.querySelector(":scope > .wrong")?.remove();
  markProblem(view, {});
}

// How long it has run, and how long it may.
function tellTime(begun) {
  const seconds = Math.floor((Date.now() - begun) / 1000);
  progress.textContent = texts.elapsed.replace("{seconds}", seconds).replace("{limit}", form.dataset.limit);
}

function setBusy(isBusy) {
  clearInterval(clock);
  if (isBusy) clock = setInterval(tellTime, 1000, Date.now());
  runButton.disabled = isBusy;
  stopButton.disabled = !isBusy;
  outcome.setAttribute("aria-busy", String(isBusy));
  progress.classList.remove("hidden");
  if (isBusy) progress.textContent = texts.running;
}

// The address no longer names another query than the one in the field.
function nameAddress() {
  const kept = new URLSearchParams(location.search);
  for (const name of ["query", "text", "saved"]) kept.delete(name);
  history.replaceState(null, "", `/sparql${kept.size ? `?${kept}` : ""}`);
}

function goTo(problem) {
  view.dispatch({ selection: { anchor: placeOf(view, problem) }, scrollIntoView: true });
  view.focus();
}

function open(text) {
  fill(view, text);
  view.focus();
}

function tidy() {
  const text = textOf(view);
  const better = layout(text);
  if (better === text) progress.textContent = texts.same;
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
