"""What a file says of a result that somebody's own query gave: its text, and where it can be asked again."""

from dataclasses import dataclass
from urllib.parse import urlencode

from loader.query.habits import wishes
from server.exports.provenance import Provenance
from server.i18n.texts import texts

# What every browser and spreadsheet takes for an address.
LONGEST_ADDRESS = 2_000
# What surely fits a cell, whatever letters they are.
LONGEST_PIECE = 16_000


@dataclass(frozen=True, kw_only=True)
class AboutText(Provenance):
    """The facts of a query by its text; `asked` is on which dataset, as the address says it."""

    text: str
    asked: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return ""

    def question(self, language: str) -> str:
        """Its title, else the comment that it begins with."""
        title, _ = wishes(self.text)
        return title or _first_comment(self.text) or texts(language).gettext("Result of a query")

    def description(self, language: str) -> str:
        return ""

    def parameters(self, language: str) -> list[tuple[str, tuple[str, ...], bool]]:
        """The text itself, in as many cells as it takes, and the dataset."""
        label = texts(language).pgettext("file", "Query")
        pieces = [self.text[at : at + LONGEST_PIECE] for at in range(0, len(self.text), LONGEST_PIECE)]
        return [(label, tuple(pieces), True), *((name, (value,), True) for name, value in self.asked)]

    def page(self) -> str:
        return f"{self.address}/sparql"

    def stable_address(self) -> str:
        return self._address([("release", self.release)])

    def live_address(self, suffix: str = "") -> str:
        return self._address([])

    def _address(self, more: list[tuple[str, str]]) -> str:
        address = f"{self.page()}?{urlencode([('query', self.text), *self.asked, *more])}"
        return address if len(address) <= LONGEST_ADDRESS else ""


def _first_comment(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[0].lstrip("#+ ").strip() if lines and lines[0].startswith("#") else ""
