"""The ties of a network, read from rows: two things, how many times they are tied, and by what."""

from dataclasses import dataclass

from server.drawings.dots import Measure, measure_of
from server.drawings.drawing import column_of, number, quantities
from server.tables.reading import Line, Reading, Shown


@dataclass(frozen=True, kw_only=True)
class Tie:
    """Two things by their IRIs; `kind` is what ties them, or empty."""

    source: str
    target: str
    weight: float
    kind: str


@dataclass(frozen=True)
class Ties:
    """All ties with the names of what is tied, and what the target of a tie is part of, if that is told."""

    all: tuple[Tie, ...]
    names: dict[str, Shown]
    parents: dict[str, str]
    measure: Measure | None

    @property
    def kinds(self) -> list[str]:
        """What ties, the most frequent first."""
        told = [tie.kind for tie in self.all if tie.kind]
        return sorted(dict.fromkeys(told), key=lambda kind: -told.count(kind))


def ties_of(reading: Reading) -> Ties:
    """The ties of the rows; none where they do not name two things."""
    ends = _ends(reading)
    found: dict[tuple[str, str, str], Tie] = {}
    names: dict[str, Shown] = {}
    parents: dict[str, str] = {}
    kinds, above = column_of(reading, "tie_kind"), column_of(reading, "parent")
    weights = quantities(reading, list(ends or ()))[:1]
    tied = [(line, pair) for line in reading.lines if (pair := _pair(line, ends))]
    for line, (source, target) in tied:
        names |= {source.iri: source, target.iri: target}
        parents.setdefault(target.iri, _words(line, above))
        kind = "" if kinds in (ends or ()) else _words(line, kinds)
        tie = Tie(source=source.iri, target=target.iri, weight=_weight(line, weights), kind=kind)
        found[min(tie.source, tie.target), max(tie.source, tie.target), kind] = tie
    above_them = {thing: name for thing, name in parents.items() if name}
    return Ties(
        tuple(found.values()), names, above_them, measure_of(reading, [line for line, _ in tied], weights)
    )


def _pair(line: Line, ends: tuple[int, int] | None) -> tuple[Shown, Shown] | None:
    """The two things that a row ties, if it does."""
    source, target = (line.cells[place] for place in ends) if ends else (None, None)
    if source is None or target is None or not (source.iri and target.iri) or source.iri == target.iri:
        return None
    return source, target


def _weight(line: Line, weights: list[int]) -> float:
    return next((size for place in weights if (size := number(line, place))), 1)


def _words(line: Line, place: int | None) -> str:
    cell = None if place is None else line.cells[place]
    return cell.words if cell else ""


def _ends(reading: Reading) -> tuple[int, int] | None:
    """The two columns that are tied: subject and object of triples, else the first two of things."""
    subject, object_ = reading.place("subject"), reading.place("object")
    if subject is not None and object_ is not None:
        return subject, object_
    things = [
        place for place, column in enumerate(reading.columns) if column.is_thing and column.term is not None
    ]
    return (things[0], things[1]) if len(things) > 1 else None
