"""What a search shows of a thing: its names, and why it was found where these do not say it."""

from collections.abc import Mapping
from dataclasses import dataclass

from server.asking.data_sets import LoadedData
from server.tables.table import Cell


@dataclass(frozen=True)
class SourceSentence:
    """A sentence as the source has it, and as the project translates it, each with its language."""

    words: Cell
    translation: Cell | None


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Another thing by whose name this one was found; `tie` is the local name of the property between."""

    tie: str
    iri: str
    labels: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A thing that was found; `kind` is the first part of its path, empty for what is not ours.

    `labels` are by language, and `matched` is the name that fits best. What a data set names has the path of
    that as its kind. `missing` are the words that neither its names nor those of `reasons` have.
    """

    iri: str
    kind: str
    labels: Mapping[str, str]
    matched: str
    data_set: LoadedData | None = None
    sentence: SourceSentence | None = None
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
