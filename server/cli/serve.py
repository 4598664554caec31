"""The command `unmissions serve`."""

import click

from server.settings import Settings


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
def serve(**given: str | None) -> None:
    """Serve the current release; build one first if there is none."""
    from server.cli.build import build_or_exit
    from server.cli.granian_server import serve as run
    from server.cli.options import fail, opened
    from server.cli.sound_release import NothingToServe, ensure_view, sound_release

    settings = _settings({name: value for name, value in given.items() if value is not None})
    releases = opened(settings.store)
    if not releases.current_id() and not releases.all():
        build_or_exit(settings.store)
    try:
        release, complaints = sound_release(releases)
    except NothingToServe as error:
        fail(f"Nothing can be served: {error}.")
    for complaint in complaints:
        click.secho(f"{complaint}; release {release.id} is served instead", err=True, fg="red")
    if settings.default_graph == "union":
        release = ensure_view(releases, release)
    click.echo(f"un-missions answers at {settings.address}/sparql with release {release.id}")
    run(settings)


def _settings(given: dict[str, str]) -> Settings:
    from pydantic import ValidationError

    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic converts what the shell gives
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        raise click.UsageError(f"{name} is {first['input']!r}: {first['msg']}.") from None
