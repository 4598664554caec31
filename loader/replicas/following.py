"""Follows a source while the process lives, and notes since when it offers what does not answer here."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from loader.release.history import age, now
from loader.release.manifest import number_of
from loader.release.releases import Releases
from loader.replicas.offer import ReleaseOffer, ReleaseRefused
from loader.replicas.places import Place
from loader.replicas.pull import Pulled, find_offer, pull

Told = Callable[[str], None]


class Behind:
    """The file that says since when the source has a newer release than the one that answers here."""

    def __init__(self, store: Path) -> None:
        self._path = store / "behind"

    def note(self, offer: ReleaseOffer) -> None:
        """A newer release is offered; the first time counts, until it answers."""
        if not self._path.exists():
            beside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
            beside.write_text(json.dumps({"release": offer.id, "since": now()}), encoding="ascii")
            beside.replace(self._path)

    def clear(self) -> None:
        """What is offered answers here."""
        self._path.unlink(missing_ok=True)

    def seconds(self) -> float:
        """For how long the source has had a newer one; 0 where it has none."""
        try:
            since = json.loads(self._path.read_text(encoding="ascii"))["since"]
        except (OSError, ValueError):
            return 0.0
        return max(0.0, age(since))


def take(source: Place, releases: Releases, rollback: bool = False) -> Pulled:
    """Looks once at what is offered, and takes it over. Raises ReleaseRefused or OSError."""
    offer, behind = find_offer(source), Behind(releases.root)
    current = releases.current_id()
    if current and number_of(offer.id) > number_of(current):
        behind.note(offer)
    pulled = pull(source, releases, offer, rollback)
    behind.clear()
    return pulled


def follow(source: Place, releases: Releases, seconds: float, tell: Told) -> None:
    """Looks again and again, whatever happens; says what is new, and of a failure that lasts only once."""
    failure = ""
    while True:
        try:
            pulled = take(source, releases)
            failure = ""
            if pulled.is_new:
                tell(told(pulled))
        except (ReleaseRefused, OSError) as error:
            if str(error) != failure:
                failure = str(error)
                tell(failure)
        time.sleep(seconds)


def told(pulled: Pulled) -> str:
    """What came of a look, in a sentence."""
    if not pulled.is_new:
        return f"release {pulled.release.id} answers already"
    counted = f"{pulled.fetched} files fetched, {pulled.linked} were here"
    return f"release {pulled.release.id} answers now: {counted}"
