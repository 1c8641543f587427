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
    RECEIVE = "receive"


class By(StrEnum):
    """Whose the step is."""

    OWN = "own"  # the organisation that reports
    KEEPER = "keeper"  # the one who keeps the round
    OUTSIDE = "outside"  # the keeper, for one who is not here and has sent a file


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
# A national organisation is neither region nor municipality.
_KEEPERS = frozenset({Side.REGION, Side.PRIVATE, Side.SYSTEM})
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
        # The reason says who has signed it where it came from.
        Step(
            StepName.RECEIVE,
            ReportStatus.LOCKED,
            _KEEPERS,
            By.OUTSIDE,
            _EDIT,
            _("Ta emot och lås"),
            reason=True,
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
    """How an actor stands to a report.

    Attributes:
        own: works for the organisation that reports.
        keeper: works for the one who keeps the round.
        outside: the one who reports is not here: what it has sent is read in by the keeper.
    """

    own: bool
    keeper: bool
    outside: bool = False

    def is_by(self, by: By) -> bool:
        """Whether the actor is the one whose step it is."""
        return {
            By.OWN: self.own,
            By.KEEPER: self.keeper,
            By.OUTSIDE: self.keeper and self.outside,
        }[by]


def may_step(step: Step, actor: Actor, standing: Standing) -> bool:
    """Whether the actor may take the step; the same predicate for button and operation."""
    return standing.is_by(step.by) and step.needs in actor.permissions and actor.side in step.sides


def may_write(status: ReportStatus, actor: Actor, standing: Standing) -> bool:
    """Whether the actor may change the answers now."""
    writes = standing.own or standing.is_by(By.OUTSIDE)
    return status in WRITABLE and writes and Permission.REPORT_EDIT in actor.permissions


def may_read(status: ReportStatus, standing: Standing, *, published: bool) -> bool:
    """Whether the actor may know what the report says; drafts are the organisation's own."""
    if standing.own or standing.is_by(By.OUTSIDE):
        return True
    return (standing.keeper and status in HANDED_IN) or (
        published and status is ReportStatus.LOCKED
    )


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
    if step.by is not By.OWN:
        return _("Det gör den som håller i omgången.")
    if step.needs is Permission.REPORT_SIGN:
        return _("Bara den egna organisationens chef kan underteckna.")
    return _("Det gör den organisation som rapporterar.")
