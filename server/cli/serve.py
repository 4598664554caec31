"""The command `unmissions serve`."""

import socket
from errno import EADDRINUSE
from pathlib import Path
from typing import TYPE_CHECKING

import click

from loader.release.releases import Releases
from server.settings import Settings

if TYPE_CHECKING:
    from loader.release.release import Release


def _flags(command: click.Command) -> click.Command:
    """A flag for every setting but the token, which would show in the list of processes."""
    for name, field in reversed(Settings.model_fields.items()):
        if name != "token":
            flag = f"--{name.replace('_', '-')}"
            option = click.Option([flag], help=f"{field.description}  [{_default(name)}]")
            command.params.insert(0, option)
    return command


def _default(name: str) -> str:
    default = Settings.model_fields[name].default
    shown = "none" if default in (None, "") else default
    return f"default: {shown}; environment: UNMISSIONS_{name.upper()}"


@_flags
@click.command()
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="UNMISSIONS_CONFIG",
    help="File in TOML with settings by their names; flags and the environment stand above it.",
)
def serve(config: Path | None, **given: str | None) -> None:
    """Serve the current release; build one first if there is none."""
    from server.cli.granian_server import serve as run
    from server.cli.options import fail
    from server.cli.settings_file import with_file
    from server.cli.sound_release import NothingToServe

    flags = {name: value for name, value in given.items() if value is not None}
    settings = _settings(with_file(flags, config))
    try:
        release = _made_elsewhere(settings) if settings.is_shared else _owned(settings)
    except NothingToServe as error:
        fail(f"Nothing can be served: {error}.")
    if taken := _why_not_at(settings):
        fail(taken)
    click.echo(f"un-missions answers at {settings.address}/sparql with release {release.id}")
    run(settings)


def _why_not_at(settings: Settings) -> str:
    """Why nobody can listen at the address; nothing where one can.

    The sockets of the server would share a port with those of another one, and either would answer by turns.
    """
    place = f"{settings.host} port {settings.port}"
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
        socket.create_server(found[0][4][:2], family=found[0][0]).close()
    except OSError as error:
        if error.errno == EADDRINUSE:
            return f"{place} is taken: end what listens there, or name another port with --port."
        return f"Nobody can listen at {place}: {error.strerror or error}."
    return ""


def _made_elsewhere(settings: Settings) -> "Release":
    """The release that answers in a directory where nothing may be changed."""
    from server.cli.sound_release import NothingToServe, sound_current
    from server.engine.snapshot import ELSEWHERE

    release = sound_current(Releases(settings.store))
    if settings.engine and ELSEWHERE not in release.manifest.files:
        message = f"release {release.id} is in {settings.store}, and not in {settings.engine}"
        raise NothingToServe(f"{message}: serve the directory of `unmissions publish --control`")
    return release


def _owned(settings: Settings) -> "Release":
    """A sound release of the server's own directory: what is missing is fetched by a replica, else built."""
    from server.cli.build import build_or_exit
    from server.cli.options import opened
    from server.cli.sound_release import ensure_view, sound_release

    releases = opened(settings.store)
    if settings.follow:
        _take_first(settings, releases)
    elif not releases.current_id() and not releases.all():
        build_or_exit(settings.store)
    release, complaints = sound_release(releases)
    for complaint in complaints:
        click.secho(f"{complaint}; release {release.id} is served instead", err=True, fg="red")
    if settings.default_graph == "union" and not settings.follow:
        release = ensure_view(releases, release)
    return release


def _take_first(settings: Settings, releases: Releases) -> None:
    """A replica begins with what the source offers; with what it has where the source does not answer."""
    from loader.replicas.following import take, told
    from loader.replicas.offer import ReleaseRefused
    from loader.replicas.places import source_at
    from server.cli.options import fail

    try:
        click.echo(told(take(source_at(settings.follow, settings.known_token), releases)))
    except (ReleaseRefused, OSError) as error:
        if not releases.all():
            fail(f"{error}\nNothing can be served: there is no release in {settings.store} yet.")
        click.secho(str(error), err=True, fg="yellow")


def _settings(given: dict[str, object]) -> Settings:
    from pydantic import ValidationError

    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic converts what the shell gives
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        raise click.UsageError(f"{name} is {first['input']!r}: {first['msg']}.") from None
