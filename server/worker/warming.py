"""Makes what pages need before they are asked for: what no release changes, then a page of every kind."""

import re
from contextlib import suppress

from flask import Flask

from server.engine.interface import Engine
from server.i18n.texts import LANGUAGES, texts
from server.ontology.questions import names_in
from server.page.render import compile_templates
from server.processes.isolation import has_one_thread
from server.refusal import Refused

ADDRESSES = ("/", "/sparql", "/queries", "/ontology", "/sources", "/search?q=a", "/missions", "/meetings",
             "/people", "/institutions", "/places", "/topics", "/reconcile/suggest/entity")  # fmt: skip
_THINGS = re.compile(
    r'href="(/(?:mission|meeting|person|post|institution|place|topic|source|sources)/[^"?#]+)'
)


def prepare(app: Flask, engine: Engine) -> None:
    """The templates, the texts and the saved queries, which later releases mostly have unchanged."""
    compile_templates(app)
    for language in LANGUAGES:
        texts(language)
    with suppress(Refused):
        for query in engine.snapshot().queries.values():
            names_in(query.text)


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
