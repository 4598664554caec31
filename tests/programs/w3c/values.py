"""Takes numbers of one value for one, since SPARQL says which value and not how it is written."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal

from .rows import Cell, Row

XSD = "http://www.w3.org/2001/XMLSchema#"


def by_value(row: Row) -> Row:
    """The row, each number and boolean in it written in the one way of its value and type."""
    return tuple(_canonical(cell) for cell in row)


def _canonical(cell: Cell) -> Cell:
    if not isinstance(cell, Literal) or cell.datatype.value not in WRITERS:
        return cell
    try:
        return Literal(WRITERS[cell.datatype.value](cell.value), datatype=cell.datatype)
    except (ValueError, InvalidOperation):
        return cell


def _integer(text: str) -> str:
    return str(int(text))


def _decimal(text: str) -> str:
    return f"{Decimal(text).normalize():f}"


def _double(text: str) -> str:
    return repr(float(text))


def _boolean(text: str) -> str:
    return {"1": "true", "0": "false"}.get(text, text)


WRITERS: dict[str, Callable[[str], str]] = {
    XSD + "integer": _integer,
    XSD + "decimal": _decimal,
    XSD + "double": _double,
    XSD + "float": _double,
    XSD + "boolean": _boolean,
}
