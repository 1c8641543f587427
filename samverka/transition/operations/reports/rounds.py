"""Rounds: made, opened, published; who is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.areas import counties
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid, NotNow
from samverka.kernel.text import text as _
from samverka.organisations.reads import organisations_in, organisations_of_county
from samverka.organisations.rules import OrganisationKind
from samverka.transition.models import Report, ReportForm, ReportRound
from samverka.transition.reads.reports import RoundDetail, latest_form, round_detail
from samverka.transition.reads.reports.rounds import round_row
from samverka.transition.reads.reports.rows import check_keeper
from samverka.transition.rules.reports.form import form_data, form_of
from samverka.transition.rules.reports.kinds import Recipient
from samverka.transition.rules.reports.rounds import NATION, check_days, check_latest
from samverka.transition.rules.reports.steps import ReportStatus


def adopt_form(
    actor: Actor, *, definition: Mapping[str, Any], why: str, made_from: int | None = None
) -> int:
    """Keep a new version of the form; rounds that are made from now on ask its questions. Returns its number.

    Args:
        made_from: number of the version that was changed, where one was.

    Raises:
        NotNow: someone else has made a version since.
    """
    with act(actor, Action.ROUND_EDIT) as this:
        this.require_permission()
        form = form_of(definition)
        check_keeper(actor)
        number, _latest = latest_form()
        check_latest(made_from, number)
        row = ReportForm(
            number=number + 1,
            definition=form_data(form),
            why=why.strip(),
            made_at=actor.at,
            made_by=actor.name,
        )
        row.save(force_insert=True)
        this.note_general("ReportForm", number=row.number)
        return row.number


def make_round(
    actor: Actor,
    *,
    year: int,
    title: str,
    agreement: str,
    opens: date,
    due: date,
    closes: date,
    previous_id: UUID | None = None,
    county: str | None = None,
) -> RoundDetail:
    """Plan a round with the latest form: the region and every municipality of the county are asked.

    A round of the nation asks every region; one that is not here sends a file.

    Args:
        previous_id: the round whose answers stand beside the questions.
        county: for the clock and the builder only; else the own.
    """
    with act(actor, Action.ROUND_EDIT) as this:
        this.require_permission()
        own = check_keeper(actor, None if actor.is_staff else county)
        check_days(opens, due, closes)
        if not title.strip():
            raise Invalid(_("Skriv vad omgången heter."), where="title")
        if ReportRound.objects.filter(county=own, year=year, title=title.strip()).exists():
            raise Invalid(_("Det finns redan en omgång med det namnet det året."), where="title")
        if previous_id is not None and round_row(previous_id).county != own:
            raise Invalid(_("Välj en av era egna omgångar."), where="previous")
        row = ReportRound(
            county=own,
            year=year,
            title=title.strip(),
            agreement=agreement.strip(),
            form=_form_row(actor),
            previous_id=previous_id,
            opens=opens,
            due=due,
            closes=closes,
            made_at=actor.at,
            made_by=actor.name,
        )
        row.save(force_insert=True)
        _ask_regions(row) if own == NATION else _ask_county(row)
        return _told(this, row, made=True)


def _form_row(actor: Actor) -> ReportForm:
    number, form = latest_form()
    if number:
        return ReportForm.objects.get(number=number)
    row = ReportForm(number=1, definition=form_data(form), made_at=actor.at, made_by=actor.name)
    row.save(force_insert=True)
    return row


def _ask_county(row: ReportRound) -> None:
    Report.objects.bulk_create(
        Report(
            round=row,
            organisation_id=one.id,
            recipient=(
                Recipient.REGION if one.kind is OrganisationKind.REGION else Recipient.MUNICIPALITY
            ).value,
            county=row.county,
            municipality=one.municipality_code,
            name=one.name,
        )
        for one in organisations_of_county(row.county)
    )


def _ask_regions(row: ReportRound) -> None:
    here = {
        one.county_code: one
        for one in organisations_in(set(counties()))
        if one.kind is OrganisationKind.REGION
    }
    Report.objects.bulk_create(
        Report(
            round=row,
            organisation_id=here[code].id if code in here else None,
            recipient=Recipient.REGION.value,
            county=code,
            name=here[code].name if code in here else one.region,
        )
        for code, one in counties().items()
    )


def _told(this: Act, row: ReportRound, **said: object) -> RoundDetail:
    this.note_general("ReportRound", id=str(row.id), **said)
    return round_detail(this.actor, round_id=row.id)


def add_outsider(actor: Actor, *, round_id: UUID, county: str, name: str) -> RoundDetail:
    """Ask another county's region, which is not here: its report comes as a file."""
    with act(actor, Action.ROUND_EDIT) as this:
        this.require_permission()
        row = _own_round(actor, round_id)
        words = " ".join(name.split())
        if not words or Report.objects.filter(round_id=row.id, name=words).exists():
            raise Invalid(_("Skriv ett namn som inte redan finns i omgången."), where="name")
        if county == row.county:
            raise Invalid(_("Länets egna finns redan i omgången."), where="county")
        report = Report(round=row, recipient=Recipient.REGION.value, county=county, name=words)
        report.save(force_insert=True)
        return _told(this, row, added=str(report.id))


def _own_round(actor: Actor, round_id: UUID) -> ReportRound:
    row = round_row(round_id, lock=True)
    check_keeper(actor, row.county)
    return row


def open_round(actor: Actor, *, round_id: UUID) -> RoundDetail:
    """Open a round: those who are asked can begin to answer."""
    with act(actor, Action.ROUND_EDIT) as this:
        this.require_permission()
        row = _own_round(actor, round_id)
        if row.opened_at is not None:
            raise NotNow(_("Omgången är redan öppen."))
        if local_date(actor.at) > row.closes:
            raise NotNow(_("Omgångens sista dag har passerat."), mend=_("Ändra dagarna först."))
        row.opened_at = actor.at
        row.save(update_fields=["opened_at"])
        return _told(this, row, opened=True)


def move_round(
    actor: Actor, *, round_id: UUID, opens: date, due: date, closes: date
) -> RoundDetail:
    """Change a round's days."""
    with act(actor, Action.ROUND_EDIT) as this:
        this.require_permission()
        row = _own_round(actor, round_id)
        check_days(opens, due, closes)
        row.opens, row.due, row.closes = opens, due, closes
        row.save(update_fields=["opens", "due", "closes"])
        return _told(this, row, due=due.isoformat())


def publish_round(actor: Actor, *, round_id: UUID) -> RoundDetail:
    """Publish a round: anyone can read its summary and the locked reports.

    Raises:
        NotNow: nothing is locked, or something signed waits to be received.
    """
    with act(actor, Action.ROUND_EDIT) as this:
        this.require_permission()
        row = _own_round(actor, round_id)
        if row.published_at is not None:
            raise NotNow(_("Omgången är redan publicerad."))
        statuses = list(Report.objects.filter(round_id=row.id).values_list("status", flat=True))
        if ReportStatus.LOCKED not in statuses:
            raise NotNow(_("Ingen rapport är låst än."))
        if ReportStatus.SIGNED in statuses:
            raise NotNow(
                _("Det finns undertecknade rapporter som väntar."),
                mend=_("Ta emot och lås dem först."),
            )
        row.published_at, row.published_by = actor.at, actor.name
        row.save(update_fields=["published_at", "published_by"])
        return _told(this, row, published=True)
