"""No address answers 500, whatever the data, the parameters, the headers and the files are like."""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from server.app import create_app
from server.engine.local.engine import LocalEngine
from server.http.parameters import NAME as PARAMETERS
from server.refusal import Refused
from server.settings import Settings
from tests.server.odd_requests import BODY_TYPES, OddApp, addresses, bodies, damaged_files, headers
from tests.server.odd_store import odd_store, own_paths
from tests.server.servers import BEARER, DATA, TOKEN, publish

pytestmark = pytest.mark.slow

# Which odd data are looked at: one kind of them each time, others in a long run by hand.
SEEDS = [int(seed) for seed in os.environ.get("ODD_SEEDS", "1").split()]
shared = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture(scope="module", params=SEEDS)
def odd(
    request: pytest.FixtureRequest, store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OddApp]:
    path = odd_store(store, tmp_path_factory.mktemp("odd"), request.param)
    app = create_app(LocalEngine(path), Settings(store=path), is_writable=True)
    known = {name: sorted(names) for name, names in app.extensions[PARAMETERS].items()}
    yield OddApp(app.test_client(), list(app.url_map.iter_rules()), known, own_paths(path))


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """An app on a few triples where whoever bears the token may write."""
    folder = tmp_path_factory.mktemp("files")
    publish(folder / "store", DATA)
    (folder / "token").write_text(TOKEN)
    given = Settings(store=folder / "store", token_file=folder / "token")
    return create_app(LocalEngine(folder / "store"), given, is_writable=True).test_client()


def check(answer: TestResponse, asked: object) -> None:
    """It is no defect, and what calls itself JSON or XML is that."""
    assert answer.status_code != 500, f"{asked}: {answer.text}"
    content = b""
    with suppress(Refused):  # in the middle of an answer, which is then broken off
        content = answer.data
    if answer.status_code != 200 or "Content-Encoding" in answer.headers or not content:
        return
    if (answer.mimetype or "").endswith(("/json", "+json")):
        json.loads(content)
    elif (answer.mimetype or "").endswith(("/xml", "+xml")):
        ElementTree.fromstring(content)


@shared
@given(data=st.data())
def test_no_address_that_is_read_answers_500(odd: OddApp, data: st.DataObject) -> None:
    address, sent = data.draw(addresses(odd, "GET")), data.draw(headers)
    method = data.draw(st.sampled_from(["GET", "GET", "HEAD"]))
    check(odd.client.open(address, method=method, headers=sent), (method, address, sent))


@shared
@given(data=st.data())
def test_no_form_or_document_that_is_posted_is_answered_with_500(odd: OddApp, data: st.DataObject) -> None:
    address, body = data.draw(addresses(odd, "POST")), data.draw(bodies)
    sent = {**data.draw(headers), "Content-Type": data.draw(st.sampled_from(BODY_TYPES))}
    check(odd.client.post(address, data=body, headers=sent), (address, sent, body))


@shared
@given(file=damaged_files(), method=st.sampled_from(["PUT", "POST"]))
def test_a_damaged_file_is_the_mistake_of_who_sends_it(
    writable: FlaskClient, file: tuple[str, bytes], method: str
) -> None:
    sent = {**BEARER, "Content-Type": file[0]}
    answer = writable.open("/graphs?graph=urn:damaged", method=method, data=file[1], headers=sent)
    assert answer.status_code in (200, 201, 204, 400, 415), (method, *file, answer.text)
