"""The mistakes of files, of which the first are shown, and all are counted."""

from pathlib import Path

from loader.problems import BuildRefused, Location, Problem

SHOWN = 20


class CountedMistakes:
    """Grows while files are read; `first` are those to be shown."""

    def __init__(self) -> None:
        self.first: list[Problem] = []
        self.count = 0

    def add(self, file: Path, line: int, sentence: str) -> None:
        self.count += 1
        self._last = Location(str(file), max(1, line))
        if self.count <= SHOWN:
            self.first.append(Problem(self._last, sentence))

    def told(self, what: str) -> list[Problem]:
        """The mistakes that are shown and, where there are more, how many there are of `what`."""
        if self.count <= SHOWN:
            return self.first
        more = f"So are {self.count - SHOWN} more: {self.count} {what}."
        return [*self.first, Problem(self._last, more)]

    def refusal(self, what: str) -> BuildRefused:
        return BuildRefused(self.told(what))
