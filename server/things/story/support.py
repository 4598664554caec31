"""What a value rests on: the quotations that say it, or why it is believed though none does."""

from dataclasses import dataclass

from server.things.values import Value

NAMED, INFERRED, COMPUTED, UNSAID = "named", "inferred", "computed", ""


@dataclass(frozen=True, kw_only=True)
class Support:
    """The numbers of the quotations, and how sure it is.

    `reason` is the name of the certainty, or `name` where the text has only a name that several people
    have; the post and the tenure are those by which somebody was found.
    """

    numbers: tuple[int, ...] = ()
    state: str = UNSAID
    reason: str = ""
    who: Value | None = None
    post: Value | None = None
    tenure: Value | None = None

    @property
    def is_inferred(self) -> bool:
        return self.state == INFERRED


@dataclass(frozen=True)
class SupportedValue:
    """A value and what it rests on."""

    value: Value
    support: Support
