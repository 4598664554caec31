"""The tables of the reference that are made from the code: `python -m tests.docs.tables` writes them anew.

A table stands between `<!-- table: NAME -->` and `<!-- end of table -->`.
"""

import inspect
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click
from pyoxigraph import NamedNode, Store
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from loader.datasets.mapping import shipped
from loader.loaded.loaded_graphs import LoadedGraph
from loader.loaded.m49 import disagreements
from loader.m49 import read_m49
from loader.query.header import read_header
from loader.query.saved_query import SavedQuery
from loader.query.saved_query_file import read_saved_queries
from loader.release.namespaces import ONTOLOGY
from server.cli.__main__ import main as command_line
from server.refusal import KINDS, TYPES
from server.settings import Settings

from .pages import ROOT, pages

UNSTATS = ROOT.parent / "shared/datasets/unstats-sdg-codes.ttl"
_TABLE = re.compile(r"(<!-- table: (\S+) -->\n)(?P<rows>.*?)(?P<end><!-- end of table -->)", re.DOTALL)
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
_TERM_FILES = tuple(ROOT / f"ontology/{name}.ttl" for name in ("unm", "service", "datasets"))
_DEFAULTS = {"workers": "twice the number of processors"}


def renewed(text: str) -> str:
    """The text of a page with every table in it made anew, but for one whose files are not here."""
    return _TABLE.sub(lambda match: f"{match[1]}{TABLES[match[2]]() or match['rows']}{match['end']}", text)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _settings() -> str:
    return _table(("setting", "flag", "environment", "default", "what it is"), _setting_rows())


def _setting_rows() -> Iterator[tuple[str, ...]]:
    for name, field in Settings.model_fields.items():
        flag = "none" if name == "token" else f"`--{name.replace('_', '-')}`"
        default = _DEFAULTS.get(name) or ("none" if field.default in (None, "") else f"`{field.default}`")
        yield name, flag, f"`UNMISSIONS_{name.upper()}`", default, f"{field.description}."


def _problems() -> str:
    rows = ((str(status), f"`{kind}`", title) for kind, (status, title) in KINDS.items())
    return f"Every type begins with `{TYPES}`.\n\n" + _table(("status", "type", "title"), rows)


def _mappings() -> str:
    headers = {path.stem: read_header(path.read_text(encoding="utf-8")) for path in shipped().values()}
    rows = ((f"`{name}`", str(header["format"]), f"{header['summary']}.") for name, header in headers.items())
    return _table(("name", "format", "what it reads"), rows)


def _queries() -> str:
    queries = read_saved_queries(ROOT / "queries")
    rows = (_query_row(query) for query in queries.values())
    return _table(("name", "question", "parameters"), rows)


def _query_row(query: SavedQuery) -> tuple[str, ...]:
    parameters = ", ".join(f"`{p.name}` ({p.type})" for p in query.parameters)
    return f"[`{query.name}`](../../queries/{query.name}.rq)", query.summary, parameters or "none"


def _commands() -> str:
    return "\n".join(_commands_of("unmissions", command_line))


def _commands_of(name: str, group: click.Group) -> Iterator[str]:
    """Each command of a group; of a group in it, its commands."""
    context = click.Context(group)
    for command in filter(None, (group.get_command(context, each) for each in group.list_commands(context))):
        if isinstance(command, click.Group):
            yield from _commands_of(f"{name} {command.name}", command)
        else:
            yield _command(f"{name} {command.name}", command)


def _command(name: str, command: click.Command) -> str:
    """One command; the flags of `serve` are its settings, which have a page of their own."""
    context = click.Context(command, info_name=name)
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    help_ = inspect.cleandoc(command.help or "").partition("\f")[0].strip()
    text = f"### `{name}`\n\n{help_}\n\n    {usage}\n\n"
    if command.name == "serve":
        return text + "Every flag is a setting: see [Settings](settings.md).\n"
    options = (p for p in command.params if isinstance(p, click.Option))
    records = (option.get_help_record(context) for option in options)
    return text + _table(("option", "what it does"), ((f"`{r[0]}`", r[1]) for r in records if r))


def _ontology() -> Graph:
    graph = Graph()
    for file in (*_TERM_FILES, ROOT / "ontology/schemes.ttl"):
        graph.parse(file)
    return graph


def _terms(graph: Graph, types: tuple[URIRef, ...]) -> list[URIRef]:
    """The terms of our namespace that have one of these types, in the order of the files."""
    text = "".join(file.read_text(encoding="utf-8") for file in _TERM_FILES)
    found = {s for t in types for s in graph.subjects(RDF.type, t) if str(s).startswith(ONTOLOGY)}
    ours = [term for term in found if isinstance(term, URIRef)]
    return sorted(ours, key=lambda term: text.index(f"\n{_short(graph, term)} a "))


def _short(graph: Graph, term: Node) -> str:
    return graph.namespace_manager.normalizeUri(str(term)).strip("<>").rpartition("un-missions/")[2]


def _definition(graph: Graph, term: Node) -> str:
    """The first sentence of the English definition."""
    texts = [str(o) for o in graph.objects(term, SKOS.definition) if getattr(o, "language", "") == "en"]
    return re.split(r"(?<=[.;:]) ", texts[0])[0].rstrip(";:.") + "."


def _values(graph: Graph, term: Node, predicate: URIRef) -> str:
    return ", ".join(sorted(f"`{_short(graph, o)}`" for o in graph.objects(term, predicate)))


def _classes() -> str:
    graph = _ontology()
    rows = (
        (f"`{_short(graph, c)}`", _values(graph, c, RDFS.subClassOf), _definition(graph, c))
        for c in _terms(graph, (OWL.Class,))
    )
    return _table(("class", "is a kind of", "what it is"), rows)


def _properties() -> str:
    graph = _ontology()
    rows = (
        (
            f"`{_short(graph, p)}`",
            _values(graph, p, RDFS.domain),
            _values(graph, p, RDFS.range),
            _values(graph, p, RDFS.subPropertyOf),
            _definition(graph, p),
        )
        for p in _terms(graph, _PROPERTIES)
    )
    return _table(("property", "from", "to", "is a kind of", "what it says"), rows)


def _schemes() -> str:
    graph = _ontology()
    rows = []
    for scheme in sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        concepts = sorted(str(c).rpartition("/")[2] for c in graph.subjects(SKOS.inScheme, scheme))
        rows.append((f"`{str(scheme).rpartition('/')[2]}`", ", ".join(concepts)))
    return _table(("scheme", "concepts"), rows)


def _differences() -> str:
    text = (ROOT / "tests/programs/w3c/known_differences.toml").read_text(encoding="utf-8")
    rows = ((f"`{each['name']}`", each["reason"]) for each in tomllib.loads(text)["difference"])
    return _table(("test", "what the engine does instead"), rows)


def _m49() -> str:
    """Nothing where the file of UNStats is not beside the project."""
    if not UNSTATS.is_file():
        return ""
    graph, store = NamedNode("urn:unstats"), Store()
    store.load(path=UNSTATS, to_graph=graph)
    found = sorted(disagreements(read_m49(ROOT), LoadedGraph(store, graph)))
    counts = Counter(each.kind for each in found)
    summary = _table(("what", "differences"), ((kind, str(number)) for kind, number in counts.items()))
    rows = ((e.kind, e.code, e.name, e.ours or "–", e.theirs or "–") for e in found)
    listed = _table(("what", "area", "named", "in M49", "in UNStats"), rows)
    return f"{len(found)} differences:\n\n{summary}\n{listed}"


TABLES: dict[str, Callable[[], str]] = {
    "classes": _classes,
    "commands": _commands,
    "differences": _differences,
    "m49": _m49,
    "mappings": _mappings,
    "problems": _problems,
    "properties": _properties,
    "queries": _queries,
    "schemes": _schemes,
    "settings": _settings,
}


def write(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    if (new := renewed(text)) != text:
        page.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    for each in pages():
        write(each)
