"""axe-core finds nothing serious on a page of any kind, in both languages, light and dark."""

from typing import Literal

import pytest
from playwright.sync_api import Page

from loader.inputs import PROJECT
from tests.pages.addresses import KINDS, LANGUAGES, Kind
from tests.pages.tabs import Tab, Tabs

AXE = PROJECT / "server/assets/node_modules/axe-core/axe.min.js"
pytestmark = pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: make assets")
# The pages of the site, and drawings that other sites frame.
EXAMINED = (
    *KINDS,
    Kind("embedded-map", "/embed/queries/places-visited"),
    Kind("embedded-network", "/embed/queries/envoys-and-bodies"),
)
SERIOUS = ("serious", "critical")
# Elements of one tag and class in the same surroundings look the same: three of each are enough for colours.
SAMPLES = """window.samples = () => {
  const name = element => element ? `${element.tagName}.${element.getAttribute('class') ?? ''}` : '';
  const seen = new Map();
  return [...document.querySelectorAll('body *')].filter(element => {
    const place = [element, element.parentElement, element.parentElement?.parentElement].map(name).join();
    const number = (seen.get(place) ?? 0) + 1;
    seen.set(place, number);
    return number <= 3 && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  });
}"""
# One begins while the other still works: with two processors that halves the time.
BEGIN = """colours => {
  const rules = {'color-contrast': {enabled: false}, 'target-size': {enabled: true}};
  const options = colours ? {runOnly: ['color-contrast']} : {rules};
  window.found = axe.run(colours ? samples() : document, {resultTypes: ['violations'], ...options});
}"""
END = """async () => {
  const short = nodes => nodes.map(node => node.html.slice(0, 200));
  return (await window.found).violations.map(v => ({id: v.id, impact: v.impact, nodes: short(v.nodes)}));
}"""


@pytest.fixture(scope="module")
def examined(tabs: Tabs) -> list[Tab]:
    """A tab for each language, with axe put in by the browser's own hand: the page keeps its policy."""
    found = [tabs(language) for language in LANGUAGES]
    for tab in found:
        tab.page.add_init_script(path=AXE)
        tab.page.add_init_script(SAMPLES)
    return found


@pytest.mark.parametrize("number", range(0, len(EXAMINED), 10), ids=[kind.name for kind in EXAMINED[::10]])
def test_nobody_is_kept_out_of_a_page(examined: list[Tab], number: int) -> None:
    """Some kinds, in one language, light or dark, by turns; the rest with `make heavy`."""
    turn = number // 10 % 2
    _examine(examined[turn : turn + 1], EXAMINED[number], "dark" if number // 10 % 3 > 1 else "light")


@pytest.mark.matrix
@pytest.mark.parametrize("kind", EXAMINED, ids=lambda kind: kind.name)
def test_nobody_is_kept_out_in_either_language_by_day_or_night(examined: list[Tab], kind: Kind) -> None:
    _examine(examined, kind, "light", "dark")


def _examine(tabs: list[Tab], kind: Kind, *schemes: Literal["light", "dark"]) -> None:
    pages = [tab.page for tab in tabs]
    for tab in tabs:
        assert tab.open(kind.address) == kind.status
    assert _serious(pages, colours=False) == []
    for scheme in schemes:  # they differ in nothing else
        for page in pages:
            page.emulate_media(color_scheme=scheme)
        assert _serious(pages, colours=True) == []


def _serious(pages: list[Page], colours: bool) -> list[dict[str, object]]:
    for page in pages:
        page.evaluate(BEGIN, colours)
    found = [violation for page in pages for violation in page.evaluate(END)]
    return [violation for violation in found if violation["impact"] in SERIOUS]
