"""Pages of a query's rows, over a total order: the text that asks for one, and the links to the others."""

import math
from dataclasses import dataclass
from urllib.parse import urlencode

from loader.query.outline import Outline, outline
from loader.query.tokens import tokens
from server.http.parameters import Parameters, wrong

FIRST_SIZE, MOST_ROWS, MOST_PAGES = 100, 1000, 10**9
_OWN = ("page", "page_size", "release")


@dataclass(frozen=True)
class Page:
    """One page, counted from 1, of so many rows."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    def last(self, total: int) -> int:
        """The number of the last page; the first is one even where there are no rows."""
        return max(1, math.ceil(total / self.size))


def wanted_page(parameters: Parameters) -> Page | None:
    """The page that `page` and `page_size` ask for; None where neither is given. Raises Refused."""
    if not {"page", "page_size"} & set(parameters.names()):
        return None
    number = whole_number(parameters, "page", 1, MOST_PAGES)
    return Page(number, whole_number(parameters, "page_size", FIRST_SIZE, MOST_ROWS))


def whole_number(parameters: Parameters, name: str, otherwise: int, most: int) -> int:
    """The number from 1 to `most` that a parameter gives, `otherwise` where it is missing. Raises Refused."""
    value = parameters.one(name)
    if value is None:
        return otherwise
    if not (value.isascii() and value.isdigit() and len(value) <= 10 and 1 <= int(value) <= most):
        raise wrong(name, value, f"a whole number from 1 to {most}")
    return int(value)


def numbers_around(page: Page, total: int) -> list[int]:
    """The pages to link to: the first, the last, and those around this one; 0 stands for a gap."""
    last = page.last(total)
    near = {1, last, *range(page.number - 2, page.number + 3)}
    found: list[int] = []
    for number in sorted(number for number in near if 1 <= number <= last):
        found += [0, number] if found and number - found[-1] > 1 else [number]
    return found if last > 1 else []


def page_text(text: str, page: Page) -> str | None:
    """The query for one page; None where the query limits its rows itself, so that they must be cut out.

    Where its own order leaves ties, every column decides, so that no row is on two pages or on none.
    """
    found = outline(text)
    if found is None or found.form != "SELECT" or {"LIMIT", "OFFSET"} & set(found.clauses):
        return None
    cut = found.clauses.get("VALUES", found.end)
    keys = _tie_breakers(found, cut)
    order = "" if "ORDER" in found.clauses or not keys else "ORDER BY "
    limits = f"LIMIT {page.size} OFFSET {page.offset}"
    return "\n".join((text[:cut].rstrip(), order + keys, limits, text[cut : found.end]))


def _tie_breakers(found: Outline, cut: int) -> str:
    """The projected variables that are not sort keys by themselves yet."""
    depth, keys = 0, set()
    for token in tokens(found.text[found.clauses.get("ORDER", cut) : cut]):
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0 and token.kind == "variable":
            keys.add(token.text[1:])
    return " ".join(f"?{name}" for name in found.projected if name not in keys)


def count_text(text: str) -> str | None:
    """A query for the number of rows, as ?unmissions_rows; None where it cannot be put around this one."""
    found = outline(text)
    if found is None or found.form != "SELECT" or {"FROM", "LIMIT", "OFFSET"} & set(found.clauses):
        return None
    data = found.clauses.get("VALUES", found.end)
    inner = text[found.start : found.clauses.get("ORDER", data)] + "\n" + text[data : found.end]
    return f"{found.prologue}SELECT (COUNT(*) AS ?unmissions_rows) WHERE {{ {{\n{inner}\n}} }}"


def page_links(
    page: Page, total: int, address: str, parameters: Parameters, release: str, size: str = "page_size"
) -> list[tuple[str, str]]:
    """The relation and address of the first, previous, next and last page (RFC 8288), all else kept.

    They name the release, so that whoever follows them sees each row once though a new one is published.
    `size` is the parameter for the number of rows.
    """
    last = page.last(total)
    numbers = {"first": 1, "prev": min(page.number - 1, last), "next": page.number + 1, "last": last}
    kept = [(name, value) for name, value in parameters.pairs() if name not in (*_OWN, size)]
    kept.append(("release", release))
    return [
        (relation, f"{address}?{urlencode([*kept, ('page', number), (size, page.size)])}")
        for relation, number in numbers.items()
        if 1 <= number <= last
    ]
