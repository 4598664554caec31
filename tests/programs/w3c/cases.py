"""The kinds of test the suite has, each as the data its check needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from .dataset import Dataset, Source

Category: TypeAlias = Literal["query", "update", "protocol", "graph store protocol", "service description"]


class Mismatch(Exception):
    """The endpoint did not answer as the test says; the message is the reason shown."""


@dataclass(frozen=True)
class Case:
    """One entry of a manifest: `name` is folder/fragment, `title` its `mf:name`."""

    name: str
    title: str
    category: Category


@dataclass(frozen=True)
class SyntaxCase(Case):
    """A request that must be accepted or refused for its syntax alone."""

    request: Source
    valid: bool

    @property
    def is_update(self) -> bool:
        """Whether the request is an update; the suite tells by the file's suffix."""
        return self.request.path.suffix == ".ru"


@dataclass(frozen=True)
class QueryCase(Case):
    """A query, the data it is asked of and the file of its expected result."""

    query: Source
    data: Dataset
    result: Source


@dataclass(frozen=True)
class UpdateCase(Case):
    """An update, the dataset before it and the dataset expected after it."""

    request: Source
    before: Dataset
    after: Dataset

    @property
    def changes_nothing(self) -> bool:
        """Whether the update must leave the dataset as it was."""
        return self.before.as_update() == self.after.as_update()


@dataclass(frozen=True)
class Exchange:
    """One HTTP request of a test with everything its response must show."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes | None
    statuses: frozenset[str]
    boolean: bool | None = None
    format: str | None = None
    location: str | None = None
    answer_type: str | None = None
    answer_body: bytes | None = None


@dataclass(frozen=True)
class HttpCase(Case):
    """Requests made one after the other; `data` is None where the test needs no dataset."""

    exchanges: tuple[Exchange, ...]
    data: Dataset | None = None


@dataclass(frozen=True)
class DescriptionCase(Case):
    """One statement about the service description, known by the entry's fragment."""

    rule: str
