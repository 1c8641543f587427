"""The door: no one past without an actor; who one is follows the assignment; refusals are pages."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from samverka.access.models import Account
from samverka.organisations.operations import end_assignment
from samverka.web.door import ASSIGNMENT, SECOND_FACTOR
from tests.factories.cast import NOW, Cast, make_person, person_login

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture(autouse=True)
def _friday() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def logged_in(actor_id: UUID, assignment: UUID | None = None) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=actor_id))
    session = client.session
    session[SECOND_FACTOR] = True
    if assignment:
        session[ASSIGNMENT] = str(assignment)
    session.save()
    return client


def test_without_log_in_one_is_sent_to_the_entrance(cast: Cast) -> None:
    answer = Client().get(reverse("people:search"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_a_script_that_asks_without_log_in_gets_401(cast: Cast) -> None:
    answer = Client().get(reverse("people:search"), headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == reverse("account_login")


def test_staff_without_a_second_factor_must_first_set_one_up(cast: Cast) -> None:
    client = Client()
    client.force_login(Account.objects.get(id=cast.region_nurse.id))
    answer = client.get(reverse("people:search"))
    assert answer["Location"] == reverse("mfa_index")


def test_without_a_chosen_assignment_one_is_sent_to_choose(cast: Cast) -> None:
    answer = logged_in(cast.region_nurse.id).get(reverse("people:search"))
    assert answer["Location"] == reverse("organisations:choose")


def test_another_ones_assignment_cannot_be_chosen(cast: Cast) -> None:
    client = logged_in(cast.region_nurse.id, cast.physician.assignment_id)
    assert client.get(reverse("people:search"))["Location"] == reverse("organisations:choose")


def test_an_ended_assignment_is_gone_at_the_next_request(cast: Cast) -> None:
    client = logged_in(cast.region_nurse.id, cast.region_nurse.assignment_id)
    assert client.get(reverse("people:search")).status_code == 200
    end_assignment(cast.system, assignment_id=cast.region_nurse.assignment_id)
    assert client.get(reverse("people:search"))["Location"] == reverse("organisations:choose")


def test_idle_too_long_ends_the_session(cast: Cast) -> None:
    client = logged_in(cast.region_nurse.id, cast.region_nurse.assignment_id)
    assert client.get(reverse("people:search")).status_code == 200
    with time_machine.travel(NOW + timedelta(minutes=21), tick=False):
        assert client.get(reverse("people:search")).status_code == 302
        assert "_auth_user_id" not in client.session


def test_pages_are_never_stored(cast: Cast) -> None:
    client = logged_in(cast.region_nurse.id, cast.region_nurse.assignment_id)
    answer = client.get(reverse("people:search"))
    assert "no-store" in answer["Cache-Control"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_refusal_is_a_page_in_words_and_the_same_as_for_nothing(cast: Cast) -> None:
    person = make_person(cast.region_nurse)
    client = logged_in(cast.stranger.id, cast.stranger.assignment_id)
    there = client.get(reverse("people:edit", args=[person.id]))
    nothing = client.get(reverse("people:edit", args=[cast.stranger.id]))
    assert there.status_code == nothing.status_code == 404
    assert "Åström" not in there.content.decode()
    assert _without_tokens(there.content) == _without_tokens(nothing.content)


def test_a_person_is_not_let_into_the_pages_of_staff(cast: Cast) -> None:
    person = make_person(cast.region_nurse)
    client = logged_in(person_login(person).id)
    assert client.get(reverse("people:search")).status_code == 403
    assert client.post(reverse("people:search"), {"q": "Karin"}).status_code == 403


def _without_tokens(content: bytes) -> str:
    lines = content.decode().splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)
