"""What may be seen of the shelf: the unit, the person and those who may; nobody else, and never what waits."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from samverka.access import operations as access
from samverka.access.rules import BlockKind
from samverka.audit.models import Event
from samverka.config.registry import REGISTRY
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotAllowed, NotFound
from samverka.people.reads import PersonDetail
from samverka.resources import reads
from samverka.resources.models import Resource
from tests.factories.cast import KARINS_NUMBER, Cast, make_person, person_login, relate
from tests.resources.importing import Importer, observation

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast, importer: Importer) -> PersonDetail:
    """Karin, whose health centre in Krokom has read in what its record system knew."""
    person = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    number = {"system": KARINS_NUMBER.system, "value": KARINS_NUMBER.value}
    weight = {"unit": "kg", "value": 72.25}
    importer.run(
        importer.lines(
            {"resourceType": "Patient", "id": "1", "identifier": [number], "name": [{"text": "K"}]},
            observation("a", effectiveDateTime="2026-05-01", valueQuantity=weight),
            observation("b", effectiveDateTime="2026-06", valueString="Trött"),
            observation("c", effectiveDateTime="2026-07-01"),
            observation("hidden", meta={"security": [{"code": "NOPATIENT"}]}, valueString="Dold"),
            observation("nobodys", "Patient/unknown", valueString="Annan"),
            {"resourceType": "Flag", "id": "f", "status": "active", "code": {"text": "Fallrisk"},
             "subject": {"reference": "Patient/1"}},
        ),
        actor=cast.administrator,
        registry=REGISTRY,
    )  # fmt: skip
    return person


def id_of(key: str) -> UUID:
    found: UUID = Resource.objects.get(key=key).id
    return found


def kinds(actor: Actor, person: PersonDetail) -> dict[str, int]:
    found = reads.person_kinds(actor, person_id=person.id)
    return {line.kind: line.count for line in found}


def test_the_unit_sees_what_there_is_and_how_much(cast: Cast, karin: PersonDetail):
    assert kinds(cast.region_nurse, karin) == {"Patient": 1, "Observation": 4, "Flag": 1}
    [flag] = reads.person_resources(cast.region_nurse, person_id=karin.id, kind="Flag")
    assert (flag.words, flag.title, flag.source) == ("Varning", "Fallrisk", "journal")


def test_measurements_come_with_all_digits_the_last_measured_first(cast: Cast, karin: PersonDetail):
    found = reads.person_shelf(cast.region_nurse, person_id=karin.id).readings
    assert [(one.when, one.value) for one in found] == [
        ("2026-06", "Trött"),
        ("2026-05-01", "72,25 kg"),
        ("", "Dold"),
    ]
    assert [(one.number, one.unit) for one in found] == [
        (None, ""),
        (Decimal("72.25"), "kg"),
        (None, ""),
    ]


def medicine(name: str, kind: str = "MedicationStatement", **given: object) -> dict[str, object]:
    return {
        "resourceType": kind,
        "id": str(given.pop("id", name.replace(" ", "-"))),
        "status": "active",
        "subject": {"reference": "Patient/1"},
        "medicationCodeableConcept": {"text": name},
        **given,
    }


def test_medicines_in_use_are_told_once_each_with_how_they_are_taken(
    cast: Cast, karin: PersonDetail, importer: Importer
):
    dosage = [{"text": "1 tablett på morgonen"}]
    inside = medicine("Furix", id="m3") | {
        "contained": [{"resourceType": "Medication", "id": "x", "code": {"text": "Furix"}}],
        "medicationReference": {"reference": "#x"},
    }
    del inside["medicationCodeableConcept"]
    lines = importer.lines(
        medicine("Alvedon", dosage=dosage, effectiveDateTime="2026-05-01"),
        medicine("alvedon", "MedicationRequest", id="r1", intent="order", authoredOn="2026-06-01"),
        medicine("Gammal", status="stopped"),
        inside,
    )
    importer.run(lines, actor=cast.administrator, registry=REGISTRY)
    found = reads.person_shelf(cast.region_nurse, person_id=karin.id).medicines
    assert [(one.name, one.dosage, one.when) for one in found] == [
        ("Alvedon", "1 tablett på morgonen", "2026-05-01"),
        ("Furix", "", ""),
    ]
    assert {one.source for one in found} == {"journal"}


def test_one_resource_is_shown_word_for_word_with_its_versions(
    cast: Cast, karin: PersonDetail, importer: Importer
):
    changed = observation("a", effectiveDateTime="2026-05-01", valueString="72.50")
    importer.run(importer.lines(changed), actor=cast.administrator, registry=REGISTRY)
    found = reads.resource(cast.region_nurse, resource_id=id_of("Observation/a"))
    assert '"valueString": "72.50"' in found.text
    assert [(one.number, one.current) for one in found.versions] == [(2, True), (1, False)]
    first = reads.resource(cast.region_nurse, resource_id=found.line.id, number=1)
    assert "72.25" in first.text
    assert "72.25" in first.pretty
    with pytest.raises(NotFound):
        reads.resource(cast.region_nurse, resource_id=found.line.id, number=9)


def test_pages_follow_each_other(cast: Cast, karin: PersonDetail, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reads.received, "PAGE", 3)
    both = [
        reads.person_resources(cast.region_nurse, person_id=karin.id, kind="Observation", page=page)
        for page in (1, 2, 3)
    ]
    assert [len(page) for page in both] == [3, 1, 0]
    assert len({line.id for page in both for line in page}) == 4


@pytest.mark.parametrize("role", ["stranger", "municipal_nurse", "ifo_officer"])
def test_who_has_nothing_to_do_with_the_person_sees_nothing(
    cast: Cast, karin: PersonDetail, role: str
):
    actor: Actor = getattr(cast, role)
    assert kinds(actor, karin) == {}
    assert reads.person_shelf(actor, person_id=karin.id) == reads.PersonShelf((), ())
    for resource in (id_of("Flag/f"), uuid4()):
        with pytest.raises(NotFound):
            reads.resource(actor, resource_id=resource)


def test_who_may_not_read_at_all_gets_the_same_answer_whatever_is_there(
    cast: Cast, karin: PersonDetail
):
    for resource in (id_of("Flag/f"), uuid4()):
        with pytest.raises(NotAllowed):
            reads.resource(cast.administrator, resource_id=resource)
    with pytest.raises(NotAllowed):
        kinds(cast.administrator, karin)


def test_another_unit_must_choose_and_a_block_closes(cast: Cast, karin: PersonDetail):
    relate(cast.ward_nurse, karin)
    assert kinds(cast.ward_nurse, karin) == {}
    access.make_choice(cast.ward_nurse, person_id=karin.id)
    assert kinds(cast.ward_nurse, karin)["Flag"] == 1
    assert cast.region_nurse.provider_id is not None
    access.set_block(
        cast.region_nurse,
        person_id=karin.id,
        kind=BlockKind.INNER,
        provider_id=cast.region_nurse.provider_id,
        unit_id=cast.region_nurse.unit_id,
        asked_by="Karin",
    )
    assert kinds(cast.ward_nurse, karin) == {}


def test_the_person_sees_the_own_but_not_what_is_withheld(cast: Cast, karin: PersonDetail):
    me = person_login(karin)
    assert kinds(me, karin)["Observation"] == 3
    assert "Dold" not in {one.value for one in reads.person_shelf(me, person_id=karin.id).readings}
    with pytest.raises(NotFound):
        reads.resource(me, resource_id=id_of("Observation/hidden"))


def test_what_waits_for_its_person_is_shown_to_nobody(cast: Cast, karin: PersonDetail):
    for actor in (cast.region_nurse, person_login(karin), cast.system):
        with pytest.raises(NotFound):
            reads.resource(actor, resource_id=id_of("Observation/nobodys"))


def test_every_look_is_in_the_trail(cast: Cast, karin: PersonDetail):
    reads.resource(cast.region_nurse, resource_id=id_of("Flag/f"))
    last = Event.objects.latest("id")
    assert (last.action, last.person_id, last.object_type) == (
        "shelf.read",
        str(karin.id),
        "Resource",
    )


# ── imports ──


def test_a_report_is_read_back_as_it_was_said(cast: Cast, importer: Importer):
    path = importer.lines({"resourceType": "Patient", "photo": [{"url": "a b"}]}, {"x": 1})
    said = importer.run(path, actor=cast.administrator, registry=REGISTRY)
    assert reads.import_report(cast.administrator, run_id=said.id) == said
    [line] = reads.list_imports(cast.administrator)
    assert (line.source, line.changed, line.refused) == ("journal", 0, 2)


def test_imports_are_seen_by_those_of_the_unit_who_may_import(cast: Cast, importer: Importer):
    said = importer.run(importer.lines({"x": 1}), actor=cast.administrator, registry=REGISTRY)
    with pytest.raises(NotAllowed):
        reads.list_imports(cast.region_nurse)
    elsewhere = replace(cast.administrator, id=uuid4(), unit_id=cast.units["ward"].id)
    assert reads.list_imports(elsewhere) == []
    with pytest.raises(NotFound):
        reads.import_report(elsewhere, run_id=said.id)
