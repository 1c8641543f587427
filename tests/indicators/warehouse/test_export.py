"""An export of a small county, counted by hand; nothing in the files says who anyone is."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from samverka.access.rules import Protection
from samverka.config.registry import REGISTRY
from samverka.contacts import operations as contacts
from samverka.contacts.rules import BookingFacts, StayFacts, VisitFacts, VisitStatus, Way
from samverka.indicators.models import Snapshot
from samverka.indicators.operations import ExportDetail, export_facts, exporting
from samverka.indicators.rules.kept import SnapshotStatus
from samverka.indicators.warehouse.fhir import ATC
from samverka.indicators.warehouse.keys import Keys
from samverka.indicators.warehouse.merging import Written
from samverka.indicators.warehouse.quality import FaultKind
from samverka.indicators.warehouse.reading import read_facts
from samverka.indicators.warehouse.writing import Said, writing
from samverka.kernel import testseries
from samverka.kernel.identity import Sex
from samverka.kernel.problems import NotAllowed
from samverka.people.models import Person
from samverka.people.operations import edit_person
from samverka.resources.operations import run_import
from tests.factories.cast import KARIN, KARINS_NUMBER, NOW, Cast, county, make_person, relate
from tests.house.furnished import furnish

pytestmark = pytest.mark.django_db

KEYS = Keys("s" * 64)
LEAP = date(2004, 2, 29)
SEEN = datetime(2026, 8, 12, 9, 0, tzinfo=NOW.tzinfo)
"""When the persons became known: person-months of August, September and October."""


def export(cast: Cast, folder: Path, days: int = 0, **more: Any) -> ExportDetail:
    """An export, some days later."""
    actor = cast.at(cast.system, hours=24 * days)
    return export_facts(actor, folder=folder, keys=KEYS, now=lambda: actor.at, **more)


def rows(folder: Path, fact: str) -> list[dict[str, Any]]:
    """What the warehouse has of a fact."""
    found: list[dict[str, Any]] = read_facts(folder, fact).to_pylist()
    return found


@pytest.fixture
def cast() -> Cast:
    """Karin has been in hospital and seen the nurse twice; a young man with protected registration once."""
    cast = county()
    nurse, ward = replace(cast.region_nurse, at=SEEN), replace(cast.ward_nurse, at=SEEN)
    karin = make_person(nurse, identity=KARINS_NUMBER)
    hidden = make_person(
        nurse,
        replace(KARIN, given_name="Bo", birth_date=LEAP, protection=Protection.PROTECTED),
        identity=testseries.test_number(LEAP, Sex.MALE, 0),
    )
    moved = make_person(
        nurse,
        replace(KARIN, given_name="Ulla", municipality_code="1917"),
        identity=testseries.test_number(date(1950, 1, 1), Sex.FEMALE, 7),
    )
    for person in (karin, moved):
        relate(ward, person)
    contacts.receive_stay(
        ward,
        person_id=karin.id,
        facts=StayFacts(
            admitted_at=datetime(2025, 12, 31, 23, 30, tzinfo=NOW.tzinfo),  # 2026 in Sweden
            discharged_at=datetime(2026, 1, 4, 9, 0, tzinfo=NOW.tzinfo),
            ward="Avd 7 Backvägen",
            reason="Hjärtsvikt hos Karin",
        ),
        source="Cosmic",
        source_id="s1",
    )
    booked = SEEN + timedelta(days=1)
    later = cast.at(cast.region_nurse, hours=0)
    contacts.receive_booking(nurse, person_id=karin.id, facts=BookingFacts(starts_at=booked))
    for starts, way in ((booked, Way.HOME), (booked + timedelta(days=1), Way.PHONE)):
        facts = VisitFacts(starts_at=starts, way=way, practitioner="Lena Berg")
        contacts.receive_visit(later, person_id=karin.id, facts=facts, source_id=str(starts))
    for person, day in ((hidden, date(2025, 2, 28)), (moved, date(2026, 3, 1))):
        starts = datetime(day.year, day.month, day.day, 10, tzinfo=NOW.tzinfo)
        contacts.receive_visit(
            later, person_id=person.id, facts=VisitFacts(starts_at=starts), source_id=str(day)
        )
    return cast


def test_the_county_counted_by_hand(cast: Cast, tmp_path: Path) -> None:
    made = export(cast, tmp_path)
    assert made.snapshot.status is SnapshotStatus.WHOLE
    [stay] = rows(tmp_path, "stay")
    assert (stay["admitted_on"], stay["discharged_on"]) == (date(2026, 1, 1), date(2026, 1, 4))
    assert (stay["year"], stay["age"], stay["sex"]) == (2026, 83, "female")
    assert (stay["county"], stay["municipality"]) == ("23", "2309")
    assert stay["source"] == "samverka:Cosmic"
    visits = rows(tmp_path, "contact")
    karins = [one for one in visits if one["person_key"] == stay["person_key"]]
    assert sorted((one["way"], one["planned"]) for one in karins) == [
        ("home", True),
        ("phone", None),
    ]
    assert len({one["carer_key"] for one in karins}) == 1
    [bo] = [one for one in visits if one["year"] == 2025]
    assert bo["age"] == 20, "born 29 February: not a year older on the 28th"
    [ulla] = [one for one in visits if one["happened_on"] == date(2026, 3, 1)]
    assert ulla["municipality"] == "0331", "Heby has changed its code"
    months = rows(tmp_path, "person_month")
    assert sorted({one["month"].month for one in months}) == [8, 9, 10]
    assert len(months) == 9


def test_what_is_said_to_have_been_but_has_not_is_told_as_a_fault_and_left_out(
    cast: Cast, tmp_path: Path
) -> None:
    """A planned visit lies ahead rightly, and an unknown status says nothing: only the third is wrong."""
    karin = Person.objects.get(given_name="Karin")
    for days in (-1, 2):
        admitted = StayFacts(admitted_at=NOW + timedelta(days=days), ward="Avd 7", reason="Feber")
        contacts.receive_stay(
            cast.ward_nurse,
            person_id=karin.id,
            facts=admitted,
            source="Cosmic",
            source_id=str(days),
        )
    ahead = NOW + timedelta(days=2)
    for status in (VisitStatus.PLANNED, VisitStatus.UNKNOWN, VisitStatus.FINISHED):
        visit = VisitFacts(starts_at=ahead, status=status)
        contacts.receive_visit(cast.region_nurse, person_id=karin.id, facts=visit, source_id=status)
    made = export(cast, tmp_path)
    begun = {one["admitted_on"] for one in rows(tmp_path, "stay")}
    assert begun == {date(2026, 1, 1), NOW.date() - timedelta(days=1)}
    assert max(one["happened_on"] for one in rows(tmp_path, "contact")) <= NOW.date()
    told = [one for one in made.snapshot.faults if one.kind is FaultKind.FUTURE]
    assert {one.fact: (one.count, one.example) for one in told} == {
        "stay": (1, ahead.date().isoformat()),
        "contact": (1, ahead.date().isoformat()),
    }


def test_protected_identity_counts_for_the_county_only(cast: Cast, tmp_path: Path) -> None:
    found = {
        one.kind: one for one in export(cast, tmp_path).snapshot.faults if one.fact == "contact"
    }
    [bo] = [one for one in rows(tmp_path, "contact") if one["year"] == 2025]
    assert (bo["county"], bo["municipality"], bo["unit"], bo["side"]) == (
        "23",
        None,
        None,
        "region",
    )
    assert bo["person_key"] != KEYS.person(testseries.test_number(LEAP, Sex.MALE, 0).value)
    assert found[FaultKind.PROTECTED].count == 1
    assert found[FaultKind.CEASED_MUNICIPALITY].example == "1917"


def test_the_second_export_reads_what_is_new_and_a_full_one_takes_away(
    cast: Cast, tmp_path: Path
) -> None:
    export(cast, tmp_path)
    before = rows(tmp_path, "contact")
    second = export(cast, tmp_path, days=1)
    assert second.written["stay"].given == 0, "received before the last export"
    full = export(cast, tmp_path, days=2, full=True)
    assert {name: one for name, one in full.written.items() if one.rewritten} == {}
    assert rows(tmp_path, "contact") == before
    assert Snapshot.objects.count() == 3


def test_an_export_stopped_halfway_goes_on_where_it_stopped(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_frame: object) -> Iterator[dict[str, object]]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(exporting, "MAKERS", {**exporting.MAKERS, "contact": stop})
        with pytest.raises(KeyboardInterrupt):
            export(cast, tmp_path)
    assert (len(rows(tmp_path, "stay")), len(rows(tmp_path, "contact"))) == (1, 0)
    assert Snapshot.objects.get().status == SnapshotStatus.FAILED
    done = export(cast, tmp_path, days=1)
    assert (done.written["stay"].given, done.written["contact"].new) == (0, 4)
    assert done.snapshot.status is SnapshotStatus.WHOLE


def test_no_name_number_or_birth_date_is_in_any_file(tmp_path: Path) -> None:
    house = furnish()
    karin = house.karin
    export(house.cast, tmp_path)
    written = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert len(written) > 5
    secrets = [
        *(karin.name.split()),
        KARINS_NUMBER.value,
        KARINS_NUMBER.value[2:],
        "1942-03-11",
        str(karin.id),
        str(house.plan.id),
        house.plan.title,
        "Backvägen",
        house.nurse.name,
    ]
    for file in written:
        content = file.read_bytes()
        if file.suffix == ".parquet":  # as it reads when it has been unpacked
            fact = file.relative_to(tmp_path).parts[0]
            content += repr(read_facts(tmp_path, fact).to_pylist()).encode()
        found = [one for one in secrets if one and one.encode() in content]
        assert not found, f"{file.name}: {found}"


def test_no_role_may_export(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        export_facts(cast.analyst, folder=tmp_path, keys=KEYS, now=lambda: NOW)
    assert not list(tmp_path.rglob("*.parquet"))


def test_what_is_taken_away_goes_the_same_night_and_the_rest_stays(
    cast: Cast, tmp_path: Path
) -> None:
    export(cast, tmp_path)
    before = {fact: rows(tmp_path, fact) for fact in ("contact", "person_month")}
    with connection.cursor() as database:  # as when the law has something thinned out
        database.execute("DELETE FROM contacts_stay")
        database.execute("DELETE FROM contacts_visit WHERE way = 'phone'")
    night = export(cast, tmp_path, days=1)
    assert night.snapshot.status is SnapshotStatus.WHOLE
    assert (night.written["stay"].gone, night.written["contact"].gone) == (1, 1)
    assert night.written["stay"].given == 0, "nothing of it was read again"
    assert rows(tmp_path, "stay") == []
    assert rows(tmp_path, "contact") == [one for one in before["contact"] if one["way"] != "phone"]
    assert rows(tmp_path, "person_month") == before["person_month"]


def test_what_a_thing_no_longer_says_goes_when_it_is_told_again(tmp_path: Path) -> None:
    def step(case: int, number: int) -> tuple[str, dict[str, object]]:
        key = KEYS.row("stay", case, part=number)
        return "stay", {
            "person_key": case, "county": "23", "source": "a", "source_key": key,
            "stay_key": number, "admitted_on": date(2025, 1, 1 + number),
        }  # fmt: skip

    def tell(rows: list[tuple[str, dict[str, object]]], **said: Any) -> Written:
        with writing(tmp_path, snapshot="s") as writer:
            return writer.write_told(rows, {"stay": Said("a", **said)}, into="a")["stay"]

    tell([step(1, 0), step(1, 1), step(2, 0), step(2, 1)], all=True)
    both = [KEYS.row("stay", 1), KEYS.row("stay", 2)]
    again = tell([step(1, 1)], standing=both, told=array("q", both[:1]))
    assert (again.same, again.gone) == (1, 1)
    left = [(one["person_key"], one["stay_key"]) for one in rows(tmp_path, "stay")]
    assert left == [(1, 1), (2, 0), (2, 1)]


def test_who_moves_takes_no_fact_along(cast: Cast, tmp_path: Path) -> None:
    export(cast, tmp_path)
    before = rows(tmp_path, "person_month")
    ulla = Person.objects.get(given_name="Ulla")
    moving = replace(KARIN, given_name="Ulla", county_code="01", municipality_code="0180")
    edit_person(cast.region_nurse, person_id=ulla.id, facts=moving, version=ulla.version)
    moved = export(cast, tmp_path, days=31, full=True)
    after = rows(tmp_path, "person_month")
    assert [one for one in after if one["month"].month != 11] == before
    [visit] = [one for one in rows(tmp_path, "contact") if one["happened_on"].month == 3]
    assert visit["municipality"] == "0331"
    found = {one.kind: one for one in moved.snapshot.faults if one.fact == "person_month"}
    assert found[FaultKind.MOVED].count == 3
    assert {
        one["municipality"]
        for one in after
        if one["month"] == date(2026, 11, 1) and one["county"] == "01"
    } == {"0180"}


def _drug(kind: str, name: str, code: str, since: str, until: str | None = None) -> dict[str, Any]:
    """A row of the drug list, or an order."""
    made = {
        "resourceType": kind, "id": name, "status": "active", "subject": {"reference": "Patient/k"},
        "medicationCodeableConcept": {"coding": [{"system": ATC, "code": code}]},
    }  # fmt: skip
    if kind == "MedicationRequest":
        return made | {"intent": "order", "authoredOn": since}
    return made | {"effectivePeriod": {"start": since} | ({"end": until} if until else {})}


def test_one_drug_is_counted_once_also_when_its_order_came_first(
    cast: Cast, tmp_path: Path
) -> None:
    def shelve(*drugs: dict[str, Any]) -> None:
        number = {"system": KARINS_NUMBER.system, "value": KARINS_NUMBER.value}
        named = [{"family": "Åström", "given": ["Karin"]}]
        karin = {"resourceType": "Patient", "id": "k", "identifier": [number], "name": named}
        path = tmp_path / "drugs.ndjson"
        path.write_text("\n".join(json.dumps(one) for one in (karin, *drugs)))
        run_import(cast.administrator, paths=[path], source="journal", registry=REGISTRY)

    lake = tmp_path / "lake"
    shelve(
        _drug("MedicationRequest", "r1", "C03CA01", "2026-08-01"),
        _drug("MedicationRequest", "r2", "N02BE01", "2026-10-01"),
        _drug("MedicationStatement", "s2", "N02BE01", "2026-01-01", "2026-09-30"),
    )
    export(cast, lake)
    drugs = sorted(one["atc"] for one in rows(lake, "drug"))
    assert drugs == ["C03CA01", "N02BE01", "N02BE01"], "ordered anew after the first had ended"
    shelve(_drug("MedicationStatement", "s1", "C03CA01", "2026-08-03", "2026-11-01"))
    night = export(cast, lake, days=1)
    assert (night.written["drug"].new, night.written["drug"].gone) == (1, 1)
    [listed] = [one for one in rows(lake, "drug") if one["atc"] == "C03CA01"]
    assert listed["until"] == date(2026, 11, 1)
    found = {one.kind: one.count for one in night.snapshot.faults if one.fact == "drug"}
    assert found[FaultKind.ORDERED_TOO] == 1
