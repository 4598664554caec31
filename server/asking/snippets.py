"""Lines to copy that fetch a result from elsewhere: for the shell, Python, R and JavaScript."""

import json
import shlex
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from string import Template
from urllib.parse import urlencode

Pairs = Iterable[tuple[str, str]]
TEMPLATES: dict[str, dict[str, dict[str, str]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)


@dataclass(frozen=True)
class Snippet:
    """A program of a few lines in a language."""

    name: str
    text: str


def for_address(run: str, pairs: Pairs, is_graph: bool) -> list[Snippet]:
    """How to get the result that is found at an address `run` with these parameters."""
    return _snippets("address", run + (".ttl" if is_graph else ".csv"), pairs, is_graph)


def for_endpoint(endpoint: str, fields: Pairs, is_graph: bool) -> list[Snippet]:
    """How to send these fields, the query among them, and read what comes."""
    given = [(name, value.strip()) for name, value in fields if value.strip()]
    return _snippets("endpoint", endpoint, given, is_graph)


def _snippets(kind: str, address: str, pairs: Pairs, is_graph: bool) -> list[Snippet]:
    given = list(pairs)
    url = address + (f"?{urlencode(given)}" if given else "")
    found = []
    for name, template in TEMPLATES[kind]["graph" if is_graph else "table"].items():
        quote = shlex.quote if name == "curl" else json.dumps
        parts = {"address": quote(address), "url": quote(url), "fields": _FIELDS[name](given)}
        found.append(Snippet(name, Template(template).substitute(parts)))
    return found


def _in_shell(pairs: Pairs) -> str:
    return "".join(f" \\\n  --data-urlencode {shlex.quote(f'{name}={value}')}" for name, value in pairs)


def _in_python(pairs: Pairs) -> str:
    return "".join(f"    {json.dumps(name)}: {_python_text(value)},\n" for name, value in pairs)


def _python_text(value: str) -> str:
    """A text over several lines where it has several, and nothing that would have to be escaped."""
    is_plain = value.replace("\n", "").isprintable() and "\\" not in value and '"""' not in value
    return f'"""{value}"""' if "\n" in value and is_plain and not value.endswith('"') else repr(value)


def _in_r(pairs: Pairs) -> str:
    return ",\n  ".join(f"{f'`{name}`' if '-' in name else name} = {_r_text(value)}" for name, value in pairs)


def _r_text(value: str) -> str:
    """Over several lines where it has several, in the raw notation of R 4; else as JSON escapes it."""
    is_raw = "\n" in value and ")---" not in value
    return f'r"---({value})---"' if is_raw else json.dumps(value, ensure_ascii=False)


def _in_javascript(pairs: Pairs) -> str:
    return "".join(f"  {json.dumps(name)}: {_javascript_text(value)},\n" for name, value in pairs)


def _javascript_text(value: str) -> str:
    """As a template over several lines, in which three signs are escaped."""
    if "\n" not in value:
        return json.dumps(value, ensure_ascii=False)
    escaped = value.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
    return f"`{escaped}`"


_FIELDS: dict[str, Callable[[Pairs], str]] = {
    "curl": _in_shell,
    "Python": _in_python,
    "R": _in_r,
    "JavaScript": _in_javascript,
}
