"""Questions about a term: a readable query for the editor, and the saved queries that use it."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from loader.query.saved_query import SavedQuery
from loader.query.tokens import declared_prefixes, tokens
from loader.query.values import WrongValue, as_term
from server.engine.snapshot import MOST_QUERIES
from server.ontology.uses import TEXTS
from server.prefixes import PREFIXES, prefixed


def example_query(kind: str, iri: str, language: str) -> str:
    """A query about a term: `kind` is things, links, values or concepts; empty for what is no proper IRI."""
    name = prefixed(iri)
    prefix = name.partition(":")[0]
    try:
        term = name or as_term("iri", iri)
    except WrongValue:
        return ""
    text = TEXTS[kind].replace("?_term", term).replace("?_language", as_term("lang", language))
    declared = declared_prefixes(text)
    return f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n{text}" if name and prefix not in declared else text


def queries_by_term(queries: Mapping[str, SavedQuery], terms: Iterable[str]) -> dict[str, list[SavedQuery]]:
    """The saved queries in whose text a term stands, by the term."""
    found: dict[str, list[SavedQuery]] = {iri: [] for iri in terms}
    for query in queries.values():
        for iri in names_in(query.text) & found.keys():
            found[iri].append(query)
    return found


@lru_cache(maxsize=MOST_QUERIES)
def names_in(text: str) -> frozenset[str]:
    """Every IRI of a query, whole; the next release mostly has the same queries."""
    prefixes, found = declared_prefixes(text), set()
    for token in tokens(text):
        if token.kind == "iri":
            found.add(token.text[1:-1])
        elif token.kind == "pname":
            prefix, _, local = token.text.partition(":")
            found.add(prefixes.get(prefix, "") + local.replace("\\", ""))
    return frozenset(found)
