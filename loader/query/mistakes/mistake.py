"""What a mistake is told with: a message for translators, and the pieces of SPARQL that stand in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace


class Quoted(str):
    """Words of others, in the quotation marks of whoever reads the sentence; programs get those of Python."""

    __str__ = str.__repr__

    @property
    def seen(self) -> str:
        """The words, each character that cannot be seen written as its escape."""
        return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in self)


@dataclass(frozen=True)
class Remark:
    """A sentence: `message` is English with %(places)s, which `values` fill with pieces of SPARQL.

    A value that is a Remark itself is told in the language of the sentence, and one that is Quoted stands in
    its quotation marks. `then` is what follows it.
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
        told = {name: _told(value, translate, isolate) for name, value in self.values.items()}
        said = translate(self.message) % told
        return said + " " + self.then.said(translate, isolate) if self.then else said


def _told(value: object, translate: Callable[[str], str], isolate: Callable[[str], str]) -> str:
    if isinstance(value, Quoted):
        value = Remark("“%(text)s”", {"text": value.seen})
    return value.said(translate, isolate) if isinstance(value, Remark) else isolate(str(value))


@dataclass(frozen=True)
class Mistake:
    """What is wrong at an offset of a text; `declaration` is the lines that mend it, if any do."""

    offset: int
    remark: Remark
    declaration: str = ""


def says(offset: int, message: str, **values: object) -> Mistake:
    """A mistake; its message is known to the translators by the name of this function."""
    return Mistake(offset, Remark(message, values))
