"""`/data/<a>..<b>`: what one release holds more and less than another, as TriG and in words."""

from itertools import chain, islice

import pyoxigraph as ox
from flask import Blueprint, Response, request

from loader.query.mistakes.mistake import Remark
from loader.release.comparison import Comparison, as_quads, compare, labels_in
from server.asking.asker import find_release
from server.engine.edit import ALL_GRAPHS
from server.engine.evaluation.ordered_prefixes import ordered_bytes
from server.engine.interface import Question, Term
from server.engine.snapshot import Snapshot
from server.formats import N_QUADS, TRIG
from server.http.answers import FOR_GOOD, described
from server.http.negotiation import is_browser, wanted
from server.http.state import state
from server.i18n.languages import Text, language
from server.i18n.texts import texts
from server.page.render import page, unchanged
from server.refusal import Refused
from server.tables.reading import Labels, Shown, named
from server.tables.table import cell_of

blueprint = Blueprint("difference", __name__)
# Both releases are read whole by the process that answers.
MOST_QUADS, MOST_SHOWN = 300_000, 200
# Of a long text, such as a query, so many lines are shown.
MOST_LINES = 12


@blueprint.get("/data/<before>..<after>")
def difference(before: str, after: str) -> Response:
    """The difference, as a page for a browser. Raises Refused."""
    old, new = find_release(before), find_release(after)
    if is_browser(request):
        return unchanged(new) or _page(old, new)
    format_ = wanted(request, (TRIG, N_QUADS))
    quads = as_quads(_compared(old, new)[0], f"{state().settings.address}/data/{old.id}..{new.id}")
    content = ordered_bytes(quads, format_.media_type)
    whole = f"{old.id}..{new.id}" == f"{before}..{after}"
    response = Response(content, content_type=format_.content_type)
    return described(response, new.id, tag="", cache=FOR_GOOD if whole else "no-cache")


def _compared(old: Snapshot, new: Snapshot) -> tuple[Comparison, Labels]:
    """The difference of two releases, with the labels of all that either has."""
    for release in (old, new):
        if release.manifest.quads > MOST_QUADS:
            detail = Remark(
                "Release %(id)s has more than %(most_quads)s quads: ask `unmissions diff`.",
                {"id": release.id, "most_quads": f"{MOST_QUADS:,}"},
            )
            raise Refused("too-large", detail)
    return state().memory.get("", "difference", (old.id, new.id), lambda: _compare(old, new), most=4)


def _compare(old: Snapshot, new: Snapshot) -> tuple[Comparison, Labels]:
    before, after = _quads(old), _quads(new)
    return compare(before, after), labels_in(chain(after, before))


def _quads(release: Snapshot) -> list[ox.Quad]:
    question = Question(
        text="", format=N_QUADS.media_type, timeout=state().settings.timeout, release=release.id
    )
    content = state().engine.read_graph(ALL_GRAPHS, question).whole()
    return list(ox.parse(content, ox.RdfFormat.N_QUADS))


def _page(old: Snapshot, new: Snapshot) -> Response:
    found, labels = _compared(old, new)
    things = found.things()
    return page(
        "difference.html",
        new,
        before=old,
        added=len(found.added),
        removed=len(found.removed),
        things=[
            (_subject(thing, labels), _facts(added, removed, labels), _facts(removed, added, labels))
            for thing, (added, removed) in islice(things.items(), MOST_SHOWN)
        ],
        rest=len(things) - MOST_SHOWN,
    )


def _subject(thing: str, labels: Labels) -> Shown:
    """A thing by its name, or that it has none."""
    if ":" in thing and thing[0] not in "_<":
        return _shown_iri(thing, labels)
    words = texts(language()).gettext("A part without a name of its own")
    return Shown(words=words, language=language(), kind="text", value=thing)


def _facts(quads: list[ox.Quad], others: list[ox.Quad], labels: Labels) -> list[tuple[Text, Shown]]:
    """What one release says of a thing: the property by its name, and the value."""
    told = [cell_of(q.object).value for q in others if isinstance(q.object, ox.Literal)]
    lines = {line for text in told for line in text.splitlines()}
    return [(named(q.predicate.value, language(), labels), _value(q.object, lines, labels)) for q in quads]


def _value(term: Term, lines: set[str], labels: Labels) -> Shown:
    if isinstance(term, ox.NamedNode):
        return _shown_iri(term.value, labels)
    cell = cell_of(term)
    return Shown(words=_own(cell.value, lines), language=cell.language, kind="text", value=cell.value)


def _own(text: str, others: set[str]) -> str:
    """Of a text of several lines those that the other release lacks; dots stand for what is left out."""
    lines = text.splitlines()
    if len(lines) < 2:
        return text
    own = [line for line in lines if line not in others][:MOST_LINES]
    return "\n".join(own if len(own) == len(lines) else [*own, "…"])


def _shown_iri(iri: str, labels: Labels) -> Shown:
    name = named(iri, language(), labels)
    return Shown(words=name.words, language=name.language, kind="thing", iri=iri, value=iri)
