"""Statuses and who may change them, sections, terms, owners and contacts. Pure.

Sources: HSL (2017:30) 16:4; PL (2014:821) 6:2–4. The kinds of plans: `contents`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samverka.careplans.rules.contents import PlanKind as PlanKind
from samverka.kernel.actor import Branch, Side
from samverka.kernel.problems import NotAllowed, NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class PlanStatus(StrEnum):
    """How far the plan has come. New stages are new codes and new lines in `STEPS`."""

    DRAFT = "draft"  # being prepared and written
    ACTIVE = "active"  # established (upprättad)
    ENDED = "ended"


STATUS_WORDS: dict[PlanStatus, Text] = {
    PlanStatus.DRAFT: _("Utkast"),
    PlanStatus.ACTIVE: _("Gäller"),
    PlanStatus.ENDED: _("Avslutad"),
}


class StepName(StrEnum):
    """A change of status."""

    ACTIVATE = "activate"
    END = "end"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the process: from one status to the next, and which sides may take it."""

    name: StepName
    to: PlanStatus
    sides: frozenset[Side]
    words: Text


_CARE_SIDES = frozenset({Side.REGION, Side.MUNICIPALITY, Side.PRIVATE})

STEPS: dict[PlanStatus, tuple[Step, ...]] = {
    PlanStatus.DRAFT: (
        Step(StepName.ACTIVATE, PlanStatus.ACTIVE, _CARE_SIDES, _("Fastställ planen")),
        Step(StepName.END, PlanStatus.ENDED, _CARE_SIDES, _("Avsluta utan plan")),
    ),
    PlanStatus.ACTIVE: (Step(StepName.END, PlanStatus.ENDED, _CARE_SIDES, _("Avsluta planen")),),
    PlanStatus.ENDED: (),
}
"""The process in one table: status → next status → which side may."""


def find_step(status: PlanStatus, name: StepName) -> Step | None:
    """The step of that name out of this status; None if there is none."""
    return next((step for step in STEPS[status] if step.name is name), None)


def may_step(status: PlanStatus, name: StepName, side: Side) -> bool:
    """Whether this side may take the step now; the same predicate for button and operation."""
    step = find_step(status, name)
    return step is not None and side in step.sides


def check_step(status: PlanStatus, name: StepName, side: Side) -> PlanStatus:
    """The status after the step.

    Raises:
        NotNow: the plan has no such step from where it is.
        NotAllowed: another side takes that step.
    """
    step = find_step(status, name)
    if step is None:
        raise NotNow(_("Planen är: %(status)s. Då går det inte.", status=STATUS_WORDS[status]))
    if side not in step.sides:
        raise NotAllowed(_("Det steget tar vården eller kommunen."))
    return step.to


def check_open(status: PlanStatus) -> None:
    """Raise unless the plan can still be written in."""
    if status is PlanStatus.ENDED:
        raise NotNow(_("Planen är avslutad och kan bara läsas. Börja en ny plan om det behövs."))


KEPT_ELSEWHERE = _("Planen finns i ett annat system och ändras där.")
MAY_NOT_WRITE = _("Du kan läsa planen men inte skriva i den.")
MAY_NOT_SHARE = _("Planen delas av den enhet som håller i den.")
NO_SUCH_PART = _("Det du söker finns inte i planen. Någon kan ha ändrat den.")


class Section(StrEnum):
    """The plan's own texts, in the order of the agenda."""

    TITLE = "title"
    WHAT_MATTERS = "what_matters"
    STRENGTHS = "strengths"
    NEEDS = "needs"
    ATTITUDE = "attitude"
    IF_WORSE = "if_worse"


SECTION_WORDS: dict[Section, Text] = {
    Section.TITLE: _("Planens namn"),
    Section.WHAT_MATTERS: _("Vad är viktigt för mig?"),
    Section.STRENGTHS: _("Det här klarar jag och har stöd av"),
    Section.NEEDS: _("Det här behöver jag hjälp med"),
    Section.ATTITUDE: _("Vad jag tycker om insatserna"),
    Section.IF_WORSE: _("Om det blir sämre"),
}

SECTION_LENGTH: dict[Section, int] = {
    Section.TITLE: 120,
    Section.WHAT_MATTERS: 5000,
    Section.STRENGTHS: 5000,
    Section.NEEDS: 5000,
    Section.ATTITUDE: 5000,
    Section.IF_WORSE: 5000,
}
"""Longest text (characters)."""

LINE_LENGTH = 500
"""Longest goal, activity or outcome (characters)."""

OWNER_LENGTH = 200
"""Longest name of another party (characters)."""

COMMENT_LENGTH = 2000
"""Longest comment (characters)."""


END_REASON_LENGTH = 1000
"""Longest reason for ending (characters)."""


class Term(StrEnum):
    """How far ahead a goal lies."""

    SHORT = "short"
    LONG = "long"


TERM_WORDS: dict[Term, Text] = {Term.SHORT: _("På kort sikt"), Term.LONG: _("På lång sikt")}


class GoalStatus(StrEnum):
    """How it went, as the person sees it."""

    OPEN = "open"
    REACHED = "reached"
    PARTLY = "partly"
    NOT_REACHED = "not-reached"
    DROPPED = "dropped"


GOAL_WORDS: dict[GoalStatus, Text] = {
    GoalStatus.OPEN: _("Pågår"),
    GoalStatus.REACHED: _("Nått"),
    GoalStatus.PARTLY: _("Nått delvis"),
    GoalStatus.NOT_REACHED: _("Inte nått"),
    GoalStatus.DROPPED: _("Inte längre aktuellt"),
}


class ActivityStatus(StrEnum):
    """Where an activity stands."""

    PLANNED = "planned"
    ONGOING = "ongoing"
    DONE = "done"
    CANCELLED = "cancelled"


ACTIVITY_WORDS: dict[ActivityStatus, Text] = {
    ActivityStatus.PLANNED: _("Planerad"),
    ActivityStatus.ONGOING: _("Pågår"),
    ActivityStatus.DONE: _("Klar"),
    ActivityStatus.CANCELLED: _("Inställd"),
}

OPEN_ACTIVITIES = frozenset({ActivityStatus.PLANNED, ActivityStatus.ONGOING})


class OwnerKind(StrEnum):
    """Who answers for an activity: a huvudman's unit, one close to the person, another, or the person."""

    REGION = "region"
    MUNICIPALITY = "municipality"
    CLOSE = "close"
    OTHER = "other"
    PERSON = "person"


OWNER_WORDS: dict[OwnerKind, Text] = {
    OwnerKind.REGION: _("Regionen"),
    OwnerKind.MUNICIPALITY: _("Kommunen"),
    OwnerKind.CLOSE: _("En närstående"),
    OwnerKind.OTHER: _("Någon annan"),
    OwnerKind.PERSON: _("Personen själv"),
}

HUVUDMAN = frozenset({Side.REGION, Side.MUNICIPALITY})
"""Only a region or a municipality can have the overall responsibility (HSL 16:4 st. 4 p. 4)."""

UNIT_OWNERS = frozenset({OwnerKind.REGION, OwnerKind.MUNICIPALITY})

NAMED_OWNERS = frozenset({OwnerKind.CLOSE, OwnerKind.OTHER})
"""Others than the huvudmän and the person (HSL 16:4 st. 4 p. 3): always with a name."""

_SOCIAL = frozenset({Branch.SOCIAL, Branch.IFO})


def owner_kind_of(side: Side, branch: Branch) -> OwnerKind:
    """Which huvudman answers for what a unit does.

    A private unit works on commission: care for the region, social services for the municipality.
    """
    if side is Side.PRIVATE:
        return OwnerKind.MUNICIPALITY if branch in _SOCIAL else OwnerKind.REGION
    return OwnerKind(side.value)


class PartyRole(StrEnum):
    """What a unit is in the plan."""

    HOLDER = "holder"  # keeps the plan
    PERFORMER = "performer"  # answers for activities
    PARTICIPANT = "participant"  # takes part


PARTY_WORDS: dict[PartyRole, Text] = {
    PartyRole.HOLDER: _("Håller i planen"),
    PartyRole.PERFORMER: _("Gör insatser"),
    PartyRole.PARTICIPANT: _("Deltar"),
}


class ContactKind(StrEnum):
    """Which contact someone is for the person."""

    FAST_VARDKONTAKT = "fast-vardkontakt"  # PL 6:2; several are possible
    FAST_LAKARKONTAKT = "fast-lakarkontakt"  # PL 6:3; one, where the person is listed
    MAIN = "main"  # whom the person calls first; practice


CONTACT_WORDS: dict[ContactKind, Text] = {
    ContactKind.FAST_VARDKONTAKT: _("Fast vårdkontakt"),
    ContactKind.FAST_LAKARKONTAKT: _("Fast läkarkontakt"),
    ContactKind.MAIN: _("Kontaktperson"),
}


CARE_CONTACTS = frozenset({ContactKind.FAST_VARDKONTAKT, ContactKind.FAST_LAKARKONTAKT})
"""Patientlagen speaks of health care only; social services have contact persons of their own."""


def check_contact(
    kind: ContactKind, *, branch: str, profession: str, listed_elsewhere: bool
) -> None:
    """Raise unless one of that branch and profession can be that kind of contact (PL 6:2–3).

    Args:
        listed_elsewhere: the person is listed at another unit (HSL 7:3).
    """
    if branch == Branch.IFO:
        # All who may know of the person see a contact; that IFO is involved they may not know.
        raise NotNow(_("Kontakter inom individ- och familjeomsorgen skrivs i planen i stället."))
    if kind in CARE_CONTACTS and branch in _SOCIAL:
        raise NotNow(_("Fast vårdkontakt och fast läkarkontakt finns bara i hälso- och sjukvård."))
    if kind is not ContactKind.FAST_LAKARKONTAKT:
        return
    if "läkare" not in profession.casefold():
        raise NotNow(_("Fast läkarkontakt är en läkare. Välj en läkare på enheten."))
    if listed_elsewhere:
        raise NotNow(_("Fast läkarkontakt finns där personen är listad, och det är inte här."))
