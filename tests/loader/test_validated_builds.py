"""Mistakes that only the whole graph shows: each is told with its place, all of them at once."""

import shutil
from pathlib import Path

import pytest

from loader.release.releases import Releases
from tests.conftest import Command
from tests.loader.editing import append, change

BERLIN, DAKAR, ROME = (f"data/missions/{name}.ttl" for name in ("2011-berlin", "2012-dakar", "2011-rome"))
PEOPLE, PLACES, RULE = "data/reference/people.ttl", "data/reference/places.ttl", "ontology/rules/countries.rq"
TERM = "<ontology#shape> a <http://www.w3.org/2002/07/owl#Class> ; rdfs:isDefinedBy <ontology> .\n"
PERSON = '<person/macky-sall> a foaf:Person ; rdfs:label "ماكي سال"@ar, "Macky Sall"@en .\n'
QUERY = """#+ summary: x
#+ summary_ar: x
PREFIX unm: <https://w3id.org/un-missions/ontology#>
ASK { ?s unm:plase ?o }"""


def damage(project: Path) -> dict[str, str]:
    """Nine mistakes in one copy of the inputs: what is wrong, and the beginning of the line that says it."""
    change(project, BERLIN, "unm:role role:envoy", "unm:role role:speaker")
    mission = change(project, BERLIN, "<mission/2011-berlin> a", "<mission/2011-berlin> a")
    role = change(project, DAKAR, "unm:role role:attendee", "unm:role role:listener")
    term = change(
        project, DAKAR, "unm:mentionsPlace <place/west-africa> ;", "unm:mentionPlace <place/west-africa> ;"
    )
    office = "unm:participant <post/president-of-senegal>"
    person = change(project, DAKAR, office, "unm:participant <person/macky-sall>")
    append(project, PEOPLE, PERSON)
    label = change(project, PLACES, '"Nigeria"@en', '"نيجريا"@ar')
    thing = change(project, ROME, "unm:place <place/rome>", "unm:place <place/roma>")
    rule = change(project, RULE, "unm:place ?place", "unm:plase ?place")
    append(project, "queries/misspelt.rq", QUERY)
    unexplained = append(project, "ontology/unm.ttl", TERM)
    return {
        "a mission without an envoy": f"{BERLIN}:{mission}: <mission/2011-berlin>: A mission needs one",
        "an unknown role": f"{DAKAR}:{role}: role/listener is used but not declared in the ontology.",
        "an unknown term in the data": f"{DAKAR}:{term}: ontology#mentionPlace is used but not declared",
        "a person invented for a post": f"{DAKAR}:{person}: <person/macky-sall>: No quotation of a stated",
        "a deleted label": f"{PLACES}:{label}: <place/nigeria>: Give a place exactly one label a language",
        "a misspelt thing": f"{ROME}:{thing}: <place/roma> is described nowhere: is it misspelt",
        "an unknown term in a rule": f"{RULE}:{rule}: unm:plase is no term of the ontology.",
        "an unknown term in a saved query": "queries/misspelt.rq:4: unm:plase is no term of the ontology.",
        "a term without a definition": f"ontology/unm.ttl:{unexplained}: ontology#shape needs one",
    }


MISTAKES = [
    "a mission without an envoy",
    "an unknown role",
    "an unknown term in the data",
    "a person invented for a post",
    "a deleted label",
    "a misspelt thing",
    "an unknown term in a rule",
    "an unknown term in a saved query",
    "a term without a definition",
]


@pytest.fixture(scope="module")
def old_store(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(store, tmp_path_factory.mktemp("old") / "store", symlinks=True)


@pytest.fixture(scope="module")
def refused(
    unmissions: Command, inputs: Path, old_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, str], list[str]]:
    """The lines that were to be said, and those that were."""
    project = shutil.copytree(inputs, tmp_path_factory.mktemp("damaged") / "project")
    expected = damage(project)
    built = unmissions("build", "--store", old_store, "--inputs", project)
    assert built.exit_code == 1
    return expected, built.stderr.splitlines()


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_place(refused: tuple[dict[str, str], list[str]], mistake: str) -> None:
    expected, said = refused

    assert [line for line in said if line.startswith(expected[mistake])]


def test_the_old_release_answers_after_a_refused_validation(
    refused: tuple[dict[str, str], list[str]], old_store: Path, unmissions: Command
) -> None:
    ask = "SELECT (COUNT(*) AS ?n) { ?m a <https://w3id.org/un-missions/ontology#Mission> }"
    current = Releases(old_store).current()

    assert current and len(Releases(old_store).all()) == 1
    assert refused[1][-1].endswith(f"nothing was published, release {current.id} goes on answering.")
    assert unmissions("query", "--store", old_store, "--format", "csv", "-", text=ask).stdout == "n\n13\n"


def test_nothing_else_is_called_a_mistake(refused: tuple[dict[str, str], list[str]]) -> None:
    files = {line.partition(":")[0] for line in refused[1][:-1] if not line.startswith("✓")}

    assert files <= {BERLIN, DAKAR, ROME, PEOPLE, PLACES, RULE, "queries/misspelt.rq", "ontology/unm.ttl"}
