"""Cuts a result to what a client takes: whole items, how many there are, and where to go on."""

import json
from collections.abc import Sequence

MOST_BYTES = 24_000
Document = dict[str, object]


def portion(items: Sequence[object], offset: int, release: str, **more: object) -> Document:
    """As many items from `offset` on as fit; `next_offset` is where the rest begins, on the same release.

    An item that is longer than all the room is cut to its beginning.
    """
    head: Document = {"release": release, **more, "total": len(items), "offset": offset}
    room = MOST_BYTES - _size({**head, "items": [], "truncated": True, "next_offset": len(items)})
    taken: list[object] = []
    for item in items[max(offset, 0) :]:
        room -= _size(item) + 2
        if room < 0:
            break
        taken.append(item)
    if not taken and offset < len(items):
        taken = [f"{json.dumps(items[offset], ensure_ascii=False)[: MOST_BYTES // 8]}…"]
    end = offset + len(taken)
    is_cut = end < len(items)
    rest: Document = {"next_offset": end} if is_cut else {}
    return {**head, "items": taken, "truncated": is_cut, **rest}


def _size(value: object) -> int:
    return len(json.dumps(value, ensure_ascii=False).encode())
