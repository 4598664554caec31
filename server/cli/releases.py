"""The commands about releases: `releases` shows them, `rollback` moves between them, `pin` keeps one."""

from pathlib import Path

import click

from loader.release.durable import flush_path
from loader.release.manifest import number_of
from loader.release.releases import Releases
from server.cli.options import chosen_release, opened, store_option


@click.command()
@store_option
def releases(store: Path) -> None:
    """List what was published when, newest last; * marks the release that answers, `pinned` what is kept."""
    found = Releases(store)
    current = found.current_id()
    for release in found.all():
        mark = "*" if release.id == current else " "
        manifest, pinned = release.manifest, "  pinned" if release.pin.exists() else ""
        about = f"{manifest.written}  {manifest.quads:>9} quads  by {manifest.writer}"
        click.echo(f"{mark} {release.id}  {about}{pinned}")


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


@click.command()
@store_option
@click.argument("release_id", metavar="RELEASE")
def pin(store: Path, release_id: str) -> None:
    """Keep a release for good, however many come after it: by id, number or date."""
    with opened(store).locked():
        release = chosen_release(store, release_id)
        release.pin.touch()
        flush_path(release.path)
    click.echo(f"release {release.id} is kept until it is unpinned")


@click.command()
@store_option
@click.argument("release_id", metavar="RELEASE")
def unpin(store: Path, release_id: str) -> None:
    """Let a release go like any other, once newer ones have pushed it out."""
    with opened(store).locked():
        release = chosen_release(store, release_id)
        if not release.pin.exists():
            raise click.UsageError(f"Release {release.id} is not pinned.")
        release.pin.unlink()
        flush_path(release.path)
    click.echo(f"release {release.id} is not pinned any more")
