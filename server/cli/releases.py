"""The commands that show the releases and move between them: `unmissions releases` and `rollback`."""

from pathlib import Path

import click

from loader.release.manifest import number_of
from loader.release.releases import Releases
from server.cli.options import chosen_release, opened, store_option


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
    found = opened(store)
    with found.locked():
        current = found.current_id()
        if not current:
            raise click.UsageError(f"There is no release in {store}.")
        number = number_of(current)
        earlier = [release for release in found.all() if release.number < number]
        if not release_id and not earlier:
            raise click.UsageError(f"There is no release before {current}.")
        target = chosen_release(store, release_id) if release_id else earlier[-1]
        found.point_to(target)
    click.echo(f"release {target.id} answers again")
