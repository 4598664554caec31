"""Which path an IRI of ours has on this server, and which IRIs a path may stand for."""

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from loader.release.namespaces import BASE

# RFC 3986, section 3.3; what a slug may hold beside letters of any script.
SAFE = "/-._~!$&'()*+,;=:@%"
# What no IRI has (RFC 3987); a path comes without its escapes, and of these the IRI has kept them.
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`]')
# What an address ends at, or what browsers take out of it.
_NOT_IN_A_PATH = re.compile(r"[?#]|(^|/)\.\.?(/|$)")


def own_path(iri: str) -> str:
    """The path of an IRI of ours; nothing where a path would be read as another one, as with `%2F`."""
    name = iri.removeprefix(BASE)
    path = unquote(name)
    if name == iri or name[:1] in ("", "/", "\\") or _NOT_IN_A_PATH.search(path):
        return ""
    return "/" + quote(name, safe=SAFE) if name in spellings(path) else ""


def spellings(path: str) -> Iterator[str]:
    """A path as it is in an IRI: in letters of any script, with what cannot be escaped, or all escaped."""
    escaped = _NO_IRI.sub(lambda sign: quote(sign[0]), path)
    yield from dict.fromkeys((escaped, quote(path, safe=SAFE)))
