"""Settings from one file, above which the environment and flags stand; and what no server can be told."""

from pathlib import Path

import pytest

from tests.conftest import Command
from tests.server.servers import Server, Start


def test_a_server_takes_its_settings_from_a_file(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('timeout = 7\nquery_depth = 9\nport = 1\ndefault_graph = "unnamed"\n')
    with start("--config", file, "--query-depth", 11) as server:
        limits = server.http.get("/health").json()["limits"]
        assert (limits["queryTimeout"], limits["queryDepth"]) == (7, 11)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("timeuot = 7", "'timeuot', which is no setting; there are: activate_in, "),
        ('token = "secret"', "holds the token: put it into a file of its own"),
        ("timeout = ", "cannot be read"),
        ("timeout = -1", "timeout is -1"),
    ],
)
def test_a_file_that_is_wrong_is_refused_in_words(
    unmissions: Command, tmp_path: Path, text: str, told: str
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text)
    refused = unmissions("serve", "--config", file)
    assert refused.exit_code == 2 and told in refused.stderr and "secret" not in refused.stderr


def test_a_server_takes_no_port_from_another_and_no_address_that_is_not_its_own(
    server: Server, unmissions: Command
) -> None:
    address = ("serve", "--store", server.store, "--port", server.port)
    taken = unmissions(*address)
    assert taken.exit_code == 1
    assert taken.stderr == (
        f"127.0.0.1 port {server.port} is taken: end what listens there, or name another port with --port.\n"
    )
    for host in ("192.0.2.1", "nowhere.invalid"):
        strange = unmissions(*address, "--host", host)
        assert strange.exit_code == 1
        assert strange.stderr.startswith(f"Nobody can listen at {host} port {server.port}: ")
    assert server.http.get("/health").is_success
