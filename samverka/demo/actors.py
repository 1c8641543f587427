"""Who acts while the county is built: the builder, staff under an assignment, persons."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from samverka.access.roles import PERSON_PERMISSIONS, system_actor
from samverka.kernel.actor import Actor, ActorKind, Purpose, Side
from samverka.organisations.reads import AssignmentDetail, UnitDetail, staff_actor

_SPACE = UUID("0d6c2a5e-51d0-4b5c-9f6c-9a0c6f2f7d11")


def builder(at: datetime) -> Actor:
    """The system that tells who lives where and is listed where."""
    return system_actor(
        actor_id=uuid5(_SPACE, "builder"), name="Folkbokföring och listning", at=at.astimezone(UTC)
    )


@dataclass(frozen=True, slots=True)
class LogIn:
    """Someone's account and what may be done with it."""

    account_id: UUID
    name: str
    person_id: UUID | None = None
    assignment: AssignmentDetail | None = None

    def actor(self, at: datetime) -> Actor:
        """The one who acts, at the time told."""
        if self.assignment is not None:
            return staff_actor(self.assignment, self.account_id, at.astimezone(UTC))
        return Actor(
            kind=ActorKind.PERSON,
            id=self.account_id,
            name=self.name,
            at=at.astimezone(UTC),
            side=Side.PERSON,
            person_id=self.person_id,
            permissions=PERSON_PERMISSIONS,
            purpose=Purpose.PATIENT_REQUEST,
        )


@dataclass(slots=True)
class County:
    """What has been furnished, by the keys of the script. `today`: the day of building."""

    today: date
    organisations: dict[str, UUID] = field(default_factory=dict)
    providers: dict[str, UUID] = field(default_factory=dict)
    units: dict[str, UnitDetail] = field(default_factory=dict)
    staff: dict[str, LogIn] = field(default_factory=dict)
    elsewhere: dict[tuple[str, str], LogIn] = field(default_factory=dict)
    """Further assignments, by staff and unit."""
