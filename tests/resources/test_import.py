"""Imports from file to shelf: the second time nothing, each fault a line, who may, what is left."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID

import pytest

from samverka.audit.models import Event
from samverka.kernel.actor import Actor, Permission
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _
from samverka.resources.models import Reference, Resource, Run, RunLine, Version
from samverka.resources.operations import OWN, run_import
from samverka.resources.rules.lines import Weight
from samverka.resources.rules.receiving import Received, Registry, Taken
from samverka.resources.rules.report import ReportRow
from samverka.resources.rules.status import RunState, Status
from tests.resources.importing import (
    IMPORTER,
    PNR,
    PROVIDER,
    REGISTRY,
    UNIT,
    Importer,
    observation,
    patient,
    person_of,
    receive_patient,
    stands,
)

pytestmark = pytest.mark.django_db


def test_a_resource_goes_in_word_for_word_with_its_source_and_owner(importer: Importer):
    odd = '{ "resourceType":"Observation", "id":"1","status":"final","code":{"text":"Vikt"},"subject":{"reference":"Patient/1"},  "valueQuantity":{"value":72.50} }'
    report = importer.run(importer.file(odd), importer.lines(patient()))
    row = stands("Observation/1")
    assert Version.objects.get(resource=row).text == odd
    assert (row.source, row.provider_id, row.unit_id) == ("journal", PROVIDER, UNIT)
    assert (row.status, row.person_id) == (Status.KEPT, person_of("194203119801"))
    assert stands("Patient/1").status == Status.RECEIVED
    assert report.rows == (
        ReportRow("Patient", new=1, received=1),
        ReportRow("Observation", new=1, kept=1),
    )
    assert (report.state, report.files, report.line_count) == (RunState.DONE, 2, 0)


def test_the_second_time_nothing_changes_and_the_report_says_so(importer: Importer):
    path = importer.lines(patient(), observation(), observation("2"))
    assert not importer.run(path).nothing_changed
    before = list(Version.objects.values_list("id", "resource_id", "number"))
    report = importer.run(path)
    assert report.nothing_changed
    assert report.total.unchanged == 3
    assert list(Version.objects.values_list("id", "resource_id", "number")) == before


def test_another_layout_of_the_same_is_no_change(importer: Importer):
    importer.take(observation())
    assert importer.run(importer.file(json.dumps(observation(), indent=4))).nothing_changed


def test_a_change_is_a_new_version_and_a_change_back_too(importer: Importer):
    for note in ("a", "b", "a"):
        importer.take(patient(), observation(note=[{"text": note}]))
    row = stands("Observation/1")
    assert row.version == 3
    assert Reference.objects.filter(resource=row).count() == 1
    assert set(Version.objects.filter(resource=row).values_list("person_id", flat=True)) == {
        row.person_id
    }


def test_a_changed_patient_is_handed_to_its_room_again_and_stays_the_same_person(
    importer: Importer,
):
    importer.take(patient(), observation())
    handed: list[UUID | None] = []

    def again(actor: Actor, received: Received) -> Taken:
        handed.append(received.room_id)
        return receive_patient(actor, received)

    importer.run(importer.lines(patient(active=False)), registry=Registry({"Patient": again}))
    assert handed == [person_of("194203119801")]
    assert stands("Patient/1").person_id == stands("Observation/1").person_id == handed[0]


def test_an_older_version_goes_into_the_history(importer: Importer):
    def dated(day: int) -> dict[str, object]:
        return observation(meta={"lastUpdated": f"2026-01-0{day}T10:00:00Z"})

    importer.take(dated(2))
    report = importer.take(dated(1))
    assert report.rows[0].older == 1
    assert stands("Observation/1").version == 1
    assert importer.take(dated(1), dated(2)).nothing_changed


@pytest.mark.parametrize("turn", [1, -1])
def test_two_undated_texts_of_one_resource_the_same_one_stands_in_any_order(
    importer: Importer, turn: int
):
    both = [observation(note=[{"text": note}]) for note in ("a", "b")][::turn]
    report = importer.take(*both)
    line, _waits_for_its_person = report.lines
    assert (line.weight, line.entry) == (Weight.NOTE, "2")
    row = stands("Observation/1")
    current = Version.objects.get(resource=row, number=row.version)
    other = Version.objects.exclude(number=row.version).get(resource=row)
    assert (current.passed_over, other.passed_over) == (False, True)
    assert bytes(current.digest) > bytes(other.digest)
    assert importer.take(*both[::-1], *both).nothing_changed


@pytest.mark.parametrize("turn", [1, -1])
def test_a_text_that_fell_does_not_come_back_by_being_repeated(importer: Importer, turn: int):
    both = [observation(note=[{"text": note}]) for note in ("a", "b")][::turn]
    importer.take(*both, *both, *both[::-1])
    assert Version.objects.count() == 2


# ── faults ──


def test_each_fault_is_a_line_and_the_rest_goes_in(importer: Importer):
    path = importer.lines(observation(status="klar"), patient())
    path.write_bytes(path.read_bytes() + b"{broken\n" + b'{"resourceType":"Patientt"}\n')
    report = importer.run(path)
    assert [(line.file, line.entry, line.path) for line in report.lines] == [
        (path.name, "1", "Observation.status"),
        (path.name, "3", ""),
        (path.name, "4", "resourceType"),
    ]
    assert all(line.weight is Weight.REFUSED and line.message for line in report.lines)
    assert (report.total.refused, report.total.new) == (3, 1)
    assert not Resource.objects.filter(kind="Observation").exists()


def test_the_lines_are_kept_so_that_they_can_be_read_in_any_language(importer: Importer):
    report = importer.take({"resourceType": "Patient", "photo": [{"url": "a b"}]})
    row = RunLine.objects.get(run_id=report.id)
    assert row.message % row.params == report.lines[0].message
    assert "%(type)s" in row.message


def test_an_empty_file_is_told(importer: Importer):
    report = importer.run(importer.file(""), importer.file("[]"))
    assert [line.message[:12] for line in report.lines] == ["Filen är tom", "Filen är en "]


def test_a_file_that_is_not_there_stops_before_anything_is_read(importer: Importer):
    with pytest.raises(Invalid, match=r"saknad\.json"):
        importer.run(importer.lines(patient()), importer.folder / "saknad.json")
    assert not Resource.objects.exists()


@pytest.mark.parametrize("source", ["", "  ", OWN, "a" * 81])
def test_a_source_has_a_name_of_its_own(importer: Importer, source: str):
    with pytest.raises(Invalid):
        importer.take(patient(), source=source)


# ── who may, and what is left behind ──


def test_only_one_who_may_import_imports(importer: Importer):
    nobody = replace(IMPORTER, permissions=IMPORTER.permissions - {Permission.IMPORT})
    with pytest.raises(NotAllowed):
        importer.run(importer.lines(patient()), actor=nobody)
    assert not Resource.objects.exists()
    assert not Run.objects.exists()


def test_two_imports_from_one_source_do_not_meet(importer: Importer):
    def meanwhile(actor: Actor, received: Received) -> Taken:
        with pytest.raises(NotNow):
            with_other_connection("journal")
        return receive_patient(actor, received)

    importer.run(importer.lines(patient()), registry=Registry({"Patient": meanwhile}))
    assert with_other_connection("journal")


def with_other_connection(source: str) -> bool:
    """What another process would find: the lock is free, or NotNow as `run_import` says."""
    import psycopg
    from django.db import connection

    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        [free] = other.execute(
            "SELECT pg_try_advisory_lock(hashtextextended(%s, 7))", [source]
        ).fetchone() or [False]
    if not free:
        raise NotNow(_("upptagen"))
    return True


def test_the_trail_tells_who_imported_what_from_where(importer: Importer):
    report = importer.take(patient(), observation())
    first = Event.objects.order_by("id").first()
    assert first is not None
    assert (first.actor_name, first.object_type) == (IMPORTER.name, "Run")
    assert first.detail == {"id": str(report.id), "source": "journal", "files": 1}
    assert set(Event.objects.values_list("actor_name", flat=True)) == {IMPORTER.name}


def test_the_report_is_the_same_for_known_and_unknown_persons(importer: Importer):
    """The echo of an import must not tell whether somebody already is a patient here."""
    reports = []
    for number in ("194203119801", "191212121212"):
        source = f"s{number}"
        by_number = observation("2") | {"subject": {"identifier": {"system": PNR, "value": number}}}
        first = importer.take(by_number, source=source)
        then = importer.take(patient(number), observation(), by_number, source=source)
        for report in (first, then):
            words = [line.message for line in report.lines]
            reports.append((report.rows, words, report.skipped, report.line_count))
    assert reports[:2] == reports[2:]
    assert "bara med nummer" in reports[0][1][0]


def test_a_broken_off_import_says_so_and_can_be_run_again(importer: Importer):
    def torn(_actor: Actor, _received: Received) -> Taken:
        raise KeyboardInterrupt

    path = importer.lines(patient(), observation())
    with pytest.raises(KeyboardInterrupt):
        importer.run(path, registry=Registry({"Patient": torn}))
    assert Run.objects.get().state == RunState.STOPPED
    importer.run(path)
    assert stands("Observation/1").person_id == person_of("194203119801")


def test_large_batches_are_cut(importer: Importer, monkeypatch: pytest.MonkeyPatch):
    from samverka.resources.operations import runs

    monkeypatch.setattr(runs, "BATCH", 7)
    seen: list[tuple[int, int]] = []
    path = importer.lines(patient(), *(observation(str(n)) for n in range(40)))
    report = run_import(
        IMPORTER,
        paths=[path],
        source="journal",
        registry=REGISTRY,
        progress=lambda done, size: seen.append((done, size)),
    )
    assert report.total.new == 41
    assert len(seen) > 5
    assert seen == sorted(seen)
    assert seen[-1] == (path.stat().st_size, path.stat().st_size)
