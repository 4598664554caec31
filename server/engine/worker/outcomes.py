"""What the outcomes and deaths of disposable processes mean to the person who asked."""

import re
import signal

from server.engine.interface import EngineFailure

_DEATHS: dict[int, tuple[str, str]] = {
    -signal.SIGABRT: ("memory", "The {what} needs more memory than one {what} may have."),
    -signal.SIGSEGV: ("too-complex", "The {what} is nested too deeply to be evaluated."),
    -signal.SIGXCPU: ("timeout", "The {what} came to its time limit."),
}


def from_outcome(outcome: dict[str, object]) -> EngineFailure:
    """The failure that a process tells of."""
    message = str(outcome["message"])
    line, column = int(str(outcome.get("line", 0))), int(str(outcome.get("column", 0)))
    if outcome["kind"] == "syntax" and message.startswith("error at "):
        place, _, reason = message.removeprefix("error at ").partition(": ")
        line, column = (int(number) for number in place.split(":"))
        message = reason or "something else is expected here"
    return EngineFailure(str(outcome["kind"]), message, line, column)


def from_death(status: int, what: str) -> EngineFailure:
    """The failure that killed a process; `status` is a signal as a negative number, `what` query or write."""
    default = ("unavailable", "The process that worked on the {what} ended.")
    kind, message = _DEATHS.get(status, default)
    return EngineFailure(kind, message.format(what=what), retry_after=1)


def shorten(message: str) -> str:
    """The parser lists every character it would have taken; people need the place and the first few."""
    place, separator, expected = message.partition(": expected one of ")
    if not separator:
        return message
    words = [word for word in re.findall(r'"((?:[^"\\]|\\.)+)"', expected) if len(word) < 20]
    return f"{place}: expected one of {' '.join(words[:12])} …" if words else place
