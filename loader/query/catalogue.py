"""The saved queries of each release, read once; a release never changes, so neither do its queries."""

import threading
from collections import OrderedDict

from loader.query.saved_query import SavedQuery, read_saved_queries
from loader.release.releases import Release

MOST_RELEASES = 4


class Catalogue:
    """Gives the saved queries of a release by name; safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queries: OrderedDict[str, dict[str, SavedQuery]] = OrderedDict()

    def of(self, release: Release) -> dict[str, SavedQuery]:
        """The queries that were proved on this release; none where it has no folder for them."""
        with self._lock:
            if release.id not in self._queries:
                self._queries[release.id] = read_saved_queries(release.queries)
                while len(self._queries) > MOST_RELEASES:
                    self._queries.popitem(last=False)
            return self._queries[release.id]
