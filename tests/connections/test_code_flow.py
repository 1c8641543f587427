"""SMART App Launch: an app asks, someone says yes, and it gets what it was let, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import KeySet

from samverka.connections import models as rows
from samverka.connections.reads import actor_of_token
from samverka.organisations.operations import end_assignment
from tests.connections.letting import (
    BASE,
    REDIRECT,
    asking,
    bearer,
    challenge,
    code_for,
    make_client,
    parameters,
    redeem,
    writing,
)
from tests.factories.cast import NOW, Cast, make_person, person_login, system

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]

PERSON = {"who": "person"}


def tokens(karins: Client, app: rows.Client, scope: str = "launch/patient patient/*.rs") -> Any:
    answer = redeem(app, code_for(karins, app, scope, **PERSON))
    assert answer.status_code == 200, answer.content
    return answer.json()


# ── yes ──


def test_a_persons_app_gets_a_token_for_the_person(
    cast: Cast, karins: Client, karin: Any, app: rows.Client
) -> None:
    given = tokens(karins, app)
    assert given["patient"] == str(karin.id)
    assert (given["token_type"], given["expires_in"]) == ("Bearer", 3600)
    assert given["scope"] == "launch/patient patient/*.rs"
    assert "refresh_token" not in given
    answer = Client().get(f"/fhir/R4/Patient/{karin.id}", headers=bearer(given["access_token"]))
    assert answer.status_code == 200


def test_an_answer_is_never_kept_on_the_way(karins: Client, app: rows.Client) -> None:
    answer = redeem(app, code_for(karins, app, "launch/patient patient/*.rs", **PERSON))
    assert "no-store" in answer["Cache-Control"]


def test_no_is_told_to_the_app(karins: Client, app: rows.Client) -> None:
    begun = karins.get("/oauth/authorize", asking(app, "patient/*.rs"))
    answer = karins.post(begun["Location"], {"answer": "no"})
    told = parameters(answer["Location"])
    assert answer["Location"].startswith(REDIRECT)
    assert told == {"error": "access_denied", "state": "s" * 32,
                    "error_description": told["error_description"]}  # fmt: skip
    assert karins.get(begun["Location"]).status_code == 404


def test_an_app_gets_no_more_than_it_was_registered_for(
    cast: Cast, karins: Client, karin: Any
) -> None:
    small = make_client(cast.region_nurse.unit_id, scopes="launch/patient patient/Goal.r")
    given = tokens(karins, small, "patient/*.cruds user/*.cruds system/*.rs offline_access")
    assert given["scope"] == "patient/Goal.r"


def test_who_one_is(cast: Cast, karins: Client, karin: Any, app: rows.Client) -> None:
    begun = karins.get("/oauth/authorize", asking(app, "openid fhirUser patient/*.rs", nonce="n1"))
    sent = karins.post(begun["Location"], {"answer": "yes"} | PERSON)
    given = redeem(app, parameters(sent["Location"])["code"]).json()
    keys = KeySet.import_key_set(Client().get("/oauth/jwks").json())
    claims = jwt.decode(given["id_token"], keys, algorithms=["RS256"]).claims
    assert claims["iss"] == BASE
    assert (claims["aud"], claims["nonce"]) == (str(app.id), "n1")
    assert claims["fhirUser"] == f"{BASE}/fhir/R4/Patient/{karin.id}"
    assert "d" not in Client().get("/oauth/jwks").json()["keys"][0]


def test_staff_choose_assignment_and_person(
    cast: Cast, nurses: Client, karin: Any, app: rows.Client
) -> None:
    begun = nurses.get("/oauth/authorize", asking(app, "launch/patient patient/*.rs"))
    who = {"answer": "yes", "who": str(cast.region_nurse.assignment_id)}
    assert nurses.post(begun["Location"], who).status_code == 422  # for whom?
    missing = nurses.post(begun["Location"], who | {"number": "19121212-1212"})
    assert missing.status_code == 422
    given = tokens_for(nurses, app, "user/Patient.rs", cast)
    actor = actor_of_token(given["access_token"], at=NOW, request_id="")
    assert actor == actor_like(cast.region_nurse)
    assert "patient" not in given


def actor_like(actor: Any) -> Any:
    values = {name: getattr(actor, name) for name in actor.__slots__}
    return type(actor)(**values | {"request_id": ""})


def tokens_for(browser: Client, app: rows.Client, scope: str, cast: Cast) -> Any:
    who = str(cast.region_nurse.assignment_id)
    return redeem(app, code_for(browser, app, scope, who=who)).json()


def test_an_app_is_for_the_staff_of_those_who_let_it_in(cast: Cast, nurses: Client) -> None:
    theirs = make_client(cast.municipal_nurse.unit_id, scopes="user/*.rs")
    begun = nurses.get("/oauth/authorize", asking(theirs, "user/*.rs"))
    answer = nurses.post(
        begun["Location"], {"answer": "yes", "who": str(cast.region_nurse.assignment_id)}
    )
    assert answer.status_code == 422
    assert not rows.Code.objects.exists()


def test_nobody_can_say_yes_as_someone_else(
    cast: Cast, nurses: Client, karins: Client, app: rows.Client
) -> None:
    begun = karins.get("/oauth/authorize", asking(app, "user/*.rs"))
    for who in (str(cast.region_nurse.assignment_id), str(cast.stranger.assignment_id), "x", ""):
        assert karins.post(begun["Location"], {"answer": "yes", "who": who}).status_code == 422
    other = make_person(cast.region_nurse)
    asked = karins.get("/oauth/authorize", asking(app, "launch/patient patient/*.rs"))
    sent = {"answer": "yes", "person": str(other.id)} | PERSON
    answer = karins.post(asked["Location"], sent)
    if answer.status_code == 302:  # there is one to choose, so the field is not even read
        given = redeem(app, parameters(answer["Location"])["code"]).json()
        assert given["patient"] != str(other.id)


# ── what is refused before anybody is asked ──

NOT_SENT_ANYWHERE: dict[str, dict[str, Any]] = {
    "unknown client": {"client_id": "11111111-1111-4111-8111-111111111111"},
    "no client": {"client_id": None},
    "not an id": {"client_id": 'åäö"\\'},
    "another address": {"redirect_uri": "https://app.example/annan"},
    "longer address": {"redirect_uri": f"{REDIRECT}/mer"},
    "with a query": {"redirect_uri": f"{REDIRECT}?x=1"},
    "other case": {"redirect_uri": REDIRECT.upper()},
    "no address": {"redirect_uri": None},
    "letters": {"redirect_uri": 'https://åäö.example/"\\'},
    "script": {"redirect_uri": "javascript:alert(1)"},
}


@pytest.mark.parametrize("fault", NOT_SENT_ANYWHERE)
def test_one_is_sent_nowhere_when_the_app_is_not_known(
    karins: Client, app: rows.Client, fault: str
) -> None:
    answer = karins.get("/oauth/authorize", asking(app, "patient/*.rs", **NOT_SENT_ANYWHERE[fault]))
    assert answer.status_code == 422
    assert "Location" not in answer


TOLD_TO_THE_APP: dict[str, tuple[dict[str, Any], str]] = {
    "no PKCE": ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
    "no method": ({"code_challenge_method": None}, "invalid_request"),
    "plain": ({"code_challenge_method": "plain"}, "invalid_request"),
    "short": ({"code_challenge": "abc"}, "invalid_request"),
    "no state": ({"state": None}, "invalid_request"),
    "no aud": ({"aud": None}, "invalid_request"),
    "another server": ({"aud": "https://evil.example/fhir/R4"}, "invalid_request"),
    "a token at once": ({"response_type": "token"}, "unsupported_response_type"),
    "nothing it may": ({"scope": "system/*.rs"}, "invalid_scope"),
    "nothing understood": ({"scope": "everything"}, "invalid_scope"),
    "launch without a word": ({"scope": "launch patient/*.rs"}, "invalid_request"),
}


@pytest.mark.parametrize("fault", TOLD_TO_THE_APP)
def test_the_app_is_told_what_was_wrong(karins: Client, app: rows.Client, fault: str) -> None:
    other, error = TOLD_TO_THE_APP[fault]
    answer = karins.get("/oauth/authorize", asking(app, **{"scope": "patient/*.rs"} | other))
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"].startswith(f"{REDIRECT}?")
    assert parameters(answer["Location"])["error"] == error


def test_a_parameter_that_comes_twice_is_refused(karins: Client, app: rows.Client) -> None:
    given = asking(app, "patient/*.rs") | {"scope": ["patient/*.rs", "user/*.rs"]}
    assert karins.get("/oauth/authorize", given).status_code == 422


def test_the_address_on_ones_own_computer_may_have_any_port(cast: Cast, karins: Client) -> None:
    local = make_client(
        cast.region_nurse.unit_id, redirects=["http://127.0.0.1/svar", "http://localhost:3000/svar"]
    )

    def status(address: str) -> int:
        given = asking(local, "patient/*.rs", redirect_uri=address)
        return karins.get("/oauth/authorize", given).status_code

    assert status("http://127.0.0.1:51234/svar") == 302
    assert status("http://localhost:3000/svar") == 302
    assert status("http://localhost:3001/svar") == 422
    assert status("http://127.0.0.1:51234/annat") == 422
    assert status("http://10.0.0.1:51234/svar") == 422


def test_what_the_app_asks_is_kept_over_the_log_in(
    cast: Cast, karin: Any, app: rows.Client
) -> None:
    from samverka.access.models import Account
    from samverka.web.door import AS_PERSON, ASSIGNMENT, SECOND_FACTOR

    browser = Client()
    begun = browser.get("/oauth/authorize", asking(app, "patient/*.rs"))
    led = browser.get(begun["Location"])
    assert led.status_code == 302
    assert led["Location"].endswith(f"?next={begun['Location']}")
    account = Account.objects.get(id=person_login(karin).id)
    browser.force_login(account)
    session = browser.session
    session[SECOND_FACTOR], session[ASSIGNMENT] = True, AS_PERSON
    session.save()
    assert "Vinden" in browser.get(begun["Location"]).content.decode()


# ── the code ──

BAD_CODES: dict[str, tuple[dict[str, Any], str]] = {
    "another verifier": ({"code_verifier": "w" * 60}, "invalid_grant"),
    "no verifier": ({"code_verifier": None}, "invalid_request"),
    "another address": ({"redirect_uri": "https://app.example/annan"}, "invalid_grant"),
    "no address": ({"redirect_uri": None}, "invalid_grant"),
    "no code": ({"code": None}, "invalid_request"),
    "a guess": ({"code": "x" * 43}, "invalid_grant"),
    "another grant": ({"grant_type": "password"}, "unsupported_grant_type"),
    "no grant": ({"grant_type": None}, "unsupported_grant_type"),
    "letters": ({"grant_type": 'å"\\'}, "unsupported_grant_type"),
    "unknown client": ({"client_id": "x"}, "invalid_client"),
    "as a system": ({"grant_type": "client_credentials"}, "invalid_client"),
}


@pytest.mark.parametrize("fault", BAD_CODES)
def test_a_code_is_only_for_the_one_who_asked(karins: Client, app: rows.Client, fault: str) -> None:
    other, error = BAD_CODES[fault]
    code = code_for(karins, app, "patient/*.rs", **PERSON)
    answer = redeem(app, **{"code": code} | other)
    assert answer.status_code in (400, 401)
    assert answer.json()["error"] == error
    assert not rows.Token.objects.exists()


def test_a_code_of_another_client(cast: Cast, karins: Client, app: rows.Client) -> None:
    thief = make_client(cast.region_nurse.unit_id)
    code = code_for(karins, app, "patient/*.rs", **PERSON)
    assert redeem(thief, code).json()["error"] == "invalid_grant"
    assert redeem(app, code).status_code == 200


def test_a_code_runs_out(karins: Client, app: rows.Client, friday: Any) -> None:
    code = code_for(karins, app, "patient/*.rs", **PERSON)
    friday.shift(timedelta(seconds=61))
    assert redeem(app, code).json()["error"] == "invalid_grant"


def test_a_code_used_twice_ends_all_that_it_gave(karins: Client, app: rows.Client) -> None:
    code = code_for(karins, app, "offline_access patient/*.rs", **PERSON)
    given = redeem(app, code).json()
    assert actor_of_token(given["access_token"], at=NOW, request_id="")
    assert redeem(app, code).json()["error"] == "invalid_grant"
    assert actor_of_token(given["access_token"], at=NOW, request_id="") is None
    assert refreshed(app, given["refresh_token"]).json()["error"] == "invalid_grant"


# ── refreshing ──


def refreshed(app: rows.Client, token: str, **other: str) -> Any:
    given = {"grant_type": "refresh_token", "refresh_token": token, "client_id": str(app.id)}
    return Client().post("/oauth/token", given | other)


def test_a_token_is_refreshed_once(karins: Client, app: rows.Client) -> None:
    first = tokens(karins, app, "offline_access patient/*.rs")
    second = refreshed(app, first["refresh_token"]).json()
    assert second["patient"] == first["patient"]
    assert second["refresh_token"] != first["refresh_token"]
    assert actor_of_token(first["access_token"], at=NOW, request_id="") is None
    assert actor_of_token(second["access_token"], at=NOW, request_id="")
    assert refreshed(app, first["refresh_token"]).json()["error"] == "invalid_grant"
    assert actor_of_token(second["access_token"], at=NOW, request_id="") is None  # all of it ended


def test_refreshing_can_ask_for_less_never_more(karins: Client, app: rows.Client) -> None:
    first = tokens(karins, app, "offline_access patient/*.rs patient/Goal.rs")
    more = refreshed(app, first["refresh_token"], scope="user/*.rs")
    assert more.json()["error"] == "invalid_scope"
    less = refreshed(app, first["refresh_token"], scope="patient/Goal.rs").json()
    assert less["scope"] == "patient/Goal.rs"


def test_what_ends_a_refresh_token(
    cast: Cast, nurses: Client, app: rows.Client, friday: Any
) -> None:
    given = tokens_for(nurses, app, "online_access user/*.rs", cast)
    end_assignment(system(), assignment_id=cast.region_nurse.assignment_id)
    assert refreshed(app, given["refresh_token"]).json()["error"] == "invalid_grant"


def test_a_refresh_token_of_another_client_and_after_its_time(
    cast: Cast, karins: Client, app: rows.Client, friday: Any
) -> None:
    given = tokens(karins, app, "online_access patient/*.rs")
    thief = make_client(cast.region_nurse.unit_id)
    assert refreshed(thief, given["refresh_token"]).json()["error"] == "invalid_grant"
    friday.shift(timedelta(hours=13))
    assert refreshed(app, given["refresh_token"]).json()["error"] == "invalid_grant"


def test_a_client_that_is_switched_off_gets_nothing(karins: Client, app: rows.Client) -> None:
    given = tokens(karins, app, "offline_access patient/*.rs")
    code = code_for(karins, app, "patient/*.rs", **PERSON)
    with writing():
        rows.Client.objects.update(status="disabled")
    assert redeem(app, code).json()["error"] == "invalid_client"
    assert refreshed(app, given["refresh_token"]).json()["error"] == "invalid_client"
    assert actor_of_token(given["access_token"], at=NOW, request_id="") is None


# ── looking at it, giving it back ──


def test_a_client_looks_at_its_own_token_and_at_no_other(
    cast: Cast, karins: Client, karin: Any, app: rows.Client
) -> None:
    given = tokens(karins, app)
    mine = {"token": given["access_token"], "client_id": str(app.id)}
    told = Client().post("/oauth/introspect", mine).json()
    assert told["active"]
    assert (told["scope"], told["patient"]) == (given["scope"], str(karin.id))
    other = make_client(cast.region_nurse.unit_id)
    theirs = mine | {"client_id": str(other.id)}
    assert Client().post("/oauth/introspect", theirs).json() == {"active": False}
    assert Client().post("/oauth/introspect", {"token": "x"}).status_code in (400, 401)


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_a_token_that_is_given_back_is_out(karins: Client, app: rows.Client, which: str) -> None:
    given = tokens(karins, app, "offline_access patient/*.rs")
    sent = {"token": given[which], "client_id": str(app.id)}
    assert Client().post("/oauth/revoke", sent).status_code == 200
    assert Client().post("/oauth/revoke", sent).status_code == 200
    assert actor_of_token(given["access_token"], at=NOW, request_id="") is None
    still = refreshed(app, given["refresh_token"]).status_code
    assert still == (200 if which == "access_token" else 400)


# ── with a secret ──


def test_an_app_on_a_server_shows_its_secret(cast: Cast, karins: Client) -> None:
    from samverka.connections.rules.secrets import digest

    secret = "hemlighet" * 5
    app = make_client(cast.region_nurse.unit_id, kind="confidential", secret_digest=digest(secret))
    code = code_for(karins, app, "patient/*.rs", **PERSON)
    assert redeem(app, code).json()["error"] == "invalid_client"
    assert redeem(app, code, client_secret="fel").json()["error"] == "invalid_client"
    assert redeem(app, code, client_secret=secret).status_code == 200
    assert challenge() == challenge("v" * 60)


# ── what the server says of itself ──


def test_what_an_app_must_know_before_it_begins(cast: Cast) -> None:
    told = Client().get("/fhir/R4/.well-known/smart-configuration").json()
    assert told["token_endpoint"] == f"{BASE}/oauth/token"
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert {"launch-ehr", "launch-standalone", "permission-v2"} <= set(told["capabilities"])
    assert "plain" not in str(told)
    opened = Client().get("/.well-known/openid-configuration").json()
    assert opened["issuer"] == told["issuer"] == BASE
