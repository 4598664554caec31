"""What the code offers stands in the documentation, and what the documentation names is there."""

import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from rdflib import OWL, RDF, Graph, URIRef

from loader.inputs import Inputs
from loader.query.parameter import FACTS
from loader.query.saved_query_file import TEXTS, VIEWS
from loader.query.values import TYPES
from loader.release.manifest import Manifest
from loader.release.namespaces import BUILT_GRAPHS, ONTOLOGY
from server.app import create_app
from server.engine.local.engine import LocalEngine
from server.formats import GRAPHS, RESULTS
from server.operations.metrics import _HELP
from server.settings import Settings

from .pages import ROOT, name, pages, prose
from .tables import _TABLE, TABLES, renewed

REFERENCE = ROOT / "docs/reference"
PICTURE = ROOT / "docs/model.svg"


def page_text(page: str) -> str:
    return (REFERENCE / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [p for p in pages() if _TABLE.search(p.read_text("utf-8"))], ids=name)
def test_a_table_made_from_the_code_is_as_the_code_is(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    assert renewed(text) == text, "run: .venv/bin/python -m tests.docs.tables"


def test_every_table_stands_on_a_page() -> None:
    shown = {match[2] for page in pages() for match in _TABLE.finditer(page.read_text(encoding="utf-8"))}

    assert shown == TABLES.keys()


def test_every_route_is_described() -> None:
    app = create_app(LocalEngine(Path("store")), Settings())
    routes = {re.sub(r"<\w+:", "<", rule.rule) for rule in app.url_map.iter_rules()}

    assert not {route for route in routes if f"`{route}" not in page_text("addresses.md")}


def test_every_metric_is_described() -> None:
    sources = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "server").rglob("*.py"))
    metrics = {*(f"unmissions_{key}" for key in _HELP), *re.findall(r'"(unmissions_\w+)"', sources)}

    assert not {metric for metric in metrics if metric not in page_text("addresses.md")}


def test_every_format_is_described() -> None:
    text = page_text("addresses.md")

    assert not {f.name for f in (*RESULTS, *GRAPHS) if f"| `{f.name}` | `{f.media_type}` |" not in text}


def test_everything_that_a_saved_query_may_say_is_described() -> None:
    text = (ROOT / "docs/how-to/add-a-saved-query.md").read_text(encoding="utf-8")

    assert not {word for word in (*TYPES, *FACTS, *VIEWS, *TEXTS) if f"`{word}`" not in text}


def test_every_graph_of_the_build_is_described() -> None:
    assert not {graph for graph in BUILT_GRAPHS if f"`graph/{graph}`" not in page_text("model.md")}


def test_every_field_of_the_manifest_is_described() -> None:
    fields = Manifest.__dataclass_fields__

    assert not {field for field in fields if f"`{field}`" not in page_text("release-format.md")}


def test_every_target_of_make_is_described() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", makefile, re.MULTILINE)

    assert not {target for target in targets if f"`make {target}`" not in page_text("commands.md")}


@pytest.mark.parametrize("page", pages(), ids=name)
def test_no_link_leads_nowhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", prose(page))

    assert not {target for target in targets if not _exists(page, unquote(target))}


def _exists(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    file = (page.parent / path).resolve() if path else page
    if not file.exists():
        return False
    return not anchor or anchor in _anchors(file)


def _anchors(page: Path) -> set[str]:
    """What a heading is called in an address, as GitHub makes it."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_picture_names_only_what_there_is() -> None:
    ontology = Graph()
    for file in Inputs(ROOT).graph_files("ontology"):
        ontology.parse(file)

    classes, properties = _in_picture("name"), _in_picture("edge")

    assert {c for c in classes if ":" not in c} <= _ours(ontology, OWL.Class)
    assert {c for c in classes if ":" in c} == {"org:Post"}
    assert properties - {"references"} <= _ours(ontology, OWL.ObjectProperty)


def _in_picture(kind: str) -> set[str]:
    texts = ElementTree.parse(PICTURE).iter("{http://www.w3.org/2000/svg}text")
    return {"".join(t.itertext()) for t in texts if kind in t.get("class", "").split()}


def _ours(graph: Graph, type_: URIRef) -> set[str]:
    return {str(s).removeprefix(ONTOLOGY) for s in graph.subjects(RDF.type, type_)}
