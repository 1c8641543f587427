"""What the clock does: those whose turn a report is are reminded, before the last day and after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.notices.operations import claim_letters
from samverka.organisations.reads import Mailbox, mailboxes
from samverka.transition.models import Report, ReportReminder
from samverka.transition.reads.reports import ReportLetter
from samverka.transition.reads.reports.duties import keepers_of, open_reports
from samverka.transition.rules.reports.reminding import (
    AHEAD,
    TURN_BY,
    TURN_ROLES,
    TURN_WORDS,
    stage_on,
)
from samverka.transition.rules.reports.steps import By, ReportStatus


def remind_reports(actor: Actor) -> int:
    """Note whom to remind today; returns how many reports. Again changes nothing."""
    with act(actor, Action.REPORT_REMIND) as this:
        this.require_system()
        on = local_date(actor.at)
        near = open_reports().filter(status__in=sorted(TURN_BY), round__due__lte=on + AHEAD)
        rows = list(near.select_for_update(of=("self",), skip_locked=True))
        known = ReportReminder.objects.filter(report__in=rows)
        done = set(known.values_list("report_id", "stage", "status"))
        made = [
            ReportReminder(report=row, stage=stage, status=row.status, day=on, at=actor.at)
            for row in rows
            if (stage := stage_on(row.round.due, on))
            and (row.id, stage.value, row.status) not in done
        ]
        if not made:
            this.unchanged()
            return 0
        ReportReminder.objects.bulk_create(made)
        this.note_general("ReportReminder", reports=len(made))
        return len(made)


def claim_reminders(actor: Actor) -> list[ReportLetter]:
    """Claim today's letters to those who were reminded today and have not been written to yet."""
    with act(actor, Action.REPORT_REMIND) as this:
        this.require_system()
        this.unchanged()  # the claim inside writes its own line
        waiting = _waiting_by_account(actor)
        claimed = claim_letters(actor, accounts=list(waiting))
        return [_letter(mailing, *waiting[account]) for account, mailing in claimed.items()]


def _waiting_by_account(actor: Actor) -> Mapping[UUID, tuple[Mailbox, list[Report]]]:
    """Account → where it gets letters, and the reports that wait for it."""
    today = ReportReminder.objects.filter(day=local_date(actor.at))
    reports = [
        one.report
        for one in today.select_related("report__round")
        if one.report.status == one.status  # whoever has done it since is not written to
    ]
    keepers = keepers_of({one.round.county for one in reports})
    owners = {one.id: _owner(one, keepers) for one in reports}
    boxes = mailboxes({one for one in owners.values() if one}, actor.at)
    found: dict[UUID, tuple[Mailbox, list[Report]]] = {}
    for report in reports:
        mine = [one for one in boxes if one.organisation_id == owners[report.id]]
        for box in _chosen(mine, ReportStatus(report.status)):
            _box, waits = found.setdefault(box.account_id, (box, []))
            if report not in waits:
                waits.append(report)
    return found


def _owner(row: Report, keepers: Mapping[str, UUID]) -> UUID | None:
    if TURN_BY[ReportStatus(row.status)] is By.OWN:
        return row.organisation_id
    return keepers.get(row.round.county)


def _chosen(boxes: Iterable[Mailbox], status: ReportStatus) -> list[Mailbox]:
    """Those of the first role that someone holds."""
    boxes = list(boxes)
    for role in TURN_ROLES[status]:
        if held := [one for one in boxes if role in one.roles]:
            return held
    return []


def _letter(mailing: UUID, box: Mailbox, reports: Iterable[Report]) -> ReportLetter:
    waits = tuple(
        (
            f"{one.name}, {one.round.title} {one.round.year}",
            TURN_WORDS[ReportStatus(one.status)],
            one.round.due,
        )
        for one in reports
    )
    return ReportLetter(mailing, box.email, box.language, waits)
