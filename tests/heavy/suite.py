"""All checks, in the order in which they run."""

from . import attacks, floods, times

CHECKS = [*attacks.CHECKS, *floods.CHECKS, *times.CHECKS]
