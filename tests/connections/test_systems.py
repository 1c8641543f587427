"""SMART Backend Services: a system proves who it is with a signed word, and gets five minutes."""

from __future__ import annotations

import base64
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from joserfc.jwk import RSAKey

from samverka.audit.models import Event
from samverka.connections import models as rows
from samverka.connections.reads import actor_of_token
from samverka.kernel.actor import Purpose
from tests.connections.letting import (
    BASE,
    KEY,
    OTHER_KEY,
    assertion,
    bearer,
    make_client,
    public,
    system_token,
    writing,
)
from tests.factories.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


@pytest.fixture
def system(cast: Cast) -> rows.Client:
    return make_client(
        cast.region_nurse.unit_id, name="Hemmätaren", kind="backend", scopes="system/*.rs", keys=public(),
        roles=["integration"], purposes=["COC"], redirects=[],
    )  # fmt: skip


def test_a_system_gets_a_token_and_reads(cast: Cast, karin: Any, system: rows.Client) -> None:
    answer = system_token(system)
    assert answer.status_code == 200, answer.content
    given = answer.json()
    assert (given["expires_in"], given["scope"]) == (300, "system/*.rs")
    assert "refresh_token" not in given
    actor = actor_of_token(given["access_token"], at=NOW, request_id="")
    assert actor.purpose is Purpose.COORDINATION
    read = Client().get(f"/fhir/R4/Patient/{karin.id}", headers=bearer(given["access_token"]))
    assert read.status_code == 200
    line = Event.objects.filter(person_id=str(karin.id)).order_by("-id").first()
    assert (line.actor_name, line.purpose) == ("Hemmätaren", "COC")


def test_the_token_ends_after_five_minutes(system: rows.Client, friday: Any) -> None:
    token = system_token(system).json()["access_token"]
    at = NOW + timedelta(minutes=5)
    assert actor_of_token(token, at=at - timedelta(seconds=1), request_id="")
    assert actor_of_token(token, at=at, request_id="") is None


def test_a_system_gets_no_more_than_it_was_registered_for(system: rows.Client) -> None:
    given = system_token(system, "system/Patient.cruds user/*.rs openid").json()
    assert given["scope"] == "system/Patient.rs"
    assert system_token(system, "patient/*.rs").json()["error"] == "invalid_scope"


SECOND = int(NOW.timestamp())
REFUSED: dict[str, dict[str, Any]] = {
    "another key": {"key": OTHER_KEY},
    "another server": {"aud": "https://evil.example/oauth/token"},
    "no audience": {"aud": None},
    "the base, not the endpoint": {"aud": BASE},
    "run out": {"exp": SECOND - 31},
    "too long": {"exp": SECOND + 331},
    "no end": {"exp": None},
    "an end in words": {"exp": "soon"},
    "an end that is true": {"exp": True},
    "no jti": {"jti": None},
    "an empty jti": {"jti": ""},
    "a number as jti": {"jti": 7},
    "another issuer": {"iss": "someone"},
    "no issuer": {"iss": None},
    "no subject": {"sub": None},
    "a number as subject": {"sub": 7},
    "not yet": {"nbf": SECOND + 120},
    "another algorithm": {"key": RSAKey.generate_key(2048), "alg": "RS256"},
}


@pytest.mark.parametrize("fault", REFUSED)
def test_a_word_that_does_not_hold(system: rows.Client, fault: str) -> None:
    answer = system_token(system, client_assertion=assertion(system, **REFUSED[fault]))
    assert answer.status_code in (400, 401), answer.content
    assert answer.json()["error"] == "invalid_client"
    assert not rows.Token.objects.exists()


NOT_WORDS = ["x", "a.b.c", "e30.e30.", "é" * 10, "x" * 20_000]


@pytest.mark.parametrize("word", NOT_WORDS)
def test_what_is_no_word_at_all(system: rows.Client, word: str) -> None:
    answer = system_token(system, client_assertion=word)
    assert answer.status_code in (400, 401)
    assert answer.json()["error"] in ("invalid_client", "invalid_request")


def test_nobody_signs_with_the_public_key_as_a_secret(system: rows.Client) -> None:
    """The classic: HS384 with the public key, or no signature."""
    claims = {
        "iss": str(system.id), "sub": str(system.id), "aud": f"{BASE}/oauth/token", "jti": "1",
        "exp": SECOND + 100,
    }  # fmt: skip
    secret = KEY.as_pem(private=False)
    for alg, sign in (
        ("HS384", lambda text: hmac.digest(secret, text, "sha384")),
        ("none", lambda _text: b""),
    ):
        text = f"{_part({'alg': alg})}.{_part(claims)}"
        word = f"{text}.{_base64(sign(text.encode()))}"
        assert system_token(system, client_assertion=word).json()["error"] == "invalid_client"


def _part(value: Any) -> str:
    return _base64(json.dumps(value).encode())


def _base64(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def test_a_word_is_used_once(system: rows.Client) -> None:
    word = assertion(system)
    assert system_token(system, client_assertion=word).status_code == 200
    assert system_token(system, client_assertion=word).json()["error"] == "invalid_client"


def test_the_same_jti_of_two_systems_is_two_words(cast: Cast, system: rows.Client) -> None:
    other = make_client(
        cast.region_nurse.unit_id, kind="backend", scopes="system/*.rs", keys=public(), roles=["care"],
        purposes=["TREAT"],
    )  # fmt: skip
    for client in (system, other):
        word = assertion(client, jti="same")
        assert system_token(client, client_assertion=word).status_code == 200


def test_rsa_signs_too(cast: Cast) -> None:
    key = RSAKey.generate_key(2048, {"kid": "one"})
    client = make_client(
        cast.region_nurse.unit_id, kind="backend", scopes="system/*.rs", roles=["care"], purposes=["TREAT"],
        keys={"keys": [key.as_dict(private=False)]},
    )  # fmt: skip
    word = assertion(client, key=key, alg="RS384")
    assert system_token(client, client_assertion=word).status_code == 200


def test_a_system_cannot_come_without_its_word(system: rows.Client) -> None:
    given = {"grant_type": "client_credentials", "client_id": str(system.id)}
    assert Client().post("/oauth/token", given).json()["error"] == "invalid_client"
    asked = given | {"client_secret": "x"}
    assert Client().post("/oauth/token", asked).json()["error"] == "invalid_client"


def test_a_purpose_is_said_where_there_are_several(cast: Cast, system: rows.Client) -> None:
    with writing():
        rows.Client.objects.update(purposes=["TREAT", "COC"])
    before = Event.objects.count()
    answer = system_token(system)
    assert answer.json()["error"] == "invalid_request"
    assert "purpose_of_use" in answer.json()["error_description"]
    line = Event.objects.order_by("-id").first()
    assert Event.objects.count() == before + 1
    assert (line.action, line.detail["refusal"]) == ("token.give", "forbidden")
    assert system_token(system, purpose_of_use="ETREAT").json()["error"] == "invalid_request"
    assert not rows.Token.objects.exists()


@pytest.mark.parametrize("how", ["parameter", "claim"])
def test_the_token_carries_the_purpose(cast: Cast, system: rows.Client, how: str) -> None:
    with writing():
        rows.Client.objects.update(purposes=["TREAT", "COC"])
    said = {"hl7-b2b": {"purpose_of_use": ["urn:oid:2.16.840.1.113883.5.8#TREAT"]}}
    given = (
        system_token(system, purpose_of_use="TREAT")
        if how == "parameter"
        else system_token(system, client_assertion=assertion(system, extensions=said))
    )
    token = given.json()["access_token"]
    assert actor_of_token(token, at=NOW, request_id="").purpose is Purpose.TREAT


def test_a_parameter_that_comes_twice(system: rows.Client) -> None:
    given = {"grant_type": ["client_credentials", "client_credentials"]}
    assert Client().post("/oauth/token", given).json()["error"] == "invalid_request"


def test_parameters_of_the_address_are_not_read(system: rows.Client) -> None:
    answer = Client().post("/oauth/token?grant_type=client_credentials")
    assert answer.json()["error"] == "unsupported_grant_type"


def test_the_endpoint_takes_post_alone(system: rows.Client) -> None:
    assert Client().get("/oauth/token").status_code == 405
