"""Which contacts stop which clock.

The sections say who and where; that a video meeting or a visit at home is a visit, and that a call or
a letter counts when it takes the place of one, is how it is measured nationally (medium certainty).
Return visits and investigations are not named in the guarantee, so they stop nothing (HSF 6:1).
"""

from __future__ import annotations

from datetime import datetime

from samverka.contacts.rules import Way
from samverka.guarantee.rules.facts import Contact, Level, Purpose, Wait
from samverka.guarantee.rules.limits import IN_PRIMARY_CARE, LISTED_FROM, Limit, Part
from samverka.guarantee.rules.professions import Profession, is_licensed
from samverka.kernel.calendar import local_date
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

LEVELS: dict[Part, frozenset[Level]] = {
    Part.CONTACT: frozenset({Level.PRIMARY}),
    Part.ASSESSMENT: frozenset({Level.PRIMARY}),
    Part.VISIT: frozenset({Level.SPECIALIST}),
    Part.TREATMENT: frozenset({Level.PRIMARY, Level.SPECIALIST}),
}
"""HSL 9:1: primary care for the two first, specialised care for the visit. Municipal care stops nothing."""

PURPOSES: dict[Part, frozenset[Purpose]] = {
    Part.CONTACT: frozenset(Purpose),
    Part.ASSESSMENT: frozenset({Purpose.ASSESSMENT}),
    Part.VISIT: frozenset({Purpose.FIRST_VISIT, Purpose.ASSESSMENT, Purpose.TREATMENT}),
    Part.TREATMENT: frozenset({Purpose.TREATMENT}),
}

MEETINGS = frozenset({Way.CLINIC, Way.HOME, Way.VIDEO})
"""What is a visit without more ado."""

AS_VISITS = frozenset({Part.ASSESSMENT, Part.VISIT})
"""Parts where a call, a letter or a group counts only when it takes the place of a visit."""


def only_where_listed(wait: Wait, started_at: datetime) -> bool:
    """Whether the part holds only at the provider where the person is listed (HSL 9:1 st. 2)."""
    chosen = wait.part in IN_PRIMARY_CARE and wait.in_choice_system
    return chosen and local_date(started_at) >= LISTED_FROM


def why_not(wait: Wait, contact: Contact, limit: Limit, started_at: datetime) -> Text | None:
    """Why a contact does not stop the clock; None when it does."""
    if not contact.held:
        return _("Den blev inte av.")
    if contact.at < started_at:
        return _("Den var före den tid som räknas.")
    return _wrong_place(wait, contact, started_at) or _wrong_kind(wait.part, contact, limit)


def _wrong_place(wait: Wait, contact: Contact, started_at: datetime) -> Text | None:
    if contact.level not in LEVELS[wait.part]:
        return _("Garantin gäller inte den delen av vården.")
    if only_where_listed(wait, started_at) and contact.unit != wait.listed_unit:
        return _("Den var inte hos den vårdgivare där personen är listad.")
    return None


def _wrong_kind(part: Part, contact: Contact, limit: Limit) -> Text | None:
    if not contact.answered:
        return _("Ingen svarade personen.")
    if contact.purpose not in PURPOSES[part]:
        return _("Den gällde något annat än det som personen väntar på.")
    if part in AS_VISITS and contact.way not in MEETINGS and not contact.instead_of_visit:
        return _("Den ersatte inte ett besök.")
    return _wrong_profession(contact, limit) if part is Part.ASSESSMENT else None


def _wrong_profession(contact: Contact, limit: Limit) -> Text | None:
    if limit.doctor_only and contact.profession is not Profession.DOCTOR:
        return _("Då räknades bara läkare.")
    who = contact.profession
    if who is None or not is_licensed(who, local_date(contact.at)):
        return _("Bedömningen gjordes inte av läkare eller annan legitimerad personal.")
    return None
