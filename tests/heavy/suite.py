"""All checks, in the order in which they run."""

from . import attacks

CHECKS = [*attacks.CHECKS]
