"""The pages that a search engine may know: of the things, the sources and the questions."""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from loader.release.namespaces import BASE
from server.asking.labels import known_table
from server.engine.snapshot import Snapshot
from server.sources.pages import slugs
from server.things.routes import KINDS

QUERY = Path(__file__).with_suffix(".rq").read_text(encoding="utf-8")
# What people begin with, as far as this server has it.
FIRST = (
    *("/", "/missions", "/people", "/institutions", "/places", "/topics"),
    *("/sources", "/queries", "/reports", "/ontology", "/data/", "/reconcile", "/about", "/help"),
)
# The protocol allows 50,000 addresses and 50 MB a file, and each page has two; this is far below both.
MOST = 5000


def sitemap(release: Snapshot, served: Iterable[str]) -> list[list[str]]:
    """The paths of all pages of a release, in parts of which each gives one file.

    `served` are the addresses that the app has. Raises Refused.
    """
    known = set(served)
    paths = [path for path in FIRST if path in known]
    paths += [f"/sources/{quote(slug)}" for slug in sorted(slugs(release))]
    paths += [f"/queries/{name}" for name in release.queries]
    paths += [f"/reports/{name}" for name in release.reports]
    paths += _things(release)
    return [paths[first : first + MOST] for first in range(0, len(paths), MOST)]


def _things(release: Snapshot) -> list[str]:
    rows = known_table(release, QUERY).dictionaries()
    names = (row["thing"].value.removeprefix(BASE).partition("/") for row in rows)
    return [f"/{kind}/{quote(slug)}" for kind, _, slug in names if _is_ours(kind, slug)]


def _is_ours(kind: str, slug: str) -> bool:
    return kind in KINDS and slug != "" and "/" not in slug
