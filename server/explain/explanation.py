"""Why a query gives no rows: which pattern has no match, where the join ends, which term is unknown.

The query is taken apart by its tokens, and its parts are asked as queries of their own under the limits of
any query: at most 40 of them, all together within one time limit. What could not be asked is `null`.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Response

from loader.query.mistakes.mistake import Remark
from loader.query.outline import GRAPH_FORMS, Outline, outline
from loader.query.patterns import Element, Groups
from loader.query.tokens import line_and_column
from server.asking.asker import Asker
from server.engine.snapshot import Snapshot
from server.explain.known_terms import known_terms
from server.explain.query_terms import terms_of, unknown
from server.formats import DOCUMENT, N_TRIPLES, TSV
from server.http.answers import described
from server.http.needs import may_explain
from server.refusal import Refused

MOST_QUERIES, MOST_CHARACTERS = 40, 16_384
# What stays for the search of the join, the terms and the filters, whatever the number of patterns.
MOST_PATTERNS, MOST_FILTERS, DEEPEST = 20, 6, 4
# Without these nothing can be asked of any part.
_FINAL = ("timeout", "too-many", "full", "gone", "unavailable")
# What is known of a query whose explanation did not come to its end.
UNKNOWN: dict[str, object] = {"patterns": [], "unknown_terms": None, "filters": [], "stops_at": None}


@dataclass
class _Trials:
    """Asks whether parts of a query have a solution, as often as is left."""

    asker: Asker
    outline: Outline
    left: int = MOST_QUERIES

    def matches(self, group: str) -> bool | None:
        """Whether a group has a solution; None where that could not be found out."""
        if self.left <= 0:
            return None
        self.left -= 1
        try:
            return self.asker.ask(f"{self.outline.prologue}ASK {self.outline.dataset} {{\n{group}\n}}")
        except Refused as failure:
            self.left = 0 if failure.kind in _FINAL else self.left
            return None


def explanation(asker: Asker, text: str, hints: Iterable[str] = ()) -> Response:
    """The answer to `explain=true`. Raises Refused where the query itself has no answer."""
    found, release = explain(asker, text, hints)
    content = json.dumps(found, ensure_ascii=False).encode()
    return described(Response(content, content_type=DOCUMENT.content_type), release)


def explain(asker: Asker, text: str, hints: Iterable[str] = ()) -> tuple[dict[str, object], str]:
    """What a query gives and, where that is nothing, why; and the release that was asked.

    `hints` are terms that stand for a person's choices, such as the values of a saved query's parameters.
    Raises Refused, `too-large` where the text is too long to be taken apart beside other work.
    """
    found = _outline(text)
    rows, release = _count(asker, text, found.form if found else "DESCRIBE")
    result: dict[str, object] = {"rows": rows, "patterns": [], "unknown_terms": [], "filters": []}
    if rows == 0 and found is not None:
        result |= _tried(asker, found, text, hints, release) if may_explain() else UNKNOWN
    return result, release


def why_empty(asker: Asker, text: str, release: Snapshot, hints: Iterable[str] = ()) -> Mapping[str, object]:
    """Why a query that was answered gave no rows; nothing where that cannot be found, for it was answered."""
    try:
        found = _outline(text)
    except Refused:
        return {}
    if found is None or not may_explain():
        return {}
    return _tried(asker, found, text, hints, release.id)


def _tried(asker: Asker, found: Outline, text: str, hints: Iterable[str], release: str) -> dict[str, object]:
    """The reasons, within half of the time: where that does not suffice, the answer comes without them."""
    return _reasons(_Trials(asker.with_half_the_time(), found), text, hints, release)


def _outline(text: str) -> Outline | None:
    """Raises Refused where the text is too long to be taken apart."""
    if len(text) > MOST_CHARACTERS:
        raise Refused(
            "too-large",
            Remark(
                "Queries of more than %(most_characters)s characters are not explained.",
                {"most_characters": MOST_CHARACTERS},
            ),
        )
    return outline(text)


def _count(asker: Asker, text: str, form: str) -> tuple[int, str]:
    """The number of rows, or of triples; of ASK one where it is true."""
    format_ = N_TRIPLES if form in GRAPH_FORMS else TSV
    answer = asker.answer(text, format_.media_type)
    if form == "ASK":
        return int(b"true" in answer.whole()), answer.release
    lines = answer.whole().count(b"\n")
    return max(0, lines - (form == "SELECT")), answer.release


def _reasons(trials: _Trials, text: str, hints: Iterable[str], release: str) -> dict[str, object]:
    groups = Groups(text)
    inner = groups.range(*trials.outline.group)
    elements = groups.inside(inner)
    unknown_terms = _unknown_terms(trials, groups, hints, release)
    stops = _stop(trials, groups, elements)
    patterns = [
        {"text": pattern.group(), "matches": trials.matches(pattern.group()) if n < MOST_PATTERNS else None}
        for n, pattern in enumerate(groups.patterns(inner))
    ]
    return {
        "patterns": patterns,
        "unknown_terms": unknown_terms,
        "filters": _filters(
            trials, elements, is_joined=bool(stops and stops["kind"] in ("filter", "clause"))
        ),
        "stops_at": stops,
    }


def _unknown_terms(
    trials: _Trials, groups: Groups, hints: Iterable[str], release: str
) -> list[dict[str, object]] | None:
    """The terms that occur nowhere, with the nearest known ones; None where that could not be asked."""
    pieces = [token for token in groups.tokens if token.start >= trials.outline.group[0]]
    trials.left -= 2
    try:
        missing = unknown(trials.asker, trials.outline.prologue, terms_of(groups.text, pieces, hints))
        known = known_terms(release, trials.asker) if missing else None
    except Refused:
        return None
    return [
        {
            "term": term.text,
            "nearest": known.nearest(term.value, term.is_iri) if known else [],
            **_place(groups.text, term.start),
        }
        for term in missing
    ]


def _place(text: str, start: int) -> dict[str, int]:
    """Line and column of a term, where it stands in the text."""
    return dict(zip(("line", "column"), line_and_column(text, start), strict=True)) if start >= 0 else {}


def _stop(trials: _Trials, groups: Groups, elements: list[Element]) -> dict[str, object] | None:
    """The first part with which nothing is left, in the smallest group where that can be said."""
    for _ in range(DEEPEST):
        ordered = sorted(elements, key=lambda element: element.kind == "filter")
        place = _first_empty(len(ordered), lambda n: trials.matches(_joined(ordered[:n])))  # noqa: B023 (called at once)
        if place is None:
            return None
        if place == 0:
            return {"kind": "clause", "text": "", "alone": True, "joined_with": []}
        last = ordered[place - 1]
        alone = trials.matches(last.text) if last.kind != "filter" else None
        if alone is not False or last.kind not in ("group", "select", "graph") or last.graph:
            before = [element.text for element in ordered[: place - 1]]
            return {"kind": last.kind, "text": last.text, "alone": alone, "joined_with": before}
        elements = groups.inside(last.inner)
    return None


def _first_empty(most: int, matches: Callable[[int], bool | None]) -> int | None:
    """The smallest number of parts that have no solution together; 0 where all of them have one.

    More parts never have more solutions, so half of what is left is ruled out at each step.
    """
    everything = matches(most)
    if everything is not False:
        return 0 if everything else None
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        has_solution = matches(middle)
        if has_solution is None:
            return None
        low, high = (middle, high) if has_solution else (low, middle)
    return high


def _filters(trials: _Trials, elements: Sequence[Element], is_joined: bool) -> list[dict[str, object]]:
    """Each filter of the group, and whether anything passes it alone; None where there is nothing to pass."""
    filters = [element for element in elements if element.kind == "filter"]
    others = [element for element in elements if element.kind != "filter"]
    return [
        {
            "text": one.text,
            "matches": trials.matches(_joined([*others, one])) if is_joined and n < MOST_FILTERS else None,
        }
        for n, one in enumerate(filters)
    ]


def _joined(elements: Iterable[Element]) -> str:
    return "\n".join(element.text + (" ." if element.kind == "triple" else "") for element in elements)
