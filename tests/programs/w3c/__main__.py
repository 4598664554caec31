"""The command: `python -m tests.programs.w3c --query URL --update URL --graphs URL [--token T]`."""

import argparse
import sys
from pathlib import Path

import httpx

from .endpoint import Endpoint
from .suite import DEFAULT_SUITE, run_suite


def main(arguments: list[str] | None = None) -> int:
    """Prints what failed and the totals; 1 if a test failed that is no known difference."""
    options = _parser().parse_args(arguments)
    if not options.suite.is_dir():
        print(f"The W3C SPARQL 1.1 test suite is not there: {options.suite}")
        return 0
    endpoint = Endpoint(options.query, options.update, options.graphs, options.token)
    try:
        report = run_suite(endpoint, options.suite, options.only)
    except httpx.ConnectError as error:
        print(f"No endpoint answers at {options.query}: {error}")
        return 1
    for line in report.lines():
        print(line)
    return 1 if report.unexpected() else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.programs.w3c",
        description="Runs the W3C SPARQL 1.1 tests against an endpoint, whose data are lost.",
    )
    parser.add_argument("--query", required=True, metavar="URL", help="answers queries")
    parser.add_argument("--update", required=True, metavar="URL", help="makes updates")
    parser.add_argument("--graphs", required=True, metavar="URL", help="is the graph store")
    parser.add_argument("--token", metavar="T", help="opens the two that write")
    parser.add_argument(
        "--suite",
        type=Path,
        default=DEFAULT_SUITE,
        metavar="DIR",
        help="holds the manifests (default: %(default)s)",
    )
    parser.add_argument("--only", metavar="REGEX", help="keeps the tests it is found in")
    return parser


if __name__ == "__main__":
    sys.exit(main())
