"""Which of what only supports facts just repeats the heading of a mission or meeting."""

from collections.abc import Iterable, Iterator

from server.search.entries import LAST, SearchEntry

_EVENTS = ("mission", "meeting")
# What names an event in its own label, whatever else that says; a sentence or a quotation may say much more.
_NAME_IT = ("section", "participation")
# Beside a heading a sentence has its year, and a quotation the word for that too.
_BESIDE = 2


def repeats(entries: Iterable[SearchEntry]) -> dict[str, tuple[str, ...]]:
    """The events whose headings a thing repeats, by its IRI."""
    all_ = tuple(entries)
    headings = [
        (entry.iri, _heading(name)) for entry in all_ if entry.kind in _EVENTS for name in _names(entry)
    ]
    return {
        entry.iri: found
        for entry in all_
        if entry.kind in LAST
        for found in [tuple(dict.fromkeys(_repeated(entry, headings)))]
        if found
    }


def _repeated(entry: SearchEntry, headings: list[tuple[str, str]]) -> Iterator[str]:
    names = [f" {name} " for name in _names(entry)]
    for event, heading in headings:
        for name in names:
            if heading in name and (entry.kind in _NAME_IT or _is_no_more(name, heading)):
                yield event


def _is_no_more(name: str, heading: str) -> bool:
    return len(name.split()) <= len(heading.split()) + _BESIDE


def _heading(name: str) -> str:
    """Without the year, which stands before it in the source and behind it in our label."""
    words = name.split()
    return f" {' '.join(words[:-1] if len(words) > 1 and words[-1].isdigit() else words)} "


def _names(entry: SearchEntry) -> list[str]:
    return [name.spelling for name in entry.names]
