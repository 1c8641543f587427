"""Plans with their parts in one query: a page has few to spend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.db.models.lookups import Exact

from samverka.access.county import county_value
from samverka.access.models import Consent, Disclosure
from samverka.access.rules import ConsentKind
from samverka.careplans.models import (
    Absence,
    Activity,
    Approval,
    CareContact,
    Comment,
    ConsentAsk,
    EasyWords,
    Goal,
    Meeting,
    Party,
    Plan,
    PlanRequest,
    PlanVersion,
    Preparation,
    WithheldPart,
)
from samverka.careplans.rules import ConsentStatus, ContactKind, GoalStatus, Term
from samverka.careplans.rules.meetings import MeetingStatus
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key

GOAL_FIELDS = (
    "id",
    "words",
    "term",
    "status",
    "outcome",
    "reach_by",
    "followed_up_at",
    "followed_up_by",
    "place",
    "version",
)
ACTIVITY_FIELDS = (
    "id",
    "what",
    "owner_kind",
    "owner_unit_id",
    "owner_text",
    "goal_id",
    "due_on",
    "status",
    "done_at",
    "done_by",
    "outcome",
    "preventive",
    "rehabilitating",
    "followed_up_at",
    "followed_up_by",
    "place",
    "version",
)
_ACTIVITY_OWNER = {
    "owner_unit": "owner_unit__name",
    "owner_phone": "owner_unit__phone",
    "owner_hsa_id": "owner_unit__hsa_id",
    "owner_branch": "owner_unit__provider__branch",
    "owner_provider": "owner_unit__provider_id",
    "owner_organisation": "owner_unit__provider__organisation__kind",
}
_PARTY = {
    "id": "id",
    "unit_id": "unit_id",
    "name": "unit__name",
    "hsa_id": "unit__hsa_id",
    "phone": "unit__phone",
    "phone_hours": "unit__phone_hours",
    "provider_id": "unit__provider_id",
    "provider_name": "unit__provider__name",
    "organisation_id": "unit__provider__organisation_id",
    "organisation_name": "unit__provider__organisation__name",
    "organisation_kind": "unit__provider__organisation__kind",
    "role": "role",
    "since": "since",
}
_COMMENT = (
    "id",
    "words",
    "by",
    "by_id",
    "by_person",
    "side",
    "unit_name",
    "at",
    "goal_id",
    "activity_id",
    "handled_at",
    "handled_by",
    "kind",
    "way",
    "written_by",
    "provider_id",
    "given_to",
    "answer_due_at",
    "answer_to_id",
)
_EASY = ("place", "words", "original", "written_at", "written_by")
_CONTACT = {
    "id": "id",
    "person_id": "person_id",
    "kind": "kind",
    "given_name": "staff__given_name",
    "family_name": "staff__family_name",
    "staff_id": "staff_id",
    "hsa_id": "staff__hsa_id",
    "profession": "profession",
    "unit_id": "unit_id",
    "unit_name": "unit__name",
    "provider_id": "unit__provider_id",
    "branch": "unit__provider__branch",
    "organisation_kind": "unit__provider__organisation__kind",
    "phone": "unit__phone",
    "phone_hours": "unit__phone_hours",
    "since": "since",
    "until": "until",
}


def _parts(found: QuerySet[Any], fields: dict[str, Any]) -> ArraySubquery:
    return ArraySubquery(found.values(made=JSONObject(**fields)))


def _same(names: tuple[str, ...]) -> dict[str, str]:
    return {name: name for name in names}


def _of_plan(model: type[Any], *order: str) -> QuerySet[Any]:
    found: QuerySet[Any] = model.objects.filter(plan_id=OuterRef("pk")).order_by(*order)
    return found


def _activities() -> ArraySubquery:
    return _parts(_of_plan(Activity, "place"), _same(ACTIVITY_FIELDS) | _ACTIVITY_OWNER)


def _live(at: datetime, object_id: str, provider_id: str) -> Exists:
    """Still given: the consent holds, and nobody has stopped it."""
    holds = Exists(_consents(at).filter(id=OuterRef("consent_id")))
    return Exists(
        Disclosure.objects.filter(
            holds,
            object_id=OuterRef(object_id),
            provider_id=OuterRef(provider_id),
            stopped_at__isnull=True,
        )
    )


_GIVEN = ("provider_id", "version", "through", "at", "by", "digest")


def _given(at: datetime) -> ArraySubquery:
    """The last that each care provider has been given."""
    of_plan = Disclosure.objects.filter(object_id=OuterRef("pk"))
    last = of_plan.order_by("provider_id", "-version").distinct("provider_id")
    same = Disclosure.objects.filter(
        object_id=OuterRef("object_id"), provider_id=OuterRef("provider_id")
    )
    consent = Consent.objects.filter(id=OuterRef("consent_id"))
    version = PlanVersion.objects.filter(plan=OuterRef("object_id"), number=OuterRef("version"))
    more = {
        "since": Subquery(same.order_by("version").values("at")[:1]),
        "live": _live(at, "object_id", "provider_id"),
        "consent_by": Subquery(consent.values("given_by")[:1]),
        "written_at": Subquery(version.values("at")[:1]),
        "written_by": Subquery(version.values("by")[:1]),
    }
    return _parts(last, _same(_GIVEN) | more)


def given_content(actor: Actor, object_id: str, **which: Any) -> Subquery:
    """What the actor's care provider was given last, or in one version: exactly as it was disclosed."""
    version = PlanVersion.objects.filter(plan=OuterRef("object_id"), number=OuterRef("version"))
    mine = Disclosure.objects.filter(
        Q(provider_id=actor.provider_id), object_id=OuterRef(object_id), **which
    )
    found = mine.annotate(copy=Coalesce("content", Subquery(version.values("content")[:1])))
    return Subquery(found.order_by("-version").values("copy")[:1])


_WITHHELD = ("id", "part", "key", "provider_id", "receivers", "reason", "by", "since")


def _withheld() -> ArraySubquery:
    current = _of_plan(WithheldPart, "since", "id").filter(until__isnull=True)
    return _parts(current, _same(_WITHHELD))


_APPROVAL = {
    "id": "id",
    "unit_id": "unit_id",
    "name": "unit__name",
    "organisation_kind": "unit__provider__organisation__kind",
    "version": "version",
    "asked_at": "asked_at",
    "asked_by": "asked_by",
    "status": "status",
    "words": "words",
    "answered_at": "answered_at",
    "answered_by": "answered_by",
}


def _approvals() -> ArraySubquery:
    current = _of_plan(Approval, "unit__name", "id").filter(lapsed_at__isnull=True)
    return _parts(current, _APPROVAL)


def _parties(at: datetime) -> ArraySubquery:
    shared = _live(at, "plan_id", "unit__provider_id")
    current = _of_plan(Party, "since", "unit__name", "id").filter(until__isnull=True)
    return _parts(current, _PARTY | {"shared": shared})


_STAND_IN = {
    "given_name": "stand_in__given_name",
    "family_name": "stand_in__family_name",
    "profession": "profession",
    "until": "until",
}


def stand_in(on: date) -> Subquery:
    """Who stands in for a contact that day, and until when; the name is null for nobody."""
    away = Absence.objects.filter(
        contact_id=OuterRef("pk"), since__lte=on, until__gte=on, ended_at__isnull=True
    )
    return Subquery(away.order_by("-noted_at").values(made=JSONObject(**_STAND_IN))[:1])


def _contacts(on: date) -> ArraySubquery:
    current = CareContact.objects.filter(person_id=OuterRef("person_id"), until__isnull=True)
    away = {"away": stand_in(on)}
    return _parts(current.order_by("kind", "since"), _CONTACT | away)


def _consents(at: datetime) -> QuerySet[Any]:
    current: QuerySet[Any] = Consent.objects.current(at)
    return current.filter(kind=ConsentKind.PLAN, withdrawn_at__isnull=True)


def _consent(at: datetime) -> Exists:
    return Exists(_consents(at).filter(plan_id=OuterRef("pk"), person_id=OuterRef("person_id")))


def _unable(at: datetime) -> Q:
    """The person cannot consent, as documented, and the county lets a plan be established then."""
    if not county_value(Key.PLAN_UNABLE_ESTABLISHES, local_date(at)):
        return Q(pk__in=[])
    newest = ConsentAsk.objects.filter(plan_id=OuterRef("pk")).order_by("-number")
    return Q(Exact(Subquery(newest.values("status")[:1]), ConsentStatus.NOT_POSSIBLE.value))


def _goal_count(**which: object) -> Coalesce:
    counted = (
        Goal.objects.filter(plan_id=OuterRef("pk"), **which)
        .exclude(status=GoalStatus.DROPPED)
        .values("plan_id")
        .annotate(number=Count("id"))
        .values("number")
    )
    return Coalesce(Subquery(counted), 0)


def _current_contacts(**which: object) -> QuerySet[Any]:
    found: QuerySet[Any] = CareContact.objects.filter(
        person_id=OuterRef("person_id"), until__isnull=True, **which
    )
    return found


def line_plans(actor: Actor) -> QuerySet[Any]:
    """Plans with what a line and the rules must know."""
    unread = _of_plan(Comment).filter(by_person=True, handled_at__isnull=True)
    plans = Plan.objects.select_related("person", "unit__provider__organisation")
    found: QuerySet[Any] = plans.annotate(
        given_parts=_given(actor.at),
        given_content=given_content(actor, "pk"),
        withheld_parts=_withheld(),
        approval_parts=_approvals(),
        activity_parts=_activities(),
        goal_count=_goal_count(),
        long_goal_count=_goal_count(term=Term.LONG),
        someone_to_call=Exists(_current_contacts()),
        has_care_contact=Exists(_current_contacts(kind=ContactKind.FAST_VARDKONTAKT)),
        consent=_consent(actor.at),
        unable=_unable(actor.at),
        consent_asked=Exists(_of_plan(ConsentAsk).filter(status=ConsentStatus.ASKED)),
        unread_words=Exists(unread),
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
    holds = Exists(_consents(actor.at).filter(id=OuterRef("consent_id")))
    found = Disclosure.objects.filter(holds, object_id=plan_id, stopped_at__isnull=True)
    return sorted(set(found.values_list("provider_id", flat=True)))


def disclosed_now(actor: Actor, plan: Plan) -> dict[UUID, UUID]:
    """The care providers that have the plan's newest version and are still given it; each with its consent."""
    holds = Exists(_consents(actor.at).filter(id=OuterRef("consent_id")))
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
    rows = _consents(actor.at).filter(plan_id=plan_id).order_by("-since")
    return [PlanConsent(row.id, frozenset(row.reader_providers)) for row in rows]


def plans_to_call(actor: Actor) -> QuerySet[Any]:
    """Plans with the units that a yes that holds is about; for those who call to a meeting."""
    holding = _consents(actor.at).filter(plan_id=OuterRef(OuterRef("pk"))).values("id")
    asks = ConsentAsk.objects.filter(plan_id=OuterRef("pk"), consent_id__in=holding)
    found: QuerySet[Any] = full_plans(actor).annotate(asks=_parts(asks, {"units": "units"}))
    return found


def consented_units(plan: Any) -> frozenset[UUID]:
    """The units of a row of `plans_to_call`; for those who keep the plan."""
    return frozenset(UUID(unit) for one in plan.asks for unit in one["units"])


MET = (MeetingStatus.HELD, MeetingStatus.CONFIRMED)
"""A meeting that has been."""


def _comments() -> ArraySubquery:
    return _parts(_of_plan(Comment, "at"), _same(_COMMENT))


def full_plans(actor: Actor) -> QuerySet[Any]:
    """Plans with all that a `PlanDetail` shows: one query for any number of them."""
    plans = line_plans(actor).select_related(
        "person", "unit__provider__organisation", "responsible"
    )
    found: QuerySet[Any] = plans.annotate(
        goal_parts=_parts(_of_plan(Goal, "place"), _same(GOAL_FIELDS)),
        party_parts=_parties(actor.at),
        comment_parts=_comments(),
        contact_parts=_contacts(local_date(actor.at)),
        requested=Exists(_of_plan(PlanRequest)),
        prepared=Exists(_of_plan(Preparation).filter(sent_at__isnull=False)),
        called=Exists(_of_plan(Meeting).filter(status=MeetingStatus.PLANNED)),
        met=Exists(_of_plan(Meeting).filter(status__in=MET)),
        easy_parts=_parts(
            _of_plan(EasyWords, "written_at").filter(replaced_at__isnull=True), _same(_EASY)
        ),
    )
    return found


def read_given_again(actor: Actor, row: Any) -> None:
    """Bring up to date what handing out has changed on a row of `full_plans`: cheaper than all of it anew."""
    given: QuerySet[Any] = Plan.objects.filter(pk=row.pk).annotate(
        given_parts=_given(actor.at),
        given_content=given_content(actor, "pk"),
        party_parts=_parties(actor.at),
        comment_parts=_comments(),
    )
    names = ("given_parts", "given_content", "party_parts", "comment_parts")
    for name, value in given.values(*names).get().items():
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
