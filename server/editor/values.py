"""The things to which a property leads in the data of a release, for the editor to complete."""

from pathlib import Path

from loader.query.mistakes.mistake import Remark
from loader.query.values import WrongValue, as_term
from server.asking.asker import RESULTS_JSON, Asker, own_asker, question
from server.asking.labels import labels_of_all
from server.editor.completions import Counted, counted, of_languages
from server.engine.snapshot import Snapshot
from server.http.parameters import wrong
from server.refusal import Refused

TEXT = Path(__file__).with_name("values.rq").read_text("utf-8")
MOST = 100
# Nobody who writes waits longer for what a large data set has.
MOST_SECONDS = 3.0


def values(property_: str, release: Snapshot) -> dict[str, object]:
    """The most frequent of them with their labels: those of our graphs, or of all where ours have none.

    `more` says that there are others, or that they took too long to count. Raises Refused.
    """
    found, are_all = _found(TEXT.replace("UNDEF", _term(property_)), release)
    labels = labels_of_all([iri for iri, _ in found], release)
    told = [
        {"iri": iri, "count": number, "labels": of_languages(labels.get(iri, {}))} for iri, number in found
    ]
    return {"property": property_, "values": told[:MOST], "more": not are_all or len(found) > MOST}


def _term(iri: str) -> str:
    try:
        return as_term("iri", iri)
    except WrongValue as error:
        raise wrong("property", iri, Remark(str(error))) from None


def _found(text: str, release: Snapshot) -> tuple[Counted, bool]:
    """One more than are told where there are more, and whether the time was enough for them."""
    own = counted(own_asker(release).table(text), "thing")
    if own or not release.has_others:
        return own, True
    asker = Asker.of(question("", RESULTS_JSON, release, MOST_SECONDS))
    try:
        return counted(asker.table(text), "thing"), True
    except Refused as failure:
        if failure.kind not in ("timeout", "memory"):
            raise
        return [], False
