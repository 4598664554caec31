"""The evidence where there are no rows: for the triples of a graph, and for a yes or no."""

from pathlib import Path

import pyoxigraph as ox

from loader.query.tokens import Token, declared_prefixes, tokens
from server.asking.asker import Asker
from server.asking.evidence import RowEvidence, evidence_of, may_have_evidence
from server.asking.placeholders import fill
from server.engine.evaluation.answers import as_failures
from server.engine.evaluation.ordered_prefixes import ordered_bytes
from server.formats import N_TRIPLES
from server.prefixes import PREFIXES
from server.tables.table import Cell, Table

QUERY = Path(__file__).with_suffix(".rq").read_text(encoding="utf-8")


def graph_with_evidence(triples: bytes, media_type: str, asker: Asker) -> bytes:
    """A graph in N-Triples, written in a format together with the Statements of the things in it.

    Raises Refused.
    """
    graph = list(ox.parse(triples, format=ox.RdfFormat.N_TRIPLES))
    terms = (term for one in graph for term in (one.subject, one.object))
    things = sorted({term.value for term in terms if isinstance(term, ox.NamedNode)})
    things = [thing for thing in things if may_have_evidence(thing)]
    found = asker.answer(fill(QUERY, thing=things, value_of_an_event=things), N_TRIPLES.media_type).whole()
    whole = dict.fromkeys(one.triple for one in (*graph, *ox.parse(found, format=ox.RdfFormat.N_TRIPLES)))
    with as_failures("query"):
        return ordered_bytes(whole, media_type)


def evidence_of_truth(text: str, asker: Asker) -> RowEvidence:
    """What supports the things that an ASK query names, as the evidence of its one row. Raises Refused."""
    prefixes = {**PREFIXES, **declared_prefixes(text)}
    named = (_iri(token, prefixes) for token in tokens(text) if token.kind in ("iri", "pname"))
    things = [thing for thing in dict.fromkeys(named) if may_have_evidence(thing)]
    row = tuple(Cell("uri", thing) for thing in things)
    return evidence_of(Table(tuple(map(str, range(len(row)))), (row,)), asker.table)


def _iri(token: Token, prefixes: dict[str, str]) -> str:
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix, "") + local.replace("\\", "")
