"""The session: how long it lasts, and that nothing typed is lost when it ends."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from samverka.access.act import set_row_security
from samverka.access.models import Account
from samverka.kernel.actor import Actor
from samverka.organisations.operations import end_assignment
from samverka.people.reads import PersonDetail
from samverka.web.jobs import sweep
from samverka.web.models import Draft
from samverka.web.reads import list_drafts
from samverka.web.rules import DRAFT_FIELD, LONGEST, worth_keeping
from tests.factories.cast import NOW, Cast, make_person, person_login
from tests.factories.login import logged_in

pytestmark = pytest.mark.django_db

NEAR = {"name": "Greta Åström", "kind": "sibling", "phone": "070-174 06 05", "note": "Har nyckel"}
LONG_AFTER = timedelta(minutes=40)


@pytest.fixture(autouse=True)
def _friday() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.region_nurse)


@pytest.fixture
def address(karin: PersonDetail) -> str:
    return reverse("people:relatives", args=[karin.id])


def back(client: Client, actor: Actor) -> Client:
    """The same browser after a new log-in."""
    cookies = dict(client.cookies)
    fresh = logged_in(actor)
    for name, morsel in cookies.items():
        if "osparat" in name:
            fresh.cookies[name] = morsel.value
    return fresh


def typed_too_late(client: Client, address: str, **form: str) -> None:
    """Open the form, go away, come back and send it."""
    assert client.get(address).status_code == 200
    with time_machine.travel(NOW + LONG_AFTER, tick=False):
        answer = client.post(address, form or NEAR)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("account_login")


def drafts_of(actor: Actor) -> list[dict[str, list[str]]]:
    return [dict(draft.fields) for draft in list_drafts(Cast.at(actor, hours=1))]


def test_what_was_typed_is_there_after_the_next_log_in(cast: Cast, address: str) -> None:
    client = logged_in(cast.region_nurse)
    typed_too_late(client, address, **NEAR, csrfmiddlewaretoken="x" * 64, password="hemligt")
    assert drafts_of(cast.region_nurse) == [{name: [text] for name, text in NEAR.items()}]
    with time_machine.travel(NOW + LONG_AFTER, tick=False):
        client = back(client, cast.region_nurse)
        led = client.get("/hjalp/"), client.get(reverse("people:search"))
        assert [answer.status_code for answer in led] == [200, 302]
        assert led[1]["Location"] == reverse("web:drafts")
        html = client.get(reverse("web:drafts")).content.decode()
        assert "Greta Åström" in html
        assert "Bra att veta" in html  # the field's own label
        assert "hemligt" not in html
        assert client.get(reverse("people:search")).status_code == 200  # led only once


def test_it_is_sent_again_to_the_same_address_and_then_gone(cast: Cast, address: str) -> None:
    client = logged_in(cast.region_nurse)
    typed_too_late(client, address)
    with time_machine.travel(NOW + LONG_AFTER, tick=False):
        client = back(client, cast.region_nurse)
        html = client.get(reverse("web:drafts")).content.decode()
        assert f'action="{address}"' in html
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html))
        sent = {name: fields[name] for name in (*NEAR, DRAFT_FIELD)}
        assert client.post(address, sent).status_code == 302
        assert "Greta Åström" in client.get(address).content.decode()
    assert drafts_of(cast.region_nurse) == []


def test_what_is_refused_when_sent_again_is_still_kept(cast: Cast, address: str) -> None:
    client = logged_in(cast.region_nurse)
    typed_too_late(client, address)
    with time_machine.travel(NOW + LONG_AFTER, tick=False):
        client = back(client, cast.region_nurse)
        draft = list_drafts(Cast.at(cast.region_nurse, hours=1))[0]
        refused = client.post(address, {DRAFT_FIELD: str(draft.id), "name": ""})
    assert refused.status_code == 422
    assert len(drafts_of(cast.region_nurse)) == 1


def test_it_can_be_thrown_away(cast: Cast, address: str) -> None:
    client = logged_in(cast.region_nurse)
    typed_too_late(client, address)
    draft = list_drafts(Cast.at(cast.region_nurse, hours=1))[0]
    with time_machine.travel(NOW + LONG_AFTER, tick=False):
        client = back(client, cast.region_nurse)
        client.post(reverse("web:throw-draft", args=[draft.id]))
        assert "ingen osparad text" in client.get(reverse("web:drafts")).content.decode()


def test_a_fragment_gets_401_and_the_way_to_the_log_in(cast: Cast, address: str) -> None:
    client = logged_in(cast.region_nurse)
    client.get(address)
    with time_machine.travel(NOW + LONG_AFTER, tick=False):
        answer = client.post(address, NEAR, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (401, reverse("account_login"))
    assert len(drafts_of(cast.region_nurse)) == 1


def test_a_form_in_another_tab_is_kept_too(cast: Cast, address: str, karin: PersonDetail) -> None:
    client = logged_in(cast.region_nurse)
    typed_too_late(client, address)
    other = reverse("people:capacity", args=[karin.id])
    with time_machine.travel(NOW + LONG_AFTER, tick=False):
        client.post(other, {"capacity": "capable", "reason": "Hon förstår"})
        client.cookies[next(name for name in client.cookies if "osparat" in name)] = "forged"
        client.post(other, {"capacity": "capable", "reason": "Någon annans ord"})
    reasons = [one["reason"] for one in drafts_of(cast.region_nurse) if "reason" in one]
    assert reasons == [["Hon förstår"]]


def test_a_page_from_before_the_last_log_in_loses_nothing(cast: Cast, address: str) -> None:
    left = logged_in(cast.region_nurse)
    typed_too_late(left, address, name="Först")
    strict = Client(enforce_csrf_checks=True)
    with time_machine.travel(NOW + LONG_AFTER, tick=False):
        for name, morsel in back(left, cast.region_nurse).cookies.items():
            strict.cookies[name] = morsel.value
        own = strict.post(address, NEAR, headers={"Sec-Fetch-Site": "same-origin"})
        unknown = strict.post(address, {"name": "Någon"})
    assert (own.status_code, unknown.status_code) == (302, 403)
    assert own["Location"] == reverse("web:drafts")
    assert drafts_of(cast.region_nurse) == [{name: [text] for name, text in NEAR.items()}]


def test_an_ended_assignment_keeps_what_was_typed(cast: Cast, address: str) -> None:
    client = logged_in(cast.region_nurse)
    end_assignment(cast.system, assignment_id=cast.region_nurse.assignment_id)
    answer = client.post(address, NEAR)
    assert answer["Location"] == reverse("organisations:choose")
    assert len(drafts_of(cast.region_nurse)) == 1


def test_a_search_or_an_empty_form_is_not_kept(cast: Cast, address: str) -> None:
    for path, form in ((reverse("people:search"), {"q": "Karin"}), (address, {"name": "  "})):
        typed_too_late(logged_in(cast.region_nurse), path, **form)
    assert drafts_of(cast.region_nurse) == []


def test_only_the_same_account_sees_it_even_past_the_program(cast: Cast, address: str) -> None:
    """The database itself answers no one else: not a colleague, not one without name."""
    typed_too_late(logged_in(cast.region_nurse), address)
    seen = {}
    for actor in (cast.region_nurse, cast.physician, cast.administrator, cast.system):
        with transaction.atomic():
            set_row_security(actor)
            seen[actor.name] = Draft.objects.count()
            transaction.set_rollback(True)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('samverka.actor', '', true)")
        seen["no one"] = Draft.objects.count()
    assert seen.pop(cast.region_nurse.name) == 1
    assert set(seen.values()) == {0}


def test_another_account_is_not_led_to_it(cast: Cast, address: str) -> None:
    client = logged_in(cast.region_nurse)
    typed_too_late(client, address)
    with time_machine.travel(NOW + LONG_AFTER, tick=False):
        client = back(client, cast.physician)
        assert client.get(reverse("people:search")).status_code == 200
        assert "Greta" not in client.get(reverse("web:drafts")).content.decode()


def test_after_twelve_hours_it_is_neither_shown_nor_there(cast: Cast, address: str) -> None:
    typed_too_late(logged_in(cast.region_nurse), address)
    assert list_drafts(Cast.at(cast.region_nurse, hours=13)) == []
    with time_machine.travel(NOW + timedelta(hours=11), tick=False):
        assert sweep() == 0
    with time_machine.travel(NOW + timedelta(hours=13), tick=False):
        assert sweep() == 1
    assert drafts_of(cast.region_nurse) == []


@pytest.mark.usefixtures("standing_county")  # asks the database nothing
def test_what_is_worth_keeping() -> None:
    kept = worth_keeping([("what", ["Gå ut"]), ("version", ["3"]), ("new_password", ["hemligt"])])
    assert kept == {"what": ["Gå ut"], "version": ["3"]}
    assert worth_keeping([("version", ["3"]), ("goal", [str(NOW and "0e6f4c83" * 4)])]) == {}
    assert worth_keeping([("what", ["x" * (LONGEST + 1)])]) == {}


# ── how long ──


def status_after(client: Client, minutes: float) -> int:
    with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
        return client.get(reverse("web:gallery")).status_code


def test_staff_have_fifteen_minutes_and_a_person_twenty(cast: Cast, karin: PersonDetail) -> None:
    for actor, allowed in ((cast.region_nurse, 15), (person_login(karin), 20)):
        client = logged_in(actor)
        assert status_after(client, 0) == 200
        assert status_after(client, allowed) == 200
        assert status_after(client, allowed * 2 + 1) == 302


def test_nobody_is_logged_in_longer_than_a_shift(cast: Cast) -> None:
    client = logged_in(cast.region_nurse)
    answers = [status_after(client, minutes) for minutes in range(0, 12 * 60 + 20, 10)]
    assert answers.count(200) == 12 * 6 + 1
    assert answers[-1] == 302


def test_whoever_has_been_away_is_nobody_on_open_pages_too(cast: Cast) -> None:
    client = logged_in(cast.region_nurse)
    client.get("/hjalp/")
    with time_machine.travel(NOW + LONG_AFTER, tick=False):
        html = client.get("/hjalp/").content.decode()
    assert cast.region_nurse.name not in html
    assert "utan aktivitet" not in html


def test_the_page_says_how_long_without_script(cast: Cast) -> None:
    html = logged_in(cast.region_nurse).get("/hjalp/").content.decode()
    assert "Du loggas ut efter 15 minuter utan aktivitet" in html
    assert '<meta name="session" content="900"' in html
    assert 'name="session"' not in Client().get("/hjalp/").content.decode()


def test_asking_how_long_is_left_is_no_sign_of_life_but_going_on_is(cast: Cast) -> None:
    client = logged_in(cast.region_nurse)
    client.get(reverse("web:gallery"))
    ask, go_on = reverse("web:session"), reverse("web:session-go-on")
    with time_machine.travel(NOW + timedelta(minutes=14), tick=False):
        assert client.get(ask).json() == {"left": 60}
        assert client.get(ask).json() == {"left": 60}
        assert client.post(go_on).json() == {"left": 900}
    assert status_after(client, 28) == 200
    with time_machine.travel(NOW + timedelta(minutes=50), tick=False):
        assert client.get(ask).json() == {"left": 0}
        assert client.post(go_on).status_code == 302
        assert Client().get(ask).json() == {"left": 0}


def test_the_wanted_page_comes_after_the_choice_of_assignment(cast: Cast) -> None:
    client = Client()
    client.force_login(Account.objects.get(id=cast.region_nurse.id))
    session = client.session
    session["second-factor"] = True
    session.save()
    before = client.session.session_key
    assert client.get(reverse("people:search"))["Location"] == reverse("organisations:choose")
    answer = client.post(
        reverse("organisations:choose"), {"assignment": str(cast.region_nurse.assignment_id)}
    )
    assert answer["Location"] == reverse("people:search")
    assert client.session.session_key != before  # other rights, another session
