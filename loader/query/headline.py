"""The headline of a result: what was asked, in words, with the values that were given."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_OPEN = re.compile(r"\[([^\[\]]*)\]")
_VALUE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Headline:
    """Words with `{parameter}` where its values stand; what stands in `[…]` falls away where they are open.

    `counts` is the column whose different values are counted; where it is empty, rows are.
    """

    english: str = ""
    arabic: str = ""
    counts: str = ""

    def text(self, language: str) -> str:
        """The words in a language, or else nothing."""
        return self.arabic if language == "ar" else self.english

    def names(self) -> set[str]:
        """The parameters that stand in it."""
        return set(_VALUE.findall(self.english + self.arabic))

    def said(self, language: str, values: Mapping[str, str]) -> str:
        """The words with the values of parameters, of which an open one has none."""

        def filled(text: str) -> str:
            return _VALUE.sub(lambda found: values.get(found[1], "…"), text)

        def kept(found: re.Match[str]) -> str:
            is_open = any(name not in values for name in _VALUE.findall(found[1]))
            return "" if is_open else found[1]

        return filled(_OPEN.sub(kept, self.text(language)))


NO_HEADLINE = Headline()


def read_headline(
    header: Mapping[str, object], known: set[str], refuse: Callable[[str, str], None]
) -> Headline:
    """The headline of a query's header; `refuse` is told the key that is wrong and a sentence about it."""
    english, arabic, counts = (str(header.get(key, "")) for key in ("headline", "headline_ar", "counts"))
    headline = Headline(english, arabic, counts)
    if bool(english) != bool(arabic):
        refuse("headline", "A headline is told in both languages: `headline` and `headline_ar`.")
    for name in sorted(headline.names() - known):
        refuse("headline", f"The headline has the place {{{name}}}, and there is no parameter {name!r}.")
    return headline
