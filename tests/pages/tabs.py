"""The tabs in which tests see pages; each notes what a page asks for and complains of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, ViewportSize

from tests.server.servers import Server

WIDE, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
SMALLEST = ViewportSize(width=320, height=568)  # WCAG 2.2, 1.4.10


@dataclass
class Tab:
    """A tab of a browser on one server."""

    page: Page
    server: Server
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str) -> int:
        """Goes to an address of the server and forgets what was noted before; the status of the answer."""
        self.hosts.clear()
        self.complaints.clear()
        response = self.page.goto(self.server.url + address, wait_until="load")
        assert response
        return response.status

    @property
    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.page.evaluate(width))

    def see(self, request: Request) -> None:
        self.hosts.add(urlsplit(request.url).netloc)

    def dismiss(self, dialog: Dialog) -> None:
        """A page of ours never opens one."""
        self.complaints.append(f"A dialog opened: {dialog.message}")
        dialog.dismiss()

    def hear(self, message: ConsoleMessage) -> None:
        """Notes an error or a warning, but not that the page itself is one about an error."""
        is_its_status = (
            message.location.get("url") == self.page.url and "the server responded" in message.text
        )
        if message.type in ("error", "warning") and not is_its_status:
            self.complaints.append(message.text)


Tabs = Callable[..., Tab]


def new_tab(browser: Browser, server: Server, language: str, script: bool = True) -> Tab:
    """A tab with a session of its own, in a language."""
    context = browser.new_context(
        locale=language,
        viewport=WIDE,
        java_script_enabled=script,
        reduced_motion="reduce",
    )
    tab = Tab(context.new_page(), server)
    tab.page.on("request", tab.see)
    tab.page.on("console", tab.hear)
    tab.page.on("dialog", tab.dismiss)
    tab.page.on("pageerror", lambda error: tab.complaints.append(str(error)))
    return tab
