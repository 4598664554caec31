"""What is drawn: one view of the result of a saved query, or of any other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from loader.query.mistakes.mistake import Remark
from loader.query.saved_query import SavedQuery
from server.asking.asker import asker_of_saved
from server.asking.rows import table_of_query
from server.asking.selection import read_with_names, select, wanted_selection
from server.drawings import VIEWS, draw
from server.drawings.drawing import Drawing
from server.editor.routes import result_for
from server.engine.snapshot import Snapshot
from server.http.parameters import Parameters, one_of, time_limit, wrong
from server.http.state import state
from server.i18n.texts import texts
from server.queries.calls import call
from server.refusal import Refused
from server.tables.reading import Reading


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A drawing with its title, the rows behind it, and the path of the page that has all of it."""

    drawing: Drawing
    view: str
    title: str
    reading: Reading
    page: str


def drawn_of_saved(query: SavedQuery, release: Snapshot, parameters: Parameters, language: str) -> Drawn:
    """The view that the address names, else that of the query. Raises Refused where the rows have none."""
    view = parameters.one("view") or query.view
    values = _without(parameters, "view")
    bound = call(query, release, values)
    asker = asker_of_saved(release, time_limit(parameters, state().settings.timeout))
    table = table_of_query(asker, query, bound.text)
    reading = read_with_names(table, language, query.name, release)
    lines = select(table, reading, wanted_selection(parameters), language)
    fitting = {name: found for name in VIEWS if (found := draw(name, reading, lines, language))}
    return Drawn(
        drawing=_fitting(view, fitting),
        view=view,
        title=query.question(language),
        reading=Reading(reading.columns, tuple(lines)),
        page=_path(f"/queries/{query.name}", values),
    )


def drawn_of_text(text: str, release: Snapshot, parameters: Parameters, language: str) -> Drawn:
    """The view of any query that the address names. Raises Refused where the rows have no such view."""
    result = result_for(text, parameters, release)
    view = parameters.one("view") or next(iter(result.drawings), "table")
    return Drawn(
        drawing=_fitting(view, result.drawings),
        view=view,
        title=parameters.one("title") or texts(language).gettext("Result of a query"),
        reading=result.rows.reading,
        page=_path("/sparql", _without(parameters, "view", "title")),
    )


def _fitting(view: str, drawings: Mapping[str, Drawing]) -> Drawing:
    if view in drawings:
        return drawings[view]
    if not drawings:
        raise Refused("parameter", Remark("There is nothing in these rows that could be drawn."))
    raise wrong("view", view, one_of(drawings))


def _without(parameters: Parameters, *names: str) -> Parameters:
    return Parameters([pair for pair in parameters.pairs() if pair[0] not in names])


def _path(path: str, parameters: Parameters) -> str:
    pairs: Iterable[tuple[str, str]] = parameters.pairs()
    return path + (f"?{urlencode(list(pairs))}" if parameters.names() else "")
