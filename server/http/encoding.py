"""Compresses answers in the encoding a client prefers: br, zstd or gzip, whole or as they stream."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Protocol

import brotli
import zstandard
from flask import Flask, Request, Response, request

SMALLEST = 860
ENCODINGS = ("br", "zstd", "gzip")
COMPRESSIBLE = ("text/", "application/")
PACKED = "application/gzip"
# A file above this is sent piece by piece as it lies on the disk; what is a file says Accept-Ranges.
MOST_WHOLE = 4 << 20


class _Compressor(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


class _Brotli:
    def __init__(self) -> None:
        self._compressor = brotli.Compressor(quality=4)

    def compress(self, data: bytes, /) -> bytes:
        """Holds nothing back: brotli would swallow megabytes before its first byte."""
        return bytes(self._compressor.process(data) + self._compressor.flush())

    def flush(self) -> bytes:
        return bytes(self._compressor.finish())


_COMPRESSORS: dict[str, Callable[[], _Compressor]] = {
    "br": _Brotli,
    "zstd": lambda: zstandard.ZstdCompressor(level=3).compressobj(),
    "gzip": lambda: zlib.compressobj(5, zlib.DEFLATED, 31),
}


def init_app(app: Flask, packed: Iterable[str]) -> None:
    """Compresses every response that is large enough and can be smaller; `packed` are types that cannot."""
    app.after_request(partial(_compress, frozenset(packed)))


def chosen_encoding(request: Request) -> str:
    """The encoding for this request, or an empty string; `identity` may be preferred too."""
    return request.accept_encodings.best_match([*ENCODINGS, "identity"], default="identity").replace(
        "identity", ""
    )


def is_compressible(media_type: str) -> bool:
    """Whether it is worth while; what is packed already only grows."""
    return media_type.startswith(COMPRESSIBLE) and media_type != PACKED


def tagged(tag: str, encoding: str) -> str:
    """A strong entity tag belongs to one encoding (RFC 9110, section 8.8.3.3)."""
    return f"{tag}-{encoding}" if encoding else tag


def _compress(packed: frozenset[str], response: Response) -> Response:
    encoding = chosen_encoding(request)
    small = response.content_length is not None and response.content_length < SMALLEST
    large = "Accept-Ranges" in response.headers and (response.content_length or 0) > MOST_WHOLE
    media_type = response.mimetype or ""
    wanted = is_compressible(media_type) and media_type not in packed and response.status_code == 200
    if not encoding or small or large or not wanted or "Content-Encoding" in response.headers:
        return response
    response.headers["Content-Encoding"] = encoding
    response.vary.add("Accept-Encoding")
    body = response.response
    if response.content_length is not None:
        whole = b"".join(_squeeze(body, _COMPRESSORS[encoding]()))  # type: ignore[arg-type]
        response.response = [whole]
        response.content_length = len(whole)
    else:
        response.response = _Squeezed(body, _COMPRESSORS[encoding]())
    return response


def _squeeze(body: Iterable[bytes], compressor: _Compressor) -> Iterator[bytes]:
    for piece in body:
        squeezed = compressor.compress(piece)
        if squeezed:
            yield squeezed
    yield compressor.flush()


class _Squeezed:
    """A compressed stream that closes what it compresses."""

    def __init__(self, body: Iterable[bytes], compressor: _Compressor) -> None:
        self._body, self._pieces = body, _squeeze(body, compressor)

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def close(self) -> None:
        close: Callable[[], None] | None = getattr(self._body, "close", None)
        if close:
            close()
