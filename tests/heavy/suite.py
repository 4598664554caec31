"""All checks, in the order in which they run."""

from . import attacks, damage, faults, floods, isolation, publishing, times

CHECKS = [
    *attacks.CHECKS,
    *floods.CHECKS,
    *times.CHECKS,
    *faults.CHECKS,
    *damage.CHECKS,
    *isolation.CHECKS,
    *publishing.CHECKS,
]
