"""A client with a token goes straight on: the same answers, the headers that matter, and never a fault without words."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NoReturn

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from django.test import RequestFactory

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.config import exchange
from samverka.kernel.actor import Actor
from samverka.web import limits
from samverka.web.straight import Straight, goes_straight
from tests.connections.letting import make_client, make_token
from tests.factories.cast import Cast, county, make_person

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


class Heard:
    """What a web server hears."""

    def __init__(self, path: str, token: str = "", **more: str) -> None:
        method, body = more.pop("method", "GET"), more.pop("body", "").encode()
        headers = {"authorization": f"Bearer {token}"} if token else {}
        headers |= {name.replace("_", "-"): value for name, value in more.items()}
        request = RequestFactory().generic(
            method, f"/fhir/R4/{path}", body, content_type="application/fhir+json", headers=headers
        )
        self.environ = {key: one for key, one in request.environ.items() if key != "HTTP_COOKIE"}
        self.text = b"".join(Straight(_ordinary)(self.environ, self._start))

    def _start(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = int(status[:3]), dict(headers)

    @property
    def json(self) -> dict[str, Any]:
        """The body."""
        found: dict[str, Any] = json.loads(self.text)
        return found


def _ordinary(_environ: dict[str, Any], start: Any) -> list[bytes]:
    start("299 Ordinary", [])
    return []


@pytest.fixture
def cast() -> Cast:
    limits.forget()
    return county()


@pytest.fixture
def token(cast: Cast) -> str:
    now = datetime.now(UTC)
    with transaction.atomic():
        client = make_client(cast.region_nurse.unit_id)
        return make_token(client, replace(cast.region_nurse, at=now), "user/*.cruds", at=now)


def test_a_token_and_no_cookie_goes_straight(cast: Cast, token: str) -> None:
    karin = make_person(cast.region_nurse)
    heard = Heard(f"Patient/{karin.id}", token)
    assert (heard.status, heard.json["id"]) == (200, str(karin.id))
    assert heard.headers["ETag"] == 'W/"1"'
    assert heard.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in heard.headers["Cache-Control"]
    assert int(heard.headers["Content-Length"]) == len(heard.text)
    assert not connection.in_atomic_block


def test_all_others_go_the_ordinary_way(cast: Cast, token: str) -> None:
    assert Heard("metadata").status == 299
    environ = Heard("metadata", token).environ
    assert goes_straight(environ)
    assert not goes_straight(environ | {"HTTP_COOKIE": "samverka=1"})
    assert not goes_straight(environ | {"REQUEST_METHOD": "OPTIONS"})
    assert not goes_straight(environ | {"PATH_INFO": "/personer/"})


def test_http_is_sent_on_to_https_by_the_ordinary_way(
    cast: Cast, token: str, settings: LazySettings
) -> None:
    environ = Heard("metadata", token).environ
    settings.SECURE_SSL_REDIRECT = True
    assert not goes_straight(environ)
    assert goes_straight(environ | {"wsgi.url_scheme": "https"})


@pytest.mark.parametrize("path", ["", "nowhere", "Patient/1/2/3/4/5/6", "Patient/%00", "Patient/x"])
def test_what_is_nowhere_is_told_in_words(cast: Cast, token: str, path: str) -> None:
    heard = Heard(path, token)
    assert heard.status in (404, 405)
    assert heard.json["resourceType"] == "OperationOutcome"


def test_a_token_that_lets_nobody_in_is_401(cast: Cast) -> None:
    heard = Heard("Patient/1", "nothing")
    assert heard.status == 401
    assert heard.json["issue"][0]["code"] == "login"
    assert "WWW-Authenticate" in heard.headers


def test_another_host_is_refused(cast: Cast, token: str) -> None:
    assert Heard("metadata", token, host="evil.example").status == 400


def test_a_fault_of_ours_is_500_in_words_and_the_next_request_is_served(
    cast: Cast, token: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_given: Any) -> NoReturn:
        raise RuntimeError("broken")

    with monkeypatch.context() as patch:
        patch.setattr("samverka.web.fhir_http.addresses._exchange", broken)
        heard = Heard("Patient/1", token)
    assert (heard.status, heard.json["issue"][0]["code"]) == (500, "exception")
    assert "A FHIR request failed" in caplog.text
    assert Heard("metadata", token).status == 200


def test_what_takes_too_long_is_503_and_the_worker_is_free(
    cast: Cast, token: str, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    settings.SAMVERKA_FHIR_SECONDS = 0.05
    slow = replace(exchange.FHIR, read=_slow)
    with monkeypatch.context() as patch:
        patch.setattr("samverka.web.fhir_http.addresses._exchange", lambda: slow)
        heard = Heard("Patient/1", token)
    assert (heard.status, heard.json["issue"][0]["code"]) == (503, "too-costly")
    assert heard.headers["Retry-After"] == "60"
    settings.SAMVERKA_FHIR_SECONDS = 30
    assert Heard("metadata", token).status == 200


def _slow(actor: Actor, *_given: Any) -> NoReturn:
    with act(actor, Action.SHELF_READ) as this:
        this.unchanged()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(20)")
    raise AssertionError


def test_a_connection_that_was_lost_is_503_once(cast: Cast, token: str) -> None:
    assert Heard("metadata", token).status == 200
    connection.connection.pgconn.finish()
    assert Heard("Patient/1", token).status in (404, 503)
    assert Heard("metadata", token).status == 200


def test_too_often_is_429(cast: Cast, token: str, settings: LazySettings) -> None:
    settings.SAMVERKA_FHIR_A_MINUTE = 2
    assert [Heard("metadata", token).status for _n in range(3)] == [200, 200, 429]
