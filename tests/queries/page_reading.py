"""Reads pages as a person's browser would ask for them."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.server.servers import Server

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class Page:
    """A page: its status, its headers, and what stands in it."""

    def __init__(self, server: Server, address: str, language: str = "en", **headers: str) -> None:
        asked = {"Accept": BROWSER, "Accept-Language": language, **headers}
        self.response = server.http.get(address, headers=asked)
        self.status = self.response.status_code
        self._tree = LexborHTMLParser(self.response.text)

    def all(self, selector: str) -> list[LexborNode]:
        return self._tree.css(selector)

    def one(self, selector: str) -> LexborNode:
        found = self.all(selector)
        assert len(found) == 1, f"{len(found)} × {selector}"
        return found[0]

    def text(self, selector: str) -> str:
        """The words of the one element."""
        return words(self.one(selector))

    def texts(self, selector: str) -> list[str]:
        return [words(node) for node in self.all(selector)]

    def links(self, selector: str = "a") -> list[str]:
        return [node.attributes.get("href") or "" for node in self.all(selector)]

    def link(self, text: str) -> str:
        """Where the link with these words leads."""
        found = [node for node in self.all("a") if words(node) == text]
        assert found, f"no link {text!r}"
        return found[0].attributes["href"] or ""

    def rows(self) -> list[list[str]]:
        """The cells of the result table."""
        return [[words(cell) for cell in row.css("td")] for row in self.all("table tbody tr:not(.evidence)")]


def words(node: LexborNode) -> str:
    return " ".join(node.text().split())
