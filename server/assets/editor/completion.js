// Completes as one types: words of SPARQL, variables, prefixes, and terms and things by their labels.
import { autocompletion, pickedCompletion } from "@codemirror/autocomplete";
import { element } from "./elements.js";
import { fold } from "./fold.js";
import { names, place } from "./position.js";
import { declaration, declared, written } from "./prefixes.js";
import { tokens } from "./tokens.js";
import { things, vocabulary } from "./words.js";

const KEYWORDS = ("SELECT DISTINCT WHERE CONSTRUCT DESCRIBE ASK FROM OPTIONAL UNION MINUS GRAPH FILTER BIND VALUES "
  + "GROUP BY ORDER BY HAVING LIMIT OFFSET EXISTS PREFIX COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT LANG LANGMATCHES STR "
  + "DATATYPE BOUND IF COALESCE CONTAINS STRSTARTS STRENDS REGEX REPLACE CONCAT STRLEN LCASE UCASE YEAR MONTH DAY "
  + "ISIRI ISLITERAL STRLANG STRDT IRI NOW ROUND ABS").split(" ");
const MOST = 30;

export function completion({ texts, release, language }) {
  const about = { texts, release, language };
  return autocompletion({
    override: [(context) => named(context, about), (context) => ofPrefix(context, about), variables, keywords],
    activateOnTyping: true,
    maxRenderedOptions: 60,
    icons: false,
    addToOptions: [{ position: 90, render: (completion) => kind(completion, texts) }],
  });
}

function kind({ type }, texts) {
  return element("span", { className: "kind" }, texts[type] ?? "");
}

// Terms and things whose label or name has the words before the cursor; the most words that fit are taken.
async function named(context, about) {
  const { state, pos, explicit } = context;
  const line = state.doc.lineAt(pos);
  const candidates = names(state.sliceDoc(line.from, pos), line.from)
    .filter(({ from, text }) => (explicit || text.length > 1) && !/[?$@:<"'#^]/.test(state.sliceDoc(from - 1, from)));
  if (!candidates.length) return empty(context, about);
  const known = await vocabulary(about.release());
  for (const { from, text } of candidates) {
    const where = place(state.sliceDoc(0, from));
    if (where === "none") return null;
    const options = [
      ...fitting(known, text).map((term) => option(term, known, about, where)),
      ...await found(context, text, known, about, where),
    ];
    if (options.length) return { from, options: bestFirst(options), filter: false };
  }
  return null;
}

// What fits the place comes first: properties where a property stands, before classes of the same name.
function bestFirst(options) {
  return [...options].sort((one, other) => (other.boost ?? 0) - (one.boost ?? 0));
}

// Where nothing is written yet, Ctrl-Space shows what stands most often in such a place.
async function empty(context, about) {
  const before = context.state.sliceDoc(0, context.pos);
  if (!context.explicit || /\S$/.test(before)) return null;
  const where = place(before);
  if (where !== "class" && where !== "property") return null;
  const known = await vocabulary(about.release());
  const options = known.terms.filter((term) => term.kind === where).slice(0, MOST);
  return { from: context.pos, options: options.map((term) => option(term, known, about, where)), filter: false };
}

function fitting({ terms }, text) {
  const wanted = fold(text).split(/\s+/);
  const fits = (term) => {
    const words = fold(`${Object.values(term.labels).join(" ")} ${local(term.iri)}`).split(/[\s_\-]+/);
    return wanted.every((part) => words.some((word) => bare(word).startsWith(bare(part))));
  };
  return terms.filter(fits).slice(0, MOST);
}

// The article of Arabic is no reason not to find a word.
function bare(word) {
  return word.length > 4 && word.startsWith("\u0627\u0644") ? word.slice(2) : word;
}

async function found(context, text, known, about, where) {
  if (text.length < 2 || where === "property" || where === "class") return [];
  const controller = new AbortController();
  context.addEventListener("abort", () => controller.abort());
  try {
    const hits = await things(text, about.release(), controller.signal);
    const terms = new Set(known.terms.map(({ iri }) => iri));
    return hits.filter(({ iri }) => !terms.has(iri))
      .map(({ iri, labels, dataset }) => option({ iri, kind: "thing", labels, dataset }, known, about, where));
  } catch {
    return []; // terms are completed even where the search does not answer
  }
}

function option(term, known, { texts, language }, where) {
  const label = term.labels[language] ?? Object.values(term.labels)[0] ?? local(term.iri);
  const other = Object.entries(term.labels).find(([code, words]) => code !== language && words !== label)?.[1];
  const origin = term.dataset?.labels[language] ?? Object.values(term.dataset?.labels ?? {})[0];
  const uses = term.count ? texts.uses.replace("{number}", term.count.toLocaleString("en")) : "";
  return {
    label,
    type: term.kind,
    detail: [other, origin].filter(Boolean).join(" · "),
    boost: (term.kind === where ? 50 : 0) + Math.min(20, Math.log2(1 + (term.count ?? 0))),
    info: () => info(term, uses),
    apply: (view, completion, from, to) => insert(view, completion, from, to, term.iri, known),
  };
}

function info({ iri }, uses) {
  return element("div", {}, element("code", { dir: "ltr" }, iri), element("div", {}, uses));
}

// Puts the short name in the place of the words, and the prefix above where it is missing.
function insert(view, completion, from, to, iri, known) {
  const text = view.state.doc.toString();
  const { name, missing } = written(text, iri, known);
  const changes = [{ from, to, insert: name }];
  if (missing) changes.unshift(declaration(text, missing.prefix, missing.namespace));
  const shift = missing ? changes[0].insert.length : 0;
  view.dispatch({
    changes,
    selection: { anchor: from + shift + name.length },
    annotations: pickedCompletion.of(completion),
    userEvent: "input.complete",
    scrollIntoView: true,
  });
}

// A prefix that is begun, or a name behind a prefix: the local names of its namespace.
async function ofPrefix(context, about) {
  const begun = context.matchBefore(/[\p{L}][\p{L}\p{N}_.\-]*(?::[\p{L}\p{N}_.\-]*)?$/u);
  if (!begun || place(context.state.sliceDoc(0, begun.from)) === "none") return null;
  if (/[?$@<"'#^]/.test(context.state.sliceDoc(begun.from - 1, begun.from))) return null;
  const known = await vocabulary(about.release());
  const [prefix, rest] = begun.text.split(":");
  const text = context.state.doc.toString();
  const namespace = declared(text).get(prefix)?.namespace ?? known.prefixes[prefix];
  if (rest === undefined) return prefixes(context, begun, known, prefix);
  if (!namespace) return null;
  const where = place(context.state.sliceDoc(0, begun.from));
  const wanted = fold(rest);
  const begins = ({ iri }) => fold(iri.slice(namespace.length)).startsWith(wanted) ? 1 : 0;
  const options = known.terms
    .filter(({ iri }) => iri.startsWith(namespace) && fold(iri.slice(namespace.length)).includes(wanted))
    .sort((one, other) => (other.kind === where) - (one.kind === where) || begins(other) - begins(one))
    .slice(0, 2 * MOST)
    .map((term) => ({ ...option(term, known, about, where), label: `${prefix}:${term.iri.slice(namespace.length)}`,
      detail: term.labels[about.language] ?? "" }));
  return options.length ? { from: begun.from, options, filter: false } : null;
}

function prefixes(context, { from, text: begun }, { prefixes }, prefix) {
  const isDeclaring = /\bPREFIX\s+$/i.test(context.state.sliceDoc(Math.max(0, from - 12), from));
  const options = Object.entries(prefixes).filter(([name]) => name.startsWith(prefix.toLowerCase()))
    .map(([name, namespace]) => ({
      label: `${name}:`,
      type: "prefix",
      detail: namespace,
      boost: -20,
      apply: isDeclaring ? `${name}: <${namespace}>` : (view, completion, start, to) =>
        insertPrefix(view, completion, start, to, name, namespace),
    }));
  return options.length && begun ? { from, options, filter: false } : null;
}

function insertPrefix(view, completion, from, to, name, namespace) {
  const text = view.state.doc.toString();
  const edit = declared(text).has(name) ? null : declaration(text, name, namespace);
  view.dispatch({
    changes: [...(edit ? [edit] : []), { from, to, insert: `${name}:` }],
    selection: { anchor: from + (edit?.insert.length ?? 0) + name.length + 1 },
    annotations: pickedCompletion.of(completion),
    userEvent: "input.complete",
  });
}

function variables(context) {
  const begun = context.matchBefore(/[?$][\p{L}\p{N}_]*$/u);
  if (!begun) return null;
  const inUse = tokens(context.state.doc.toString()).filter(({ kind, from }) => kind === "variable" && from !== begun.from);
  const options = [...new Set(inUse.map(({ text }) => text))].map((label) => ({ label, type: "variable" }));
  return { from: begun.from, options, validFor: /^[?$][\p{L}\p{N}_]*$/u };
}

function keywords(context) {
  const begun = context.matchBefore(/(?<![?$@:<"'#\p{L}\p{N}_])[A-Za-z_]+$/u);
  if (!begun || place(context.state.sliceDoc(0, begun.from)) === "none") return null;
  const options = [...new Set(KEYWORDS)].map((label) => ({ label, type: "keyword", boost: -40 }));
  return { from: begun.from, options, validFor: /^[A-Za-z_]*$/ };
}

function local(iri) {
  return iri.replace(/[/#]+$/, "").split(/[/#]/).pop();
}
