"""Tells which endpoints a query called when one fails: the engine knows only what it was told there."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO

from loader.query.mistakes.mistake import Remark
from server.engine.interface import Answer
from server.refusal import Refused


def naming(answer: Answer, services: Sequence[str]) -> Answer:
    """The same answer, whose failure by others names those that were called."""
    if not services:
        return answer

    def write(output: IO[bytes]) -> None:
        with named(services):
            answer.write_to(output)

    return Answer(answer.release, write)


@contextmanager
def named(services: Sequence[str]) -> Iterator[None]:
    """Lets a failure by others say who was called."""
    try:
        yield
    except Refused as failure:
        if failure.kind != "remote" or not services:
            raise
        called = " or ".join(services)
        members: dict[str, object] = {"endpoints": list(services)}
        remark = Remark("%(called)s failed: %(told)s", {"called": called, "told": failure.detail})
        raise Refused("remote", remark, members=members) from None
