"""The processes of the server and their memory, as the kernel counts them."""

from pathlib import Path


def tree_memory(root: int) -> dict[str, int]:
    """The processes below one, counted, and their memory in bytes, shared pages divided among them (PSS)."""
    tree = process_tree(root)
    return {"processes": len(tree), "bytes": sum(_proportional_bytes(pid) for pid in tree)}


def process_tree(root: int) -> list[int]:
    """A process and all below it."""
    children = _children()
    waiting, found = [root], []
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children.get(pid, [])
    return found


def _children() -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    return children


def _proportional_bytes(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        return 0
    return 0
