"""The commands for data sets from elsewhere: `unmissions load` and `unload`."""

import re
from pathlib import Path

import click

from loader.problems import BuildRefused
from loader.progress import Progress
from server.cli.options import fail, opened, store_option


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
    opened(store)
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

    opened(store)
    try:
        release = run_unload(dataset, store)
    except NoSuchDataset as error:
        fail(error)
    click.echo(f"release {release.id} published without data set {dataset}")
