"""Approval (justering): the units that answer for a plan's measures stand by it before it holds. Pure.

Sources: LPT (1991:1128) 7 a §, LRV (1991:1129) 12 a §: such a plan is established when the units have approved it.
Which kinds ask for it: `contents`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from samverka.careplans.rules.compare import ChangeKind
from samverka.careplans.rules.contents import KINDS, Content, PlanKind
from samverka.kernel.actor import Side
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class ApprovalStatus(StrEnum):
    """What a unit has said of a plan that it is asked to approve. The codes are stored."""

    ASKED = "asked"
    APPROVED = "approved"
    CHANGE = "change"  # something must change first; said in words


APPROVAL_WORDS: dict[ApprovalStatus, Text] = {
    ApprovalStatus.ASKED: _("Har inte justerat än"),
    ApprovalStatus.APPROVED: _("Har justerat"),
    ApprovalStatus.CHANGE: _("Vill ändra något"),
}

APPROVAL_STEPS: dict[ApprovalStatus, frozenset[ApprovalStatus]] = {
    ApprovalStatus.ASKED: frozenset({ApprovalStatus.APPROVED, ApprovalStatus.CHANGE}),
    ApprovalStatus.CHANGE: frozenset({ApprovalStatus.APPROVED, ApprovalStatus.CHANGE}),
    ApprovalStatus.APPROVED: frozenset({ApprovalStatus.CHANGE}),
}
"""What a unit may answer next. Only until the plan holds."""

APPROVAL_LENGTH = 1000
"""Longest text of what must change (characters)."""

KEEPS_APPROVALS = frozenset(
    {
        ChangeKind.START,
        ChangeKind.PARTY,
        ChangeKind.SHARE,
        ChangeKind.WITHDRAW,
        ChangeKind.WITHHOLD,
        ChangeKind.ACTIVATE,
        ChangeKind.END,
    }
)
"""Changes that leave what the units have read as it was. After any other they are asked anew."""


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """One unit's answer to the plan as it reads now."""

    unit_id: UUID
    name: str
    side: Side
    status: ApprovalStatus = ApprovalStatus.ASKED


def asks_approval(kind: PlanKind) -> bool:
    """Whether plans of the kind hold only when the units have approved them."""
    return Content.APPROVALS in KINDS[kind].required


def check_approval(
    status: ApprovalStatus, answer: ApprovalStatus, *, own: bool, lapsed: bool, words: str = ""
) -> None:
    """Raise, saying why, unless the unit may give that answer now.

    Args:
        own: the one who answers works at the unit that is asked.
        lapsed: the plan has been changed since the unit was asked.
    """
    if not own:
        raise NotAllowed(_("Enheten som har insatsen justerar planen själv."))
    if lapsed:
        raise NotNow(
            _("Planen har ändrats sedan ni fick frågan."),
            mend=_("Läs planen som den är nu. Ni får frågan igen."),
        )
    if answer not in APPROVAL_STEPS[status]:
        raise NotNow(_("Ni har redan justerat planen."))
    if answer is ApprovalStatus.CHANGE and not words.strip():
        raise Invalid(_("Skriv vad som behöver ändras."), where="words")
