// The field in which a query is written, in the place of the plain one of the form.
import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { checking } from "./check.js";
import { completion } from "./completion.js";
import { isolation } from "./isolation.js";
import { sparql } from "./language.js";

// The field, and what gives it a text with a past of its own: what is undone in one query leaves the others alone.
// Tab is bound to nothing here, so that it leaves the field as it leaves any other.
export function codeField({ text, parent, ...wishes }) {
  const extensions = extensionsFor(wishes);
  const stateOf = (doc) => EditorState.create({ doc, extensions });
  return { view: new EditorView({ parent, state: stateOf(text) }), stateOf };
}

function extensionsFor({ nonce, texts, language, release, run, tidy, changed }) {
  const about = { texts, release, language };
  return [
    EditorView.cspNonce.of(nonce),
    Prec.highest(keymap.of([
      { key: "Mod-Enter", run: () => (run(), true) },
      { key: "Mod-Shift-f", run: () => (tidy(), true), preventDefault: true },
    ])),
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    search({ top: true }),
    indentUnit.of("  "),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    EditorView.lineWrapping,
    replacing,
    EditorView.contentAttributes.of({
      "aria-labelledby": "query-label", "aria-describedby": "keys", dir: "ltr", lang: "en", spellcheck: "false",
    }),
    sparql(),
    isolation,
    completion(about),
    checking(about),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap, ...searchKeymap,
      ...lintKeymap]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) changed(update.state.doc.toString());
    }),
  ];
}

// A browser that replaces lines or marked words by itself gives them styles of its own, which our policy forbids.
const replacing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to } = view.state.selection.main;
    if (event.inputType !== "insertText" || !event.data || view.composing || from === to) return false;
    event.preventDefault();
    const insert = () => view.state.update(view.state.replaceSelection(event.data),
      { userEvent: "input.type", scrollIntoView: true });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, event.data, insert))) view.dispatch(insert());
    return true;
  },
});

export function textOf(view) {
  return view.state.doc.toString();
}

export function fill(view, text) {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 }, scrollIntoView: true });
}
