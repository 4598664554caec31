// Marks where a query stops being SPARQL, as one types and when the server says so.
import { linter, setDiagnostics } from "@codemirror/lint";
import { above, line, undeclared } from "./prefixes.js";
import { vocabulary } from "./words.js";

const PAUSE = 350;

export function checking({ texts, release }) {
  return linter(async (view) => {
    const text = view.state.doc.toString();
    if (!text.trim()) return [];
    const { mistake } = await import("./parse.js");
    const found = mistake(text);
    return found ? [{ ...range(view, found), severity: "error", message: sentence(found, texts),
      actions: await actions(found, text, texts, release()) }] : [];
  }, { delay: PAUSE });
}

function sentence({ kind, text }, texts) {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return texts[kind].replace("{text}", shown).replace("{prefix}", shown).replace("{message}", shown);
}

async function actions({ kind, text }, query, texts, release) {
  if (kind !== "undeclared") return [];
  const { prefixes } = await vocabulary(release).catch(() => ({ prefixes: {} }));
  if (!prefixes[text]) return [];
  return [{
    name: undeclared(query, prefixes).length > 1 ? texts.declareall : texts.declare,
    apply: (view) => view.dispatch({ changes: declarations(view.state.doc.toString(), prefixes) }),
  }];
}

function declarations(query, prefixes) {
  return above(query, undeclared(query, prefixes).map((prefix) => line(prefix, prefixes[prefix])).join("\n"));
}

function range(view, { from, to }) {
  const end = view.state.doc.length;
  return { from: Math.min(from, end), to: Math.min(Math.max(to, from + 1), end) };
}

// The mistake that the server found; it counts columns in whole characters.
export function markProblem(view, problem) {
  if (!problem.line) return view.dispatch(setDiagnostics(view.state, []));
  const from = placeOf(view, problem);
  const line = view.state.doc.lineAt(from);
  const to = Math.max(from + 1, Math.min(line.to, from + (problem.text?.length || 1)));
  const mark = { ...range(view, { from, to }), severity: "error", message: problem.detail };
  view.dispatch(setDiagnostics(view.state, [mark]));
}

export function placeOf(view, { line, column }) {
  const found = view.state.doc.line(Math.min(line, view.state.doc.lines));
  const before = [...found.text].slice(0, Math.max(0, column - 1)).join("");
  return Math.min(found.from + before.length, found.to);
}
