"""Describes a text that is new to the graph: its checksum, its sections by headings, its sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from loader.curation.turtle_text import LANGUAGES, NotWritten, fill, labels, quoted, slug_of, write_new
from loader.input_checks import OPEN
from loader.inputs import Inputs
from loader.passages import Passage, passages_of
from loader.problems import read_text
from loader.release.digest import file_sha256

_YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
_LONGEST_HEADING = 120
_VERSION = "dcterms:hasVersion <source/{slug}#{tag}> "
_TRANSLATION = """
# One line a sentence, in {file}: who wrote it, and the day it was last read beside the text.
<source/{slug}#{tag}> a prov:Entity ;
    rdfs:label "…"@ar, "…"@en ;
    dcterms:language "{tag}" ;
    dcterms:creator <dataset/un-missions#project> ;
    unm:checked "…"^^xsd:date .
"""


@dataclass(frozen=True, kw_only=True)
class NewSource:
    """A text file, and what it does not say; `translations` are languages into which it is to be put."""

    text: Path
    language: str
    address: str = ""
    translations: tuple[str, ...] = ()


def write_source(inputs: Inputs, new: NewSource) -> list[Path]:
    """Copies the text to `data/sources/` and writes its Turtle beside it, and a file for each translation.

    Raises NotWritten where one of the files is there already, and BuildRefused where the text is not UTF-8.
    """
    slug = slug_of(new.text.stem)
    if not slug:
        raise NotWritten(f"The name of {new.text.name} has no Latin letter to be called by: rename the file.")
    text = read_text(new.text, new.text.name)
    folder = inputs.source_texts
    kept, description = folder / f"{slug}.txt", folder / f"{slug}.ttl"
    translations = [folder / f"{slug}.{tag}.txt" for tag in new.translations]
    for path in (description, *translations):
        if path.exists():
            raise NotWritten(f"{inputs.name(path)} is there already; nothing was written.")
    if new.text.resolve() != kept.resolve():
        # Byte by byte: positions and the checksum are those of the file as it was taken.
        write_new(kept, "")
        kept.write_bytes(new.text.read_bytes())
    passages = passages_of(text)
    write_new(description, _turtle(new, slug, text, passages, file_sha256(kept)))
    for path in translations:
        write_new(path, "\n" * len(passages))
    return [kept, description, *translations]


def headings(text: str) -> list[str]:
    """The lines that look like headings: those with a year, else all, else the first line."""
    lines = [line for line in text.splitlines() if line.strip()]
    alone = [line for line in lines if _is_heading(line) and lines.count(line) == 1]
    return [line for line in alone if _YEAR.search(line)] or alone or lines[:1]


def _is_heading(line: str) -> bool:
    ends = line.rstrip().endswith((".", "!", "?", "؟", "،", ",", ":", ";"))
    return len(line) <= _LONGEST_HEADING and not ends


def _turtle(new: NewSource, slug: str, text: str, passages: list[Passage], sha256: str) -> str:
    found = headings(text)
    versions = "".join(f";\n    {_VERSION.format(slug=slug, tag=tag)}" for tag in new.translations)
    translations = (
        _TRANSLATION.format(slug=slug, tag=tag, file=f"{slug}.{tag}.txt") for tag in new.translations
    )
    title = next((line.strip() for line in text.splitlines() if line.strip()), slug)
    return fill(
        "source.ttl",
        title=title,
        slug=slug,
        labels=labels({new.language: title}),
        title_in_its_language=_further_label(new.language, title),
        address=new.address or OPEN,
        language=quoted(new.language),
        file=quoted(f"{slug}.txt"),
        sha256=sha256,
        day=date.today().isoformat(),
        version=versions,
        translation="".join(translations),
        sections="".join(_sections(slug, found)),
        sentences="".join(f"# {one.number} {text[one.start : one.end]}\n" for one in passages),
    )


def _further_label(language: str, title: str) -> str:
    """A title in a language that has no label of its own beside Arabic and English."""
    return "" if language in LANGUAGES else f"    skos:altLabel {quoted(title)}@{language} ;\n"


def _sections(slug: str, found: list[str]) -> Iterator[str]:
    for number, heading in enumerate(found, 1):
        names = {"ar": f"القسم «{heading}»", "en": f"Section “{heading}”"}
        yield (
            f"\n<section/{slug}-{number}> a unm:Section ;\n    rdfs:label {labels(names)} ;\n"
            f"    dcterms:isPartOf <source/{slug}> ;\n    unm:heading {quoted(heading)} .\n"
        )
