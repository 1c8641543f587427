"""The demo's log-in page: there in demo mode only; one press and one is someone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse
from django.urls.exceptions import Resolver404
from pytest_django import Settings

from samverka.demo.cast import CAST, roles
from samverka.web.door import AS_PERSON, ASSIGNMENT
from tests.demo.conftest import NOW, Built


@pytest.fixture
def demo_mode(settings: Settings) -> Iterator[None]:
    settings.DEMO = True
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "samverka.demo"]
    settings.ROOT_URLCONF = "tests.demo.urls"
    with time_machine.travel(NOW, tick=False):
        yield


def press(who: str) -> Client:
    client = Client()
    answer = client.post("/demo/", {"who": who})
    assert (answer.status_code, answer["Location"]) == (302, "/"), who
    return client


# ── outside demo mode ──


def test_the_address_does_not_exist() -> None:
    with pytest.raises(Resolver404):
        resolve("/demo/")
    with pytest.raises(NoReverseMatch):
        reverse("demo:entrance")


@pytest.mark.django_db
def test_it_answers_as_if_it_were_not_there(client: Client) -> None:
    assert client.get("/demo/").status_code in (302, 404)
    assert client.post("/demo/", {"who": "karin"}).status_code in (302, 404)


@pytest.mark.django_db
def test_even_a_misplaced_address_is_shut(client: Client, settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.demo.urls"
    assert settings.DEMO is False
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/", {"who": "karin"}).status_code == 404


# ── in demo mode ──


@pytest.mark.django_db
@pytest.mark.usefixtures("demo_mode")
def test_all_of_the_cast_are_shown_with_something_to_try(client: Client) -> None:
    text = client.get("/demo/").content.decode()
    for group in CAST:
        assert str(group.heading) in text
        for role in group.roles:
            assert f'value="{role.who}"' in text
            assert str(role.try_this) in text


@pytest.mark.django_db
@pytest.mark.usefixtures("demo_mode")
def test_before_the_county_is_built_one_is_told_so(client: Client) -> None:
    answer = client.post("/demo/", {"who": "karin"})
    assert answer.status_code == 200
    assert "Den rollen finns inte här" in answer.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("demo_mode")
def test_every_role_can_be_taken_and_has_a_start_page(built: Built) -> None:
    for who in roles():
        client = press(who)
        assert client.session[ASSIGNMENT]
        answer = client.get("/", follow=True)
        assert answer.status_code == 200, who


@pytest.mark.usefixtures("demo_mode")
def test_a_person_acts_as_oneself_and_staff_under_the_first_assignment(built: Built) -> None:
    assert press("karin").session[ASSIGNMENT] == AS_PERSON
    mats = press("mats.wikander").session[ASSIGNMENT]
    assert mats == str(built.actor("mats.wikander").assignment_id)


@pytest.mark.usefixtures("demo_mode")
def test_one_can_change_role(built: Built) -> None:
    client = press("karin")
    first = client.session["_auth_user_id"]
    client.post("/demo/", {"who": "lena.berg"})
    assert client.session["_auth_user_id"] != first


@pytest.mark.usefixtures("demo_mode")
def test_nobody_outside_the_cast_can_be_taken(built: Built) -> None:
    client = Client()
    for who in ("demo-finished", "johanna", "amina.hassan", ""):
        client.post("/demo/", {"who": who})
        assert "_auth_user_id" not in client.session
