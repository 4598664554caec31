// What is being written at a place of a query, so that what fits there is offered first.
import { tokens } from "./tokens.js";
import { WORDS, predicate, read } from "./triples.js";

// Letters of one or more words, of either script, as a person writes a name.
const NAME = /[\p{L}\p{M}\p{N}_\-\u0640]+(?: [\p{L}\p{M}\p{N}_\-\u0640]+)*$/u;
const MOST_WORDS = 5;
const CLASSES = new Set(["a", "rdf:type", "rdfs:subClassOf"]);

// The words before a place that may be part of a name, longest first: [{from, text}].
export function names(line, start) {
  const whole = NAME.exec(line)?.[0];
  if (!whole) return [];
  const parts = whole.split(" ");
  const found = [];
  for (let count = Math.min(parts.length, MOST_WORDS); count > 0; count -= 1) {
    const chosen = parts.slice(-count);
    if (WORDS.has(chosen[0].toUpperCase()) && count > 1) continue;
    const text = chosen.join(" ");
    found.push({ from: start + line.length - text.length, text });
  }
  return found;
}

// What is written at the end of this text: `where` is class, property, thing, or none inside texts and IRIs. Before a
// property, `subject` is what has it, or in a path `leads` what goes before; before an object, `isObject`, `property` is what
// leads there, where one does; `groups` are those around the place, `word` is what begins it, such as BY.
export function place(before) {
  const all = tokens(before);
  const isOpen = /["'][^"'\n]*$/.test(lineOf(before)) && all.at(-1)?.kind !== "string" && hasOpenQuote(before);
  if (isOpen || endsInComment(before)) return { where: "none" };
  const { state: { parts, word, isInBrackets }, groups } = read(all);
  if (word || isInBrackets) return { where: "thing", word, isInBrackets, groups };
  if (!parts.length) return { where: "thing", isFirst: true, groups };
  const { end, isOpen: wantsMore, property, before: leads } = predicate(parts);
  if (wantsMore) return { where: "property", subject: parts.length === 1 ? parts[0].text : undefined, leads, groups };
  const isWritten = parts.slice(end).some(({ kind }) => kind !== "word"); // words alone are a name that is begun
  if (isWritten) return { where: "thing", groups };
  return { where: CLASSES.has(property) ? "class" : "thing", isObject: true, property, groups };
}

// What a query says of the kind of a subject, in the same group or in one around it: its classes, or else the
// properties that lead to it.
export function kindsOf({ subject, leads, groups }, text) {
  if (leads) return [leads];
  const all = subject ? read(tokens(text)) : { types: [], led: [] };
  const of = (told) => told.filter((one) => one.thing === subject && groups.includes(one.group)).map(({ by }) => by);
  const classes = of(all.types);
  return classes.length ? classes : of(all.led);
}

function lineOf(text) {
  return text.slice(text.lastIndexOf("\n") + 1);
}

function endsInComment(text) {
  const last = tokens(text).at(-1);
  return last?.kind === "comment" && last.to === text.length;
}

// A quotation mark that begins no whole text is read as a sign.
function hasOpenQuote(text) {
  return tokens(text).some(({ kind, text: word }) => kind === "sign" && (word === '"' || word === "'"));
}
