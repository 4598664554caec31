"""The browser that the tests of a module share, and its tabs."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.pages.chromium import CHROMIUM, launched
from tests.pages.tabs import Tab, Tabs, new_tab
from tests.server.servers import Server


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test that uses the browser, before some are chosen by their markers."""
    for item in items:
        if isinstance(item, pytest.Function) and "browser" in item.fixturenames:
            item.add_marker("browser")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not on this machine: apt-get install chromium")
    with launched() as running:
        yield running


@pytest.fixture(scope="module")
def tabs(browser: Browser, server: Server) -> Tabs:
    """Gives a tab for a language, always the same one for the same wishes."""
    opened: dict[tuple[str, bool], Tab] = {}

    def tab(language: str = "en", script: bool = True) -> Tab:
        if (language, script) not in opened:
            opened[language, script] = new_tab(browser, server, language, script)
        return opened[language, script]

    return tab
