"""FHIR over HTTP: every refusal is an OperationOutcome with a place; caches and log-in."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverka.access.models import Account
from samverka.audit.models import Event
from samverka.audit.rules import Outcome
from samverka.careplans import operations as careplans
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import PlanKind, Term
from samverka.config.owned import OWNED
from samverka.contacts import operations as contacts
from samverka.contacts.rules import VisitFacts
from samverka.people.reads import PersonDetail
from samverka.resources.models import Resource
from samverka.resources.rules.difference import differences, uncovered
from samverka.web.door import SECOND_FACTOR
from tests.factories.browser import log_in
from tests.factories.cast import KARINS_NUMBER, NOW, Cast, make_person, person_login
from tests.factories.fhir import JSON, FhirClient, issues, told


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.region_nurse, identity=KARINS_NUMBER)


@pytest.fixture
def plan(cast: Cast, karin: PersonDetail) -> PlanDetail:
    nurse = cast.region_nurse
    made = careplans.start_plan(nurse, person_id=karin.id, kind=PlanKind.CARE)
    return careplans.add_goal(nurse, plan_id=made.id, words="Gå ut", term=Term.SHORT)


@pytest.fixture
def nurse(cast: Cast) -> FhirClient:
    return FhirClient(cast.region_nurse)


# ── who one is ──


def test_without_a_log_in_it_says_so(plan: PlanDetail) -> None:
    answer = Client().get(f"/fhir/R4/CarePlan/{plan.id}")
    assert answer.status_code == 401
    assert [one["code"] for one in issues(answer)] == ["login"]


def test_without_a_second_factor_or_an_assignment_it_says_so(cast: Cast, plan: PlanDetail) -> None:
    client = Client()
    client.force_login(Account.objects.get(id=cast.region_nurse.id))
    answer = client.get(f"/fhir/R4/CarePlan/{plan.id}")
    assert answer.status_code == 403
    session = client.session
    session[SECOND_FACTOR] = True
    session.save()
    answer = client.get(f"/fhir/R4/CarePlan/{plan.id}")
    assert answer.status_code == 403
    assert "uppdrag" in issues(answer)[0]["diagnostics"]


def test_a_forged_request_is_refused(cast: Cast, plan: PlanDetail) -> None:
    own = log_in(cast.region_nurse)
    client = Client(enforce_csrf_checks=True)
    client.cookies = own.cookies
    body = json.dumps({"resourceType": "CarePlan", "id": str(plan.id)})
    place = f"/fhir/R4/CarePlan/{plan.id}"
    answer = client.put(place, body, content_type=JSON, headers={"if-match": 'W/"1"'})
    assert (answer.status_code, issues(answer)[0]["code"]) == (403, "forbidden")
    answer = own.put(place, body, content_type=JSON, headers={"sec-fetch-site": "cross-site"})
    assert (answer.status_code, issues(answer)[0]["code"]) == (403, "forbidden")


# ── what there is ──


@pytest.mark.parametrize(
    "place", ["CarePlan/17", "CarePlan/x_y", "Careplan/{id}", "Goal/{id}", "Patient/{id}", "Foo/1"]
)
def test_what_is_not_there_is_404(nurse: FhirClient, plan: PlanDetail, place: str) -> None:
    assert told(nurse.get(place.format(id=plan.id))) == (404, [])


def test_an_address_that_is_none_is_answered_in_fhir(nurse: FhirClient) -> None:
    answer = nurse.client.get("/fhir/R4/CarePlan/1/2/3")
    assert (answer.status_code, issues(answer)[0]["code"]) == (404, "not-found")


def test_what_is_only_read_comes_from_the_shelf(
    cast: Cast, nurse: FhirClient, karin: PersonDetail
) -> None:
    facts = VisitFacts(starts_at=NOW, what="Hembesök")
    made = contacts.receive_visit(cast.region_nurse, person_id=karin.id, facts=facts)
    place = f"Encounter/{made.id}"
    resource, tag = nurse.read(place)
    assert resource["reasonCode"] == [{"text": "Hembesök"}]
    answer = nurse.put(resource, tag)
    assert answer.status_code == 422  # a room of ours made it
    assert nurse.post(resource).status_code == 201  # kept: no case hears of it
    assert FhirClient(cast.stranger).get(place).status_code == 404
    assert FhirClient(person_login(karin)).get(place).status_code == 200
    row = Resource.objects.get(local_id=str(made.id))
    assert nurse.get(f"Encounter/{row.id}").status_code == 404  # one thing has one address


@pytest.mark.parametrize("method", ["post", "options", "trace"])
def test_other_methods_are_405_with_what_there_is(
    nurse: FhirClient, plan: PlanDetail, method: str
) -> None:
    answer = getattr(nurse.client, method)(f"/fhir/R4/CarePlan/{plan.id}")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, PUT, PATCH, DELETE")
    assert issues(answer)[0]["diagnostics"]


# ── caches ──


def test_a_client_that_has_it_gets_304(nurse: FhirClient, plan: PlanDetail) -> None:
    place = f"CarePlan/{plan.id}"
    whole = nurse.get(place)
    assert whole["Content-Type"].startswith(JSON)
    tag, at = whole["ETag"], whole["Last-Modified"]
    assert tag.startswith('W/"')
    for headers in (
        {"if-none-match": tag},
        {"if-none-match": f'W/"0", {tag}'},
        {"if-none-match": "*"},
        {"if-modified-since": at},
    ):
        answer = nurse.get(place, **headers)
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    for headers in (
        {"if-none-match": 'W/"0"'},
        {"if-none-match": 'W/"0"', "if-modified-since": at},
        {"if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"if-modified-since": "i går"},
    ):
        assert nurse.get(place, **headers).status_code == 200
    assert nurse.client.head(f"/fhir/R4/{place}")["ETag"] == tag


def test_an_unchanged_poll_leaves_no_line_and_a_guess_does(
    nurse: FhirClient, plan: PlanDetail
) -> None:
    place = f"CarePlan/{plan.id}"
    whole = nurse.get(place)
    tag, at = whole["ETag"], whole["Last-Modified"]
    lines = Event.objects.filter(object_ids__contains=[str(plan.id)])
    before = lines.count()
    for headers in ({"if-none-match": tag}, {"if-modified-since": at}):
        assert nurse.get(place, **headers).status_code == 304
    assert lines.count() == before
    later = "Fri, 01 Jan 2100 00:00:00 GMT"
    guesses = ({"if-none-match": "*"}, {"if-modified-since": later}, {"if-none-match": 'W/"0"'})
    for told_, headers in enumerate(guesses, start=1):
        nurse.get(place, **headers)
        assert lines.count() == before + told_, headers


def test_a_poll_of_what_one_may_not_know_is_told_as_the_read_that_it_was(
    cast: Cast, plan: PlanDetail
) -> None:
    answer = FhirClient(cast.stranger).get(f"CarePlan/{plan.id}", **{"if-none-match": 'W/"1"'})
    assert answer.status_code == 404
    refused = Event.objects.filter(object_ids=[str(plan.id)]).order_by("-id").first()
    assert refused is not None
    assert (refused.action, refused.outcome) == ("plan.read", int(Outcome.REFUSED))


# ── what is sent ──

BAD: dict[str, tuple[Callable[[dict[str, Any]], str], int, list[str]]] = {
    "not JSON": (lambda _plan: "{", 400, []),
    "empty": (lambda _plan: " ", 400, []),
    "a list": (lambda _plan: "[]", 400, []),
    "another type": (
        lambda plan: json.dumps({**plan, "resourceType": "Goal"}),
        400,
        ["Goal.status", "Goal.intent"],
    ),
    "another id": (lambda plan: json.dumps({**plan, "id": "17"}), 400, ["CarePlan.id"]),
    "no such element": (lambda plan: json.dumps({**plan, "foo": 1}), 400, ["CarePlan.foo"]),
    "a wrong type": (lambda plan: json.dumps({**plan, "title": 7}), 400, ["CarePlan.title"]),
    "twice": (
        lambda plan: json.dumps(plan)[:-1] + ', "title": "a", "title": "b"}',
        400,
        ["CarePlan.title"],
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_text_is_told_where(cast: Cast, nurse: FhirClient, plan: PlanDetail, name: str) -> None:
    make, status, places = BAD[name]
    resource, tag = nurse.read(f"CarePlan/{plan.id}")
    answer = nurse.client.put(
        f"/fhir/R4/CarePlan/{plan.id}",
        make(resource),
        content_type=JSON,
        headers={"if-match": tag},
    )
    found = told(answer)
    assert found[0] == status, answer.content
    assert set(places) <= set(found[1]), found
    assert nurse.read(f"CarePlan/{plan.id}") == (resource, tag)


def test_only_json_is_taken(nurse: FhirClient, plan: PlanDetail) -> None:
    resource, _tag = nurse.read(f"CarePlan/{plan.id}")
    for kind in ("application/fhir+xml", "text/plain", "application/x-www-form-urlencoded"):
        assert nurse.post(resource, kind).status_code == 415
    answer = nurse.post({"resourceType": "Communication"}, "application/json; charset=utf-8")
    assert answer.status_code != 415


def test_every_owned_type_refuses_an_unknown_element(nurse: FhirClient) -> None:
    for kind in OWNED:
        answer = nurse.post({"resourceType": kind, "foo": 1})
        assert answer.status_code == 400, kind
        assert issues(answer)


@pytest.mark.parametrize("kind", sorted(OWNED))
def test_writing_what_is_not_there_is_refused(nurse: FhirClient, db: None, kind: str) -> None:
    every: dict[str, dict[str, Any]] = {
        "AuditEvent": {
            "type": {"code": "rest"},
            "recorded": "2026-01-01T00:00:00Z",
            "agent": [{"requestor": True}],
            "source": {"observer": {"display": "x"}},
        },
        "Appointment": {
            "status": "proposed",
            "participant": [{"actor": {"display": "x"}, "status": "accepted"}],
        },
        "CarePlan": {"status": "draft", "intent": "plan", "subject": {"display": "x"}},
        "CareTeam": {},
        "Communication": {"status": "completed"},
        "Consent": {
            "status": "active",
            "scope": {"text": "x"},
            "category": [{"text": "x"}],
            "policyRule": {"text": "x"},
        },
        "Encounter": {"status": "planned", "class": {"code": "IMP"}},
        "Goal": {
            "lifecycleStatus": "active",
            "description": {"text": "x"},
            "subject": {"display": "x"},
        },
        "Location": {},
        "Organization": {"name": "x"},
        "Patient": {},
        "Practitioner": {},
        "Provenance": {
            "target": [{"display": "x"}],
            "recorded": "2026-01-01T00:00:00Z",
            "agent": [{"who": {"display": "x"}}],
        },
        "PractitionerRole": {},
        "ServiceRequest": {"status": "active", "intent": "plan", "subject": {"display": "x"}},
        "Subscription": {
            "status": "requested",
            "reason": "x",
            "criteria": "Task?",
            "channel": {"type": "websocket"},
        },
        "Task": {"status": "draft", "intent": "order"},
    }
    resource = {"resourceType": kind, "id": str(uuid4()), **every[kind]}
    answer = nurse.put(resource, 'W/"1"')
    assert answer.status_code == 404, answer.content


# ── a change and its result, compared ──

SCALARS = st.one_of(st.text(max_size=5), st.integers(-3, 3), st.booleans())
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.sampled_from("abcd"), inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)
RESOURCES = st.dictionaries(st.sampled_from("abcd"), VALUES, max_size=4).map(
    lambda made: {"resourceType": "X", **made}
)


PLAIN = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@PLAIN
@given(RESOURCES)
def test_the_same_differs_nowhere(resource: dict[str, Any]) -> None:
    assert differences(resource, json.loads(json.dumps(resource))) == ()
    assert uncovered(resource, resource) == ()


@PLAIN
@given(RESOURCES, RESOURCES)
def test_a_difference_is_found_from_both_sides(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert (
        bool(differences(one, other))
        == bool(differences(other, one))
        == (json.dumps(one, sort_keys=True) != json.dumps(other, sort_keys=True))
    )


@PLAIN
@given(RESOURCES, RESOURCES)
def test_what_is_covered_is_in_what_came_of_it(sent: dict[str, Any], more: dict[str, Any]) -> None:
    made = {**more, **sent}
    assert uncovered(sent, made) == ()
    missing = {key: value for key, value in sent.items() if key == "resourceType"}
    assert {path[2] for path in uncovered(sent, missing)} == set(sent) - {"resourceType"}


@pytest.mark.parametrize(
    ("now", "sent", "paths"),
    [
        ({"a": "2026-11-20T15:30:00+01:00"}, {"a": "2026-11-20T14:30:00Z"}, ()),
        ({"a": "2026-11-20T15:30:00+01:00"}, {"a": "2026-11-20T15:30:00Z"}, ("X.a",)),
        ({"a": 1}, {"a": True}, ("X.a",)),
        ({"meta": {"versionId": "1"}}, {}, ()),
        ({}, {"meta": {"versionId": "9", "source": "x"}}, ("X.meta.source",)),
        ({"id": "1"}, {"id": "2"}, ()),
        ({"a": [{"b": 1}, {"b": 2}]}, {"a": [{"b": 1}]}, ("X.a[1].b",)),
        ({"a": [{"b": 1}]}, {"a": [{"b": 1, "c": 2}]}, ("X.a[0].c",)),
    ],
)
def test_places(now: dict[str, Any], sent: dict[str, Any], paths: tuple[str, ...]) -> None:
    kind = {"resourceType": "X"}
    assert differences(kind | now, kind | sent) == paths


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    title=st.text(
        st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40
    ),
    matters=st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=80),
)
def test_whatever_is_written_is_read_back_and_sent_back_is_no_change(
    nurse: FhirClient, plan: PlanDetail, title: str, matters: str
) -> None:
    place = f"CarePlan/{plan.id}"
    resource, tag = nurse.read(place)
    resource["title"] = title
    resource.pop("description", None)
    if matters.strip():
        resource["description"] = matters.strip()
    answer = nurse.put(resource, tag)
    assert answer.status_code == 200, answer.content
    back, tag = nurse.read(place)
    assert (back["title"], back.get("description", "")) == (title, matters.strip())
    answer = nurse.put(back, tag)
    assert (answer.status_code, answer["ETag"]) == (200, tag)
