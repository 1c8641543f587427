"""`Patient/$patientkontrakt` and `Patient/$summary`: the person's one page, and a summary after IPS, as documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.utils.translation import get_language, gettext

from samverka.config.invoked.values import OUR, Answer, Called, Level, Operation, Parameter
from samverka.contract import fhir, reads
from samverka.contract.fhir import Frame
from samverka.contract.pages.paper import told
from samverka.contract.reads import MyPage
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound
from samverka.kernel.text import Text, in_language
from samverka.kernel.text import text as _
from samverka.people.rules import MASKED_NAME
from samverka.web.paper import Group, Section, Sheet


def patientkontrakt(called: Called) -> Answer:
    """The contract as this reader has it on the page: the person, one who acts for the person, or staff."""
    actor, person_id = called.actor, person_of(called)
    if actor.is_person:
        mine = reads.my_page(actor, person_id=person_id)
    else:
        mine = _masked(reads.staff_contract(actor, person_id=person_id).mine)
    sheet = told(mine, actor)
    return Answer(fhir.agreement(mine, _said(sheet), frame_of(called), sheet.title))


def _masked(mine: MyPage) -> MyPage:
    """Without the name where the reader reads Patient without it: what is sent away is kept elsewhere."""
    person = mine.person
    hidden = person.protected and person.masked
    return replace(mine, person=replace(person, name=MASKED_NAME)) if hidden else mine


def summary(called: Called) -> Answer:
    """A summary of what this reader sees of the person."""
    person_id = person_of(called)
    patient = called.house.read(called.actor, "Patient", str(person_id))
    found = called.house.about(called.actor, person_id, fhir.SUMMARY_KINDS)
    return Answer(fhir.summary(patient, found, frame_of(called), _say))


def person_of(called: Called) -> UUID:
    """Whose it is, by the id of Patient.

    Raises:
        NotFound: it is no id of ours.
    """
    try:
        return UUID(called.key)
    except ValueError as problem:
        raise NotFound(_("Sidan finns inte, eller så får du inte se den.")) from problem


def frame_of(called: Called) -> Frame:
    """What every document says of itself. What is made for a person is no care provider's."""
    actor: Actor = called.actor
    staff = not actor.is_person and actor.provider_id is not None
    return Frame(
        base=called.base,
        at=actor.at,
        language=(get_language() or "sv")[:2],
        custodian=actor.provider_name if staff else "",
        custodian_id=str(actor.provider_id) if staff else "",
    )


def _say(words: Text) -> str:
    return in_language(words, gettext)


# ── the page's words ──

_SECTIONS = (
    "meetings", "matters", "goals", "doing", "times", "contacts", "medicines", "advice",
    "measurements", "if-worse",
)  # fmt: skip
"""As the paper has them, in its order."""

Lines = Sequence[tuple[str, Sequence[str]]]


def _said(sheet: Sheet) -> dict[str, tuple[str, Lines]]:
    card = sheet.card
    first: dict[str, tuple[str, Lines]] = {"next": (card.title, [(card.main, card.lines)])}
    return first | {
        code: (section.title, list(_lines(section)))
        for code, section in zip(_SECTIONS, sheet.sections, strict=True)
    }


def _lines(section: Section) -> Lines:
    found: list[tuple[str, Sequence[str]]] = [("", [words]) for words in section.paras]
    found += [(group.title, _items(group)) for group in section.groups]
    if section.table:
        found.append(("", [" · ".join(filter(None, row)) for row in section.table.rows]))
    return found


def _items(group: Group) -> list[str]:
    return [" · ".join(filter(None, [one.title, *one.lines])) for one in group.items]


DOCUMENTS = (
    Operation(
        code="patientkontrakt",
        definition=f"{OUR}OperationDefinition/patientkontrakt",
        words="the person's one page as a document: what happens next, who does what, goals, times, whom to call",
        levels=(Level.INSTANCE,),
        types=("Patient",),
        run=patientkontrakt,
        gives=(Parameter("return", "Bundle", "a document", 1),),
    ),
    Operation(
        code="summary",
        definition="http://hl7.org/fhir/uv/ips/OperationDefinition/summary",
        words="a summary after the International Patient Summary, with the shared plans",
        levels=(Level.INSTANCE,),
        types=("Patient",),
        run=summary,
        takes=(
            Parameter("profile", "canonical", "there is one sort of summary here"),
            Parameter("graph", "uri", "there is one sort of summary here"),
        ),
        gives=(Parameter("return", "Bundle", "a document", 1),),
    ),
)
