"""Roles of an assignment (medarbetaruppdrag) and what each may do at all.

A role never decides on a record: the gate does. The codes are stored; do not rename them.
Reviewable by one who does not program: add or take away a line, and the generated
permissions page shows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from samverka.kernel.actor import Actor, ActorKind, Purpose, Side
from samverka.kernel.actor import Permission as May


class Role(StrEnum):
    """What an assignment is for."""

    CARE = "care"  # licensed staff who take part in the care
    CARE_SUPPORT = "care-support"  # home care and ward assistants: read and follow the plan
    SOCIAL = "social"  # needs assessors and others with social services' cases
    MANAGER = "manager"  # verksamhetschef, enhetschef
    BLOCK_OFFICER = "block-officer"  # behörig befattningshavare (PDL 4:5)
    LOG_REVIEWER = "log-reviewer"
    ADMINISTRATOR = "administrator"  # units, staff, import; no record access of its own
    ECONOMIST = "economist"  # the basis for the municipality's payment; no record access
    ANALYST = "analyst"  # follows up: figures, measures, status reports; no record access
    LEADER = (
        "leader"  # signs the organisation's status report, decides on targets; no record access
    )
    INTEGRATION = "integration"  # a system without a user: reads the shelf, keeps what it sends
    CONNECTED = (
        "connected"  # an assignment by which another system hears of changes; no record access
    )
    PROTECTED = "protected"  # chosen few who see the address of a protected person


_READ = frozenset(
    {
        May.PERSON_READ,
        May.PLAN_READ,
        May.CONTACT_READ,
        May.DISCHARGE_READ,
        May.FIGURES_READ,
        May.REPORT_READ,
        May.SHELF_READ,
        May.ORGANISATION_READ,
    }
)
_WORK = _READ | {
    May.PERSON_REGISTER,
    May.PERSON_EDIT,
    May.PLAN_EDIT,
    May.CONTACT_EDIT,
    May.CONTACT_APPOINT,
    May.DISCHARGE_EDIT,
    May.CONSENT_EDIT,
    May.BLOCK_EDIT,
    May.GUARANTEE_READ,
    May.GUARANTEE_EDIT,
    May.SHELF_WRITE,
}

ROLES: dict[Role, frozenset[May]] = {
    Role.CARE: _WORK | {May.EMERGENCY},
    Role.CARE_SUPPORT: _READ,
    Role.SOCIAL: _WORK,
    Role.MANAGER: _READ
    | {
        May.ORGANISATION_EDIT,
        May.CONTACT_APPOINT,
        May.LIABILITY_READ,
        May.GUARANTEE_READ,
        May.GUARANTEE_EDIT,
        May.REPORT_EDIT,
        May.GRANT_READ,
    },
    Role.BLOCK_OFFICER: frozenset({May.PERSON_READ, May.BLOCK_LIFT, May.ORGANISATION_READ}),
    Role.LOG_REVIEWER: frozenset({May.AUDIT_REVIEW, May.ORGANISATION_READ}),
    Role.ADMINISTRATOR: frozenset(
        {
            May.ORGANISATION_READ,
            May.ORGANISATION_EDIT,
            May.COUNTY_EDIT,
            May.CONNECTION_EDIT,
            May.FIGURES_READ,
            May.IMPORT,
        }
    ),
    Role.ECONOMIST: frozenset(
        {
            May.ORGANISATION_READ,
            May.FIGURES_READ,
            May.LIABILITY_READ,
            May.LIABILITY_EDIT,
            May.GRANT_READ,
            May.GRANT_EDIT,
        }
    ),
    Role.ANALYST: frozenset(
        {
            May.ORGANISATION_READ,
            May.FIGURES_READ,
            May.FIGURES_EDIT,
            May.REPORT_READ,
            May.REPORT_EDIT,
            May.GRANT_READ,
        }
    ),
    Role.LEADER: frozenset(
        {
            May.ORGANISATION_READ,
            May.FIGURES_READ,
            May.REPORT_READ,
            May.REPORT_EDIT,
            May.REPORT_SIGN,
            May.GRANT_READ,
        }
    ),
    Role.INTEGRATION: frozenset(
        {
            May.PERSON_READ,
            May.PERSON_REGISTER,
            May.SHELF_READ,
            May.SHELF_WRITE,
            May.ORGANISATION_READ,
            May.IMPORT,
            May.EXPORT,
            May.SUBSCRIBE,
        }
    ),
    Role.CONNECTED: frozenset({May.SUBSCRIBE}),
    Role.PROTECTED: frozenset({May.PERSON_PROTECTED}),
}

PERSON_PERMISSIONS = frozenset({May.OWN_READ, May.OWN_EDIT})
"""What the person, and those who act for the person, may do at all; a proxy's scope narrows it."""

SYSTEM_PERMISSIONS = frozenset(May) - {May.OWN_EDIT, May.OWN_READ}
"""Jobs and imports: fixed in code, never given to a login."""


def system_actor(*, actor_id: UUID, name: str, at: datetime, **more: Any) -> Actor:
    """One who acts without a log-in: a job, an import, the house looking something up.

    Args:
        more: what else the line in the trail shall say of it; a side or a purpose other than the system's.
    """
    given = {"side": Side.SYSTEM, "purpose": Purpose.SYSTEM} | more
    return Actor(
        kind=ActorKind.SYSTEM,
        id=actor_id,
        name=name,
        at=at,
        permissions=SYSTEM_PERMISSIONS,
        **given,
    )


def permissions_of(roles: Iterable[str]) -> frozenset[May]:
    """All that the roles together may do. An unknown code gives nothing: closed by default."""
    by_code = {role.value: given for role, given in ROLES.items()}
    known = (by_code.get(code, frozenset()) for code in roles)
    return frozenset().union(*known)
