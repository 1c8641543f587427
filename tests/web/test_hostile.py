"""Whatever is sent, the answer is a taking or a refusal in words: never a fault of ours, never a worker that hangs."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverka.web.straight import Straight
from tests.factories.cast import Cast, make_person
from tests.web.calling import Door, fault, token_for
from tests.web.hostile import JSON, Hostile, every, found

WHOLE = os.environ.get("SAMVERKA_WALK") == "1"
EACH = 1 if WHOLE else 29
"""Of the table one line of 29; all of them take half a minute."""


@pytest.fixture
def door(laid_county: Cast, monkeypatch: pytest.MonkeyPatch) -> Door:
    # The test's own transaction stands around it all: the connection must not be changed for a fresh one.
    monkeypatch.setattr("samverka.web.straight._connect", lambda: None)
    karin = make_person(laid_county.region_nurse)
    return Door(Straight(_ordinary), token_for(laid_county), {"patient": str(karin.id)})


def _ordinary(_environ: dict[str, Any], start: Any) -> list[bytes]:
    start("299 Ordinary", [])
    return []


@pytest.mark.django_db
def test_what_is_hostile_is_refused_in_words(door: Door) -> None:
    faults = {}
    for one in [*found(), *list(every())[::EACH]]:
        wrong = fault(*door.send(one), one.method)
        if wrong:
            faults[one.what] = wrong
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
