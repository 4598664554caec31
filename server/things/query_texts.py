"""The queries of the pages of things."""

from pathlib import Path

FOLDER = Path(__file__).parent


def text_of(name: str) -> str:
    """A query of this folder."""
    return (FOLDER / f"{name}.rq").read_text(encoding="utf-8")
