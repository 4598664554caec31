"""The commands that bring releases from one machine to others: `unmissions push` and `pull`."""

from contextlib import suppress
from pathlib import Path

import click

from loader.release.release import DamagedRelease
from server.cli.options import chosen_release, fail, opened, store_option


@click.command()
@store_option
@click.argument("target")
def push(store: Path, target: str) -> None:
    """Bring the release that answers to TARGET, a folder or object store, from which replicas pull it."""
    from loader.replicas.places import Folder
    from loader.replicas.push import push as run_push

    if target.startswith(("http://", "https://")):
        raise click.UsageError(f"{target} is a server: it is pulled from, a folder or bucket is pushed to.")
    release = chosen_release(store, "")
    try:
        number = run_push(release, Folder(target))
    except (DamagedRelease, OSError) as error:
        fail(f"{error}\nNothing is offered there that was not before.")
    click.echo(f"release {release.id} is offered at {target}: {number} files brought there")


@click.command()
@store_option
@click.argument("source")
@click.option("--follow", "seconds", type=click.FloatRange(min=0.1), help="Go on, and look every so often.")
@click.option("--rollback", is_flag=True, help="Take what is offered though it is older, forked or foreign.")
@click.option(
    "--token-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with the token of the primary.  [default: environment UNMISSIONS_TOKEN]",
)
@click.option("--token", envvar="UNMISSIONS_TOKEN", default="", hidden=True)
def pull(
    store: Path, source: str, seconds: float | None, rollback: bool, token_file: Path | None, token: str
) -> None:
    """Take over the release that SOURCE offers: the URL of a primary, a folder, or an object store.

    What is damaged, truncated, older, of a fork or foreign is refused, and what is here goes on answering.
    """
    from loader.replicas.following import follow, take, told
    from loader.replicas.offer import ReleaseRefused
    from loader.replicas.places import source_at

    if seconds and rollback:
        raise click.UsageError("--rollback is for one look, --follow for many: give one of them.")
    releases = opened(store)
    try:
        place = source_at(source, token_file.read_text("utf-8").strip() if token_file else token)
        if not seconds:
            click.echo(told(take(place, releases, rollback)))
            return
    except (ReleaseRefused, OSError) as error:
        kept = releases.current_id()
        fail(f"{error}\nNothing was taken over{f', release {kept} goes on answering' if kept else ''}.")
    with suppress(KeyboardInterrupt):
        follow(place, releases, seconds, click.echo)
