// The words of SPARQL that may be begun at a place, those that suit it first.
export const FORMS = "SELECT CONSTRUCT DESCRIBE ASK PREFIX".split(" ");
export const PATTERNS = "OPTIONAL FILTER BIND VALUES MINUS GRAPH".split(" ");
const MODIFIERS = ["GROUP BY", "HAVING", "ORDER BY", "LIMIT", "OFFSET", "ASC", "DESC"];
const FUNCTIONS = ("COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT LANG LANGMATCHES STR DATATYPE BOUND IF COALESCE CONTAINS STRSTARTS "
  + "STRENDS REGEX REPLACE CONCAT STRLEN LCASE UCASE YEAR MONTH DAY ISIRI ISLITERAL STRLANG STRDT IRI NOW ROUND ABS").split(" ");
const OTHERS = "DISTINCT WHERE FROM UNION BY EXISTS AS".split(" ");

export function beginning(text, at) {
  const begun = text.toUpperCase();
  const words = new Set([...suiting(at), ...FORMS, ...PATTERNS, ...MODIFIERS, ...OTHERS, ...FUNCTIONS]);
  return [...words].filter((word) => word.startsWith(begun));
}

function suiting({ isInBrackets, word, groups }) {
  if (isInBrackets) return FUNCTIONS;
  if (groups.length > 1) return PATTERNS;
  return word ? [...OTHERS, ...MODIFIERS] : [];
}
