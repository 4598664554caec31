"""Where the inputs lie, and which named graph each file belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from loader.release.digest import file_sha256

PROJECT = Path(__file__).resolve().parent.parent
# What reads, derives, validates and stores: another version of one of these may make other triples.
PACKAGES = ("pyoxigraph", "pyshacl", "rdflib")
GRAPH_FOLDERS = {
    "ontology": ("ontology", "*.ttl"),
    "reference": ("data/reference", "*.ttl"),
    "missions": ("data/missions", "*.ttl"),
    "links": ("data/links", "*.ttl"),
    "evidence": ("data/sources", "*.ttl"),
    "void": ("data", "*.ttl"),
}


@dataclass(frozen=True)
class Inputs:
    """A folder with `ontology/`, `data/` and `queries/` in it."""

    root: Path = PROJECT

    def name(self, path: Path) -> str:
        """A path as messages show it."""
        return path.relative_to(self.root).as_posix()

    def graph_files(self, graph: str) -> list[Path]:
        folder, pattern = GRAPH_FOLDERS[graph]
        return sorted((self.root / folder).glob(pattern))

    @property
    def mapping_tables(self) -> list[Path]:
        return sorted((self.root / "data" / "links").glob("*.sssom.tsv"))

    @property
    def source_texts(self) -> Path:
        return self.root / "data" / "sources"

    @property
    def rules(self) -> list[Path]:
        return sorted((self.root / "ontology" / "rules").glob("*.rq"))

    @property
    def checks_of_words(self) -> list[Path]:
        """The checks of what was written, before anything is derived from it."""
        return sorted((self.root / "ontology" / "checks" / "words").glob("*.rq"))

    @property
    def checks(self) -> list[Path]:
        return sorted((self.root / "ontology" / "checks").glob("*.rq"))

    @property
    def vocabularies(self) -> Path:
        """The terms of vocabularies of others that rdflib does not list."""
        return self.root / "ontology" / "vocabularies.toml"

    @property
    def queries(self) -> Path:
        return self.root / "queries"

    def digests(self) -> dict[str, str]:
        """All that can change a build: the SHA-256 of inputs and of the loader's own code, and versions."""
        files = {name: file_sha256(path) for name, path in self._all_files()}
        return files | {name: version(name) for name in PACKAGES}

    def _all_files(self) -> Iterator[tuple[str, Path]]:
        for folder in ("ontology", "data", "queries"):
            for path in sorted((self.root / folder).rglob("*")):
                # A README is for people: to explain the data better must not make a release.
                if path.is_file() and path.name != "README.md":
                    yield self.name(path), path
        code = Path(__file__).parent
        for path in sorted([*code.rglob("*.py"), *code.rglob("*.rq"), *code.rglob("*.toml")]):
            yield f"loader/{path.relative_to(Path(__file__).parent).as_posix()}", path
