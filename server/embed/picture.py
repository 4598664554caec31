"""A drawing as a file: SVG with its title, its source and a style sheet of its own, all that it needs."""

import base64
import hashlib
from functools import cache
from textwrap import wrap

from server.embed.drawn import Drawn
from server.engine.snapshot import Snapshot
from server.page.static import FOLDER
from server.page.templates import render_file

SHEETS = ("drawings.css",)
# The colours of the pages by day: a picture has a ground of its own.
COLOURS = """:root { color-scheme: light; --size-small: 14px;
  --ground: #fff; --panel: #f3f1ec; --ink: #1c2227; --quiet: #545d66; --line: #d8d4cb; --link: #0b5394;
  --mark: #0b5394; --series-0: #0b5394; --series-1: #b4561a; --series-2: #4b7336;
  --sea: #dfe8ee; --land: #faf8f3; --coast: #aeb8be; --visited: #d3e2f2; --visited-edge: #7da3c9; }
.drawing { margin: 0; }
text { font-family: "IBM Plex Sans", "IBM Plex Sans Arabic", "Noto Sans", "Noto Sans Arabic", sans-serif; }
.ground { fill: #fff; } .title { font-size: 20px; font-weight: 600; fill: #1c2227; }
.label, .parent { font-size: 14px; fill: #1c2227; } .parent { font-weight: 600; fill: #545d66; }
.foot, .legend { font-size: 12px; fill: #545d66; }"""
WIDTH, MARGIN, LETTERS = 900, 20, 76


def picture(drawn: Drawn, release: Snapshot, address: str, language: str) -> str:
    """The text of the file."""
    lines = wrap(drawn.title, LETTERS) or [""]
    return render_file(
        "picture.svg",
        language,
        drawing=drawn.drawing,
        view=drawn.view,
        title=drawn.title,
        lines=lines,
        top=30 + 26 * len(lines),
        width=WIDTH,
        margin=MARGIN,
        prefix=address,
        page=address + drawn.page,
        release=release.id,
        written=release.manifest.written[:10],
        style=style(),
    )


@cache
def style() -> str:
    """The sheet of the drawings, without what is for pages alone."""
    sheets = [(FOLDER / "site" / name).read_text(encoding="utf-8") for name in SHEETS]
    return "\n".join([*sheets, COLOURS])


@cache
def style_source() -> str:
    """By which the policy of the answer knows the style sheet within it."""
    digest = hashlib.sha256(f"\n{style()}\n".encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
