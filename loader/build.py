"""Builds a release from the inputs, unless nothing has changed since the current one."""

from dataclasses import dataclass
from pathlib import Path

from loader.inputs import Inputs
from loader.progress import Progress
from loader.release.releases import Release, Releases


@dataclass(frozen=True)
class Built:
    """The current release after a build, and whether the build made it."""

    release: Release
    is_new: bool


def build(inputs: Inputs, store: Path, progress: Progress) -> Built:
    """Publishes what the inputs say.

    Raises BuildRefused where they hold mistakes; the current release then stays as it was.
    """
    releases = Releases(store)
    with releases.locked():
        current = releases.current()
        if current and current.manifest.inputs == inputs.digests():
            return Built(current, is_new=False)
        from loader.assemble import assemble  # needs SHACL, which takes half a second to import
        from loader.publish import publish

        draft = assemble(inputs, progress)
        progress("publishing")
        return Built(publish(draft, inputs, releases), is_new=True)
