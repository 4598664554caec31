// Keeps the words of texts and comments to themselves: Arabic inside a query turns no sign around it.
import { Prec } from "@codemirror/state";
import { Decoration, Direction, EditorView, ViewPlugin } from "@codemirror/view";
import { tokens } from "./tokens.js";

const RIGHT_TO_LEFT = /\p{Script=Arabic}|\p{Script=Hebrew}/u;
const LETTER = /\p{L}/u;
const marks = new Map([Direction.LTR, Direction.RTL].map((direction) => [direction, Decoration.mark({
  class: "isolate",
  attributes: { dir: direction === Direction.RTL ? "rtl" : "ltr" },
  bidiIsolate: direction,
  inclusive: true,
})]));

// Only lines with such letters need it; a text is isolated between its quotation marks, which stay in their places.
function isolated(view) {
  const found = [];
  const text = view.state.doc.toString();
  if (!RIGHT_TO_LEFT.test(text)) return Decoration.none;
  for (const token of tokens(text)) {
    if (!RIGHT_TO_LEFT.test(token.text)) continue;
    if (token.kind === "string" || token.kind === "comment") found.push(...lines(token));
    else if (token.kind !== "sign") found.push(marks.get(Direction.LTR).range(token.from, token.to));
  }
  return Decoration.set(found);
}

// The inside of a token, line by line, in the direction of its first letter.
function lines({ kind, text, from }) {
  const edge = kind === "comment" ? /^#+\s*/.exec(text)[0].length : /^("""|'''|"|')/.exec(text)[0].length;
  const inside = text.slice(edge, kind === "comment" ? undefined : -edge);
  const found = [];
  let start = from + edge;
  for (const line of inside.split("\n")) {
    const first = LETTER.exec(line)?.[0] ?? "";
    const direction = RIGHT_TO_LEFT.test(first) ? Direction.RTL : Direction.LTR;
    if (line) found.push(marks.get(direction).range(start, start + line.length));
    start += line.length + 1;
  }
  return found;
}

const plugin = ViewPlugin.fromClass(class {
  constructor(view) {
    this.decorations = isolated(view);
  }

  update(update) {
    if (update.docChanged) this.decorations = isolated(update.view);
  }
}, {
  provide: (self) => {
    const of = (view) => view.plugin(self)?.decorations ?? Decoration.none;
    return [EditorView.outerDecorations.of(of), Prec.lowest(EditorView.bidiIsolatedRanges.of(of))];
  },
});

export const isolation = plugin;
