"""Builds a release from the inputs, unless nothing has changed since the current one."""

from dataclasses import dataclass
from pathlib import Path

from loader.inputs import Inputs
from loader.problems import Problem
from loader.progress import Progress
from loader.proof import Deviation
from loader.release.release import Release
from loader.release.releases import Releases


@dataclass(frozen=True)
class Built:
    """The current release after a build, whether the build made it, warnings, and queries that surprise."""

    release: Release
    is_new: bool
    warnings: tuple[Problem, ...] = ()
    differences: tuple[Deviation, ...] = ()


def build(
    inputs: Inputs, store: Path, progress: Progress, overwrite: bool = False, activate_in: float = 0.0
) -> Built:
    """Publishes what the inputs say.

    Raises BuildRefused where they hold mistakes, and UpdatedSince where a write would be undone and that is
    not asked for by `overwrite`; the current release then stays as it was.
    """
    releases = Releases(store, activate_in)
    with releases.locked():
        current = releases.current()
        if current and current.manifest.inputs == inputs.digests() and not overwrite:
            return Built(current, is_new=False)
        # What reads and validates takes longer to import than it takes to see that nothing has changed.
        from loader.check import check
        from loader.publish import publish

        checked = check(inputs, progress)
        progress("publishing")
        release = publish(checked.draft, inputs, releases, overwrite)
        return Built(
            release,
            is_new=True,
            warnings=tuple(checked.warnings),
            differences=tuple(checked.differences),
        )
