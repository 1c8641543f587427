"""The pages for developers: open to read; what is sent goes through the same gate as from outside."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from samverka.audit.models import Event
from samverka.audit.rules import Outcome
from samverka.developers.rules.examples import EXAMPLES
from tests.factories.browser import log_in
from tests.factories.cast import KARIN, Cast, make_person
from tests.web.test_english import swedish_words

pytestmark = pytest.mark.django_db

PAGES = ("start", "try", "types", "access", "limits")
TRY, SEND = "/utvecklare/prova/", "/utvecklare/prova/skicka/"
ACCEPT = "Accept: application/fhir+json"


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> Any:
    return make_person(cast.region_nurse)


@pytest.fixture
def nurse(cast: Cast) -> Client:
    return log_in(cast.region_nurse)


def send(
    browser: Client, address: str, method: str = "GET", body: str = "", headers: str = ACCEPT
) -> str:
    """What the page says, in words."""
    if body:
        headers += "\nContent-Type: application/fhir+json"
    answer = browser.post(
        SEND, {"method": method, "address": address, "headers": headers, "body": body}
    )
    assert answer.status_code in (200, 422), answer.status_code
    return unescape(answer.content.decode())


# ── reading of it ──


def test_anyone_may_read(client: Client) -> None:
    for name in PAGES:
        answer = client.get(reverse(f"developers:{name}"))
        assert answer.status_code == 200, name
        assert "utvecklare/typer/" in answer.content.decode(), name


def test_what_it_tells_is_what_metadata_tells(client: Client) -> None:
    told = client.get("/fhir/R4/metadata").json()["rest"][0]["resource"]
    page = client.get("/utvecklare/typer/").content.decode()
    assert all(f"/utvecklare/typer/{one['type']}/" in page for one in told)
    plan = next(one for one in told if one["type"] == "CarePlan")
    shown = client.get("/utvecklare/typer/CarePlan/").content.decode()
    assert all(f"<code>{one['name']}</code>" in shown for one in plan["searchParam"])
    assert all(f"${one['name']}" in shown for one in plan["operation"])


@pytest.mark.parametrize(
    ("word", "there", "away"),
    [
        ("plan", "CarePlan", "Goal"),
        ("mål", "Goal", "CarePlan"),
        ("$everything", "Patient", "Goal"),
        ("zzz", "", "Patient"),
    ],
)
def test_types_are_sought(client: Client, word: str, there: str, away: str) -> None:
    page = client.get("/utvecklare/typer/", {"sok": word}).content.decode()
    assert not there or f"/typer/{there}/" in page
    assert f"/typer/{away}/" not in page


def test_a_type_that_is_none_is_not_there(client: Client) -> None:
    assert client.get("/utvecklare/typer/Nothing/").status_code == 404


@pytest.mark.parametrize("query", ["exempel=nothing&typ=Nothing&om=../x", "om=Goal/1"])
def test_whatever_stands_in_the_address_there_is_an_example(client: Client, query: str) -> None:
    answer = client.get(f"{TRY}?{query}")
    assert answer.status_code == 200


def test_in_english_the_pages_are_english(client: Client) -> None:
    client.cookies["django_language"] = "en"
    for path in [
        *(reverse(f"developers:{one}") for one in PAGES),
        "/utvecklare/typer/Task/",
        f"{TRY}?exempel=transaction",
    ]:
        page = client.get(path, headers={"accept-language": "en"}).content.decode()
        words = swedish_words(unescape(page.partition("<main")[2].partition("</main>")[0]))
        assert not words, (path, words)


def test_few_questions(nurse: Client, django_assert_max_num_queries: Any) -> None:
    for name in PAGES:
        with django_assert_max_num_queries(12):
            nurse.get(reverse(f"developers:{name}"))


# ── sending ──


def test_one_who_is_not_logged_in_is_sent_to_log_in(client: Client) -> None:
    answer = client.post(SEND, {"method": "GET", "address": "Patient"})
    assert answer.status_code == 302
    assert 'id="forfragan"' in client.get(TRY).content.decode()
    assert ">Skicka<" not in client.get(TRY).content.decode()


def test_a_request_is_sent_with_ones_own_access_and_is_in_the_trail(
    nurse: Client, karin: Any
) -> None:
    before = Event.objects.count()
    page = send(nurse, f"Patient/{karin.id}")
    assert "200 OK" in page
    assert '"resourceType": "Patient"' in page
    line = Event.objects.order_by("-id").first()
    assert Event.objects.count() == before + 1
    assert (line.person_id, line.outcome) == (str(karin.id), Outcome.SUCCESS)


def test_a_stranger_is_told_nothing(cast: Cast, karin: Any) -> None:
    page = send(log_in(cast.stranger), f"Patient/{karin.id}")
    outside = log_in(cast.stranger).get(f"/fhir/R4/Patient/{karin.id}")
    assert outside.status_code == 404
    assert "404 Not Found" in page
    assert outside.json()["issue"][0]["diagnostics"] in page
    assert Event.objects.order_by("-id").first().outcome == Outcome.REFUSED


def test_the_answer_leads_on(nurse: Client, karin: Any) -> None:
    page = send(nurse, "Patient?_count=5")
    assert f"om=Patient/{karin.id}" in page
    on = nurse.get(f"{TRY}?exempel=read&om=Patient/{karin.id}").content.decode()
    assert f'value="Patient/{karin.id}"' in on


def test_the_next_page_is_asked_by_a_form_so_that_no_search_stands_in_an_address(
    cast: Cast, nurse: Client, karin: Any
) -> None:
    other = make_person(cast.region_nurse, replace(KARIN, given_name="Olle"))
    first = send(nurse, "Patient?_count=1")
    found = re.search(
        r'name="address" value="(Patient\?[^"]*_count=1[^"]*)"', first.partition('id="svar"')[2]
    )
    assert found, first
    second = send(nurse, unescape(found[1]))
    assert {str(karin.id) in first, str(karin.id) in second} == {True, False}
    assert {str(other.id) in first, str(other.id) in second} == {True, False}


def test_the_copies_are_of_what_was_sent(nurse: Client) -> None:
    page = send(nurse, "Goal?_summary=count")
    assert "/fhir/R4/Goal?_summary=count' \\" in page
    assert 'fetch("http://testserver/fhir/R4/Goal?_summary=count"' in page


UNFIT = (
    ("Patient/{id}", ACCEPT),
    ("https://evil.example/Patient", ACCEPT),
    ("Patient", "Cookie: a=b"),
    ("", ACCEPT),
)


def test_what_cannot_be_sent_is_said_on_the_form(nurse: Client) -> None:
    for address, headers in UNFIT:
        answer = nurse.post(SEND, {"method": "GET", "address": address, "headers": headers})
        assert answer.status_code == 422, address
        assert "aria-invalid" in answer.content.decode(), address


NOWHERE = (
    "$nothing",
    "Patient/x/y/z/å",
    "metadata/../../sok",
    "Nothing?a=b",
    "%2e%2e/sok/",
    "Patient?_count=x",
)


def test_what_is_nowhere_is_refused_in_words(nurse: Client) -> None:
    for address in NOWHERE:
        page = send(nurse, address)
        assert "OperationOutcome" in page or "aria-invalid" in page, address
        assert "<span>500" not in page, address


def test_too_often_is_told_as_from_outside(nurse: Client, settings: Settings) -> None:
    settings.SAMVERKA_FHIR_A_MINUTE, settings.SAMVERKA_WORKERS = 1, 1
    send(nurse, "metadata")
    assert "429 Too Many Requests" in send(nurse, "metadata")


WEIGHT = '{"resourceType": "Observation", "status": "final", "code": {"text": "Vikt"}, "valueQuantity": {"value": 72.50}, "subject": {"reference": "Patient/%s"}}'


def test_in_earnest_nothing_is_written_from_here(nurse: Client, karin: Any) -> None:
    page = send(nurse, "Observation", "POST", WEIGHT % karin.id)
    assert "Härifrån skickas bara det som läser." in page
    assert '"total": 0' in send(nurse, f"Observation?patient={karin.id}")


# ── the demo ──


@pytest.fixture
def demo(settings: Settings, karin: Any) -> dict[str, Any]:
    """What the demo's file tells."""
    settings.DEMO = True
    told = {
        "app": "app-id", "system": "system-id", "key": {"d": "the-secret-part"},
        "persons": [{"id": str(karin.id), "name": "Karin Nilsson", "about": "Hönsen väntar"}],
    }  # fmt: skip
    Path(settings.SAMVERKA_DEMO_APPS).write_text(json.dumps(told))
    return told


def test_the_demos_own_are_told_in_the_demo_only(
    client: Client, demo: dict[str, Any], settings: Settings
) -> None:
    told = client.get("/utvecklare/").content.decode()
    assert "Hönsen väntar" in told
    assert "samverka token" in told
    settings.DEMO = False
    for name in PAGES:
        page = client.get(reverse(f"developers:{name}")).content.decode()
        assert "Hönsen väntar" not in page
        assert "system-id" not in page
        assert "samverka token" not in page


def test_the_secret_key_stays_in_its_file(client: Client, demo: dict[str, Any]) -> None:
    pages = [client.get(reverse(f"developers:{name}")).content.decode() for name in PAGES]
    assert demo["key"]["d"] not in "".join(pages)


MADE_FIRST = {"update", "patch", "delete"}
"""Examples about an Observation that is there."""


def test_each_example_does_what_it_says(nurse: Client, demo: dict[str, Any], karin: Any) -> None:
    faults = {key: told for key in EXAMPLES if (told := _fault(nurse, karin, key))}
    assert not faults


def _fault(nurse: Client, karin: Any, key: str) -> str:
    about = f"Patient/{karin.id}"
    if key in MADE_FIRST:
        made = nurse.post(
            "/fhir/R4/Observation", WEIGHT % karin.id, content_type="application/fhir+json"
        ).json()
        about = f"Observation/{made['id']}"
    form = nurse.get(TRY, {"exempel": key, "om": about}).context["form"].initial
    assert "{id}" not in form["address"] + form["body"]
    page = nurse.post(SEND, form).content.decode()
    status = page.partition('id="svar"')[2].partition("<pre")[0]
    expected = {"create": "201", "delete": "204"}.get(key, "200")
    return "" if f"<span>{expected} " in status else unescape(page.partition('id="svar"')[2])[:3000]
