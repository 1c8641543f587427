"""A token at the door: who it lets in, to what, and what ends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samverka.access.models import Account
from samverka.audit.models import Event
from samverka.connections import models as rows
from samverka.connections.reads import actor_of_token
from samverka.kernel.actor import ActorKind, Purpose
from samverka.organisations.operations import close_unit, end_assignment
from tests.connections.letting import bearer, make_client, make_token, writing
from tests.factories.cast import KARIN, NOW, Cast, make_person, person_login, relate, system

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture(autouse=True)
def _friday() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def karin(cast: Cast) -> Any:
    return make_person(cast.region_nurse)


@pytest.fixture
def app(cast: Cast) -> rows.Client:
    return make_client(cast.region_nurse.unit_id)


def get(path: str, token: str, **more: Any) -> Any:
    return Client().get(f"/fhir/R4/{path}", headers=bearer(token), **more)


# ── who one is ──


def test_a_persons_app_acts_as_the_person(cast: Cast, app: rows.Client, karin: Any) -> None:
    person = person_login(karin)
    token = make_token(app, person, "patient/*.rs", person_id=karin.id, purpose="PATRQT")
    actor = actor_of_token(token, at=NOW, request_id="r")
    assert (actor.kind, actor.id, actor.person_id) == (ActorKind.PERSON, person.id, karin.id)
    assert actor.permissions == person.permissions
    assert actor.purpose is Purpose.PATIENT_REQUEST
    assert (actor.narrowing.client_id, actor.narrowing.person_id) == (app.id, karin.id)


def test_an_app_of_staff_acts_under_their_assignment(cast: Cast, app: rows.Client) -> None:
    token = make_token(app, cast.region_nurse, "user/*.rs")
    actor = actor_of_token(token, at=NOW, request_id="r")
    nurse = cast.region_nurse
    assert actor == type(nurse)(
        **{name: getattr(nurse, name) for name in nurse.__slots__}
        | {"request_id": "r", "narrowing": None}
    )


def test_a_system_acts_at_its_unit_with_its_role(cast: Cast) -> None:
    unit = cast.region_nurse.unit_id
    client = make_client(unit, kind="backend", roles=["integration"], purposes=["COC"])
    actor = actor_of_token(
        make_token(client, None, "system/*.rs", purpose="COC"), at=NOW, request_id="r"
    )
    assert (actor.kind, actor.id, actor.unit_id) == (ActorKind.STAFF, client.id, unit)
    assert (actor.provider_id, actor.branch) == (
        cast.region_nurse.provider_id, cast.region_nurse.branch,
    )  # fmt: skip
    assert actor.purpose is Purpose.COORDINATION


def test_it_is_one_way_to_the_database(cast: Cast, app: rows.Client) -> None:
    token = make_token(app, cast.region_nurse, "user/*.rs")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        actor_of_token(token, at=NOW, request_id="r")
    assert len(asked) == 1


# ── what ends it ──


def _ended_token(**values: Any) -> None:
    with writing():
        rows.Token.objects.update(**values)


def _ended_connection(**values: Any) -> None:
    with writing():
        rows.Connection.objects.update(**values)


HOUR = timedelta(hours=1)
ENDS = {
    "run out": lambda cast: _ended_token(expires_at=NOW),
    "used up": lambda cast: _ended_token(ended_at=NOW),
    "refreshes": lambda cast: _ended_token(refreshes=True),
    "not yet": lambda cast: _ended_token(made_at=NOW + HOUR),
    "taken back": lambda cast: _ended_connection(ended_at=NOW),
    "the yes has run out": lambda cast: _ended_connection(until=NOW),
    "switched off": lambda cast: _update_client(status="disabled"),
    "not answered": lambda cast: _update_client(status="requested"),
    "the account": lambda cast: Account.objects.update(is_active=False),
    "the assignment": lambda cast: end_assignment(
        system(), assignment_id=cast.region_nurse.assignment_id
    ),
    "the unit": lambda cast: close_unit(system(), unit_id=cast.region_nurse.unit_id),
}


def _update_client(**values: Any) -> None:
    with writing():
        rows.Client.objects.update(**values)


@pytest.mark.parametrize("end", ENDS)
def test_what_has_ended_lets_nobody_in(cast: Cast, app: rows.Client, end: str) -> None:
    token = make_token(app, cast.region_nurse, "user/*.rs")
    assert actor_of_token(token, at=NOW, request_id="r")
    ENDS[end](cast)
    assert actor_of_token(token, at=NOW, request_id="r") is None
    answer = get("metadata", token)
    assert answer.status_code == 401
    assert answer.json()["resourceType"] == "OperationOutcome"


@pytest.mark.parametrize("token", ["", "x", "x" * 100_000, "åäö", "'; DROP TABLE x; --", "%s"])
def test_a_guess_lets_nobody_in(cast: Cast, token: str) -> None:
    assert actor_of_token(token, at=NOW, request_id="r") is None


def test_an_assignment_of_another_lets_nobody_in(cast: Cast, app: rows.Client) -> None:
    token = make_token(app, cast.region_nurse, "user/*.rs")
    _ended_connection(account_id=cast.stranger.id)
    assert actor_of_token(token, at=NOW, request_id="r") is None


# ── at the door ──


def test_a_read_with_a_token_and_what_it_lets(cast: Cast, app: rows.Client, karin: Any) -> None:
    token = make_token(app, cast.region_nurse, "patient/Patient.r", person_id=karin.id)
    assert get(f"Patient/{karin.id}", token).status_code == 200
    line = Event.objects.filter(person_id=str(karin.id)).order_by("-id").first()
    assert line.detail["client"] == "Vinden"
    answer = get(f"CarePlan/{karin.id}", token)
    assert answer.status_code == 403
    assert answer.json()["issue"][0]["code"] == "forbidden"
    assert "insufficient_scope" in answer["WWW-Authenticate"]


def test_a_refusal_by_scope_leaves_a_line(cast: Cast, app: rows.Client, karin: Any) -> None:
    token = make_token(app, cast.region_nurse, "patient/Patient.r", person_id=karin.id)
    get("CarePlan/1", token)
    line = Event.objects.order_by("-id").first()
    assert line.detail["refusal"] == "app"
    assert line.outcome != 0


def test_another_person_than_the_app_was_opened_for(
    cast: Cast, app: rows.Client, karin: Any
) -> None:
    other = make_person(cast.region_nurse, replace(KARIN, given_name="Olle"))
    token = make_token(app, cast.region_nurse, "patient/Patient.r", person_id=karin.id)
    assert get(f"Patient/{other.id}", token).status_code == 404
    with_user = make_token(app, cast.region_nurse, "user/Patient.r", person_id=karin.id)
    assert get(f"Patient/{other.id}", with_user).status_code == 200


def test_a_scope_never_gives_more_than_the_user_has(
    cast: Cast, app: rows.Client, karin: Any
) -> None:
    token = make_token(app, cast.stranger, "user/*.cruds patient/*.cruds", person_id=karin.id)
    assert get(f"Patient/{karin.id}", token).status_code == 404


def test_a_system_reads_whom_its_unit_knows(cast: Cast, karin: Any) -> None:
    client = make_client(
        cast.region_nurse.unit_id, kind="backend", roles=["integration"], purposes=["TREAT"]
    )
    token = make_token(client, None, "system/Patient.rs")
    assert get(f"Patient/{karin.id}", token).status_code == 200
    elsewhere = make_client(
        cast.stranger.unit_id, kind="backend", roles=["integration"], purposes=["TREAT"]
    )
    assert get(f"Patient/{karin.id}", make_token(elsewhere, None, "system/*.rs")).status_code == 404


def test_a_wrong_token_is_not_mended_by_a_session(cast: Cast, karin: Any) -> None:
    browser = Client()
    browser.force_login(Account.objects.get(id=cast.region_nurse.id))
    for sent in ("Bearer wrong", "Basic eDp5", "bearer", "Bearer"):
        answer = browser.get(f"/fhir/R4/Patient/{karin.id}", headers={"Authorization": sent})
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_token_is_nothing_on_our_pages(cast: Cast, app: rows.Client) -> None:
    token = make_token(app, cast.region_nurse, "user/*.cruds")
    assert Client().get(reverse("people:search"), headers=bearer(token)).status_code == 302


def test_who_has_a_token_needs_none_against_forged_requests(
    cast: Cast, app: rows.Client, karin: Any
) -> None:
    token = make_token(app, cast.region_nurse, "user/Patient.r")
    browser = Client(enforce_csrf_checks=True)
    headers = bearer(token) | {"Sec-Fetch-Site": "cross-site"}
    answer = browser.put(
        f"/fhir/R4/Patient/{karin.id}", b"{}", "application/fhir+json", headers=headers
    )
    assert answer.status_code == 403
    assert "insufficient_scope" in answer["WWW-Authenticate"]  # the scope, not the other site


# ── scripts of other sites ──


def test_a_script_of_another_site_may_read_the_answer(
    cast: Cast, app: rows.Client, karin: Any
) -> None:
    token = make_token(app, cast.region_nurse, "user/Patient.r")
    headers = bearer(token) | {"Origin": "https://app.example"}
    answer = Client().get(f"/fhir/R4/Patient/{karin.id}", headers=headers)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    asked = Client().options(
        f"/fhir/R4/Patient/{karin.id}",
        headers={"Origin": "https://app.example", "Access-Control-Request-Method": "PUT"},
    )
    assert asked.status_code == 204
    assert "Authorization" in asked["Access-Control-Allow-Headers"]


def test_our_pages_are_read_by_no_other_site(cast: Cast) -> None:
    answer = Client().get("/", headers={"Origin": "https://app.example"})
    assert "Access-Control-Allow-Origin" not in answer


def test_the_relation_is_what_a_system_is_let_in_by(cast: Cast, karin: Any) -> None:
    """The same rule as for staff: with a relation of the unit it reads."""
    client = make_client(
        cast.stranger.unit_id, kind="backend", roles=["integration"], purposes=["TREAT"]
    )
    token = make_token(client, None, "system/*.rs")
    relate(cast.stranger, karin)
    assert get(f"Patient/{karin.id}", token).status_code == 200
