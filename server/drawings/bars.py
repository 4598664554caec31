"""Bars: for each row a bar of each of its numbers, or one bar of which the numbers are parts."""

from collections.abc import Iterator
from dataclasses import replace

from server.drawings.drawing import percent
from server.drawings.quantities import Amounts, amounts
from server.drawings.rows import BarMark, DrawnRow, DrawnRows, Track
from server.i18n.languages import direction
from server.tables.reading import Line, Reading


def bars(reading: Reading, language: str) -> DrawnRows | None:
    """A chart with the largest row first, or None where there is nothing that bars can show."""
    found = amounts(reading)
    if found is None:
        return None
    is_mirrored = direction(language) == "rtl"
    rows = (DrawnRow(found.names_of(line), tuple(_bars(found, line, is_mirrored))) for line in _sorted(found))
    return DrawnRows(view="bar", rows=tuple(rows), series=found.titles)


def stacked(reading: Reading, language: str) -> DrawnRows | None:
    """A chart of parts of a whole, each row as wide as the next, or None where the numbers are no parts."""
    found = amounts(reading)
    parts = found and _parts(found)
    if parts is None:
        return None
    is_mirrored = direction(language) == "rtl"
    rows = (DrawnRow(parts.names_of(line), (_stack(parts, line, is_mirrored),)) for line in _by_share(parts))
    return DrawnRows(view="stacked", rows=tuple(rows), series=parts.titles)


def _sorted(found: Amounts) -> list[Line]:
    """The largest first, unless the rows have an order of their own."""
    return [*found.lines] if found.is_ordered else sorted(found.lines, key=found.of, reverse=True)


def _by_share(parts: Amounts) -> list[Line]:
    """That of which the first part is the largest share first."""

    def share(line: Line) -> float:
        sizes = parts.of(line)
        return sizes[0] / sum(sizes) if sum(sizes) else 0

    return [*parts.lines] if parts.is_ordered else sorted(parts.lines, key=share, reverse=True)


def _bars(found: Amounts, line: Line, is_mirrored: bool) -> Iterator[Track]:
    for series, (place, amount) in enumerate(zip(found.counted, found.of(line), strict=True)):
        cell = line.cells[place]
        if cell is not None:
            share = 100 * amount / found.most
            mark = BarMark(f"series-{series}", *percent(0, share, is_mirrored), found.titles[series])
            yield Track((mark,), cell.words, percent(share, 0, is_mirrored)[0])


def _parts(found: Amounts) -> Amounts | None:
    """Without the number that is the sum of the others; None where none is: what is no whole has no parts."""
    whole = next((n for n in range(len(found.counted)) if _is_sum(found, n)), None)
    if whole is None:
        return None
    counted = [place for n, place in enumerate(found.counted) if n != whole]
    titles = tuple(title for n, title in enumerate(found.titles) if n != whole)
    return replace(found, counted=counted, titles=titles)


def _is_sum(found: Amounts, nth: int) -> bool:
    rows = [found.of(line) for line in found.lines]
    return len(found.counted) > 2 and all(sum(row) == 2 * row[nth] for row in rows)


def _stack(parts: Amounts, line: Line, is_mirrored: bool) -> Track:
    sizes = parts.of(line)
    whole, begin, marks = sum(sizes), 0.0, []
    for series, size in enumerate(sizes):
        share = 100 * size / whole if whole else 0.0
        x, width = percent(begin, share, is_mirrored)
        marks.append(BarMark(f"series-{series}", x, width, f"{parts.titles[series]}: {size:g}"))
        begin += share
    return Track(tuple(marks), " + ".join(f"{size:g}" for size in sizes), percent(100, 0, is_mirrored)[0])
