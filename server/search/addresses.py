"""Which things a text means that is an address: of this site, of ours, or of an identifier elsewhere."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qs, unquote

from loader.datasets.identifier_forms import identifier_in
from loader.release.namespaces import BASE
from server.page.own_paths import without_suffix

_ADDRESS = re.compile(
    r"(?:https?://)?((?:[\w-]+(?:\.[\w-]+)+|localhost|\[[\da-f:]+\])(?::\d+)?/\S+)", re.IGNORECASE
)
_SCHEME = re.compile(r"^https?://", re.IGNORECASE)


def meant(text: str, site: Iterable[str]) -> tuple[str, ...]:
    """IRIs, and identifiers in our form, the likeliest first; none where the text is neither.

    `site` are the addresses under which this server is known.
    """
    text = text.strip().strip("<>").rstrip(".,;،؛")
    found = _ADDRESS.fullmatch(text)
    if not found:
        return tuple(filter(None, [identifier_in(text)]))
    address = f"https://{found[1]}"
    whole = [address, re.split(r"[?#]", address)[0]]
    known = [identifier_in(one) for one in whole]
    return tuple(dict.fromkeys(filter(None, [*known, *_ours(found[1], site), text, address])))


def _ours(address: str, site: Iterable[str]) -> Iterator[str]:
    """The IRIs that an address without its scheme may stand for, if it is one of ours."""
    for start in (BASE, *(f"{one}/" for one in site)):
        path = address.removeprefix(_SCHEME.sub("", start))
        if path == address:
            continue
        path, _, query = path.partition("?")
        yield from parse_qs(query).get("iri", [])
        name, mark, part = path.partition("#")
        yield from (BASE + without_suffix(unquote(name))[0] + mark + part, BASE + without_suffix(name)[0])
