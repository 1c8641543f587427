"""What is known of one stay when liability for payment is judged. Plain values, checked in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from samverka.kernel.calendar import local, local_date, said_moment
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that was sent and stands: neither withdrawn nor sent back as wrongly addressed.

    Attributes:
        municipalities: codes of the municipalities among the receivers.
        open_care: the region's open care was among the receivers.
        due_at: when it was due by the judgement that stood when it was sent: one that came later puts
            off nothing. None: by that of the stay.
    """

    at: datetime
    municipalities: frozenset[str]
    open_care: bool = False
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A call to a shared plan (SIP). The law wants it from the fixed contact in the region's open care."""

    at: datetime
    by_regional_contact: bool = True


@dataclass(frozen=True, slots=True)
class Ready:
    """The treating physician's judgement that the patient is ready to go home (LUS 1:3 p. 5).

    Attributes:
        judged_at: when the physician judged; never what the clock runs from.
        sent: the notices of it (LUS 3:1), also one by the chief physician by LPT 7 a §.
        withdrawn_at: the patient became worse; a later judgement is a new `Ready` with a new notice.
    """

    judged_at: datetime
    physician: str
    sent: tuple[Sent, ...] = ()
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Days when something the region's open care answers for is not there, or unclear (LUS 5:5).

    Attributes:
        last: the last day, itself included; None while it lasts.
    """

    first: date
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies within."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave at home from the ward; `back_at` is None while it lasts."""

    left_at: datetime
    back_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StayFacts:
    """One stay in inpatient care, as it is known.

    Attributes:
        stay_id: the case's own id; never a personal identity number.
        need_judged_at: when the physician judged that help may be needed, if later than admission.
        discharged_at: when the patient left, also by death; None while still there.
        registered: code of the municipality where the patient is registered (folkbokförd).
        deciding: code of the municipality that decided on the home elsewhere (LUS 5:2 second part).
        needs_municipal_health: municipal health care is among what is needed (LUS 2:1 second part).
        sip_required: both region and municipality are needed after discharge (LUS 4:1).
        sip_judged: someone has judged that; else it is taken from who takes part.
        open_compulsory: coordinated plan instead of SIP (LUS 4:1 second part, LPT 7 a §).
        outside_county: the liable municipality lies outside the county.
        no_municipality: nobody in a municipality is needed or takes part.
        refused: the patient has said no to what was offered.
        set_aside: the municipality objected and the objection was upheld.
    """

    stay_id: str
    admitted_at: datetime
    need_judged_at: datetime | None = None
    admission_notices: tuple[Sent, ...] = ()
    ready: tuple[Ready, ...] = ()
    calls: tuple[Call, ...] = ()
    discharged_at: datetime | None = None
    registered: str | None = None
    deciding: str | None = None
    needs_municipal_health: bool = False
    sip_required: bool = False
    sip_judged: bool = True
    open_compulsory: bool = False
    psychiatric: bool = False
    blocked: tuple[Span, ...] = ()
    leaves: tuple[Leave, ...] = ()
    outside_county: bool = False
    no_municipality: bool = False
    refused: bool = False
    set_aside: bool = False

    @property
    def call_required(self) -> bool:
        """Whether a call to a SIP is one of the grounds (LUS 5:3 second part)."""
        return self.sip_required and not self.open_compulsory

    @property
    def discharged_on(self) -> date | None:
        """The day the patient left, in Sweden."""
        return local_date(self.discharged_at) if self.discharged_at else None


@dataclass(frozen=True, slots=True)
class Debtor:
    """The municipality that pays if anyone does, and why it is that one (LUS 5:2)."""

    code: str | None
    why: Text


def debtor_of(facts: StayFacts) -> Debtor:
    """Which municipality is liable: the one that decided on the home, else the registered one."""
    if facts.deciding:
        why = _("Kommunen har beslutat om boendet i en annan kommun (5 kap. 2 §).")
        return Debtor(facts.deciding, why)
    if facts.registered:
        return Debtor(facts.registered, _("Patienten är folkbokförd i kommunen (5 kap. 2 §)."))
    return Debtor(None, _("Patienten är inte folkbokförd i någon kommun (5 kap. 2 §)."))


def check_facts(facts: StayFacts, *, as_of: datetime) -> None:
    """Raise unless the times of a stay can have happened in that order.

    Raises:
        Invalid: two times contradict each other, or one lies ahead of the moment of judging.
        ValueError: a time has no time zone: a fault in the program.
    """
    _in_order(facts.admitted_at, facts.discharged_at, _WORDS["discharge"], "discharged_at")
    _in_order(facts.admitted_at, as_of, _WORDS["ahead"], "admitted_at")
    if facts.discharged_at:
        _in_order(facts.discharged_at, as_of, _WORDS["ahead"], "discharged_at")
    for one in facts.ready:
        _check_ready(facts, one)
    for leave in facts.leaves:
        _in_order(facts.admitted_at, leave.left_at, _WORDS["leave"], "leaves")
        _in_order(leave.left_at, leave.back_at, _WORDS["back"], "leaves")
    for span in facts.blocked:
        if span.last is not None and span.last < span.first:
            raise Invalid(_("Hindret slutar innan det börjar. Rätta dagarna."), where="blocked")


def _check_ready(facts: StayFacts, one: Ready) -> None:
    _in_order(facts.admitted_at, one.judged_at, _WORDS["judged"], "ready")
    _in_order(one.judged_at, one.withdrawn_at, _WORDS["withdrawn"], "ready")
    for sent in one.sent:
        _in_order(one.judged_at, sent.at, _WORDS["notice"], "ready")


_WORDS: dict[str, str] = {
    "discharge": _("Patienten skrivs ut %(later)s men skrevs in %(earlier)s. Rätta tiden.").msgid,
    "ahead": _("Tiden %(earlier)s har inte varit än. Rätta tiden.").msgid,
    "leave": _("Permissionen börjar %(later)s, före inskrivningen %(earlier)s.").msgid,
    "back": _("Permissionen slutar %(later)s men börjar %(earlier)s. Rätta tiden.").msgid,
    "judged": _("Bedömningen %(later)s är före inskrivningen %(earlier)s.").msgid,
    "withdrawn": _("Bedömningen togs tillbaka %(later)s men gjordes %(earlier)s.").msgid,
    "notice": _("Underrättelsen %(later)s är före läkarens bedömning %(earlier)s.").msgid,
}


def _in_order(earlier: datetime, later: datetime | None, words: str, where: str) -> None:
    """Compared in UTC: in the night when the hour comes twice, the clock on the wall goes back."""
    if later is None:
        return
    if local(later).astimezone(UTC) < local(earlier).astimezone(UTC):
        said = {"earlier": said_moment(earlier), "later": said_moment(later)}
        raise Invalid(Text(words, said), where=where)
