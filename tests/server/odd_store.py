"""A store of the project's data in which many facts have values that nobody would expect."""

import random
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from loader.release.namespaces import BASE, EDTF, RDF, XSD
from loader.release.releases import Releases
from loader.release.successor import succeed

FACTS_A_PROPERTY = 4


def _typed(datatype: str, *values: str) -> list[ox.Literal]:
    return [ox.Literal(value, datatype=ox.NamedNode(datatype)) for value in values]


ODD_TERMS: list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = [
    *_typed(f"{XSD}integer", "abc", "", "9" * 400, "-0", "1.5"),
    *_typed(f"{XSD}double", "NaN", "INF", "1e999", "north"),
    *_typed(f"{XSD}date", "2012-02-30", "-0044-03-15", "12012-01-01", "2012-01-01Z", ""),
    *_typed(f"{XSD}dateTime", "never", "2012-01-01T24:00:00", "0000-00-00T00:00:00"),
    *_typed(f"{XSD}boolean", "yes", "maybe"),
    *_typed(EDTF, "", "2012-13", "2012-XX/..", "y-17e7", "(((", "2012-12-31/2012-01-01"),
    *_typed(f"{RDF}HTML", "<script>alert(1)</script>"),
    *_typed("urn:odd:type", "x"),
    ox.Literal(""),
    ox.Literal("a\u0001b\ufffe"),
    ox.Literal("one\r\ntwo\u2028three\u202egpj"),
    ox.Literal("%s {0} {{ }} %(num)s ' \" \\ <b>&amp;</b> \U0001f600"),
    ox.Literal("ينقصه" * 3000, language="ar"),
    ox.Literal("x", language="x-odd"),
    ox.Literal("رأس", language="ar", direction=ox.BaseDirection.RTL),
    ox.NamedNode("urn:odd"),
    ox.NamedNode("javascript:alert(1)"),
    ox.NamedNode("http://[::1]:99999/%5B?#"),
    ox.NamedNode(f"{BASE}mission/a%20b/c.ttl"),
    ox.NamedNode(f"{BASE}"),
    ox.NamedNode(f"{BASE}mission/2012-abuja"),
    ox.BlankNode("odd"),
    ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("said")),
]


def odd_store(store: Path, folder: Path, seed: int) -> Path:
    """A copy of a store in which some facts of each property have other values, or further ones."""
    copy = Path(shutil.copytree(store, folder / "store", symlinks=True))
    releases = Releases(copy)
    with releases.locked(), succeed(releases) as successor:
        chosen = random.Random(seed)
        for quad in _some_of_each(successor.store, chosen):
            if chosen.random() < 0.6:
                successor.store.remove(quad)
            value = chosen.choice(ODD_TERMS)
            successor.store.add(ox.Quad(quad.subject, quad.predicate, value, quad.graph_name))
        successor.publish("test", view=True)
    return copy


def _some_of_each(store: ox.Store, chosen: random.Random) -> Iterator[ox.Quad]:
    """A few quads of each property, at random."""
    by_property: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in store:
        by_property[quad.predicate.value].append(quad)
    for _, quads in sorted(by_property.items()):
        quads.sort(key=str)
        yield from chosen.sample(quads, min(FACTS_A_PROPERTY, len(quads)))


def own_paths(store: Path) -> list[str]:
    """The paths of all things of ours that have facts, as links lead to them."""
    current = Releases(store).current()
    assert current
    quads = ox.Store.read_only(str(current.plain)).quads_for_pattern(None, None, None, None)
    iris = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    return sorted(iri.removeprefix(BASE).partition("#")[0] for iri in iris if iri.startswith(BASE))
