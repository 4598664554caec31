"""Where the table of M49 and the areas of UNStats' SKOS, as somebody loaded them, say different things."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from loader.loaded.loaded_graphs import LoadedGraph
from loader.m49 import TABLE, Area, read_m49
from loader.problems import Location, Problem
from loader.terms import SKOS, Namespace

GEO = Namespace("http://metadata.un.org/sdg/codes/geoArea/")
SCHEME = ox.NamedNode("http://metadata.un.org/sdg/codes/geoAreaCodes")
HAS = "✓"
GROUPS = ("ldc", "sids")  # UNStats has no group of landlocked countries


@dataclass(frozen=True, order=True, kw_only=True)
class Disagreement:
    """What the table has of an area, and what UNStats has; `kind` is a language, area, parent or a group."""

    kind: str
    code: str
    name: str
    ours: str
    theirs: str

    @property
    def is_of_a_name(self) -> bool:
        return len(self.kind) == 2


def m49_problems(root: Path, graphs: Iterable[LoadedGraph]) -> Iterator[Problem]:
    """A warning for each area, parent and group, at its line of the table, and one that counts the names."""
    areas = read_m49(root)
    for graph in graphs:
        found = sorted(disagreements(areas, graph))
        for each in found:
            if not each.is_of_a_name:
                yield Problem(_line(root, each.code), _told(each, graph.shown), is_warning=True)
        if counts := Counter(each.kind for each in found if each.is_of_a_name):
            yield Problem(Location(TABLE.as_posix(), 1), _counted(counts, graph.shown), is_warning=True)


def disagreements(areas: dict[str, Area], graph: LoadedGraph) -> Iterator[Disagreement]:
    """All of them; none where the graph does not hold the areas of UNStats."""
    concepts = {iri.value.rpartition("/")[2] for iri in graph.subjects(SKOS.inScheme, SCHEME)}
    codes = {code for code in concepts if code.isdecimal()}
    for code in codes.symmetric_difference(areas) if codes else ():
        name = areas[code].names["en"] if code in areas else _names(code, graph).get("en", "")
        yield _about(code, name)("area", HAS if code in areas else "", HAS if code in codes else "")
    for code in codes & areas.keys():
        yield from _of_area(code, areas[code], graph)


def _of_area(code: str, area: Area, graph: LoadedGraph) -> Iterator[Disagreement]:
    disagreement = _about(code, area.names["en"])
    theirs = _names(code, graph)
    # Regions have English names alone there.
    for language, name in area.names.items() if len(theirs) > 1 else ():
        if theirs.get(language) != name:
            yield disagreement(language, name, theirs.get(language, ""))
    above = {value.value.rpartition("/")[2] for value in graph.values(GEO[code], SKOS.broader)}
    parents = ", ".join(sorted(value for value in above if value.isdecimal()))
    if parents != area.above:
        yield disagreement("parent", area.above, parents)
    for group in GROUPS:
        if (group in area.groups) != (group in above):
            has = (HAS, "") if group in area.groups else ("", HAS)
            yield disagreement(f"group {group.upper()}", *has)


def _about(code: str, name: str) -> Callable[[str, str, str], Disagreement]:
    """Makes disagreements about one area of their kind, what is ours, and what is theirs."""
    return lambda kind, ours, theirs: Disagreement(kind=kind, code=code, name=name, ours=ours, theirs=theirs)


def _names(code: str, graph: LoadedGraph) -> dict[str, str]:
    names = graph.values(GEO[code], SKOS.prefLabel)
    return {name.language or "": name.value for name in names if isinstance(name, ox.Literal)}


def _told(each: Disagreement, data_set: str) -> str:
    area = f"{each.code} ({each.name})"
    if each.kind == "parent":
        return f"M49 has {area} in {each.ours}, {data_set} in {each.theirs or 'nothing'}."
    what = area if each.kind == "area" else f"{area} in the {each.kind}"
    return f"M49 has {what}; {data_set} has not." if each.ours else f"{data_set} has {what}; M49 has not."


def _counted(counts: Counter[str], data_set: str) -> str:
    told = ", ".join(f"{tag} {number}" for tag, number in sorted(counts.items()))
    page = "docs/reference/m49-and-unstats.md"
    return f"Names that {data_set} has otherwise than M49: {told}. {page} lists those of UNStats."


def _line(root: Path, code: str) -> Location:
    """Where the area stands in the table."""
    lines = (root / TABLE).read_text(encoding="utf-8").splitlines()
    numbers = (n for n, line in enumerate(lines, 1) if line.startswith(f":{code} a skos:Concept"))
    return Location(TABLE.as_posix(), next(numbers, 1))
