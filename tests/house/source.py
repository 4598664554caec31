"""The Python of the product as its tests read it: modules, with what is in them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the loader and the server, by its path in the project."""
    paths = [path for folder in ("loader", "server") for path in (PROJECT / folder).rglob("*.py")]
    ours = sorted(path for path in paths if "node_modules" not in path.parts)
    return {str(path.relative_to(PROJECT)): ast.parse(path.read_text(encoding="utf-8")) for path in ours}


def nodes() -> Iterator[tuple[str, ast.AST]]:
    """Everything in every module, with the path of the module."""
    for path, module in modules().items():
        for node in ast.walk(module):
            yield path, node
