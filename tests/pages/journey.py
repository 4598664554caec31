"""A visitor on the way from the home page to an answer, whose clicks and taps are counted."""

from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.server.servers import Server

LONGEST = 10_000  # milliseconds until what was pressed has to be there


@dataclass
class Journey:
    """One way through the pages in a language and at a width; a phone is touched, a desk has a mouse."""

    page: Page
    language: str
    clicks: int = 0

    @property
    def is_phone(self) -> bool:
        return (self.page.viewport_size or {"width": 0})["width"] < 640

    def press(self, there: Locator) -> None:
        """A click of the mouse or a tap of the finger on the first of these."""
        self.clicks += 1
        if self.is_phone:
            there.first.tap()
        else:
            there.first.click()

    def follow(self, name: str) -> None:
        """Presses a link or a button by what is written on it."""
        link = self.page.get_by_role("link", name=name)
        self.press(link.or_(self.page.get_by_role("button", name=name)))

    def follow_to(self, address: str) -> None:
        """Presses a link of the page by where it leads."""
        self.press(self.page.locator(f"main a[href^='{address}'], nav a[href='{address}']"))

    def find(self, words: str, name: str = "") -> None:
        """Types into the search of the page, and presses what it offers by this name, or first."""
        self.page.locator("#find").fill(words)
        self.press(self.page.locator("#find-hits li", has_text=name))

    def sees(self, *texts: str) -> None:
        """Each of these is there to be read, not folded away."""
        for text in texts:
            expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()

    def reads(self, quotation: str) -> None:
        """These words of a source stand there as a quotation, on a phone perhaps in a sheet."""
        quoted = self.page.locator("blockquote, .passage p", has_text=quotation)
        quoted.first.wait_for(state="attached")
        self.page.wait_for_load_state()
        opener = self.page.locator(".opener button")
        if self.is_phone and opener.is_visible():
            self.press(opener)
        expect(quoted.locator("visible=true").first).to_be_visible()


def begun(browser: Browser, server: Server, language: str, size: ViewportSize) -> Journey:
    """At the home page, as somebody who was never there."""
    context = browser.new_context(
        locale=language, viewport=size, has_touch=size["width"] < 640, reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(LONGEST)
    page.goto(server.url)
    return Journey(page, language)
