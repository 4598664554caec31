"""Which release answered when: a line for each time that one began to."""

import re
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, time
from itertools import pairwise
from pathlib import Path

from loader.release.durable import flush_path

MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?")
Line = tuple[str, str]


def now() -> str:
    """The time in UTC, to the second, in ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def age(written: str) -> float:
    """Seconds since a moment in ISO 8601."""
    return (datetime.now(UTC) - datetime.fromisoformat(written)).total_seconds()


def moment_of(text: str) -> datetime | None:
    """The moment that an xsd:dateTime names, or the last one of an xsd:date, which is now where it is today.

    Without a time zone it is one of UTC.
    None where the text is neither by its form. Raises ValueError where it is no day or time that there is.
    """
    text = text.replace(" ", "+")  # as a plus comes out of an address where nobody encoded it
    if not MOMENT.fullmatch(text):
        return None
    moment, present = datetime.fromisoformat(text), datetime.now(UTC)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if "T" in text:
        return moment
    return present if moment.date() == present.date() else datetime.combine(moment, time.max, UTC)


class History:
    """The file in which a store directory notes what began to answer when; written by who has the lock."""

    def __init__(self, root: Path) -> None:
        self._path = root / "history"

    def note(self, release: str, kept: Collection[str]) -> None:
        """From now on this release answers; of others that are not kept in a row, the first line stays."""
        lines = [*self._lines(), (now(), release)]
        later = (line for before, line in pairwise(lines) if line[1] in kept or before[1] in kept)
        beside = self._path.with_name(f".{self._path.name}")
        beside.write_text("".join(f"{when} {name}\n" for when, name in (lines[0], *later)), encoding="ascii")
        flush_path(beside)
        beside.replace(self._path)

    def at(self, moment: datetime, written: Sequence[Line]) -> str:
        """The release that answered at a moment, "" where none did.

        `written` are the releases that are kept, with their times: of those that were published before there
        was such a file nothing else is known.
        """
        noted = self._lines()
        named = {name for _, name in noted}
        lines = [*(line for line in written if line[1] not in named), *noted]
        before = [line for line in lines if datetime.fromisoformat(line[0]) <= moment]
        return sorted(before, key=lambda line: datetime.fromisoformat(line[0]))[-1][1] if before else ""

    def _lines(self) -> list[Line]:
        try:
            text = self._path.read_text(encoding="ascii")
        except OSError:
            return []
        return [(when, name) for when, _, name in (line.partition(" ") for line in text.splitlines())]
