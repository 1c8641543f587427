"""Plans with goals, activities, parties and comments; every version."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samverka.access.guarded import GatePath, Guarded, Held, choices
from samverka.careplans.models.columns import PLAN_GATE, link, plan_part
from samverka.careplans.rules import (
    NAMED_OWNERS,
    SECTION_LENGTH,
    UNIT_OWNERS,
    ActivityStatus,
    ChangeKind,
    CommentKind,
    CommentWay,
    GoalStatus,
    Group,
    OwnerKind,
    PartyRole,
    PlanKind,
    PlanStatus,
    Section,
    Term,
)
from samverka.kernel.actor import Side


class Plan(Held):
    """A plan that belongs to a person and is kept by a unit. `source`: it is kept elsewhere."""

    gate: ClassVar[GatePath | None] = PLAN_GATE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = link("people.Person", related_name="+")
    provider = link("organisations.Provider", related_name="+")
    unit = link("organisations.Unit", related_name="+")
    kind = models.CharField(max_length=24, choices=choices(PlanKind))
    status = models.CharField(max_length=24, choices=choices(PlanStatus), default=PlanStatus.DRAFT)
    title = models.CharField(max_length=SECTION_LENGTH[Section.TITLE])
    what_matters = models.TextField(blank=True, default="")
    strengths = models.TextField(blank=True, default="")
    needs = models.TextField(blank=True, default="")
    attitude = models.TextField(blank=True, default="")
    if_worse = models.TextField(blank=True, default="")
    template = models.CharField(max_length=16, choices=choices(Group), blank=True, default="")
    responsible = link("organisations.Organisation", null=True, blank=True, related_name="+")
    summary = models.TextField(blank=True, default="")
    no_others = models.BooleanField(default=False)
    asked_by = models.CharField(max_length=200, blank=True, default="")
    follow_up_on = models.DateField(null=True, blank=True)
    # The day up to which its tasks have been worked out; what comes later the clock brings.
    tasks_until = models.DateField(null=True, blank=True)
    told_other_at = models.DateTimeField(null=True, blank=True)
    told_other_by = models.CharField(max_length=200, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=200)
    updated_at = models.DateTimeField()
    updated_by = models.CharField(max_length=200)
    established_at = models.DateTimeField(null=True, blank=True)
    established_by = models.CharField(max_length=200, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True, default="")
    end_reason = models.TextField(blank=True, default="")
    end_next = models.TextField(blank=True, default="")
    end_to = models.CharField(max_length=200, blank=True, default="")
    merged_into = link("careplans.Plan", null=True, blank=True, related_name="+")
    source = models.CharField(max_length=200, blank=True, default="")
    source_id = models.CharField(max_length=800, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["person", "-updated_at"], name="plan_person"),
            models.Index(
                fields=["unit", "person"], condition=Q(ended_at__isnull=True), name="plan_unit_open"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="plan_has_title"),
            models.CheckConstraint(
                condition=Q(status=PlanStatus.ENDED, ended_at__isnull=False)
                | ~Q(status=PlanStatus.ENDED) & Q(ended_at__isnull=True),
                name="plan_ended_pair",
            ),
            models.CheckConstraint(
                condition=~Q(status=PlanStatus.ACTIVE) | Q(established_at__isnull=False),
                name="plan_active_is_established",
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source=""), name="plan_received_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Goal(Guarded):
    """A goal in the person's own words. `place`: the order in which the person wants them."""

    gate: ClassVar[GatePath | None] = plan_part()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = link("careplans.Plan", related_name="goals")
    person = link("people.Person", related_name="+")
    words = models.TextField()
    term = models.CharField(max_length=8, choices=choices(Term))
    status = models.CharField(max_length=16, choices=choices(GoalStatus), default=GoalStatus.OPEN)
    outcome = models.TextField(blank=True, default="")
    reach_by = models.DateField(null=True, blank=True)
    followed_up_at = models.DateTimeField(null=True, blank=True)
    followed_up_by = models.CharField(max_length=200, blank=True, default="")
    place = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    came_from = link("careplans.Goal", null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="goal_has_words")]

    def __str__(self) -> str:
        return str(self.id)


_UNIT_OWNER = Q(owner_kind__in=sorted(UNIT_OWNERS), owner_unit__isnull=False)
_OTHER_OWNER = Q(owner_kind__in=sorted(NAMED_OWNERS), owner_unit__isnull=True) & ~Q(owner_text="")
_PERSON_OWNER = Q(owner_kind=OwnerKind.PERSON, owner_unit__isnull=True)


class Activity(Guarded):
    """Something that someone does. There is no activity without an owner (HSL 16:4 st. 4)."""

    gate: ClassVar[GatePath | None] = plan_part()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = link("careplans.Plan", related_name="activities")
    person = link("people.Person", related_name="+")
    goal = link("careplans.Goal", null=True, blank=True, related_name="activities")
    what = models.TextField()
    owner_kind = models.CharField(max_length=16, choices=choices(OwnerKind))
    owner_unit = link("organisations.Unit", null=True, blank=True, related_name="+")
    owner_text = models.CharField(max_length=200, blank=True, default="")
    due_on = models.DateField(null=True, blank=True)
    status = models.CharField(
        max_length=16, choices=choices(ActivityStatus), default=ActivityStatus.PLANNED
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=200, blank=True, default="")
    outcome = models.TextField(blank=True, default="")
    preventive = models.BooleanField(default=False)
    rehabilitating = models.BooleanField(default=False)
    followed_up_at = models.DateTimeField(null=True, blank=True)
    followed_up_by = models.CharField(max_length=200, blank=True, default="")
    place = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    came_from = link("careplans.Activity", null=True, blank=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["owner_unit", "due_on"],
                condition=Q(done_at__isnull=True, due_on__isnull=False),
                name="activity_unit_due",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="activity_has_words"),
            models.CheckConstraint(
                condition=_UNIT_OWNER | _OTHER_OWNER | _PERSON_OWNER, name="activity_has_owner"
            ),
            models.CheckConstraint(
                condition=Q(status=ActivityStatus.DONE, done_at__isnull=False)
                | ~Q(status=ActivityStatus.DONE) & Q(done_at__isnull=True),
                name="activity_done_pair",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Party(Guarded):
    """A unit that the plan is for, from when and until when.

    Attributes:
        joined_at: when it took part; None while it has been asked and has not said yes (`PlanTask`).
        left_at: when the last that it had said yes to was over.
    """

    gate: ClassVar[GatePath | None] = plan_part()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = link("careplans.Plan", related_name="parties")
    person = link("people.Person", related_name="+")
    unit = link("organisations.Unit", related_name="+")
    role = models.CharField(max_length=16, choices=choices(PartyRole))
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "unit"], condition=Q(until__isnull=True), name="party_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="party_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(joined_at__isnull=False),
                name="party_left_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PlanVersion(Guarded):
    """What the plan held after one change. Never changed afterwards."""

    gate: ClassVar[GatePath | None] = plan_part()

    id = models.BigAutoField(primary_key=True)
    plan = link("careplans.Plan", related_name="versions")
    person = link("people.Person", related_name="+")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    change = models.CharField(max_length=24, choices=choices(ChangeKind))
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_id = models.UUIDField()
    unit_name = models.CharField(max_length=200, blank=True, default="")
    side = models.CharField(max_length=16, choices=choices(Side))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"


class Comment(Guarded):
    """Words of the person, of one who acts for the person, or of staff.

    `written_by`: who of the staff wrote down what the person said; then `by` is the one who said it.
    """

    gate: ClassVar[GatePath | None] = plan_part()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = link("careplans.Plan", related_name="comments")
    person = link("people.Person", related_name="+")
    goal = link("careplans.Goal", null=True, blank=True, related_name="+")
    activity = link("careplans.Activity", null=True, blank=True, related_name="+")
    words = models.TextField()
    by = models.CharField(max_length=200)
    by_id = models.UUIDField()
    by_person = models.BooleanField()
    kind = models.CharField(max_length=8, choices=choices(CommentKind), default=CommentKind.COMMENT)
    way = models.CharField(max_length=8, choices=choices(CommentWay), default=CommentWay.OWN)
    written_by = models.CharField(max_length=200, blank=True, default="")
    # Whose staff wrote it, and to which care providers it has been given; the person's has none.
    provider_id = models.UUIDField(null=True, blank=True)
    given_to = ArrayField(models.UUIDField(), default=list)
    side = models.CharField(max_length=16, choices=choices(Side))
    unit_name = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.CharField(max_length=200, blank=True, default="")
    # When the person can expect an answer at the latest; only where the person asks for one.
    answer_due_at = models.DateTimeField(null=True, blank=True)
    # The words of the person that these words of staff answer.
    answer_to = link("careplans.Comment", null=True, blank=True, related_name="answers")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="comment_has_words"),
            models.CheckConstraint(
                condition=Q(answer_to__isnull=True) | Q(by_person=False),
                name="comment_answer_is_of_staff",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
