"""What the outcomes and deaths of disposable processes mean to the person who asked."""

import re
import signal
from typing import Literal

from loader.query.mistakes.mistake import Remark
from server.refusal import KINDS, Refused

# What a process was at work on when it died.
Work = Literal["query", "write", "dump"]
# By the signal that ended a process: the kind, and after how many seconds to come again.
_DEATHS = {
    -signal.SIGABRT: ("memory", 1),
    -signal.SIGSEGV: ("too-complex", 1),
    -signal.SIGALRM: ("timeout", 30),
}
_PLACE = re.compile(r"%\((\w+)\)s")
_SAID: dict[str, dict[Work, Remark]] = {
    "memory": {
        "query": Remark("The query needs more memory than one query may have."),
        "write": Remark("The write needs more memory than one write may have."),
        "dump": Remark("The dump needs more memory than one dump may have."),
    },
    "too-complex": {
        "query": Remark("The query is nested too deeply to be evaluated."),
        "write": Remark("The write is nested too deeply to be evaluated."),
        "dump": Remark("The dump is nested too deeply to be evaluated."),
    },
    "timeout": {
        "query": Remark("The query reached its time limit."),
        "write": Remark("The write reached its time limit."),
        "dump": Remark("The dump reached its time limit."),
    },
    "unavailable": {
        "query": Remark("The process that worked on the query ended."),
        "write": Remark("The process that worked on the write ended."),
        "dump": Remark("The process that worked on the dump ended."),
    },
}


def to_outcome(failure: Refused) -> dict[str, object]:
    """What a process tells of a failure; `values` where its message is one sentence for translators."""
    remark = failure.remark
    told: dict[str, object] = {"message": failure.detail}
    if remark and not remark.then:
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


def from_death(status: int, work: Work) -> Refused:
    """The failure that killed a process; `status` is a signal as a negative number."""
    kind, seconds = _DEATHS.get(status, ("unavailable", 1))
    return Refused(kind, _SAID[kind][work], retry_after=seconds)
