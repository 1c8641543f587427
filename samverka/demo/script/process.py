"""The process round a plan: asked for, consented to, prepared at home, met about, kept alive."""

from __future__ import annotations

from dataclasses import dataclass

from samverka.access.rules import ConsentForm
from samverka.careplans.rules import (
    ActivityStatus,
    Answer,
    GoalStatus,
    PlanKind,
    PrepPart,
    Question,
    RefusalGround,
    RequestSource,
    Section,
    VoiceAnswer,
    VoiceKind,
)
from samverka.careplans.rules.meetings import CallStatus
from samverka.demo.script.events import Event
from samverka.demo.script.time import Moment

# ── asked for ──


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAsked(Event):
    """Someone asks for a plan; staff write it down for those who have no page of their own.

    Attributes:
        to: key of the unit that shall answer, when staff choose; else the own unit, or by the person's contact.
        again: key of the request that was answered no.
    """

    key: str
    reason: str
    kind: PlanKind = PlanKind.SIP
    source: RequestSource = RequestSource.STAFF
    asked_by: str = ""
    to: str = ""
    again: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskGranted(Event):
    """Yes: the plan that has been begun is the answer."""

    ask: str
    plan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRefused(Event):
    """No, with the reason that the person reads."""

    ask: str
    ground: RefusalGround
    reason: str


# ── consent ──


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentAsked(Event):
    """The person is asked on the own page: what, to which units (keys), and what it does not cover."""

    plan: str
    units: tuple[str, ...]
    covers: str
    not_covered: str
    until: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentAnswered(Event):
    """The person, or a guardian, answers the question on the own page."""

    plan: str
    yes: bool
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRefused(Event):
    """Staff note that the person has said no."""

    plan: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceNoted(Event):
    """A guardian's answer, or the child's own view and how it was weighed. `said_by`: key of a person."""

    plan: str
    kind: VoiceKind
    said_by: str
    answer: VoiceAnswer
    view: str = ""
    judgement: str = ""
    form: ConsentForm = ConsentForm.ORAL


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBack(Event):
    """A part of the plan stays with its author. One of the section, the goal or the activity (key)."""

    plan: str
    section: Section | None = None
    goal: str = ""
    activity: str = ""
    providers: tuple[str, ...] = ()
    reason: str


# ── prepared at home ──


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared(Event):
    """What the person writes before the meeting; a draft unless it is sent."""

    plan: str
    words: tuple[tuple[PrepPart, str], ...]
    sent: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedTaken(Event):
    """Staff have read it, and take the answers to these questions into the plan."""

    plan: str
    parts: tuple[PrepPart, ...]


# ── met about ──


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCalled(Event):
    """The unit of `by` calls other units (keys) and invites the person and others (names)."""

    key: str
    plan: str
    starts: Moment
    minutes: int = 60
    place: str = ""
    link: str = ""
    purpose: str
    units: tuple[str, ...]
    relatives: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnswered(Event):
    """An answer for the own unit, for oneself, or as `name` (a guest) said it to the unit that called."""

    meeting: str
    answer: CallStatus = CallStatus.ACCEPTED
    reason: str = ""
    time: Moment | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingHeld(Event):
    """The meeting ends with the read-out. `there`, `absent`: (name, role, key of the unit or "")."""

    meeting: str
    there: tuple[tuple[str, str, str], ...]
    absent: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedConfirmed(Event):
    """A party stands by what was agreed."""

    meeting: str


# ── told in other ways ──


@dataclass(frozen=True, slots=True, kw_only=True)
class EasyWritten(Event):
    """A part of the plan in easy words. One of the section, the goal or the activity (key)."""

    plan: str
    section: Section | None = None
    goal: str = ""
    activity: str = ""
    words: str


# ── kept alive ──


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFollowedUp(Event):
    """The plan is followed up together. `goals`, `activities`: (key, how it went, in the person's words).

    Attributes:
        took_part: who was there, in words.
        words: what the person says of it all.
        answers: to the questions of a follow-up.
        follow_up: the next day.
        why: why the plan was changed, if it was.
    """

    plan: str
    took_part: str
    words: str
    answers: tuple[tuple[Question, Answer], ...] = ()
    goals: tuple[tuple[str, GoalStatus, str], ...] = ()
    activities: tuple[tuple[str, ActivityStatus, str], ...] = ()
    follow_up: Moment
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherTold(Event):
    """The other huvudman has been told of the plan (LSS 10 §)."""

    plan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEnded(Event):
    """The plan ends: why, what comes instead, and whom the person turns to."""

    plan: str
    reason: str
    what_next: str = ""
    to_whom: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarerLinked(Event):
    """The carer's plan is linked to that of the one cared for; neither is shown in the other."""

    plan: str
    cared: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayNoted(Event):
    """The contact of the person is away. `stand_in`: key of the colleague; empty: nobody yet."""

    staff: str
    since: Moment
    until: Moment
    stand_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Event):
    """`by` hands the contacts of several persons (keys) over to a colleague, with one list, from a day on."""

    staff: str
    persons: tuple[str, ...]
    day: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfCareAdvised(Event):
    """`by`, who is licensed, has judged what the person can do alone or with help."""

    what: str
    how: str
    call_when: str
    risks: str
    reassess: Moment
    helper: str = ""
    wish: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsTold(Event):
    """The person has rung: staff write down what was said, for the one who said it (key)."""

    plan: str
    said_by: str
    words: str
