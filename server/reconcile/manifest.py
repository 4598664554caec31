"""What the service says of itself: where what is, in the words of the specification 0.2."""

from importlib.metadata import version

from loader.release.namespaces import BASE
from server.i18n.texts import LANGUAGES, texts
from server.page.links import link
from server.page.static import static_link
from server.reconcile.batch import MOST_QUERIES
from server.reconcile.documents import Document
from server.reconcile.offer import offer

PREVIEW_WIDTH, PREVIEW_HEIGHT = 430, 300
# The id goes into an address as the client encodes it.
ID = "{{id}}"


def manifest(address: str, language: str) -> Document:
    """The manifest; its addresses keep the language and the release that this one has."""
    translate = texts(language).gettext
    types = [{"id": one.id, "name": one.name(language)} for one in offer().types.values()]
    return {
        "versions": ["0.2"],
        "name": translate("Missions of the Special Advisers"),
        "identifierSpace": BASE,
        "schemaSpace": f"{BASE}reconcile/type/",
        "documentation": f"{address}{link('/reconcile')}",
        "serviceVersion": version("un-missions"),
        "logo": f"{address}{static_link('icon.svg')}",
        "defaultTypes": types,
        "view": {"url": f"{address}/{ID}"},
        "feature_view": {"url": f"{address}{link('/reconcile')}#{ID}"},
        "batchSize": MOST_QUERIES,
        "preview": {
            "url": f"{address}{_preview()}",
            "width": PREVIEW_WIDTH,
            "height": PREVIEW_HEIGHT,
        },
        "suggest": {
            what: {"service_url": address, "service_path": link(f"/reconcile/suggest/{what}")}
            for what in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": address, "service_path": link("/reconcile/extend/propose")},
            "property_settings": _settings(language),
        },
    }


def _preview() -> str:
    """An address with a place for an id, whose braces must stay as they are."""
    path = link("/reconcile/preview")
    return f"{path}{'&' if '?' in path else '?'}id={ID}"


def _settings(language: str) -> list[Document]:
    translate = texts(language).gettext
    names = {"en": "English", "ar": "العربية"}
    return [
        {
            "name": "lang",
            "type": "select",
            "label": translate("Language"),
            "default": language,
            "choices": [{"value": code, "name": names[code]} for code in LANGUAGES],
            "help_text": translate("The language of names and texts"),
        },
        {
            "name": "limit",
            "type": "number",
            "label": translate("At most so many values"),
            "default": 0,
            "help_text": translate("0 for all of them"),
        },
    ]
