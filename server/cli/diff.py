"""The command that tells what changed from one release to another: `unmissions diff`."""

from collections.abc import Mapping
from itertools import chain
from pathlib import Path

import click
import pyoxigraph as ox

from loader.release.comparison import Comparison, as_quads, compare, labels_in
from loader.release.namespaces import BASE
from loader.release.release import Release
from server.cli.options import chosen_release, store_option
from server.engine.evaluation.ordered_prefixes import ordered_bytes
from server.formats import TRIG
from server.i18n.languages import best
from server.i18n.texts import LANGUAGES
from server.prefixes import prefixed

Labels = Mapping[str, Mapping[str, str]]


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="[B]", required=False, default="")
@store_option
@click.option("--format", "format_", type=click.Choice(["text", "trig"]), default="text", show_default=True)
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the text.")
def diff(before: str, after: str, store: Path, format_: str, lang: str) -> None:
    """Tell what release B holds more (+) and less (−) than release A, by id, number or date; B is the current
    one where it is not named."""
    old, new = chosen_release(store, before), chosen_release(store, after)
    stores = [ox.Store.read_only(str(release.plain)) for release in (new, old)]
    found = compare(stores[1], stores[0])
    if format_ == "trig":
        click.echo(_trig(found, old, new), nl=False)
        return
    for line in _lines(found, labels_in(chain(*stores)), lang):
        click.echo(line)
    click.echo(f"{old.id} → {new.id}: +{len(found.added)} −{len(found.removed)}")


def _trig(found: Comparison, old: Release, new: Release) -> bytes:
    quads = as_quads(found, f"{BASE}data/{old.id}..{new.id}")
    return ordered_bytes(quads, TRIG.media_type)


def _lines(found: Comparison, labels: Labels, language: str) -> list[str]:
    lines = []
    for thing, (added, removed) in found.things().items():
        lines.append(_name(thing, labels, language))
        for mark, quads in (("−", removed), ("+", added)):
            lines += [
                f"  {mark} {_name(q.predicate.value, labels, language)}: {_term(q, labels, language)}"
                for q in quads
            ]
    return lines


def _term(quad: ox.Quad, labels: Labels, language: str) -> str:
    if isinstance(quad.object, ox.NamedNode):
        return _name(quad.object.value, labels, language)
    return str(quad.object.value if isinstance(quad.object, ox.Literal) else quad.object)


def _name(iri: str, labels: Labels, language: str) -> str:
    """A label, with what it stands for where that is a thing of ours."""
    known = labels.get(iri)
    if not known:
        return prefixed(iri) or iri
    path = iri.removeprefix(BASE)
    return best(known, language).words + (f" ({path})" if path != iri and "#" not in path else "")
