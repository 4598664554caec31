"""Compresses answers in the encoding a client prefers: br, zstd or gzip, whole or as they stream."""

import zlib
from collections.abc import Callable, Iterable
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


class Compressor(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


class _Brotli:
    def __init__(self, is_stream: bool) -> None:
        self._compressor, self._is_stream = brotli.Compressor(quality=4), is_stream

    def compress(self, data: bytes, /) -> bytes:
        """Of a stream nothing is held back: brotli would swallow megabytes before its first byte."""
        pieces = self._compressor.process(data)
        return bytes(pieces + self._compressor.flush() if self._is_stream else pieces)

    def flush(self) -> bytes:
        return bytes(self._compressor.finish())


_COMPRESSORS: dict[str, Callable[[bool], Compressor]] = {
    "br": _Brotli,
    "zstd": lambda _: zstandard.ZstdCompressor(level=3).compressobj(),
    "gzip": lambda _: zlib.compressobj(5, zlib.DEFLATED, 31),
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


def is_worth_compressing(response: Response, length: int) -> bool:
    """Whether a body of this length (or of at least this length) can become smaller."""
    is_fit = is_compressible(response.mimetype or "") and response.status_code == 200
    return is_fit and length >= SMALLEST and "Content-Encoding" not in response.headers


def compressor_for(response: Response, request: Request, is_stream: bool = False) -> Compressor | None:
    """What compresses the body of a response, which then says so; None where the client wants it as it is."""
    encoding = chosen_encoding(request)
    if not encoding:
        return None
    response.headers["Content-Encoding"] = encoding
    response.vary.add("Accept-Encoding")
    return compressor(encoding, is_stream)


def compressor(encoding: str, is_stream: bool) -> Compressor:
    """What compresses in an encoding that was chosen."""
    return _COMPRESSORS[encoding](is_stream)


def _compress(packed: frozenset[str], response: Response) -> Response:
    length = response.content_length
    large = "Accept-Ranges" in response.headers and (length or 0) > MOST_WHOLE
    if length is None or large or response.mimetype in packed or not is_worth_compressing(response, length):
        return response
    if compressor := compressor_for(response, request):
        response.direct_passthrough = False  # a file is taken in like any other body
        response.set_data(compressor.compress(response.get_data()) + compressor.flush())
    return response
