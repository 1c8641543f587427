"""Rows: forms, rounds, reports and their answers, versions, comments, coding. No person.

A recipient is an area. One that is not an organisation here (another region, whose report came as a file)
has no `organisation`.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samverka.access.guarded import Guarded, choices
from samverka.transition.rules.reports.codes import Reading
from samverka.transition.rules.reports.kinds import Recipient
from samverka.transition.rules.reports.reminding import Stage
from samverka.transition.rules.reports.steps import ReportStatus

CODE = 40
NAME = 200


class ReportForm(Guarded):
    """One version of a form. Never changed; another version is another row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    definition = models.JSONField()
    why = models.CharField(max_length=500, blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=NAME)

    def __str__(self) -> str:
        return str(self.number)


class ReportRound(Guarded):
    """A round of status reports in a county; `county` "00": the nation.

    Attributes:
        previous: the round whose answers stand beside the questions.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    county = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=NAME)
    agreement = models.CharField(max_length=NAME, blank=True, default="")
    form = models.ForeignKey(ReportForm, on_delete=models.PROTECT)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)
    opens = models.DateField()
    due = models.DateField()
    closes = models.DateField()
    opened_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=NAME, blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=NAME)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "year", "title"], name="report_round_once"),
            models.CheckConstraint(
                condition=Q(due__gte=F("opens")) & Q(closes__gte=F("due")), name="report_round_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year}"


class Report(Guarded):
    """What one recipient answers in one round.

    Attributes:
        municipality: code; empty for a region.
        figures: measure → figure as it was when the report was signed; with it the snapshot.
        seal: SHA-256 of what was signed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(ReportRound, on_delete=models.PROTECT, related_name="reports")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True
    )
    recipient = models.CharField(max_length=16, choices=choices(Recipient))
    county = models.CharField(max_length=2)
    municipality = models.CharField(max_length=4, blank=True, default="")
    name = models.CharField(max_length=NAME)
    status = models.CharField(
        max_length=12, choices=choices(ReportStatus), default=ReportStatus.NOT_BEGUN.value
    )
    version = models.PositiveIntegerField(default=1)
    figures = models.JSONField(default=dict, blank=True)
    seal = models.CharField(max_length=64, blank=True, default="")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.CharField(max_length=NAME, blank=True, default="")
    signed_as = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "name"], name="report_one_each")]

    def __str__(self) -> str:
        return str(self.id)


class ReportAnswer(Guarded):
    """The answer to one question.

    Attributes:
        value: as `rules.reports.answers.answer_data` gives it.
        others: texts that met another's: {"value", "by", "at", "source"}; nothing typed is lost.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=CODE)
    value = models.JSONField(default=dict)
    others = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=NAME)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "question"], name="report_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.question}"


class ReportReminder(Guarded):
    """That those whose turn a report was were reminded at a stage; once for each turn. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="reminders")
    stage = models.CharField(max_length=12, choices=choices(Stage))
    status = models.CharField(max_length=12, choices=choices(ReportStatus))
    day = models.DateField(db_index=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "stage", "status"], name="reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.stage}"


class ReportVersion(Guarded):
    """The report as it was when a step was taken, and who took it. Never changed."""

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=12, choices=choices(ReportStatus))
    step = models.CharField(max_length=12)
    reason = models.CharField(max_length=500, blank=True, default="")
    answers = models.JSONField()
    seal = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=NAME)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.number}"


class ReportComment(Guarded):
    """A word to colleagues about one question, until it is dealt with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="comments")
    question = models.CharField(max_length=CODE)
    words = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=NAME)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.CharField(max_length=NAME, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["report", "question"], name="report_comment_question")]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="report_comment_words")]

    def __str__(self) -> str:
        return str(self.id)


class Codebook(Guarded):
    """One version of the code book. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    codes = models.JSONField()
    why = models.CharField(max_length=500, blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=NAME)

    def __str__(self) -> str:
        return str(self.number)


class Coding(Guarded):
    """What one reader saw in one answer in free words, or what two decided together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answer = models.ForeignKey(ReportAnswer, on_delete=models.PROTECT, related_name="codings")
    reading = models.CharField(max_length=8, choices=choices(Reading))
    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT)
    codes = ArrayField(models.CharField(max_length=CODE), default=list, blank=True)
    coder_id = models.UUIDField()
    coder = models.CharField(max_length=NAME)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "reading"], name="coding_reading_once"),
            models.UniqueConstraint(
                fields=["answer", "coder_id"],
                condition=~Q(reading=Reading.RESOLVED.value),
                name="coding_two_readers",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
