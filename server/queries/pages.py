"""The pages of the saved queries for people: the list, and a query with its form and result."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from flask import Response

from loader.folding import fold
from loader.query.saved_query import SavedQuery
from server.asking.asker import Call, absent_dataset, asker_of_saved, is_volatile
from server.asking.paging import numbers_around
from server.asking.selection import NAMES
from server.asking.snippets import for_address
from server.engine.snapshot import Snapshot
from server.exports.files import Export, downloads_of
from server.exports.provenance import About, about
from server.exports.provenance_words import cited_words
from server.http.parameters import Parameters, one_of, wrong
from server.http.state import state
from server.i18n.languages import language
from server.i18n.texts import texts
from server.page.links import changed, link
from server.page.render import page, unchanged
from server.queries.changes import MOST_ROWS, RowHistory, first_rows
from server.queries.chosen import chips, headline, left_open
from server.queries.form import fields
from server.queries.form_values import GivenValues, asked
from server.queries.result_page import QueryResult, outcome

# For whom a query is, rather than what it is about; a query is listed under the first tag of the other kind.
AUDIENCES = ("reports", "research", "joins")
SUBJECTS = (
    "missions", "meetings", "envoys", "institutions", "places", "topics", "documents", "dates",
    "evidence", "identifiers", "catalogue",
)  # fmt: skip


def list_page(release: Snapshot, queries: Mapping[str, SavedQuery], parameters: Parameters) -> Response:
    """`/queries` for a browser: by subject, all or those that a word or a tag chooses. Raises Refused."""
    if same := unchanged(release):
        return same
    words, tag = parameters.one("q") or "", parameters.one("tag") or ""
    known = {tag for query in queries.values() for tag in query.tags}
    if tag and tag not in known:
        raise wrong("tag", tag, one_of(sorted(known)))
    found = [query for query in queries.values() if _matches(query, words) and tag in ("", *query.tags)]
    return page(
        "queries.html",
        release,
        groups=by_subject(found),
        found=len(found),
        number=len(queries),
        asked_words=words,
        tag=tag,
        tags=_tags(queries.values()),
    )


def query_page(query: SavedQuery, release: Snapshot, parameters: Parameters) -> Response:
    """`/queries/<name>` and `/queries/<name>/run` for a browser; wrong values are marked, not refused."""
    if same := unchanged(release):
        return same
    chosen = language()
    given = asked(query, release, parameters, chosen)
    absent = absent_dataset(query, asker_of_saved(release))
    result = outcome(query, release, given, parameters, chosen) if given.text and not absent else None
    facts = _facts(query, given, release, parameters)
    return page(
        "query.html",
        release,
        400 if given.errors else 200,
        cacheable=not is_volatile(query),
        query=query,
        fields=fields(query, given, release, chosen),
        strangers=given.strangers(query),
        asked=given,
        absent=absent,
        result=result,
        about=facts,
        headline=headline(query, given, release, chosen),
        chips=chips(query, given, release, chosen),
        left_open=left_open(query, given, release, chosen),
        filters=_filters(parameters),
        is_open=bool(given.errors) or any(parameter.required for parameter in query.parameters),
        is_proved=release.manifest.writer == "build",
        hidden=_hidden(parameters),
        pages=numbers_around(result.page, result.matched) if result else [],
        asked_words=parameters.one("q") or "",
        **_to_take(query, facts, given, parameters, result),
    )


def _facts(query: SavedQuery, given: GivenValues, release: Snapshot, parameters: Parameters) -> About:
    """What the page says of its result, by the values that hold and what was chosen of the rows."""
    asked_of_rows = [(name, value) for name in NAMES for value in parameters.all(name)]
    address = state().settings.address
    return about(query, given.of_call(query), release.manifest, address, asked=asked_of_rows)


def _to_take(
    query: SavedQuery, facts: About, given: GivenValues, parameters: Parameters, result: QueryResult | None
) -> dict[str, object]:
    """What the page offers to be taken elsewhere."""
    pairs, chosen = _pairs(facts.values), language()
    return {
        "cited": cited_words(facts, chosen),
        "changes": link(f"/queries/{query.name}/changes", pairs),
        "feed": _address(query, "changes.atom", [*pairs, ("lang", chosen)]),
        "downloads": _downloads(query, facts, parameters, chosen, result),
        "snippets": for_address(f"{facts.page()}/run", _pairs(given.values), query.is_graph),
    }


def page_of_changes(told: RowHistory, bound: Call) -> Response:
    """`/queries/<name>/changes`: what each release changed in the rows, in words and tables."""
    chosen = language()
    given = GivenValues(bound.values, bound.text, {})
    return page(
        "changes.html",
        bound.release,
        query=bound.query,
        told=told,
        chips=chips(bound.query, given, bound.release, chosen),
        headline=headline(bound.query, given, bound.release, chosen),
        most_rows=MOST_ROWS,
        rows=lambda table: first_rows(table, bound.query.name, chosen),
    )


def by_subject(queries: Iterable[SavedQuery]) -> list[tuple[str, list[SavedQuery]]]:
    """The queries under their first subject, subjects in a fixed order, further ones behind."""
    groups: dict[str, list[SavedQuery]] = {subject: [] for subject in SUBJECTS}
    for query in queries:
        subject = next((tag for tag in query.tags if tag not in AUDIENCES), "other")
        groups.setdefault(subject, []).append(query)
    return [(subject, group) for subject, group in groups.items() if group]


def _matches(query: SavedQuery, words: str) -> bool:
    texts_of = (query.summary, query.summary_ar, query.description, query.description_ar, query.name)
    whole = fold(" ".join((*texts_of, *query.tags, *map(_tag_word, query.tags))))
    return all(word in whole for word in fold(words).split())


def _tag_word(tag: str) -> str:
    return texts("ar").pgettext("tag", tag)


def _tags(queries: Iterable[SavedQuery]) -> list[tuple[str, int]]:
    """Every tag with the number of its queries, subjects before audiences."""
    given = [tag for query in queries for tag in query.tags]
    order = [*SUBJECTS, *sorted({*given} - {*SUBJECTS, *AUDIENCES}), *AUDIENCES]
    return [(tag, given.count(tag)) for tag in order if tag in given]


def _filters(parameters: Parameters) -> list[tuple[str, str]]:
    """Every filter of a column, and the address without it."""
    given = parameters.all("filter")
    return [(one, changed({"filter": [other for other in given if other != one]})) for one in given]


def _downloads(
    query: SavedQuery, facts: About, parameters: Parameters, language: str, result: QueryResult | None
) -> list[tuple[str, str]]:
    """Each format and its address, of all the rows that the page shows in its parts, in the same order.

    A file that people read is in the language of the page; in others its labels are those of the language.
    """
    kept_pairs = [(n, v) for n in ("release", "evidence", "q", "filter") for v in parameters.all(n) if v]
    sort = parameters.one("sort") or ""
    found = []
    for format_ in downloads_of(query):
        has_words = isinstance(format_, Export) and format_.has_words
        more = [("lang", language)] if has_words else []
        order = sort if has_words or result is None else result.sort_in(language)
        more += [("sort", order)] if order else []
        pairs = [*_pairs(facts.values), *kept_pairs, *more]
        found.append((format_.name, _address(query, f"run.{format_.name}", pairs)))
    return found


def _address(query: SavedQuery, rest: str, pairs: list[tuple[str, str]]) -> str:
    return f"/queries/{query.name}/{rest}" + (f"?{urlencode(pairs)}" if pairs else "")


def _pairs(values: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, given in values.items() for value in given]


def _hidden(parameters: Parameters) -> list[tuple[str, str]]:
    """What a form keeps that it has no control for."""
    return [
        (name, value) for name in ("release", "lang", "evidence") for value in parameters.all(name) if value
    ]
