"""Takes a picture of every kind of page for people to look at: `python tests/pages/tour.py ADDRESS FOLDER`.

ADDRESS is that of a running server. Each page is taken at the width of a desk and of a phone, in both
languages, and for the desk in the dark too. Names of kinds behind the folder take only those.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize

from tests.pages.addresses import KINDS, LANGUAGES
from tests.pages.chromium import CHROMIUM, launched

SIZES = {"desk": (1280, "light"), "dark": (1280, "dark"), "phone": (390, "light")}
# A longer page is cut here: pictures are for eyes.
MOST_PIXELS = 4000


def main(address: str, folder: Path, names: list[str]) -> None:
    """Writes `<kind>-<language>-<size>.png` for each."""
    folder.mkdir(parents=True, exist_ok=True)
    with launched() as browser:
        for language in LANGUAGES:
            for size in SIZES:
                _take(browser, address, folder, names, language, size)


def _take(browser: Browser, address: str, folder: Path, names: list[str], language: str, size: str) -> None:
    width, scheme = SIZES[size]
    context = browser.new_context(
        locale=language,
        viewport=ViewportSize(width=width, height=900),
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    for kind in KINDS:
        if not names or kind.name in names:
            page.goto(address + kind.address)
            page.wait_for_timeout(150)
            height = min(int(page.evaluate("document.documentElement.scrollHeight")), MOST_PIXELS)
            page.set_viewport_size(ViewportSize(width=width, height=height))
            page.screenshot(path=folder / f"{kind.name}-{language}-{size}.png")
            page.set_viewport_size(ViewportSize(width=width, height=900))
    context.close()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    if CHROMIUM is None:
        sys.exit("Chromium is not on this machine: apt-get install chromium")
    main(sys.argv[1].rstrip("/"), Path(sys.argv[2]), sys.argv[3:])
