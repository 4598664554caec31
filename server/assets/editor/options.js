// What a completion looks like, and what it writes: the short name, and the prefix above where it is missing.
import { pickedCompletion } from "@codemirror/autocomplete";
import { element } from "./elements.js";
import { declaration, declared, written } from "./prefixes.js";

// A term or a thing; what suits the place it is written at comes first. The best of all come in an order already.
export function option(term, suits, known, { texts, language }) {
  const label = term.labels[language] ?? Object.values(term.labels)[0] ?? local(term.iri);
  const other = Object.entries(term.labels).find(([code, words]) => code !== language && words !== label)?.[1];
  const origin = term.dataset?.labels[language] ?? Object.values(term.dataset?.labels ?? {})[0];
  const uses = term.count ? texts.uses.replace("{number}", term.count.toLocaleString("en")) : "";
  return {
    label,
    type: term.kind,
    detail: [other, origin].filter(Boolean).join(" · "),
    boost: 100 * suits + (suits > 1 ? 0 : Math.min(20, Math.log2(1 + (term.count ?? 0)))),
    info: () => info(term, uses),
    apply: (view, completion, from, to) => insert(view, completion, from, to, term.iri, known),
  };
}

export function local(iri) {
  return iri.replace(/[/#]+$/, "").split(/[/#]/).pop();
}

function info({ iri }, uses) {
  return element("div", {}, element("code", { dir: "ltr" }, iri), element("div", {}, uses));
}

function insert(view, completion, from, to, iri, known) {
  const text = view.state.doc.toString();
  const { name, missing } = written(text, iri, known);
  const edit = missing ? declaration(text, missing.prefix, missing.namespace) : null;
  change(view, completion, edit, { from, to, insert: name });
}

export function insertPrefix(view, completion, from, to, name, namespace) {
  const text = view.state.doc.toString();
  const edit = declared(text).has(name) ? null : declaration(text, name, namespace);
  change(view, completion, edit, { from, to, insert: `${name}:` });
}

function change(view, completion, edit, name) {
  view.dispatch({
    changes: [...(edit ? [edit] : []), name],
    selection: { anchor: name.from + (edit?.insert.length ?? 0) + name.insert.length },
    annotations: pickedCompletion.of(completion),
    userEvent: "input.complete",
    scrollIntoView: true,
  });
}
