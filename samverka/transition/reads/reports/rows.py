"""Rows → plain values, and how an actor stands to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from samverka.kernel.actor import Actor, ActorKind
from samverka.kernel.calendar import local_date
from samverka.organisations.reads import OrganisationDetail, own_organisation
from samverka.transition.models import Codebook, Report, ReportAnswer, ReportForm, ReportRound
from samverka.transition.reads.reports.values import MadeLine, ReportLine, RoundLine
from samverka.transition.rules.reports.answers import Answer, answer_of
from samverka.transition.rules.reports.figures import Told
from samverka.transition.rules.reports.form import Form
from samverka.transition.rules.reports.kinds import Recipient
from samverka.transition.rules.reports.rounds import demand_keeper, is_keeper, is_late, state_of
from samverka.transition.rules.reports.steps import ReportStatus, Standing, may_read


def home_of(actor: Actor) -> OrganisationDetail | None:
    """The actor's own organisation; None for the clock."""
    return own_organisation(actor.provider_id)


def keeps(actor: Actor, home: OrganisationDetail | None, county: str) -> bool:
    """Whether the actor works for the one who keeps the rounds of a county or the nation, or is the house itself."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    return home is not None and is_keeper(home.kind, home.county_code, county)


def check_keeper(actor: Actor, county: str | None = None) -> str:
    """The county whose rounds the actor keeps; None: the own.

    Raises:
        NotAllowed: the actor's organisation keeps none.
    """
    home = home_of(actor)
    own = county or (home.county_code if home else "")
    demand_keeper(kept=keeps(actor, home, own))
    return own


def standing_of(
    actor: Actor, home: OrganisationDetail | None, row: Report, county: str
) -> Standing:
    """How the actor stands to a report."""
    outside = row.organisation_id is None
    own = home is not None and row.organisation_id == home.id
    return Standing(
        own=own or (actor.kind is ActorKind.SYSTEM and not outside),
        keeper=keeps(actor, home, county),
        outside=outside,
    )


def round_line(row: ReportRound, actor: Actor | None, *, kept: bool = False) -> RoundLine:
    """Row → plain value; `form` must be selected. Without an actor: one who reads what is published."""
    on = local_date(actor.at) if actor else row.closes
    return RoundLine(
        id=row.id,
        county=row.county,
        year=row.year,
        title=row.title,
        agreement=row.agreement,
        opens=row.opens,
        due=row.due,
        closes=row.closes,
        state=state_of(
            opened=row.opened_at is not None,
            closes=row.closes,
            published=row.published_at is not None,
            on=on,
        ),
        form_number=row.form.number,
        previous_id=row.previous_id,
        published_at=row.published_at,
        kept=kept,
    )


def report_line(
    row: Report,
    actor: Actor,
    standing: Standing,
    *,
    round_row: ReportRound,
    answered: int,
    of: int,
    reminded: date | None,
) -> ReportLine:
    """Row → plain value."""
    status = ReportStatus(row.status)
    return ReportLine(
        id=row.id,
        name=row.name,
        recipient=Recipient(row.recipient),
        area=row.municipality or row.county,
        status=status,
        answered=answered,
        of=of,
        late=is_late(round_row.due, status, local_date(actor.at)),
        own=standing.own,
        may_open=may_read(status, standing, published=round_row.published_at is not None),
        outside=standing.outside,
        signed_by=row.signed_by,
        signed_at=row.signed_at,
        reminded=reminded,
    )


def made_lines(rows: Iterable[ReportForm | Codebook]) -> tuple[MadeLine, ...]:
    """The versions of a form or a code book, the latest first."""
    ordered = sorted(rows, key=lambda row: -row.number)
    return tuple(MadeLine(row.number, row.why, row.made_at, row.made_by) for row in ordered)


def answers_of(report_ids: set[UUID]) -> dict[UUID, dict[str, Answer]]:
    """Report → question → answer. One query."""
    found: dict[UUID, dict[str, Answer]] = {one: {} for one in report_ids}
    rows = ReportAnswer.objects.filter(report_id__in=report_ids)
    for report, question, value in rows.values_list("report_id", "question", "value"):
        found[report][question] = answer_of(value)
    return found


def figures_for(form: Form, row: Report) -> Mapping[str, Told]:
    """The latest figures of the form's measures for the one who reports; empty where nobody tells them."""
    name = settings.SAMVERKA_FIGURES_FOR
    codes = frozenset(one.measure for one in form.questions if one.measure)
    if not name or not codes or row.organisation_id is None:
        return {}
    told: Mapping[str, Told] = import_string(settings.SAMVERKA_FIGURES_FOR)(
        codes, county=row.county, municipality=row.municipality
    )
    return told
