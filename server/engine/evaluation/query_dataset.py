"""The RDF dataset of a query (SPARQL 1.1, section 13.2), with the default graph as a true merge."""

from urllib.parse import urljoin

import pyoxigraph as ox

from loader.query.outline import each_variable_once, has_star, with_columns_named
from loader.query.tokens import Token, tokens

Graphs = list[ox.NamedNode | ox.BlankNode]
Merged = list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]


def named_in_query(text: str, base: str) -> tuple[Graphs, Graphs]:
    """The IRIs of the FROM and FROM NAMED clauses of a query, in its order."""
    prefixes: dict[str, str] = {}
    default: Graphs = []
    named: Graphs = []
    before: list[str] = ["", ""]
    for token in tokens(text):
        if token.text == "{":
            break
        keyword = before[-1].upper()
        if before[-2].upper() == "PREFIX" and token.kind == "iri":
            prefixes[before[-1][:-1]] = urljoin(base, token.text[1:-1])
        elif keyword == "BASE" and token.kind == "iri":
            base = urljoin(base, token.text[1:-1])
        elif keyword == "FROM" and token.kind in ("iri", "pname"):
            default.append(_resolve(token, base, prefixes))
        elif keyword == "NAMED" and before[-2].upper() == "FROM" and token.kind in ("iri", "pname"):
            named.append(_resolve(token, base, prefixes))
        before = [before[-1], token.text]
    return default, named


def _resolve(token: Token, base: str, prefixes: dict[str, str]) -> ox.NamedNode:
    if token.kind == "iri":
        return ox.NamedNode(urljoin(base, token.text[1:-1]))
    prefix, _, local = token.text.partition(":")
    return ox.NamedNode(prefixes.get(prefix, "") + local.replace("\\", ""))


def ask(store: ox.Store, text: str, base: str, default: Merged, named: Graphs) -> object:
    """The result of a query on the dataset that the protocol names, else on the one the query names."""
    text = columns_as_written(text, base)
    if not default and not named and "from" in text.lower():
        default_in_text, named_in_text = named_in_query(text, base)
        if len(default_in_text) < 2:
            return _ask(store, text, base)
        default, named = [*default_in_text], named_in_text
    if not default and not named:
        return _ask(store, text, base)
    if len(default) < 2:
        return _ask(store, text, base, [*default], named)
    return _ask(_merge(store, default, named), text, base, ox.DefaultGraph(), named)


def columns_as_written(text: str, base: str) -> str:
    """`SELECT *` with its columns by name: Oxigraph has them by the alphabet, a reader as they are written.

    Which they are is asked where there are no data, which costs nothing; but not where others are called.
    """
    if not has_star(text) or "service" in text.lower():
        return text
    try:
        empty = ox.Store().query(text, base_iri=base or None)
    except (SyntaxError, ValueError):
        return text  # the store that is meant says what is wrong
    columns = [one.value for one in empty.variables] if isinstance(empty, ox.QuerySolutions) else []
    return with_columns_named(text, columns)


def _ask(
    store: ox.Store,
    text: str,
    base: str,
    default: ox.DefaultGraph | list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None,
    named: Graphs | None = None,
) -> object:
    """Asks the store; `SELECT ?x ?x` is SPARQL, though not to Oxigraph."""
    try:
        return store.query(text, base_iri=base or None, default_graph=default, named_graphs=named)
    except SyntaxError:
        once = each_variable_once(text)
        if once == text:
            raise
        return store.query(once, base_iri=base or None, default_graph=default, named_graphs=named)


def _merge(store: ox.Store, default: Merged, named: Graphs) -> ox.Store:
    """A store of its own: of several default graphs Oxigraph gives a row for each that holds a triple."""
    merged = ox.Store()
    for graph in default:
        merged.extend(
            ox.Quad(q.subject, q.predicate, q.object)
            for q in store.quads_for_pattern(None, None, None, graph)
        )
    for graph in named:
        merged.extend(store.quads_for_pattern(None, None, None, graph))
    return merged
