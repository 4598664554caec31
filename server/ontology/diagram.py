"""The diagram: classes, and the properties between them, in the direction of the reader's language."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, Field

from server.i18n.languages import direction
from server.ontology.entries import TermEntry
from server.ontology.vocabulary import Vocabulary
from server.prefixes import full

LAYOUT = Path(__file__).with_suffix(".toml")
Point = tuple[float, float]


class Run(BaseModel):
    """How a line of the file runs; names are short ones."""

    property: str
    start: str = Field(alias="from")
    end: str = Field(alias="to")
    points: list[Point]
    bends: bool = False
    label: tuple[float, float, str] | None = None


class Layout(BaseModel):
    """The file."""

    width: float
    height: float
    boxes: dict[str, tuple[float, float, float, float]]
    lines: list[Run]


@dataclass(frozen=True, kw_only=True)
class Box:
    """A class where it is drawn; `x` and `y` are its upper left corner."""

    entry: TermEntry
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class DiagramLine:
    """A property between two classes; `text` is where its name stands, None where another line has it."""

    entry: TermEntry
    start: TermEntry
    end: TermEntry
    path: str
    text: tuple[float, float, str] | None


@dataclass(frozen=True)
class Diagram:
    """What is drawn, in the units of the layout."""

    width: float
    height: float
    boxes: list[Box]
    lines: list[DiagramLine]


def diagram(vocabulary: Vocabulary, language: str) -> Diagram:
    """The classes and properties that this vocabulary has, mirrored for a language written from the right."""
    layout = _layout()
    mirrored = direction(language) == "rtl"
    boxes = {name: box for name, box in _boxes(vocabulary, layout, language, mirrored)}
    lines = [
        DiagramLine(
            entry=TermEntry(vocabulary, full(run.property), "property", language),
            start=boxes[run.start].entry,
            end=boxes[run.end].entry,
            path=_path(run, layout.width if mirrored else 0),
            text=run.label and (layout.width - run.label[0] if mirrored else run.label[0], *run.label[1:]),
        )
        for run in layout.lines
        if run.start in boxes and run.end in boxes and full(run.property) in vocabulary.terms.listed
    ]
    return Diagram(layout.width, layout.height, list(boxes.values()), lines)


def _boxes(
    vocabulary: Vocabulary, layout: Layout, language: str, mirrored: bool
) -> Iterator[tuple[str, Box]]:
    for name, (x, y, width, height) in layout.boxes.items():
        if full(name) in vocabulary.terms.listed:
            left = layout.width - x - width if mirrored else x
            yield (
                name,
                Box(
                    entry=TermEntry(vocabulary, full(name), "class", language),
                    x=left,
                    y=y,
                    width=width,
                    height=height,
                ),
            )


def _path(run: Run, mirror: float) -> str:
    """The line in SVG; `mirror` is the width in which it is mirrored, 0 where it is not."""
    points = [f"{mirror - x if mirror else x:g} {y:g}" for x, y in run.points]
    return f"M{points[0]} {'C' if run.bends else 'L'}{' '.join(points[1:])}"


@cache
def _layout() -> Layout:
    return Layout.model_validate(tomllib.loads(LAYOUT.read_text(encoding="utf-8")))


def box_names() -> list[str]:
    """The short names of the classes in the order of the file, which is that of telling."""
    return list(_layout().boxes)
