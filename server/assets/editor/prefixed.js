// Completes a prefix that is begun, and what follows one: the local names of its namespace.
import { fold } from "./fold.js";
import { insertPrefix, option } from "./options.js";
import { place } from "./position.js";
import { declared } from "./prefixes.js";
import { suited } from "./suited.js";
import { vocabulary } from "./words.js";

const MOST = 60;

export async function ofPrefix(context, about) {
  const begun = context.matchBefore(/[\p{L}][\p{L}\p{N}_.\-]*(?::[\p{L}\p{N}_.\-]*)?$/u);
  if (!begun || /[?$@<"'#^]/.test(context.state.sliceDoc(begun.from - 1, begun.from))) return null;
  const at = place(context.state.sliceDoc(0, begun.from));
  if (at.where === "none") return null;
  const known = await vocabulary(about.release());
  const [prefix, rest] = begun.text.split(":");
  const text = context.state.doc.toString();
  const fits = await suited(at, text, known, about);
  if (fits.isText) return null;
  if (rest === undefined) return prefixes(context, begun, known, prefix);
  const namespace = declared(text).get(prefix)?.namespace ?? known.prefixes[prefix] ?? `${known.base}${prefix}/`;
  const options = within(namespace, rest, fits)
    .map((term) => ({ ...option(term, fits.rank(term), known, about),
      label: `${prefix}:${term.iri.slice(namespace.length)}`, detail: term.labels[about.language] ?? "" }));
  return options.length ? { from: begun.from, options, filter: false } : null;
}

// Those that suit the place first, and then those that begin with what is written.
function within(namespace, rest, { terms, rank }) {
  const wanted = fold(rest);
  const place = ({ iri }) => iri.startsWith(namespace) ? fold(iri.slice(namespace.length)).indexOf(wanted) : -1;
  return terms.filter((term) => place(term) >= 0)
    .sort((one, other) => rank(other) - rank(one) || Number(!place(other)) - Number(!place(one)))
    .slice(0, MOST);
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
