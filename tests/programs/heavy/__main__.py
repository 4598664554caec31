"""The command: `python -m tests.programs.heavy [NAME…]`; without names everything runs."""

import argparse
import resource
import sys
import time
import traceback

from .outcome import Check, Outcome, Result, table
from .suite import CHECKS


def main(arguments: list[str] | None = None) -> int:
    """Runs the checks whose names begin with one of those given; 1 where one failed."""
    options = _parser().parse_args(arguments)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    chosen = [check for check in CHECKS if not options.names or check.name.startswith(tuple(options.names))]
    if options.list or not chosen:
        print("\n".join(f"{check.name:24} {check.holds}" for check in CHECKS))
        return 0 if options.list else 2
    began = time.monotonic()
    results = [_run(check) for check in chosen]
    print(f"\n{table(results)}\n\n{time.monotonic() - began:.0f} s in all")
    return 0 if all(result.outcome.ok for result in results) else 1


def _run(check: Check) -> Result:
    """Runs one check, and once more where it missed nothing but a time."""
    began = time.monotonic()
    outcome = _outcome(check)
    if outcome.late:
        print(f"again {check.name}: {outcome.figures}", flush=True)
        outcome = _outcome(check)
    result = Result(check, outcome, time.monotonic() - began)
    print(result.line(), flush=True)
    return result


def _outcome(check: Check) -> Outcome:
    try:
        return check.run()
    except Exception as error:
        traceback.print_exc()
        return Outcome(False, f"the check itself ended with {error!r}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.programs.heavy",
        description="Attacks servers of its own and looks whether everything that must hold holds.",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="runs what begins so; all without one")
    parser.add_argument("--list", action="store_true", help="only names the checks")
    return parser


if __name__ == "__main__":
    sys.exit(main())
