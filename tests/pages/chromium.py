"""The browser of this machine, for tests and for pictures.

One serves a whole test module; Playwright allows no second one beside it in a process.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser without a profile of anybody's."""
    with TemporaryDirectory() as home, sync_playwright() as playwright:
        environment: dict[str, str | float | bool] = {"HOME": home, "PATH": "/usr/bin:/bin"}
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, env=environment)
        yield running
        running.close()
