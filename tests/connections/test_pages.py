"""The pages: an administrator lets in and switches off, a person says yes and takes it back, an app is opened from a page."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samverka.connections import models as rows
from samverka.connections.forms import ClientForm, RequestForm
from samverka.connections.reads import actor_of_token
from samverka.web.door import AS_PERSON
from tests.connections.conftest import logged_in
from tests.connections.letting import (
    KEY,
    REDIRECT,
    asking,
    assertion,
    code_for,
    make_client,
    parameters,
    public,
    redeem,
    system_token,
)
from tests.factories.cast import KARINS_NUMBER, NOW, Cast, make_person, person_login
from tests.readability import lix

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


@pytest.fixture
def admins(cast: Cast) -> Client:
    """The administrator's browser."""
    return logged_in(cast.administrator.id, str(cast.administrator.assignment_id))


def words_of(answer: Any) -> str:
    """What is read on the page's main part."""
    text = answer.content.decode()
    main = text[text.index("<main") : text.index("</main>")]
    main = re.sub(r"</(p|li|h1|h2|dd|button|legend|label|div)>", ". ", main)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


APP = {
    "name": "Vinden", "about": "Visar planer.", "kind": "public", "scopes": "launch/patient patient/CarePlan.rs",
    "redirects": REDIRECT,
}  # fmt: skip


def register(admins: Client, cast: Cast, **other: Any) -> Any:
    given = APP | {"unit": str(cast.administrator.unit_id)} | other
    return admins.post(reverse("connections:new_client"), given)


def test_an_administrator_registers_an_app_and_switches_it_off(
    cast: Cast, admins: Client, karins: Client
) -> None:
    answer = register(admins, cast)
    assert answer.status_code == 302, words_of(answer)
    client = rows.Client.objects.get(name="Vinden")
    assert answer["Location"] == reverse("connections:client", args=[client.id])
    assert "Vinden" in words_of(admins.get(reverse("connections:clients")))
    given = redeem(client, code_for(karins, client, "patient/CarePlan.rs", who=AS_PERSON)).json()
    assert actor_of_token(given["access_token"], at=NOW, request_id="")
    admins.post(reverse("connections:switch_off", args=[client.id]))
    assert actor_of_token(given["access_token"], at=NOW, request_id="") is None
    admins.post(reverse("connections:let_in", args=[client.id]))
    assert actor_of_token(given["access_token"], at=NOW, request_id="") is None  # the yes has ended


FAULTS = {
    "no scope": {"scopes": "allt"},
    "of a system": {"scopes": "system/*.rs"},
    "nowhere": {"redirects": ""},
    "anyone listens": {"redirects": "http://app.example/svar"},
    "script": {"redirects": "javascript:alert(1)"},
    "a star": {"redirects": "https://*.example/svar"},
    "a user": {"redirects": "https://a@app.example/svar"},
    "a fragment": {"redirects": "https://app.example/svar#x"},
    "a scheme of all": {"redirects": "app:/svar"},
    "another's unit": {"unit": "other"},
    "a system without a purpose": {"kind": "backend", "scopes": "system/*.rs", "roles": "care", "keys": "own"},
    "a system without a key": {"kind": "backend", "scopes": "system/*.rs", "roles": "care", "purposes": "TREAT"},
    "a system without a role": {"kind": "backend", "scopes": "system/*.rs", "purposes": "TREAT", "keys": "own"},
    "a role that is no system's": {"kind": "backend", "scopes": "system/*.rs", "purposes": "TREAT", "keys": "own",
                                   "roles": "administrator"},
    "an emergency": {"kind": "backend", "scopes": "system/*.rs", "purposes": "ETREAT", "keys": "own", "roles": "care"},
    "the secret part": {"kind": "confidential", "keys": "secret"},
    "a short key": {"kind": "confidential", "keys": '{"kty":"RSA","n":"AQAB","e":"AQAB"}'},
    "a symmetric key": {"kind": "confidential", "keys": '{"kty":"oct","k":"AQAB"}'},
    "no JSON": {"kind": "confidential", "keys": "nyckel"},
    "no name": {"name": " "},
}  # fmt: skip
WORTH = {
    "own": json.dumps(public()),
    "secret": json.dumps(KEY.as_dict(private=True)),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_registered_is_said_on_the_form(
    cast: Cast, admins: Client, fault: str
) -> None:
    other = {name: WORTH.get(value, value) for name, value in FAULTS[fault].items()}
    if other.get("unit") == "other":
        other["unit"] = str(cast.municipal_nurse.unit_id)
    answer = register(admins, cast, **other)
    assert answer.status_code == 422
    assert not rows.Client.objects.exists()


def test_a_system_is_registered_with_role_and_purpose(cast: Cast, admins: Client) -> None:
    other = {"kind": "backend", "scopes": "system/*.rs", "redirects": "", "keys": WORTH["own"],
             "roles": ["integration"], "purposes": ["TREAT"]}  # fmt: skip
    assert register(admins, cast, **other).status_code == 302
    client = rows.Client.objects.get()
    assert system_token(client, client_assertion=assertion(client)).status_code == 200
    page = words_of(admins.get(reverse("connections:client", args=[client.id])))
    assert "EC one" in page


def test_a_secret_is_shown_once(cast: Cast, admins: Client) -> None:
    client = make_client(cast.administrator.unit_id, kind="confidential")
    shown = words_of(admins.post(reverse("connections:secret", args=[client.id])))
    secret = re.search(r"[\w-]{43}", shown)
    assert secret
    again = words_of(admins.get(reverse("connections:client", args=[client.id])))
    assert secret[0] not in again
    assert secret[0] not in rows.Client.objects.get().secret_digest


def test_another_organisations_apps_are_not_there(cast: Cast, admins: Client) -> None:
    theirs = make_client(cast.municipal_nurse.unit_id, name="Deras")
    assert "Deras" not in words_of(admins.get(reverse("connections:clients")))
    for name in ("client", "change_client"):
        assert admins.get(reverse(f"connections:{name}", args=[theirs.id])).status_code == 404
    assert admins.post(reverse("connections:switch_off", args=[theirs.id])).status_code == 404


def test_who_is_no_administrator_lets_nobody_in(cast: Cast, nurses: Client) -> None:
    assert nurses.get(reverse("connections:clients")).status_code == 403
    assert register(nurses, cast).status_code == 403


def test_a_developer_asks_and_an_administrator_answers(
    cast: Cast, admins: Client, karins: Client
) -> None:
    told = APP | {"maker": "Vind AB", "contact": "vind@example.se"}
    answer = Client().post(reverse("connections:request"), told)
    client = rows.Client.objects.get()
    assert str(client.id) in words_of(answer)
    begun = karins.get("/oauth/authorize", asking(client, "patient/CarePlan.rs"))
    assert begun.status_code == 422  # not yet
    assert "Vinden" in words_of(admins.get(reverse("connections:clients")))
    unit = {"unit": str(cast.administrator.unit_id)}
    admins.post(reverse("connections:let_in", args=[client.id]), unit)
    begun = karins.get("/oauth/authorize", asking(client, "patient/CarePlan.rs"))
    assert begun.status_code == 302


def test_developers_together_ask_ten_times_a_minute(cast: Cast) -> None:
    codes = [
        Client().post(reverse("connections:request"), {"name": "x"}).status_code for _ in range(11)
    ]
    assert codes == [422] * 10 + [429]


# ── the question ──


def test_the_question_is_easy_to_read(karins: Client, app: rows.Client) -> None:
    scope = "offline_access openid patient/CarePlan.rs patient/Observation.rs patient/Task.cud"
    begun = karins.get("/oauth/authorize", asking(app, scope))
    page = words_of(karins.get(begun["Location"]))
    assert "Vill du släppa in Vinden?" in page
    assert "planer" in page
    assert "mätvärden" in page
    assert lix(page) <= 30, lix(page)


def test_the_form_may_lead_to_the_app_alone(karins: Client, app: rows.Client) -> None:
    begun = karins.get("/oauth/authorize", asking(app, "patient/*.rs"))
    policy = karins.get(begun["Location"])["Content-Security-Policy"]
    assert "form-action 'self' https://app.example;" in f"{policy};"


# ── one's own apps ──


def test_a_person_takes_back(karins: Client, karin: Any, app: rows.Client) -> None:
    given = redeem(app, code_for(karins, app, "offline_access patient/*.rs", who=AS_PERSON)).json()
    page = karins.get(reverse("connections:mine"))
    assert "Vinden" in words_of(page)
    assert lix(words_of(page)) <= 30
    connection = rows.Connection.objects.get()
    karins.post(reverse("connections:take_back", args=[connection.id]))
    assert actor_of_token(given["access_token"], at=NOW, request_id="") is None
    assert "Vinden" not in words_of(karins.get(reverse("connections:mine")))


def test_nobody_takes_back_anothers(cast: Cast, karins: Client, app: rows.Client) -> None:
    code_for(karins, app, "patient/*.rs", who=AS_PERSON)
    connection = rows.Connection.objects.get()
    other = logged_in(person_login(make_person(cast.region_nurse)).id, AS_PERSON)
    address = reverse("connections:take_back", args=[connection.id])
    assert other.post(address).status_code == 404
    assert rows.Connection.objects.get().ended_at is None


# ── opened from a page ──


def test_an_app_is_opened_from_a_persons_page(cast: Cast, nurses: Client, karin: Any) -> None:
    app = make_client(
        cast.region_nurse.unit_id, name="Ronden", scopes="launch patient/*.rs",
        launch_address="https://app.example/start",
    )  # fmt: skip
    page = reverse("connections:open_in", args=[karin.id])
    assert "Ronden" in words_of(nurses.get(page))
    sent = nurses.post(page, {"app": str(app.id)})
    assert sent["Location"].startswith("https://app.example/start?")
    told = parameters(sent["Location"])
    assert told["iss"] == "http://testserver/fhir/R4"
    assert str(karin.id) not in sent["Location"]  # who it is, the app learns with the token
    begun = nurses.get(
        "/oauth/authorize", asking(app, "launch patient/*.rs", launch=told["launch"])
    )
    assert karin.name in words_of(nurses.get(begun["Location"]))
    who = {"answer": "yes", "who": str(cast.region_nurse.assignment_id)}
    answer = nurses.post(begun["Location"], who)
    given = redeem(app, parameters(answer["Location"])["code"]).json()
    assert given["patient"] == str(karin.id)
    again = nurses.get(
        "/oauth/authorize", asking(app, "launch patient/*.rs", launch=told["launch"])
    )
    assert nurses.post(again["Location"], who).status_code == 422  # a click opens once


def test_anothers_click_opens_nothing(cast: Cast, nurses: Client, karin: Any) -> None:
    app = make_client(
        cast.region_nurse.unit_id, scopes="launch patient/*.rs",
        launch_address="https://app.example/start",
    )  # fmt: skip
    sent = nurses.post(reverse("connections:open_in", args=[karin.id]), {"app": str(app.id)})
    launch = parameters(sent["Location"])["launch"]
    other = logged_in(cast.ward_nurse.id, str(cast.ward_nurse.assignment_id))
    begun = other.get("/oauth/authorize", asking(app, "launch patient/*.rs", launch=launch))
    page = words_of(other.get(begun["Location"]))
    assert karin.name not in page
    who = {"answer": "yes", "who": str(cast.ward_nurse.assignment_id)}
    assert other.post(begun["Location"], who).status_code == 422


def test_whom_one_does_not_know_is_opened_in_no_app(cast: Cast, karin: Any) -> None:
    app = make_client(cast.stranger.unit_id, launch_address="https://app.example/start")
    strangers = logged_in(cast.stranger.id, str(cast.stranger.assignment_id))
    page = reverse("connections:open_in", args=[karin.id])
    assert strangers.get(page).status_code == 404
    assert strangers.post(page, {"app": str(app.id)}).status_code == 404
    assert not rows.Launch.objects.exists()


def test_staff_write_the_number_of_the_person(cast: Cast, nurses: Client, app: rows.Client) -> None:
    karin = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    begun = nurses.get("/oauth/authorize", asking(app, "launch/patient patient/*.rs"))
    who = {"answer": "yes", "who": str(cast.region_nurse.assignment_id)}
    answer = nurses.post(begun["Location"], who | {"number": KARINS_NUMBER.value})
    given = redeem(app, parameters(answer["Location"])["code"]).json()
    assert given["patient"] == str(karin.id)


def test_every_field_stands_under_a_heading() -> None:
    """A field that is in no part would be asked for and never shown."""
    for form in (RequestForm(), ClientForm(units=[])):
        shown = [field.name for _title, fields in form.parts() for field in fields]
        assert sorted(shown) == sorted(form.fields)
