"""A mapping: a CONSTRUCT query whose header says how a file that is no RDF is cut into pieces."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import pyoxigraph as ox
from rdflib.plugins.sparql import prepareQuery
from rdflib.term import Node, URIRef, Variable

from loader.conversion import to_ox
from loader.datasets.content import opened
from loader.datasets.facade.layout import FORMATS, FileLayout
from loader.inputs import PROJECT
from loader.problems import BuildRefused, Location, Problem, not_sparql, read_text
from loader.progress import Progress
from loader.query.header import FaultyQueryFile, header_line, read_header
from loader.query.tokens import Token, line_and_column, tokens
from loader.release.namespaces import BASE
from loader.terms import Term

DATASETS = f"{BASE}dataset/"
FOLDER = PROJECT / "data" / "mappings"
FORBIDDEN = ("SERVICE", "FROM", "LOAD")
OTHER_KEYS = ("summary", "description", "recognise")
# A term, or the name of a variable.
Part = Term | str


@dataclass(frozen=True)
class TemplateTriple:
    """A triple of what is constructed, as `place` shows it: `?country rdfs:label ?name`."""

    parts: tuple[Part, Part, Part]

    def __str__(self) -> str:
        return " ".join(map(_shown, self.parts))


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """`select` finds the values from which the template makes triples; `signs` tell a file it is made for."""

    path: Path
    layout: FileLayout
    select: str
    template: tuple[TemplateTriple, ...]
    signs: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.path.stem

    def fits(self, head: str) -> bool:
        """Whether a file that begins so is of the kind that the mapping is made for."""
        return bool(self.signs) and all(sign in head for sign in self.signs)


def read_mapping(path: Path, base: str) -> Mapping:
    """The mapping of a file; relative IRIs in it are resolved against `base`. Raises BuildRefused."""
    text = read_text(path, str(path))
    try:
        header = read_header(text)
        layout = _layout(text, header)
        signs = _signs(text, header)
        ox.Store().query(text, base_iri=base)
        prologue, template, rest = _parts(text)
    except FaultyQueryFile as error:
        raise BuildRefused([Problem(Location(str(path), error.line), error.sentence)]) from error
    except SyntaxError as error:
        raise BuildRefused([not_sparql(str(path), "mapping", text, error)]) from error
    triples = tuple(_template(f"{prologue} CONSTRUCT {template} WHERE {{}}", base))
    names = {part: None for triple in triples for part in triple.parts if isinstance(part, str)}
    selected = " ".join(f"?{name}" for name in names) or "(1 AS ?one)"
    return Mapping(
        path=path, layout=layout, select=f"{prologue} SELECT {selected} {rest}", template=triples, signs=signs
    )


def shipped() -> dict[str, Path]:
    """The mappings that come with the product, by name."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.rq"))}


def mapping_path(name: str, folder: Path = Path()) -> Path | None:
    """The file of a mapping that is shipped, or of another by its path; None where there is none."""
    path = shipped().get(name, folder / name)
    return path if path.is_file() else None


def fitting(head: str) -> list[str]:
    """The names of those that are made for a file which begins so, the most particular first."""
    mappings = {name: read_mapping(path, DATASETS) for name, path in shipped().items()}
    names = [name for name, mapping in mappings.items() if mapping.fits(head)]
    return sorted(names, key=lambda name: -len(mappings[name].signs))


def _shown(part: Part) -> str:
    if isinstance(part, str):
        return f"?{part}"
    return "[]" if isinstance(part, ox.BlankNode) else str(part)


def recognised(files: Sequence[Path]) -> Path:
    """The shipped mapping that is made for all of these files. Raises BuildRefused where there is none."""
    names = set(shipped())
    for file in files:
        with opened(file, Progress(quiet=True)) as content:
            found = fitting(content.head()[0].decode(errors="replace"))
        names &= set(found)
        if not names:
            sentence = f"No mapping is made for such a file{' and the others' * (len(files) > 1)}."
            raise BuildRefused([Problem(Location(str(file), 1), sentence)])
    return shipped()[min(names, key=found.index)]


def _layout(text: str, header: dict[str, object]) -> FileLayout:
    known = {field.name.replace("_", "-"): field for field in fields(FileLayout)}
    for key in header:
        if key not in (*known, *OTHER_KEYS):
            allowed = ", ".join((*known, *OTHER_KEYS))
            raise FaultyQueryFile(header_line(text, key), f"The header has {key!r}; it may have {allowed}.")
    if header.get("format") not in FORMATS:
        sentence = f"The header needs `#+ format:` with one of {', '.join(FORMATS)}."
        raise FaultyQueryFile(header_line(text, "format"), sentence)
    values = {known[key].name: value for key, value in header.items() if key in known}
    if values["format"] == "tsv":
        values = {"delimiter": "\t"} | values
    for name, value in values.items():
        expected = type(getattr(FileLayout(format="csv"), name))
        if name != "empty" and type(value) is not expected:
            line = header_line(text, name.replace("_", "-"))
            raise FaultyQueryFile(line, f"{name.replace('_', '-')} is {value!r}: no {expected.__name__}.")
    return FileLayout(**values)  # type: ignore[arg-type]  # each was compared with the type of its field


def _signs(text: str, header: dict[str, object]) -> tuple[str, ...]:
    signs = header.get("recognise") or []
    if not isinstance(signs, list):
        raise FaultyQueryFile(header_line(text, "recognise"), "`recognise` is a list of texts.")
    return tuple(map(str, signs))


def _parts(text: str) -> tuple[str, str, str]:
    """What stands before CONSTRUCT, the template in its brackets, and the rest."""
    pieces = list(tokens(text))
    for token in pieces:
        if token.kind == "word" and token.text.upper() in FORBIDDEN:
            line, _ = line_and_column(text, token.start)
            raise FaultyQueryFile(line, f"A mapping reads its file alone: {token.text} is not allowed in it.")
    at = next((n for n, token in enumerate(pieces) if token.text.upper() == "CONSTRUCT"), None)
    if at is None or pieces[at + 1].text != "{":
        raise FaultyQueryFile(1, "A mapping is a CONSTRUCT query: CONSTRUCT { … } WHERE { … }.")
    end = _closing(pieces[at + 1 :]).end
    return text[: pieces[at].start], text[pieces[at + 1].start : end], text[end:]


def _closing(pieces: list[Token]) -> Token:
    """The bracket that closes the first one; the text was parsed, so there is one."""
    depth = 0
    for token in pieces:
        depth += (token.text == "{") - (token.text == "}")
        if not depth:
            return token
    raise AssertionError("an open bracket in SPARQL that was parsed")


def _template(query: str, base: str) -> Iterator[TemplateTriple]:
    for triple in prepareQuery(query).algebra.template:
        s, p, o = (_part(term, base) for term in triple)
        yield TemplateTriple((s, p, o))


def _part(term: Node, base: str) -> Part:
    """The engine resolves IRIs, for rdflib knows no base but of http."""
    if isinstance(term, Variable):
        return str(term)
    if isinstance(term, URIRef):
        quad = next(iter(ox.parse(f"<{term}> a <{base}> .", ox.RdfFormat.TURTLE, base_iri=base)))
        assert isinstance(quad.subject, ox.NamedNode)
        return quad.subject
    return to_ox(term)
