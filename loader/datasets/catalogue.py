"""A catalogue: a TOML file that names data sets, their files, and what they are."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from loader.datasets.data_set import BUILT, SLUG, DataSet
from loader.datasets.mapping import mapping_path
from loader.problems import BuildRefused, Location, Problem, read_text
from loader.terms import DCAT, DCTERMS, PAV, XSD, Term

FILES = ("files", "mapping", "base", "keep-iris", "describe")
# What a key says in the description.
FACTS = {
    "title": DCTERMS.title,
    "description": DCTERMS.description,
    "publisher": DCTERMS.publisher,
    "licence": DCTERMS.license,
    "landing-page": DCAT.landingPage,
    "issued": DCTERMS.issued,
    "retrieved": PAV.retrievedOn,
}
Refusal = Callable[[str, str], BuildRefused]


def read_catalogue(path: Path) -> list[DataSet]:
    """The data sets of a catalogue; its files lie beside it. Raises BuildRefused."""
    text = read_text(path, str(path))
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        problem = Problem(Location(str(path), line), f"This is no TOML: {error}.")
        raise BuildRefused([problem]) from error

    def refusal(key: str, sentence: str) -> BuildRefused:
        return BuildRefused([Problem(Location(str(path), _line(text, key)), sentence)])

    if not tables:
        raise refusal("", "The catalogue names no data set: write at least [slug] and `files = [...]`.")
    return [_data_set(path.parent, slug, table, refusal) for slug, table in tables.items()]


def _data_set(folder: Path, slug: str, table: object, refusal: Refusal) -> DataSet:
    if not SLUG.fullmatch(slug) or slug in BUILT or not isinstance(table, Mapping):
        raise refusal(slug, f"[{slug}] names no data set that can be loaded: use a-z, 0-9, -.")
    for key in table:
        if key not in (*FILES, *FACTS):
            raise refusal(key, f"{key!r} is none of {', '.join((*FILES, *FACTS))}.")
    name = table.get("mapping")
    mapping = mapping_path(str(name), folder) if name else None
    if name and not mapping:
        raise refusal(str(name), f"There is no mapping {name!r}.")
    return DataSet(
        slug=slug,
        files=tuple(_files(folder, table.get("files"), refusal)),
        base=str(table.get("base", "")),
        mapping=mapping,
        description=folder / str(table["describe"]) if "describe" in table else None,
        keep_iris=table.get("keep-iris") is True,
        facts=tuple(_facts(table)),
    )


def _files(folder: Path, patterns: object, refusal: Refusal) -> Iterator[Path]:
    """The files that patterns such as `m49-*.csv` name, beside the catalogue or below, or anywhere."""
    if not isinstance(patterns, list) or not patterns:
        raise refusal("files", "Each data set needs `files`, a list of names or patterns.")
    for pattern in map(str, patterns):
        place = folder / pattern  # which is the pattern alone where that begins at the root
        found = sorted(Path(place.anchor).glob(str(place.relative_to(place.anchor))))
        if not any(path.is_file() for path in found):
            raise refusal(pattern, f"There is no file {pattern!r} beside the catalogue.")
        yield from (path for path in found if path.is_file())


def _facts(table: Mapping[str, object]) -> Iterator[tuple[ox.NamedNode, Term]]:
    for key, predicate in FACTS.items():
        value = table.get(key)
        if isinstance(value, Mapping):
            yield from ((predicate, ox.Literal(str(text), language=tag)) for tag, text in value.items())
        elif isinstance(value, date):
            yield predicate, ox.Literal(value.isoformat(), datatype=XSD.date)
        elif value is not None:
            is_iri = re.match(r"https?://\S+$", str(value))
            yield predicate, ox.NamedNode(str(value)) if is_iri else ox.Literal(str(value))


def _line(text: str, key: str) -> int:
    """The first line on which something stands, or 1."""
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if key and key in line), 1)
