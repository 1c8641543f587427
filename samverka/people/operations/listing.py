"""Where the person is listed (listning, HSL 7:3–3 c)."""

from __future__ import annotations

from uuid import UUID

from samverka.access import operations as access
from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import NotAllowed, NotNow
from samverka.kernel.text import text as _
from samverka.organisations.reads import unit_names
from samverka.organisations.rules import UnitKind
from samverka.people import rules
from samverka.people.models import Listing, Person
from samverka.people.operations.persons import done, keep_listing
from samverka.people.reads import PersonDetail


def list_person(actor: Actor, *, person_id: UUID, special_reason: str = "") -> PersonDetail:
    """Note that the person has chosen to be listed at the own health centre; the former listing ends.

    Args:
        special_reason: why the region lets the person change more than twice in a year (HSL 7:3 b).

    Raises:
        NotNow: the own unit lists nobody, the person is listed here, or has changed too often.
    """
    with act(actor, Action.PERSON_EDIT) as this:
        person: Person = this.row(Person.objects, lock=True, id=person_id)
        unit_id = _own_health_centre(actor)
        if person.listed_unit_id == unit_id:
            raise NotNow(_("Personen är redan listad här."))
        former = list(Listing.objects.filter(person=person).order_by("since"))
        changes = [local_date(one.since) for one in former[1:]]
        rules.check_listing(changes, local_date(actor.at), special_reason)
        _end_former(former, actor)
        keep_listing(actor, person, unit_id, special_reason)
        access.move_listing(actor, person_id=person.id)
        person.listed_unit_id, person.updated_at = unit_id, actor.at
        person.version += 1
        person.save()
        this.forget_standing(person.id)
        return done(this, person.id)


def _own_health_centre(actor: Actor) -> UUID:
    unit = unit_names({actor.unit_id}).get(actor.unit_id) if actor.unit_id else None
    if unit is None:
        raise NotAllowed(REFUSAL_WORDS[Refusal.NO_PERMISSION])
    if unit.kind is not UnitKind.HEALTH_CENTRE:
        raise NotNow(_("Bara en hälsocentral kan lista personer."))
    return unit.id


def _end_former(former: list[Listing], actor: Actor) -> None:
    for one in former:
        if one.until is None:
            one.until = actor.at
            one.save(update_fields=["until"])
