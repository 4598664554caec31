"""The Python of the product as its tests read it: modules, with what is in them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def paths() -> list[str]:
    """Every module of the loader and the server, as its path in the project."""
    found = [path for folder in ("loader", "server") for path in (PROJECT / folder).rglob("*.py")]
    return sorted(str(path.relative_to(PROJECT)) for path in found if "node_modules" not in path.parts)


@cache
def modules() -> dict[str, ast.Module]:
    """The same, each with what is in it."""
    return {path: ast.parse((PROJECT / path).read_text(encoding="utf-8")) for path in paths()}


def nodes() -> Iterator[tuple[str, ast.AST]]:
    """Everything in every module, with the path of the module."""
    for path, module in modules().items():
        for node in ast.walk(module):
            yield path, node
