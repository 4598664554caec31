"""What a file says of itself: question, parameters, release, address, licence and sources.

A file is of one release and says so in its address. The same address without `release=` always has the newest
rows: it is what Excel ("Data", "From web") and Power BI ("Web") refresh from, best as `…/run.csv` or `.xlsx`.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from loader.query.saved_query import SavedQuery
from loader.release.manifest import Manifest
from loader.release.namespaces import BASE
from server.tables.ordering import EVERYTHING, Selection
from server.tables.table import Table

Values = Mapping[str, Sequence[str]]

DATASETS_QUERY = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX void: <http://rdfs.org/ns/void#>

SELECT ?dataset ?title ?licence ?source
WHERE {
  ?dataset a void:Dataset .
  OPTIONAL { ?dataset dcterms:title ?title }
  OPTIONAL { ?dataset dcterms:license ?licence }
  OPTIONAL { ?dataset dcterms:source ?source }
}
ORDER BY ?dataset LANG(?title) ?title ?licence ?source
"""


@dataclass(frozen=True)
class Dataset:
    """A data set that the rows may come from, with titles by language, licences and sources."""

    iri: str
    titles: Mapping[str, str]
    licences: tuple[str, ...]
    sources: tuple[str, ...]

    def title(self, language: str) -> str:
        return self.titles.get(language) or next(iter(self.titles.values()), self.iri)


@dataclass(frozen=True, kw_only=True)
class Provenance(ABC):
    """What a result is from, whatever was asked.

    `address` is that of the server, `written` the release's date in ISO 8601; `matched` of `of_all` rows
    fit the `selection`, be they on this page or not.
    """

    release: str
    written: str
    address: str
    datasets: tuple[Dataset, ...] = ()
    selection: Selection = EVERYTHING
    matched: int = 0
    of_all: int = 0

    @property
    def date(self) -> datetime:
        """When the release was written, in UTC."""
        return datetime.fromisoformat(self.written)

    @property
    @abstractmethod
    def name(self) -> str:
        """By which its columns have their words."""

    @abstractmethod
    def question(self, language: str) -> str:
        """What was asked, in words."""

    @abstractmethod
    def description(self, language: str) -> str:
        """What a row says, or nothing."""

    @abstractmethod
    def parameters(self, language: str) -> list[tuple[str, tuple[str, ...], bool]]:
        """What else holds: a label, its values, of which an open one has none, and if they were given."""

    @abstractmethod
    def page(self) -> str:
        """Where it is asked."""

    @abstractmethod
    def stable_address(self) -> str:
        """Where these very rows are found for good; nothing where no address could hold the question."""

    @abstractmethod
    def live_address(self, suffix: str = "") -> str:
        """Where the newest rows of the same question are found, or nothing."""


@dataclass(frozen=True, kw_only=True)
class About(Provenance):
    """The facts of a call of a saved query; `asked` is what else the address of the rows says, such as their
    page."""

    query: SavedQuery
    values: Values
    asked: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return self.query.name

    def question(self, language: str) -> str:
        return self.query.question(language)

    def description(self, language: str) -> str:
        return self.query.description_ar if language == "ar" else self.query.description

    def parameters(self, language: str) -> list[tuple[str, tuple[str, ...], bool]]:
        held = [(parameter, parameter.given(self.values)) for parameter in self.query.parameters]
        return [
            (parameter.text("label", language), values, not values or parameter.name in self.values)
            for parameter, values in held
        ]

    def page(self) -> str:
        return f"{self.address}/queries/{self.query.name}"

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The values as an address has them."""
        return [(name, value) for name, values in self.values.items() for value in values]

    def stable_address(self) -> str:
        return self._run([("release", self.release)])

    def live_address(self, suffix: str = "") -> str:
        """For Excel and Power BI to refresh from."""
        return self._run([], suffix)

    def _run(self, more: list[tuple[str, str]], suffix: str = "") -> str:
        query = urlencode([*self.pairs, *self.asked, *more])
        return f"{self.page()}/run{suffix}" + (f"?{query}" if query else "")


def about(
    query: SavedQuery,
    values: Values,
    manifest: Manifest,
    address: str = "",
    datasets: Sequence[Dataset] = (),
    asked: Sequence[tuple[str, str]] = (),
) -> About:
    """The facts of a call of a query on a release; without an address, of the canonical server."""
    given = {name: tuple(values[name]) for name in sorted(values)}
    home = (address or BASE).rstrip("/")
    return About(
        query=query,
        values=given,
        release=manifest.id,
        written=manifest.written,
        address=home,
        datasets=tuple(datasets),
        asked=tuple(asked),
    )


def read_datasets(table: Table) -> tuple[Dataset, ...]:
    """The data sets from the rows of DATASETS_QUERY."""
    facts: dict[str, tuple[dict[str, str], dict[str, None], dict[str, None]]] = {}
    for row in table.dictionaries():
        titles, licences, sources = facts.setdefault(row["dataset"].value, ({}, {}, {}))
        if "title" in row:
            titles[row["title"].language] = row["title"].value
        licences |= dict.fromkeys([row["licence"].value] if "licence" in row else [])
        sources |= dict.fromkeys([row["source"].value] if "source" in row else [])
    return tuple(
        Dataset(iri, titles, tuple(licences), tuple(sources))
        for iri, (titles, licences, sources) in facts.items()
    )
