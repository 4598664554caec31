"""The command `unmissions query`."""

import io
from pathlib import Path
from typing import TextIO

import click

from loader.release.releases import Release
from server.cli.options import chosen_release, fail, given_values, store_option


@click.command()
@store_option
@click.argument("file", type=click.File(encoding="utf-8"), required=False)
@click.option("--saved", metavar="NAME", help="Run a saved query of the release instead of a file.")
@click.option(
    "-p", "--parameter", multiple=True, metavar="NAME=VALUE", help="A parameter of the saved query."
)
@click.option("--format", "format_", default="", help="csv, json, tsv, xml; or jsonld, nt, rdf, trig, ttl.")
@click.option("--release", "release_id", default="", help="An earlier release, by id or number.")
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
        text = _saved_text(release, saved, parameter) if file is None else file.read()
        click.echo(_result(release, text, format_), nl=False)
    except SyntaxError as error:
        fail(f"The query is not SPARQL: {why_not_sparql(text, error, PREFIXES)[1]}")
    except (WrongParameter, RuntimeError) as error:
        fail(error)


def _result(release: Release, text: str, name: str) -> bytes:
    """TSV for tables and Turtle for graphs, unless another format is named."""
    import pyoxigraph as ox

    from server.engine.evaluation.answers import serialize
    from server.formats import GRAPHS, RESULTS, TSV, TURTLE

    result = ox.Store.read_only(str(release.store)).query(text)
    is_graph = isinstance(result, ox.QueryTriples)
    fitting = {format_.name: format_ for format_ in (GRAPHS if is_graph else RESULTS)}
    name = name or (TURTLE if is_graph else TSV).name
    if name not in fitting:
        fail(f"The format {name!r} does not fit this result; one of {', '.join(sorted(fitting))} does.")
    output = io.BytesIO()
    serialize(result, fitting[name].media_type, output)
    return output.getvalue()


def _saved_text(release: Release, name: str, pairs: tuple[str, ...]) -> str:
    from loader.query.saved_query import read_saved_query

    path = release.queries / f"{name}.rq"
    if not path.is_file():
        names = ", ".join(sorted(p.stem for p in release.queries.glob("*.rq")))
        raise click.UsageError(f"There is no saved query {name!r}; there are: {names}.")
    return read_saved_query(path).bind(given_values(pairs))
