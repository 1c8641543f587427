"""FHIR R4 as NDJSON: a resource a line; each says facts about the person that it refers to."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from samverka.indicators.warehouse.facts import FACTS
from samverka.indicators.warehouse.fhir import Content, day_of, taken
from samverka.indicators.warehouse.intake.rows import Half, Refusal, half
from samverka.indicators.warehouse.persons import months
from samverka.kernel.identity import IdentityKind, kind_of_system
from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _

FACTS_OF: Final = ("person_month", "stay", "contact", "assessment", "drug", "measurement")
"""Facts that resources can say."""

_NATIONAL: Final = (IdentityKind.PERSONNUMMER, IdentityKind.SAMORDNINGSNUMMER)
_MUNICIPALITY: Final = ("municipality", "municipality-code", "kommunkod")
_SEXES: Final = frozenset({"female", "male"})


@dataclass(frozen=True, slots=True)
class Patient:
    """Who a Patient is, as far as facts ask."""

    number: str
    born: str
    sex: str
    municipality: str
    died: date | None
    listed: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that did not go in, word for word."""

    refusal: Refusal
    line: str


@dataclass
class Resources:
    """The resources of some files. `spell`: months that their Patients were the population of.

    Attributes:
        passed_over: type → resources that say no fact; of Patients when no months are given.
    """

    paths: Sequence[Path]
    spell: tuple[date, date] | None
    passed_over: Counter[str] = field(default_factory=Counter)
    _patients: dict[str, Patient] = field(default_factory=dict)

    def know_patients(self) -> None:
        """Read who the Patients are: the others refer to them."""
        for path in self.paths:
            for _number, _line, content in _lines(path):
                if isinstance(content, Mapping) and content.get("resourceType") == "Patient":
                    self._patients[f"Patient/{content.get('id')}"] = _patient(content)

    def said(self, today: date, *, fact: str = "") -> Iterator[tuple[Path, Half | Refused]]:
        """What each line says, or why it is refused. `fact`: only this one."""
        for path in self.paths:
            for number, line, content in _lines(path):
                try:
                    for values in self._facts(content):
                        name = str(values.pop("fact"))
                        if not fact or name == fact:
                            yield path, half(FACTS[name], values, today)
                except Invalid as fault:
                    told = Refusal(path.name, number, fault.where, fault.message, fault.mend)
                    yield path, Refused(told, line)

    def _facts(self, content: object) -> Iterator[dict[str, Any]]:
        if not isinstance(content, Mapping) or "resourceType" not in content:
            raise Invalid(
                _("Raden är ingen FHIR-resurs i JSON."),
                mend=_("Varje rad ska vara en hel resurs med resourceType."),
            )
        if content["resourceType"] == "Patient":
            yield from self._months(content)
            return
        found = list(taken(content))
        if not found:
            self.passed_over[str(content["resourceType"])] += 1
        for one in found:
            name = f"{content['resourceType']}/{content.get('id', '')}"
            yield {
                "fact": one.fact,
                "id": f"{name}#{one.part}" if one.part else name,
                "unit": one.unit,
                **_of(self._person(content)),
                **one.row,
                **one.key_columns,
            }

    def _months(self, content: Content) -> Iterator[dict[str, Any]]:
        if self.spell is None:
            self.passed_over["Patient"] += 1
            return
        one = _patient(content)
        for first, last in months(*self.spell):
            if (one.died and one.died <= last) or (one.born and one.born > last.isoformat()):
                continue
            yield {"fact": "person_month", "month": first, "listed_unit": one.listed, **_of(one)}

    def _person(self, content: Content) -> Patient:
        subject = content.get("subject") or content.get("patient") or {}
        identifier = subject.get("identifier") if isinstance(subject, Mapping) else None
        if isinstance(identifier, Mapping) and _is_national(identifier):
            return Patient(str(identifier.get("value")), "", "", "", None, "")
        reference = str(subject.get("reference") or "") if isinstance(subject, Mapping) else ""
        found = self._patients.get("/".join(reference.split("/")[-2:]))
        if found is None:
            raise Invalid(
                _("Det går inte att se vem resursen handlar om."),
                where="subject",
                mend=_("Lägg till personens Patient i någon av filerna, eller ett personnummer."),
            )
        return found


def _of(one: Patient) -> dict[str, Any]:
    return {
        "person": one.number,
        "born": one.born,
        "sex": one.sex,
        "municipality": one.municipality,
    }


def _lines(path: Path) -> Iterator[tuple[int, str, object]]:
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield number, line, _content(line)


def _content(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _patient(content: Content) -> Patient:
    numbers = [one for one in _all(content, "identifier") if _is_national(one)]
    sex = str(content.get("gender") or "")
    practitioners = [_identifier(one) for one in _all(content, "generalPractitioner")]
    born = str(content.get("birthDate") or "")
    return Patient(
        number=str(numbers[0].get("value") or "") if numbers else "",
        born=born if len(born) == len("2004-02-29") else "",
        sex=sex if sex in _SEXES else "",
        municipality=next(filter(None, map(_municipality, _all(content, "address"))), ""),
        died=day_of(content.get("deceasedDateTime")),
        listed=next(filter(None, practitioners), ""),
    )


def _municipality(address: Content) -> str:
    for one in _all(address, "extension"):
        if str(one.get("url") or "").rpartition("/")[2].lower() in _MUNICIPALITY:
            coding = one.get("valueCoding")
            code = coding.get("code") if isinstance(coding, Mapping) else None
            return str(code or one.get("valueCode") or one.get("valueString") or "")
    district = str(address.get("district") or "")
    return district if len(district) == 4 and district.isdigit() else ""


def _identifier(reference: Content) -> str:
    part = reference.get("identifier")
    return str(part.get("value") or "") if isinstance(part, Mapping) else ""


def _is_national(identifier: Content) -> bool:
    found = kind_of_system(str(identifier.get("system") or ""))
    return (found[0] if isinstance(found, tuple) else found) in _NATIONAL


def _all(content: Content, name: str) -> list[Content]:
    found = content.get(name)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []
