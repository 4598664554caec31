"""What CONTRIBUTING.md says of where to change what is there: every file, and every name in its file."""

import ast
import re

import pytest

from tests.house.source import PROJECT

TEXT = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECTION = TEXT.partition("## Where to change what")[2].partition("\n## ")[0]
FILES = sorted(set(re.findall(r"`([\w.-]+/[\w./-]*)`", SECTION)))
NAMES = sorted(set(re.findall(r"`(\w+)` in `([\w./-]+)`", SECTION)))
CHANGES = (
    "a page",
    "a format",
    "a type of parameter",
    "a facet",
    "a limit",
    "data sets",
    "an engine",
    "a language",
)


def names_at_the_top(module: ast.Module) -> set[str]:
    """What a module defines."""
    found: set[str] = set()
    for node in module.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {
                name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)
            }
    return found


@pytest.mark.parametrize("path", FILES)
def test_what_is_named_is_there(path: str) -> None:
    assert (PROJECT / path).is_dir() if path.endswith("/") else (PROJECT / path).is_file()


@pytest.mark.parametrize(("name", "path"), NAMES)
def test_a_name_is_that_of_something_in_the_file(name: str, path: str) -> None:
    assert name in names_at_the_top(ast.parse((PROJECT / path).read_text(encoding="utf-8")))


@pytest.mark.parametrize("change", CHANGES)
def test_each_kind_of_change_has_its_line(change: str) -> None:
    assert [line for line in SECTION.splitlines() if line.startswith("| ") and change in line.split("|")[1]]
