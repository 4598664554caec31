"""The queries that a page shows its reader: readable, and about this very thing."""

from functools import cache

from loader.query.parameter import WrongParameter
from loader.query.saved_query import SavedQuery
from loader.query.saved_query_file import read_saved_query
from server.page.links import link
from server.things.query_texts import FOLDER


def editor_address(name: str, **values: str) -> str:
    """Where the editor opens with a query, or nothing for a thing that cannot be written in SPARQL."""
    try:
        text = _query(name).bind(values)
    except WrongParameter:
        return ""
    return link("/sparql", text=_without_header(text))


@cache
def _query(name: str) -> SavedQuery:
    return read_saved_query(FOLDER / f"{name}.rq")


def _without_header(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#+"))
