"""What must be in place before someone goes home, what the person ticks off, and the first contact at home."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samverka.access.guarded import GatePath, Guarded, choices
from samverka.discharge.models.columns import link
from samverka.discharge.rules.after import Feeling, Outcome, Question
from samverka.discharge.rules.items import Answer, ItemKind
from samverka.discharge.rules.kinds import LINE, Secrecy
from samverka.discharge.rules.preparing import Tick


class GoingHome(Guarded):
    """What a case has of going home, one for each: the list, and when the person was told of the own one.

    Attributes:
        listed_at: when the ward put the list together; None: the ward has none.
    """

    gate: ClassVar[GatePath | None] = GatePath.through("case")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField("discharge.Case", models.PROTECT, related_name="going_home")
    person = link("people.Person", related_name="+")
    listed_at = models.DateTimeField(null=True, blank=True)
    listed_by = models.CharField(max_length=LINE, blank=True, default="")
    told_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.id)


class Item(Guarded):
    """One line of the list "ready to go home": one unit answers for it.

    Attributes:
        words: what it is about, beside what the kind says.
        answer: what holds now; every answer that has been given stands in `ItemAnswer`.
        secrecy: empty: the unit keeps it to itself.
        from_person: the person's own no, or question.
        at_home: asked when the person had come home.
    """

    gate: ClassVar[GatePath | None] = GatePath.through("case")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = link("discharge.Case", related_name="items")
    person = link("people.Person", related_name="+")
    kind = models.CharField(max_length=16, choices=choices(ItemKind))
    words = models.CharField(max_length=1000, blank=True, default="")
    unit = link("organisations.Unit", related_name="+")
    secrecy = models.CharField(max_length=12, choices=choices(Secrecy), blank=True, default="")
    secrecy_note = models.CharField(max_length=500, blank=True, default="")
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=LINE)
    asked_from = models.CharField(max_length=LINE, blank=True, default="")
    from_person = models.BooleanField(default=False)
    at_home = models.BooleanField(default=False)
    answer = models.CharField(max_length=12, choices=choices(Answer), blank=True, default="")
    answer_words = models.CharField(max_length=1000, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=LINE, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["case", "asked_at"], name="item_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__gte=F("asked_at")) & ~Q(answered_by=""),
                name="item_answered_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.NO) | ~Q(answer_words=""), name="item_no_says_what"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ItemAnswer(Guarded):
    """One answer as it was given. Nothing here is changed or taken away."""

    gate: ClassVar[GatePath | None] = GatePath.through("item__case")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = link("discharge.Item", related_name="answers")
    person = link("people.Person", related_name="+")
    unit = link("organisations.Unit", related_name="+")
    answer = models.CharField(max_length=12, choices=choices(Answer))
    words = models.CharField(max_length=1000, blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=LINE)

    class Meta:
        indexes = [models.Index(fields=["item", "at"], name="item_answer_item")]

    def __str__(self) -> str:
        return str(self.id)


class Ticked(Guarded):
    """What the person, or one who acts for the person, has answered before going home. The last one holds.

    Attributes:
        yes: None: a question in words.
        on_behalf_of: the person's name where someone else has ticked.
    """

    gate: ClassVar[GatePath | None] = GatePath.through("case")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = link("discharge.Case", related_name="ticks")
    person = link("people.Person", related_name="+")
    tick = models.CharField(max_length=12, choices=choices(Tick))
    yes = models.BooleanField(null=True, blank=True)
    words = models.CharField(max_length=1000, blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=LINE)
    on_behalf_of = models.CharField(max_length=LINE, blank=True, default="")
    item = link("discharge.Item", null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="ticked_case")]

    def __str__(self) -> str:
        return str(self.id)


class AfterContact(Guarded):
    """That a unit is to hear how it goes at home, and how that went; one for each case.

    Attributes:
        due_at: elapsed time from the discharge (county setting).
        made_at: when the outcome was settled: reached, or given up.
    """

    gate: ClassVar[GatePath | None] = GatePath.through("case")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField("discharge.Case", models.PROTECT, related_name="after")
    person = link("people.Person", related_name="+")
    unit = link("organisations.Unit", related_name="+")
    due_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=choices(Outcome), blank=True, default="")
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", made_at__isnull=True)
                | ~Q(outcome="") & Q(made_at__isnull=False),
                name="after_outcome_has_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class AfterTry(Guarded):
    """One attempt to hear how it goes at home."""

    gate: ClassVar[GatePath | None] = GatePath.through("after__case")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    after = link("discharge.AfterContact", related_name="tries")
    person = link("people.Person", related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=LINE)
    reached = models.BooleanField()
    words = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["after", "at"], name="after_try_after")]

    def __str__(self) -> str:
        return str(self.id)


class AfterAnswer(Guarded):
    """What the person answered to one of the five questions.

    Attributes:
        item: the task that it became, where it worried.
    """

    gate: ClassVar[GatePath | None] = GatePath.through("asked__after__case")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked = link("discharge.AfterTry", related_name="answers")
    person = link("people.Person", related_name="+")
    question = models.CharField(max_length=12, choices=choices(Question))
    feeling = models.CharField(max_length=8, choices=choices(Feeling))
    words = models.CharField(max_length=1000, blank=True, default="")
    item = link("discharge.Item", null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asked", "question"], name="after_answer_once")
        ]

    def __str__(self) -> str:
        return str(self.id)
