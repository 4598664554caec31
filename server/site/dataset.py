"""The data set in the words of schema.org, for those who look for data."""

from collections.abc import Mapping
from pathlib import Path

from server.asking.labels import known_table
from server.engine.snapshot import Snapshot
from server.formats import DUMPS
from server.http.answers import LICENCE
from server.http.signposting import DATASET
from server.http.state import state

QUERY = Path(__file__).with_name("dataset.rq").read_text(encoding="utf-8")
Description = dict[str, object]


def dataset_description(release: Snapshot, known: Mapping[str, str]) -> Description:
    """A schema.org Dataset; `known` has the first and last day of what is told, if there is one."""
    server, manifest = state().settings.address, release.manifest
    days = [known[name] for name in ("first", "last") if name in known]
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": DATASET,
        "identifier": DATASET,
        "url": f"{server}/",
        **_texts(release),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "inLanguage": ["ar", "en"],
        "version": release.id,
        "dateModified": manifest.written,
        **({"temporalCoverage": "/".join(days)} if days else {}),
        "includedInDataCatalog": {"@type": "DataCatalog", "url": f"{server}/data/"},
        "distribution": [_download(server, one.name, one.media_type) for one in DUMPS],
    }


def _texts(release: Snapshot) -> Description:
    """Title and description in each language."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in known_table(release, QUERY).dictionaries():
        text = {"@value": row["text"].value, "@language": row["text"].language}
        found.setdefault(row["what"].value, []).append(text)
    return {name: sorted(texts, key=lambda text: text["@language"]) for name, texts in sorted(found.items())}


def _download(server: str, name: str, media_type: str) -> Description:
    return {
        "@type": "DataDownload",
        "contentUrl": f"{server}/data/latest.{name}",
        "encodingFormat": media_type,
    }
