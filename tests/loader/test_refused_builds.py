"""A mistake in the inputs stops the build with a sentence and its place; the old release still answers."""

import shutil
from pathlib import Path

import pytest

from loader.release.releases import Releases
from tests.conftest import Command
from tests.loader.editing import append, change, keep_missions

ABUJA, PEOPLE = "data/missions/2012-abuja.ttl", "data/reference/people.ttl"
SOURCE, TEXT = "data/sources/key-missions-ar.ttl", "data/sources/key-missions-ar.txt"
QUOTED = '"14 كانون الأول/ديسمبر 2012"'
HEADING = "«2012: البعثة الموفدة إلى أبوجا، نيجيريا»"
GERMANY, OF_GERMANY = "data/missions/2011-berlin.ttl", "«2011: البعثة الموفدة إلى ألمانيا»"
ASK_MISSIONS = "ASK { ?mission a <https://w3id.org/un-missions/ontology#Mission> }"
QUERY = "#+ summary: Is there a mission?\n#+ summary_ar: هل من بعثة؟\n"


@pytest.fixture(scope="module")
def old_store(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the release of the unchanged inputs."""
    return shutil.copytree(store, tmp_path_factory.mktemp("old") / "store", symlinks=True)


@pytest.fixture
def project(project: Path) -> Path:
    """The inputs with few missions and without shapes: these mistakes are told before all else is read."""
    keep_missions(project, "2010-west-africa", "2011-berlin", "2012-abuja")
    (project / "ontology/shapes.ttl").unlink()
    shutil.rmtree(project / "data/links")
    return project


def refusal(unmissions: Command, project: Path, store: Path) -> list[str]:
    """What a build says that must be refused; afterwards the old release must answer as before."""
    before = Releases(store).current()
    built = unmissions("build", "--store", store, "--inputs", project)
    after = Releases(store).current()

    assert built.exit_code == 1
    assert before and after and before.id == after.id and len(Releases(store).all()) == 1
    assert "true" in unmissions("query", "--store", store, "-", text=ASK_MISSIONS).stdout
    *said, last = [line for line in built.stderr.splitlines() if not line.startswith("✓")]
    number = "1 mistake" if len(said) == 1 else f"{len(said)} mistakes"
    assert last == f"{number}; nothing was published, release {before.id} goes on answering."
    return said


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        pytest.param(
            GERMANY,
            '"في 9 تشرين الثاني/نوفمبر 2011"',
            '"في 8 تشرين الثاني/نوفمبر 2011"',
            f"The quotation «في 8 تشرين الثاني/نوفمبر 2011» is not in the section {OF_GERMANY}; "
            "the nearest text there is «في 9 تشرين الثاني/نوفمبر 2011،».",
            id="a changed quotation",
        ),
        pytest.param(
            ABUJA,
            QUOTED,
            '"المستشار الخاص"',
            f"The quotation «المستشار الخاص» occurs 3 times in the section {HEADING}: write unm:quote "
            '[ oa:exact "…" ; oa:prefix "…" ] with what stands directly before it, '
            "one of «يمية، اجتمع » · «ايته. وناقش » · «ئم.  واجتمع ».",
            id="a quotation that occurs three times",
        ),
        pytest.param(
            GERMANY,
            '"في 9 تشرين الثاني/نوفمبر 2011"',
            '"رئيس السنغال"',
            f"The quotation «رئيس السنغال» is not in {OF_GERMANY} but in «2012: البعثة الموفدة إلى داكار».",
            id="a quotation of another section",
        ),
        pytest.param(
            GERMANY, '"في 9 تشرين الثاني/نوفمبر 2011"', '""',
            f"The quotation «» is not in the section {OF_GERMANY}; ",
            id="an empty quotation",
        ),
        pytest.param(
            ABUJA, '"2012-12"^^edtf:EDTF', '"2012-13"^^edtf:EDTF', "'2012-13' is not a valid EDTF.",
            id="a thirteenth month",
        ),
        pytest.param(
            SOURCE, '"2026-11-23"^^xsd:date', '"2012-02-30"^^xsd:date', "'2012-02-30' is not a valid date.",
            id="a 30th of February",
        ),
        pytest.param(
            ABUJA, "mission-kind:mission", "mission-kinds:mission",
            "This is not Turtle: The prefix mission-kinds: has not been declared.",
            id="a prefix that is missing",
        ),
        pytest.param(
            ABUJA, '"Mission to Abuja, Nigeria, 2012"@en ;', '"Mission to Abuja, Nigeria, 2012@en ;',
            "This is not Turtle: Line jumps are not allowed in string literals",
            id="a string that does not end",
        ),
        pytest.param(
            SOURCE, "<section/2012-dakar> a", "<section/2012-abuja> a",
            f"<section/2012-abuja> is already described at {SOURCE}:32: two things cannot have one id.",
            id="two sections with one id",
        ),
        pytest.param(
            SOURCE, 'unm:heading "2012: الزيارة إلى باريس"', 'unm:heading "2012: الزيارة إلى لندن"',
            "The heading «2012: الزيارة إلى لندن» is no line of the source text, or more than one.",
            id="a heading that is not in the text",
        ),
        pytest.param(
            SOURCE, '"key-missions-ar.txt"', '"key-missions.txt"',
            "There is no source text 'key-missions.txt' beside this file.",
            id="a source text that is missing",
        ),
        pytest.param(
            "ontology/rules/countries.rq", "CONSTRUCT {", "CONSTRUC {",
            "The rule is not valid SPARQL: line 5, column 1: CONSTRUC is not a keyword of SPARQL",
            id="a rule with a syntax error",
        ),
        pytest.param(
            "ontology/rules/countries.rq", "CONSTRUCT { ?event unm:country ?country }", "SELECT ?event",
            "A rule is a CONSTRUCT query.",
            id="a rule that is no CONSTRUCT",
        ),
    ],
)  # fmt: skip
def test_a_mistake_stops_the_build_and_the_old_release_answers(
    unmissions: Command, project: Path, old_store: Path, file: str, old: str, new: str, sentence: str
) -> None:
    line = change(project, file, old, new)
    if "CONSTRUCT query" in sentence:
        line = 1

    (said,) = refusal(unmissions, project, old_store)

    assert said.startswith(f"{file}:{line}: {sentence}")


def test_a_changed_quotation_stops_the_build_and_the_old_release_answers(
    unmissions: Command, project: Path, old_store: Path
) -> None:
    line = change(project, GERMANY, "وتحدث السيد لاك عن عمله", "وتحدث السيد لاك عن عملها")

    (said,) = refusal(unmissions, project, old_store)

    assert said.startswith(
        f"{GERMANY}:{line}: The quotation «وتحدث السيد لاك عن عملها» is not in the section"
    )
    assert said.endswith("the nearest text there is «وتحدث السيد لاك عن عمله الرامي».")


def test_a_statement_without_its_full_stop_is_told_at_the_next_line(
    unmissions: Command, project: Path, old_store: Path
) -> None:
    line = change(
        project, ABUJA, "unm:missionKind mission-kind:mission ;", "unm:missionKind mission-kind:mission"
    )

    (said,) = refusal(unmissions, project, old_store)

    assert said == f"{ABUJA}:{line + 1}: This is not Turtle: A dot is expected at the end of statements."


def test_a_changed_source_text_is_a_new_source(unmissions: Command, project: Path, old_store: Path) -> None:
    change(project, TEXT, "أداما دينغ", "اداما دينغ")

    (said,) = refusal(unmissions, project, old_store)

    assert said.startswith(f"{SOURCE}:18: The source text key-missions-ar.txt was changed: its SHA-256 is ")
    assert said.endswith("not 846989680389333ad14756810bac5b7e01b60bbb4676bfc6b58f21c6ac1bd8cf.")


@pytest.mark.parametrize("file", [ABUJA, PEOPLE, "queries/faulty.rq"])
def test_a_file_that_is_not_utf8_is_named_with_the_line_of_its_first_bad_byte(
    unmissions: Command, project: Path, old_store: Path, file: str
) -> None:
    line = append(project, file, "#\n") + 1
    (project / file).write_bytes((project / file).read_bytes() + "# Doré".encode("latin-1"))

    (said,) = refusal(unmissions, project, old_store)

    assert said.startswith(f"{file}:{line}: The file is not UTF-8: byte 0xe9 at offset ")


def test_turtle_of_a_later_version_is_refused_in_words(
    unmissions: Command, project: Path, old_store: Path
) -> None:
    append(project, ABUJA, "<mission/2012-abuja> unm:place <place/abuja> {| unm:size 1 |} .\n")

    (said,) = refusal(unmissions, project, old_store)

    assert said.endswith("This is newer than Turtle 1.1, or not Turtle.")


# What is in a file, the line that is told, and how the sentence begins.
FAULTY_QUERIES = [
    ("ASK {}", 1, "The file has no header: write at least `#+ summary:` and `#+ summary_ar:`."),
    ("#+ summary: One?\nASK {}", 1, "The header needs `#+ summary_ar:` with a question in words."),
    (
        "#+ summary: a: b\n#+ summary_ar: c\nASK {}",
        1,
        "The header is no YAML: mapping values are not allowed",
    ),
    (QUERY + "# nothing", 1, "The file holds no SELECT, ASK, CONSTRUCT or DESCRIBE query."),
    (QUERY + "ASK {", 3, "The query is not valid SPARQL: line 3, column 5: This { is not closed."),
    (
        QUERY + "#+ parameters:\n#+   - name: year\nASK { ?s ?p ?_month_integer }",
        3,
        "No variable ?_year_… of the query uses the parameter 'year'.",
    ),
    (QUERY + "#+ parameters: year\nASK {}", 3, "`parameters` is a list of mappings, each with a `name`."),
    (
        QUERY + "SELECT ?s ?_year_integer\nWHERE { ?s ?p ?_year_integer }",
        3,
        "The parameter ?_year_integer is projected: write (?_year_integer AS ?name).",
    ),
    (
        QUERY + "ASK { ?_place ?p ?_place_iri }",
        1,
        "The name of ?_place is the beginning of ?_place_iri: grlc would replace both.",
    ),
    (
        QUERY + "#+ parameters:\n#+   - name: year\n#+     min: soon\nASK { ?s ?p ?_year_integer }",
        3,
        "The range of year ends in 'soon'; it must be a whole number, such as 3.",
    ),
    (QUERY + "#+ endpoint: http://ex.org/sparql\nASK {}", 3, "`endpoint` of grlc is not read here: "),
    (QUERY + "#+ pagination: 5000\nASK {}", 3, "`pagination` is the rows of a page, from 1 to 1000"),
    (
        QUERY + "#+ sumary_ar: x\nASK {}",
        3,
        "'sumary_ar' is no key of a header; the nearest is",
    ),
    (QUERY + "#+ method: POST\nASK {}", 3, "The method 'POST' is not for queries"),
    (QUERY + "#+ enumerate:\n#+   - year\nASK {}", 3, "`enumerate` is a list of names with their values"),
    (QUERY + "#+ defaults:\n#+   - year: 1\nASK {}", 1, "No variable ?_year_… of the query uses"),
    (QUERY + "#defaultView:Bubbles\nASK {}", 3, "The view 'Bubbles' is none of those"),
    (
        QUERY + "#+ view: bar\n#defaultView:Map\nASK {}",
        4,
        "`#defaultView:` says 'map', and",
    ),
    (QUERY + "ASK { ?s ?p ?_at_xsd_time }", 1, "?_at_xsd_time ends in _xsd_time, which is none of"),
]


def test_every_faulty_query_file_is_told_and_stops_the_build(
    unmissions: Command, project: Path, old_store: Path
) -> None:
    for number, (text, _, _) in enumerate(FAULTY_QUERIES):
        append(project, f"queries/faulty-{number}.rq", text)

    said = refusal(unmissions, project, old_store)

    for number, (_, line, sentence) in enumerate(FAULTY_QUERIES):
        assert [one for one in said if one.startswith(f"queries/faulty-{number}.rq:{line}: {sentence}")]
    assert len(said) == len(FAULTY_QUERIES)


def test_all_files_that_cannot_be_read_are_told_at_once(
    unmissions: Command, project: Path, old_store: Path
) -> None:
    append(project, ABUJA, "<mission/x> a unm:Mission")
    append(project, GERMANY, "<mission/x> a unmm:Mission .")
    (project / PEOPLE).write_bytes(b"\xff")

    said = refusal(unmissions, project, old_store)

    assert [line.partition(":")[0] for line in said] == [GERMANY, ABUJA, PEOPLE]


def test_all_quotations_that_are_not_found_are_told_at_once(
    unmissions: Command, project: Path, old_store: Path
) -> None:
    change(project, ABUJA, QUOTED, '"1 كانون الأول"')
    change(project, GERMANY, "في 9 تشرين الثاني/نوفمبر 2011", "في 8 تشرين الثاني/نوفمبر 2011")

    said = refusal(unmissions, project, old_store)

    assert [line.partition(":")[0] for line in said] == [GERMANY, ABUJA]


def test_a_folder_without_missions_is_no_project(unmissions: Command, project: Path, old_store: Path) -> None:
    shutil.rmtree(project / "data/missions")

    said = refusal(unmissions, project, old_store)

    assert said == ["data/missions:1: There is no mission: write at least one Turtle file in data/missions/."]


def test_without_an_old_release_a_refusal_says_that_there_is_none_yet(
    unmissions: Command, project: Path, tmp_path: Path
) -> None:
    append(project, ABUJA, "<mission/x>")

    built = unmissions("build", "--store", tmp_path / "new", "--inputs", project)

    assert built.exit_code == 1
    assert built.stderr.endswith("1 mistake; nothing was published, there is no release yet.\n")
    assert Releases(tmp_path / "new").all() == []
