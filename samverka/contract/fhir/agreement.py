"""The person's one page (patientkontrakt) as a document: what happens next, who does what, goals, times, whom to call.

The narrative is the page's own words, as on paper. The entries are the same things as R4: plans and goals as the
reader has them, the teams of those whom the person can turn to, and booked and promised times.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from samverka.careplans import fhir as careplans
from samverka.contacts.reads import BookingDetail, PromiseDetail
from samverka.contract.fhir.documents import LOINC, Document, Frame, Part, bundle
from samverka.contract.reads import MyPage
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.people import fhir as people
from samverka.resources.rules.receiving import Content

SECTION_CODES = "https://samverka.example/fhir/CodeSystem/patientkontrakt"
"""Code system of the document and of its sections."""

SECTION_WORDS: Mapping[str, Text] = {
    "patientkontrakt": _("Patientkontrakt"),
    "next": _("Det här händer härnäst"),
    "meetings": _("Mina möten"),
    "matters": _("Det här är viktigt för mig"),
    "goals": _("Mina mål"),
    "doing": _("Vem gör vad"),
    "times": _("Mina tider"),
    "contacts": _("Mina kontakter"),
    "medicines": _("Mina läkemedel"),
    "advice": _("Råd om egenvård"),
    "measurements": _("Mina mätningar"),
    "if-worse": _("Om jag blir sämre"),
}
"""What each section is called: the titles of the page."""

Said = Mapping[str, tuple[str, Sequence[tuple[str, Sequence[str]]]]]
"""Section → its title, and headings with what stands under each, in the order of the page."""


def agreement(mine: MyPage, said: Said, frame: Frame, title: str) -> dict[str, Any]:
    """The document.

    Args:
        said: the words of the page, in the reader's language; sections without any are left out.
    """
    entries = dict(_entries(mine))
    parts = [
        Part(title, _coding(code), lines, entries.get(code, ()))
        for code, (title, lines) in said.items()
        if lines or entries.get(code)
    ]
    loinc = {"system": LOINC, "code": "18776-5", "display": "Plan of care note"}
    document = Document(
        name="patientkontrakt",
        title=title,
        type=(_coding("patientkontrakt"), loinc),
        patient=people.patient(mine.person),
        parts=parts,
        also=[careplans.care_team(plan) for plan in mine.plans],
    )
    return bundle(document, frame)


def _coding(code: str) -> dict[str, str]:
    return {"system": SECTION_CODES, "code": code, "display": str(SECTION_WORDS[code])}


def _entries(mine: MyPage) -> Iterator[tuple[str, list[Content]]]:
    yield "goals", [careplans.goal(my.plan, my.goal) for my in mine.goals]
    yield "doing", [careplans.care_plan(plan) for plan in mine.plans]
    yield "contacts", [careplans.contact_team(one) for one in mine.contacts]
    times = [_booking(one, mine) for one in mine.times.upcoming]
    yield "times", [*times, *(_promise(one, mine) for one in mine.promised)]


_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


def _booking(one: BookingDetail, mine: MyPage) -> dict[str, Any]:
    """A booked time. When it ends may be unknown; R4 asks a booked time to say so (app-3)."""
    made: dict[str, Any] = {
        "resourceType": "Appointment",
        "id": str(one.id),
        "status": "booked",
        "description": one.what,
        "start": one.starts_at.isoformat(),
        "patientInstruction": one.bring,
        "participant": _participants(mine, one.unit.name if one.unit else "", one.practitioner),
    }
    if one.ends_at:
        made["end"] = one.ends_at.isoformat()
    else:
        made["_end"] = {"extension": [{"url": _ABSENT, "valueCode": "unknown"}]}
    return {name: value for name, value in made.items() if value}


def _promise(one: PromiseDetail, mine: MyPage) -> dict[str, Any]:
    """A time that is promised but not booked: wanted by its last day at the latest."""
    made: dict[str, Any] = {
        "resourceType": "Appointment",
        "id": str(one.id),
        "status": "proposed",
        "description": one.what,
        "requestedPeriod": [
            {"start": one.made_at.date().isoformat(), "end": one.latest_on.isoformat()}
        ],
        "patientInstruction": one.bring,
        "participant": _participants(mine, one.unit.name if one.unit else "", one.practitioner),
    }
    return {name: value for name, value in made.items() if value}


def _participants(mine: MyPage, *names: str) -> list[dict[str, Any]]:
    person = {"actor": {"reference": f"Patient/{mine.person.id}"}, "status": "accepted"}
    return [
        person,
        *(
            {"actor": {"display": name}, "status": "accepted"}
            for name in dict.fromkeys(names)
            if name
        ),
    ]
