// Completes as one types: words of SPARQL, variables, prefixes, and terms and things by their labels.
import { autocompletion } from "@codemirror/autocomplete";
import { element } from "./elements.js";
import { fold } from "./fold.js";
import { FORMS, PATTERNS, beginning } from "./keywords.js";
import { local, option } from "./options.js";
import { names, place } from "./position.js";
import { ofPrefix } from "./prefixed.js";
import { suited } from "./suited.js";
import { tokens } from "./tokens.js";
import { things, vocabulary } from "./words.js";

const MOST = 30;

export function completion({ texts, release, language }) {
  const about = { texts, release, language };
  return autocompletion({
    override: [keywords, (context) => named(context, about), (context) => ofPrefix(context, about), variables],
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
    const at = place(state.sliceDoc(0, from));
    if (at.where === "none") return null;
    if (isForWords(at) && beginning(text, at).length) continue;
    const fits = await suited(at, state.doc.toString(), known, about);
    if (fits.isText) return null;
    const options = [
      ...fitting(fits.terms, text).map((term) => option(term, fits.rank(term), known, about)),
      ...await found(context, text, known, about, at, fits),
    ];
    if (options.length) return { from, options: bestFirst(options), filter: false };
  }
  return null;
}

// What suits the place comes first: properties where a property stands, before classes of the same name.
function bestFirst(options) {
  return [...options].sort((one, other) => other.boost - one.boost);
}

// Where nothing is written yet, Ctrl-Space shows what suits the place best, and what else may stand there.
async function empty(context, about) {
  const before = context.state.sliceDoc(0, context.pos);
  if (!context.explicit || !/(?:^|[\s{([;,./|^])$/.test(before)) return null;
  const at = place(before);
  if (at.where === "none") return null;
  const known = await vocabulary(about.release());
  const text = context.state.doc.toString();
  const fits = await suited(at, text, known, about);
  const best = fits.isText ? [] : fits.terms.filter(fits.rank).slice(0, 2 * MOST);
  const options = best.map((term) => option(term, fits.rank(term), known, about));
  if (at.where === "thing") options.push(...inUse(text, context.pos));
  if (at.isFirst) options.push(...offered(at.groups.length > 1 ? PATTERNS : FORMS));
  return options.length ? { from: context.pos, options, filter: false } : null;
}

function fitting(terms, text) {
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

// Things by their names, of the kind to which the property leads if there are such.
async function found(context, text, known, about, { where }, fits) {
  if (text.length < 2 || where !== "thing") return [];
  const controller = new AbortController();
  context.addEventListener("abort", () => controller.abort());
  const look = (kind) => things(text, kind, about.release(), controller.signal).catch(() => []);
  const hits = (fits.kind && await look(fits.kind)) || [];
  const all = hits.length ? hits : await look("");
  const there = new Set([...fits.terms, ...known.terms].map(({ iri }) => iri));
  // Terms are completed even where the search does not answer.
  return all.filter(({ iri }) => !there.has(iri)).map(({ iri, labels, dataset }) =>
    option({ iri, kind: "thing", labels, dataset }, 1, known, about));
}

function variables(context) {
  const begun = context.matchBefore(/[?$][\p{L}\p{N}_]*$/u);
  const options = begun ? inUse(context.state.doc.toString(), begun.from) : [];
  return begun ? { from: begun.from, options, validFor: /^[?$][\p{L}\p{N}_]*$/u } : null;
}

function inUse(text, but) {
  const found = tokens(text).filter(({ kind, from }) => kind === "variable" && from !== but);
  return [...new Set(found.map(({ text }) => text))].map((label) => ({ label, type: "variable" }));
}

// Inside a triple no word of SPARQL stands; elsewhere those that begin so come before all names.
function keywords(context) {
  const begun = context.matchBefore(/(?<![?$@:<"'#\p{L}\p{N}_])[A-Za-z_]+$/u);
  const at = begun ? place(context.state.sliceDoc(0, begun.from)) : {};
  if (at.where !== "thing" || at.isObject) return null;
  const options = offered(beginning(begun.text, at));
  return options.length ? { from: begun.from, options, filter: false } : null;
}

// Where a form, a pattern or a modifier may stand, letters that begin one are of no name.
function isForWords({ where, isObject, isInBrackets }) {
  return where === "thing" && !isObject && !isInBrackets;
}

function offered(words) {
  return words.map((label) => ({ label, type: "keyword" }));
}
