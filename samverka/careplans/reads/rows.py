"""Plans with their parts in one query: a page has few to spend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)

from samverka.access.county import county_value
from samverka.access.models import Disclosure
from samverka.access.written import Written
from samverka.careplans.models import (
    CareContact,
    ConsentAsk,
    Plan,
)
from samverka.careplans.reads.plan_parts import (
    HANDED_OUT,
    LINE,
    REST,
    given_copy,
    parts_of,
    plan_consents,
    stand_in,
    unable,
)
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key


def given_content(actor: Actor, object_id: str, **which: Any) -> Subquery:
    """What the actor's care provider was given last, or in one version: exactly as it was disclosed."""
    return given_copy(Value(actor.provider_id, output_field=UUIDField()), object_id, **which)


def _unable_counts(actor: Actor) -> Any:
    """The county lets a plan be established for one who cannot consent, and this person cannot."""
    if county_value(Key.PLAN_UNABLE_ESTABLISHES, local_date(actor.at)):
        return _written(actor, unable)
    return Value(False, output_field=BooleanField())


def _written(actor: Actor, make: Callable[[], Any]) -> Written:
    values = {"at": actor.at, "day": local_date(actor.at), "provider": actor.provider_id}
    return Written(make, values)


def line_plans(actor: Actor) -> QuerySet[Any]:
    """Plans with what a line and the rules must know."""
    plans = Plan.objects.select_related("person", "unit__provider__organisation")
    found: QuerySet[Any] = plans.annotate(
        unable=_unable_counts(actor),
        **{name: _written(actor, make) for name, make in LINE.items()},
    )
    return found


def given_through(actor: Actor, plan_id: UUID) -> int | None:
    """Up to which version the actor's care provider has what it is given; None: nothing."""
    found: int | None = (
        Disclosure.objects.filter(Q(provider_id=actor.provider_id), object_id=plan_id)
        .order_by("-version")
        .values_list("through", flat=True)
        .first()
    )
    return found


def live_receivers(actor: Actor, plan_id: UUID) -> list[UUID]:
    """The care providers to which the plan is given now."""
    holds = Exists(plan_consents(actor.at).filter(id=OuterRef("consent_id")))
    found = Disclosure.objects.filter(holds, object_id=plan_id, stopped_at__isnull=True)
    return sorted(set(found.values_list("provider_id", flat=True)))


def disclosed_now(actor: Actor, plan: Plan) -> dict[UUID, UUID]:
    """The care providers that have the plan's newest version and are still given it; each with its consent."""
    holds = Exists(plan_consents(actor.at).filter(id=OuterRef("consent_id")))
    found = Disclosure.objects.filter(
        holds, object_id=plan.id, stopped_at__isnull=True, through=plan.version
    )
    return dict(found.values_list("provider_id", "consent_id"))


@dataclass(frozen=True, slots=True)
class PlanConsent:
    """A consent to share one plan, that holds."""

    id: UUID
    reader_providers: frozenset[UUID]


def holding_consents(actor: Actor, plan_id: UUID) -> list[PlanConsent]:
    """The consents to share the plan that hold now, the newest first."""
    rows = plan_consents(actor.at).filter(plan_id=plan_id).order_by("-since")
    return [PlanConsent(row.id, frozenset(row.reader_providers)) for row in rows]


def plans_to_call(actor: Actor) -> QuerySet[Any]:
    """Plans with the units that a yes that holds is about; for those who call to a meeting."""
    holding = plan_consents(actor.at).filter(plan_id=OuterRef(OuterRef("pk"))).values("id")
    asks = ConsentAsk.objects.filter(plan_id=OuterRef("pk"), consent_id__in=holding)
    found: QuerySet[Any] = full_plans(actor).annotate(asks=parts_of(asks, {"units": "units"}))
    return found


def consented_units(plan: Any) -> frozenset[UUID]:
    """The units of a row of `plans_to_call`; for those who keep the plan."""
    return frozenset(UUID(unit) for one in plan.asks for unit in one["units"])


def full_plans(actor: Actor) -> QuerySet[Any]:
    """Plans with all that a `PlanDetail` shows: one query for any number of them."""
    plans = line_plans(actor).select_related(
        "person", "unit__provider__organisation", "responsible"
    )
    found: QuerySet[Any] = plans.annotate(
        **{name: _written(actor, make) for name, make in REST.items()}
    )
    return found


def read_given_again(actor: Actor, row: Any) -> None:
    """Bring up to date what handing out has changed on a row of `full_plans`: cheaper than all of it anew."""
    plans: QuerySet[Any] = Plan.objects.filter(pk=row.pk)
    given = plans.annotate(**{name: _written(actor, make) for name, make in HANDED_OUT.items()})
    for name, value in given.values(*HANDED_OUT).get().items():
        setattr(row, name, value)


def with_unit(contacts: Any, on: date) -> QuerySet[Any]:
    """Contacts with all that a `CareContactDetail` shows that day."""
    found: QuerySet[Any] = contacts.select_related(
        "staff", "unit__provider__organisation"
    ).annotate(away=stand_in(on))
    return found


def person_contacts(person_id: UUID, on: date) -> QuerySet[Any]:
    """The person's current contacts, with who stands in that day."""
    found = CareContact.objects.filter(person_id=person_id, until__isnull=True)
    return with_unit(found, on).order_by("kind", "since")
