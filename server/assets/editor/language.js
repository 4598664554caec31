// SPARQL as CodeMirror knows it: what a word is, how it looks, and how lines hang together.
import { LanguageSupport, delimitedIndent, indentNodeProp, syntaxHighlighting } from "@codemirror/language";
import { classHighlighter, styleTags, tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";

const language = SparqlLanguage.configure({
  props: [
    styleTags({ Langtag: tags.annotation, Pname_ln: tags.namespace, Pname_ns: tags.namespace }),
    indentNodeProp.add({ GroupGraphPattern: delimitedIndent({ closing: "}", align: false }) }),
  ],
});

export function sparql() {
  return [
    new LanguageSupport(language, language.data.of({
      commentTokens: { line: "#" },
      closeBrackets: { brackets: ["{", "(", "[", '"', "'"] },
    })),
    syntaxHighlighting(classHighlighter),
  ];
}
