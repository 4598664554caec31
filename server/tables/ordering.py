"""Which lines of a result are shown, and in which order."""

from collections.abc import Iterable

from loader.folding import fold
from server.tables.reading import Line, Reading


def matching(lines: Iterable[Line], words: str) -> list[Line]:
    """The lines in which every one of the words occurs somewhere, however it is spelt."""
    wanted = fold(words).split()
    return [line for line in lines if all(word in _text(line) for word in wanted)]


def _text(line: Line) -> str:
    """All that a line says, in both languages."""
    shown = (cell.words for cell in line.cells if cell is not None)
    written = (cell.value for cell in line.row if cell is not None and cell.kind == "literal")
    return fold(" ".join((*shown, *written)))


def in_order(reading: Reading, lines: list[Line], sort: str) -> list[Line]:
    """The lines by the column that `sort` names, backwards with a minus before it; empty cells come last."""
    place = reading.place(sort.removeprefix("-"))
    if place is None:
        return lines
    filled = [(cell.order, line) for line in lines if (cell := line.cells[place]) is not None]
    filled.sort(key=lambda pair: pair[0], reverse=sort.startswith("-"))
    return [line for _, line in filled] + [line for line in lines if line.cells[place] is None]
