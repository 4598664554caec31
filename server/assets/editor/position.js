// What is being written at a place of a query, so that what fits there is offered first.
import { tokens } from "./tokens.js";

const WORDS = new Set(("SELECT DISTINCT REDUCED WHERE CONSTRUCT DESCRIBE ASK FROM NAMED OPTIONAL UNION MINUS GRAPH SERVICE "
  + "SILENT FILTER BIND AS VALUES GROUP ORDER BY HAVING ASC DESC LIMIT OFFSET EXISTS NOT IN PREFIX BASE A").split(" "));
// Letters of one or more words, of either script, as a person writes a name.
const NAME = /[\p{L}\p{M}\p{N}_\-\u0640]+(?: [\p{L}\p{M}\p{N}_\-\u0640]+)*$/u;
const MOST_WORDS = 5;

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

// Which part of a triple stands at the end of this text: class, property, thing, or none inside texts and IRIs.
export function place(before) {
  const all = tokens(before).filter(({ kind }) => kind !== "comment");
  const isOpen = /["'][^"'\n]*$/.test(lineOf(before)) && all.at(-1)?.kind !== "string" && hasOpenQuote(before);
  if (isOpen || endsInComment(before)) return "none";
  let seen = 0;
  let last = null;
  for (const token of all.reverse()) {
    if (["{", "}", "."].includes(token.text)) break;
    if (token.text === ";") {
      seen += 1; // the subject stands before
      break;
    }
    if (token.text === "(") return "thing";
    last ??= token;
    if (token.text !== ",") seen += 1;
  }
  if (seen === 1) return "property";
  const isType = last?.text === "a" || last?.text === "rdf:type" || last?.text === "rdfs:subClassOf";
  return isType ? "class" : "thing";
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
