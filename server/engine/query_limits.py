"""How large a query may be before anything parses it."""

from collections.abc import Collection
from dataclasses import dataclass

VALUES_BYTES = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How large a query may be; generous for honest ones, small against the fourth power of planning.

    The data of its VALUES, which nobody plans, count by themselves: their bytes, rows, and words and signs.
    """

    bytes: int = 100_000
    values_bytes: int = VALUES_BYTES
    rows: int = 10_000
    values_tokens: int = 100_000
    depth: int = 200
    operands: int = 120
    tokens: int = 25_000
    services: Collection[str] = ()
