"""What a mistake is told with: a message for translators, and the pieces of SPARQL that stand in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Remark:
    """A sentence: `message` is English with %(places)s, which `values` fill with pieces of SPARQL.

    A value that is a Remark itself is told in the language of the sentence. `then` is what follows it.
    """

    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    then: "Remark | None" = None

    def __str__(self) -> str:
        said = self.message % self.values
        return f"{said} {self.then}" if self.then else said

    @property
    def alone(self) -> "Remark":
        """The sentence without what follows it."""
        return replace(self, then=None)

    def said(self, translate: Callable[[str], str], isolate: Callable[[str], str]) -> str:
        """The sentence in another language; `isolate` keeps a value apart from the words around it."""
        told = {
            name: value.said(translate, isolate) if isinstance(value, Remark) else isolate(str(value))
            for name, value in self.values.items()
        }
        said = translate(self.message) % told
        return said + " " + self.then.said(translate, isolate) if self.then else said


@dataclass(frozen=True)
class Mistake:
    """What is wrong at an offset of a text; `declaration` is the lines that mend it, if any do."""

    offset: int
    remark: Remark
    declaration: str = ""


def says(offset: int, message: str, **values: object) -> Mistake:
    """A mistake; its message is known to the translators by the name of this function."""
    return Mistake(offset, Remark(message, values))
