"""Runs the whole suite against one endpoint."""

import time
from pathlib import Path

import httpx

from .cases import Case, DescriptionCase, HttpCase, Mismatch, QueryCase, SyntaxCase, UpdateCase
from .check_description import check_description
from .check_http import check_http
from .check_sparql import check_query, check_syntax, check_update
from .endpoint import Endpoint, Session
from .manifest import MANIFESTS, read_suite
from .report import Outcome, Report
from .results import JSON

ROOT = Path(__file__).resolve().parents[3]
DEFAULT_SUITE = ROOT.parent / "shared" / "w3c" / "sparql" / "sparql11"


def run_suite(endpoint: Endpoint, suite_dir: Path, only: str | None = None) -> Report:
    """Runs the tests whose name matches `only`; the endpoint's data are lost.

    Raises `httpx.ConnectError` where there is no endpoint to begin with.
    """
    started = time.monotonic()
    report = Report()
    with Session(endpoint) as session:
        session.query(b"ASK {}", JSON)
        for case in in_order(read_suite(suite_dir, only)):
            report.outcomes.append(run_case(case, session))
        report.writes = session.writes
    report.seconds = time.monotonic() - started
    return report


def run_case(case: Case, session: Session) -> Outcome:
    """Runs one test; whatever goes wrong in it is its reason to fail."""
    try:
        _check(case, session)
    except Mismatch as mismatch:
        return Outcome(case.name, case.title, case.category, str(mismatch))
    except httpx.HTTPError as error:
        reason = f"no whole answer: {type(error).__name__}: {error}"
        return Outcome(case.name, case.title, case.category, reason)
    return Outcome(case.name, case.title, case.category)


def in_order(cases: list[Case]) -> list[Case]:
    """The cases by category, those of one dataset together so that it is set up but once."""
    order = list(MANIFESTS)
    return sorted(cases, key=lambda case: (order.index(case.category), *_needs(case)))


def _needs(case: Case) -> tuple[str, bool]:
    """The dataset a case starts from and whether it leaves another one behind."""
    match case:
        case QueryCase():
            return case.data.as_update(), False
        case UpdateCase():
            return case.before.as_update(), not case.changes_nothing
        case HttpCase(data=data) if data is not None:
            return data.as_update(), True
    return "", True


def _check(case: Case, session: Session) -> None:
    match case:
        case QueryCase():
            check_query(case, session)
        case SyntaxCase():
            check_syntax(case, session)
        case UpdateCase():
            check_update(case, session)
        case HttpCase():
            check_http(case, session)
        case DescriptionCase():
            check_description(case, session)
