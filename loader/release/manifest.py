"""The manifest of a release: what it holds, from which inputs, and who wrote it when."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

FILE_NAME = "manifest.json"


def number_of(release_id: str) -> int:
    """The number with which the id of a release begins; a later release has a larger one."""
    return int(release_id.partition("-")[0])


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What is known of a release before any of its data is opened.

    `inputs` maps each input file to its SHA-256, and each package that makes the triples to its version;
    `graphs` each graph that the build made to its number of quads; `files` each file of the stores to its
    size and SHA-256. `written` is UTC in ISO 8601; `program` is the version of un-missions that wrote it.
    `ancestors` are the releases it came of, the parent first; `activate` is the instant, as `written` is one,
    from which it answers, here and wherever it was brought before that.
    """

    id: str
    written: str
    writer: str
    quads: int
    graphs: dict[str, int] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    quads_sha256: str = ""
    parent: str = ""
    program: str = ""
    ancestors: tuple[str, ...] = ()
    activate: str = ""

    @property
    def kind(self) -> str:
        """What wrote it: `build`, `load` (or an unload), `write` or `view`."""
        kind = self.writer.partition(" ")[0]
        return "load" if kind == "unload" else kind

    def write(self, release: Path) -> None:
        """Writes the manifest into the directory of its release."""
        text = json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False)
        (release / FILE_NAME).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, release: Path) -> "Manifest":
        """The manifest of a release directory.

        Raises OSError or ValueError where there is none or it is damaged.
        """
        try:
            return cls.parse((release / FILE_NAME).read_bytes())
        except ValueError as error:
            raise ValueError(f"{release / FILE_NAME} is not a manifest: {error}") from error

    @classmethod
    def parse(cls, text: bytes) -> "Manifest":
        """The manifest that is written so. Raises ValueError where it is none."""
        content = json.loads(text)
        try:
            files = {name: (int(size), str(digest)) for name, (size, digest) in content.pop("files").items()}
            # Those that were written before there were ancestors know their parent.
            ancestors = tuple(content.pop("ancestors", filter(None, [content.get("parent", "")])))
            return cls(files=files, ancestors=ancestors, **content)
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError(str(error)) from error


# That of a release which holds nothing yet; what it does not say is filled in when the release is published.
EMPTY = Manifest(id="", written="", writer="", quads=0)
