"""The RDF of mapping tables: the links themselves in the graph `links`, VoID linksets in the graph `void`."""

import re
from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from loader.inputs import Inputs
from loader.linksets.checks import contradictions, label_problems, table_problems
from loader.linksets.table import MappingTable, read_table, rules
from loader.problems import BuildRefused, Location, Problem
from loader.release.namespaces import DCTERMS, OWL, RDF, RDFS, VOID
from loader.terms import THING, LocatedTriple, Triple

DATASET = THING["dataset/un-missions"]
SSSOM_SET = ox.NamedNode("https://w3id.org/sssom/MappingSet")
WORDS = {
    "en": "Links by {} to {}",
    "ar": "روابط بالعلاقة {} إلى {}",
}
Graphs = dict[str, list[LocatedTriple]]


def add_linksets(graphs: Graphs, inputs: Inputs) -> list[MappingTable]:
    """Adds what the mapping tables say, and returns them. Raises BuildRefused with all their mistakes."""
    tables, problems = _read(inputs)
    problems = problems or [*contradictions(tables)]
    if problems:
        raise BuildRefused(problems)
    for table in tables:
        graphs["links"] += _links(table)
        graphs["void"] += _located(_described(table), Location(table.name, 1))
    graphs["void"] += _located(_linksets(tables), Location("data/links", 1))
    return tables


def misnamed(tables: list[MappingTable], graphs: Graphs) -> Iterator[Problem]:
    """Rows that call a thing otherwise than the files of reference do, or that link what is not there."""
    yield from label_problems(tables, _labels(graphs))


def _read(inputs: Inputs) -> tuple[list[MappingTable], list[Problem]]:
    tables: list[MappingTable] = []
    problems: list[Problem] = []
    for path in inputs.mapping_tables:
        try:
            tables.append(read_table(path, inputs.name(path)))
            problems += table_problems(tables[-1])
        except BuildRefused as refusal:
            problems += refusal.problems
    return tables, problems


def _labels(graphs: Graphs) -> dict[str, str]:
    """The English labels of what the files of reference describe."""
    triples = (triple for triple, _ in graphs["reference"])
    labels = ((s, o) for s, p, o in triples if p.value == f"{RDFS}label" and isinstance(o, ox.Literal))
    return {s.value: o.value for s, o in labels if o.language == "en"}


def _links(table: MappingTable) -> Iterator[LocatedTriple]:
    for row in table.rows:
        subject, verb, object_ = (
            ox.NamedNode(table.iri(row.cells[f"{name}_id"])) for name in ("subject", "predicate", "object")
        )
        yield LocatedTriple((subject, verb, object_), row.location)


def _described(table: MappingTable) -> Iterator[Triple]:
    """What the head of a table says of it."""
    mapping_set = ox.NamedNode(table.head["mapping_set_id"])
    yield mapping_set, _term(RDF, "type"), SSSOM_SET
    for language, title in _titles(table).items():
        yield mapping_set, _term(RDFS, "label"), ox.Literal(title, language=language)
        yield mapping_set, _term(DCTERMS, "title"), ox.Literal(title, language=language)
    yield mapping_set, _term(DCTERMS, "license"), ox.NamedNode(table.head["license"])
    yield mapping_set, _term(OWL, "versionInfo"), ox.Literal(str(table.head["mapping_set_version"]))


def _titles(table: MappingTable) -> dict[str, str]:
    title = table.head["mapping_set_title"]
    slug = table.head["mapping_set_id"].rpartition("/")[2]
    return {"en": title, "ar": rules()["titles_ar"].get(slug, title)}


def _linksets(tables: list[MappingTable]) -> Iterator[Triple]:
    """A linkset for each target and predicate, with the tables that it is made of as its sources."""
    found: dict[tuple[str, str], list[MappingTable]] = defaultdict(list)
    for table in tables:
        for row in table.rows:
            found[table.iri(row.cells["object_source"]), table.iri(row.cells["predicate_id"])].append(table)
    for (target, verb), of_rows in sorted(found.items()):
        yield from _linkset(target, verb, of_rows)


def _linkset(target: str, verb: str, of_rows: list[MappingTable]) -> Iterator[Triple]:
    host, name = target.partition("//")[2].strip("/"), verb.replace("#", "/").rpartition("/")[2]
    slug = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", f"{host.replace('/', '-')}-{name}").lower()
    linkset = ox.NamedNode(f"{DATASET.value}#links-{slug}")
    yield DATASET, _term(VOID, "subset"), linkset
    yield linkset, _term(RDF, "type"), _term(VOID, "Linkset")
    for language, words in WORDS.items():
        label = ox.Literal(words.format(name, host), language=language)
        yield linkset, _term(RDFS, "label"), label
        yield linkset, _term(DCTERMS, "title"), label
    yield linkset, _term(VOID, "linkPredicate"), ox.NamedNode(verb)
    yield linkset, _term(VOID, "triples"), ox.Literal(len(of_rows))
    yield linkset, _term(VOID, "subjectsTarget"), DATASET
    yield linkset, _term(VOID, "objectsTarget"), ox.NamedNode(target)
    for table in {table.name: table for table in of_rows}.values():
        yield linkset, _term(DCTERMS, "source"), ox.NamedNode(table.head["mapping_set_id"])


def _term(namespace: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(namespace + name)


def _located(triples: Iterator[Triple], at: Location) -> list[LocatedTriple]:
    return [LocatedTriple(triple, at) for triple in triples]
