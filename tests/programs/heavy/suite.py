"""All checks, in the order in which they run."""

from . import (
    answers,
    attacks,
    callers,
    containers,
    damage,
    disks,
    engines,
    floods,
    isolation,
    kills,
    links,
    publishing,
    soak,
    times,
)

CHECKS = [
    *attacks.CHECKS,
    *floods.CHECKS,
    *times.CHECKS,
    *answers.CHECKS,
    *kills.CHECKS,
    *disks.CHECKS,
    *damage.CHECKS,
    *isolation.CHECKS,
    *callers.CHECKS,
    *engines.CHECKS,
    *links.CHECKS,
    *containers.CHECKS,
    *publishing.CHECKS,
    *soak.CHECKS,
]
