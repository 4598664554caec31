"""Asks an app for one page of every kind, in both languages."""

import re

from flask import Flask

from server.i18n.texts import LANGUAGES
from server.processes.isolation import has_one_thread

ADDRESSES = ("/", "/sparql", "/queries", "/ontology", "/sources", "/search?q=a", "/missions", "/meetings",
             "/people", "/institutions", "/places", "/topics")  # fmt: skip
_THINGS = re.compile(
    r'href="(/(?:mission|meeting|person|post|institution|place|topic|source|sources)/[^"?#]+)'
)


def warm(app: Flask) -> None:
    """Looks at the pages, and at one thing of each list; what cannot be shown is no reason to stop."""
    client = app.test_client()
    for language in LANGUAGES:
        seen: set[str] = set()
        headers = {"Accept": "text/html", "Accept-Language": language}
        for address in ADDRESSES:
            page = client.get(address, headers=headers).get_data(as_text=True)
            for thing in _THINGS.findall(page):
                kind = thing.split("/")[1]
                if kind not in seen:
                    seen.add(kind)
                    client.get(thing, headers=headers)
    assert has_one_thread(), "a page has started a thread, which no holder may have"
