"""Reminders by the clock: whose turn, when, never twice; and what waits on the page where those who lead begin."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from samverka.access.models import Account
from samverka.transition import jobs
from samverka.transition import operations as ops
from samverka.transition.models import ReportReminder
from samverka.transition.operations.reports import remind_reports
from samverka.transition.reads import report_duties
from samverka.transition.rules.reports.reminding import Stage, stage_on
from samverka.transition.rules.reports.steps import StepName
from tests.factories.cast import NOW, Cast
from tests.factories.login import logged_in
from tests.transition.reporting import CLOSES, DUE, OPENS, lock, open_round, report_of, sign

MORNING = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
"""Half past seven in Sweden, fourteen days before the last day to answer."""


@pytest.mark.parametrize(
    ("days", "stage"),
    [(-15, None), (-14, Stage.FORTNIGHT), (-4, Stage.FORTNIGHT), (-3, Stage.SOON),
     (0, Stage.SOON), (1, Stage.LATE), (7, Stage.LATE), (8, Stage.STILL_LATE)],
)  # fmt: skip
def test_a_reminder_has_its_day(days: int, stage: Stage | None) -> None:
    assert stage_on(date(2026, 12, 15), date(2026, 12, 15) + timedelta(days=days)) is stage


def test_each_turn_is_reminded_once_at_each_stage(cast: Cast) -> None:
    found = open_round(cast)
    clock = cast.at(cast.system, days=10)
    assert remind_reports(clock) == 0  # fifteen days left
    clock = cast.at(cast.system, days=11)
    assert (remind_reports(clock), remind_reports(clock)) == (len(found.reports), 0)
    sign(cast.municipal_analyst, cast.municipal_leader, report_of(found, "Krokom"))
    assert remind_reports(clock) == 1  # now it is the region's turn to receive it
    lock(cast, report_of(found, "Krokom"))
    late = cast.at(cast.system, days=26)
    assert (remind_reports(late), remind_reports(late)) == (len(found.reports) - 1, 0)
    last = ReportReminder.objects.filter(stage=Stage.LATE).values_list("report__name", flat=True)
    assert "Krokoms kommun" not in last


def test_letters_go_to_those_whose_turn_it_is_and_never_twice(cast: Cast, settings: Any) -> None:
    settings.SAMVERKA_MAIL_ON, settings.SAMVERKA_ADDRESS = True, "https://samverka.example"
    for actor in (cast.analyst, cast.leader, cast.municipal_analyst, cast.municipal_leader):
        Account.objects.filter(id=actor.id).update(email=f"{actor.id}@example.se")
    found = open_round(cast)
    ops.take_step(cast.analyst, report_id=report_of(found, "Region"), step=StepName.BEGIN)
    sign(cast.municipal_analyst, cast.municipal_leader, report_of(found, "Krokom"))
    for _beat in range(2):
        with time_machine.travel(MORNING, tick=False):
            jobs.run()
    assert [one.to for one in mail.outbox] == [[f"{cast.analyst.id}@example.se"]]
    body = str(mail.outbox[0].body)
    assert "Region Jämtland Härjedalen, Nära vård 2026: Svara klart" in body
    assert "Krokoms kommun, Nära vård 2026: Ta emot och lås" in body
    with time_machine.travel(MORNING - timedelta(hours=4) + timedelta(days=11), tick=False):
        jobs.run()  # noted in the night, but nobody is written to before seven
    assert len(mail.outbox) == 1


def test_what_waits_stands_where_those_who_lead_begin(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to(NOW)
    found = open_round(cast)
    krokom = report_of(found, "Krokom")
    client = logged_in(cast.municipal_leader)
    page = client.get(reverse("indicators:overview")).content.decode()
    assert page.count("Börja svara") == 1
    assert reverse("transition:report", args=[krokom]) in page
    sign(cast.municipal_analyst, cast.municipal_leader, krokom)
    assert "Att göra" not in client.get(reverse("indicators:overview")).content.decode()
    waits = [str(one.verb) for one in report_duties(cast.leader)]
    assert waits == ["Börja svara", "Ta emot rapporter (1)"]
    late = report_duties(cast.at(cast.leader, days=26))
    assert [(one.due, one.late) for one in late] == [(DUE, True), (CLOSES, False)]
    assert report_duties(cast.region_nurse) == ()


def test_a_planned_round_waits_for_its_keeper_alone(cast: Cast) -> None:
    ops.make_round(
        cast.analyst, year=2026, title="Ny", agreement="", opens=OPENS, due=DUE, closes=CLOSES
    )
    assert [str(one.verb) for one in report_duties(cast.leader)] == ["Öppna omgången"]
    assert report_duties(cast.municipal_leader) == ()
