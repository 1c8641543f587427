"""Search over HTTP: what a nurse's system asks, what the other side gets, and what nobody is told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from samverka.access import operations as access
from samverka.access.rules import BlockKind
from samverka.audit.models import Event
from samverka.careplans.reads import PlanDetail
from samverka.people.operations import PersonFacts
from samverka.people.reads import PersonDetail
from tests.config.searching.asked import PNR, bundle, names, observe
from tests.factories.cast import Cast, make_person, person_login, relate
from tests.factories.fhir import FhirClient, told

# ── what is found ──


def test_a_person_is_found_by_number_and_by_name(nurse: FhirClient, karin: PersonDetail) -> None:
    me = [f"Patient/{karin.id}"]
    number = karin.identity.value
    for query in (
        f"identifier={PNR}|{number}",
        f"identifier={number}",
        f"family={quote(karin.family_name[:4])}",
        f"name={quote(karin.given_name)}",
        f"birthdate={karin.birth_date}",
        f"_id={karin.id}",
    ):
        assert names(bundle(nurse, f"Patient?{query}")) == me, query
    assert names(bundle(nurse, f"Patient?identifier={PNR}|191212121212")) == []


def test_a_plan_is_found_by_person_by_status_and_by_chain(
    nurse: FhirClient, karin: PersonDetail, plan: PlanDetail
) -> None:
    it = [f"CarePlan/{plan.id}"]
    for query in (
        f"patient={karin.id}",
        f"patient=Patient/{karin.id}",
        f"subject=Patient/{karin.id}",
        f"subject:Patient={karin.id}",
        "status=active,draft,on-hold,completed",
        f"patient.identifier={PNR}|{karin.identity.value}",
        f"subject:Patient.name={quote(karin.given_name)}",
        f"goal={plan.goals[0].id}",
        f"goal.patient={karin.id}",
        f"patient._has:Goal:patient:_id={plan.goals[0].id}",
        "subject:missing=false",
    ):
        assert names(bundle(nurse, f"CarePlan?{query}")) == it, query
    for query in (
        "patient=nobody",
        "status=revoked",
        "patient.name=Nisse",
        "goal=x",
        "subject:missing=true",
        "_id=x",
    ):
        assert names(bundle(nurse, f"CarePlan?{query}")) == [], query


def test_what_points_here_is_asked_too(
    nurse: FhirClient, karin: PersonDetail, plan: PlanDetail
) -> None:
    observe(nurse, karin, "2026-11-20", 72.5)
    me = [f"Patient/{karin.id}"]
    assert names(bundle(nurse, "Patient?_has:Observation:patient:code=29463-7")) == me
    assert names(bundle(nurse, "Patient?_has:Observation:patient:code=1")) == []
    assert names(bundle(nurse, f"Goal?_has:CarePlan:goal:_id={plan.id}")) == [
        f"Goal/{plan.goals[0].id}"
    ]


def test_what_a_client_wrote_is_found_at_once_and_to_the_letter(
    nurse: FhirClient, karin: PersonDetail
) -> None:
    first = observe(nurse, karin, "2026-11-19T08:00:00+01:00", 72)
    second = observe(nurse, karin, "2026-11-20T08:00:00+01:00", 73)
    about = f"Observation?patient={karin.id}"
    assert names(bundle(nurse, f"{about}&code=http://loinc.org|29463-7&_sort=-date")) == [
        second,
        first,
    ]
    assert names(bundle(nurse, f"{about}&date=ge2026-11-20")) == [second]
    assert names(bundle(nurse, f"{about}&value-quantity=gt72")) == [second]
    assert names(bundle(nurse, f"{about}&code-value-quantity=29463-7$lt73")) == [first]
    made = bundle(nurse, f"{about}&_id={first.partition('/')[2]}")
    assert made["entry"][0]["resource"] == nurse.read(first)[0]
    assert made["entry"][0]["fullUrl"].endswith(f"/fhir/R4/{first}")
    nurse.client.delete(f"/fhir/R4/{first}")
    assert names(bundle(nurse, about)) == [second]


def test_a_compartment_is_one_persons(
    nurse: FhirClient, karin: PersonDetail, plan: PlanDetail, cast: Cast
) -> None:
    other = make_person(cast.region_nurse, PersonFacts(given_name="Nils", family_name="Ek"))
    weight = observe(nurse, karin, "2026-11-20", 72)
    observe(nurse, other, "2026-11-20", 80)
    assert names(bundle(nurse, f"Patient/{karin.id}/Observation")) == [weight]
    assert names(bundle(nurse, f"Patient/{karin.id}/CarePlan?status=revoked")) == []
    found = set(names(bundle(nurse, f"Patient/{karin.id}/*?_count=100")))
    assert {weight, f"CarePlan/{plan.id}", f"Goal/{plan.goals[0].id}"} <= found
    assert not [one for one in found if str(other.id) in one]


# ── pages, order, how much ──


def test_pages_lose_nothing_while_others_write(nurse: FhirClient, karin: PersonDetail) -> None:
    made = [observe(nurse, karin, f"2026-11-{day:02}", 70 + day) for day in range(1, 8)]
    address = f"Observation?patient={karin.id}&_sort=date&_count=3"
    seen: list[str] = []
    for number in range(10):
        page = bundle(nurse, address)
        seen += names(page)
        observe(nurse, karin, f"2026-10-{number + 1:02}", 60)  # before all that has been read
        links = {one["relation"]: one["url"] for one in page["link"]}
        if "next" not in links:
            break
        address = links["next"].partition("/fhir/R4/")[2]
    assert seen == made
    broken = nurse.get(address.replace("_after=", "_after=x"))
    assert told(broken) == (400, ["_after"])


@pytest.mark.parametrize("order", ["_lastUpdated", "-_lastUpdated"])
def test_what_most_have_is_found_page_by_page(
    nurse: FhirClient, karin: PersonDetail, order: str
) -> None:
    """The first page is looked for among those that come first in the order; those after it anywhere."""
    rare = observe(nurse, karin, "2026-05-01", 70.0, status="amended")
    made = [observe(nurse, karin, "2026-05-01", 71.0 + n) for n in range(7)]
    expected = made if order == "_lastUpdated" else made[::-1]
    found: list[str] = []
    address = f"Observation?status=final&_sort={order}&_count=1"
    while address:
        page = bundle(nurse, address)
        found += [one for one in names(page) if one in (*made, rare)]
        more = [link["url"] for link in page["link"] if link["relation"] == "next"]
        address = more[0].partition("/fhir/R4/")[2] if more else ""
    assert found == expected
    assert names(bundle(nurse, "Observation?status=amended&_count=1&_sort=-_lastUpdated")) == [rare]


def test_a_page_of_another_search_is_none(nurse: FhirClient, karin: PersonDetail) -> None:
    for day in (1, 2):
        observe(nurse, karin, f"2026-11-0{day}", 70)
    page = bundle(nurse, f"Observation?patient={karin.id}&_count=1")
    word = page["link"][1]["url"].rpartition("_after=")[2]
    answer = nurse.get(f"Observation?_count=1&_after={word}")
    assert told(answer) == (400, ["_after"])
    assert str(karin.id) not in word


def test_what_has_no_value_comes_last(nurse: FhirClient, karin: PersonDetail) -> None:
    one = observe(nurse, karin, "2026-11-19", 72)
    none = observe(nurse, karin, "2026-11-20", 72, effectiveDateTime=None)
    two = observe(nurse, karin, "2026-11-21", 71)
    about = f"Observation?patient={karin.id}"
    assert names(bundle(nurse, f"{about}&_sort=date")) == [one, two, none]
    assert names(bundle(nurse, f"{about}&_sort=-date")) == [two, one, none]
    assert names(bundle(nurse, f"{about}&_sort=value-quantity,-date")) == [two, one, none]


def test_how_many(nurse: FhirClient, karin: PersonDetail) -> None:
    for day in (1, 2, 3):
        observe(nurse, karin, f"2026-11-0{day}", 70)
    about = f"Observation?patient={karin.id}"
    for query in ("&_count=0", "&_summary=count"):
        made = bundle(nurse, about + query)
        assert (made["total"], "entry" in made) == (3, False)
    assert "total" not in bundle(nurse, f"{about}&_count=2")
    assert bundle(nurse, f"{about}&_count=2&_total=accurate")["total"] == 3
    assert "total" not in bundle(nurse, f"{about}&_total=none")


def test_parts_of_a_resource_say_so(nurse: FhirClient, karin: PersonDetail) -> None:
    observe(nurse, karin, "2026-11-20", 72, note=[{"text": "x"}])
    about = f"Observation?patient={karin.id}"
    for query, there, gone in (
        ("_elements=status", {"status", "code"}, {"note", "subject"}),
        ("_summary=true", {"subject", "valueQuantity"}, {"note"}),
        ("_summary=text", {"status"}, {"note", "valueQuantity"}),
        ("_summary=data", {"note", "valueQuantity"}, {"text"}),
    ):
        one = bundle(nurse, f"{about}&{query}")["entry"][0]["resource"]
        assert there <= one.keys(), query
        assert not gone & one.keys(), query
        assert one["meta"]["tag"][-1]["code"] == "SUBSETTED"
    assert "note" in bundle(nurse, f"{about}&_summary=false")["entry"][0]["resource"]


# ── what comes along ──


def test_what_it_points_at_and_what_points_at_it_come_along(
    nurse: FhirClient, karin: PersonDetail, plan: PlanDetail
) -> None:
    goal, me = f"Goal/{plan.goals[0].id}", f"Patient/{karin.id}"
    about = f"CarePlan?patient={karin.id}"
    made = bundle(nurse, f"{about}&_include=CarePlan:goal&_include=CarePlan:subject")
    assert names(made) == [f"CarePlan/{plan.id}"]
    assert sorted(names(made, "include")) == [goal, me]
    assert names(
        bundle(nurse, f"Goal?patient={karin.id}&_revinclude=CarePlan:goal"), "include"
    ) == [f"CarePlan/{plan.id}"]
    made = bundle(
        nurse, f"Patient?_id={karin.id}&_revinclude=CarePlan:patient&_include:iterate=CarePlan:goal"
    )
    assert sorted(names(made, "include")) == [f"CarePlan/{plan.id}", goal]
    assert {goal, me} <= set(names(bundle(nurse, f"{about}&_include=*"), "include"))


# ── who asks ──


def test_the_other_side_finds_what_it_was_given_and_no_more(
    nurse: FhirClient, karin: PersonDetail, plan: PlanDetail, cast: Cast
) -> None:
    stranger = FhirClient(cast.municipal_nurse)
    for query in (
        f"CarePlan?patient={karin.id}",
        f"Patient?_id={karin.id}",
        "CarePlan?_total=accurate",
    ):
        made = bundle(stranger, query)
        assert (names(made), made["total"]) == ([], 0), query
    relate(cast.municipal_nurse, karin)
    assert names(bundle(stranger, f"Patient?_id={karin.id}")) == [f"Patient/{karin.id}"]
    for query in (
        f"CarePlan?patient={karin.id}",
        f"Patient?_has:CarePlan:patient:_id={plan.id}",
        f"Goal?patient={karin.id}&_revinclude=CarePlan:goal",
        f"Goal?_has:CarePlan:goal:_id={plan.id}",
    ):
        assert bundle(stranger, query)["total"] == 0, query
    made = bundle(stranger, f"Patient?_id={karin.id}&_revinclude=CarePlan:patient")
    assert names(made, "include") == []


def test_the_person_finds_the_own_and_nobody_elses(
    nurse: FhirClient, karin: PersonDetail, plan: PlanDetail, cast: Cast
) -> None:
    other = make_person(cast.region_nurse, PersonFacts(given_name="Nils", family_name="Ek"))
    weight = observe(nurse, karin, "2026-11-20", 72)
    observe(nurse, other, "2026-11-20", 80)
    me = FhirClient(person_login(karin))
    assert names(bundle(me, "Patient")) == [f"Patient/{karin.id}"]
    assert names(bundle(me, "Observation")) == [weight]
    assert names(bundle(me, "CarePlan")) == [f"CarePlan/{plan.id}"]
    assert names(bundle(me, f"Observation?patient={other.id}")) == []


def test_a_block_hides_from_the_search_what_it_hides(
    karin: PersonDetail, cast: Cast, nurse: FhirClient
) -> None:
    weight = observe(nurse, karin, "2026-11-20", 72)
    assert names(bundle(nurse, "Observation")) == [weight]
    ward = FhirClient(cast.ward_nurse)
    relate(cast.ward_nurse, karin)
    now = replace(cast.ward_nurse, at=datetime.now(UTC))
    access.make_choice(now, person_id=karin.id)
    assert names(bundle(ward, "Observation?_total=accurate")) == [weight]
    access.set_block(
        cast.region_nurse,
        person_id=karin.id,
        kind=BlockKind.INNER,
        provider_id=cast.region_nurse.provider_id,
        unit_id=cast.region_nurse.unit_id,
    )
    assert bundle(ward, "Observation?_total=accurate")["total"] == 0


def test_each_person_shown_is_in_the_trail_and_nobody_else(
    nurse: FhirClient, karin: PersonDetail, cast: Cast
) -> None:
    other = make_person(cast.region_nurse, PersonFacts(given_name="Nils", family_name="Ek"))
    weights = [observe(nurse, karin, "2026-11-20", 72), observe(nurse, other, "2026-11-21", 80)]
    before = Event.objects.count()
    assert names(bundle(nurse, "Observation?_sort=date&_count=1")) == weights[:1]
    lines = list(Event.objects.order_by("id"))[before:]
    assert {one.person_id for one in lines} == {str(karin.id)}
    before = Event.objects.count()
    bundle(nurse, f"Patient?identifier={PNR}|{karin.identity.value}")
    [line] = list(Event.objects.order_by("id"))[before:]
    assert (line.action, line.person_id) == ("person.search", str(karin.id))


# ── what is not understood ──


def test_strict_and_lenient(nurse: FhirClient, karin: PersonDetail) -> None:
    assert told(nurse.get("CarePlan?colour=red")) == (400, ["colour"])
    made = bundle(nurse, "CarePlan?colour=red&status=active", prefer="handling=lenient")
    [self_link] = [one["url"] for one in made["link"] if one["relation"] == "self"]
    assert self_link.endswith("CarePlan?status=active")
    [note] = [one["resource"] for one in made["entry"] if one["search"]["mode"] == "outcome"]
    assert note["issue"][0]["expression"] == ["colour"]


def test_a_form_is_a_search_too(nurse: FhirClient, karin: PersonDetail) -> None:
    answer = nurse.client.post(
        "/fhir/R4/Patient/_search",
        f"identifier={quote(PNR)}%7C{karin.identity.value}",
        content_type="application/x-www-form-urlencoded",
    )
    assert names(json.loads(answer.content)) == [f"Patient/{karin.id}"]


@pytest.mark.parametrize(
    "query",
    [
        "CarePlan?status=" + "a" * 4_000,
        "CarePlan?status=%00",
        "CarePlan?patient='; DROP TABLE resources_resource; --",
        "CarePlan?_sort='; --",
        "CarePlan?category:text=%25%28low%29s %s",
        "Patient?name=\\",
        "Observation?date=0000-00-00",
        "Observation?date=9999-12-31",
        "Observation?date=0001",
        "Observation?value-quantity=1e300",
        "Observation?value-quantity=" + "9" * 39,
        "CarePlan?_count=99999999999999999999",
        "CarePlan?_id=" + ",".join("x" * 200),
        "CarePlan?subject.link.link.link.link.name=x",
        "Patient?_has:Observation:patient:_has:Provenance:target:_id=x",
        "CarePlan?_after=" + "A" * 500,
        "CarePlan?_include=CarePlan:goal&_include:iterate=*",
        "Patient?name=%F0%9F%98%80",
    ],
)
def test_no_search_is_a_fault_of_the_server(nurse: FhirClient, query: str) -> None:
    assert nurse.get(query).status_code in (200, 400, 422)
