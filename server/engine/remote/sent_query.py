"""A query as it is sent to another engine: graphs by their names there, and its dataset always named."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import urljoin

import pyoxigraph as ox

from loader.query.mistakes.mistake import Remark
from loader.query.outline import FORMS, GRAPH_FORMS, each_variable_once
from loader.query.tokens import Token, tokens
from loader.release.namespaces import is_own_graph
from server.engine.evaluation.query_dataset import columns_as_written, named_in_query
from server.engine.interface import Question
from server.engine.remote.placement import Placement
from server.engine.remote.release_names import NOWHERE
from server.engine.remote.virtuoso import Change, asked_otherwise, without_graph
from server.refusal import Refused

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# Tokens that may name a graph, or stand for one.
_NAMING = {"iri", "pname", "variable"}
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, kw_only=True)
class SentQuery:
    """A query in the words of the other engine; `replaced`: what was written for strings of its answer."""

    text: str
    form: str
    default: tuple[str, ...]
    named: tuple[str, ...]
    replaced: dict[str, str] = field(default_factory=dict)

    @property
    def is_graph(self) -> bool:
        return self.form in GRAPH_FORMS

    def fields(self) -> list[tuple[str, str]]:
        """As the SPARQL protocol sends it in a form."""
        graphs = [("default-graph-uri", iri) for iri in self.default]
        return [("query", self.text), *graphs, *(("named-graph-uri", iri) for iri in self.named)]


def sent_query(question: Question, placement: Placement, is_union: bool) -> SentQuery:
    """The query of a question. Raises Refused, and SyntaxError or ValueError as the engine here would."""
    text = columns_as_written(readable(question.text, question.base), question.base)
    pieces = list(tokens(text))
    form = next((p.text.upper() for p in pieces if p.kind == "word" and p.text.upper() in FORMS), "")
    default, named = _dataset(question, text, placement, is_union)
    changes, replaced = asked_otherwise(pieces) if placement.is_virtuoso else ([], {})
    changes += _GraphNames(placement, question.base, named).changes(pieces)
    begin = f"BASE <{question.base}>\n" if question.base else ""
    return SentQuery(
        text=begin + _changed(text, changes),
        form=form,
        default=tuple(map(placement.names.there, default)),
        named=tuple(map(placement.names.there, named)),
        replaced=replaced,
    )


def readable(text: str, base: str) -> str:
    """The text, if it is SPARQL: what is none is told as the engine here tells it. Raises SyntaxError.

    What calls others is not tried: even without data that would be to call them.
    """
    if "service" in text.lower() and any(token.text.upper() == "SERVICE" for token in tokens(text)):
        return text
    try:
        ox.Store().query(text, base_iri=base or None)
    except SyntaxError:
        once = each_variable_once(text)
        if once == text:
            raise
        ox.Store().query(once, base_iri=base or None)
        return once
    return text


def _dataset(
    question: Question, text: str, placement: Placement, is_union: bool
) -> tuple[Sequence[str], Sequence[str]]:
    """The graphs of a query as they are called here; a default graph is always among them."""
    default: Sequence[str] = question.default_graphs
    named: Sequence[str] = question.named_graphs
    if not default and not named:
        of_text = named_in_query(text, question.base)
        default, named = ([iri.value for iri in iris] for iris in of_text)
    if len(default) > 1 and not placement.merging:
        raise Refused(
            "refused", Remark("The engine behind this server does not merge graphs: name one with FROM.")
        )
    if default or named:
        return default or [NOWHERE], named
    is_alone = question.own and question.alone
    graphs = [iri for iri in placement.graphs if not is_alone or is_own_graph(iri)]
    return [placement.default_graph(question.own, is_union)], graphs


class _GraphNames:
    """Gives graphs their names there: by the tokens of a query, not by its text."""

    def __init__(self, placement: Placement, base: str, named: Sequence[str]) -> None:
        self._placement, self._base, self._named = placement, base, named
        self._prefixes: dict[str, str] = {}

    def changes(self, pieces: Sequence[Token]) -> Iterator[Change]:
        """What changes in a query; FROM goes, for the protocol names the dataset."""
        variables = {b.text for a, b in pairwise(pieces) if a.text.upper() == "GRAPH"}
        for n, piece in enumerate(pieces):
            if piece.kind not in _NAMING:
                continue
            before = [token.text.upper() for token in pieces[max(0, n - 2) : n]]
            if piece.kind == "iri" and self._is_declared(before, pieces[max(0, n - 1)].text, piece):
                continue
            if piece.kind in ("iri", "pname") and before[-1:] != ["PREFIX"]:
                yield from self._change(pieces, n, before)
            elif piece.kind == "variable" and piece.text in variables and before == ["STR", "("]:
                yield from self._of_text(pieces, n)

    def _is_declared(self, before: list[str], name: str, piece: Token) -> bool:
        """Whether an IRI is that of a prefix, whose name stands before it, or the base; it is known then."""
        iri = urljoin(self._base, piece.text[1:-1])
        if before[:1] == ["PREFIX"]:
            self._prefixes[name[:-1]] = iri
        elif before[-1:] == ["BASE"]:
            self._base = iri
        return before[:1] == ["PREFIX"] or before[-1:] == ["BASE"]

    def _change(self, pieces: Sequence[Token], n: int, before: list[str]) -> Iterator[Change]:
        piece, iri = pieces[n], self._full(pieces[n])
        if before[-1:] == ["FROM"] or before == ["FROM", "NAMED"]:
            yield pieces[n - (2 if before[-1] == "NAMED" else 1)].start, piece.end, ""
        elif before[-1:] == ["GRAPH"] and self._placement.is_virtuoso and iri not in self._named:
            yield without_graph(pieces, n)
        elif iri in self._placement.graphs or before[-1:] == ["GRAPH"]:
            yield piece.start, piece.end, f"<{self._placement.names.there(iri)}>"

    def _full(self, piece: Token) -> str:
        if piece.kind == "iri":
            iri = _unescaped(piece.text[1:-1])
            return iri if _ABSOLUTE.match(iri) else urljoin(self._base, iri)
        prefix, _, local = piece.text.partition(":")
        return self._prefixes.get(prefix, "") + local.replace("\\", "")

    def _of_text(self, pieces: Sequence[Token], n: int) -> Iterator[Change]:
        """STR() of a graph without what its name there has more."""
        if n + 1 < len(pieces) and pieces[n + 1].text == ")":
            ending = self._placement.names.ending
            text = f'STRBEFORE(CONCAT(STR({pieces[n].text}), "{ending}"), "{ending}")'
            yield pieces[n - 2].start, pieces[n + 1].end, text


def _unescaped(iri: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1] or match[2], 16)), iri)


def _changed(text: str, changes: Sequence[Change]) -> str:
    parts, end = [], 0
    for start, stop, new in sorted(changes):
        parts += [text[end:start], new]
        end = stop
    return "".join([*parts, text[end:]])
