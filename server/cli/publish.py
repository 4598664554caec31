"""The command `unmissions publish` brings a release to another engine; `check --endpoint` proves it again."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from loader.progress import Progress
from loader.release.releases import Releases
from server.cli.options import chosen_release, control_option, credentials_option, fail, store_option

if TYPE_CHECKING:
    from loader.release.release import Release
    from server.engine.remote.publication import Ask

TO = "UNMISSIONS_PUBLISH_TO"


@click.command()
@store_option
@click.option(
    "--to",
    "to",
    required=True,
    envvar=TO,
    metavar="URL",
    help="Where the engine is queried.",
)
@click.option(
    "--graphs",
    metavar="URL",
    envvar="UNMISSIONS_PUBLISH_GRAPHS",
    help="Where it takes graphs.  [default: beside --to, where that is known]",
)
@credentials_option
@control_option
@click.option(
    "--without",
    multiple=True,
    metavar="NAME",
    help="A saved query that the engine answers wrongly: it is refused by name; may be given again.",
)
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="Releases that are kept there, beside those that are pinned.",
)
def publish(
    store: Path,
    to: str,
    graphs: str | None,
    engine_credentials: Path | None,
    control: Path,
    without: tuple[str, ...],
    keep: int,
) -> None:
    """Bring the release that answers to another engine, prove it there, and let it answer from there."""
    from server.engine.remote.endpoint import WrongCredentials, endpoint_at
    from server.engine.remote.publication import EngineTarget, NotProved, OfAnother, Publication
    from server.engine.remote.upload import graphs_beside
    from server.refusal import Refused

    release = chosen_release(store, "")
    _check_names(release, without)
    try:
        target = EngineTarget(
            endpoint=endpoint_at(to, engine_credentials),
            graphs_url=graphs or graphs_beside(to),
            without=without,
            keep=keep,
        )
        with Progress() as progress:
            placement = Publication(target, Releases(control), progress).publish(
                release, _asking(store, release)
            )
    except (NotProved, OfAnother, WrongCredentials, Refused, OSError) as error:
        kept = Releases(control).current_id()
        fail(f"{error}\nNothing was published{f', release {kept} goes on answering' if kept else ''}.")
    if placement is None:
        click.echo(f"release {release.id} answers from {to} already")
        return
    triples = sum(content.triples for content in placement.contents().values())
    click.echo(
        f"release {release.id} answers from {to}: {len(placement.graphs)} graphs, {triples} triples there"
    )


def publish_where_wanted(store: Path) -> None:
    """The same after a release was made, where the environment names an engine; ends with 1 on failure."""
    if os.environ.get(TO):
        publish.main(["--store", str(store)], standalone_mode=False)


def _check_names(release: "Release", without: tuple[str, ...]) -> None:
    for name in without:
        if not (release.queries / f"{name}.rq").is_file():
            raise click.UsageError(f"--without {name}: release {release.id} has no saved query of this name.")


def _asking(store: Path, release: "Release") -> "Ask":
    """The engine here, which says what the other one must answer."""
    from server.engine.interface import Question
    from server.engine.local.engine import LocalEngine

    engine = LocalEngine(store, "union" if release.view.is_dir() else "unnamed")

    def ask(text: str, media_type: str) -> bytes:
        question = Question(text=text, format=media_type, timeout=600.0, release=release.id, own=True)
        return engine.query(question).whole()

    return ask


def check_endpoint(url: str, credentials: Path | None, control: Path) -> None:
    """Proves that what answers from another engine is there as it was sent; ends with status 1 if not."""
    from server.engine.remote.endpoint import WrongCredentials, endpoint_at
    from server.engine.remote.placement import Placement
    from server.engine.remote.proof import EXPECTED
    from server.engine.remote.publication import mistakes_there
    from server.refusal import Refused

    release = chosen_release(control, "", "publish")
    try:
        placement = Placement.read(release.path)
        with Progress() as progress:
            progress("proving what is there")
            mistakes = mistakes_there(endpoint_at(url, credentials), placement, release.path)
    except (WrongCredentials, Refused, OSError, ValueError) as error:
        fail(error)
    if mistakes:
        number = len(mistakes)
        fail(
            "\n".join([*mistakes, f"{number} mistake{'s' * (number > 1)} of release {release.id} in {url}."])
        )
    triples = sum(content.triples for content in placement.contents().values())
    answers = (release.path / EXPECTED).iterdir()
    proved = sum(path.stem not in placement.refused for path in answers)
    click.echo(f"{len(placement.graphs)} graphs, {triples} triples, {proved} saved queries: all right")
