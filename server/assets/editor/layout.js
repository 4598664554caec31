// Lays a query out anew: lines and indents only; every word, sign and comment stays as it is.
import { tokens } from "./tokens.js";

const OWN_LINE = new Set(("PREFIX BASE SELECT CONSTRUCT DESCRIBE ASK FROM WHERE VALUES OPTIONAL FILTER BIND MINUS GRAPH "
  + "SERVICE GROUP ORDER HAVING LIMIT OFFSET").split(" "));
const PROLOGUE = new Set(["PREFIX", "BASE"]);
const NO_SPACE_BEFORE = new Set([",", ")", "]", "^^", "*)", "|", "/"]);
const NO_SPACE_AFTER = new Set(["(", "[", "^^", "!", "^", "|", "/"]);

export function layout(text) {
  const writer = new Writer(text);
  for (const token of tokens(text)) writer.take(token);
  const result = writer.result();
  return same(text, result) ? result : text;
}

// Whether two texts have the same words, so that only the space between them differs.
function same(one, other) {
  const words = (text) => tokens(text).map((token) => token.text).join("\0");
  return words(one) === words(other);
}

class Writer {
  constructor(text) {
    this.text = text;
    this.lines = [];
    this.line = "";
    this.depth = 0; // of braces
    this.brackets = 0; // round ones and square ones that are open
    this.hangs = false; // whether the line goes on a triple that began above
    this.before = null;
    this.inPrologue = false;
  }

  take(token) {
    const word = token.kind === "word" ? token.text.toUpperCase() : "";
    if (token.kind === "comment") this.comment(token);
    else if (token.text === "{") this.open(token);
    else if (token.text === "}") this.close(token);
    else if (this.brackets === 0 && (token.text === "." || token.text === ";")) this.end(token);
    else this.word(token, word);
    this.before = token;
  }

  comment(token) {
    const isBehind = this.before && !this.text.slice(this.before.to, token.from).includes("\n");
    if (isBehind && !this.line && this.lines.length) this.lines.push(`${this.lines.pop()} ${token.text}`);
    else if (isBehind) this.add(token.text);
    else {
      this.break();
      this.add(token.text);
    }
    this.break();
  }

  open(token) {
    if (this.before?.text === "}") this.break();
    this.add(token.text);
    this.depth += 1;
    this.hangs = false;
    this.break();
  }

  close(token) {
    this.break();
    this.depth = Math.max(0, this.depth - 1);
    this.hangs = false;
    this.add(token.text);
    if (this.depth === 0 && this.brackets === 0) this.break();
  }

  end(token) {
    this.add(token.text);
    this.hangs = token.text === ";";
    this.break();
  }

  word(token, word) {
    const startsLine = OWN_LINE.has(word) && this.brackets === 0 && !this.follows(word);
    const afterGroup = this.before?.text === "}" && this.brackets === 0 && word !== "UNION" && word !== "WHERE";
    if (startsLine) {
      this.break();
      if (this.inPrologue && !PROLOGUE.has(word)) this.lines.push("");
      this.inPrologue = PROLOGUE.has(word);
      this.hangs = false;
    } else if (afterGroup && this.depth > 0) this.break();
    if (token.text === "(" || token.text === "[") this.brackets += 1;
    if (token.text === ")" || token.text === "]") this.brackets = Math.max(0, this.brackets - 1);
    this.add(token.text, token);
  }

  // What belongs to the word before it: WHERE to SELECT, BY to GROUP, a second LIMIT word to the line.
  follows(word) {
    const before = this.before?.text.toUpperCase();
    if (word === "WHERE") return Boolean(this.line);
    if (word === "GRAPH" || word === "FILTER") return false;
    if (word === "OFFSET") return this.line.startsWith("LIMIT");
    return before === "(";
  }

  add(text, token) {
    const indent = "  ".repeat(this.depth) + (this.hangs ? "  " : "");
    if (!this.line) this.line = indent + text;
    else this.line += (this.needsSpace(text, token) ? " " : "") + text;
  }

  needsSpace(text, token) {
    const last = this.before;
    if (!last || NO_SPACE_BEFORE.has(text) || NO_SPACE_AFTER.has(last.text)) return false;
    if (token?.kind === "language") return false;
    const touched = last.to === token?.from;
    if (text === "(" && last.kind === "word") return !touched;
    if (["*", "+", "?"].includes(text) || last.text === "/" || last.text === "|") return !touched;
    if (last.text === "-" || last.text === "+") return !touched;
    return true;
  }

  break() {
    if (this.line.trim()) this.lines.push(this.line.trimEnd());
    this.line = "";
  }

  result() {
    this.break();
    return `${this.lines.join("\n")}\n`;
  }
}
