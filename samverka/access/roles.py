"""Roles of an assignment (medarbetaruppdrag) and what each may do at all.

A role never decides on a record: the gate does. The codes are stored; do not rename them.
Reviewable by one who does not program: add or take away a line, and the generated
permissions page shows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from samverka.kernel.actor import Permission as P


class Role(StrEnum):
    """What an assignment is for."""

    CARE = "care"  # licensed staff who take part in the care
    CARE_SUPPORT = "care-support"  # home care and ward assistants: read and follow the plan
    SOCIAL = "social"  # needs assessors and others with social services' cases
    MANAGER = "manager"  # verksamhetschef, enhetschef
    BLOCK_OFFICER = "block-officer"  # behörig befattningshavare (PDL 4:5)
    LOG_REVIEWER = "log-reviewer"
    ADMINISTRATOR = "administrator"  # units, staff, import; no record access of its own
    PROTECTED = "protected"  # chosen few who see the address of a protected person


_READ = frozenset({P.PERSON_READ, P.PLAN_READ, P.CONTACT_READ, P.SHELF_READ, P.ORGANISATION_READ})
_WORK = _READ | {
    P.PERSON_REGISTER,
    P.PERSON_EDIT,
    P.PLAN_EDIT,
    P.CONTACT_EDIT,
    P.CONSENT_EDIT,
    P.BLOCK_EDIT,
}

ROLES: dict[Role, frozenset[P]] = {
    Role.CARE: _WORK | {P.EMERGENCY},
    Role.CARE_SUPPORT: _READ,
    Role.SOCIAL: _WORK,
    Role.MANAGER: _READ | {P.ORGANISATION_EDIT},
    Role.BLOCK_OFFICER: frozenset({P.PERSON_READ, P.BLOCK_LIFT, P.ORGANISATION_READ}),
    Role.LOG_REVIEWER: frozenset({P.AUDIT_REVIEW, P.ORGANISATION_READ}),
    Role.ADMINISTRATOR: frozenset({P.ORGANISATION_READ, P.ORGANISATION_EDIT, P.IMPORT}),
    Role.PROTECTED: frozenset({P.PERSON_PROTECTED}),
}

PERSON_PERMISSIONS = frozenset({P.OWN_READ, P.OWN_EDIT})
"""What the person, and those who act for the person, may do at all; a proxy's scope narrows it."""

SYSTEM_PERMISSIONS = frozenset(P) - {P.OWN_EDIT, P.OWN_READ}
"""Jobs and imports: fixed in code, never given to a login."""


def permissions_of(roles: Iterable[str]) -> frozenset[P]:
    """All that the roles together may do. An unknown code gives nothing: closed by default."""
    by_code = {role.value: given for role, given in ROLES.items()}
    known = (by_code.get(code, frozenset()) for code in roles)
    return frozenset().union(*known)
