"""Clients of other languages get what was asked, letter by letter; each runs where it is found."""

import os
import shutil
import subprocess
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path

import pytest

from tests.server.servers import Server

pytestmark = pytest.mark.client
PROGRAMS = Path(__file__).parent / "clients"
QUERY = 'SELECT ("بعثة"@ar AS ?label) (1 AS ?n) {}'
GRAPH = 'CONSTRUCT { <urn:s> <urn:p> "بعثة" } {}'
# A folder of Node.js packages, perhaps with a Node.js, and a Python that has pandas: `.ci/run` makes both.
NODE_PACKAGES, PANDAS = os.environ.get("CLIENTS_NODE_PATH", ""), os.environ.get("CLIENTS_PYTHON", "python3")
PATH = f"{NODE_PACKAGES}/.bin{os.pathsep}{os.environ['PATH']}"
SURROUNDINGS = {**os.environ, "PATH": PATH, "LC_ALL": "C.UTF-8", "NODE_PATH": NODE_PACKAGES, "no_proxy": "*"}


def printed(*command: object) -> list[str]:
    """What a program prints on its standard output, by lines."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, env=SURROUNDINGS, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


@cache
def works(*command: str) -> bool:
    """Whether a program is there with what it needs."""
    if not shutil.which(command[0], path=PATH):
        return False
    return subprocess.run(command, capture_output=True, env=SURROUNDINGS, check=False).returncode == 0


def needs(what: str, *command: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Skips a test where a program is missing; looks for it no sooner than the test runs."""

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def run(*arguments: object, **fixtures: object) -> None:
            if not works(*command):
                pytest.skip(f"{what} is not installed here")
            test(*arguments, **fixtures)

        return run

    return decorate


@needs("a JDK", "javac", "-version")
def test_both_clients_of_java_get_data_in_utf_8(server: Server, tmp_path: Path) -> None:
    printed("javac", "-encoding", "UTF-8", "-d", tmp_path, PROGRAMS / "Ask.java")
    lines = printed("java", "-Dfile.encoding=UTF-8", "-cp", tmp_path, "Ask", f"{server.url}/sparql", QUERY)
    assert lines[0].startswith("application/sparql-results+json")
    assert '"value":"بعثة"' in lines[1]
    assert [line for line in lines[2:] if line] == ["text/csv; charset=utf-8", "label,n", "بعثة,1"]


@needs("R's package SPARQL", "Rscript", "-e", "library(SPARQL)")
def test_the_package_of_r_reads_rows(server: Server) -> None:
    names, *values = printed("Rscript", PROGRAMS / "ask.R", f"{server.url}/sparql", QUERY)
    assert (names.split(), values) == (["label", "n"], ['"بعثة"@ar', "1"])


@needs("roqet (Debian: rasqal-utils)", "roqet", "--version")
def test_roqet_reads_rows(server: Server) -> None:
    lines = printed("roqet", "-q", "-r", "csv", "-p", f"{server.url}/sparql", "-e", QUERY)
    assert lines == ["label,n", "بعثة,1"]


@needs("fetch-sparql-endpoint (npm)", "node", "-e", "require('fetch-sparql-endpoint')")
def test_fetch_sparql_endpoint_reads_rows_triples_and_truth(server: Server) -> None:
    lines = printed("node", PROGRAMS / "ask.cjs", f"{server.url}/sparql", QUERY, GRAPH)
    assert [line.strip() for line in lines] == ["label بعثة ar", "n 1", "urn:s urn:p بعثة", "true"]


@needs("pandas", PANDAS, "-c", "import pandas")
def test_pandas_reads_tables_from_addresses(server: Server) -> None:
    saved = f"{server.url}/queries/missions-by-year/run.csv"
    lines = printed(PANDAS, PROGRAMS / "ask_pandas.py", f"{server.url}/sparql", QUERY, saved)
    assert lines == ["label,n", "بعثة,1", "3"]


@pytest.mark.libreoffice
@needs("LibreOffice", "soffice", "--version")
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_libreoffice_opens_a_table_at_its_address(server: Server, tmp_path: Path, suffix: str) -> None:
    address = f"{server.url}/queries/missions-by-year/run.{suffix}"
    profile, out = f"-env:UserInstallation=file://{tmp_path}/profile", tmp_path / "out"
    to = "csv:Text - txt - csv (StarCalc):44,34,76"
    printed("soffice", profile, "--headless", "--convert-to", to, "--outdir", out, address)
    text = (out / "run.csv").read_text(encoding="utf-8-sig")
    assert "2012" in text and len(text.splitlines()) >= 4
