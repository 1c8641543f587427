"""A county's history from files: the good part goes in once, the rest is told and kept."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from samverka.access.rules import Protection
from samverka.indicators.operations import ImportDetail, import_facts
from samverka.indicators.reads.snapshots import last_snapshot
from samverka.indicators.warehouse.facts import FACTS
from samverka.indicators.warehouse.fhir import ATC, ICD, LOINC
from samverka.indicators.warehouse.intake.files import check_columns
from samverka.indicators.warehouse.intake.resources import Resources
from samverka.indicators.warehouse.intake.rows import Intake, Known
from samverka.indicators.warehouse.intake.taking import Taking
from samverka.indicators.warehouse.keys import Keys
from samverka.indicators.warehouse.persons import years_old
from samverka.indicators.warehouse.quality import FaultKind
from samverka.indicators.warehouse.reading import read_facts
from samverka.kernel import testseries
from samverka.kernel.identity import Sex
from samverka.kernel.problems import Invalid
from tests.factories.cast import KARIN, KARINS_NUMBER, NOW, county, make_person

KEYS = Keys("s" * 64)
TODAY = date(2026, 11, 20)
WOMAN = testseries.test_number(date(1950, 1, 1), Sex.FEMALE, 0).value
SYSTEM = KARINS_NUMBER.system
GOOD = {"id": "1", "person": WOMAN, "municipality": "2309", "stay_key": "s1",
        "admitted_on": "2024-03-01", "discharged_on": "2024-03-05"}  # fmt: skip


def nobody(_numbers: Iterable[str]) -> dict[str, Known]:
    """No person of the files is known here."""
    return {}


def taking() -> Taking:
    """An import into Jämtland."""
    return Taking(Intake("23", "Lagret", TODAY, KEYS), nobody)


def file(folder: Path, *rows: dict[str, str], name: str = "stay.csv") -> Path:
    """A CSV file with semicolons, as Swedish Excel writes it."""
    path = folder / name
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        head = list(dict.fromkeys(name for row in rows for name in row))
        writer = csv.DictWriter(out, head, delimiter=";", restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def take(path: Path, fact: str = "stay") -> tuple[Taking, list[dict[str, Any]]]:
    """Read a file; what came of it."""
    made = taking()
    return made, list(made.rows(FACTS[fact], [path]))


def test_a_row_becomes_a_fact_about_a_pseudonym(tmp_path: Path) -> None:
    made, [row] = take(file(tmp_path, GOOD | {"unit": "SE2321000131-E1", "diagnosis": "i50.1"}))
    assert row["person_key"] == KEYS.person(WOMAN)
    assert (row["sex"], row["municipality"], row["county"]) == ("female", "2309", "23")
    assert (row["unit"], row["diagnosis"]) == ("SE2321000131-E1", "I501")
    assert row["stay_key"] == KEYS.of("stay", "Lagret", "s1")
    assert (made.refused, made.faults.found()) == (0, ())
    assert not {"id", "person", "born"} & row.keys()


@pytest.mark.parametrize(
    ("own", "column"),
    [
        ({"person": "19500101-0000"}, "person"),
        ({"person": ""}, "person"),
        ({"id": ""}, "id"),
        ({"admitted_on": "9/3 2024"}, "admitted_on"),
        ({"admitted_on": ""}, "admitted_on"),
        ({"admitted_on": "2026-11-21", "discharged_on": ""}, "admitted_on"),
        ({"admitted_on": "1024-03-01"}, "admitted_on"),
        ({"born": "2024-06-01"}, "admitted_on"),
        ({"discharged_on": "2024-02-28"}, "discharged_on"),
        ({"discharged_on": "2026-11-21"}, "discharged_on"),
        ({"planned": "kanske"}, "planned"),
        ({"born": "igår"}, "born"),
    ],
)
def test_a_row_that_cannot_be_true_is_refused_and_kept(
    tmp_path: Path, own: dict[str, str], column: str
) -> None:
    path = file(tmp_path, GOOD, GOOD | own)
    made, rows = take(path)
    assert len(rows) == 1
    [refusal] = made.refusals
    assert (refusal.row, refusal.column) == (3, column)
    assert refusal.why
    assert refusal.mend
    assert WOMAN not in f"{refusal.why} {refusal.mend}"
    [beside] = made.kept
    with beside.open(encoding="utf-8", newline="") as kept:
        [row] = csv.DictReader(kept)
    assert {name: row[name] for name in GOOD | own} == GOOD | own
    assert beside.stat().st_mode & 0o077 == 0
    again, more = take(beside)  # its own notes are passed over
    assert (len(more), again.refused) == (0, 1)


@pytest.mark.parametrize(
    ("own", "kind", "column", "value"),
    [
        ({"municipality": "9999"}, FaultKind.UNKNOWN_MUNICIPALITY, "municipality", None),
        ({"municipality": "1917"}, FaultKind.CEASED_MUNICIPALITY, "municipality", "0331"),
        ({"sex": "x"}, FaultKind.UNKNOWN_SEX, "sex", "female"),
        ({"diagnosis": "hjärtsvikt"}, FaultKind.UNKNOWN_DIAGNOSIS, "diagnosis", None),
        ({"side": "landsting"}, FaultKind.UNKNOWN_CODE, "side", None),
        ({"discharged_to": "Karin Åström"}, FaultKind.UNKNOWN_CODE, "discharged_to", None),
        ({"unit": "Avdelning 7"}, FaultKind.NO_UNIT, "unit", None),
    ],
)
def test_what_is_not_known_is_counted_and_the_row_goes_in(
    tmp_path: Path, own: dict[str, str], kind: FaultKind, column: str, value: object
) -> None:
    made, [row] = take(file(tmp_path, GOOD | own))
    assert row[column] == value
    assert {one.kind: one.count for one in made.faults.found()} == {kind: 1}
    assert "Karin" not in repr(made.faults)


def test_files_with_other_columns_are_refused_whole() -> None:
    with pytest.raises(Invalid, match="okända kolumner: personnr"):
        check_columns(Path("stay.csv"), FACTS["stay"], [*GOOD, "personnr"])
    with pytest.raises(Invalid, match="kolumner saknas: admitted_on"):
        check_columns(Path("stay.csv"), FACTS["stay"], ["id", "person", "stay_key"])
    check_columns(Path("stay.csv"), FACTS["stay"], [*GOOD, "_rad"])


def test_parquet_and_old_encodings(tmp_path: Path) -> None:
    table = tmp_path / "stay.parquet"
    pq.write_table(pa.Table.from_pylist([{**GOOD, "admitted_on": date(2024, 3, 1)}]), table)
    assert len(take(table)[1]) == 1
    old = tmp_path / "stay-old.csv"
    old.write_bytes(file(tmp_path, GOOD | {"_not": "Åre"}).read_text("utf-8-sig").encode("cp1252"))
    assert len(take(old)[1]) == 1


@pytest.mark.parametrize(
    ("day", "age"),
    [("2023-02-28", 18), ("2023-03-01", 19), ("2024-02-28", 19), ("2024-02-29", 20)],
)
def test_who_is_born_on_a_leap_day_is_older_on_the_first_of_march(day: str, age: int) -> None:
    assert years_old(date(2004, 2, 29), date.fromisoformat(day)) == age


# ── FHIR ──


def patient(name: str, number: str, **own: object) -> dict[str, Any]:
    """A Patient with a national number."""
    identifier = [{"system": SYSTEM, "value": number}]
    return {"resourceType": "Patient", "id": name, "identifier": identifier, **own}


def about(name: str, kind: str, **own: object) -> dict[str, Any]:
    """A resource about a Patient."""
    subject = {"reference": f"Patient/{name}"}
    return {"resourceType": kind, "id": "r1", "status": "finished", "subject": subject, **own}


def coded(system: str, code: str) -> dict[str, Any]:
    """A CodeableConcept."""
    return {"coding": [{"system": system, "code": code}]}


STAY = {"class": {"code": "IMP"}, "period": {"start": "2024-03-01T23:30:00Z", "end": "2024-03-05"}}


def ndjson(folder: Path, *lines: dict[str, Any] | str) -> Resources:
    """A file of resources, and the months of 2024's first quarter."""
    path = folder / "history.ndjson"
    text = (one if isinstance(one, str) else json.dumps(one) for one in lines)
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    found = Resources([path], (date(2024, 1, 1), date(2024, 3, 1)))
    found.know_patients()
    return found


def test_resources_become_facts(tmp_path: Path) -> None:
    measured = {
        "status": "final",
        "effectiveDateTime": "2024-02-02",
        "code": coded(LOINC, "8867-4"),
    }
    found = ndjson(
        tmp_path,
        about("p1", "Encounter", reasonCode=[coded(ICD[0], "I50.1")], **STAY),
        patient("p1", WOMAN, gender="female", birthDate="1950-01-01",
                address=[{"district": "2309"}], deceasedDateTime="2024-03-10"),
        about("p1", "Encounter", **{"class": {"code": "HH"}}, period={"start": "2024-02-02"}),
        about("p1", "Observation", **measured, valueQuantity={"value": 72.5, "code": "/min"}),
        about("p1", "MedicationStatement", status="active", effectiveDateTime="2024-01-05",
              medicationCodeableConcept=coded(ATC, "C03CA01")),
        about("p1", "Observation", **measured | {"status": "entered-in-error"}, valueInteger=1),
    )  # fmt: skip
    made = taking()
    made.examine(found)
    assert made.refused == 0
    rows = {one: list(made.resources(FACTS[one], found)) for one in FACTS}
    [stay] = rows["stay"]
    assert (stay["admitted_on"], stay["diagnosis"]) == (date(2024, 3, 2), "I501")
    [contact], [drug], [value] = rows["contact"], rows["drug"], rows["measurement"]
    assert (contact["way"], drug["atc"], value["value"]) == ("home", "C03CA01", 72.5)
    months = [(one["month"], one["municipality"], one["age"]) for one in rows["person_month"]]
    assert months == [(date(2024, 1, 1), "2309", 74), (date(2024, 2, 1), "2309", 74)]
    assert {one["person_key"] for some in rows.values() for one in some} == {KEYS.person(WOMAN)}
    assert found.passed_over["Observation"] >= 1


def test_lines_that_cannot_be_read_are_kept_word_for_word(tmp_path: Path) -> None:
    stranger = json.dumps(about("p9", "Encounter", **STAY))
    found = ndjson(tmp_path, "{torn", "[1]", stranger, patient("p1", "19500101-0000"))
    made = taking()
    made.examine(found)
    assert [(one.row, one.column) for one in made.refusals] == [
        (1, ""), (2, ""), (3, "subject"), (4, "person"),
    ]  # fmt: skip
    [beside] = made.kept
    assert beside.read_text(encoding="utf-8").splitlines()[:3] == ["{torn", "[1]", stranger]
    assert list(made.resources(FACTS["stay"], found)) == []


# ── the whole way ──


def bring(folder: Path, *paths: Path, **own: Any) -> ImportDetail:
    """Import as the house does it."""
    actor = own.pop("actor")
    asked = {"source": "Lagret", "county": "23"} | own
    return import_facts(actor, folder=folder, keys=KEYS, paths=paths, now=lambda: NOW, **asked)


@pytest.mark.django_db
def test_once_however_often_and_protected_persons_keep_their_place_hidden(tmp_path: Path) -> None:
    cast = county()
    make_person(
        cast.region_nurse,
        replace(KARIN, protection=Protection.SECRECY_MARK),
        identity=KARINS_NUMBER,
    )
    hers = GOOD | {"id": "2", "stay_key": "s2", "person": KARINS_NUMBER.value}
    path = file(tmp_path, GOOD, hers | {"unit": "SE2321000131-E1"}, GOOD)
    first = bring(tmp_path / "w", path, actor=cast.system)
    assert (first.written["stay"].new, first.written["stay"].doubles, first.refused) == (2, 1, 0)
    again = bring(tmp_path / "w", path, actor=cast.system)
    assert (again.written["stay"].same, again.written["stay"].rewritten) == (2, 0)
    rows = {one["person_key"]: one for one in read_facts(tmp_path / "w", "stay").to_pylist()}
    karin = rows[KEYS.person(KARINS_NUMBER.value)]
    assert (karin["municipality"], karin["unit"], karin["county"]) == (None, None, "23")
    assert rows[KEYS.person(WOMAN)]["municipality"] == "2309"
    assert last_snapshot(cast.system) is None, "an import is no night's export"
    for own in ({"source": "samverka"}, {"source": "../x"}, {"county": "99"}, {"fact": "stays"}):
        with pytest.raises(Invalid):
            bring(tmp_path / "w", path, actor=cast.system, **own)
