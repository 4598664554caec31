"""What the outcomes and deaths of disposable processes mean to the person who asked."""

import signal

from server.refusal import KINDS, Refused

# By the signal that ended a process: the kind, what is said, and after how many seconds to come again.
_DEATHS: dict[int, tuple[str, str, int]] = {
    -signal.SIGABRT: ("memory", "The {what} needs more memory than one {what} may have.", 1),
    -signal.SIGSEGV: ("too-complex", "The {what} is nested too deeply to be evaluated.", 1),
    -signal.SIGALRM: ("timeout", "The {what} came to its time limit.", 30),
}


def to_outcome(failure: Refused) -> dict[str, object]:
    """What a process tells of a failure."""
    return {
        "kind": failure.kind,
        "message": failure.detail,
        "line": failure.line,
        "column": failure.column,
    }


def from_outcome(outcome: dict[str, object]) -> Refused:
    """The failure that a process tells of."""
    line, column = int(str(outcome.get("line", 0))), int(str(outcome.get("column", 0)))
    kind = str(outcome["kind"])
    if kind not in KINDS:  # it read text from outside, and may say anything
        kind = "unavailable"
    return Refused(kind, str(outcome["message"]), line=line, column=column)


def from_death(status: int, what: str) -> Refused:
    """The failure that killed a process; `status` is a signal as a negative number, `what` query or write."""
    default = ("unavailable", "The process that worked on the {what} ended.", 1)
    kind, message, seconds = _DEATHS.get(status, default)
    return Refused(kind, message.format(what=what), retry_after=seconds)
