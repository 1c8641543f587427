"""Asking for a plan: who asks, who answers, by when, and when one may say no. Pure.

Sources: HSL (2017:30) 16:4 and SoL (2025:400) 10:8 – the work begins without delay, and the judgement of
one party is enough; the person and those close to the person may ask (practice after the
preparatory works: a request is refused only exceptionally, with a written reason).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from samverka.kernel.actor import Side
from samverka.kernel.calendar import add_working_days, end_of_day, local_date
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class RequestSource(StrEnum):
    """Who saw or asked for the need."""

    STAFF = "staff"
    PERSON = "person"
    PROXY = "proxy"  # acts for the person: representative, guardian, trustee
    RELATIVE = "relative"
    SCHOOL = "school"
    INSURANCE = "insurance"
    OTHER = "other"


SOURCE_WORDS: dict[RequestSource, Text] = {
    RequestSource.STAFF: _("Vi själva"),
    RequestSource.PERSON: _("Personen själv"),
    RequestSource.PROXY: _("Ombud eller vårdnadshavare"),
    RequestSource.RELATIVE: _("Närstående"),
    RequestSource.SCHOOL: _("Skolan"),
    RequestSource.INSURANCE: _("Försäkringskassan"),
    RequestSource.OTHER: _("Någon annan"),
}

OWN_WISH = frozenset({RequestSource.PERSON, RequestSource.PROXY})
"""The person's own wish, said by the person or by one who acts for the person: it weighs by itself."""

NAMED = frozenset({RequestSource.PROXY, RequestSource.RELATIVE, RequestSource.OTHER})
"""Those of whom it must be said who they are."""


class RequestStatus(StrEnum):
    """How far a request has come. The codes are stored."""

    ASKED = "asked"
    ACCEPTED = "accepted"  # a plan is begun, and linked
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


REQUEST_WORDS: dict[RequestStatus, Text] = {
    RequestStatus.ASKED: _("Väntar på svar"),
    RequestStatus.ACCEPTED: _("Plan påbörjad"),
    RequestStatus.REFUSED: _("Nej, med skäl"),
    RequestStatus.WITHDRAWN: _("Tillbakadragen"),
}


class RequestStepName(StrEnum):
    """What can be done with a request."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    ASK_AGAIN = "ask-again"


@dataclass(frozen=True, slots=True)
class RequestStep:
    """One line of the process. `answering`: the unit that shall answer takes it; else the one who asked."""

    name: RequestStepName
    to: RequestStatus
    sides: frozenset[Side]
    answering: bool
    words: Text


_CARE = frozenset({Side.REGION, Side.MUNICIPALITY, Side.PRIVATE})
_ALL = _CARE | {Side.PERSON}
_AGAIN = RequestStep(
    RequestStepName.ASK_AGAIN, RequestStatus.ASKED, _ALL, False, _("Be om en plan igen")
)

REQUEST_STEPS: dict[RequestStatus, tuple[RequestStep, ...]] = {
    RequestStatus.ASKED: (
        RequestStep(
            RequestStepName.ACCEPT, RequestStatus.ACCEPTED, _CARE, True, _("Ja, börja planen")
        ),
        RequestStep(
            RequestStepName.REFUSE, RequestStatus.REFUSED, _CARE, True, _("Svara nej med skäl")
        ),
        RequestStep(
            RequestStepName.WITHDRAW, RequestStatus.WITHDRAWN, _ALL, False, _("Dra tillbaka")
        ),
    ),
    RequestStatus.ACCEPTED: (),
    RequestStatus.REFUSED: (_AGAIN,),
    RequestStatus.WITHDRAWN: (_AGAIN,),
}
"""The process in one table: status → next status → which side may. What follows asking again is a new row."""


def may_request(
    status: RequestStatus, name: RequestStepName, side: Side, *, answers: bool, asked: bool
) -> bool:
    """Whether the step is open: `answers`: the actor's unit shall answer; `asked`: the actor asked."""
    step = _request_step(status, name)
    turn = step is not None and (answers if step.answering else asked)
    return step is not None and turn and side in step.sides


def _request_step(status: RequestStatus, name: RequestStepName) -> RequestStep | None:
    return next((one for one in REQUEST_STEPS[status] if one.name is name), None)


def check_request(
    status: RequestStatus, name: RequestStepName, side: Side, *, answers: bool, asked: bool
) -> RequestStatus:
    """The status after the step.

    Raises:
        NotNow: the request has no such step from where it is.
        NotAllowed: another takes that step.
    """
    step = _request_step(status, name)
    if step is None:
        raise NotNow(
            _("Begäran är redan besvarad: %(status)s.", status=REQUEST_WORDS[status]),
            mend=_("Ladda om sidan och se svaret."),
        )
    if not may_request(status, name, side, answers=answers, asked=asked):
        raise NotAllowed(
            _("Det gör den enhet som ska svara.")
            if step.answering
            else _("Det gör den som bad om planen.")
        )
    return step.to


# ── the clock ──


def answer_by(asked_at: datetime, working_days: int) -> datetime:
    """When the answer is due at the latest: the end of the last working day of the county's time."""
    return end_of_day(add_working_days(local_date(asked_at), working_days))


def is_late(status: RequestStatus, due_at: datetime, at: datetime) -> bool:
    """Whether the time to answer has passed without an answer."""
    return status is RequestStatus.ASKED and at > due_at


# ── who answers the person ──


class Route(StrEnum):
    """Why just that unit answers."""

    CONTACT = "contact"  # the person's fast vårdkontakt works there
    LISTED = "listed"  # the person is listed there
    CHOSEN = "chosen"  # the person chose among those that know the person


ROUTE_WORDS: dict[Route, Text] = {
    Route.CONTACT: _("Din fasta vårdkontakt finns där."),
    Route.LISTED: _("Du är listad där."),
    Route.CHOSEN: _("Du valde dem."),
}


@dataclass(frozen=True, slots=True)
class Routing:
    """Where the person's request goes. `unit_id` None: the person chooses among `choices`."""

    unit_id: UUID | None
    why: Route
    choices: tuple[UUID, ...] = ()


def route(contact_units: Iterable[UUID], listed: UUID | None, known: Iterable[UUID]) -> Routing:
    """Which unit shall answer the person: of the fast vårdkontakt, else where listed, else chosen.

    Args:
        known: the units that have to do with the person now; only they can know of the request.
    """
    near = list(dict.fromkeys(known))
    for unit in contact_units:
        if unit in near:
            return Routing(unit, Route.CONTACT)
    if listed in near:
        return Routing(listed, Route.LISTED)
    return Routing(None, Route.CHOSEN, tuple(near))


# ── saying no ──


class RefusalGround(StrEnum):
    """Why a unit says no. Lack of time or staff is no ground, so it has no code."""

    NO_NEED = "no-need"
    HAS_PLAN = "has-plan"
    OTHER_HELP = "other-help"
    PERSON_SAYS_NO = "person-says-no"


@dataclass(frozen=True, slots=True)
class RefusalSpec:
    """One ground.

    Attributes:
        plain: the same to the person, in plain words.
        of_substance: weighs enough against the person's own wish.
    """

    words: Text
    plain: Text
    of_substance: bool


REFUSAL_GROUNDS: dict[RefusalGround, RefusalSpec] = {
    RefusalGround.NO_NEED: RefusalSpec(
        _("Insatserna behöver inte samordnas"),
        _("De tycker att hjälpen du får redan går ihop."),
        True,
    ),
    RefusalGround.HAS_PLAN: RefusalSpec(
        _("Det finns redan en plan som täcker behovet"),
        _("Du har redan en plan. Den kan ändras så att den passar."),
        True,
    ),
    RefusalGround.OTHER_HELP: RefusalSpec(
        _("Behovet möts på ett annat sätt"),
        _("Du får hjälp på ett annat sätt."),
        True,
    ),
    RefusalGround.PERSON_SAYS_NO: RefusalSpec(
        _("Personen vill inte ha en plan"),
        _("Du har sagt att du inte vill ha en plan."),
        False,
    ),
}

REASON_LENGTH = 2000
"""Longest reason of a request or an answer (characters)."""

NAME_LENGTH = 200
"""Longest name of the one who asks (characters)."""

SHORTEST_REASON = 10
"""Shortest written reason for a no (characters); practice."""

SHORTEST_REASON_OWN_WISH = 40
"""Shortest written reason for a no to the person's own wish (characters); practice."""


def check_refusal(ground: RefusalGround, reason: str, *, own_wish: bool) -> None:
    """Raise unless the no is reasoned; a no to the person's own wish needs a reason of substance."""
    if own_wish and not REFUSAL_GROUNDS[ground].of_substance:
        raise Invalid(
            _("Personen har själv bett om planen. Då räcker inte det skälet."), where="ground"
        )
    words, least = reason.strip(), SHORTEST_REASON_OWN_WISH if own_wish else SHORTEST_REASON
    if not words:
        raise Invalid(_("Skriv varför. Personen läser skälet."), where="reason")
    if len(words) < least:
        raise Invalid(
            _(
                "Skriv skälet så att personen förstår det, med minst %(least)d tecken.",
                least=least,
            ),
            where="reason",
        )


def check_asker(source: RequestSource, name: str) -> None:
    """Raise unless one who is not staff or the person is named."""
    if source in NAMED and not name.strip():
        raise Invalid(_("Skriv namnet på den som ber om planen."), where="asked_by")


# ── suggestions that a unit has answered ──


class SuggestionAnswerKind(StrEnum):
    """What a unit answered to "this person may need a plan"."""

    NOT_NOW = "not-now"
    ASKED = "asked"  # the person has been asked


SUGGESTION_WORDS: dict[SuggestionAnswerKind, Text] = {
    SuggestionAnswerKind.NOT_NOW: _("Inte nu"),
    SuggestionAnswerKind.ASKED: _("Personen är tillfrågad"),
}
