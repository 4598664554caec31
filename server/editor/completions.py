"""The words that the editor completes: prefixes, classes and properties of a release with their labels."""

from collections.abc import Iterator
from pathlib import Path

from loader.release.namespaces import BASE
from server.asking.labels import known_table_of_all, labels_of_all
from server.engine.snapshot import Snapshot
from server.i18n.texts import LANGUAGES
from server.prefixes import PREFIXES
from server.refusal import Refused

TEXTS = {
    kind: Path(__file__).with_name(f"{kind}.rq").read_text("utf-8") for kind in ("classes", "properties")
}
KINDS = {"classes": "class", "properties": "property"}
MOST = 1000


def words(release: Snapshot) -> dict[str, object]:
    """All of them; `left_out` names the kinds of which there are more, or which took too long to count.

    Raises Refused.
    """
    terms: list[dict[str, object]] = []
    left_out: list[str] = []
    for kind in TEXTS:
        found = _counted(kind, release)
        if found is None or len(found) > MOST:
            left_out.append(kind)
        terms += _labelled(KINDS[kind], (found or [])[:MOST], release)
    return {"base": BASE, "prefixes": PREFIXES, "terms": terms, "left_out": left_out}


def _counted(kind: str, release: Snapshot) -> list[tuple[str, int]] | None:
    """The terms with their numbers; None where counting them takes more than a query may."""
    try:
        rows = known_table_of_all(release, TEXTS[kind]).dictionaries()
    except Refused as failure:
        if failure.kind not in ("timeout", "memory"):
            raise
        return None
    return [(row["term"].value, int(row["number"].value)) for row in rows]


def _labelled(kind: str, counted: list[tuple[str, int]], release: Snapshot) -> Iterator[dict[str, object]]:
    labels = labels_of_all([iri for iri, _ in counted], release, MOST)
    for iri, number in counted:
        ours = {code: words for code, words in labels.get(iri, {}).items() if code in LANGUAGES}
        yield {"iri": iri, "kind": kind, "count": number, "labels": ours}
