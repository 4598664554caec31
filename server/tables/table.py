"""The rows of a SELECT or ASK result, as everything that shows or exports them needs them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from loader.release.namespaces import XSD

NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))


@dataclass(frozen=True)
class Cell:
    """One term: `kind` is `uri`, `literal` or `bnode`; `language` and `datatype` may be empty."""

    kind: str
    value: str
    language: str = ""
    datatype: str = ""

    @property
    def is_number(self) -> bool:
        return self.datatype in NUMBERS

    @property
    def is_link(self) -> bool:
        """Whether it is an address that a browser may be sent to."""
        return self.kind == "uri" and self.value.startswith(("http://", "https://"))


@dataclass(frozen=True)
class Table:
    """Columns by name, and rows with a cell or None for each column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]

    def dictionaries(self) -> Iterator[dict[str, Cell]]:
        """Each row by column name, empty cells left out."""
        for row in self.rows:
            yield {name: cell for name, cell in zip(self.columns, row, strict=True) if cell is not None}

    def things(self) -> set[str]:
        """The IRIs that stand in it."""
        return {cell.value for row in self.rows for cell in row if cell is not None and cell.kind == "uri"}


def read_table(content: bytes) -> Table:
    """A table from SPARQL 1.1 results in JSON, as our own engine wrote them."""
    results = json.loads(content)
    if "boolean" in results:
        answer = "true" if results["boolean"] else "false"
        return Table(("answer",), ((Cell("literal", answer, datatype=XSD + "boolean"),),))
    columns = tuple(results["head"]["vars"])
    rows = (
        tuple(_cell(binding.get(column)) for column in columns) for binding in results["results"]["bindings"]
    )
    return Table(columns, tuple(rows))


def _cell(term: dict[str, str] | None) -> Cell | None:
    if term is None:
        return None
    if not isinstance(term["value"], str):
        return Cell("literal", json.dumps(term["value"], ensure_ascii=False))
    return Cell(term["type"], term["value"], term.get("xml:lang", ""), term.get("datatype", ""))
