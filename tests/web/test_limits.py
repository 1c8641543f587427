"""Limits at the door of FHIR: how much, how deep, how often, how long; each refusal says so in words."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection, transaction

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.lasting import lasting
from samverka.audit.models import Event
from samverka.web import limits
from tests.factories.cast import Cast
from tests.factories.fhir import JSON, FhirClient, issues

DEEP = b'{"resourceType":"Basic","extension":' + b'[{"extension":' * 60 + b"1" + b"}]" * 60 + b"}"


@pytest.fixture
def nurse(laid_county: Cast) -> FhirClient:
    limits.forget()
    return FhirClient(laid_county.region_nurse)


def _post(nurse: FhirClient, body: bytes, **headers: str) -> Any:
    return nurse.client.post(
        "/fhir/R4/Basic", body, content_type=JSON, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )  # fmt: skip


# ── how much ──


@pytest.mark.django_db
def test_more_than_is_taken_is_413(nurse: FhirClient, settings: LazySettings) -> None:
    settings.SAMVERKA_FHIR_BODY = 2_000_000
    answer = _post(nurse, b" " * 2_000_001)
    assert answer.status_code == 413
    assert "2 MB" in issues(answer)[0]["diagnostics"]


@pytest.mark.django_db
def test_what_is_small_only_packed_is_413_too(nurse: FhirClient, settings: LazySettings) -> None:
    settings.SAMVERKA_FHIR_BODY = 2_000_000
    bomb = gzip.compress(b" " * 50_000_000)
    assert len(bomb) < 100_000
    assert _post(nurse, bomb, content_encoding="gzip").status_code == 413


@pytest.mark.django_db
def test_a_long_address_is_414_and_says_what_to_do(nurse: FhirClient) -> None:
    answer = nurse.get("Patient?name=" + "a" * 9_000)
    assert answer.status_code == 414
    assert "_search" in issues(answer)[0]["diagnostics"]


@pytest.mark.django_db
def test_what_is_sent_in_parts_of_no_known_length_is_411(nurse: FhirClient) -> None:
    answer = nurse.client.generic(
        "POST", "/fhir/R4/Basic", b"", content_type=JSON, headers={"transfer-encoding": "chunked"}
    )
    assert answer.status_code == 411


# ── how deep ──


@pytest.mark.django_db
def test_what_lies_too_deep_is_told(nurse: FhirClient) -> None:
    answer = _post(nurse, DEEP)
    assert answer.status_code == 400
    assert "nivåer" in issues(answer)[0]["diagnostics"]


@pytest.mark.parametrize(
    ("text", "deep"),
    [
        (b"[" * 64 + b"]" * 64, False),
        (b"[" * 65 + b"]" * 65, True),
        (b'{"a":"' + b"[" * 1_000 + b'"}', False),
        (b'{"a":"' + b'\\"[' * 1_000 + b'"}', False),
        (b"[]" * 1_000, False),
        (b'"' * 99_999 + b"[" * 70, True),
        (b'["' + b"\\" * 100_001 + b"[" * 70, True),
    ],
    ids=["as deep", "deeper", "in a string", "escaped", "beside", "odd quotes", "unended"],
)
def test_depth_is_counted_outside_strings(text: bytes, *, deep: bool) -> None:
    try:
        limits.check_depth(text)
        assert not deep
    except limits.TooDeep:
        assert deep


# ── how often ──


@pytest.mark.django_db
def test_a_client_that_asks_too_often_is_told_when_to_come_back(
    nurse: FhirClient, settings: LazySettings
) -> None:
    settings.SAMVERKA_FHIR_A_MINUTE = 3
    answers = [nurse.get("Observation?_count=0") for _n in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[3]["Retry-After"]) <= 21
    assert issues(answers[3])[0]["code"] == "throttled"


def test_a_bucket_fills_evenly_and_each_has_its_own(settings: LazySettings) -> None:
    settings.SAMVERKA_FHIR_A_MINUTE, settings.SAMVERKA_WORKERS = 120, 2
    limits.forget()
    for _n in range(60):
        limits.count("a", now=0.0)
    with pytest.raises(limits.TooOften):
        limits.count("a", now=0.0)
    limits.count("b", now=0.0)
    limits.count("a", now=1.1)
    with pytest.raises(limits.TooOften):
        limits.count("a", now=1.1)


def test_those_who_have_gone_are_forgotten(settings: LazySettings) -> None:
    settings.SAMVERKA_FHIR_A_MINUTE = 60
    buckets = limits._Buckets(most=10)
    for n in range(1_000):
        buckets.spend(str(n), 60, now=float(n))
    assert len(buckets.left) < 100


def test_zero_is_no_limit(settings: LazySettings) -> None:
    settings.SAMVERKA_FHIR_A_MINUTE = 0
    for _n in range(10):
        limits.count("a", now=0.0)


# ── how long ──


@pytest.mark.django_db
def test_a_question_that_takes_too_long_is_ended_and_told(
    laid_county: Cast, settings: LazySettings
) -> None:
    settings.SAMVERKA_FHIR_SECONDS = 0.05
    with pytest.raises(limits.TookTooLong), limits.timed():
        _sleep(laid_county)


def _sleep(cast: Cast) -> None:
    with act(cast.region_nurse, Action.ORGANISATION_READ) as this:
        this.note_general("Unit")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(20)")


@pytest.mark.django_db
def test_the_limit_is_the_requests_and_not_the_next_ones(laid_county: Cast) -> None:
    with pytest.raises(OperationalError), lasting(0.05), transaction.atomic():
        _sleep(laid_county)
    with act(laid_county.region_nurse, Action.ORGANISATION_READ) as this:
        this.note_general("Unit")
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('statement_timeout'), pg_sleep(0.1)")
            assert cursor.fetchone()[0] == "0"


@pytest.mark.django_db
def test_what_was_ended_leaves_nothing_behind(laid_county: Cast, settings: LazySettings) -> None:
    settings.SAMVERKA_FHIR_SECONDS = 0.05
    before = Event.objects.count()
    with pytest.raises(limits.TookTooLong), limits.timed():
        _sleep(laid_county)
    assert Event.objects.count() == before
