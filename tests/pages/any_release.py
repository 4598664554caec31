"""Pages as they are whichever release answers."""

import re

_DAY = re.compile(r'<footer class="site">.*?<time datetime="([^"]+)">([^<]+)</time>', re.DOTALL)


def without_release(page: str, release: str) -> str:
    """A page without the id of its release and the day of it, which two releases need not share."""
    day = _DAY.search(page)
    for words in (release, *(day.groups() if day else ())):
        page = page.replace(words, "")
    return page
