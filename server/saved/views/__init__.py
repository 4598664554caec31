"""The drawings of a result: geometry here, marks in `server/templates/views`; the table is their text."""

from collections.abc import Callable, Sequence

from server.saved.reading import Line, Reading
from server.saved.views.bars import bars
from server.saved.views.drawing import MOST_LINES, Drawing
from server.saved.views.map import world
from server.saved.views.network import network
from server.saved.views.timeline import timeline

Draw = Callable[[Reading, str], Drawing | None]
VIEWS: dict[str, Draw] = {"bar": bars, "timeline": timeline, "map": world, "network": network}


def draw(view: str, reading: Reading, lines: Sequence[Line], language: str) -> Drawing | None:
    """The drawing that a query asks for; None for a table, or where the rows do not have what it needs."""
    if view not in VIEWS or not lines:
        return None
    return VIEWS[view](Reading(reading.columns, tuple(lines[:MOST_LINES])), language)
