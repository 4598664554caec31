"""Mistakes that anybody might make are told in words, each once where it was made, and nothing else is."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.loader.mistakes import Mistake, Told, mistakes

PARIS = "data/missions/2012-paris.ttl"
STEPS = mistakes()
ROWS = [pytest.param(step, row, id=row.name) for step, rows in STEPS.items() for row in rows]
Said = dict[str, tuple[list[str], Path]]


@pytest.fixture(scope="module")
def said(unmissions: Command, inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Said:
    """What a check says of all mistakes of a step at once, and the project in which they were made."""
    projects = {step: tmp_path_factory.mktemp("mistaken") / "project" for step in STEPS}
    for step, project in projects.items():
        shutil.copytree(inputs, project)
        for mistake in STEPS[step]:
            for edit in mistake.edits:
                edit.apply(project)
    return {step: (lines_of_check(unmissions, project), project) for step, project in projects.items()}


def lines_of_check(unmissions: Command, project: Path) -> list[str]:
    """What a check says that must refuse."""
    checked = unmissions("check", "--inputs", project)
    assert checked.exit_code == 1
    return [line for line in checked.stderr.splitlines() if not line.startswith("✓")]


@pytest.mark.parametrize(("step", "mistake"), ROWS)
def test_a_mistake_is_told_once_and_where_it_was_made(said: Said, step: str, mistake: Mistake) -> None:
    lines, project = said[step]

    for told in mistake.told:
        assert sum(line.startswith(told.line(project)) for line in lines) == 1, told.line(project)


@pytest.mark.parametrize("step", STEPS)
def test_nothing_is_told_besides_the_mistakes(said: Said, step: str) -> None:
    lines, project = said[step]
    expected = tuple(told.line(project) for mistake in STEPS[step] for told in mistake.told)

    assert [line for line in lines if not line.startswith(expected)] == []


def test_seven_missing_descriptions_are_seven_messages(unmissions: Command, project: Path) -> None:
    """Most are used twice, and much else would follow from what they lack."""
    missing = (
        "group/2012-paris-foreign-ministry-officials", "institution/memorial-de-la-shoah",
        "person/adama-dieng", "place/north-africa", "post/head-of-the-oif", "topic/diversity-management",
        "topic/rule-of-law",
    )  # fmt: skip
    text = (project / PARIS).read_text(encoding="utf-8")
    for thing in missing:
        text = text.replace(f"<{thing}>", f"<{thing}-2>")
    (project / PARIS).write_text(text, encoding="utf-8")

    lines = lines_of_check(unmissions, project)

    sentence = "is described nowhere: is it misspelt, or is its description missing?"
    told = [Told(PARIS, "@base", f"<{thing}-2>", f"<{thing}-2> {sentence}") for thing in missing]
    assert sorted(lines) == sorted(line.line(project) for line in told)


@pytest.mark.matrix
def test_a_warning_is_shown_and_stops_nothing(unmissions: Command, project: Path, tmp_path: Path) -> None:
    (orphan,) = [row for row in STEPS["things"] if row.name == "a description that nothing speaks of"]
    for edit in orphan.edits:
        edit.apply(project)

    built = unmissions("build", "--store", tmp_path / "store", "--inputs", project)

    assert built.exit_code == 0
    assert [line for line in built.stderr.splitlines() if "warning" in line] == [
        orphan.told[0].line(project) + ": is it misspelt elsewhere, or left over?"
    ]
