"""What waits for the actor's own organisation; and whom a reminder goes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from samverka.access.act import act, permits
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.organisations.reads import OrganisationDetail, organisations_in
from samverka.organisations.rules import SIDE_OF
from samverka.transition.models import Report, ReportRound
from samverka.transition.reads.reports.rows import home_of, keeps
from samverka.transition.reads.reports.values import ReportDuty
from samverka.transition.rules.reports.reminding import TURN_BY, TURN_WORDS
from samverka.transition.rules.reports.rounds import is_keeper
from samverka.transition.rules.reports.steps import By, ReportStatus

OWN_TURN = frozenset(status for status, by in TURN_BY.items() if by is By.OWN)
"""Where the one who reports has the next step."""


def report_duties(actor: Actor) -> tuple[ReportDuty, ...]:
    """What the own organisation must do now: each own report, and each round that it keeps, as one row.

    A role that cannot write in a report has nothing to do with it.
    """
    if not permits(actor, Action.REPORT_EDIT):
        return ()
    with act(actor, Action.REPORT_READ) as this:
        this.require_permission()
        this.note_general("ReportDuty")
        home, on = home_of(actor), local_date(actor.at)
        if home is None:
            return ()
        kept = home.county_code if keeps(actor, home, home.county_code) else None
        rows = list(_near(home, kept))
        own = [one for one in rows if _is_own_turn(one, home)]
        rounds = [one for one in rows if one.round.county == kept]
        return (*(_of_report(one, home, on) for one in own), *_of_rounds(rounds, home, on))


def _near(home: OrganisationDetail, kept: str | None) -> QuerySet[Report]:
    """The organisation's own reports, and all those of the rounds that it keeps; not yet published. One query."""
    mine = Q(organisation_id=home.id, status__in=sorted(OWN_TURN), round__opened_at__isnull=False)
    found = Report.objects.select_related("round").filter(round__published_at__isnull=True)
    return found.filter(mine | Q(round__county=kept)).order_by("round__due", "id")


def _is_own_turn(row: Report, home: OrganisationDetail) -> bool:
    return (
        row.organisation_id == home.id
        and row.status in OWN_TURN
        and row.round.opened_at is not None
    )


def open_reports() -> QuerySet[Report]:
    """The reports of those that are here, in rounds that are open and not yet published."""
    return Report.objects.select_related("round").filter(
        round__opened_at__isnull=False, round__published_at__isnull=True, organisation__isnull=False
    )


def _of_report(row: Report, home: OrganisationDetail, on: date) -> ReportDuty:
    return ReportDuty(
        round_id=row.round_id,
        report_id=row.id,
        about=f"{row.round.title} {row.round.year}",
        verb=TURN_WORDS[ReportStatus(row.status)],
        owner=row.name,
        side=SIDE_OF[home.kind],
        due=row.round.due,
        late=on > row.round.due,
    )


def _of_rounds(
    reports: Iterable[Report], home: OrganisationDetail, on: date
) -> Iterable[ReportDuty]:
    """Those that are kept, by their reports: each round has some from when it is planned."""
    rounds: dict[UUID, tuple[ReportRound, list[str]]] = {}
    for one in reports:
        rounds.setdefault(one.round_id, (one.round, []))[1].append(one.status)
    for row, statuses in rounds.values():
        found = _next_of_round(row, statuses, on)
        if found:
            verb, due = found
            yield ReportDuty(
                round_id=row.id,
                report_id=None,
                about=f"{row.title} {row.year}",
                verb=verb,
                owner=home.name,
                side=SIDE_OF[home.kind],
                due=due,
                late=on > due,
            )


def _next_of_round(row: ReportRound, statuses: Sequence[str], on: date) -> tuple[Text, date] | None:
    """What the keeper of a round does next, and till when; None: nothing yet."""
    if row.opened_at is None:
        return (_("Öppna omgången"), row.opens) if on >= row.opens else None
    if signed := statuses.count(ReportStatus.SIGNED):
        return _("Ta emot rapporter (%(count)s)", count=signed), row.closes
    if on > row.closes and ReportStatus.LOCKED in statuses:
        return _("Publicera omgången"), row.closes
    return None


def keepers_of(counties: set[str]) -> Mapping[str, UUID]:
    """County → the organisation that keeps its rounds, where it is here. One query."""
    return {
        one.county_code: one.id
        for one in organisations_in(counties)
        if is_keeper(one.kind, one.county_code, one.county_code)
    }
