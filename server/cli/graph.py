"""The commands that make, check, ask and move between releases."""

import re
import sys
from pathlib import Path
from typing import NoReturn, TextIO

import click

from loader.build import build as run_build
from loader.inputs import PROJECT, Inputs
from loader.problems import BuildRefused, UpdatedSince
from loader.progress import Progress
from loader.release.releases import DamagedRelease, NoSuchRelease, Release, Releases

store_option = click.option(
    "--store",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("store"),
    envvar="UNMISSIONS_STORE",
    show_default=True,
    help="Directory of the releases.",
)
inputs_option = click.option(
    "--inputs",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=PROJECT,
    envvar="UNMISSIONS_INPUTS",
    help="Folder with ontology/, data/ and queries/.  [default: the project's own]",
)


def fail(message: object) -> NoReturn:
    """Says what is wrong with the data or the query, and ends with status 1."""
    for line in str(message).splitlines():
        click.secho(line, err=True, fg="red")
    sys.exit(1)


@click.command()
@store_option
@inputs_option
@click.option("--overwrite", is_flag=True, help="Undo writes to the graphs that the build makes.")
def build(store: Path, inputs: Path, overwrite: bool) -> None:
    """Build a release from the inputs, unless nothing has changed."""
    build_or_exit(store, inputs, overwrite)


def build_or_exit(store: Path, inputs: Path = PROJECT, overwrite: bool = False) -> None:
    """Builds and says so; ends with status 1 where the inputs hold mistakes."""
    try:
        with Progress() as progress:
            built = run_build(Inputs(inputs.resolve()), store, progress, overwrite)
    except BuildRefused as refusal:
        count = len(refusal.problems)
        kept = Releases(store).current_id()
        fate = f"release {kept} goes on answering" if kept else "there is no release yet"
        fail(f"{refusal}\n{count} mistake{'s' * (count > 1)}; nothing was published, {fate}.")
    except UpdatedSince as reason:
        fail(f"{reason}\nNothing was published.")
    except DamagedRelease as damage:
        fail(f"{damage}; `unmissions rollback` lets an earlier one answer.\nNothing was published.")
    release = built.release
    if built.differences:
        names = ", ".join(difference.query for difference in built.differences)
        click.secho(f"other rows than expected, see `unmissions check`: {names}", fg="yellow", err=True)
    if built.is_new:
        click.echo(f"release {release.id} published: {release.manifest.quads} quads")
    else:
        click.echo(f"nothing has changed since release {release.id}")


@click.command()
@inputs_option
@click.option("--accept", is_flag=True, help="Take today's rows of the saved queries as the expected ones.")
def check(inputs: Path, accept: bool) -> None:
    """Check the inputs: ontology, shapes, quotations, and saved queries against their expected rows."""
    from loader.check import check as run_check

    try:
        with Progress() as progress:
            checked = run_check(Inputs(inputs.resolve()), progress, accept)
    except BuildRefused as refusal:
        fail(refusal)
    for difference in checked.differences:
        click.secho(f"{difference.query}: not the expected rows", fg="red", err=True)
        click.echo(difference.explanation, err=True)
    if checked.differences:
        names = len(checked.differences)
        fail(f"{names} of {checked.queries} saved queries differ; look, then run it with --accept.")
    click.echo(
        f"{checked.quads} quads, {checked.quotations} quotations, {checked.queries} saved queries: all right"
    )


@click.command()
@store_option
@click.argument("file", type=click.File(encoding="utf-8"), required=False)
@click.option("--saved", metavar="NAME", help="Run a saved query of the release instead of a file.")
@click.option(
    "-p", "--parameter", multiple=True, metavar="NAME=VALUE", help="A parameter of the saved query."
)
@click.option("--format", "format_", default="", help="csv, json, tsv, xml; or jsonld, nt, rdf, trig, ttl.")
@click.option("--release", "release_id", default="", help="An earlier release, by id or number.")
def query(
    store: Path,
    file: TextIO | None,
    saved: str,
    parameter: tuple[str, ...],
    format_: str,
    release_id: str,
) -> None:
    """Run a query, from FILE or standard input (-), on the store."""
    from loader.query.parameter import WrongParameter
    from loader.query.results import WrongFormat, open_store, run

    if (file is None) == (not saved):
        raise click.UsageError("Give either FILE (or - for standard input) or --saved NAME.")
    release = chosen_release(store, release_id)
    try:
        text = _saved_text(release, saved, parameter) if file is None else file.read()
        click.echo(run(open_store(release.store), text, format_), nl=False)
    except SyntaxError as error:
        fail(f"The query is not SPARQL: {error.msg}")
    except (WrongFormat, WrongParameter, RuntimeError) as error:
        fail(error)


def _saved_text(release: Release, name: str, pairs: tuple[str, ...]) -> str:
    from loader.query.saved_query import read_saved_query

    path = release.queries / f"{name}.rq"
    if not path.is_file():
        names = ", ".join(sorted(p.stem for p in release.queries.glob("*.rq")))
        raise click.UsageError(f"There is no saved query {name!r}; there are: {names}.")
    return read_saved_query(path).bind(given_values(pairs))


def given_values(pairs: tuple[str, ...]) -> dict[str, list[str]]:
    """The values of `-p NAME=VALUE`, each name possibly with several; ends with status 2."""
    values: dict[str, list[str]] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.UsageError(f"-p {pair} is no NAME=VALUE.")
        values.setdefault(name, []).append(value)
    return values


def chosen_release(store: Path, release_id: str) -> Release:
    """The release of a store directory that is named, or the current one; ends with status 2."""
    found = Releases(store)
    try:
        release = found.get(release_id) if release_id else found.current()
    except NoSuchRelease as error:
        raise click.UsageError(str(error)) from None
    except DamagedRelease as damage:
        fail(f"{damage}; name another one with --release.")
    if release is None:
        raise click.UsageError(f"There is no release in {store}: run `unmissions build` first.")
    return release


@click.command()
@store_option
def releases(store: Path) -> None:
    """List what was published when, newest last; * marks the release that answers."""
    found = Releases(store)
    current = found.current_id()
    for release in found.all():
        mark = "*" if release.id == current else " "
        manifest = release.manifest
        click.echo(
            f"{mark} {release.id}  {manifest.written}  {manifest.quads:>9} quads  by {manifest.writer}"
        )


@click.command()
@store_option
@click.argument("release_id", metavar="[RELEASE]", required=False)
def rollback(store: Path, release_id: str | None) -> None:
    """Let an earlier release answer again: RELEASE, or the one before the current."""
    found = Releases(store)
    with found.locked():
        current = found.current_id()
        if not current:
            raise click.UsageError(f"There is no release in {store}.")
        number = int(current.partition("-")[0])
        earlier = [release for release in found.all() if release.number < number]
        if not release_id and not earlier:
            raise click.UsageError(f"There is no release before {current}.")
        target = chosen_release(store, release_id) if release_id else earlier[-1]
        found.point_to(target)
    click.echo(f"release {target.id} answers again")


@click.command()
@store_option
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--dataset", required=True, metavar="SLUG", help="Name of the data set: a-z, 0-9 and hyphens.")
def load(store: Path, files: tuple[Path, ...], dataset: str) -> None:
    """Load RDF files as one data set, in a named graph of its own; all of them or nothing."""
    from loader.datasets import load as run_load

    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", dataset):
        raise click.UsageError(f"--dataset {dataset} is no slug, such as m49-codes: use a-z, 0-9, -.")
    try:
        with Progress() as progress:
            loaded = run_load(list(files), dataset, store, progress)
    except BuildRefused as refusal:
        fail(f"{refusal}\nNothing was loaded.")
    click.echo(f"release {loaded.release.id} published: data set {dataset} has {loaded.triples} triples")
    if loaded.invalid_literals:
        message = f"{loaded.invalid_literals} literals are no value of their datatype: comparisons skip them"
        click.secho(message, err=True, fg="yellow")


@click.command()
@store_option
@click.argument("dataset", metavar="SLUG")
def unload(store: Path, dataset: str) -> None:
    """Remove a data set that was loaded."""
    from loader.datasets import NoSuchDataset
    from loader.datasets import unload as run_unload

    try:
        release = run_unload(dataset, store)
    except NoSuchDataset as error:
        fail(error)
    click.echo(f"release {release.id} published without data set {dataset}")
