// What suits a place of a query by the data: the properties of the subject's kind, the things to which a property leads.
import { kindsOf } from "./position.js";
import { declared } from "./prefixes.js";
import { values } from "./words.js";

// { terms, rank, kind, isText }: all that may be written there, what suits it best first, and how well a term does;
// `kind` is that of all the things to which the property leads. Where it leads to texts alone, no name is right.
export async function suited(at, text, known, about) {
  if (at.where === "property") return ranked(known.terms, usual(at, text, known), "property");
  if (at.where === "class") return ranked(known.terms, ours(known), "class");
  const property = at.property && iriOf(at.property, text, known);
  const found = property ? await values(property, about.release()).catch(() => null) : null;
  if (!found) return ranked(known.terms, [], "thing");
  const things = found.values.map((value) => ({ ...value, kind: "thing" }));
  const isText = !things.length && !found.more && known.terms.some(({ iri }) => iri === property);
  return { ...ranked(things.length ? [] : known.terms, things, "thing"), kind: kindOf(things, known.base), isText };
}

function ranked(terms, best, kind) {
  const places = new Map(best.map(({ iri }, place) => [iri, place]));
  const rank = (term) => places.has(term.iri) ? 2 : Number(term.kind === kind);
  const rest = terms.filter(({ iri }) => !places.has(iri));
  return { terms: [...best, ...rest.filter(rank), ...rest.filter((term) => !rank(term))], rank, isText: false };
}

// Classes of the project itself are asked for sooner than those it shares.
function ours({ terms, base }) {
  return terms.filter(({ kind, iri }) => kind === "class" && iri.startsWith(base));
}

// The properties that things of the subject's classes have, or those to which the same properties lead; those that the
// most of them have first.
function usual(at, text, known) {
  const kinds = new Set(kindsOf(at, text).map((name) => iriOf(name, text, known)));
  const properties = known.terms.filter(({ kind }) => kind === "property");
  const found = known.terms.filter(({ iri }) => kinds.has(iri));
  return [...new Set(found.flatMap((term) => term.properties ?? []))].map((place) => properties[place]);
}

function iriOf(name, text, { prefixes }) {
  if (name.startsWith("<")) return name.slice(1, -1);
  const [prefix] = name.split(":", 1);
  const namespace = declared(text).get(prefix)?.namespace ?? prefixes[prefix];
  return namespace && namespace + name.slice(prefix.length + 1);
}

// The first part of their paths, by which the search knows kinds, where they have one in common.
function kindOf(things, base) {
  const kinds = new Set(things.map(({ iri }) => iri.startsWith(base) ? iri.slice(base.length).split("/")[0] : ""));
  return kinds.size === 1 ? [...kinds][0] : "";
}
