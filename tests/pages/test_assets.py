"""What a browser gets built: fonts, scripts, addresses for good, sizes; and pages that do without."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from loader.inputs import PROJECT
from server.page.static import BUILT
from tests.server.servers import Server, Start

HTML = {"Accept": "text/html", "Accept-Encoding": "br"}
KILOBYTE = 1000
built = pytest.mark.skipif(
    not (BUILT / "fonts.css").is_file(), reason="The assets are not built: make assets"
)


def sheet(server: Server) -> str:
    page = LexborHTMLParser(server.http.get("/", headers=HTML).text)
    links = [node.attributes["href"] or "" for node in page.css("link[rel=stylesheet]")]
    assert len(links) == 1
    return server.http.get(links[0]).text


def fonts(server: Server) -> list[str]:
    return re.findall(r'url\("([^"]+\.woff2)"\)', sheet(server))


@built
def test_fonts_for_both_scripts_come_from_here_and_are_kept_for_good(server: Server) -> None:
    addresses = fonts(server)
    assert {"ibm-plex-sans-latin", "ibm-plex-sans-arabic-arabic", "noto-naskh-arabic-arabic"} <= {
        re.sub(r"-\d+-normal\.woff2", "", address.rpartition("/")[2]) for address in addresses
    }
    for address in addresses:
        answer = server.http.get(address)
        assert answer.status_code == 200 and answer.content[:4] == b"wOF2"
        assert answer.headers["Content-Type"] == "font/woff2"
        assert "immutable" in answer.headers["Cache-Control"]


@built
def test_all_fonts_a_sheet_and_a_page_are_within_the_first_visit(server: Server) -> None:
    page = server.http.get("/", headers=HTML)
    needed = [address for address in fonts(server) if "latin-ext" not in address]
    sizes = [int(server.http.get(address).headers["Content-Length"]) for address in needed]
    style = server.http.get(re.findall(r'href="(/static/[^"]+\.css)"', page.text)[0], headers=HTML)
    whole = sum(sizes) + int(style.headers["Content-Length"]) + int(page.headers["Content-Length"])
    assert whole < 400 * KILOBYTE


@built
def test_the_editor_is_sent_compressed_and_names_its_parts_for_good(server: Server) -> None:
    page = server.http.get("/sparql", headers=HTML).text
    address = re.findall(r'src="(/static/[^"]+/editor\.js)"', page)[0]
    with server.http.stream("GET", address, headers=HTML) as script:
        compressed = sum(len(piece) for piece in script.iter_raw())
        assert script.headers["Content-Encoding"] == "br"
        assert script.headers["Content-Type"].startswith("text/javascript")
    whole = server.http.get(address, headers={"Accept-Encoding": "identity"}).text
    parts = set(re.findall(r"\./(part-[A-Z0-9]+\.js)", whole))
    assert parts
    for part in parts:
        answer = server.http.get(address.replace("editor.js", part), headers=HTML)
        assert "immutable" in answer.headers["Cache-Control"]
        compressed += int(answer.headers["Content-Length"])
    assert compressed < 300 * KILOBYTE


@pytest.mark.matrix
@built
def test_a_build_that_has_what_it_needs_does_nothing_again() -> None:
    stamp = (BUILT / "fonts.css").stat().st_mtime_ns
    done = subprocess.run(
        [sys.executable, "-m", "server.assets"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert (BUILT / "fonts.css").stat().st_mtime_ns == stamp or "were made" in done.stdout


def test_a_machine_without_node_and_network_is_told_so_and_goes_on(tmp_path: Path) -> None:
    copy = tmp_path / "server"
    ignored = shutil.ignore_patterns("node_modules", "built", "__pycache__")
    shutil.copytree(PROJECT / "server" / "assets", copy / "assets", ignore=ignored)
    (copy / "__init__.py").touch()
    nowhere = {
        "PATH": str(tmp_path),
        "PIP_NO_INDEX": "1",
        "PIP_CONFIG_FILE": "/dev/null",
        "HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-m", "server.assets"],
        cwd=tmp_path,
        env=nowhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "were not made" in done.stderr and "plain" in done.stderr
    assert not (copy / "static" / "built").exists()


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the server's code in which nothing was built."""
    folder = tmp_path_factory.mktemp("bare")
    ignored = shutil.ignore_patterns("node_modules", "built", "__pycache__")
    for name in ("server", "loader"):
        shutil.copytree(PROJECT / name, folder / name, ignore=ignored)
    return folder


def test_without_what_is_built_pages_and_the_plain_form_work(bare: Path, store: Path) -> None:
    script = f"""
from pathlib import Path
from server.app import create_app
from server.engine.local.engine import LocalEngine
from server.settings import Settings
from server.page import static
assert Path(static.__file__).is_relative_to({str(bare)!r})
client = create_app(LocalEngine(Path({str(store)!r})), Settings()).test_client()
for address in ("/", "/queries", "/sparql", "/sparql?query=SELECT%20(1%20AS%20%3Fx)%20%7B%7D"):
    answer = client.get(address, headers={{"Accept": "text/html"}})
    assert answer.status_code == 200 and b"editor.js" not in answer.data, address
assert b"<textarea" in answer.data and b"<td" in answer.data
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=bare, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "make assets" in done.stdout + done.stderr


def test_an_older_address_of_a_file_still_has_the_file_but_not_for_good(server: Server, start: Start) -> None:
    answer = server.http.get("/static/0000000000000000/site.css")
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-cache"
    assert server.http.get("/static/0000000000000000/nothing.css").status_code == 404
