"""The command `unmissions query`."""

import io
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from loader.release.release import Release
from server.cli.options import chosen_release, fail, given_values, store_option

if TYPE_CHECKING:
    from loader.query.saved_query import SavedQuery


@click.command()
@store_option
@click.argument("file", type=click.File(encoding="utf-8"), required=False)
@click.option("--saved", metavar="NAME", help="Run a saved query of the release instead of a file.")
@click.option(
    "-p", "--parameter", multiple=True, metavar="NAME=VALUE", help="A parameter of the saved query."
)
@click.option("--format", "format_", default="", help="csv, json, tsv, xml; or jsonld, nt, rdf, trig, ttl.")
@click.option("--release", "release_id", default="", help="An earlier release, by id, number or date.")
def query(
    store: Path,
    file: TextIO | None,
    saved: str,
    parameter: tuple[str, ...],
    format_: str,
    release_id: str,
) -> None:
    """Run a query, from FILE or standard input (-), on the store."""
    from loader.problems import why_not_sparql
    from loader.query.parameter import WrongParameter
    from server.prefixes import PREFIXES

    if (file is None) == (not saved):
        raise click.UsageError("Give either FILE (or - for standard input) or --saved NAME.")
    release = chosen_release(store, release_id)
    try:
        text = file.read().removeprefix("\ufeff") if file else _saved_text(release, saved, parameter)
        click.echo(_result(release.store if file else _own(release), text, format_), nl=False)
    except SyntaxError as error:
        fail(f"The query is not valid SPARQL: {why_not_sparql(text, error, PREFIXES)[1]}")
    except (WrongParameter, RuntimeError) as error:
        fail(error)
    except OSError as error:
        fail(f"The store, or an endpoint that the query calls, cannot be asked: {error}.")


def _result(store: Path, text: str, name: str) -> bytes:
    """TSV for tables and Turtle for graphs, unless another format is named."""
    import pyoxigraph as ox

    from server.engine.evaluation.answers import serialize
    from server.formats import GRAPHS, RESULTS, TSV, TURTLE

    result = ox.Store.read_only(str(store)).query(text)
    is_graph = isinstance(result, ox.QueryTriples)
    fitting = {format_.name: format_ for format_ in (GRAPHS if is_graph else RESULTS)}
    name = name or (TURTLE if is_graph else TSV).name
    if name not in fitting:
        fail(f"The format {name!r} does not fit this result; one of {', '.join(sorted(fitting))} does.")
    output = io.BytesIO()
    serialize(result, fitting[name].media_type, output)
    return output.getvalue()


def _own(release: Release) -> Path:
    """What saved queries see: the merge of our own graphs, where a merge was made."""
    return release.own if release.own.is_dir() else release.store


def _saved_text(release: Release, name: str, pairs: tuple[str, ...]) -> str:
    from loader.query.saved_query_file import read_saved_query

    path = release.queries / f"{name}.rq"
    if not path.is_file():
        names = ", ".join(sorted(p.stem for p in release.queries.glob("*.rq")))
        raise click.UsageError(f"There is no saved query {name!r}; there are: {names}.")
    saved = read_saved_query(path)
    _refuse_absent(saved, release)
    return saved.bind(given_values(pairs))


def _refuse_absent(saved: "SavedQuery", release: Release) -> None:
    """Ends with status 1 where a data set that the query asks is not there."""
    import pyoxigraph as ox

    from loader.query.asked_datasets import how_to_have, is_there

    if saved.datasets:
        store = ox.Store.read_only(str(_own(release)))
        for slug in saved.datasets:
            if not store.query(is_there(slug)):
                fail(how_to_have(saved.name, slug))
