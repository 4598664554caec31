"""The drawings of a result: geometry here, marks in `server/templates/views`; the table is their text."""

from collections.abc import Callable, Sequence

from server.drawings.bars import bars, stacked
from server.drawings.drawing import MOST_LINES, Drawing
from server.drawings.line import line
from server.drawings.map import world
from server.drawings.network import network
from server.drawings.timeline import timeline
from server.tables.reading import Line, Reading

Draw = Callable[[Reading, str], Drawing | None]
VIEWS: dict[str, Draw] = {
    "bar": bars,
    "stacked": stacked,
    "line": line,
    "timeline": timeline,
    "map": world,
    "network": network,
}


def draw(view: str, reading: Reading, lines: Sequence[Line], language: str) -> Drawing | None:
    """The drawing that a query asks for; None for a table, or where the rows do not have what it needs."""
    if view not in VIEWS or not lines:
        return None
    return VIEWS[view](Reading(reading.columns, tuple(lines[:MOST_LINES])), language)
