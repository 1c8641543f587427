"""The parts of a plan that a page shows, as subqueries of the plan's row; each is written once (`access.written`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    Exists,
    Expression,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, JSONObject
from django.db.models.lookups import Exact

from samverka.access.models import Consent, Disclosure
from samverka.access.rules import ConsentKind
from samverka.access.written import AT, DAY, PROVIDER
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
    PlanRequest,
    PlanTask,
    PlanVersion,
    Preparation,
    WithheldPart,
)
from samverka.careplans.rules import ConsentStatus, ContactKind, GoalStatus, Term
from samverka.careplans.rules.meetings import MeetingStatus

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
    "joined_at": "joined_at",
    "left_at": "left_at",
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


def parts_of(found: QuerySet[Any], fields: dict[str, Any]) -> ArraySubquery:
    """The rows as one column: a list of objects with these fields."""
    return ArraySubquery(found.values(made=JSONObject(**fields)))


def _same(names: tuple[str, ...]) -> dict[str, str]:
    return {name: name for name in names}


def _of_plan(model: type[Any], *order: str) -> QuerySet[Any]:
    found: QuerySet[Any] = model.objects.filter(plan_id=OuterRef("pk")).order_by(*order)
    return found


def _activities() -> ArraySubquery:
    return parts_of(_of_plan(Activity, "place"), _same(ACTIVITY_FIELDS) | _ACTIVITY_OWNER)


def _live(object_id: str, provider_id: str) -> Exists:
    """Still given: the consent holds, and nobody has stopped it."""
    holds = Exists(plan_consents(AT).filter(id=OuterRef("consent_id")))
    return Exists(
        Disclosure.objects.filter(
            holds,
            object_id=OuterRef(object_id),
            provider_id=OuterRef(provider_id),
            stopped_at__isnull=True,
        )
    )


_GIVEN = ("provider_id", "version", "through", "at", "by", "digest")


def _given() -> ArraySubquery:
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
        "live": _live("object_id", "provider_id"),
        "consent_by": Subquery(consent.values("given_by")[:1]),
        "written_at": Subquery(version.values("at")[:1]),
        "written_by": Subquery(version.values("by")[:1]),
    }
    return parts_of(last, _same(_GIVEN) | more)


def given_copy(provider: Expression, object_id: str, **which: Any) -> Subquery:
    """What a care provider was given last, or in one version; `object_id`: the column that says of what."""
    version = PlanVersion.objects.filter(plan=OuterRef("object_id"), number=OuterRef("version"))
    mine = Disclosure.objects.filter(provider_id=provider, object_id=OuterRef(object_id), **which)
    found = mine.annotate(copy=Coalesce("content", Subquery(version.values("content")[:1])))
    return Subquery(found.order_by("-version").values("copy")[:1])


_WITHHELD = ("id", "part", "key", "provider_id", "receivers", "reason", "by", "since")


def _withheld() -> ArraySubquery:
    current = _of_plan(WithheldPart, "since", "id").filter(until__isnull=True)
    return parts_of(current, _same(_WITHHELD))


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
    return parts_of(current, _APPROVAL)


_TASK_UNITS = {
    f"{side}_{name}": f"{side}__{path}"
    for side in ("requester", "owner")
    for name, path in (
        ("id", "id"),
        ("name", "name"),
        ("hsa_id", "hsa_id"),
        ("provider", "provider_id"),
    )
}
_TASK = (
    "id",
    "sort",
    "status",
    "part_of_id",
    "what",
    "due_on",
    "reason",
    "answer",
    "asked_at",
    "asked_by",
    "moved_at",
    "moved_by",
    "version",
    "from_version",
)


def _tasks() -> ArraySubquery:
    found = _of_plan(PlanTask, "-asked_at", "id")
    return parts_of(found, _same(_TASK) | _TASK_UNITS)


def _parties() -> ArraySubquery:
    shared = _live("plan_id", "unit__provider_id")
    current = _of_plan(Party, "since", "unit__name", "id").filter(until__isnull=True)
    return parts_of(current, _PARTY | {"shared": shared})


_STAND_IN = {
    "given_name": "stand_in__given_name",
    "family_name": "stand_in__family_name",
    "profession": "profession",
    "until": "until",
}


def stand_in(on: Any) -> Subquery:
    """Who stands in for a contact that day, and until when; the name is null for nobody."""
    away = Absence.objects.filter(
        contact_id=OuterRef("pk"), since__lte=on, until__gte=on, ended_at__isnull=True
    )
    return Subquery(away.order_by("-noted_at").values(made=JSONObject(**_STAND_IN))[:1])


def _contacts() -> ArraySubquery:
    current = CareContact.objects.filter(person_id=OuterRef("person_id"), until__isnull=True)
    away = {"away": stand_in(DAY)}
    return parts_of(current.order_by("kind", "since"), _CONTACT | away)


def plan_consents(at: Any) -> QuerySet[Any]:
    """Consents to share a plan that hold at the moment (a time, or `AT`)."""
    current: QuerySet[Any] = Consent.objects.current(at)
    return current.filter(kind=ConsentKind.PLAN, withdrawn_at__isnull=True)


def _consent() -> Exists:
    return Exists(plan_consents(AT).filter(plan_id=OuterRef("pk"), person_id=OuterRef("person_id")))


def unable() -> Coalesce:
    """The person cannot consent, as documented."""
    newest = ConsentAsk.objects.filter(plan_id=OuterRef("pk")).order_by("-number")
    status = Subquery(newest.values("status")[:1])
    return Coalesce(Exact(status, ConsentStatus.NOT_POSSIBLE.value), False)


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


def _own_copy() -> Subquery:
    return given_copy(PROVIDER, "pk")


def _long_goals() -> Coalesce:
    return _goal_count(term=Term.LONG)


def _someone_to_call() -> Exists:
    return Exists(_current_contacts())


def _care_contact() -> Exists:
    return Exists(_current_contacts(kind=ContactKind.FAST_VARDKONTAKT))


def _asked_about() -> Exists:
    return Exists(_of_plan(ConsentAsk).filter(status=ConsentStatus.ASKED))


def _unread() -> Exists:
    return Exists(_of_plan(Comment).filter(by_person=True, handled_at__isnull=True))


LINE: dict[str, Callable[[], Any]] = {
    "given_parts": _given,
    "given_content": _own_copy,
    "withheld_parts": _withheld,
    "approval_parts": _approvals,
    "activity_parts": _activities,
    "goal_count": _goal_count,
    "long_goal_count": _long_goals,
    "someone_to_call": _someone_to_call,
    "has_care_contact": _care_contact,
    "consent": _consent,
    "consent_asked": _asked_about,
    "unread_words": _unread,
}
"""What a line and the rules must know of a plan."""


MET = (MeetingStatus.HELD, MeetingStatus.CONFIRMED)
"""A meeting that has been."""


def _comments() -> ArraySubquery:
    return parts_of(_of_plan(Comment, "at"), _same(_COMMENT))


def _goals() -> ArraySubquery:
    return parts_of(_of_plan(Goal, "place"), _same(GOAL_FIELDS))


def _requested() -> Exists:
    return Exists(_of_plan(PlanRequest))


def _prepared() -> Exists:
    return Exists(_of_plan(Preparation).filter(sent_at__isnull=False))


def _called() -> Exists:
    return Exists(_of_plan(Meeting).filter(status=MeetingStatus.PLANNED))


def _met() -> Exists:
    return Exists(_of_plan(Meeting).filter(status__in=MET))


def _easy() -> ArraySubquery:
    current = _of_plan(EasyWords, "written_at").filter(replaced_at__isnull=True)
    return parts_of(current, _same(_EASY))


REST: dict[str, Callable[[], Any]] = {
    "goal_parts": _goals,
    "party_parts": _parties,
    "task_parts": _tasks,
    "comment_parts": _comments,
    "contact_parts": _contacts,
    "requested": _requested,
    "prepared": _prepared,
    "called": _called,
    "met": _met,
    "easy_parts": _easy,
}
"""What a `PlanDetail` shows besides."""


HANDED_OUT: dict[str, Callable[[], Any]] = {
    "given_parts": _given,
    "given_content": _own_copy,
    "party_parts": _parties,
    "comment_parts": _comments,
}
