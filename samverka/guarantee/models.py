"""Rows: a person's wait under the waiting-time guarantee, and all that has been said and done about it.

Nothing that was promised to the person is overwritten: an offer, a pause and a contact that was wrong is
taken back with a reason and stands beside the right one, and what a wait said before stands in `WaitChange`.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from samverka.access.guarded import GatePath, Guarded, Held, choices
from samverka.contacts.rules import OWN_SOURCE, Way
from samverka.guarantee.rules import (
    ClockStatus,
    Ending,
    LetterKind,
    Level,
    Matter,
    Part,
    Profession,
    Purpose,
    Reason,
    Residence,
)
from samverka.guarantee.rules.hearing import Answer
from samverka.guarantee.rules.keeping import LINE, WORDS
from samverka.guarantee.rules.letters import Way as LetterWay


def _link(to: str, **options: Any) -> Any:
    """A foreign key that never takes anything away with it."""
    return models.ForeignKey(to, on_delete=models.PROTECT, **{"related_name": "+"} | options)


class Wait(Held):
    """One person's wait for one part of the guarantee, held by the unit that the person waits for (HSL 9:1).

    Attributes:
        kind: which part of the guarantee.
        what: what the person waits for, in words to the person; `area`: specialty or area of care.
        chosen: the provider that the person has chosen, in words (PL 9:1).
        listed_unit: where the person was listed when the wait began.
        of_region: the region's guarantee holds for the person (HSL 8:1–2); `residence`: why.
        status, last_day: as judged on the day `judged_on` (the target date, where there is no limit); a
            page judges anew.
        target_on: until when a return visit or the like is needed: the guarantee sets no limit for those.
        source_id: the referral's name in the system that it came from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = _link("people.Person")
    provider = _link("organisations.Provider")
    unit = _link("organisations.Unit")
    kind = models.CharField(max_length=12, choices=choices(Part))
    matter = models.CharField(max_length=16, choices=choices(Matter), default=Matter.NEW_NEED)
    level = models.CharField(max_length=12, choices=choices(Level))
    what = models.CharField(max_length=WORDS)
    area = models.CharField(max_length=LINE, blank=True, default="")
    referrer = models.CharField(max_length=LINE, blank=True, default="")
    chosen = models.CharField(max_length=LINE, blank=True, default="")
    sought_at = models.DateTimeField(null=True, blank=True)
    referral_issued_at = models.DateTimeField(null=True, blank=True)
    referral_received_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)
    listed_unit = _link("organisations.Unit", null=True, blank=True)
    in_choice_system = models.BooleanField(default=True)
    assessment_needed = models.BooleanField(null=True, blank=True)
    possible_at_once = models.BooleanField(default=False)
    need_judged_at = models.DateTimeField(null=True, blank=True)
    need_judged_by = models.CharField(max_length=LINE, blank=True, default="")
    of_region = models.BooleanField(default=True)
    residence = models.CharField(max_length=8, choices=choices(Residence))
    ended_on = models.DateField(null=True, blank=True)
    ended_why = models.CharField(max_length=12, choices=choices(Ending), blank=True, default="")
    ended_by = models.CharField(max_length=LINE, blank=True, default="")
    status = models.CharField(max_length=12, choices=choices(ClockStatus))
    last_day = models.DateField(null=True, blank=True)
    judged_on = models.DateField()
    version = models.PositiveIntegerField(default=1)
    source = models.CharField(max_length=200, default=OWN_SOURCE)
    source_id = models.CharField(max_length=800)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=LINE, blank=True, default="")
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "status"], name="wait_person_status"),
            models.Index(fields=["unit", "status", "last_day"], name="wait_unit_status"),
            models.Index(fields=["changed_at", "id"], name="wait_changed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id", "kind"], name="wait_once"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_why="")
                | Q(ended_on__isnull=False) & ~Q(ended_why=""),
                name="wait_ended_with_why",
            ),
            models.CheckConstraint(condition=~Q(what=""), name="wait_has_words"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Noted(Guarded):
    """What all parts of a wait have in common: who wrote it, when, and why it was taken back."""

    gate: ClassVar[GatePath | None] = GatePath.through("wait")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = _link("people.Person")
    source = models.CharField(max_length=200, default=OWN_SOURCE)
    source_id = models.CharField(max_length=800, blank=True, default="")
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=LINE, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=LINE, blank=True, default="")
    withdrawn_reason = models.CharField(max_length=WORDS, blank=True, default="")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.id)


_WITHDRAWN = Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason="")


class WaitContact(Noted):
    """A contact with care that may stop the clock. `purpose` empty: nobody has said what it was for."""

    wait = _link("guarantee.Wait", related_name="contacts")
    at = models.DateTimeField()
    purpose = models.CharField(max_length=16, choices=choices(Purpose), blank=True, default="")
    way = models.CharField(max_length=8, choices=choices(Way), blank=True, default="")
    profession = models.CharField(
        max_length=24, choices=choices(Profession), blank=True, default=""
    )
    unit = _link("organisations.Unit", null=True, blank=True)
    level = models.CharField(max_length=12, choices=choices(Level))
    instead_of_visit = models.BooleanField(default=False)
    answered = models.BooleanField(default=True)
    held = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wait", "source", "source_id"],
                condition=~Q(source_id=""),
                name="wait_contact_once",
            ),
            models.CheckConstraint(condition=_WITHDRAWN, name="wait_contact_withdrawn_why"),
        ]


class WaitOffer(Noted):
    """A time that the person was offered, and the answer. `elsewhere`: at another provider (HSL 9:2)."""

    wait = _link("guarantee.Wait", related_name="offers")
    made_on = models.DateField()
    care_on = models.DateField()
    where = models.CharField(max_length=LINE)
    elsewhere = models.BooleanField(default=False)
    travel = models.CharField(max_length=LINE, blank=True, default="")
    answer = models.CharField(max_length=4, choices=choices(Answer), blank=True, default="")
    answered_on = models.DateField(null=True, blank=True)
    answered_to = models.CharField(max_length=LINE, blank=True, default="")
    informed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wait", "source", "source_id"],
                condition=~Q(source_id=""),
                name="wait_offer_once",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True)
                | ~Q(answer="") & Q(answered_on__gte=F("made_on")),
                name="wait_offer_answered_after",
            ),
            models.CheckConstraint(
                condition=Q(care_on__gte=F("made_on")), name="wait_offer_care_after"
            ),
            models.CheckConstraint(condition=_WITHDRAWN, name="wait_offer_withdrawn_why"),
        ]


class WaitPause(Noted):
    """Days that are not counted, with the conditions that were met (HSF 6:2)."""

    wait = _link("guarantee.Wait", related_name="pauses")
    reason = models.CharField(max_length=16, choices=choices(Reason))
    first = models.DateField()
    last = models.DateField(null=True, blank=True)
    informed_on = models.DateField(null=True, blank=True)
    declined_on = models.DateField(null=True, blank=True)
    offer = _link("guarantee.WaitOffer", null=True, blank=True)
    words = models.CharField(max_length=WORDS, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")), name="wait_pause_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(reason=Reason.ABSTAINS)
                | Q(informed_on__isnull=False, declined_on__isnull=False, offer__isnull=False),
                name="wait_pause_three_conditions",
            ),
            models.CheckConstraint(condition=_WITHDRAWN, name="wait_pause_withdrawn_why"),
        ]


class WaitLetter(Noted):
    """A letter to the person, word for word as it was written; `way`: to the own page, or on paper."""

    wait = _link("guarantee.Wait", related_name="letters")
    kind = models.CharField(max_length=12, choices=choices(LetterKind))
    offer = _link("guarantee.WaitOffer", null=True, blank=True)
    way = models.CharField(max_length=5, choices=choices(LetterWay), default=LetterWay.PAPER)
    heading = models.CharField(max_length=LINE)
    words = models.JSONField(default=list)


class WaitChange(Guarded):
    """What a wait said before somebody put it right, and why. Nothing here is changed or taken away."""

    gate: ClassVar[GatePath | None] = GatePath.through("wait")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wait = _link("guarantee.Wait", related_name="changes")
    person = _link("people.Person")
    at = models.DateTimeField()
    by = models.CharField(max_length=LINE, blank=True, default="")
    before = models.JSONField(default=dict)
    reason = models.CharField(max_length=WORDS)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="wait_change_has_why")]

    def __str__(self) -> str:
        return str(self.id)
