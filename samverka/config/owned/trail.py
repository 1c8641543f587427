"""AuditEvent: the trail, read only. The person reads the own log, a log reviewer the care provider's.

It does not lie on the shelf: a line is written by every read, and nobody may change one. What other systems have sent of
theirs is kept on the shelf like anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from samverka.access import reads
from samverka.access.actions import Action
from samverka.access.reads import TrailFilter, TrailLine
from samverka.audit.fhir import Names, audit_event, number_of
from samverka.config.owned.leaving_search import NOBODY, between, ids_in
from samverka.config.owned.values import Asked, Owned, Search, Standing
from samverka.contract.rules import own_words
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.identity import IdentityNumber, identity_from_system
from samverka.kernel.problems import Invalid, NotFound
from samverka.kernel.text import text as _
from samverka.organisations.reads import provider_names, staff_hsa_ids
from samverka.people.reads import find_for_review, person

_NONE = frozenset({"-"})


def read_line(actor: Actor, key: UUID) -> Standing:
    """One line of the log."""
    number = number_of(key)
    if number is None:
        raise NotFound(_("Sidan finns inte, eller så får du inte se den."))
    [one] = _standings(actor, [reads.trail_line(actor, number=number)])
    return one


def _is_line(_actor: Actor, key: UUID) -> bool:
    return number_of(key) is not None


def find(actor: Actor, asked: Asked) -> tuple[list[Standing], str]:
    """One page of the log, newest first."""
    if asked.values.get("type") is not None and not _is_rest(asked):
        return [], ""
    lines = reads.find_lines(actor, wanted=_wanted(actor, asked))
    more = str(lines[-1].number) if len(lines) == asked.count else ""
    return _standings(actor, lines), more


def _is_rest(asked: Asked) -> bool:
    """All that is told has the type `rest`."""
    return all(
        any(code.rpartition("|")[2] == "rest" for code in one.split(","))
        for one in asked.values["type"]
    )


def _wanted(actor: Actor, asked: Asked) -> TrailFilter:
    since, before = between(asked, "date")
    persons = ids_in(asked, "patient", "Patient") | _by_number(actor, asked)
    numbers = {number_of(one) for one in ids_in(asked, "_id", "")} - {None}
    return TrailFilter(
        numbers=frozenset(n for n in numbers if n) if "_id" in asked.values else None,
        person_id=NOBODY if len(persons) > 1 else next(iter(persons), None),
        since=since,
        before=before,
        actor_ids=_keys(asked, "agent", ("Patient", "Practitioner")),
        object_ids=_keys(asked, "entity", None),
        letters=_codes(asked, "action"),
        outcomes=_outcomes(asked),
        after=_after(asked.after),
        limit=asked.count,
    )


def _by_number(actor: Actor, asked: Asked) -> frozenset[UUID]:
    """Who has the identity number; one whom the reader may not know has no log."""
    found = set()
    for text in asked.values.get("patient.identifier", ()):
        system, bar, value = text.rpartition("|")
        try:
            number = (
                identity_from_system(system, value, today=local_date(actor.at)) if bar else None
            )
        except Invalid:
            number = None
        found.add((number and _whose(actor, number)) or NOBODY)
    return frozenset(found)


def _whose(actor: Actor, number: IdentityNumber) -> UUID | None:
    if actor.person_id is None:
        return find_for_review(actor, number=number)
    own = person(actor, person_id=actor.person_id)
    return own.id if number in {one.number for one in own.identities} else None


def _keys(asked: Asked, name: str, kinds: Sequence[str] | None) -> frozenset[str] | None:
    """Ids in references, of the types that the parameter may point at (None: any)."""
    given = asked.values.get(name)
    if given is None:
        return None
    found = set()
    for value in (part for one in given for part in one.split(",")):
        kind, slash, key = value.rpartition("/")
        known = not slash or kinds is None or kind in kinds
        found.add((key.removeprefix("urn:uuid:") if known else "") or "-")
    return frozenset(found)


def _codes(asked: Asked, name: str) -> frozenset[str] | None:
    given = asked.values.get(name)
    if given is None:
        return None
    return frozenset(code.rpartition("|")[2] for one in given for code in one.split(",")) or _NONE


def _outcomes(asked: Asked) -> frozenset[int] | None:
    codes = _codes(asked, "outcome")
    return None if codes is None else frozenset(int(one) for one in codes if one.isdecimal())


def _after(text: str) -> int | None:
    if text and not text.isdecimal():
        raise Invalid(_("Länken till nästa sida är trasig. Sök igen."), where="_after")
    return int(text) if text else None


def _standings(actor: Actor, lines: Sequence[TrailLine]) -> list[Standing]:
    """The lines with the names that they do not hold themselves."""
    staff = staff_hsa_ids({UUID(one.line.actor_id) for one in lines})
    providers = provider_names({UUID(key) for one in lines if (key := one.line.provider_id)})
    hsa_ids = {str(key): one.hsa_id for key, one in providers.items()}
    site = urlsplit(settings.SAMVERKA_ADDRESS).hostname or "localhost"
    return [
        Standing(
            audit_event(
                one.number,
                one.line,
                site=site,
                words=str(own_words(one.line.action) if actor.is_person else one.words),
                names=Names(
                    staff.get(UUID(one.line.actor_id), ""),
                    hsa_ids.get(one.line.provider_id, ""),
                    own=actor.is_person and one.line.actor_id == str(actor.id),
                ),
            ),
            one,
            "1",
            one.line.at,
        )
        for one in lines
    ]


TRAIL = (
    Owned(
        kind="AuditEvent",
        what="a line of the log: the person's own, or the care provider's for its log reviewers; read only",
        room="access",
        action=Action.LOG_REVIEW,
        read=read_line,
        keeps=_is_line,
        alone=True,
        refusal=_("Loggen skrivs av sig själv och kan inte ändras."),
        search=Search(
            {
                "_id": "id",
                "patient": "Patient/id, or id",
                "patient.identifier": "system|value of the person's identity number",
                "date": "when it was done: ge, le, gt, lt, eq",
                "agent": "who did it: the account's id, bare or as urn:uuid",
                "type": "rest: all that is told here",
                "action": "C, R, U, D, E; a list that was shown is E",
                "outcome": "0 done, 4 refused",
                "entity": "what was shown or changed: Type/id, or id",
            },
            find,
            whole=True,
        ),
    ),
)
