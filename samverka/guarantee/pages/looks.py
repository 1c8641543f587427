"""How a wait looks: tones, icons, and where its next step leads."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from samverka.guarantee.reads import WaitDetail
from samverka.guarantee.rules import ClockStatus, DutyStatus
from samverka.guarantee.rules.turns import BUTTONS, Doing
from samverka.web.door import translated

STATUS_TONES = {
    ClockStatus.OUTSIDE: "neutral",
    ClockStatus.NOT_STARTED: "neutral",
    ClockStatus.RUNNING: "info",
    ClockStatus.RESTING: "neutral",
    ClockStatus.MET: "success",
    ClockStatus.LATE: "warning",
    ClockStatus.BREACHED: "danger",
    ClockStatus.ENDED: "neutral",
    ClockStatus.PLANNED: "info",
}
STATUS_ICONS = {
    ClockStatus.OUTSIDE: "ban",
    ClockStatus.NOT_STARTED: "hourglass",
    ClockStatus.RUNNING: "clock",
    ClockStatus.RESTING: "hourglass",
    ClockStatus.MET: "circle-check",
    ClockStatus.LATE: "clock",
    ClockStatus.BREACHED: "triangle-alert",
    ClockStatus.ENDED: "lock",
    ClockStatus.PLANNED: "calendar",
}
DUTY_TONES = {
    DutyStatus.NONE: "neutral",
    DutyStatus.OWED: "warning",
    DutyStatus.OFFERED: "info",
    DutyStatus.ACCEPTED: "success",
    DutyStatus.DECLINED: "neutral",
    DutyStatus.OVER: "neutral",
}
LOOKS = {"status_tones": STATUS_TONES, "status_icons": STATUS_ICONS, "duty_tones": DUTY_TONES}

_FORMS = {
    Doing.NEED: "guarantee:need",
    Doing.CALL: "guarantee:contact",
    Doing.OFFER: "guarantee:offer",
    Doing.ELSEWHERE: "guarantee:elsewhere",
    Doing.MEET: "guarantee:contact",
}


def next_href(found: WaitDetail) -> str:
    """The form of the next step; the wait's own page where there is nothing to fill in."""
    step, here = found.step, reverse("guarantee:wait", args=[found.id])
    if step is None or not found.may_edit:
        return here
    if step.doing is Doing.ANSWER and found.unanswered:
        return _part("guarantee:answer", found, found.unanswered.id)
    if step.doing is Doing.JUDGE_CONTACT and found.unjudged:
        return _part("guarantee:judge", found, found.unjudged.id)
    if step.doing is Doing.REST and found.open_pause:
        return _part("guarantee:pause_end", found, found.open_pause.id)
    name = _FORMS.get(step.doing)
    return reverse(name, args=[found.id]) if name else here


def _part(name: str, found: WaitDetail, part_id: UUID) -> str:
    return reverse(name, args=[found.id, part_id])


def button_of(found: WaitDetail) -> str:
    """What the next step's button says."""
    return translated(BUTTONS[found.step.doing]) if found.step else ""
