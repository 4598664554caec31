"""The commands that make a release of the inputs, or only check them: `unmissions build` and `check`."""

from collections.abc import Iterable
from pathlib import Path

import click

from loader.build import build as run_build
from loader.inputs import PROJECT, Inputs
from loader.problems import BuildRefused, Problem, UpdatedSince
from loader.progress import Progress
from loader.release.release import DamagedRelease
from loader.release.releases import Releases
from server.cli.options import (
    activate_option,
    control_option,
    credentials_option,
    fail,
    inputs_option,
    opened,
    store_option,
)


@click.command()
@store_option
@inputs_option
@click.option("--overwrite", is_flag=True, help="Undo writes to the graphs that the build makes.")
@activate_option
def build(store: Path, inputs: Path, overwrite: bool, activate_in: float) -> None:
    """Build a release from the inputs, unless nothing has changed."""
    from server.cli.publish import publish_where_wanted

    opened(store)
    build_or_exit(store, inputs, overwrite, activate_in)
    publish_where_wanted(store)


def build_or_exit(
    store: Path, inputs: Path = PROJECT, overwrite: bool = False, activate_in: float = 0.0
) -> None:
    """Builds and says so; ends with status 1 where the inputs hold mistakes."""
    try:
        with Progress() as progress:
            built = run_build(Inputs(inputs.resolve()), store, progress, overwrite, activate_in)
    except BuildRefused as refusal:
        count = sum(not problem.is_warning for problem in refusal.problems)
        kept = Releases(store).current_id()
        fate = f"release {kept} goes on answering" if kept else "there is no release yet"
        fail(f"{refusal}\n{count} mistake{'s' * (count > 1)}; nothing was published, {fate}.")
    except UpdatedSince as reason:
        fail(f"{reason}\nNothing was published.")
    except DamagedRelease as damage:
        fail(f"{damage}; `unmissions rollback` lets an earlier one answer.\nNothing was published.")
    release = built.release
    _show(built.warnings)
    if built.differences:
        names = ", ".join(difference.query.name for difference in built.differences)
        click.secho(f"other rows than expected, see `unmissions check`: {names}", fg="yellow", err=True)
    if built.is_new:
        click.echo(f"release {release.id} published: {release.manifest.quads} quads")
    else:
        click.echo(f"nothing has changed since release {release.id}")


@click.command()
@store_option
@inputs_option
@click.option("--accept", is_flag=True, help="Show what changed in the saved queries, and expect it.")
@click.option(
    "--endpoint", metavar="URL", help="Prove instead what was published in the engine that is queried there."
)
@credentials_option
@control_option
def check(
    store: Path,
    inputs: Path,
    accept: bool,
    endpoint: str | None,
    engine_credentials: Path | None,
    control: Path,
) -> None:
    """Check the inputs: ontology, shapes, quotations, and saved queries against their expected rows.

    Links and the table of M49 are compared with the data sets that were loaded into the store.
    """
    if endpoint:
        from server.cli.publish import check_endpoint

        check_endpoint(endpoint, engine_credentials, control)
    else:
        _check_inputs(store, inputs, accept)


def _check_inputs(store: Path, inputs: Path, accept: bool) -> None:
    from loader.check import check as run_check

    try:
        with Progress() as progress:
            checked = run_check(Inputs(inputs.resolve()), progress, accept, store)
    except BuildRefused as refusal:
        fail(refusal)
    except DamagedRelease as damage:
        fail(f"{damage}; `unmissions rollback` lets an earlier one answer.")
    _show(checked.warnings)
    for difference in checked.differences:
        question, *rows = difference.lines()
        click.secho(question, bold=True, err=not accept)
        click.echo("\n".join(rows), err=not accept)
    number = len(checked.differences)
    if number and not accept:
        fail(f"{number} of {checked.queries} saved queries differ; if that is right, run it with --accept.")
    if number:
        click.echo(
            f"{number} of {checked.queries} saved queries gave other rows, which are now the expected ones"
        )
    click.echo(
        f"{checked.quads} quads, {checked.quotations} quotations, {checked.queries} saved queries: all right"
    )


def _show(warnings: Iterable[Problem]) -> None:
    for warning in warnings:
        click.secho(str(warning), fg="yellow", err=True)
