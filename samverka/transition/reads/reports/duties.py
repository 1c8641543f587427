"""What waits for the actor's own organisation; and whom a reminder goes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

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
        own = open_reports().filter(organisation_id=home.id, status__in=sorted(OWN_TURN))
        rows = [_of_report(one, home, on) for one in own.order_by("round__due")]
        return (*rows, *_of_rounds(actor, home, on))


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


def _of_rounds(actor: Actor, home: OrganisationDetail, on: date) -> Iterable[ReportDuty]:
    if not keeps(actor, home, home.county_code):
        return
    signed = Count("reports", filter=Q(reports__status=ReportStatus.SIGNED))
    locked = Count("reports", filter=Q(reports__status=ReportStatus.LOCKED))
    rounds = ReportRound.objects.filter(county=home.county_code, published_at__isnull=True)
    for row in rounds.annotate(signed=signed, locked=locked).order_by("due"):
        found = _next_of_round(row, on)
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


def _next_of_round(row: ReportRound, on: date) -> tuple[Text, date] | None:
    """What the keeper of a round does next, and till when; None: nothing yet."""
    if row.opened_at is None:
        return (_("Öppna omgången"), row.opens) if on >= row.opens else None
    if row.signed:  # type: ignore[attr-defined]
        return _("Ta emot rapporter (%(count)s)", count=row.signed), row.closes  # type: ignore[attr-defined]
    if on > row.closes and row.locked:  # type: ignore[attr-defined]
        return _("Publicera omgången"), row.closes
    return None


def keepers_of(counties: set[str]) -> Mapping[str, UUID]:
    """County → the organisation that keeps its rounds, where it is here. One query."""
    return {
        one.county_code: one.id
        for one in organisations_in(counties)
        if is_keeper(one.kind, one.county_code, one.county_code)
    }
