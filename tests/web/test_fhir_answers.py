"""HTTP around FHIR: what the client prefers, forms, packing, caches, conditions, history."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta
from typing import Any

import pytest

from samverka.people.reads import PersonDetail
from samverka.resources.models import Resource, Version
from tests.factories.cast import KARINS_NUMBER, Cast, make_person, person_login
from tests.factories.fhir import JSON, FhirClient, issues, told


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.region_nurse, identity=KARINS_NUMBER)


@pytest.fixture
def nurse(cast: Cast) -> FhirClient:
    return FhirClient(cast.region_nurse)


def flag(person: PersonDetail, words: str = "Fallrisk", **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Flag",
        "status": "active",
        "code": {"text": words},
        "subject": {"reference": f"Patient/{person.id}"},
        **more,
    }


def made(client: FhirClient, resource: dict[str, Any]) -> str:
    answer = client.post(resource)
    assert answer.status_code == 201, answer.content
    return f"{resource['resourceType']}/{json.loads(answer.content)['id']}"


def post(client: FhirClient, resource: dict[str, Any], **headers: str) -> Any:
    place = f"/fhir/R4/{resource['resourceType']}"
    return client.client.post(place, json.dumps(resource), content_type=JSON, headers=headers)


# ── what the client prefers ──


def test_as_much_of_it_as_the_client_prefers(nurse: FhirClient, karin: PersonDetail) -> None:
    minimal = post(nurse, flag(karin), prefer="return=minimal")
    assert (minimal.status_code, minimal.content) == (201, b"")
    assert minimal["Location"].endswith("/_history/1")
    assert minimal["ETag"] == 'W/"1"'
    whole = post(nurse, flag(karin), prefer='respond-async, return="representation"')
    assert json.loads(whole.content)["code"] == {"text": "Fallrisk"}
    outcome = post(nurse, flag(karin), prefer="return=OperationOutcome")
    assert (outcome.status_code, issues(outcome)[0]["severity"]) == (201, "information")


MISFIT = {"resourceType": "Bundle", "type": "collection", "total": 1}


def test_what_does_not_fit_together_is_422_and_kept_if_the_client_wants(nurse: FhirClient) -> None:
    strict = post(nurse, MISFIT, prefer="handling=strict")
    assert strict.status_code == 422
    [issue] = issues(strict)
    assert (issue["code"], issue["expression"]) == ("invariant", ["Bundle.total"])
    assert post(nurse, MISFIT).status_code == 422
    lenient = post(nurse, MISFIT, prefer="handling=lenient, return=OperationOutcome")
    assert lenient.status_code == 201
    assert (issues(lenient)[0]["severity"], issues(lenient)[0]["code"]) == ("warning", "invariant")
    wrong = post(nurse, {**MISFIT, "type": "nonsense"}, prefer="handling=lenient")
    assert wrong.status_code == 400


def test_each_issue_says_what_sort_it_is(nurse: FhirClient, karin: PersonDetail) -> None:
    answer = post(nurse, flag(karin, status="x", foo=1) | {"code": 7})
    assert answer.status_code == 400
    found = {one["expression"][0]: one["code"] for one in issues(answer)}
    assert found["Flag.status"] == "code-invalid"
    assert found["Flag.foo"] == "structure"


# ── forms ──


@pytest.mark.parametrize(
    "headers",
    [
        {"accept": "application/fhir+xml"},
        {"accept": "text/xml, application/xml;q=0.9"},
        {"accept": "application/fhir+json;q=0, text/turtle"},
    ],
)
def test_there_is_only_json(
    nurse: FhirClient, karin: PersonDetail, headers: dict[str, str]
) -> None:
    place = made(nurse, flag(karin))
    assert told(nurse.get(place, **headers)) == (406, [])
    assert nurse.get(f"{place}?_format=json", **headers).status_code == 200


@pytest.mark.parametrize(
    ("form", "status"),
    [("json", 200), ("application/fhir%2Bjson", 200), ("application/fhir+json", 200),
     ("text/json", 200), ("xml", 406), ("application/fhir+xml", 406), ("ttl", 406), ("", 406)],
)  # fmt: skip
def test_the_form_can_stand_in_the_address(
    nurse: FhirClient, karin: PersonDetail, form: str, status: int
) -> None:
    place = made(nurse, flag(karin))
    assert nurse.get(f"{place}?_format={form}").status_code == status


def test_html_and_anything_are_answered_in_json(nurse: FhirClient, karin: PersonDetail) -> None:
    place = made(nurse, flag(karin))
    browser = "text/html,application/xhtml+xml,*/*;q=0.8"
    assert nurse.get(place, accept=browser)["Content-Type"].startswith(JSON)
    assert nurse.get(place, accept="application/json")["Content-Type"].startswith(JSON)


def test_head_is_get_without_a_body(nurse: FhirClient, karin: PersonDetail) -> None:
    place = made(nurse, flag(karin))
    for one in (place, f"{place}/_history/1", f"{place}/_history", "Flag/_history", "_history",
                "metadata"):  # fmt: skip
        head = nurse.client.head(f"/fhir/R4/{one}")
        assert (head.status_code, head.content) == (200, b""), one
        assert head["Content-Type"].startswith(JSON)
    assert nurse.client.head("/fhir/R4/Flag/never").status_code == 404


# ── packing ──


def test_what_is_sent_packed_is_unpacked(
    nurse: FhirClient, karin: PersonDetail, settings: Any
) -> None:
    text = json.dumps(flag(karin)).encode()

    def send(body: bytes, packed: str = "gzip") -> Any:
        return nurse.client.post(
            "/fhir/R4/Flag", body, content_type=JSON, headers={"content-encoding": packed}
        )

    assert send(gzip.compress(text)).status_code == 201
    assert send(text, "identity").status_code == 201
    assert send(text).status_code == 400
    assert send(gzip.compress(text)[:-9]).status_code == 400
    assert send(gzip.compress(text) + b"more").status_code == 400
    assert send(text, "br").status_code == 415
    settings.SAMVERKA_FHIR_BODY = 100_000
    bomb = gzip.compress(b" " * 10_000_000)
    assert len(bomb) < 100_000
    assert told(send(bomb))[0] == 413
    assert told(nurse.client.post("/fhir/R4/Flag", b" " * 100_001, content_type=JSON))[0] == 413


def test_a_long_answer_is_packed_for_who_takes_it(nurse: FhirClient, karin: PersonDetail) -> None:
    place = made(nurse, flag(karin, "Fallrisk " * 400))
    plain = nurse.get(place)
    assert "Content-Encoding" not in plain
    packed = nurse.get(place, **{"accept-encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) < len(plain.content) // 4


# ── caches ──


def test_who_has_it_gets_304(nurse: FhirClient, karin: PersonDetail) -> None:
    place = made(nurse, flag(karin))
    first = nurse.get(place)
    for headers in (
        {"if-none-match": first["ETag"]},
        {"if-modified-since": first["Last-Modified"]},
    ):
        assert nurse.get(place, **headers).status_code == 304
        assert nurse.get(f"{place}/_history/1", **headers).status_code == 304
    resource, tag = nurse.read(place)
    assert nurse.put({**resource, "code": {"text": "Annat"}}, tag).status_code == 200
    assert nurse.get(place, **{"if-none-match": first["ETag"]}).status_code == 200


# ── history ──


def entries(answer: Any) -> list[tuple[str, str, str]]:
    bundle = json.loads(answer.content)
    assert (answer.status_code, bundle["type"]) == (200, "history")
    return [
        (one["request"]["method"], one["response"]["status"], one["response"]["etag"])
        for one in bundle.get("entry", [])
    ]


def test_the_history_of_one(nurse: FhirClient, karin: PersonDetail) -> None:
    place = made(nurse, flag(karin))
    resource, _tag = nurse.read(place)
    nurse.put({**resource, "code": {"text": "Två"}})
    nurse.client.delete(f"/fhir/R4/{place}")
    answer = nurse.get(f"{place}/_history")
    assert entries(answer) == [
        ("DELETE", "204", 'W/"3"'),
        ("PUT", "200", 'W/"2"'),
        ("POST", "201", 'W/"1"'),
    ]
    bundle = json.loads(answer.content)
    assert bundle["total"] == 3
    assert "resource" not in bundle["entry"][0]
    assert [one["resource"]["meta"]["versionId"] for one in bundle["entry"][1:]] == ["2", "1"]
    assert bundle["link"][0]["url"].endswith(f"/{place}/_history")


def test_the_history_of_a_type_and_of_all(
    cast: Cast, nurse: FhirClient, karin: PersonDetail
) -> None:
    mine = made(nurse, flag(karin))
    made(nurse, {"resourceType": "Group", "type": "person", "actual": True})
    kinds = [one["resource"]["resourceType"] for one in whole(nurse, "Flag/_history")]
    assert kinds == ["Flag"]
    all_of_it = {one["fullUrl"].split("/R4/")[1] for one in whole(nurse, "_history")}
    assert mine in all_of_it
    assert {one.split("/")[0] for one in all_of_it} >= {"Flag", "Group"}
    assert whole(FhirClient(cast.stranger), "Flag/_history") == []
    assert [one["request"]["method"] for one in whole(FhirClient(cast.stranger), "Group/_history")]
    assert FhirClient(cast.stranger).get(f"{mine}/_history").status_code == 404
    patient = FhirClient(person_login(karin))
    assert [one["fullUrl"].split("/R4/")[1] for one in whole(patient, "Flag/_history")] == [mine]
    assert whole(patient, "Group/_history") == []


def whole(client: FhirClient, place: str) -> list[dict[str, Any]]:
    answer = client.get(place)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = json.loads(answer.content).get("entry", [])
    return found


def test_pages_of_history_are_stable_while_others_write(
    nurse: FhirClient, karin: PersonDetail
) -> None:
    places = [made(nurse, flag(karin, str(number))) for number in range(7)]
    seen: list[str] = []
    address = "/fhir/R4/Flag/_history?_count=3"
    while address:
        bundle = json.loads(nurse.client.get(address).content)
        seen += [one["fullUrl"].split("/R4/")[1] for one in bundle["entry"]]
        made(nurse, flag(karin, "new"))
        links = {one["relation"]: one["url"] for one in bundle["link"]}
        address = links.get("next", "").partition("testserver")[2]
    assert sorted(seen) == sorted(places)


def test_since_and_at(nurse: FhirClient, karin: PersonDetail) -> None:
    place = made(nurse, flag(karin))
    resource, _tag = nurse.read(place)
    nurse.put({**resource, "code": {"text": "Två"}})
    row = Resource.objects.get(local_id=place.split("/")[1])
    first, second = Version.objects.filter(resource=row).order_by("number")
    between = first.received_at + (second.received_at - first.received_at) / 2
    stamp = between.isoformat().replace("+00:00", "Z")
    assert [tag for *_m, tag in entries(nurse.get(f"{place}/_history?_since={stamp}"))] == ['W/"2"']
    assert [tag for *_m, tag in entries(nurse.get(f"{place}/_history?_at={stamp}"))] == ['W/"1"']
    year = second.received_at.year
    assert len(entries(nurse.get(f"{place}/_history?_at={year}"))) == 2
    later = (second.received_at + timedelta(days=2)).date().isoformat()
    assert entries(nurse.get(f"{place}/_history?_since={later}")) == []
    before = (first.received_at - timedelta(days=2)).date().isoformat()
    assert entries(nurse.get(f"{place}/_history?_at={before}")) == []


@pytest.mark.parametrize(
    "query", ["_since=igår", "_at=2026-13", "_count=0", "_count=-1", "_count=x", "foo=1",
              "_after=nonsense", "_since=2026-02-30", "_since=0000"],
)  # fmt: skip
def test_what_history_does_not_understand_is_told(nurse: FhirClient, query: str) -> None:
    answer = nurse.get(f"Flag/_history?{query}")
    assert answer.status_code in (400, 422)
    assert issues(answer)[0]["expression"] == [query.partition("=")[0]]


# ── addresses ──


@pytest.mark.parametrize(
    "place",
    ["Flag/1/nothing", "Flag/1/_history/1/2", "flag", "Flag/1/Foo", "$nothing", "Flag/1/$nothing"],
)
def test_an_address_that_is_none_is_404(nurse: FhirClient, place: str) -> None:
    answer = nurse.get(place)
    assert (answer.status_code, issues(answer)[0]["severity"]) == (404, "error")


def test_a_made_up_id_is_told(nurse: FhirClient, karin: PersonDetail) -> None:
    for key in ("a_b", "å", "x" * 65):
        answer = nurse.client.put(
            f"/fhir/R4/Flag/{key}", json.dumps(flag(karin, id=key)), content_type=JSON
        )
        assert answer.status_code == 400, answer.content
        assert nurse.get(f"Flag/{key}").status_code == 404
