"""Headers as the users of grlc and of Wikidata's query service write them, brought into our own words.

What has no meaning here is refused with its line: nothing in a header is without effect.
"""

import re
from collections.abc import Iterable

from rapidfuzz import process

from loader.query.header import FaultyQueryFile, header_line

KEYS = (
    "summary", "summary_ar", "description", "description_ar", "headline", "headline_ar", "counts",
    "tags", "view", "datasets", "pagination", "parameters",
)  # fmt: skip
# Keys of grlc that are read, and those that cannot be, each with what to do.
_READ = ("defaults", "enumerate", "method")
_NOT_READ = {
    "endpoint": "the queries of this folder ask this graph; another is asked with SERVICE",
    "endpoint_in_url": "the queries of this folder ask this graph; another is asked with SERVICE",
    "mime": "every query is answered in the format that is asked for",
    "transform": "every query is answered in the rows that it selects",
}
# Of Wikidata's query service: comments in the text, and its names of views.
_COMMENT = re.compile(r"#(title|defaultView):\s*(\w.*)")
VIEWS_OF_WIKIDATA = {
    "table": "table", "barchart": "bar", "linechart": "line", "timeline": "timeline", "map": "map",
    "graph": "network",
}  # fmt: skip


def in_our_words(text: str, header: dict[str, object]) -> dict[str, object]:
    """The header with what the habits of others say in it put where it belongs. Raises FaultyQueryFile."""
    for key in header:
        if key not in (*KEYS, *_READ):
            raise FaultyQueryFile(header_line(text, key), _unread(key))
    _check_method(text, header)
    found = {key: value for key, value in header.items() if key not in _READ}
    _add_comments(text, found)
    _add_values(text, header, found, "defaults", "default")
    _add_values(text, header, found, "enumerate", "choices")
    return found


def _unread(key: str) -> str:
    if key in _NOT_READ:
        return f"`{key}` of grlc is not read here: {_NOT_READ[key]}."
    near = process.extractOne(key, KEYS)
    return f"{key[:60]!r} is no key of a header; the nearest is `{near[0]}`."


def _check_method(text: str, header: dict[str, object]) -> None:
    """All of our queries are answered to GET, and to nothing else."""
    if str(header.get("method", "GET")).upper() != "GET":
        sentence = f"The method {str(header['method'])[:20]!r} is not for queries, which are asked by GET."
        raise FaultyQueryFile(header_line(text, "method"), sentence)


def _add_comments(text: str, header: dict[str, object]) -> None:
    """`#title:` is the summary, `#defaultView:` the view, unless the header itself has another."""
    for number, line in enumerate(text.splitlines(), 1):
        if comment := _COMMENT.fullmatch(line.rstrip()):
            is_title = comment[1] == "title"
            key, value = ("summary", comment[2]) if is_title else ("view", _view(comment[2], number))
            if header.setdefault(key, value) != value:
                sentence = f"`#{comment[1]}:` says {value!r}, and `#+ {key}:` says {header[key]!r}."
                raise FaultyQueryFile(number, sentence)


def wishes(text: str) -> tuple[str, str]:
    """What `#title:` and `#defaultView:` of a query say that somebody typed: a title and a name of Wikidata's
    for a view; empty where they are not there."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        if comment := _COMMENT.fullmatch(line.strip()):
            found.setdefault(comment[1], comment[2])
    view = re.match(r"\w+", found.get("defaultView", ""))
    return found.get("title", ""), view[0] if view else ""


def _view(name: str, line: int) -> str:
    """Our view for one of Wikidata's; what stands behind its name are settings that only it has."""
    if name.casefold() not in VIEWS_OF_WIKIDATA:
        known = ", ".join(VIEWS_OF_WIKIDATA)
        raise FaultyQueryFile(line, f"The view {name[:60]!r} is none of those that are drawn here: {known}.")
    return VIEWS_OF_WIKIDATA[name.casefold()]


def _add_values(text: str, header: dict[str, object], found: dict[str, object], key: str, fact: str) -> None:
    """What grlc says of all parameters in one list, put to each of them."""
    entries = found.get("parameters") or []
    if key not in header or not isinstance(entries, list):
        return
    line = header_line(text, key)
    facts = {str(entry.get("name")): entry for entry in entries if isinstance(entry, dict)}
    for name, value in _pairs(header[key], key, line):
        entry = facts.setdefault(name, {"name": name})
        if entry.setdefault(fact, value) != value:
            sentence = f"`{key}` and `parameters` say different things of {name!r}."
            raise FaultyQueryFile(line, sentence)
    found["parameters"] = list(facts.values())


def _pairs(value: object, key: str, line: int) -> Iterable[tuple[str, object]]:
    """Names with what is said of them: a mapping, or a list of mappings as grlc has it."""
    given = value if isinstance(value, list) else [value]
    mappings = [one for one in given if isinstance(one, dict)]
    if len(mappings) < len(given):
        sentence = f"`{key}` is a list of names with their values, such as `- year: 2011`"
        choices = "; values that the graph has are a `choices` with a `query`" if key == "enumerate" else ""
        raise FaultyQueryFile(line, sentence + choices + ".")
    return [(str(name), said) for mapping in mappings for name, said in mapping.items()]
