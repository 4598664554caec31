"""What several commands share: options, the release that is meant, and how a command that fails ends."""

import sys
from pathlib import Path
from typing import NoReturn

import click

from loader.inputs import PROJECT
from loader.release.mending import is_copied, put_in_order
from loader.release.release import DamagedRelease, Release
from loader.release.releases import NoSuchRelease, Releases

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
activate_option = click.option(
    "--activate-in",
    type=click.FloatRange(0, 600),
    default=0.0,
    envvar="UNMISSIONS_ACTIVATE_IN",
    metavar="SECONDS",
    help="Let the release answer so much later, here and on replicas at one instant.",
)

credentials_option = click.option(
    "--engine-credentials",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="UNMISSIONS_ENGINE_CREDENTIALS",
    metavar="FILE",
    help="File with what the engine wants: user:password, or a whole header such as Bearer TOKEN.",
)
control_option = click.option(
    "--control",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("control"),
    envvar="UNMISSIONS_CONTROL",
    show_default=True,
    help="Directory of what is kept here of the releases in another engine.",
)


def fail(message: object) -> NoReturn:
    """Says what is wrong with the data or the query, and ends with status 1."""
    for line in str(message).splitlines():
        click.secho(line, err=True, fg="red")
    sys.exit(1)


def opened(store: Path) -> Releases:
    """The releases of a store directory, put in order, which it says; ends with status 1 where it cannot."""
    releases = Releases(store)
    try:
        for sentence in put_in_order(releases):
            click.secho(sentence, err=True, fg="yellow")
    except OSError as error:
        if is_copied(releases):
            fail(f"`current` is a folder, not a link, and cannot be replaced: {error.strerror}.")
    return releases


def chosen_release(store: Path, release_id: str, how: str = "build") -> Release:
    """The release of a store directory that is named, or the current one; ends with status 2.

    `how` is the command that makes a first one.
    """
    found = Releases(store)
    try:
        release = found.get(release_id) if release_id else found.current()
    except NoSuchRelease as error:
        raise click.UsageError(str(error)) from None
    except DamagedRelease as damage:
        fail(f"{damage}; name another one with --release.")
    if release is None:
        raise click.UsageError(f"There is no release in {store}: run `unmissions {how}` first.")
    return release


def given_values(pairs: tuple[str, ...]) -> dict[str, list[str]]:
    """The values of `-p NAME=VALUE`, each name possibly with several; ends with status 2."""
    values: dict[str, list[str]] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.UsageError(f"-p {pair} is no NAME=VALUE.")
        values.setdefault(name, []).append(value)
    return values
