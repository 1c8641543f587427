"""A person who was met under a reserve number gets the real one; all that is known follows along."""

from __future__ import annotations

from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.models import Subject
from samverka.kernel.actor import Actor
from samverka.kernel.identity import IdentityNumber
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import text as _
from samverka.people.models import Identity, Person
from samverka.people.operations.persons import done
from samverka.people.reads import PersonDetail
from samverka.people.rules import REAL


def join_number(actor: Actor, *, person_id: UUID, number: IdentityNumber) -> PersonDetail:
    """Give a person with a reserve number the real number. The reserve number stays, as a former one.

    Raises:
        Invalid: the number stands in for another one itself.
        NotNow: the person has a real number already, or somebody else here has that number. Two who are
            one and the same are not made one by this: what was written under one of them, and who has
            read it, must stay as it was.
    """
    with act(actor, Action.PERSON_EDIT) as this:
        row: Person = this.row(Person.objects, lock=True, id=person_id)
        if number.kind not in REAL:
            raise Invalid(_("Skriv personnummer eller samordningsnummer."), where="identity")
        held = Identity.objects.filter(person=row)
        if held.filter(kind__in=sorted(REAL), current=True).exists():
            raise NotNow(_("Personen har redan ett riktigt nummer."))
        same = Identity.objects.filter(kind=number.kind, value=number.value, domain=number.domain)
        if same.exists():
            raise NotNow(
                _("Numret går inte att lägga till: det kan finnas på en annan person här."),
                mend=_(
                    "Sök på numret. Öppna ärendet på den personen i stället, skriv in det som har "
                    "hänt efteråt, och makulera ärendet med reservnumret."
                ),
            )
        held.update(current=False)
        Identity(
            person=row,
            kind=number.kind,
            value=number.value,
            domain=number.domain,
            since=actor.at,
        ).save(force_insert=True)
        _learn(this.actor, row, number)
        this.forget_standing(row.id)
        return done(this, row.id)


def _learn(actor: Actor, row: Person, number: IdentityNumber) -> None:
    """The number says when the person was born, if nobody knew."""
    if row.birth_date is None and number.birth_date is not None:
        row.birth_date = number.birth_date
        row.version, row.updated_at = row.version + 1, actor.at
        row.save()
        Subject.objects.filter(person_id=row.id).update(birth_date=row.birth_date)
