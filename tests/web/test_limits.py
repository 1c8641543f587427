"""Limits at the door of FHIR: how much, how deep, how often, how long; each refusal says so in words."""

from __future__ import annotations

import gzip
import json
import time
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection, transaction
from django.test import Client

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.lasting import OutOfTime, lasting, left, require
from samverka.audit.models import Event
from samverka.kernel.bulk import has_more_than
from samverka.web import limits
from samverka.web.exchange import Answer
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


def test_a_part_of_a_request_gets_no_time_that_the_request_has_not() -> None:
    with lasting(60), lasting(600):
        assert 0 < left() <= 60_000
    with lasting(0.001), lasting(60):
        time.sleep(0.002)
        with pytest.raises(OutOfTime):
            require()
    assert left() == 0
    require()


@pytest.mark.django_db
def test_nothing_more_is_begun_when_the_time_is_out(
    laid_county: Cast, settings: LazySettings
) -> None:
    settings.SAMVERKA_FHIR_SECONDS = 0.001
    with pytest.raises(limits.TookTooLong), limits.timed():
        _late(laid_county)


def _late(cast: Cast) -> None:
    time.sleep(0.002)
    with act(cast.region_nurse, Action.ORGANISATION_READ) as this:
        this.note_general("Unit")


@pytest.mark.django_db
def test_a_batch_has_one_time_for_all_of_it(
    nurse: FhirClient, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SAMVERKA_FHIR_SECONDS = 0.05
    monkeypatch.setattr(
        "samverka.config.exchange.bundles.batches.do", lambda *_given: time.sleep(0.06)
    )
    entry = {"request": {"method": "GET", "url": "Patient/x"}}
    sent = json.dumps({"resourceType": "Bundle", "type": "batch", "entry": [entry] * 3})
    monkeypatch.setattr("samverka.config.exchange.bundles.answer_of", _statuses)
    answer = nurse.client.post("/fhir/R4", sent, content_type=JSON)
    assert answer.content == b"[0, 503, 503]"


def _statuses(done: Any, **_more: Any) -> Answer:
    return Answer(json.dumps([one.status if one else 0 for one in done]).encode())


# ── how many ──


@pytest.mark.parametrize(
    ("text", "many"),
    [
        (b"{" * 10, False),
        (b"{" * 11, True),
        (b"[1" + b",1" * 11 + b"]", True),
        (b'{"a":"' + b"," * 25 + b'"}', False),
        (b'{"a":"' + b"," * 99 + b'"}', True),
    ],
    ids=["as many", "more", "a list", "in a string", "far more than a resource's words have"],
)
def test_values_are_counted_outside_strings(text: bytes, *, many: bool) -> None:
    assert has_more_than(text, 10) is many


@pytest.mark.django_db
def test_more_values_than_are_taken_is_413_and_of_one_resource_400(
    nurse: FhirClient, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = b'{"resourceType":"Basic","identifier":[' + b'{"value":"a"},' * 50 + b'{"value":"b"}]}'
    monkeypatch.setattr("samverka.resources.rules.objects.MAX_VALUES", 60)
    answer = _post(nurse, body)
    assert (answer.status_code, issues(answer)[0]["code"]) == (400, "too-costly")
    settings.SAMVERKA_FHIR_VALUES = 60
    answer = _post(nurse, body)
    assert answer.status_code == 413
    assert "60" in issues(answer)[0]["diagnostics"]


# ── those whom nobody knows ──


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["/fhir/R4/metadata", "/.well-known/openid-configuration"])
def test_what_is_open_to_all_is_counted_by_where_one_comes_from(
    settings: LazySettings, place: str
) -> None:
    limits.forget()
    settings.SAMVERKA_FHIR_OPEN_A_MINUTE = 2
    answers = [Client().get(place, REMOTE_ADDR="192.0.2.1") for _n in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert issues(answers[2])[0]["code"] == "throttled"
    assert Client().get(place, REMOTE_ADDR="192.0.2.2").status_code == 200
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    behind = Client(REMOTE_ADDR="192.0.2.9", HTTP_X_FORWARDED_PROTO="https")
    told = [
        behind.get(place, headers={"x-forwarded-for": f"10.0.0.{n}, 192.0.2.3"}).status_code
        for n in range(3)
    ]
    assert told == [200, 200, 429]  # what the client itself has written does not count


@pytest.mark.django_db
def test_tokens_are_not_guessed_by_machine(settings: LazySettings) -> None:
    limits.forget()
    settings.SAMVERKA_FHIR_OPEN_A_MINUTE = 2
    told = [
        Client().get("/fhir/R4/Patient/x", headers={"authorization": f"Bearer {n}"}).status_code
        for n in range(3)
    ]
    assert told == [401, 401, 429]
