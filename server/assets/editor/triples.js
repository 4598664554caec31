// Reads the triples of a query as far as they are written: what stands before its end, and which classes things have.
const TYPES = new Set(["a", "rdf:type", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"]);
export const WORDS = new Set(("SELECT DISTINCT REDUCED WHERE CONSTRUCT DESCRIBE ASK FROM NAMED OPTIONAL UNION MINUS GRAPH SERVICE "
  + "SILENT FILTER BIND AS VALUES GROUP ORDER BY HAVING ASC DESC LIMIT OFFSET EXISTS NOT IN PREFIX BASE A").split(" "));
// After these, brackets hold what is selected or sorted; after any other word they end what it begins.
const LISTS = /^(?:SELECT|DISTINCT|REDUCED|BY)$/i;

// { state, groups, types, led }: the triple that is open, the groups around it from without, and of which things
// classes and the properties that lead to them are told, [{ thing, by, group }]; a group is named by the place of its brace.
export function read(tokens) {
  const reader = { state: begun(), stack: [], groups: [-1], types: [], led: [] };
  for (const token of tokens.filter(({ kind }) => kind !== "comment")) {
    const does = token.kind === "sign" && SIGNS[token.text];
    (does || add)(reader, token);
  }
  return reader;
}

const SIGNS = {
  "{": open(({ word }) => (/^VALUES$/i.test(word) ? inBrackets() : begun()), true),
  "["(reader, token) {
    const blank = { kind: "blank", text: `[${token.from}` };
    tell(reader, [...reader.state.parts, blank], blank);
    open(() => begun([blank]))(reader, token);
  },
  "(": open(({ parts, word }) => (parts.length === 1 && !word ? begun([...parts]) : inBrackets())),
  "}"(reader) {
    if (reader.groups.length > 1) reader.groups.pop();
    reader.stack.pop();
    reader.state = begun();
  },
  // What the brackets told of their node holds for it behind them too.
  "]"(reader, token) {
    const [node] = reader.state.parts;
    close(reader, node?.kind === "blank" ? node.text : `]${token.to}`);
  },
  ")"(reader, token) {
    close(reader, `)${token.to}`);
  },
  "."(reader) {
    reader.state = reader.state.isInBrackets ? reader.state : begun();
  },
  ";"({ state }) {
    state.parts.length = Math.min(1, state.parts.length);
  },
  ","({ state }) {
    state.parts.length = Math.min(state.parts.length, predicate(state.parts).end);
  },
};

function begun(parts = []) {
  return { parts, word: "", isInBrackets: false };
}

function inBrackets() {
  return { ...begun(), isInBrackets: true };
}

function open(inside, isGroup = false) {
  return (reader, token) => {
    if (isGroup) reader.groups.push(token.from);
    reader.stack.push(reader.state);
    reader.state = inside(reader.state, token);
  };
}

function close(reader, text) {
  const outer = reader.stack.pop() ?? begun();
  const ends = outer.word && !LISTS.test(outer.word) && !outer.isInBrackets;
  reader.state = ends ? begun() : outer;
  if (!ends) reader.state.parts.push({ kind: "closed", text });
}

function add(reader, token) {
  const { state } = reader;
  const isWord = token.kind === "word" && isOfSparql(token.text, state);
  if (isWord) reader.state = { ...begun(), word: token.text, isInBrackets: state.isInBrackets };
  else {
    state.parts.push(token);
    tell(reader, state.parts, token);
  }
}

// What a triple says of the kind of its subject, or else of its object, when that is written.
function tell({ groups, types, led }, parts, { kind, text }) {
  const { end, property } = predicate(parts);
  if (!property || parts.length !== end + 1) return;
  if (!TYPES.has(property)) led.push({ thing: text, by: property, group: groups.at(-1) });
  else if (kind !== "blank") types.push({ thing: parts[0].text, by: text, group: groups.at(-1) });
}

// Where an object stands, other words than those that end a triple are of a name.
function isOfSparql(text, { parts, word, isInBrackets }) {
  if (["a", "true", "false"].includes(text)) return false;
  return parts.length < 2 || word !== "" || isInBrackets || WORDS.has(text.toUpperCase());
}

// Where the path between subject and object ends, whether it wants another property, and the property that leads to
// the object, or `before` to what wants another one, where one does.
export function predicate(parts) {
  let end = 1;
  let property;
  for (;;) {
    const start = end;
    const before = parts[end - 1]?.text === "/" ? property : undefined;
    while (["^", "!"].includes(parts[end]?.text)) end += 1;
    if (end >= parts.length) return { end, isOpen: true, before: end === start ? before : undefined };
    property = end === start && ["name", "iri", "word"].includes(parts[end].kind) ? parts[end].text : undefined;
    end += 1;
    while (["*", "+", "?"].includes(parts[end]?.text)) end += 1;
    if (!["/", "|"].includes(parts[end]?.text)) return { end, isOpen: false, property };
    end += 1;
  }
}
