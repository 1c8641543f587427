"""The contract as staff see it, and what staff have written down for the person."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from samverka.access.act import Act, act, permits
from samverka.access.actions import Action
from samverka.careplans.reads import may_advise
from samverka.contract.models import Behalf
from samverka.contract.reads.mine import contract_of
from samverka.contract.reads.values import BehalfLine, StaffContract
from samverka.contract.rules import BehalfKind, BehalfWay
from samverka.kernel.actor import Actor, Permission
from samverka.people.reads import PersonCard, RepresentativeLine, person_card

ENTERED_SHOWN = 10
"""Lines of what staff have written down for the person, newest first."""


def staff_contract(actor: Actor, *, person_id: UUID) -> StaffContract:
    """The person's contract with owner and clock per line, as far as the reader may see it."""
    with act(actor, Action.CONTRACT_READ) as this:
        this.require_permission()
        card = person_card(this, person_id)
        this.note_person(person_id, "Contract")
        mine = contract_of(this, card)
        return StaffContract(
            mine=mine,
            sayers=sayers(card),
            entered=_entered(this, person_id),
            may_write=mine.may_write,
            may_consent=permits(actor, Action.CONSENT_GIVE),
            may_block=permits(actor, Action.BLOCK_SET),
            may_represent=permits(actor, Action.PROXY_GRANT),
            may_promise=actor.may(Permission.CONTACT_EDIT),
            may_advise=may_advise(actor),
        )


def sayers(card: PersonCard) -> tuple[str, ...]:
    """Whose words about the plan staff may write down: the person's, and those of one who may write."""
    return (card.person.name, *_names(card.representatives, "write"))


def _names(representatives: Iterable[RepresentativeLine], scope: str) -> list[str]:
    return [one.name for one in representatives if scope in one.scopes and not one.withheld]


def _entered(this: Act, person_id: UUID) -> tuple[BehalfLine, ...]:
    found = Behalf.objects.filter(person_id=person_id).select_related("unit")
    rows = this.rows(found, order=("-at",), limit=ENTERED_SHOWN)
    return tuple(behalf_detail(row) for row in rows)


def behalf_detail(row: Behalf) -> BehalfLine:
    """Row → plain value."""
    return BehalfLine(
        id=row.id,
        person_id=row.person_id,
        kind=BehalfKind(row.kind),
        who=row.who,
        way=BehalfWay(row.way),
        at=row.at,
        entered_by=row.entered_by,
        unit_name=row.unit.name,
    )
