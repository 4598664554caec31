"""Which thing, in which format, is meant by a path: an IRI may hold escapes, and end as if in a suffix."""

from loader.release.namespaces import BASE
from server.formats import Format
from server.page.own_paths import spellings, without_suffix

Reading = tuple[str, Format | None, bool]


def readings(path: str) -> list[Reading]:
    """The IRI, the format and whether that is a page, for each way to read a path; the likeliest first.

    What ends in a suffix is a format of the thing without, before it is a thing that is called so.
    """
    stem, format_ = without_suffix(path)
    is_page = stem != path and format_ is None
    found: list[Reading] = [(BASE + name, format_, is_page) for name in spellings(stem)]
    if stem != path:
        found += [(BASE + name, None, False) for name in spellings(path)]
    return found
