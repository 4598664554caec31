// Reads a query as the standard says, and tells where it stops being one. Loaded when the first query is there.
import { Parser } from "@traqula/parser-sparql-1-2";

class Mistake extends Error {
  constructor(error) {
    super(error.message);
    this.error = error;
  }
}

const parser = new Parser({
  errorHandler: ([first]) => {
    throw new Mistake(first);
  },
});

// Nothing, or { kind, text, from, to }: kind is unexpected, end, sign, undeclared or other.
export function mistake(query) {
  try {
    parser.parse(query, { baseIRI: "http://localhost/" });
    return null;
  } catch (error) {
    return error instanceof Mistake ? ofParser(error.error, query) : ofMessage(error.message, query);
  }
}

function ofParser({ token, previousToken }, query) {
  const from = token.startOffset;
  if (token.image && Number.isFinite(from)) {
    return { kind: "unexpected", text: token.image, from, to: from + token.image.length };
  }
  const end = previousToken?.image ? previousToken.startOffset + previousToken.image.length : query.trimEnd().length;
  return { kind: "end", text: "", from: Math.max(0, end - 1), to: end };
}

// What the parser tells of in words alone.
function ofMessage(message, query) {
  const sign = /unexpected character: ->([^]*?)<- at offset: (\d+)/.exec(message);
  if (sign) {
    const from = Number(sign[2]);
    const text = /^\S*/.exec(query.slice(from))[0] || sign[1];
    return { kind: "sign", text, from, to: from + text.length };
  }
  const prefix = /^Unknown prefix:? *(\S*)/.exec(message);
  if (prefix) {
    const found = new RegExp(`(?<![\\p{L}\\p{N}_.<-])${escape(prefix[1])}:`, "u").exec(query);
    const from = found?.index ?? 0;
    return { kind: "undeclared", text: prefix[1], from, to: from + prefix[1].length + 1 };
  }
  return { kind: "other", text: message.split("\n")[0], from: 0, to: Math.max(1, query.indexOf("\n")) };
}

function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\-]/g, "\\$&");
}
