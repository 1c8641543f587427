"""Cases in R4: read, searched and written by those who take part, and by no others."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samverka.discharge import operations as ops
from samverka.discharge import reads
from samverka.discharge.models import Case, Copy, Item, Message
from samverka.discharge.reads import CaseDetail
from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.items import ItemKind
from samverka.discharge.rules.kinds import Secrecy
from samverka.discharge.rules.messages import MessageKind
from samverka.resources.models import Resource
from samverka.resources.rules.validation import validate
from tests.discharge.conftest import admission
from tests.discharge.feeding import bundle, known_by_hsa_id, patient, stay
from tests.factories.cast import KARIN, NOW, Cast, make_person
from tests.factories.fhir import JSON, FhirClient, issues
from tests.factories.fhir import told as answer_told

FREE = {"system": "https://samverka.example/fhir/CodeSystem/discharge-message", "code": "free"}
FACT = "https://samverka.example/fhir/StructureDefinition/discharge-fact"
SECRECY = "https://samverka.example/fhir/StructureDefinition/secrecy-ground"
COPY = "https://samverka.example/fhir/StructureDefinition/message-copy"


@pytest.fixture
def ward(cast: Cast) -> FhirClient:
    return FhirClient(cast.ward_nurse)


@pytest.fixture
def centre(cast: Cast) -> FhirClient:
    return FhirClient(cast.region_nurse)


@pytest.fixture
def stranger(cast: Cast) -> FhirClient:
    return FhirClient(cast.stranger)


def sound(resource: dict[str, Any]) -> dict[str, Any]:
    """It is R4, by the shelf's own check of structure."""
    assert validate(json.dumps(resource).encode()) == []
    return resource


def searched(client: FhirClient, query: str) -> list[dict[str, Any]]:
    """Every page of a search."""
    found: list[dict[str, Any]] = []
    place: str | None = f"/fhir/R4/{query}"
    while place:
        answer = client.client.get(place)
        assert answer.status_code == 200, answer.content
        page = sound(json.loads(answer.content))
        found += [one["resource"] for one in page.get("entry", [])]
        links = {one["relation"]: one["url"] for one in page["link"]}
        place = links.get("next")
    return found


def ids(resources: list[dict[str, Any]]) -> list[str]:
    return [one["id"] for one in resources]


# ── Encounter ──


def test_a_case_is_read_as_the_stay_that_it_is(
    ward: FhirClient, told: CaseDetail, cast: Cast
) -> None:
    one, tag = ward.read(f"Encounter/{told.id}")
    sound(one)
    assert (one["status"], one["class"]["code"]) == ("in-progress", "IMP")
    assert one["identifier"][0]["value"] == told.number
    assert one["serviceProvider"]["reference"] == f"Organization/{cast.units['ward'].id}"
    assert one["extension"][0]["valueDateTime"] == "2026-11-23"
    assert tag == f'W/"{one["meta"]["versionId"]}"'
    assert ward.get(f"Encounter/{told.id}", **{"if-none-match": tag}).status_code == 304


def test_those_who_take_part_read_it_and_no_others(
    centre: FhirClient, stranger: FhirClient, cast: Cast, told: CaseDetail
) -> None:
    assert centre.get(f"Encounter/{told.id}").status_code == 200
    for client in (stranger, FhirClient(cast.municipal_nurse), FhirClient(cast.ifo_officer)):
        answer = client.get(f"Encounter/{told.id}")
        assert answer.status_code == 404
        assert issues(answer)
        assert searched(client, f"Encounter?patient={told.person_id}") == []
        assert searched(client, "Encounter") == []


def test_leave_home_and_taken_back(ward: FhirClient, told: CaseDetail, cast: Cast) -> None:
    nurse = cast.at(cast.ward_nurse, hours=1)
    body = {"discharged_at": NOW.isoformat(), "goes_to": "Hem"}
    letter = ops.Letter(body, ground=Secrecy.CONSENT, note="Ja")
    ops.send_message(nurse, case_id=told.id, kind=MessageKind.DISCHARGE, letter=letter)
    one = sound(ward.read(f"Encounter/{told.id}")[0])
    assert (one["status"], one["location"][0]["status"]) == ("finished", "completed")
    assert one["period"]["end"].startswith("2026-11-20T14:30")
    assert one["hospitalization"]["dischargeDisposition"]["text"] == "Hem"


def test_stays_are_searched(ward: FhirClient, told: CaseDetail, cast: Cast) -> None:
    key = str(told.id)
    unit = cast.units["ward"].id
    for query in (
        f"patient=Patient/{told.person_id}",
        "status=in-progress",
        f"service-provider={unit}",
        "date=ge2026-11-21&date=le2026-11-21",
        "date=ge2026-11-20&date=lt2026-12-01",
        f"_id={key}",
        "_lastUpdated=gt2026-11-19",
    ):
        assert ids(searched(ward, f"Encounter?{query}")) == [key], query
    for query in (
        f"patient={uuid4()}",
        "patient=nobody",
        "status=finished",
        "status=nonsense",
        f"service-provider={cast.units['surgery'].id}",
        "date=lt2026-11-19",
        "_lastUpdated=gt2999-01-01",
    ):
        assert searched(ward, f"Encounter?{query}") == [], query


def test_what_the_search_does_not_understand_is_refused(ward: FhirClient) -> None:
    for query, place in (("ward=x", "ward"), ("date=snart", "date"), ("_count=x", "_count")):
        answer = ward.client.get(f"/fhir/R4/Encounter?{query}")
        assert answer.status_code in (400, 422)
        assert place in answer_told(answer)[1]


def test_what_has_changed_since_comes_page_by_page(
    ward: FhirClient, cast: Cast, told: CaseDetail
) -> None:
    """The feed outwards: who reads on from the last time misses nothing and gets nothing twice."""

    for number in range(4):
        facts = replace(KARIN, given_name=f"Nr {number}")
        person = make_person(cast.ward_nurse, facts)
        at = cast.at(cast.ward_nurse, minutes=number + 1)
        ops.open_case(at, person_id=person.id, facts=ops.AdmissionFacts(admitted_at=NOW))
    whole = searched(ward, "Encounter?_count=2&_lastUpdated=ge2026-11-20")
    assert len(ids(whole)) == len(set(ids(whole))) == 5
    times = [one["meta"]["lastUpdated"] for one in whole]
    assert times == sorted(times)
    late = searched(ward, "Encounter?_count=2&_lastUpdated=gt" + times[2].replace("+", "%2B"))
    assert ids(late) == ids(whole)[3:]


def test_a_page_asks_as_much_for_many_as_for_one(cast: Cast, told: CaseDetail) -> None:
    def asked() -> int:
        nurse = cast.at(cast.ward_nurse, hours=1)
        with CaptureQueriesContext(connection) as found:
            reads.stay_records(nurse, wanted=reads.Wanted())
            reads.copy_records(nurse, wanted=reads.Wanted())
            reads.item_records(nurse, wanted=reads.Wanted())
        return len(found)

    one = asked()
    for number in range(4):
        person = make_person(cast.ward_nurse, replace(KARIN, given_name=f"Nr {number}"))
        facts = ops.AdmissionFacts(admitted_at=NOW)
        made = ops.open_case(cast.ward_nurse, person_id=person.id, facts=facts)
        admission(cast, made)
    assert asked() == one


def test_a_case_is_not_written_as_an_encounter_of_ours(ward: FhirClient, told: CaseDetail) -> None:
    one, tag = ward.read(f"Encounter/{told.id}")
    assert ward.put({**one, "status": "finished"}, tag).status_code == 422
    assert Case.objects.get(id=told.id).status == "admitted"


# ── Communication ──


def letter(case: CaseDetail, words: str = "Kommer dottern?", **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Communication",
        "extension": [
            {
                "url": SECRECY,
                "extension": [
                    {"url": "ground", "valueCode": "consent"},
                    {"url": "note", "valueString": "Karin har sagt ja"},
                ],
            }
        ],
        "status": "completed",
        "category": [{"coding": [FREE]}],
        "encounter": {"reference": f"Encounter/{case.id}"},
        "payload": [{"contentString": words}],
        **more,
    }


def test_a_message_is_sent_read_and_found(
    ward: FhirClient, centre: FhirClient, cast: Cast, told: CaseDetail
) -> None:
    to = [{"reference": f"Organization/{cast.units['health_centre'].id}"}]
    answer = ward.post(letter(told, recipient=to))
    assert answer.status_code == 201, answer.content
    made = sound(json.loads(answer.content))
    row = Message.objects.get(kind=MessageKind.FREE)
    assert made["id"] == str(row.id)
    assert (row.body, row.secrecy) == ({"words": "Kommer dottern?"}, "consent")
    seen = sound(centre.read(f"Communication/{row.id}")[0])
    assert seen["payload"][0]["contentString"] == "Kommer dottern?"
    assert "Karin har sagt ja" not in json.dumps(seen)  # the test is the sender's own
    assert "Karin har sagt ja" in json.dumps(ward.read(f"Communication/{row.id}")[0])
    for query in (f"encounter=Encounter/{told.id}&sent=ge2026-11-21", f"_id={row.id}"):
        assert ids(searched(centre, f"Communication?{query}")) == [str(row.id)]
    unit = cast.units["health_centre"].id
    assert len(searched(ward, f"Communication?recipient={unit}")) == 2
    assert len(searched(ward, f"Communication?recipient={cast.units['home_care'].id}")) == 1


def test_a_message_is_for_those_who_have_it(
    cast: Cast, ward: FhirClient, stranger: FhirClient, told: CaseDetail
) -> None:
    to = [{"reference": f"Organization/{cast.units['health_centre'].id}"}]
    made = json.loads(ward.post(letter(told, recipient=to)).content)
    assessor = FhirClient(cast.needs_assessor)  # takes part, and was not given this one
    for client in (assessor, stranger):
        assert client.get(f"Communication/{made['id']}").status_code == 404
        assert made["id"] not in ids(searched(client, f"Communication?encounter={told.id}"))
    assert stranger.post(letter(told)).status_code == 404


def test_a_receiver_sees_its_own_copy_and_the_sender_all(
    cast: Cast, ward: FhirClient, centre: FhirClient, told: CaseDetail
) -> None:
    key = told.messages[0].id
    all_of_them = ward.read(f"Communication/{key}")[0]["extension"]
    own = centre.read(f"Communication/{key}")[0]["extension"]
    assert sum(one["url"] == COPY for one in all_of_them) == 3
    assert sum(one["url"] == COPY for one in own) == 1


def test_the_law_names_four_things_and_the_refusal_says_so(
    cast: Cast, ward: FhirClient, told: CaseDetail
) -> None:
    payload = [
        {"extension": [{"url": FACT, "valueCode": "estimated_at"}], "contentString": "2026-11-30"},
        {"extension": [{"url": FACT, "valueCode": "summary"}], "contentString": "Lunginflammation"},
    ]
    sent = letter(told, payload=payload)
    sent["category"][0]["coding"][0] = {**FREE, "code": "admission"}
    del sent["extension"]
    answer = ward.post(sent)
    assert answer_told(answer)[1] == ["Communication.payload"]
    assert Message.objects.count() == 1


def test_what_cannot_be_a_message_is_told_where(ward: FhirClient, told: CaseDetail) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"category": [{"coding": [{**FREE, "code": "nonsense"}]}]}, "Communication.category"),
        ({"payload": [{"contentReference": {"display": "x"}}]}, "Communication.payload[0]"),
        ({"recipient": [{"display": "någon"}]}, "Communication.recipient"),
        ({"encounter": {"reference": "Encounter/x"}}, "Communication.encounter"),
        ({"topic": {"text": "mer"}}, "Communication.topic"),
        ({"payload": []}, "Communication.payload"),
    ]
    for more, place in wrong:
        sent = letter(told, **more)
        if not sent["payload"]:
            del sent["payload"]
        answer = ward.post(sent)
        assert answer.status_code in (400, 422), (more, answer.content)
        assert any(place in one for one in answer_told(answer)[1]), (more, answer.content)
    assert Message.objects.count() == 1


def test_a_correction_keeps_the_original(cast: Cast, ward: FhirClient, told: CaseDetail) -> None:
    first = json.loads(ward.post(letter(told)).content)
    corrects = {
        "url": "https://samverka.example/fhir/StructureDefinition/message-corrects",
        "valueReference": {"reference": f"Communication/{first['id']}"},
    }
    sent = letter(told, "Kommer sonen?")
    sent["extension"].append(corrects)
    assert ward.post(sent).status_code == 201
    assert Message.objects.get(id=first["id"]).body == {"words": "Kommer dottern?"}
    assert str(Message.objects.get(corrects__isnull=False).corrects_id) == first["id"]


# ── Task ──


def copy_of(cast: Cast, case: CaseDetail, unit: str) -> Copy:
    found: Copy = Copy.objects.get(message__case=case.id, unit_id=cast.units[unit].id)
    return found


def test_a_copy_is_receipted_by_its_own_unit(
    cast: Cast, ward: FhirClient, centre: FhirClient, stranger: FhirClient, told: CaseDetail
) -> None:
    copy = copy_of(cast, told, "health_centre")
    one, tag = centre.read(f"Task/{copy.id}")
    sound(one)
    assert (one["status"], one["focus"]["reference"]) == (
        "requested", f"Communication/{told.messages[0].id}"
    )  # fmt: skip
    assert one["restriction"]["period"]["end"].startswith("2026-11-20T18:30")  # four hours
    senders = ward.read(f"Task/{copy.id}")[1]  # the sender sees it, and cannot receipt it
    assert ward.put({**one, "status": "completed"}, senders).status_code == 404
    assert stranger.put({**one, "status": "completed"}, tag).status_code == 404
    assert centre.put({**one, "status": "in-progress"}, tag).status_code == 422
    done = centre.put({**one, "status": "accepted"}, tag)
    assert done.status_code == 200, done.content
    copy.refresh_from_db()
    assert (copy.fate, copy.receipted_by) == (Fate.RECEIPTED, "Lena Berg")
    assert centre.read(f"Task/{copy.id}")[0]["status"] == "completed"
    assert centre.put({**one, "status": "completed"}, tag).status_code == 412


def test_a_wrong_receiver_sends_back_with_the_reason(cast: Cast, told: CaseDetail) -> None:
    client, copy = FhirClient(cast.needs_assessor), copy_of(cast, told, "assessment")
    one, tag = client.read(f"Task/{copy.id}")
    answer = client.put({**one, "status": "rejected"}, tag)
    assert answer_told(answer)[1] == ["Task.statusReason"]
    sent = {**one, "status": "rejected", "statusReason": {"text": "Hör till Åre"}}
    assert client.put(sent, tag).status_code == 200
    copy.refresh_from_db()
    assert (copy.fate, copy.reason) == (Fate.RETURNED, "Hör till Åre")
    assert client.get(f"Task/{copy.id}").status_code == 404


def test_a_wrong_receiver_sends_on(cast: Cast, told: CaseDetail) -> None:
    client, copy = FhirClient(cast.needs_assessor), copy_of(cast, told, "assessment")
    one, tag = client.read(f"Task/{copy.id}")
    owner = {"reference": f"Organization/{cast.units['ifo'].id}"}
    sent = {**one, "owner": owner, "statusReason": {"text": "Vuxenenheten har insatserna"}}
    answer = client.put(sent, tag)
    assert answer.status_code == 200, answer.content
    copy.refresh_from_db()
    assert copy.fate == Fate.FORWARDED
    assert FhirClient(cast.ifo_officer).get(f"Encounter/{told.id}").status_code == 200


def test_what_waits_is_found_by_its_owner(
    cast: Cast, ward: FhirClient, centre: FhirClient, told: CaseDetail
) -> None:
    unit = cast.units["health_centre"].id
    assert len(searched(ward, f"Task?encounter={told.id}&status=requested")) == 3
    [mine] = searched(centre, f"Task?owner=Organization/{unit}&status=requested")
    assert mine["id"] == str(copy_of(cast, told, "health_centre").id)
    assert ids(searched(centre, f"Task?_id={mine['id']}")) == [mine["id"]]
    assert searched(centre, "Task?status=completed") == []


# ── ServiceRequest ──


@pytest.fixture
def line(cast: Cast, told: CaseDetail) -> Item:
    ops.ask_items(
        cast.at(cast.ward_nurse, minutes=5),
        case_id=told.id,
        wanted=[ops.ItemWanted(ItemKind.AIDS, cast.units["assessment"].id, "Rollator")],
        note="Karin säger ja",
    )
    found: Item = Item.objects.get()
    return found


def test_a_line_of_the_list_is_answered_by_its_owner(
    cast: Cast, ward: FhirClient, stranger: FhirClient, told: CaseDetail, line: Item
) -> None:
    client = FhirClient(cast.needs_assessor)
    one, tag = client.read(f"ServiceRequest/{line.id}")
    sound(one)
    assert (one["status"], one["orderDetail"][0]["text"]) == ("active", "Rollator")
    theirs = ward.read(f"ServiceRequest/{line.id}")[1]
    assert ward.put({**one, "status": "completed"}, theirs).status_code == 403
    assert stranger.get(f"ServiceRequest/{line.id}").status_code == 404
    answer = client.put({**one, "status": "on-hold"}, tag)
    assert answer.status_code in (400, 422)  # a no says what is missing
    no = {**one, "status": "on-hold", "note": [{"text": "Väntar på leverans"}]}
    assert client.put(no, tag).status_code == 200
    line.refresh_from_db()
    assert (line.answer, line.answer_words) == ("no", "Väntar på leverans")
    again, tag = client.read(f"ServiceRequest/{line.id}")
    assert client.put({**again, "status": "completed"}, tag).status_code == 200
    line.refresh_from_db()
    assert line.answer == "yes"
    for query in (f"encounter={told.id}", f"performer={line.unit_id}", "status=completed"):
        assert ids(searched(ward, f"ServiceRequest?{query}")) == [str(line.id)], query
    assert searched(stranger, f"ServiceRequest?encounter={told.id}") == []


def test_a_line_is_handed_over(cast: Cast, ward: FhirClient, told: CaseDetail, line: Item) -> None:
    one, tag = ward.read(f"ServiceRequest/{line.id}")
    other = [{"reference": f"Organization/{cast.units['home_care'].id}"}]
    answer = ward.put({**one, "performer": other}, tag)
    assert answer.status_code == 200, answer.content
    line.refresh_from_db()
    assert line.unit_id == cast.units["home_care"].id


def test_a_call_is_a_request_to_plan(cast: Cast, ward: FhirClient, told: CaseDetail) -> None:
    nurse = cast.at(cast.region_nurse, hours=1)
    letter_of_it = ops.Letter({"meeting": "Måndag 10.00 på avdelningen"}, note="Ja")
    ops.send_message(nurse, case_id=told.id, kind=MessageKind.CALL, letter=letter_of_it)
    key = Message.objects.get(kind=MessageKind.CALL).id
    one = sound(ward.read(f"ServiceRequest/{key}")[0])
    assert one["code"]["coding"][0]["code"] == "734163000"
    assert ward.get(f"ServiceRequest/{told.messages[0].id}").status_code == 404


# ── the feed by HTTP, and what is there ──


@pytest.fixture
def hospital(cast: Cast) -> FhirClient:
    known_by_hsa_id(cast)
    return FhirClient(cast.administrator)


def send(client: FhirClient, body: dict[str, Any]) -> Any:
    return client.client.post("/fhir/R4", json.dumps(body), content_type=JSON)


def test_a_bundle_a_post_and_a_put(hospital: FhirClient, cast: Cast) -> None:
    answer = send(hospital, bundle(patient(), stay("planned", start=None), kind="transaction"))
    assert answer.status_code == 200, answer.content
    made = sound(json.loads(answer.content))
    assert made["type"] == "transaction-response"
    key = Case.objects.get().id
    assert made["entry"][1]["response"]["location"] == f"Encounter/{key}"
    answer = hospital.post(stay())
    assert (answer.status_code, answer["Location"].rsplit("/", 1)[1]) == (201, str(key))
    answer = hospital.put(stay(estimated="2026-12-24"))  # no If-Match: that system is the source
    assert answer.status_code == 200, answer.content
    assert sound(json.loads(answer.content))["resourceType"] == "OperationOutcome"
    assert str(Case.objects.get().estimated_at) == "2026-12-24"


def test_a_refusal_says_what_where_and_how_to_mend(hospital: FhirClient) -> None:
    send(hospital, bundle(patient()))
    answer = hospital.put(stay(at="SE2321000172-9999"))
    assert answer.status_code == 422
    assert answer_told(answer)[1] == ["Encounter.serviceProvider"]
    assert "HSA-id" in issues(answer)[0]["diagnostics"]
    assert Resource.objects.get(key="Encounter/vt-1").reason
    bad = bundle(stay(at="SE2321000172-9999"), kind="transaction")
    answer = send(hospital, bad)
    assert answer_told(answer) == (422, ["Bundle.entry[0].resource.serviceProvider"])


def test_who_may_not_send_is_told_so(cast: Cast, ward: FhirClient) -> None:
    entries = json.loads(send(ward, bundle(patient(), stay())).content)[
        "entry"
    ]  # a list of requests
    assert [one["response"]["status"][:3] for one in entries] == ["422", "422"]
    told_so = ward.client.post("/fhir/R4/$take-in", json.dumps(bundle(stay())), content_type=JSON)
    assert told_so.status_code == 403
    assert ward.post(stay()).status_code == 422  # kept, if it were about a person here
    assert not Case.objects.exists()


def test_what_is_no_fhir_is_refused(hospital: FhirClient) -> None:
    for body in (b"", b"[", b"[]", b"\xff"):
        answer = hospital.client.post("/fhir/R4", body, content_type=JSON)
        assert answer.status_code in (400, 415, 422), (body, answer.content)
        assert issues(answer)
    nonsense = bundle({"resourceType": "Nonsense"}, {"resourceType": "Encounter"})
    entries = json.loads(send(hospital, nonsense).content)["entry"]
    assert [one["response"]["status"][:3] for one in entries] == ["400", "400"]
    wrong = hospital.client.put("/fhir/R4/Encounter/other", json.dumps(stay()), content_type=JSON)
    assert wrong.status_code == 422
    assert hospital.client.get("/fhir/R4").status_code == 405


def test_the_statement_says_what_is_there(ward: FhirClient) -> None:
    made = sound(json.loads(ward.get("metadata").content))
    types = {one["type"]: one for one in made["rest"][0]["resource"]}
    told = {one["code"] for one in types["Encounter"]["interaction"]}
    assert {"read", "vread", "update", "patch", "delete", "create", "search-type"} <= told
    assert "search-type" in {one["code"] for one in types["Goal"]["interaction"]}
    assert "recipient" in {one["name"] for one in types["Communication"]["searchParam"]}
    assert reads.STATUS_OF
