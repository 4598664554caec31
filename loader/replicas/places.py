"""Where releases are fetched from and brought to: the URL of a primary, a folder, or an object store."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener

SECONDS = 30.0
EXTRAS = {"s3": "s3", "gs": "gcs", "gcs": "gcs"}


class Unreachable(OSError):
    """The place does not answer, or has nothing under a name."""


class Place(Protocol):
    """What has releases to fetch; what is missing or out of reach raises Unreachable."""

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """The bytes that lie at a name."""


def source_at(address: str, token: str = "") -> Place:
    """The place at an address. Raises Unreachable where no program here can reach such a one."""
    if address.startswith(("http://", "https://")):
        return Primary(address, token)
    return Folder(address)


class _StayHere(HTTPRedirectHandler):
    """Follows nobody elsewhere: the token is for the primary alone."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Primary:
    """A server that offers what it publishes to whoever bears its token."""

    def __init__(self, address: str, token: str) -> None:
        self._address = address.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._opener = build_opener(_StayHere)

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        address = f"{self._address}/{quote(name)}"
        try:
            with self._opener.open(Request(address, headers=self._headers), timeout=SECONDS) as response:
                yield response
        except HTTPError as error:
            raise Unreachable(f"{address} answers {error.code} {error.reason}") from None
        except URLError as error:
            raise Unreachable(f"{address} does not answer: {error.reason}") from None


class Folder:
    """A folder, or a bucket of an object store, by fsspec."""

    def __init__(self, address: str) -> None:
        from fsspec.core import url_to_fs

        try:
            self._files, self._root = url_to_fs(address)
        except (ImportError, ValueError) as error:
            scheme = address.partition(":")[0]
            extra = EXTRAS.get(scheme)
            hint = f"; install un-missions[{extra}]" if extra else ""
            raise Unreachable(f"{address} cannot be reached: {error}{hint}") from None

    def has(self, name: str) -> bool:
        return bool(self._files.exists(self._path(name)))

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        try:
            with self._files.open(self._path(name), "rb") as file:
                yield file
        except FileNotFoundError:
            raise Unreachable(f"{self._path(name)} is not there") from None

    def put(self, name: str, content: IO[bytes]) -> None:
        """Brings bytes to a name; nobody sees them there before they are whole."""
        path = self._path(name)
        self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
        beside = f"{path}.part"
        with self._files.open(beside, "wb") as file:
            while piece := content.read(1 << 20):
                file.write(piece)
        self._files.mv(beside, path)

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"
