"""A report's way in one table: status → next status → who may. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samverka.kernel.actor import Actor, Permission, Side
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class ReportStatus(StrEnum):
    """Where a report is on its way."""

    NOT_BEGUN = "not-begun"
    ANSWERING = "answering"
    IN_REVIEW = "in-review"
    SIGNED = "signed"
    LOCKED = "locked"


class StepName(StrEnum):
    """Names of the steps; they stand in addresses."""

    BEGIN = "begin"
    SEND = "send"
    BACK = "back"
    SIGN = "sign"
    WITHDRAW = "withdraw"
    LOCK = "lock"
    REOPEN = "reopen"


class By(StrEnum):
    """Whose the step is."""

    OWN = "own"  # the organisation that reports
    KEEPER = "keeper"  # the one who keeps the round


@dataclass(frozen=True, slots=True)
class Step:
    """One way out of a status. `reason`: it must be said why."""

    name: StepName
    to: ReportStatus
    sides: frozenset[Side]
    by: By
    needs: Permission
    words: Text
    reason: bool = False


_ANSWERERS = frozenset({Side.REGION, Side.MUNICIPALITY, Side.SYSTEM})
_KEEPERS = frozenset({Side.REGION, Side.SYSTEM})
_EDIT, _SIGN = Permission.REPORT_EDIT, Permission.REPORT_SIGN

STEPS: dict[ReportStatus, tuple[Step, ...]] = {
    ReportStatus.NOT_BEGUN: (
        Step(StepName.BEGIN, ReportStatus.ANSWERING, _ANSWERERS, By.OWN, _EDIT, _("Börja svara")),
    ),
    ReportStatus.ANSWERING: (
        Step(
            StepName.SEND,
            ReportStatus.IN_REVIEW,
            _ANSWERERS,
            By.OWN,
            _EDIT,
            _("Lämna för granskning"),
        ),
    ),
    ReportStatus.IN_REVIEW: (
        Step(StepName.SIGN, ReportStatus.SIGNED, _ANSWERERS, By.OWN, _SIGN, _("Underteckna")),
        Step(
            StepName.BACK,
            ReportStatus.ANSWERING,
            _ANSWERERS,
            By.OWN,
            _EDIT,
            _("Lämna tillbaka"),
            reason=True,
        ),
    ),
    ReportStatus.SIGNED: (
        Step(StepName.LOCK, ReportStatus.LOCKED, _KEEPERS, By.KEEPER, _EDIT, _("Ta emot och lås")),
        Step(
            StepName.WITHDRAW,
            ReportStatus.ANSWERING,
            _ANSWERERS,
            By.OWN,
            _SIGN,
            _("Dra tillbaka underskriften"),
            reason=True,
        ),
    ),
    ReportStatus.LOCKED: (
        Step(
            StepName.REOPEN,
            ReportStatus.ANSWERING,
            _KEEPERS,
            By.KEEPER,
            _EDIT,
            _("Öppna igen"),
            reason=True,
        ),
    ),
}
"""The process in one table."""

STATUS_WORDS: dict[ReportStatus, Text] = {
    ReportStatus.NOT_BEGUN: _("Inte påbörjad"),
    ReportStatus.ANSWERING: _("Besvaras"),
    ReportStatus.IN_REVIEW: _("Granskas"),
    ReportStatus.SIGNED: _("Undertecknad"),
    ReportStatus.LOCKED: _("Låst"),
}

WRITABLE = frozenset({ReportStatus.NOT_BEGUN, ReportStatus.ANSWERING})
"""The answers can be changed."""

HANDED_IN = frozenset({ReportStatus.SIGNED, ReportStatus.LOCKED})
"""The organisation has done its part."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an actor stands to a report: works for the one who reports, or for the one who keeps the round."""

    own: bool
    keeper: bool


def may_step(step: Step, actor: Actor, standing: Standing) -> bool:
    """Whether the actor may take the step; the same predicate for button and operation."""
    related = standing.own if step.by is By.OWN else standing.keeper
    return related and step.needs in actor.permissions and actor.side in step.sides


def steps_of(status: ReportStatus, actor: Actor, standing: Standing) -> tuple[Step, ...]:
    """The steps that the actor may take now."""
    return tuple(one for one in STEPS[status] if may_step(one, actor, standing))


def check_step(
    status: ReportStatus, name: StepName, actor: Actor, standing: Standing, reason: str = ""
) -> Step:
    """The step, if it may be taken.

    Raises:
        NotNow: the report is somewhere else on its way.
        NotAllowed: it is another's step.
        Invalid: it must be said why.
    """
    step = next((one for one in STEPS[status] if one.name is name), None)
    if step is None:
        raise NotNow(
            _("Det går inte nu: rapporten är %(status)s.", status=STATUS_WORDS[status]),
            mend=_("Ladda om sidan. Någon kan ha hunnit före."),
        )
    if not may_step(step, actor, standing):
        raise NotAllowed(_not_yours(step))
    if step.reason and not reason.strip():
        raise Invalid(_("Skriv varför."), where="reason")
    return step


def _not_yours(step: Step) -> Text:
    if step.by is By.KEEPER:
        return _("Det gör den som håller i omgången.")
    if step.needs is Permission.REPORT_SIGN:
        return _("Bara den egna organisationens chef kan underteckna.")
    return _("Det gör den organisation som rapporterar.")
