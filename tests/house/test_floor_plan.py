"""A reader finds the way: one name for one thing, short functions, modules that open with a sentence."""

import ast
from collections import defaultdict
from statistics import quantiles

import pytest

from tests.house.source import modules, nodes, paths

MOST_POSITIONAL = 4


def functions() -> list[int]:
    """How many lines each function has."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = [node for _, node in nodes() if isinstance(node, kinds)]
    return [(node.end_lineno or node.lineno) - node.lineno + 1 for node in found]


def classes() -> list[tuple[str, ast.ClassDef]]:
    return [(path, node) for path, node in nodes() if isinstance(node, ast.ClassDef)]


def dataclass_decorator(node: ast.ClassDef) -> str:
    """How a class is made a dataclass; empty where it is none."""
    decorators = (ast.unparse(decorator) for decorator in node.decorator_list)
    return next((text for text in decorators if text.partition("(")[0] == "dataclass"), "")


def positional_fields(node: ast.ClassDef) -> list[str]:
    """The fields of a dataclass that a maker may give without their names."""
    decorator = dataclass_decorator(node)
    if not decorator or "kw_only=True" in decorator:
        return []
    fields = [item for item in node.body if isinstance(item, ast.AnnAssign)]
    names = [ast.unparse(field.target) for field in fields if "ClassVar" not in ast.unparse(field.annotation)]
    return names[: names.index("_")] if "_" in names else names


@pytest.mark.parametrize("path", paths())
def test_a_module_opens_with_a_sentence(path: str) -> None:
    opening = (ast.get_docstring(modules()[path]) or "").partition("\n\n")[0]
    assert opening.endswith(".") and opening[:1] in {"`", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def test_no_class_name_stands_for_two_things() -> None:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for path, node in classes():
        places[node.name].append(path)
    assert not {name: found for name, found in places.items() if len(found) > 1}


def test_functions_fit_a_screen_and_most_of_them_a_hand() -> None:
    tenths = quantiles(functions(), n=10)
    assert (tenths[4] <= 6, tenths[8] <= 14, max(functions()) <= 40) == (True, True, True), tenths


def test_who_makes_something_of_many_fields_names_them() -> None:
    fields = {f"{path}: {node.name}": positional_fields(node) for path, node in classes()}
    assert any(fields.values())
    assert not {name for name, given in fields.items() if len(given) > MOST_POSITIONAL}
