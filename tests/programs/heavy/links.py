"""A check of the tables of links by the official validator of their format, SSSOM."""

import subprocess

from loader.inputs import PROJECT

from .outcome import Check, Outcome, judged, skipped
from .packages import installed

VALIDATOR = "sssom==0.4.21"


def _valid() -> Outcome:
    with installed(VALIDATOR) as programs:
        if not programs:
            return skipped(f"{VALIDATOR} cannot be installed")
        tables = sorted((PROJECT / "data/links").glob("*.sssom.tsv"))
        complaints = []
        for table in tables:
            done = subprocess.run([programs / "sssom", "validate", table], capture_output=True, text=True)
            if done.returncode:
                complaints.append(f"{table.name}: {done.stderr[-300:]}")
    return judged(complaints, f"{len(tables)} tables")


CHECKS = [Check("links-valid", "the official validator of SSSOM accepts the tables of links", _valid)]
