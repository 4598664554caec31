"""Writes what a curator is to fill in: Turtle from templates, in which `…` stands for what is not known."""

import re
from collections.abc import Mapping
from pathlib import Path
from string import Template

from loader.folding import fold
from loader.input_checks import OPEN

# Everything has one label in each of these; what other languages call it stands beside them.
LANGUAGES = ("ar", "en")


class NotWritten(ValueError):
    """What was asked for cannot be written; the message is a sentence."""


def fill(template: str, **values: str) -> str:
    """The template of this name beside this module, with its `$names` filled in."""
    text = Path(__file__).with_name(template).read_text(encoding="utf-8")
    return Template(text).substitute(values)


def quoted(text: str) -> str:
    """A text as a string of Turtle."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def labels(names: Mapping[str, str]) -> str:
    """One label in Arabic and one in English, the one that is not known left open."""
    return ", ".join(f"{quoted(names.get(language) or OPEN)}@{language}" for language in LANGUAGES)


def slug_of(text: str) -> str:
    """A text as the last part of an IRI: lower case, ASCII, hyphens; empty where it has no Latin letter."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def write_new(path: Path, text: str) -> None:
    """Raises NotWritten where the file is there already."""
    if path.exists():
        raise NotWritten(f"{path} is there already; nothing was written.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
