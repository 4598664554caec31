"""The rule for w3id.org leads every name of the graph to an address that tells of it."""

import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import httpx
import pytest

from loader.inputs import PROJECT
from loader.release.namespaces import BASE
from tests.cases import some
from tests.server.servers import Server, until

pytestmark = pytest.mark.slow

FILE = PROJECT / "docs/how-to/un-missions.htaccess"
HOST = "https://missions.example.org"
FOLDER = "/un-missions/"
APACHE = (
    shutil.which("apache2")
    or shutil.which("httpd")
    or ("/usr/sbin/apache2" if Path("/usr/sbin/apache2").exists() else None)
)
# One IRI of each kind, and one with whatever an IRI may have.
KINDS = f"""SELECT (SAMPLE(?iri) AS ?one) {{ ?thing ?property ?value
    BIND(STRBEFORE(CONCAT(STR(?thing), "#"), "#") AS ?iri) FILTER(STRSTARTS(?iri, "{BASE}"))
    BIND(STRBEFORE(CONCAT(STRAFTER(?iri, "{BASE}"), "/"), "/") AS ?kind) }} GROUP BY ?kind"""
ODD = (
    "place/a%20b",
    "place/été",
    "mission/2012-abuja.ttl",
    "sparql?query=ASK%20%7B%7D&format=csv",
    "",
    "a%25b",
)
Leads = Callable[[str], str]


def by_rule(path: str) -> str:
    """Where the rules of the file lead, as Apache reads them: the path decoded, then escaped again."""
    name, _, query = path.partition("?")
    rules = re.findall(r"^RewriteRule (\S+) (\S+) \[R=303,L\]$", FILE.read_text(), re.MULTILINE)
    for pattern, target in rules:
        if match := re.match(pattern, unquote(name)):
            address = target.replace("$1", quote(match[1], safe="/-._~!$&'()*+,;=:@"))
            return f"{address}?{query}" if query else address
    raise AssertionError(f"no rule fits {path!r}")


@pytest.fixture(scope="module")
def apache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Leads]:
    """Where Apache leads with the file, as w3id.org has it."""
    if APACHE is None:
        pytest.skip("there is no Apache here (Debian: apache2-bin)")
    root, modules = tmp_path_factory.mktemp("w3id"), Path("/usr/lib/apache2/modules")
    (root / "www/un-missions").mkdir(parents=True)
    shutil.copy(FILE, root / "www/un-missions/.htaccess")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    loaded = [f"LoadModule {n}_module {modules}/mod_{n}.so" for n in ("mpm_event", "authz_core", "rewrite")]
    directory = f"<Directory {root}/www>\nAllowOverride All\nRequire all granted\n</Directory>"
    lines = [*loaded, f"Listen 127.0.0.1:{port}", "ServerName w3id.org", f"PidFile {root}/pid", directory]
    lines += [f"DocumentRoot {root}/www", f"ErrorLog {root}/log", f"DefaultRuntimeDir {root}"]
    (root / "conf").write_text("\n".join(lines) + "\n")
    process = subprocess.Popen([APACHE, "-X", "-d", str(root), "-f", str(root / "conf")])
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            assert until(lambda: _answers(client))
            yield lambda path: _location(client.get(FOLDER + path))
    finally:
        process.kill()
        process.wait()


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get(FOLDER).status_code == 303
    except httpx.TransportError:
        return False


def _location(response: httpx.Response) -> str:
    assert response.status_code == 303
    return response.headers["Location"]


@pytest.mark.parametrize("accept", some(["text/turtle", "text/html"]))
def test_every_kind_of_name_leads_to_what_tells_of_it(server: Server, accept: str) -> None:
    names = [iri.removeprefix(BASE) for iri in server.rows(KINDS)]
    assert len(names) > 25
    for name in names:
        place = urlsplit(by_rule(name))
        answer = server.http.get(place.path, headers={"Accept": accept}, follow_redirects=True)
        assert answer.status_code == 200, name


@pytest.mark.parametrize("path", ODD)
def test_a_name_keeps_its_escapes_its_suffix_and_its_parameters(path: str) -> None:
    place = by_rule(path)
    assert place.startswith(HOST + "/")
    assert unquote(place.removeprefix(HOST + "/")) == unquote(path)


def test_apache_reads_the_rules_as_the_tests_do(apache: Leads) -> None:
    for path in (*ODD, "mission/2012-abuja", "ontology", "queries/who-met-whom/run.csv?year=2011"):
        assert unquote(apache(path)) == unquote(by_rule(path)), path
