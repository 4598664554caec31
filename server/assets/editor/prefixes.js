// The prefixes that a query declares, the short names they give, and where a further one is put.
import { tokens } from "./tokens.js";

// Nothing in such a local name has to be escaped.
const PLAIN = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?$/u;

export function declared(text) {
  const found = new Map();
  const all = tokens(text).filter(({ kind }) => kind !== "comment");
  all.forEach(({ kind, text: word }, place) => {
    const [name, iri] = [all[place + 1], all[place + 2]];
    if (kind === "word" && word.toUpperCase() === "PREFIX" && name?.kind === "name" && iri?.kind === "iri") {
      found.set(name.text.slice(0, -1), { namespace: iri.text.slice(1, -1), to: iri.to });
    }
  });
  return found;
}

// The known prefixes that a query uses and does not declare.
export function undeclared(text, known) {
  const there = declared(text);
  const names = tokens(text).filter(({ kind, text: word }) => kind === "name" && !word.startsWith("_:"));
  const used = new Set(names.map(({ text: word }) => word.slice(0, word.indexOf(":"))));
  return [...used].filter((prefix) => known[prefix] && !there.has(prefix));
}

// The edit that declares a prefix.
export function declaration(text, prefix, namespace) {
  return above(text, line(prefix, namespace));
}

export function line(prefix, namespace) {
  return `PREFIX ${prefix}: <${namespace}>`;
}

// The edit that puts lines after the declarations, else before everything but the comments at the top.
export function above(text, lines) {
  const ends = [...declared(text).values()].map(({ to }) => to);
  if (ends.length) return { from: Math.max(...ends), insert: `\n${lines}` };
  const first = tokens(text).find(({ kind }) => kind !== "comment");
  return { from: first ? first.from : text.length, insert: `${lines}\n\n` };
}

// How a term is written in this query, and the prefix it needs where that is not declared yet.
export function written(text, iri, { prefixes, base }) {
  const own = [...declared(text)].map(([prefix, { namespace }]) => [prefix, namespace]);
  const taken = new Set(own.map(([prefix]) => prefix));
  const known = Object.entries(prefixes).filter(([prefix]) => !taken.has(prefix));
  for (const [prefix, namespace] of [...longestFirst(own), ...longestFirst([...known, ...kindOf(iri, base, taken)])]) {
    const local = iri.slice(namespace.length);
    if (iri.startsWith(namespace) && PLAIN.test(local)) {
      return { name: `${prefix}:${local}`, missing: taken.has(prefix) ? null : { prefix, namespace } };
    }
  }
  return { name: `<${iri}>`, missing: null };
}

// Things of ours are read best by their kind: person:adama-dieng.
function kindOf(iri, base, taken) {
  const [kind, slug] = iri.startsWith(base) ? iri.slice(base.length).split("/") : [];
  return kind && slug && /^[a-z][a-z-]*$/.test(kind) && !taken.has(kind) ? [[kind, `${base}${kind}/`]] : [];
}

function longestFirst(pairs) {
  return pairs.filter(([, namespace]) => namespace).sort(([, a], [, b]) => b.length - a.length);
}
