"""Writes tables that we changed as SPARQL 1.1 results; unchanged ones come from the engine as they are."""

import json
import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from loader.release.namespaces import XSD
from server.tables.table import Cell, Table

_ESCAPED = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r", "\b": "\\b", "\f": "\\f"}
# The numbers that SPARQL writes without quotation marks.
_BARE = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "double": re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}
_XML = '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'


def as_json(table: Table, members: Mapping[str, object] | None = None) -> bytes:
    """SPARQL 1.1 results in JSON, with further `members` beside `head` and `results`."""
    bindings = [{name: _term(cell) for name, cell in row.items()} for row in table.dictionaries()]
    whole = {"head": {"vars": table.columns}, "results": {"bindings": bindings}, **(members or {})}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _term(cell: Cell) -> dict[str, str]:
    term = {"type": cell.kind, "value": cell.value}
    if cell.language:
        term["xml:lang"] = cell.language
    if cell.datatype:
        term["datatype"] = cell.datatype
    return term


def as_tsv(table: Table) -> bytes:
    """SPARQL 1.1 results in TSV: each cell is a term in the notation of SPARQL."""
    lines = ["\t".join(f"?{name}" for name in table.columns)]
    lines += ["\t".join("" if cell is None else _written(cell) for cell in row) for row in table.rows]
    return "".join(f"{line}\n" for line in lines).encode()


def _written(cell: Cell) -> str:
    if cell.kind == "uri":
        return f"<{cell.value}>"
    if cell.kind == "bnode":
        return f"_:{cell.value}"
    if cell.datatype in _BARE and _BARE[cell.datatype].fullmatch(cell.value):
        return cell.value
    text = '"' + "".join(_ESCAPED.get(c, c) for c in cell.value) + '"'
    if cell.language:
        return f"{text}@{cell.language}"
    return f"{text}^^<{cell.datatype}>" if cell.datatype else text


def as_xml(table: Table) -> bytes:
    """SPARQL 1.1 results in XML."""
    names = "".join(f"<variable name={quoteattr(name)}/>" for name in table.columns)
    rows = (
        "<result>" + "".join(_binding(name, cell) for name, cell in row.items()) + "</result>"
        for row in table.dictionaries()
    )
    return f"{_XML}<head>{names}</head><results>{''.join(rows)}</results></sparql>".encode()


def _binding(name: str, cell: Cell) -> str:
    tag, attribute = cell.kind, ""
    if cell.language:
        attribute = f" xml:lang={quoteattr(cell.language)}"
    elif cell.datatype:
        attribute = f" datatype={quoteattr(cell.datatype)}"
    value = escape(cell.value, {"\r": "&#13;"})
    return f"<binding name={quoteattr(name)}><{tag}{attribute}>{value}</{tag}></binding>"
