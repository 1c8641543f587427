"""Tasks of units about one person, as other rooms ask for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.models import Account
from samverka.access.roles import Role
from samverka.kernel.actor import Actor
from samverka.kernel.text import text as _
from samverka.notices.models import Task
from samverka.notices.operations import keep_tasks
from samverka.notices.rules import About, TaskKind, TaskWanted
from samverka.organisations import operations as organisations
from samverka.organisations.reads import staff_actor
from samverka.people.reads import PersonDetail
from tests.factories import cast as people
from tests.factories.cast import Cast


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    """The county."""
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    """A person of the health centre, whom the home health care also knows."""
    person = people.make_person(cast.region_nurse, identity=people.KARINS_NUMBER)
    people.relate(cast.municipal_nurse, person)
    return person


@pytest.fixture
def patient(karin: PersonDetail) -> Actor:
    """Karin logged in."""
    return people.person_login(karin)


def wanted(
    actor: Actor,
    key: str = "call",
    kind: TaskKind = TaskKind.CALL,
    *,
    due_at: datetime | None = None,
    wait_limit: timedelta | None = None,
) -> TaskWanted:
    """What a room asks of the actor's unit."""
    assert actor.unit_id
    assert actor.provider_id
    return TaskWanted(
        key=key,
        kind=kind,
        unit_id=actor.unit_id,
        provider_id=actor.provider_id,
        verb=_("svara på kallelsen"),
        due_at=due_at,
        wait_limit=wait_limit,
    )


Keep = Callable[..., UUID]


@pytest.fixture
def keep(karin: PersonDetail) -> Keep:
    """Do what another room does in its own act: say which tasks its object has now."""

    def kept(
        actor: Actor, *tasks: TaskWanted, object_id: UUID | None = None, hidden: bool = False
    ) -> UUID:
        about = About("Call", object_id or uuid4(), karin.id, "/planer/", hidden)
        with act(actor, Action.PLAN_EDIT) as this:
            keep_tasks(this, about=about, wanted=tasks)
            this.note_person(karin.id, "Call")
        return about.object_id

    return kept


def manager_of(cast: Cast, unit: str = "health_centre") -> Actor:
    """The unit's manager: reads, and leads the unit."""
    account = Account.objects.create_user("chef", name="Kerstin Flod")
    with_unit = organisations.register_staff(
        cast.system, given_name="Kerstin", family_name="Flod", account_id=account.id
    )
    assignment = organisations.give_assignment(
        cast.system,
        staff_id=with_unit.id,
        unit_id=cast.units[unit].id,
        profession="Verksamhetschef",
        roles=(Role.MANAGER,),
    )
    return staff_actor(assignment, account.id, cast.system.at)


def only_task() -> Task:
    """The one task there is."""
    found: Task = Task.objects.get()
    return found
