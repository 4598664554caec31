"""The pages of the saved queries for people: the list, and a query with its form and result."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from flask import Response

from loader.folding import fold
from loader.query.saved_query import SavedQuery
from server.asking.asker import absent_dataset, asker_of_saved, is_volatile
from server.asking.paging import numbers_around
from server.asking.snippets import for_address
from server.engine.snapshot import Snapshot
from server.exports.files import Export, downloads_of
from server.exports.provenance import About, about
from server.http.parameters import Parameters
from server.http.state import state
from server.i18n.languages import language
from server.i18n.texts import texts
from server.page.render import page, unchanged
from server.queries.form import fields
from server.queries.form_values import asked
from server.queries.result_page import outcome

# For whom a query is, rather than what it is about; a query is listed under the first tag of the other kind.
AUDIENCES = ("reports", "research", "joins")
SUBJECTS = (
    "missions", "meetings", "envoys", "institutions", "places", "topics", "documents", "dates",
    "evidence", "identifiers", "catalogue",
)  # fmt: skip


def list_page(release: Snapshot, queries: Mapping[str, SavedQuery], parameters: Parameters) -> Response:
    """`/queries` for a browser: all of them by subject, or those that a word or a tag chooses."""
    if same := unchanged(release):
        return same
    words, tag = parameters.one("q") or "", parameters.one("tag") or ""
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
    given = asked(query, parameters, chosen)
    absent = absent_dataset(query, asker_of_saved(release))
    result = outcome(query, release, given, parameters, chosen) if given.text and not absent else None
    facts = about(query, given.values, release.manifest, state().settings.address)
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
        is_proved=release.manifest.writer == "build",
        hidden=_hidden(parameters),
        changes=_address(query, "changes.atom", [*_pairs(facts.values), ("lang", chosen)]),
        downloads=_downloads(query, facts, parameters, chosen),
        snippets=for_address(f"{facts.page()}/run", _pairs(given.values), query.is_graph),
        pages=numbers_around(result.page, result.matched) if result else [],
        asked_words=parameters.one("q") or "",
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


def _downloads(
    query: SavedQuery, facts: About, parameters: Parameters, language: str
) -> list[tuple[str, str]]:
    """Each format and its address; a file that people read is in the language of the page."""
    kept_pairs = [(n, v) for n in ("release", "evidence") for v in parameters.all(n) if v]
    found = []
    for format_ in downloads_of(query):
        more = [("lang", language)] if isinstance(format_, Export) and format_.has_words else []
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
