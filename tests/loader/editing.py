"""Changes to a copy of the inputs, each of which says on which line it was made."""

from pathlib import Path


def change(project: Path, file: str, old: str, new: str) -> int:
    """Replaces the first occurrence of a text; returns its line."""
    path = project / file
    text = path.read_text(encoding="utf-8")
    before, found, after = text.partition(old)
    assert found, f"{old!r} is not in {file}"
    path.write_text(before + new + after, encoding="utf-8")
    return before.count("\n") + 1


def keep_missions(project: Path, *kept: str) -> None:
    """Leaves few missions of the Arabic page, else four with which the rest makes sense, for quick builds.

    What other sources tell stays: whom only they name is in the reference files.
    """
    for path in (project / "data/missions").iterdir():
        is_of_the_page = "unm:toldIn <section/20" in path.read_text(encoding="utf-8")
        is_kept = path.name.startswith(kept or ("2012-abuja", "2010-west-africa", "2011-brussels"))
        if is_of_the_page and not is_kept:
            path.unlink()


def append(project: Path, file: str, text: str) -> int:
    """Adds a text at the end of a file, which may be new; returns its first line."""
    path = project / file
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(before + text, encoding="utf-8")
    return before.count("\n") + 1
