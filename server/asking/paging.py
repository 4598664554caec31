"""Pages of a query's rows, over a total order: the text that asks for one, and the links to the others."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from loader.query.mistakes.listed import listed
from loader.query.mistakes.mistake import Remark
from loader.query.outline import Outline, outline
from loader.query.saved_query_file import MOST_ON_A_PAGE
from loader.query.tokens import tokens
from server.http.parameters import Parameters, wrong
from server.refusal import Refused

FIRST_SIZE, MOST_ROWS, MOST_PAGES = 100, MOST_ON_A_PAGE, 10**9
# The names under which clients say how many rows they want; the first is ours.
SIZES = ("page_size", "pageSize", "limit")
PAGING = ("page", "offset", *SIZES)
Place = tuple[str, list[tuple[str, int]]]
Item = TypeVar("Item")


@dataclass(frozen=True)
class Page:
    """One page, counted from 1, of so many rows; `start` is how many rows were said to stand before it."""

    number: int
    size: int
    start: int | None = None

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size if self.start is None else self.start

    def of(self, rows: Sequence[Item]) -> tuple[Item, ...]:
        """What of all rows stands on it."""
        return tuple(rows[self.offset : self.offset + self.size])

    def last(self, total: int) -> int:
        """The number of the last page; the first is one even where there are no rows."""
        return max(1, math.ceil(total / self.size))


def wanted_page(parameters: Parameters, first_size: int = 0) -> Page | None:
    """The page that is asked for, by its number or by the rows before it.

    None where neither is; with a `first_size` it is then the first one. Raises Refused.
    """
    if not any(parameters.all(name) for name in PAGING):
        return Page(1, first_size) if first_size else None
    sizes = {name: whole_number(parameters, name, FIRST_SIZE, MOST_ROWS) for name in SIZES}
    given = {name: size for name, size in sizes.items() if parameters.all(name)}
    if len(set(given.values())) > 1:
        names = {"names": listed(given)}
        remark = Remark("%(names)s differ; say in one of them how many rows a page has.", names)
        raise Refused("parameter", remark)
    size = next(iter(given.values()), first_size or FIRST_SIZE)
    if not parameters.all("offset"):
        return Page(whole_number(parameters, "page", 1, MOST_PAGES), size)
    if parameters.all("page"):
        raise Refused("parameter", Remark("page and offset both say where to begin; give one of them."))
    start = whole_number(parameters, "offset", 0, MOST_PAGES, least=0)
    return Page(start // size + 1, size, start)


def whole_number(parameters: Parameters, name: str, otherwise: int, most: int, least: int = 1) -> int:
    """The number from `least` to `most` that a parameter gives, `otherwise` where it is missing.

    Raises Refused.
    """
    value = parameters.one(name)
    if value is None:
        return otherwise
    if not (value.isascii() and value.isdigit() and len(value) <= 10 and least <= int(value) <= most):
        raise wrong(
            name, value, Remark("a whole number from %(least)s to %(most)s", {"least": least, "most": most})
        )
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
    kept = [(name, value) for name, value in parameters.pairs() if name not in (*PAGING, "release", size)]
    kept.append(("release", release))
    places = _by_number(page, total, size) if page.start is None else _by_start(page.start, page.size, total)
    return [(relation, f"{address}?{urlencode([*kept, *place])}") for relation, place in places]


def _by_number(page: Page, total: int, size: str) -> list[Place]:
    last = page.last(total)
    numbers = {"first": 1, "prev": min(page.number - 1, last), "next": page.number + 1, "last": last}
    return [
        (relation, [("page", number), (size, page.size)])
        for relation, number in numbers.items()
        if 1 <= number <= last
    ]


def _by_start(start: int, size: int, total: int) -> list[Place]:
    last = (max(total, 1) - 1) // size * size
    before = min(max(0, start - size), last) if start else -1
    starts = {"first": 0, "prev": before, "next": start + size, "last": last}
    return [
        (relation, [("offset", at), ("limit", size)])
        for relation, at in starts.items()
        if 0 <= at < max(total, 1)
    ]
