"""What the outcomes and deaths of disposable processes mean to the person who asked."""

import re
import signal

from loader.query.mistakes.mistake import Remark
from server.refusal import KINDS, Refused

# By the signal that ended a process: the kind, and after how many seconds to come again.
_DEATHS = {
    -signal.SIGABRT: ("memory", 1),
    -signal.SIGSEGV: ("too-complex", 1),
    -signal.SIGALRM: ("timeout", 30),
}
_PLACE = re.compile(r"%\((\w+)\)s")
_SAID = {
    ("memory", "query"): Remark("The query needs more memory than one query may have."),
    ("memory", "write"): Remark("The write needs more memory than one write may have."),
    ("too-complex", "query"): Remark("The query is nested too deeply to be evaluated."),
    ("too-complex", "write"): Remark("The write is nested too deeply to be evaluated."),
    ("timeout", "query"): Remark("The query came to its time limit."),
    ("timeout", "write"): Remark("The write came to its time limit."),
    ("unavailable", "query"): Remark("The process that worked on the query ended."),
    ("unavailable", "write"): Remark("The process that worked on the write ended."),
}


def to_outcome(failure: Refused) -> dict[str, object]:
    """What a process tells of a failure; `values` where its message is for translators."""
    remark = failure.remark
    told: dict[str, object] = {"message": failure.detail}
    if remark:
        values = {name: str(value) for name, value in remark.values.items()}
        told = {"message": remark.message, "values": values}
    return {
        **told,
        "kind": failure.kind,
        "line": failure.line,
        "column": failure.column,
    }


def from_outcome(outcome: dict[str, object]) -> Refused:
    """The failure that a process tells of."""
    line, column = int(str(outcome.get("line", 0))), int(str(outcome.get("column", 0)))
    kind = str(outcome["kind"])
    if kind not in KINDS:  # it read text from outside, and may say anything
        kind = "unavailable"
    return Refused(kind, _detail(str(outcome["message"]), outcome.get("values")), line=line, column=column)


def _detail(message: str, values: object) -> str | Remark:
    """A text, or a remark where it has nothing but places that the values fill."""
    places = _PLACE.findall(message)
    if not isinstance(values, dict) or "%" in _PLACE.sub("", message) or not values.keys() >= set(places):
        return message
    return Remark(message, values)


def from_death(status: int, what: str) -> Refused:
    """The failure that killed a process; `status` is a signal as a negative number, `what` query or write."""
    kind, seconds = _DEATHS.get(status, ("unavailable", 1))
    return Refused(kind, _SAID[kind, what], retry_after=seconds)
