"""Checks that a damaged store directory is noticed and the last good release served; and memory at rest."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from .client import query, send
from .outcome import MIB, Check, Outcome, judged
from .procs import tree_bytes
from .service import Service, serving
from .writing import Stream, broken_promises

GROUPED = "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o } GROUP BY ?s ORDER BY ?n LIMIT 10 OFFSET"


def _flip_a_byte(store: Path, part: str = "view") -> None:
    """In the middle of the largest file of the stores of the current release."""
    files = [path for path in (store / "current").resolve().glob(f"{part}/*.sst")]
    largest = max(files, key=lambda path: path.stat().st_size)
    content = bytearray(largest.read_bytes())
    content[len(content) // 2] ^= 1
    largest.unlink()  # the same file may stand in an older release as well
    largest.write_bytes(content)


def _cut_a_file(store: Path) -> None:
    largest = max((store / "current").resolve().glob("view/*.sst"), key=lambda path: path.stat().st_size)
    content = largest.read_bytes()
    largest.unlink()
    largest.write_bytes(content[: len(content) // 2])


def _damage_manifest(store: Path) -> None:
    manifest = (store / "current").resolve() / "manifest.json"
    manifest.write_text(manifest.read_text()[: manifest.stat().st_size // 2])


def _change_manifest(store: Path) -> None:
    manifest = (store / "current").resolve() / "manifest.json"
    manifest.write_text("[]")


def _remove_release(store: Path) -> None:
    shutil.rmtree((store / "current").resolve())


def _remove_link(store: Path) -> None:
    (store / "current").unlink()


def _leave_draft(store: Path) -> None:
    draft = store / "releases" / ".draft-99"
    (draft / "plain").mkdir(parents=True)
    (draft / "plain" / "000001.sst").write_bytes(b"half")


# What is done to the directory, and whether the release before the last then answers.
DAMAGES: dict[str, tuple[Callable[[Path], None], bool]] = {
    "a flipped byte": (_flip_a_byte, True),
    "a flipped byte in the plain store": (lambda store: _flip_a_byte(store, "plain"), True),
    "a cut file": (_cut_a_file, True),
    "half a manifest": (_damage_manifest, True),
    "an empty manifest": (_change_manifest, True),
    "the release gone": (_remove_release, True),
    "the link gone": (_remove_link, False),
    "a half-built draft": (_leave_draft, False),
}


def _damages() -> Outcome:
    complaints: list[str] = []
    slowest = 0.0
    for name, (damage, falls_back) in DAMAGES.items():
        with serving() as service:
            told, seconds = _after(service, damage, falls_back)
        complaints += [f"{name}: {sentence}" for sentence in told]
        slowest = max(slowest, seconds)
    figures = f"{len(DAMAGES)} kinds of damage; ready at most {slowest:.1f} s after the start"
    return judged(complaints, figures)


def _after(service: Service, damage: Callable[[Path], None], falls_back: bool) -> tuple[list[str], float]:
    """Damages the second of two releases: what is wrong at the next start, and how long it takes."""
    stream, first = Stream(service, "damage"), str(service.health()["release"])
    stream.write_some(1)
    second = str(service.health()["release"])
    service.stop()
    damage(service.store)
    before = len(service.said())
    service.start()
    try:
        seconds = service.wait_ready()
    except TimeoutError as error:
        return [str(error)[-300:]], 0.0
    return _complaints(service, stream, first if falls_back else second, falls_back, before), seconds


def _complaints(service: Service, stream: Stream, wanted: str, falls_back: bool, before: int) -> list[str]:
    release, said = service.health()["release"], service.said()[before:]
    found = [f"{release} is served, not {wanted}"] if release != wanted else []
    if falls_back and "is served instead" not in said:
        found.append(f"it is not said: {said[:200]!r}")
    if send(service, query(f"ASK {{}} # {time.monotonic()}")).status != 200:
        found.append("queries are not answered")
    if not stream.write(7):
        found.append(f"nothing can be written: {stream.failed}")
    return found + broken_promises(service, stream.acknowledged if not falls_back else set())


def _at_rest() -> Outcome:
    """After four hundred queries and twenty writes."""
    with serving() as service:
        peak = tree_bytes(service.root)
        stream = Stream(service, "rest")
        for number in range(400):
            text = (
                f"SELECT ?s (COUNT(?o) AS ?n) {{ ?s ?p ?o }} GROUP BY ?s ORDER BY ?n LIMIT 10 OFFSET {number}"
            )
            send(service, query(text))
            if number % 20 == 0:
                stream.write(number)
            if number % 10 == 0:
                peak = max(peak, tree_bytes(service.root))
        resting = tree_bytes(service.root)
    complaints = [f"more than 512 MiB: {peak / MIB:.0f}"] if peak > 512 * MIB else []
    return judged(complaints, f"at most {peak / MIB:.0f} MiB, {resting / MIB:.0f} MiB at the end")


CHECKS = [
    Check("damage", "the last good release is served, and it is said", _damages),
    Check("memory", "the tree of processes takes at most 512 MiB beside dear queries", _at_rest),
]
