// One pass over SPARQL text: every piece of it with its kind and place, white space left out.
const LOCAL = String.raw`(?:[\p{L}\p{N}_\u00B7:\-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]|\.(?=[\p{L}\p{N}_\u00B7:\-.%\\]))*`;
const KINDS = [
  ["space", String.raw`\s+`],
  ["comment", String.raw`#[^\r\n]*`],
  ["string", String.raw`"""(?:"{0,2}(?:[^"\\]|\\[^]))*"""|'''(?:'{0,2}(?:[^'\\]|\\[^]))*'''|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'`],
  ["iri", String.raw`<[^<>"{}|^\x60\\\x00-\x20]*>`],
  ["variable", String.raw`[?$][\p{L}\p{N}_\u00B7]+`],
  ["language", String.raw`@[A-Za-z]+(?:-[A-Za-z0-9]+)*`],
  ["name", String.raw`(?:\p{L}(?:[\p{L}\p{N}_.\-]*[\p{L}\p{N}_\-])?)?:${LOCAL}|_:[\p{L}\p{N}_]${LOCAL}`],
  ["number", String.raw`(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`],
  ["word", String.raw`[\p{L}_][\p{L}\p{M}\p{N}_]*`],
  ["sign", String.raw`\^\^|&&|\|\||!=|<=|>=|[^]`],
];
const PATTERN = new RegExp(KINDS.map(([kind, pattern]) => `(?<${kind}>${pattern})`).join("|"), "uy");

export function tokens(text) {
  const found = [];
  PATTERN.lastIndex = 0;
  for (let match; (match = PATTERN.exec(text)) && match[0]; ) {
    const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
    if (kind !== "space") found.push({ kind, text: match[0], from: match.index, to: match.index + match[0].length });
  }
  return found;
}
