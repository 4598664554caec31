"""Lines to copy that fetch a result from elsewhere: for the shell, Python and R."""

import json
import shlex
from dataclasses import dataclass
from urllib.parse import urlencode

from server.page.links import Pairs


@dataclass(frozen=True)
class Snippet:
    """A program of a few lines in a language."""

    name: str
    text: str


def snippets(run: str, pairs: Pairs, is_graph: bool) -> list[Snippet]:
    """How to get the result at an address `run` with these parameters."""
    given = list(pairs)
    suffix = ".ttl" if is_graph else ".csv"
    address = run + suffix + (f"?{urlencode(given)}" if given else "")
    return [
        Snippet("curl", _curl(run + suffix, given)),
        Snippet("Python", _python_graph(address) if is_graph else _python(address)),
        Snippet("R", _r_graph(address) if is_graph else _r(address)),
    ]


def _curl(address: str, pairs: list[tuple[str, str]]) -> str:
    parts = [f"--data-urlencode {shlex.quote(f'{name}={value}')}" for name, value in pairs]
    return " \\\n  ".join([f"curl --get {shlex.quote(address)}", *parts])


def _python(address: str) -> str:
    return f"import pandas\n\ntable = pandas.read_csv({json.dumps(address)})"


def _python_graph(address: str) -> str:
    return f'from rdflib import Graph\n\ngraph = Graph().parse({json.dumps(address)}, format="turtle")'


def _r(address: str) -> str:
    return f'table <- read.csv({json.dumps(address)}, encoding = "UTF-8")'


def _r_graph(address: str) -> str:
    return f'library(rdflib)\ngraph <- rdf_parse({json.dumps(address)}, format = "turtle")'
