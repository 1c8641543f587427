"""Rounds, and where each report is."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Max

from samverka.access.act import act, permits
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _
from samverka.organisations.reads import OrganisationDetail
from samverka.transition.models import Report, ReportForm, ReportReminder, ReportRound
from samverka.transition.reads.reports.rows import (
    answers_of,
    check_keeper,
    home_of,
    keeps,
    made_lines,
    report_line,
    round_line,
    standing_of,
)
from samverka.transition.reads.reports.values import (
    FormDetail,
    ReportHome,
    ReportLine,
    RoundDetail,
)
from samverka.transition.rules.reports.answers import Answer, is_answered
from samverka.transition.rules.reports.form import Form, form_of, shipped_form
from samverka.transition.rules.reports.kinds import Recipient
from samverka.transition.rules.reports.rounds import NATION, RoundState, is_asked


def round_row(round_id: UUID, *, lock: bool = False) -> ReportRound:
    """The row with its form and the round before it, for the room itself. One query.

    Raises:
        NotFound: there is none.
    """
    found = ReportRound.objects.select_related("form", "previous__form").filter(id=round_id)
    row: ReportRound | None = (found.select_for_update(of=("self",)) if lock else found).first()
    if row is None:
        raise NotFound(_("Omgången finns inte."))
    return row


def latest_form() -> tuple[int, Form]:
    """The latest form and its number; 0: the one that comes with the house, which nobody has kept yet."""
    row = ReportForm.objects.order_by("-number").first()
    return (row.number, form_of(row.definition)) if row else (0, shipped_form())


def form_detail(actor: Actor) -> FormDetail:
    """The questions that the next round asks, for those who keep rounds.

    Raises:
        NotAllowed: the actor's organisation keeps none.
    """
    with act(actor, Action.REPORT_READ) as this:
        this.require_permission()
        check_keeper(actor)
        this.note_general("ReportForm")
        number, form = latest_form()
        return FormDetail(number, form, made_lines(ReportForm.objects.defer("definition")))


def report_home(actor: Actor) -> ReportHome:
    """Where one begins: the own reports of open rounds, and every round that the own organisation is asked in."""
    with act(actor, Action.REPORT_READ) as this:
        this.require_permission()
        this.note_general("ReportRound")
        home = home_of(actor)
        county = home.county_code if home else ""
        asked = _asked_in(home, county)
        rows = list(ReportRound.objects.select_related("form").filter(county__in=asked))
        rows.sort(key=lambda row: (-row.year, row.title))
        lines = {
            row.id: round_line(row, actor, kept=keeps(actor, home, row.county)) for row in rows
        }
        open_rows = {row.id: row for row in rows if lines[row.id].state is RoundState.OPEN}
        own = Report.objects.filter(round_id__in=open_rows, organisation__isnull=False)
        own = own.filter(organisation_id=home.id) if home else own.none()
        reported = _lines(actor, home, open_rows, own)
        return ReportHome(
            own=tuple((lines[key], line) for key, line in reported),
            rounds=tuple(
                one for one in lines.values() if one.kept or one.state is not RoundState.PLANNED
            ),
            may_make=permits(actor, Action.ROUND_EDIT) and keeps(actor, home, county),
        )


def _asked_in(home: OrganisationDetail | None, county: str) -> list[str]:
    """The own county; and for a region the nation."""
    nation = home is not None and is_asked(home.kind, county, NATION)
    return [county, NATION] if nation else [county]


def _lines(
    actor: Actor,
    home: OrganisationDetail | None,
    rounds: dict[UUID, ReportRound],
    rows: Iterable[Report],
) -> list[tuple[UUID, ReportLine]]:
    rows = list(rows)
    answers = answers_of({row.id for row in rows})
    forms = {key: form_of(one.form.definition) for key, one in rounds.items()}
    told = ReportReminder.objects.filter(report__in=rows).values("report_id").order_by()
    reminded = dict(told.annotate(last=Max("day")).values_list("report_id", "last"))
    found = []
    for row in rows:
        of = rounds[row.round_id]
        asked = forms[row.round_id].asked(Recipient(row.recipient))
        done = sum(is_answered(one, answers[row.id].get(one.code, Answer())) for one in asked)
        standing = standing_of(actor, home, row, of.county)
        line = report_line(
            row,
            actor,
            standing,
            round_row=of,
            answered=done,
            of=len(asked),
            reminded=reminded.get(row.id),
        )
        found.append((row.round_id, line))
    return found


def round_detail(actor: Actor, *, round_id: UUID) -> RoundDetail:
    """One round: who has come how far, and who is late."""
    with act(actor, Action.REPORT_READ) as this:
        this.require_permission()
        row, home = round_row(round_id), home_of(actor)
        kept = may_see(actor, row, home)
        rows = Report.objects.filter(round_id=round_id)
        ordered = sorted(rows, key=lambda one: (one.municipality != "", _place(one, row.county)))
        lines = _lines(actor, home, {row.id: row}, ordered)
        this.note_general("ReportRound", id=str(round_id))
        return RoundDetail(
            round=round_line(row, actor, kept=kept),
            form=form_of(row.form.definition),
            reports=tuple(line for _key, line in lines),
            may_edit=kept and permits(actor, Action.ROUND_EDIT),
        )


def _place(row: Report, county: str) -> tuple[bool, str]:
    """The own county's region first."""
    return row.county != county, row.name


def may_see(actor: Actor, row: ReportRound, home: OrganisationDetail | None) -> bool:
    """Whether the actor keeps the round; another county's, and one that is only planned, are not there."""
    kept = keeps(actor, home, row.county)
    near = home is not None and is_asked(home.kind, home.county_code, row.county)
    if not kept and not (near and row.opened_at is not None) and row.published_at is None:
        raise NotFound(_("Omgången finns inte."))
    return kept
