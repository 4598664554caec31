"""The rows of a SELECT or ASK result, as everything that shows or exports them needs them."""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pyoxigraph as ox

from loader.release.namespaces import XSD
from server.engine.interface import Answer, Solutions, Term

NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))


def web_address(iri: str) -> str:
    """The IRI where a reader can follow it, else nothing; data name files and texts as their sources too."""
    return iri if iri.startswith(("http://", "https://")) and not any(map(str.isspace, iri)) else ""


def number_of(text: str) -> float | None:
    """The finite number that a text is; data may call anything a number."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if math.isfinite(found) and text.isascii() and "_" not in text else None


class Cell(NamedTuple):
    """One term: `kind` is `uri`, `literal`, `bnode` or `triple`; what else there is of it may be empty."""

    kind: str
    value: str
    language: str = ""
    datatype: str = ""
    direction: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it is a finite number; what only says that it is one is shown and sorted as text."""
        return self.datatype in NUMBERS and number_of(self.value) is not None

    @property
    def is_link(self) -> bool:
        """Whether it is an address that a browser may be sent to."""
        return self.kind == "uri" and bool(web_address(self.value))


@dataclass(frozen=True)
class Table:
    """Columns by name, and rows with a cell or None for each column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]

    @property
    def is_true(self) -> bool:
        """What an ASK query says, whose one cell this is."""
        (cell,) = self.rows[0]
        return cell is not None and cell.value == "true"

    def dictionaries(self) -> Iterator[dict[str, Cell]]:
        """Each row by column name, empty cells left out."""
        for row in self.rows:
            yield {name: cell for name, cell in zip(self.columns, row, strict=True) if cell is not None}

    def in_order(self) -> "Table":
        """The same rows in one order, however the engine came upon them; SPARQL's own would cost more."""
        return Table(self.columns, tuple(sorted(self.rows, key=lambda row: [cell or () for cell in row])))

    def things(self) -> set[str]:
        """The IRIs that stand in it."""
        return {cell.value for row in self.rows for cell in row if cell is not None and cell.kind == "uri"}


def table_of(answer: Answer) -> Table:
    """The rows of an answer in JSON, straight from the engine where that is in this process.

    Raises Refused.
    """
    if answer.solve is None:
        return read_table(answer.whole())
    solved = answer.solve()
    return _of_solutions(solved) if isinstance(solved, Solutions) else _of_truth(solved)


def read_table(content: bytes) -> Table:
    """A table from SPARQL 1.1 results in JSON, as our own engine wrote them."""
    results = json.loads(content)
    if "boolean" in results:
        return _of_truth(results["boolean"])
    columns = tuple(results["head"]["vars"])
    bindings = results["results"]["bindings"]
    rows = (tuple(_cell(row[name]) if name in row else None for name in columns) for row in bindings)
    return Table(columns, tuple(rows))


def _of_truth(answer: bool) -> Table:
    return Table(("answer",), ((Cell("literal", "true" if answer else "false", datatype=XSD + "boolean"),),))


def _of_solutions(solutions: Solutions) -> Table:
    """The terms as cells; one that stands in many rows is made once."""
    cells = _Cells({None: None})
    return Table(solutions.columns, tuple(tuple(map(cells.__getitem__, row)) for row in solutions.rows))


class _Cells(dict[Term | None, Cell | None]):
    """The cells of terms, made when they are first asked for."""

    def __missing__(self, term: Term) -> Cell:
        self[term] = cell = cell_of(term)
        return cell


def cell_of(term: Term) -> Cell:
    """A term as a cell; a triple is written as SPARQL 1.2 does."""
    if isinstance(term, ox.NamedNode):
        return Cell("uri", term.value)
    if isinstance(term, ox.BlankNode):
        return Cell("bnode", term.value)
    if isinstance(term, ox.Triple):
        return Cell("triple", f"<<( {term} )>>")
    if term.language:
        direction = term.direction.value if term.direction else ""
        return Cell("literal", term.value, term.language, direction=direction)
    datatype = term.datatype.value
    return Cell("literal", term.value, "", "" if datatype == XSD + "string" else datatype)


def _cell(term: Mapping[str, str]) -> Cell:
    if term["type"] == "triple":
        return cell_of(_term(term))
    tags = (term.get(name, "") for name in ("xml:lang", "datatype", "its:dir"))
    return Cell(term["type"], term["value"], *tags)


def _term(binding: Mapping[str, Any]) -> Any:
    """What the JSON of SPARQL results has for a term, inside of a triple too."""
    value = binding["value"]
    if binding["type"] == "triple":
        return ox.Triple(*(_term(value[place]) for place in ("subject", "predicate", "object")))
    if binding["type"] == "uri":
        return ox.NamedNode(value)
    if binding["type"] == "bnode":
        return ox.BlankNode(value)
    datatype, direction = binding.get("datatype"), binding.get("its:dir")
    return ox.Literal(
        value,
        datatype=ox.NamedNode(datatype) if datatype else None,
        language=binding.get("xml:lang"),
        direction=ox.BaseDirection(direction) if direction else None,
    )
