"""Follows a Containerfile step by step in folders of its own, where no engine for containers is at hand.

Each stage is a copy of a root folder with Debian and Python, into which every step changes its root.
"""

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

BASE = ("--variant=minbase", "--include=python3,python3-venv,ca-certificates", "bookworm")
PLACES = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# How this machine reaches packages, where that is not as everywhere.
OF_THE_MACHINE = ("/etc/resolv.conf", "/etc/hosts", "/etc/pip.conf", "/etc/ssl/certs/ca-certificates.crt")
NOT_FOR_A_STEP = ("PYTHON", "VIRTUAL_ENV", "UNMISSIONS_", "VIRTUOSO", "CLIENTS_")
STEP = """mount --make-rprivate /; mount -t proc proc "$0/proc"; mount --rbind /dev "$0/dev"
exec chroot --userspec="$1" "$0" /bin/sh -c 'cd "$0" && exec "$@"' "$2" "${@:3}" """
# The root is only read, but for /tmp and for the volume.
READ_ONLY = """mount --make-rprivate /; mount --bind "$0" "$0"; mount -t proc proc "$0/proc"
mount --rbind /dev "$0/dev"; mount -t tmpfs tmpfs "$0/tmp"; mount --bind "$3" "$0/srv"
mount -o remount,ro,bind "$0"
exec chroot --userspec="$1" "$0" /bin/sh -c 'cd "$0" && exec "$@"' "$2" "${@:4}" """


@dataclass
class Image:
    """A stage: its root folder, and what it says about how it is run."""

    root: Path
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": PLACES, "HOME": "/root"})
    folder: str = "/"
    user: str = "0"
    says: dict[str, list[str]] = field(default_factory=dict)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Runs a command in the root, as the user of the stage."""
        return subprocess.run(
            self._command(STEP, [self.folder, *command]),
            env={**_of_packages(), **self.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def started(self, volume: Path, log: Path, more: Mapping[str, str]) -> "subprocess.Popen[bytes]":
        """Its own command in a root that is only read, with a folder as volume; the caller ends it."""
        command = [self.folder, str(volume), *self.says["ENTRYPOINT"], *self.says["CMD"]]
        with log.open("wb") as output:
            environment = {**self.environment, **more}
            return subprocess.Popen(
                self._command(READ_ONLY, command), env=environment, stdout=output, stderr=output
            )

    def _command(self, script: str, arguments: Sequence[str]) -> list[str]:
        alone = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
        return [*alone, "bash", "-ec", script, str(self.root), f"{self.user}:{self.user}", *arguments]


def made(file: Path, context: Path, base: Path, folder: Path) -> Image:
    """The last stage of a file. Raises RuntimeError where a step fails, and KeyError for an unknown one."""
    stages: dict[str, Image] = {}
    image = Image(base)
    for instruction, text in instructions(file):
        if instruction == "FROM":
            name = text.partition(" AS ")[2] or f"stage-{len(stages)}"
            image = stages[name] = Image(_copied_root(base, folder / name))
        else:
            STEPS[instruction](image, text, context, stages)
    return image


def instructions(file: Path) -> Iterator[tuple[str, str]]:
    """Each instruction with its text, lines that go on joined."""
    lines = [line for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        instruction, _, text = line.partition(" ")
        yield instruction, " ".join(text.split())


def _copied_root(base: Path, root: Path) -> Path:
    subprocess.run(["cp", "-a", base, root], check=True)
    for path in OF_THE_MACHINE:
        if Path(path).is_file():
            shutil.copy(path, f"{root}{path}")
    if (settings := Path.home() / ".npmrc").is_file():
        shutil.copy(settings, root / "root/.npmrc")
    return root


def _run(image: Image, text: str, *_rest: object) -> None:
    done = image.run("/bin/sh", "-ec", text)
    if done.returncode:
        raise RuntimeError(f"RUN {text[:60]}: {done.stdout[-800:]}")


def _copy(image: Image, text: str, context: Path, stages: Mapping[str, Image]) -> None:
    words = text.split()
    stage = next((word.removeprefix("--from=") for word in words if word.startswith("--from=")), "")
    source, target = words[-2:]
    into = image.root / str(Path(image.folder, target)).lstrip("/")
    into.mkdir(parents=True, exist_ok=True)
    whole = stages[stage].root / source.lstrip("/") if stage else context / source
    left_out = [] if stage else (context / ".containerignore").read_text("utf-8").split()
    options = [option for name in left_out for option in (f"--exclude=./{name}", f"--exclude={name}")]
    with subprocess.Popen(["tar", "-C", whole, *options, "-cf", "-", "."], stdout=subprocess.PIPE) as packing:
        subprocess.run(["tar", "-C", into, "--no-same-owner", "-xf", "-"], stdin=packing.stdout, check=True)


def _environment(image: Image, text: str, *_rest: object) -> None:
    for pair in shlex.split(text):
        name, _, value = pair.partition("=")
        image.environment[name] = value.replace("$PATH", image.environment["PATH"])


def _folder(image: Image, text: str, *_rest: object) -> None:
    image.folder = text
    (image.root / text.lstrip("/")).mkdir(parents=True, exist_ok=True)


def _user(image: Image, text: str, *_rest: object) -> None:
    image.user = text


def _said(name: str) -> Callable[..., None]:
    def remember(image: Image, text: str, *_rest: object) -> None:
        _, bracket, words = text.partition("[")
        image.says[name] = json.loads(bracket + words) if bracket else text.split()

    return remember


def _of_packages() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(NOT_FOR_A_STEP)}


STEPS: dict[str, Callable[..., None]] = {
    "RUN": _run,
    "COPY": _copy,
    "ENV": _environment,
    "WORKDIR": _folder,
    "USER": _user,
    **{name: _said(name) for name in ("ENTRYPOINT", "CMD", "HEALTHCHECK", "VOLUME", "EXPOSE")},
}
