"""A stay in hospital on its way home: the case, its units, the physician's judgements, leaves."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samverka.access.guarded import GatePath, Guarded, Held, choices
from samverka.discharge.models.columns import link
from samverka.discharge.rules.hearing import Phase
from samverka.discharge.rules.kinds import INSIDE, LINE, CaseStatus, CloseReason, Part, Track


class Case(Held):
    """One stay in hospital, held by the ward (LUS).

    Attributes:
        number: what the case is called where no person may be named; the same for all parties.
        needs: parts that the physician believes may be needed after discharge (LUS 2:1).
        help_kinds: social services help with a door of its own (LSS, IFO), so that the right one is told.
        needs_judged_at: when the physician last judged it.
        needs_since: part → when it was first believed to be needed (ISO 8601); its 24 hours count from
            the later of this and the admission (LUS 2:2).
        municipality_code: registered municipality; `deciding_code`: one that has decided that the person
            lives in another (LUS 5:2), empty if none.
        sip_needed: help is needed from both region and municipality (LUS 4:1); None until judged.
        compulsory: open compulsory psychiatric care: a coordinated care plan in place of a SIP.
        ready_at: since when the last standing judgement holds; `ready_sent_at`: since when it is told.
        source_id: the stay's name in the hospital's own system.
        changed_at: when it was last saved as a new version; what others have not read yet is found by it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=12, unique=True)
    person = link("people.Person", related_name="+")
    provider = link("organisations.Provider", related_name="+")
    unit = link("organisations.Unit", related_name="+")
    status = models.CharField(
        max_length=12, choices=choices(CaseStatus), default=CaseStatus.ADMITTED
    )
    version = models.PositiveIntegerField(default=1)
    track = models.CharField(max_length=8, choices=choices(Track), blank=True, default="")
    psychiatric = models.BooleanField(default=False)
    compulsory = models.BooleanField(default=False)
    needs = ArrayField(models.CharField(max_length=20), default=list)
    help_kinds = ArrayField(models.CharField(max_length=8), default=list)
    needs_judged_at = models.DateTimeField(null=True, blank=True)
    needs_since = models.JSONField(default=dict, blank=True)
    needs_judged_by = models.CharField(max_length=LINE, blank=True, default="")
    municipality_code = models.CharField(max_length=4, blank=True, default="")
    deciding_code = models.CharField(max_length=4, blank=True, default="")
    sip_needed = models.BooleanField(null=True, blank=True)
    refused_help = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=LINE)
    admitted_at = models.DateTimeField(null=True, blank=True)
    estimated_at = models.DateField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    ready_by = models.CharField(max_length=LINE, blank=True, default="")
    ready_sent_at = models.DateTimeField(null=True, blank=True)
    discharged_at = models.DateTimeField(null=True, blank=True)
    goes_to = models.CharField(max_length=LINE, blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(
        max_length=16, choices=choices(CloseReason), blank=True, default=""
    )
    plan_id = models.UUIDField(null=True, blank=True)
    readmission_of = link("discharge.Case", null=True, blank=True, related_name="readmissions")
    source = models.CharField(max_length=200, blank=True, default="")
    source_id = models.CharField(max_length=800, blank=True, default="")
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["changed_at", "id"], name="case_changed"),
            models.Index(fields=["unit", "status"], name="case_unit_status"),
            models.Index(fields=["person", "admitted_at"], name="case_person"),
            models.Index(fields=["municipality_code", "discharged_at"], name="case_municipality"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(status__in=sorted(INSIDE)),
                name="case_one_stay_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=~Q(source_id=""),
                name="case_once_per_source",
            ),
            models.CheckConstraint(
                condition=Q(discharged_at__isnull=True) | Q(discharged_at__gte=F("admitted_at")),
                name="case_home_after_admission",
            ),
            models.CheckConstraint(
                condition=~Q(status=CaseStatus.READY)
                | Q(ready_at__isnull=False, ready_sent_at__isnull=False) & ~Q(ready_by=""),
                name="case_ready_is_judged",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[*sorted(INSIDE), CaseStatus.HOME])
                | Q(admitted_at__isnull=False),
                name="case_inside_is_admitted",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CaseUnit(Guarded):
    """A unit that takes part in a case, and what it is there (berörd enhet)."""

    gate: ClassVar[GatePath | None] = GatePath.through("case")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = link("discharge.Case", related_name="units")
    person = link("people.Person", related_name="+")
    unit = link("organisations.Unit", related_name="+")
    provider = link("organisations.Provider", related_name="+")
    part = models.CharField(max_length=20, choices=choices(Part))
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    planning_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "until"], name="case_unit_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "unit"], condition=Q(until__isnull=True), name="case_unit_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Readiness(Guarded):
    """The treating physician's judgement that the person is ready (LUS 1:3, 3:1), kept as it was.

    The judgement and the notice of it are two moments; a new one after a withdrawal begins a new count.
    """

    gate: ClassVar[GatePath | None] = GatePath.through("case")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = link("discharge.Case", related_name="judgements")
    person = link("people.Person", related_name="+")
    judged_at = models.DateTimeField()
    judged_by = models.CharField(max_length=LINE)
    sent_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(withdrawn_at__isnull=True), name="readiness_one"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__gte=F("judged_at")), name="readiness_sent_after_judged"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Leave(Guarded):
    """Home leave (permission): still admitted, at home for some days.

    `withdrawn_at`: it was taken back or put right; only the one that holds counts.
    """

    gate: ClassVar[GatePath | None] = GatePath.through("case")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = link("discharge.Case", related_name="leaves")
    person = link("people.Person", related_name="+")
    message = link("discharge.Message", null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="leave_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Heard(Guarded):
    """What the hospital's own system has told of a stay, and what the ward has yet to tell because of it.

    Attributes:
        phase: how far the stay has come there.
        told_at: `meta.lastUpdated` of what was heard last; empty where the system does not say.
        units: whom that system names as those to be told of the admission.
        untold: kinds of messages that are prepared and wait for the ward.
    """

    gate: ClassVar[GatePath | None] = GatePath.through("case")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField("discharge.Case", on_delete=models.PROTECT, related_name="heard")
    person = link("people.Person", related_name="+")
    phase = models.CharField(max_length=10, choices=choices(Phase))
    told_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField()
    units = ArrayField(models.UUIDField(), default=list)
    untold = ArrayField(models.CharField(max_length=12), default=list)

    def __str__(self) -> str:
        return str(self.id)
