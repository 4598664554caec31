"""Requests and answers between the front and a worker: one frame each way, more only for large answers.

A request is packed by the front, which a worker trusts. An answer comes from a process that has read text
from outside, so it is no more than bytes in a fixed layout, and the front checks every part of it.
"""

import json
import marshal
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from server.refusal import Refused

MOST_BYTES = 192 << 10  # a message of a SEQPACKET socket; the default buffer of the kernel takes 208 KiB
MOST_IN_FRAME = 128 << 10
Headers = list[tuple[bytes, bytes]]

WHOLE, START, PIECE, END, BROKEN, NETWORK, EXPLAINING = b"WSPEBNX"
_HEAD = struct.Struct(">BHIIQQ")
_TAIL = struct.Struct(">BQQ")
_BLOCK = re.compile(rb"(?:[a-z0-9!#$%&'*+.^_`|~-]+: [\t\x20-\x7e\x80-\xff]*\n)*")
# How the connection of a client goes on is not for a worker to say.
_OF_THE_CONNECTION = {b"connection", b"keep-alive", b"te", b"trailer", b"transfer-encoding", b"upgrade"}


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request as a worker gets it; no token is in its headers.

    `may_use_network` says that the worker has a network, `is_bare` that it should leave out what broke the
    answer the last time: the explanation of an empty result.
    """

    method: str
    path: bytes
    query_string: bytes
    headers: Headers
    client: str
    scheme: str = "http"
    server: tuple[str, int] = ("localhost", 80)
    body: bytes = b""
    may_use_network: bool = False
    is_bare: bool = False

    def packed(self) -> bytes:
        """For a worker, which unpacks it."""
        return marshal.dumps(tuple(vars(self).values()))

    @classmethod
    def unpacked(cls, content: bytes) -> "Request":
        names = cls.__dataclass_fields__
        return cls(**dict(zip(names, marshal.loads(content), strict=True)))


@dataclass(frozen=True)
class Spent:
    """What a worker has used since it began: processor time, and pages that it touched first."""

    nanoseconds: int = 0
    pages: int = 0


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A message of a worker, checked; `status`, `headers` and `body` are empty where the kind has none."""

    kind: int
    status: int = 0
    headers: Headers = field(default_factory=list)
    body: bytes = b""
    spent: Spent = Spent()
    failure: Refused | None = None


class Malformed(ValueError):
    """A worker sent what no worker of ours sends."""


def lines(headers: Headers) -> bytes:
    """Headers as they stand in a frame."""
    return b"".join([b"%b: %b\n" % pair for pair in headers])


def pack_answer(
    kind: int, status: int, headers: Headers, spent: Spent, body: bytes = b"", common: bytes = b""
) -> bytes:
    """The beginning of an answer, or all of it; `common` are the lines of headers that most answers have."""
    block = lines(headers)
    sizes = len(block), len(common)
    return b"".join((_HEAD.pack(kind, status, *sizes, spent.nanoseconds, spent.pages), block, common, body))


def pack_piece(piece: bytes) -> bytes:
    return b"P" + piece


def pack_end(spent: Spent) -> bytes:
    return _TAIL.pack(END, spent.nanoseconds, spent.pages)


def pack_network(services: Sequence[str]) -> bytes:
    """That a request calls these endpoints, for which a worker with a network is needed."""
    return b"N" + "\n".join(services).encode()


def pack_broken(failure: Refused) -> bytes:
    """An answer that had begun and cannot be finished."""
    return b"B" + json.dumps([failure.kind, failure.detail]).encode()


def read_frame(content: bytes) -> Frame:
    """What a worker said. Raises Malformed."""
    try:
        return _read(content[0], content)
    except (IndexError, ValueError, TypeError, RecursionError, struct.error) as error:
        raise Malformed(str(error)) from error


def _read(kind: int, content: bytes) -> Frame:
    if kind in (WHOLE, START):
        return _read_answer(content)
    if kind == PIECE:
        return Frame(kind=PIECE, body=content[1:])
    if kind == END:
        _, nanoseconds, pages = _TAIL.unpack(content)
        return Frame(kind=END, spent=Spent(nanoseconds, pages))
    if kind == BROKEN:
        name, message = json.loads(content[1:])
        return Frame(kind=BROKEN, failure=Refused(str(name), str(message)))
    if kind == EXPLAINING:
        return Frame(kind=kind)
    if kind == NETWORK:
        return Frame(kind=kind, body=content[1:])
    raise Malformed(f"there is no frame of kind {kind}")


def _read_answer(content: bytes) -> Frame:
    kind, status, own, common, nanoseconds, pages = _HEAD.unpack_from(content)
    between, end = _HEAD.size + own, _HEAD.size + own + common
    if not 200 <= status <= 599 or len(content) < end:
        raise Malformed("the head of an answer is not one")
    headers = [*_read_lines(content[_HEAD.size : between]), *_read_common(content[between:end])]
    return Frame(
        kind=kind, status=status, headers=headers, body=content[end:], spent=Spent(nanoseconds, pages)
    )


def _read_lines(block: bytes) -> Headers:
    if not _BLOCK.fullmatch(block):
        raise Malformed("the headers of an answer are none")
    found = [(name, value) for name, _, value in (line.partition(b": ") for line in block.split(b"\n")[:-1])]
    if not _OF_THE_CONNECTION.isdisjoint(dict(found)):
        raise Malformed("an answer has a header of the connection")
    return found


@lru_cache(16)
def _read_common(block: bytes) -> Headers:
    """The lines that most answers have are the same ones, and are checked once."""
    return _read_lines(block)
