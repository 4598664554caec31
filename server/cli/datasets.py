"""The commands for data sets from elsewhere: `unmissions load` and `unload`."""

import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from loader.problems import BuildRefused
from loader.progress import Progress
from server.cli.options import activate_option, fail, opened, store_option

if TYPE_CHECKING:
    from loader.datasets.data_set import DataSet, Manner
    from loader.datasets.tally import Tally

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _contexts(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> dict[str, Path]:
    """URL=FILE, of which only the last `=` separates: a URL may have some."""
    contexts = {}
    for value in values:
        url, _, file = value.rpartition("=")
        if not url or not Path(file).is_file():
            raise click.BadParameter(f"{value!r} is no URL=FILE with a file that is there.")
        contexts[url] = Path(file)
    return contexts


@click.command()
@store_option
@click.argument("files", nargs=-1, type=_FILE)
@click.option("--catalogue", type=_FILE, metavar="FILE", help="TOML that names several data sets.")
@click.option("--dataset", metavar="SLUG", help="Name of the data set: a-z, 0-9 and hyphens.")
@click.option(
    "--base", metavar="IRI", help="What relative IRIs are resolved against.  [default: that of the data set]"
)
@click.option("--mapping", metavar="NAME|FILE.rq|auto", help="How files that are no RDF become triples.")
@click.option("--describe", type=_FILE, metavar="FILE", help="Turtle that says what the data set, <>, is.")
@click.option("--keep-iris", is_flag=True, help="Leave identifiers in the form in which they came.")
@click.option("--strict", is_flag=True, help="Refuse literals that are no value of their datatype.")
@click.option(
    "--skip-invalid",
    is_flag=True,
    help="Leave out the triples with such literals, and what is no RDF; each is named.",
)
@click.option("--allow-empty", is_flag=True, help="Take files that give no triple.")
@click.option(
    "--context",
    "contexts",
    multiple=True,
    callback=_contexts,
    metavar="URL=FILE",
    help="A file in the place of a JSON-LD context that lies elsewhere; may be given again.",
)
@activate_option
def load(
    store: Path,
    files: tuple[Path, ...],
    catalogue: Path | None,
    dataset: str | None,
    base: str | None,
    mapping: str | None,
    describe: Path | None,
    keep_iris: bool,
    strict: bool,
    skip_invalid: bool,
    allow_empty: bool,
    contexts: dict[str, Path],
    activate_in: float,
) -> None:
    """Load files as one data set, in a named graph of its own, or the data sets of a catalogue.

    All of them are loaded, in one release, or nothing.
    """
    from loader.datasets.catalogue import read_catalogue
    from loader.datasets.data_set import DataSet, Manner

    _check_call(strict and skip_invalid, catalogue, files, dataset)
    manner = Manner(strict=strict, skip_invalid=skip_invalid, allow_empty=allow_empty, contexts=contexts)
    with _told():
        if catalogue:
            _load(read_catalogue(catalogue), store, manner, activate_in)
            return
        data_set = DataSet(
            slug=_checked_slug(dataset or ""),
            files=files,
            base=_checked_base(base),
            mapping=_mapping(mapping, files),
            description=describe,
            keep_iris=keep_iris,
        )
        _load([data_set], store, manner, activate_in)


@click.command()
@store_option
@click.argument("dataset", metavar="SLUG")
@activate_option
def unload(store: Path, dataset: str, activate_in: float) -> None:
    """Remove a data set that was loaded."""
    from loader.datasets.data_set import BUILT
    from loader.datasets.load import NoSuchDataset
    from loader.datasets.load import unload as run_unload
    from server.cli.publish import publish_where_wanted

    if dataset in BUILT:
        raise click.UsageError(f"The data set {dataset} is built in: it cannot be removed.")
    opened(store)
    try:
        release = run_unload(dataset, store, activate_in)
    except NoSuchDataset as error:
        fail(error)
    click.echo(f"release {release.id} published without data set {dataset}")
    publish_where_wanted(store)


def _check_call(
    is_contrary: bool, catalogue: Path | None, files: tuple[Path, ...], dataset: str | None
) -> None:
    if is_contrary:
        raise click.UsageError("--strict refuses what --skip-invalid leaves out: give one of them.")
    if bool(catalogue) == bool(files) or bool(dataset) != bool(files):
        raise click.UsageError("Give files and --dataset SLUG, or --catalogue FILE.")


def _checked_slug(slug: str) -> str:
    from loader.datasets.data_set import BUILT, SLUG

    if not SLUG.fullmatch(slug):
        raise click.UsageError(f"--dataset {slug} is no slug, such as m49-codes: use a-z, 0-9, -.")
    if slug in BUILT:
        raise click.UsageError(f"--dataset {slug} is built in: choose another name.")
    return slug


def _checked_base(base: str | None) -> str:
    if base and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", base):
        raise click.UsageError(f"--base {base} is no absolute IRI.")
    return base or ""


def _mapping(name: str | None, files: tuple[Path, ...]) -> Path | None:
    """The file of a mapping: one that is shipped, by its name or by what the files are, or any other."""
    from loader.datasets.mapping import mapping_path, recognised, shipped

    if not name:
        return None
    path = recognised(files) if name == "auto" else mapping_path(name)
    if not path:
        raise click.UsageError(f"--mapping {name} is no file, and none of {', '.join(shipped())}.")
    return path


def _load(data_sets: list["DataSet"], store: Path, manner: "Manner", activate_in: float) -> None:
    """Loads and says so."""
    from loader.datasets.load import load as run_load
    from server.cli.publish import publish_where_wanted

    opened(store)
    with _ended_in_order(), Progress() as progress:
        loaded = run_load(data_sets, store, manner, progress, activate_in)
    if not loaded.is_new:
        click.echo(f"nothing has changed since release {loaded.release.id}")
    for slug, tally in loaded.tallies.items():
        _tell(tally, manner)
        click.echo(f"release {loaded.release.id} published: data set {slug} has {tally.triples} triples")
    publish_where_wanted(store)


@contextmanager
def _told() -> Iterator[None]:
    """Ends with status 1, and says why, where something may not be loaded."""
    try:
        yield
    except BuildRefused as refusal:
        fail(f"{refusal}\nNothing was loaded.")
    except OSError as error:
        fail(f"The release cannot be written: {error.strerror or error}.\nNothing was loaded.")


def _tell(tally: "Tally", manner: "Manner") -> None:
    """What a person should know of a data set that was loaded."""
    unreadable = tally.unreadable.told("places cannot be read")
    told = [*map(str, tally.notices), *map(str, unreadable), *map(str, tally.invalid)]
    if tally.unreadable.count:
        told.append(f"left out because they are no RDF: {tally.unreadable.count} statements or triples")
    if tally.invalid_literals:
        fate = "and were left out" if manner.skip_invalid else "and comparisons skip them"
        told.append(f"{tally.invalid_literals} literals are no value of their datatype, {fate}")
    if tally.about_ours:
        told.append(f"{tally.about_ours} triples speak of things that are not of this data set but of ours")
    for sentence in told:
        click.secho(sentence, err=True, fg="yellow")


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Lets SIGTERM end the work as SIGINT does: what is half-built goes at once."""

    def end(number: int, frame: FrameType | None) -> None:
        sys.exit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
