"""A release of the project's inputs, inputs to change, and two ways to ask: the command and SPARQL."""

import shutil
from collections.abc import Callable
from inspect import signature
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from loader.inputs import PROJECT
from loader.release.namespaces import BASE
from loader.release.release import Release
from loader.release.releases import Releases
from server.cli.__main__ import main
from tests.kept_build import copy_of_build
from tests.loader.editing import keep_missions

pytest_plugins = ["tests.server.server_fixtures", "tests.pages.tab_fixtures"]

# Examples of a property: few while one works, many before a change lands; never against the clock.
settings.register_profile("dev", max_examples=25, deadline=None)
settings.register_profile("ci", max_examples=100, deadline=None)
settings.register_profile("long", max_examples=3000, deadline=None)  # by hand, once in a while
settings.load_profile("dev")

# What a session shares, and what is not shared: a server that is started, a project that is built anew.
SHARED, OWN = {"server", "writable", "store"}, {"start", "inputs"}

Command = Callable[..., Result]
Row = tuple[str, ...]
Rows = Callable[[str], list[Row]]

PREFIXES = f"""
BASE <{BASE}>
PREFIX unm: <{BASE}ontology#>
PREFIX role: <{BASE}role/>
PREFIX certainty: <{BASE}certainty/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

FEW_MISSIONS = ("2010-west-africa", "2011-berlin", "2011-brussels", "2011-brussels-follow-up", "2012-abuja")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow is whoever starts a server or builds a project, or asks a fixture of its module that does."""
    for item in items:
        assert isinstance(item, pytest.Function)
        if _rests_on(item) & OWN:
            item.add_marker(pytest.mark.slow)


def _rests_on(item: pytest.Function) -> set[str]:
    """The fixtures that a test and its fixtures ask for, but not what those that are shared ask for."""
    found, asked = set[str](), [*signature(item.function).parameters]
    while asked:
        if (name := asked.pop()) not in found:
            found.add(name)
            definitions = item._fixtureinfo.name2fixturedefs.get(name, ()) if name not in SHARED else ()
            asked += [argument for definition in definitions for argument in definition.argnames]
    return found


@pytest.fixture(scope="session")
def unmissions() -> Command:
    """Runs the command line with arguments; an exception that it should have said in words is raised."""

    def run(*arguments: object, text: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, [str(a) for a in arguments], input=text, catch_exceptions=False)

    return run


@pytest.fixture(scope="session")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's inputs that stays as it is while the tests run."""
    folder = tmp_path_factory.mktemp("inputs")
    for name in ("ontology", "data", "queries"):
        shutil.copytree(PROJECT / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def store(
    inputs: Path, unmissions: Command, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Path:
    """A store directory with one release, built by the command, now or in an earlier run."""

    def build(directory: Path) -> None:
        built = unmissions("build", "--store", directory, "--inputs", inputs)
        assert built.exit_code == 0, built.stderr

    folder = pytestconfig.rootpath / ".pytest_cache/builds"
    return copy_of_build(inputs, folder, tmp_path_factory.mktemp("built") / "store", build)


@pytest.fixture(scope="session")
def release(store: Path) -> Release:
    """The release of the project's inputs."""
    current = Releases(store).current()
    assert current
    return current


@pytest.fixture(scope="session")
def view(release: Release) -> ox.Store:
    """The store of the release as queries see it."""
    return ox.Store.read_only(str(release.view))


@pytest.fixture(scope="session")
def own(release: Release) -> ox.Store:
    """The store of the release as our pages and saved queries see it: without the data sets of others."""
    return ox.Store.read_only(str(release.path / "own"))


@pytest.fixture(scope="session")
def rows(own: ox.Store) -> Rows:
    """Asks our own graphs: the rows of a SELECT query, IRIs of ours without their base, "" where unbound."""

    def ask(query: str) -> list[Row]:
        solutions = own.query(PREFIXES + query)
        assert isinstance(solutions, ox.QuerySolutions)
        return [tuple(map(_shown, solution)) for solution in solutions]

    return ask


def _shown(term: object) -> str:
    if isinstance(term, ox.Literal | ox.NamedNode | ox.BlankNode):
        return term.value.removeprefix(BASE)
    return ""


@pytest.fixture
def project(inputs: Path, tmp_path: Path) -> Path:
    """A copy of the inputs for a test to change."""
    return shutil.copytree(inputs, tmp_path / "project")


@pytest.fixture
def small_project(project: Path) -> Path:
    """Inputs to change, with few missions, which name every envoy in full, and without shapes."""
    keep_missions(project, *FEW_MISSIONS)
    (project / "ontology/shapes.ttl").unlink()
    return project
