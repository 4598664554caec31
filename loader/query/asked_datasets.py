"""The data sets that a saved query asks beside our own graphs: `#+ datasets:` and `GRAPH` say the same."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from loader.query.header import FaultyQueryFile, header_line
from loader.query.tokens import Token, declared_prefixes, line_and_column, tokens
from loader.release.namespaces import BUILT_IN, graph_iri

MAPPINGS = Path(__file__).resolve().parents[2] / "data" / "mappings"
_GRAPH = re.compile(re.escape(graph_iri("dataset/")) + r"([a-z0-9]+(?:-[a-z0-9]+)*)")


def check_datasets(text: str, datasets: Iterable[str]) -> None:
    """Raises FaultyQueryFile where header and text do not name the same data sets."""
    asked = dict(_asked(text))
    for slug in datasets:
        if slug not in asked:
            graph = graph_iri(f"dataset/{slug}")
            sentence = f"The query asks nothing of the data set {slug!r}: write GRAPH <{graph}> {{ … }}."
            raise FaultyQueryFile(header_line(text, "datasets"), sentence)
    for slug in asked.keys() - {*datasets}:
        line, _ = line_and_column(text, asked[slug].start)
        sentence = f"The query asks the data set {slug!r}: write `#+ datasets: [{slug}]` in its header."
        raise FaultyQueryFile(line, sentence)


def how_to_have(name: str, slug: str) -> str:
    """What to do where the data set that a query asks is not there."""
    way = "unmissions build" if slug in BUILT_IN else f"unmissions load FILE… --dataset {slug}"
    if (MAPPINGS / f"{slug}.rq").is_file() and slug not in BUILT_IN:
        way += f" --mapping {slug}"
    return f"{name} asks the data set {slug!r}, which is not here. To have it: `{way}`."


def is_there(slug: str) -> str:
    """The query that asks whether a store holds a data set."""
    return f"ASK {{ GRAPH <{graph_iri(f'dataset/{slug}')}> {{ ?thing ?property ?value }} }}"


def _asked(text: str) -> Iterator[tuple[str, Token]]:
    """The data sets whose graph a query names, and where."""
    prefixes = declared_prefixes(text)
    for token in tokens(text):
        iri = token.text[1:-1] if token.kind == "iri" else ""
        if token.kind == "pname":
            prefix, _, local = token.text.partition(":")
            iri = prefixes.get(prefix, "") + local.replace("\\", "")
        if match := _GRAPH.fullmatch(iri):
            yield match[1], token
