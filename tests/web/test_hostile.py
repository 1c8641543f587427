"""Whatever is sent, the answer is a taking or a refusal in words: never a fault of ours, never a worker that hangs."""

from __future__ import annotations

import io
import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverka.web.straight import Straight
from tests.connections.letting import make_client, make_token
from tests.factories.cast import Cast, make_person
from tests.web.hostile import JSON, Hostile, every

WHOLE = os.environ.get("SAMVERKA_WALK") == "1"
EACH = 1 if WHOLE else 13
"""Of the table each thirteenth line; all of them take half a minute."""


class Door:
    """A web server's view of the application, for one who has a token."""

    def __init__(self, application: Any, token: str, ids: dict[str, str]) -> None:
        self.application, self.token, self.ids = application, token, ids

    def send(self, one: Hostile) -> tuple[int, bytes]:
        """The status and the body."""
        body = self._named(one.body.decode("latin-1")).encode("latin-1")
        path = f"/fhir/R4/{self._named(one.path)}" if one.path else "/fhir/R4"
        environ = {
            "REQUEST_METHOD": one.method, "PATH_INFO": path.encode().decode("latin-1"), "SCRIPT_NAME": "", "QUERY_STRING": one.query, "CONTENT_TYPE": one.media,
            "CONTENT_LENGTH": str(len(body)), "SERVER_NAME": "testserver", "SERVER_PORT": "80", "HTTP_HOST": "testserver", "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "192.0.2.1", "wsgi.input": io.BytesIO(body), "wsgi.url_scheme": "http", "HTTP_AUTHORIZATION": f"Bearer {self.token}",
        }  # fmt: skip
        environ |= {f"HTTP_{n.upper().replace('-', '_')}": v for n, v in one.headers.items()}
        self.status = 0
        text = b"".join(self.application(environ, self._start))
        return self.status, text

    def _named(self, text: str) -> str:
        for name, one in self.ids.items():
            text = text.replace(f"{{{name}}}", one)
        return text

    def _start(self, status: str, _headers: Any) -> None:
        self.status = int(status[:3])


def fault(status: int, text: bytes, method: str = "") -> str:
    """What is wrong with an answer; "" if nothing is."""
    if status >= 500:
        return f"{status} {text[:300]!r}"
    if status < 400 or method == "HEAD":
        return ""
    try:
        told = json.loads(text)
        said = [one["diagnostics"] for one in told["issue"]]
    except (ValueError, KeyError):
        return f"no words: {status} {text[:300]!r}"
    return "" if told["resourceType"] == "OperationOutcome" and all(said) else "no words"


@pytest.fixture
def door(laid_county: Cast, monkeypatch: pytest.MonkeyPatch) -> Door:
    # The test's own transaction stands around it all: the connection must not be changed for a fresh one.
    monkeypatch.setattr("samverka.web.straight._connect", lambda: None)
    nurse, now = laid_county.region_nurse, datetime.now(UTC)
    karin = make_person(nurse)
    client = make_client(nurse.unit_id)
    token = make_token(
        client, replace(nurse, at=now), "user/*.cruds", at=now, lasts=timedelta(hours=9)
    )
    return Door(Straight(_ordinary), token, {"patient": str(karin.id)})


def _ordinary(_environ: dict[str, Any], start: Any) -> list[bytes]:
    start("299 Ordinary", [])
    return []


@pytest.mark.django_db
def test_what_is_hostile_is_refused_in_words(door: Door) -> None:
    faults = {}
    for one in list(every())[::EACH]:
        found = fault(*door.send(one), one.method)
        if found:
            faults[one.what] = found
    assert not faults


DOORS = [
    ("POST", "Observation"), ("PUT", "Observation/a"), ("PATCH", "Patient/{patient}"), ("POST", ""), ("POST", "Observation/_search"), ("POST", "$take-in"),
    ("POST", "Patient/$validate"), ("POST", "Questionnaire/$populate"), ("POST", "Subscription"), ("GET", "Observation"),
]  # fmt: skip
MEDIA = [JSON, "application/json-patch+json", "application/x-www-form-urlencoded"]
PIECES = st.sampled_from(
    [b"{", b"}", b"[", b"]", b'"', b":", b",", b"\\", b'"resourceType":', b'"Observation"', b'"entry":', b'"request":', b'"op":', b"1e9999", b"null", b"\xff", b"\0",
     b'"extension":', b"%00", b"&", b"=", b"code", b"_has:", b"subject.", b'"\\ud800"']
)  # fmt: skip


@pytest.mark.django_db
@settings(
    max_examples=2_000 if WHOLE else 80,
    derandomize=not WHOLE,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    place=st.sampled_from(DOORS),
    media=st.sampled_from(MEDIA),
    body=st.binary(max_size=60) | st.lists(PIECES, max_size=25).map(b"".join),
    query=st.text(st.characters(max_codepoint=255), max_size=20),
)
def test_random_bytes_are_refused_in_words(
    door: Door, place: tuple[str, str], media: str, body: bytes, query: str
) -> None:
    method, path = place
    sent = Hostile("random", method, path, body, media, query)
    assert not fault(*door.send(sent))


@pytest.mark.django_db
def test_the_test_itself_sees_a_fault(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("samverka.web.limits.check_number", broken)
    monkeypatch.setattr("samverka.web.straight.log.error", lambda *_words, **_more: None)
    assert fault(*door.send(Hostile("any", "POST", "Basic", b"{}"))).startswith("500")
    assert fault(404, b"<html>")
    assert fault(400, b'{"resourceType":"OperationOutcome","issue":[{}]}')
