"""What is counted and noted while a data set is read."""

from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from loader.datasets.counted_mistakes import SHOWN, CountedMistakes
from loader.problems import Location, Problem


@dataclass(kw_only=True)
class Tally:
    """Grows while the files of one data set are read.

    `invalid` has the first of such literals, `unreadable` what was left out because it is no RDF.
    """

    triples: int = 0
    pieces: int = 0
    empty_pieces: int = 0
    invalid_literals: int = 0
    left_out: int = 0
    about_ours: int = 0
    invalid: list[Problem] = field(default_factory=list)
    unreadable: CountedMistakes = field(default_factory=CountedMistakes)
    notices: list[Problem] = field(default_factory=list)

    def notice(self, file: Path, line: int, sentence: str) -> None:
        """What a person should know of a file, though nothing is wrong with it."""
        self.notices.append(Problem(Location(str(file), max(1, line)), sentence))

    def note_invalid(self, place: Location, quad: ox.Quad, why: str) -> None:
        """A literal that is no value of its datatype, and why."""
        self.invalid_literals += 1
        if len(self.invalid) < SHOWN:
            value = quad.object
            assert isinstance(value, ox.Literal)
            datatype = value.datatype.value.rpartition("#")[2]
            shown = value.value if len(value.value) <= 60 else value.value[:60] + "…"
            what = f"{quad.subject} {quad.predicate} {shown!r} is no xsd:{datatype}: {why}."
            self.invalid.append(Problem(place, what))
