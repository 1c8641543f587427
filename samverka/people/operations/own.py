"""What the person changes about the own facts: how to be reached, language, interpreter, mail."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from uuid import UUID

from samverka.access import operations as access
from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Conflict, Invalid
from samverka.kernel.text import text as _
from samverka.people.models import Person
from samverka.people.operations.persons import done
from samverka.people.reads import PersonDetail
from samverka.people.rules import LANGUAGES


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """What the person says of the own self."""

    phone: str
    email: str
    language: str
    interpreter: bool
    care_language: str


def edit_own_facts(
    actor: Actor, *, person_id: UUID, version: int, facts: OwnFacts, mail: bool
) -> PersonDetail:
    """The person changes phone, e-mail, language and interpreter, and if mail comes when there is news.

    Raises:
        Invalid: a language that is not in the list, or mail without an address.
        Conflict: staff have changed the same meanwhile.
    """
    with act(actor, Action.PERSON_OWN) as this:
        row: Person = this.row(Person.objects, lock=True, id=person_id)
        _check(facts, mail)
        if row.version != version:
            raise Conflict(
                _("Någon annan har ändrat uppgifterna medan du skrev. Jämför och spara igen."),
                mine=asdict(facts),
                theirs={name: getattr(row, name) for name in asdict(facts)},
            )
        for name, value in asdict(facts).items():
            setattr(row, name, value)
        row.version, row.updated_at = row.version + 1, actor.at
        row.save()
        access.set_mail(actor, person_id=person_id, email=facts.email if mail else "")
        return done(this, row.id)


def _check(facts: OwnFacts, mail: bool) -> None:
    for where, code in (("language", facts.language), ("care_language", facts.care_language)):
        if code and code not in LANGUAGES:
            raise Invalid(_("Språket %(code)s finns inte i listan.", code=code), where=where)
    if mail and not facts.email:
        raise Invalid(_("Skriv din e-post, eller välj att inte få mejl."), where="email")
