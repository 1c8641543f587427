"""Imports from file to shelf: any order, the second time nothing, each fault a line, persons waited for."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverka.access.guarded import demand_act
from samverka.audit.models import Event
from samverka.kernel.actor import Actor, Permission
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import text as _
from samverka.resources.models import Reference, Resource, Run, RunLine, Version, Wanted
from samverka.resources.operations import OWN, run_import, store
from samverka.resources.rules.lines import Weight
from samverka.resources.rules.receiving import Number, Received, Registry, Taken
from samverka.resources.rules.report import ImportReport, ReportRow
from samverka.resources.rules.status import RunState, Status
from tests.factories.cast import SPACE, system

pytestmark = pytest.mark.django_db

UNIT, PROVIDER = uuid5(SPACE, "unit"), uuid5(SPACE, "provider")
IMPORTER = replace(system(), unit_id=UNIT, provider_id=PROVIDER, unit_name="Krokoms hälsocentral")
PNR = "http://electronichealth.se/identifier/personnummer"
CODE = {"text": "x"}


def person_of(number: str) -> UUID:
    return uuid5(SPACE, number)


def receive_patient(_actor: Actor, received: Received) -> Taken:
    """A stand-in for the room `people`: one person per number, as there."""
    demand_act("a room")
    [number, *_more] = [one["value"] for one in received.content.get("identifier", ())] or [
        received.key
    ]
    return Taken(room_id=person_of(number), person_id=person_of(number))


def receive_encounter(_actor: Actor, received: Received) -> Taken:
    """A stand-in for `contacts`: wants to know the unit."""
    link = received.link("serviceProvider")
    if link is None:
        raise Invalid(_("Besöket saknar enhet."))
    return Taken(room_id=uuid5(SPACE, received.key))


def known(_actor: Actor, numbers: Sequence[Number]) -> dict[Number, UUID]:
    return {one: person_of(one[1]) for one in numbers if one == (PNR, "194203119801")}


REGISTRY = Registry({"Patient": receive_patient, "Encounter": receive_encounter}, known)


def patient(number: str = "194203119801", id_: str = "1", **more: object) -> dict[str, object]:
    found: dict[str, object] = {"resourceType": "Patient", "id": id_}
    if number:
        found["identifier"] = [{"system": PNR, "value": number}]
    return found | more


def observation(id_: str = "1", subject: str = "Patient/1", **more: object) -> dict[str, object]:
    return {
        "resourceType": "Observation",
        "id": id_,
        "status": "final",
        "code": CODE,
        "subject": {"reference": subject},
        **more,
    }


class Importer:
    """Writes files and imports them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = itertools.count()

    def file(self, text: str | bytes, suffix: str = ".json") -> Path:
        path = self.folder / f"file{next(self.names)}{suffix}"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def lines(self, *resources: object) -> Path:
        return self.file("\n".join(json.dumps(one) for one in resources) + "\n", ".ndjson")

    def run(self, *paths: Path, actor: Actor = IMPORTER, source: str = "journal", base: str = "",
            registry: Registry = REGISTRY) -> ImportReport:  # fmt: skip
        return run_import(actor, paths=paths, source=source, registry=registry, base=base)

    def take(self, *resources: object, **more: str) -> ImportReport:
        return self.run(self.lines(*resources), **more)  # type: ignore[arg-type]


@pytest.fixture
def importer(tmp_path: Path) -> Importer:
    return Importer(tmp_path)


def stands(key: str) -> Resource:
    found: Resource = Resource.objects.get(key=key)
    return found


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
    assert importer.take(*both[::-1]).nothing_changed


# ── persons ──


def test_what_is_about_a_person_waits_until_the_person_is_known(importer: Importer):
    importer.take(observation())
    assert (stands("Observation/1").status, Wanted.objects.count()) == (Status.WAITING, 1)
    importer.take(patient())
    row = stands("Observation/1")
    assert (row.status, row.person_id) == (Status.KEPT, person_of("194203119801"))
    assert not Wanted.objects.exists()
    for model in (Version, Reference):
        assert model.objects.get(resource=row).person_id == row.person_id


def test_a_person_whom_the_house_knows_is_found_by_number_without_a_patient(importer: Importer):
    importer.take(
        observation() | {"subject": {"identifier": {"system": PNR, "value": "194203119801"}}},
        observation("2") | {"subject": {"identifier": {"system": PNR, "value": "191212121212"}}},
    )
    assert stands("Observation/1").person_id == person_of("194203119801")
    assert stands("Observation/2").status == Status.WAITING


def test_a_patient_in_the_same_source_is_found_by_identifier(importer: Importer):
    number = {"system": "urn:local", "value": "77"}
    importer.take(
        observation() | {"subject": {"identifier": number}},
        observation("2", "Patient?identifier=urn:local|77"),
        {"resourceType": "Patient", "id": "5", "identifier": [number]},
    )
    assert stands("Observation/1").person_id == stands("Observation/2").person_id == person_of("77")


def test_two_patients_with_one_number_are_nobodys_guess(importer: Importer):
    number = {"system": "urn:local", "value": "77"}
    twins = [{"resourceType": "Patient", "id": id_, "identifier": [number]} for id_ in "ab"]
    importer.take(observation() | {"subject": {"identifier": number}}, *twins)
    assert stands("Observation/1").status == Status.WAITING


def test_a_resource_about_several_persons_is_shown_to_nobody(importer: Importer):
    member = [{"entity": {"reference": f"Patient/{n}"}} for n in (1, 2)]
    group = {"resourceType": "Group", "id": "g", "type": "person", "actual": True, "member": member}
    report = importer.take(patient(), patient("191212121212", "2"), group)
    assert stands("Group/g").status == Status.WAITING
    [line] = report.lines
    assert (line.entry, "flera personer" in line.message) == ("Group/g", True)


def test_a_thing_that_belongs_to_a_thing_of_a_person_is_the_persons(importer: Importer):
    provenance = {
        "resourceType": "Provenance",
        "id": "p",
        "recorded": "2026-01-01T00:00:00Z",
        "target": [{"reference": "Observation/1"}],
        "agent": [{"who": {"reference": "Practitioner/1"}}],
    }
    importer.take(provenance, observation(), patient())
    assert stands("Provenance/p").person_id == person_of("194203119801")


def test_what_is_about_nobody_does_not_wait(importer: Importer):
    importer.take({"resourceType": "Organization", "id": "o", "name": "A"})
    assert (stands("Organization/o").status, stands("Organization/o").person_id) == (
        Status.KEPT,
        None,
    )


def test_a_patient_of_another_server_is_another_patient(importer: Importer):
    importer.take(patient(), observation(subject="https://other.test/fhir/Patient/1"))
    assert stands("Observation/1").status == Status.WAITING


def test_the_sources_own_address_is_the_source(importer: Importer):
    importer.take(
        patient(), observation(subject="https://own.test/Patient/1"), base="https://own.test/"
    )
    assert stands("Observation/1").status == Status.KEPT


def test_sources_are_kept_apart(importer: Importer):
    importer.take(patient())
    importer.take(observation(), source="another")
    assert stands("Observation/1").status == Status.WAITING


# ── references ──


def test_a_urn_is_found_in_its_own_bundle_first_and_then_across_files(importer: Importer):
    def entries(number: str, family: str) -> dict[str, object]:
        return {
            "resourceType": "Bundle",
            "type": "transaction",
            "entry": [
                {"fullUrl": "urn:uuid:p", "resource": patient(number, id_=family)},
                {"fullUrl": f"urn:uuid:{family}", "resource": {
                    k: v for k, v in observation(subject="urn:uuid:p").items() if k != "id"}},
            ],
        }  # fmt: skip

    across = observation("9", "urn:uuid:ek")
    importer.take(across, entries("194203119801", "ek"), entries("191212121212", "al"))
    assert stands("urn:uuid:ek").person_id == person_of("194203119801")
    assert stands("urn:uuid:al").person_id == person_of("191212121212")
    found = Reference.objects.get(resource=stands("Observation/9")).target
    assert found == stands("urn:uuid:ek").id


def test_a_room_gets_its_links_and_its_refusal_is_told(importer: Importer):
    visit = {
        "resourceType": "Encounter",
        "id": "e",
        "status": "finished",
        "class": {"code": "AMB"},
        "subject": {"reference": "Patient/1"},
    }
    report = importer.take(
        visit,
        visit | {"id": "f", "serviceProvider": {"reference": "Organization/o"}},
        patient(),
        {"resourceType": "Organization", "id": "o", "name": "A"},
    )
    assert (stands("Encounter/e").status, stands("Encounter/e").reason) == (
        Status.KEPT,
        "Besöket saknar enhet.",
    )
    assert (stands("Encounter/f").status, stands("Encounter/f").room_id) == (
        Status.RECEIVED,
        uuid5(SPACE, "Encounter/f"),
    )
    [line] = report.lines
    assert (line.entry, line.message) == ("Encounter/e", "Besöket saknar enhet.")


def test_a_fault_in_a_room_stops_neither_the_file_nor_the_others(importer: Importer):
    def broken(actor: Actor, received: Received) -> Taken:
        if received.key == "Patient/1":
            Resource.objects.update(no_such_column=1)
        return receive_patient(actor, received)

    registry = Registry({"Patient": broken})
    path = importer.lines(patient(), patient("191212121212", "2"))
    report = importer.run(path, registry=registry)
    assert stands("Patient/1").status == Status.WAITING
    assert stands("Patient/2").status == Status.RECEIVED
    assert [line.message for line in report.lines] == [
        "Fel i programmet (FieldDoesNotExist). Resursen är sparad."
    ]


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


# ── any order, any content ──


def pile() -> list[dict[str, object]]:
    """A small world in which everything points at something."""
    return [
        patient(),
        patient("191212121212", "2"),
        observation("a", hasMember=[{"reference": "Observation/b"}]),
        observation("b", "Patient/2"),
        observation("c", "Patient?identifier=" + PNR + "|191212121212"),
        observation("d") | {"meta": {"lastUpdated": "2026-01-01T00:00:00Z"}},
        observation("d") | {"meta": {"lastUpdated": "2026-01-02T00:00:00Z"}, "note": [CODE]},
        {"resourceType": "Organization", "id": "o", "name": "A"},
    ]


@given(order=st.permutations(range(8)), cuts=st.sets(st.integers(1, 7), max_size=3))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_order_of_entries_files_and_imports_does_not_matter(
    importer: Importer, order: list[int], cuts: set[int]
):
    source = f"s{next(importer.names)}"
    resources = [pile()[at] for at in order]
    edges = [0, *sorted(cuts), len(resources)]
    for start, end in itertools.pairwise(edges):
        importer.take(*resources[start:end], source=source)
    mine = picture_of(source)
    other = f"t{next(importer.names)}"
    importer.take(*pile(), source=other)
    assert mine == picture_of(other)
    assert importer.take(*pile(), source=source).nothing_changed


def picture_of(source: str) -> set[tuple[object, ...]]:
    """What stands on the shelf from a source, without the shelf's own ids."""
    keys = dict(Resource.objects.filter(source=source).values_list("id", "key"))
    rows = Resource.objects.filter(source=source).values_list(
        "key", "status", "person_id", "digest"
    )
    refs = Reference.objects.filter(resource__source=source).values_list(
        "resource__key", "path", "target", "person_id"
    )
    led = {(key, path, keys.get(target), person) for key, path, target, person in refs}
    return {(*row[:3], bytes(row[3])) for row in rows} | led


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["id", "meta", "identifier", "name", "link", "text", "contained"]),
            VALUES,
            max_size=3,
        ),
        min_size=1,
        max_size=4,
    )
)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_resource_is_kept_word_for_word_or_refused_in_a_line(
    importer: Importer, members: list[dict[str, object]]
):
    source = f"s{next(importer.names)}"
    texts = [json.dumps({"resourceType": "Patient", **one}) for one in members]
    report = importer.run(importer.file("\n".join(texts), ".ndjson"), source=source)
    refused = {line.entry for line in report.lines if line.weight is Weight.REFUSED}
    kept = set(Version.objects.filter(resource__source=source).values_list("text", flat=True))
    for number, text in enumerate(texts, 1):
        assert str(number) in refused or text in kept or _same(text, kept)


def _same(text: str, kept: set[str]) -> bool:
    """The same content stands already, laid out by an earlier line."""
    return any(json.loads(text) == json.loads(other) for other in kept)


def test_store_writes_only_inside_an_act():
    with pytest.raises(Exception, match="outside an act"):
        store.execute("DELETE FROM resources_wanted", [])
