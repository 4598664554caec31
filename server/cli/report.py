"""The command `unmissions report`."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from loader.progress import Progress
from loader.query.saved_query import SavedQuery
from server.cli.options import chosen_release, fail, given_values, store_option
from server.refusal import Refused

if TYPE_CHECKING:
    from server.engine.interface import Engine
    from server.engine.snapshot import Snapshot
    from server.queries.report import Order

LANGUAGES = {"en": ("en",), "ar": ("ar",), "both": ("en", "ar")}


def _formats(context: click.Context, option: click.Parameter, value: str | None) -> tuple[str, ...]:
    from server.exports.files import REPORTED

    if value is None:
        return tuple(REPORTED)
    names = tuple(dict.fromkeys(part.strip() for part in value.split(",")))
    for name in names:
        if name not in REPORTED:
            raise click.BadParameter(f"{name!r} is none of {', '.join(REPORTED)}.")
    return names


@click.command()
@store_option
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for the files: a new one, an empty one, or an earlier report, which is replaced.",
)
@click.option(
    "--format",
    "formats",
    callback=_formats,
    show_default="all",
    help="html, csv and xlsx, by commas. A query whose result is a graph is always written as Turtle.",
)
@click.option("--lang", type=click.Choice(list(LANGUAGES)), default="both", show_default=True)
@click.option(
    "-p", "--parameter", multiple=True, metavar="NAME=VALUE", help="A parameter of the saved queries."
)
@click.option("--tag", "tags", multiple=True, help="Only queries with this tag; may be given again.")
@click.option("--evidence", is_flag=True, help="Add to each row the quotations that support it.")
@click.option("--release", "release_id", default="", help="An earlier release, by id, number or date.")
@click.option(
    "--base-url",
    default="",
    envvar="UNMISSIONS_BASE_URL",
    help="Address of the server that the files link to.  [default: the canonical one]",
)
def report(
    store: Path,
    names: tuple[str, ...],
    out: Path,
    formats: tuple[str, ...],
    lang: str,
    parameter: tuple[str, ...],
    tags: tuple[str, ...],
    evidence: bool,
    release_id: str,
    base_url: str,
) -> None:
    """Render saved queries to files with an index: those named, those with a tag, or all.

    Every file belongs to one release. The folder is complete or untouched.
    """
    from server.engine.local.engine import LocalEngine
    from server.queries.report import Order, can_be_asked

    engine = LocalEngine(store)
    release = engine.snapshot(chosen_release(store, release_id).id)
    queries = _chosen(release.queries, names, tags)
    if not names:
        queries = [query for query in queries if can_be_asked(query, release, engine)]
    order = Order(
        queries=queries,
        values=given_values(parameter),
        formats=formats,
        languages=LANGUAGES[lang],
        address=base_url,
        evidence=evidence,
    )
    _check_values(order)
    files = _written(order, release, engine, out)
    click.echo(f"{files} files written to {out} from release {release.id}")


def _written(order: "Order", release: "Snapshot", engine: "Engine", out: Path) -> int:
    """Writes the files and counts them; ends with status 1 where a query or the disk fails."""
    from server.queries.report import NotOurs
    from server.queries.report import report as render

    count = len(order.queries)
    try:
        with Progress() as progress:
            progress(f"rendering {count} saved quer{'y' if count == 1 else 'ies'}")
            return render(order, release, engine, out.resolve(), progress.note)
    except NotOurs as error:
        raise click.UsageError(str(error)) from None
    except (Refused, OSError, RuntimeError, SyntaxError, ValueError) as error:
        fail(f"{error}\nNothing was written to {out}.")


def _chosen(queries: dict[str, SavedQuery], names: Iterable[str], tags: tuple[str, ...]) -> list[SavedQuery]:
    """The queries that are named, or all, less those without the tags."""
    for name in names:
        if name not in queries:
            raise click.UsageError(f"There is no saved query {name!r}; there are: {', '.join(queries)}.")
    asked = [queries[name] for name in dict.fromkeys(names)] or list(queries.values())
    chosen = [query for query in asked if set(tags) <= set(query.tags)]
    if not chosen:
        known = sorted({tag for query in asked for tag in query.tags})
        raise click.UsageError(
            f"None of the queries has the tag {' and '.join(tags)}; there are: {', '.join(known)}."
        )
    return chosen


def _check_values(order: "Order") -> None:
    """Every value must belong to a parameter of some query, and be allowed by each that takes it."""
    from loader.query.parameter import WrongParameter

    known = {name for query in order.queries for name in query.by_name}
    for name in order.values:
        if name not in known:
            raise click.UsageError(f"None of the queries has the parameter {name!r}.")
    for query in order.queries:
        try:
            query.bind(order.values_of(query))
        except WrongParameter as error:
            raise click.UsageError(str(error)) from None
