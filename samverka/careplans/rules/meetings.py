"""Meetings about a plan and the calls to them: statuses, who may call, when an answer is due. Pure.

The huvudmän are called (kallas) and must answer; others are invited (bjuds in). Sources: HSL (2017:30)
16:4 and SoL (2025:400) 10:8–9 (begun without delay), LUS (2017:612) 4:1 and 4:3 (the fast vårdkontakt
in regional care calls, within three days), LPT (1991:1128) 7 a § (the chief physician's unit).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from samverka.careplans.rules.kinds import PlanKind
from samverka.kernel.actor import Branch, Side
from samverka.kernel.calendar import local_date, said_date
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

LINE = 200
"""Longest name, place or role (characters)."""

PURPOSE_LENGTH = 1000
"""Longest purpose (characters)."""

REASON_LENGTH = 500
"""Longest reason for a no, or for calling a meeting off (characters)."""

LINK_LENGTH = 500
"""Longest video link (characters)."""

LONGEST = timedelta(hours=8)
"""A longer meeting is a slip of the pen (hours)."""


# ── the meeting ──


class MeetingStatus(StrEnum):
    """How far a meeting has come. The codes are stored."""

    PLANNED = "planned"
    HELD = "held"  # over; not everyone has confirmed what was agreed
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


MEETING_WORDS: dict[MeetingStatus, Text] = {
    MeetingStatus.PLANNED: _("Planerat"),
    MeetingStatus.HELD: _("Hållet"),
    MeetingStatus.CONFIRMED: _("Bekräftat av alla"),
    MeetingStatus.CANCELLED: _("Inställt"),
}


class MeetingStep(StrEnum):
    """What can be done with a meeting."""

    MOVE = "move"
    HOLD = "hold"
    CONFIRM = "confirm"  # the last party's yes
    CANCEL = "cancel"


MEETING_STEPS: dict[MeetingStatus, dict[MeetingStep, MeetingStatus]] = {
    MeetingStatus.PLANNED: {
        MeetingStep.MOVE: MeetingStatus.PLANNED,
        MeetingStep.HOLD: MeetingStatus.HELD,
        MeetingStep.CANCEL: MeetingStatus.CANCELLED,
    },
    MeetingStatus.HELD: {MeetingStep.CONFIRM: MeetingStatus.CONFIRMED},
    MeetingStatus.CONFIRMED: {},
    MeetingStatus.CANCELLED: {},
}
"""Status → step → status."""


def check_begun(starts_at: datetime, at: datetime) -> None:
    """Raise if a meeting is to be ended before it has begun.

    Raises:
        NotNow: with the two ways on: one meets now, or the time is changed.
    """
    if starts_at > at:
        raise NotNow(
            _("Mötet har inte börjat än, så det kan inte avslutas."),
            mend=_("Möts ni redan nu? Kryssa i det. Annars kan ni ändra mötets tid."),
        )


def may_step_meeting(status: MeetingStatus, step: MeetingStep) -> bool:
    """Whether the meeting can go that way now; the same predicate for button and operation."""
    return step in MEETING_STEPS[status]


def check_meeting_step(status: MeetingStatus, step: MeetingStep) -> MeetingStatus:
    """The status after the step.

    Raises:
        NotNow: the meeting has no such step from where it is.
    """
    if not may_step_meeting(status, step):
        raise NotNow(_("Mötet är: %(status)s. Då går det inte.", status=MEETING_WORDS[status]))
    return MEETING_STEPS[status][step]


# ── the call ──


class CallStatus(StrEnum):
    """What has come of a call. The codes are stored."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    OTHER_TIME = "other-time"  # asks for another time
    SUPERSEDED = "superseded"  # a new time was chosen; the answer that was given stays
    LAPSED = "lapsed"  # the meeting was held, and no answer had come
    WITHDRAWN = "withdrawn"  # the sender has taken it back, or the meeting is called off


CALL_WORDS: dict[CallStatus, Text] = {
    CallStatus.SENT: _("Väntar på svar"),
    CallStatus.ACCEPTED: _("Kommer"),
    CallStatus.DECLINED: _("Kommer inte"),
    CallStatus.OTHER_TIME: _("Vill ha en annan tid"),
    CallStatus.SUPERSEDED: _("Ersatt av en ny tid"),
    CallStatus.LAPSED: _("Svarade inte"),
    CallStatus.WITHDRAWN: _("Återkallad"),
}

STANDING_CALLS = frozenset(
    {CallStatus.SENT, CallStatus.ACCEPTED, CallStatus.DECLINED, CallStatus.OTHER_TIME}
)
"""Calls to the time that holds now; one may change one's answer as long as the meeting is ahead."""

ANSWERS = (CallStatus.ACCEPTED, CallStatus.DECLINED, CallStatus.OTHER_TIME)
"""What can be answered, in the order of the form."""

ANSWER_WORDS: dict[CallStatus, Text] = {
    CallStatus.ACCEPTED: _("Vi kommer"),
    CallStatus.DECLINED: _("Vi kan inte komma"),
    CallStatus.OTHER_TIME: _("Vi föreslår en annan tid"),
    CallStatus.SENT: _("Inget svar än"),
    CallStatus.SUPERSEDED: _("En ny tid har valts"),
    CallStatus.LAPSED: _("Inget svar kom"),
    CallStatus.WITHDRAWN: _("Kallelsen är återkallad"),
}


PERSON_ANSWER_WORDS: dict[CallStatus, Text] = ANSWER_WORDS | {
    CallStatus.ACCEPTED: _("Jag kommer"),
    CallStatus.DECLINED: _("Jag kan inte komma"),
    CallStatus.OTHER_TIME: _("Jag vill ha en annan tid"),
}
"""The same, said by one person."""


BEHALF_ANSWER_WORDS: dict[CallStatus, Text] = ANSWER_WORDS | {
    CallStatus.ACCEPTED: _("Kommer"),
    CallStatus.DECLINED: _("Kan inte komma"),
    CallStatus.OTHER_TIME: _("Vill ha en annan tid"),
}
"""The same, said by one who acts for the person."""


class Duty(StrEnum):
    """Whether one must come or may."""

    CALLED = "called"  # kallas: a huvudman's unit, which must answer
    INVITED = "invited"  # bjuds in


DUTY_WORDS: dict[Duty, Text] = {Duty.CALLED: _("Kallad"), Duty.INVITED: _("Inbjuden")}


class Invitee(StrEnum):
    """Who is called or invited."""

    UNIT = "unit"
    PERSON = "person"
    RELATIVE = "relative"
    OTHER = "other"  # school, employer, an organisation: in words


INVITEE_DUTY: dict[Invitee, Duty] = {
    Invitee.UNIT: Duty.CALLED,
    Invitee.PERSON: Duty.INVITED,
    Invitee.RELATIVE: Duty.INVITED,
    Invitee.OTHER: Duty.INVITED,
}
"""Every care unit works for a huvudman, which the law obliges; all others come because they want to."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a call. `time`: another time that would do, when one is asked for."""

    status: CallStatus
    reason: str = ""
    time: datetime | None = None


GUESTS = frozenset({Invitee.RELATIVE, Invitee.OTHER})
"""Invited by name."""


def is_guest(invitee: Invitee, name: str, who: str) -> bool:
    """Whether a guest is the one who asks: invited by that name, as one writes it, with or without a role."""
    guest = " ".join(name.partition(",")[0].casefold().split())
    return invitee in GUESTS and bool(guest) and guest == " ".join(who.casefold().split())


def may_answer_for(invitee: Invitee, *, is_person: bool, own: bool = False) -> bool:
    """Staff answer for their unit, and write down what others say; the person answers for oneself.

    Args:
        own: the one who acts for the person is the guest.
    """
    return invitee is Invitee.PERSON or own or not is_person


def check_answerer(invitee: Invitee, *, is_person: bool, own: bool = False) -> None:
    """Raise unless the person, or one who acts for the person, may answer that call."""
    if not may_answer_for(invitee, is_person=is_person, own=own):
        raise NotAllowed(_("Den som är bjuden svarar själv."))


def check_answer(now: CallStatus, answer: Answer, at: datetime) -> None:
    """Raise unless the call can be answered so: it stands, and a no has its reason."""
    if now is CallStatus.WITHDRAWN:
        raise NotNow(
            _("Kallelsen är återkallad, så den behöver inget svar."),
            mend=_("Ring den som kallade om ni ändå vill svara. Det ni skrev står kvar i rutan."),
        )
    if now is CallStatus.SUPERSEDED:
        raise NotNow(
            _("En ny tid har valts, och ni har fått en ny kallelse. Svara på den i stället.")
        )
    if now is CallStatus.LAPSED:
        raise NotNow(_("Mötet är hållet, så kallelsen behöver inget svar."))
    if answer.status not in ANSWERS:
        raise Invalid(_("Välj ett svar."), where="answer")
    if answer.status is CallStatus.DECLINED and not answer.reason.strip():
        raise Invalid(_("Skriv varför ni inte kan komma."), where="reason")
    if answer.status is CallStatus.OTHER_TIME:
        _check_other_time(answer, at)


def _check_other_time(answer: Answer, at: datetime) -> None:
    if answer.time is None and not answer.reason.strip():
        raise Invalid(_("Föreslå en tid, eller skriv när det passar."), where="time")
    if answer.time is not None and answer.time <= at:
        raise Invalid(_("Tiden har passerat. Föreslå en tid framåt."), where="time")


# ── who may call, and when ──

REGION_CALLS = frozenset({PlanKind.DISCHARGE, PlanKind.COERCIVE_CARE})
"""Kinds where the law names the region as the one who calls (LUS 4:1, LPT 7 a §, LRV 12 a §)."""

FAST_CONTACT_CALLS = frozenset({PlanKind.DISCHARGE})
"""Kinds where the region's fast vårdkontakt calls (LUS 4:1); the contact's unit does it in absence."""


def check_caller(kind: PlanKind, side: Side, *, has_contact: bool) -> None:
    """Raise unless one of this side may call to a meeting about that kind of plan.

    Args:
        has_contact: a fast vårdkontakt of the person works at the caller's unit.
    """
    if kind in REGION_CALLS and side is not Side.REGION:
        raise NotAllowed(_("Till ett sådant möte kallar regionen. Be dem att kalla."))
    if kind in FAST_CONTACT_CALLS and not has_contact:
        raise NotNow(
            _("Till ett sådant möte kallar den fasta vårdkontakten i regionens öppna vård."),
            mend=_("Utse en fast vårdkontakt på enheten, och kalla sedan."),
        )


_SOCIAL = frozenset({Branch.SOCIAL, Branch.IFO})


def may_call_without_consent(branch: Branch) -> bool:
    """Whether a unit may call another care provider before the person has consented.

    Such a call tells only that a unit which has to do with the person asks for a meeting. That is so
    little for health care; that social services are involved is itself a secret (OSL 26:1).
    """
    return branch not in _SOCIAL


def check_times(starts_at: datetime, ends_at: datetime, at: datetime) -> None:
    """Raise unless a meeting can be then."""
    if starts_at <= at:
        raise Invalid(_("Tiden har redan passerat. Välj en tid framåt."), where="starts_at")
    if ends_at <= starts_at:
        raise Invalid(_("Mötet måste sluta efter att det har börjat."), where="ends_at")
    if ends_at - starts_at > LONGEST:
        raise Invalid(_("Mötet är längre än åtta timmar. Ändra när det slutar."), where="ends_at")


def check_place(place: str, link: str) -> None:
    """Raise unless one can find the way: a place, or a link that a browser opens safely."""
    if not place and not link:
        raise Invalid(_("Skriv en plats eller en länk till videomötet."), where="place")
    if link and not link.startswith("https://"):
        raise Invalid(_("Länken ska börja med https://"), where="link")


def answer_by(
    sent_at: datetime, starts_at: datetime, within: timedelta, room: timedelta
) -> datetime:
    """The last moment to answer: the county's time, with room to ring before the meeting begins.

    Args:
        within: how long one has to answer.
        room: what is to be left between the last moment and the meeting. A meeting that is nearer than
            that leaves half of its time to answer and half to ring.
    """
    half = sent_at + (starts_at - sent_at) / 2
    return min(sent_at + within, max(starts_at - room, half))


def leaves_room(last_moment: datetime, starts_at: datetime, room: timedelta) -> bool:
    """Whether one who has not answered can be reminded and rung before the meeting."""
    return starts_at - last_moment >= room


# ── the end ──


class ConfirmStatus(StrEnum):
    """Whether a party stands by what was agreed."""

    OPEN = "open"
    CONFIRMED = "confirmed"


CONFIRM_WORDS: dict[ConfirmStatus, Text] = {
    ConfirmStatus.OPEN: _("Inte bekräftat än"),
    ConfirmStatus.CONFIRMED: _("Bekräftat"),
}

ANSWER_VERB = _("svara på kallelsen till mötet %(day)s")
LAST_DAY_VERB = _("svara på kallelsen till mötet %(day)s, tiden går ut")
REMIND_VERB = _("ringa: någon har inte svarat på kallelsen till mötet %(day)s")
NEW_TIME_VERB = _("välja tid: någon har föreslagit en annan än %(day)s")
HOLD_VERB = _("hålla mötet %(day)s, och bekräfta det som bestäms")
CONFIRM_VERB = _("bekräfta det som bestämdes på mötet %(day)s")
CONFIRM_FOR_VERB = _("fråga om personen står bakom det som bestämdes på mötet %(day)s")


def verb_of(verb: Text, starts_at: datetime) -> Text:
    """What is to be done, with the day of the meeting: two calls must not look alike."""
    return Text(verb.msgid, {"day": said_date(local_date(starts_at))})


# ── who writes where ──

PRESENT_FOR = timedelta(seconds=15)
"""One who has not been heard of for so long is not shown as writing (seconds)."""

CUT_AFTER = timedelta(minutes=1)
"""One writer's text becomes a version at most this often, and when it has rested this long."""

LIVE_SECTIONS = ("what_matters", "strengths", "needs", "attitude", "if_worse")
"""The plan's texts that several write in at once; the plan's name is changed on its own page."""
