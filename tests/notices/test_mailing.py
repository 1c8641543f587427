"""The day's mail: once, to the right ones, and never with anything about anyone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMessage
from pytest_django import Settings

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.models import Account
from samverka.audit.models import Event
from samverka.kernel.actor import Actor
from samverka.kernel.text import text as _
from samverka.notices import jobs
from samverka.notices import operations as ops
from samverka.notices.models import Mailing, News
from samverka.notices.operations import tell_person
from samverka.notices.rules import TaskKind
from samverka.people.reads import PersonDetail
from tests.factories.cast import Cast
from tests.notices.conftest import Keep, wanted

MORNING = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
"""Half past seven in Sweden, the day after what has happened."""


@pytest.fixture(autouse=True)
def _mail_on(settings: Settings) -> None:
    settings.SAMVERKA_MAIL_ON = True
    settings.SAMVERKA_ADDRESS = "https://samverka.example"


def _set(cast: Cast, unit: str = "health_centre", **values: Any) -> None:
    known: dict[str, Any] = {
        "unit_id": cast.units[unit].id,
        "emails": [f"{unit}@region.example"],
        "stand_in_id": None,
        "fallback_id": None,
        "week": (),
        "digest_hour": 7,
        "version": 0,
    }
    ops.change_settings(cast.administrator, **(known | values))


def _at(moment: datetime) -> None:
    with time_machine.travel(moment, tick=False):
        jobs.run()


@pytest.fixture
def waiting(cast: Cast, keep: Keep) -> None:
    """The health centre has two calls and something that the person has written."""
    nurse = cast.region_nurse
    keep(
        cast.municipal_nurse,
        wanted(nurse, "a"),
        wanted(nurse, "b"),
        wanted(nurse, "c", TaskKind.COMMENT),
    )


# ── digests ──


def test_the_unit_is_told_how_many_and_where(
    cast: Cast, waiting: None, mailoutbox: list[EmailMessage]
) -> None:
    _set(cast)
    _at(MORNING)
    (mail,) = mailoutbox
    assert mail.to == ["health_centre@region.example"]
    assert mail.subject == "3 uppgifter väntar på Krokoms hälsocentral"
    assert "2 · Kallelse att svara på" in str(mail.body)
    assert "1 · Ord från personen" in str(mail.body)
    assert "https://samverka.example/" in str(mail.body)


def test_nothing_about_anyone_is_in_it(
    cast: Cast, waiting: None, karin: PersonDetail, mailoutbox: list[EmailMessage]
) -> None:
    _set(cast)
    _at(MORNING)
    text = f"{mailoutbox[0].subject} {mailoutbox[0].body}"
    secrets = [karin.given_name, karin.family_name, "1942", str(karin.id), "svara på kallelsen"]
    assert [word for word in secrets if word in text] == []


def test_once_a_day_however_often_the_clock_looks(
    cast: Cast, waiting: None, mailoutbox: list[EmailMessage]
) -> None:
    _set(cast)
    for minutes in (0, 1, 600):
        _at(MORNING + timedelta(minutes=minutes))
    assert len(mailoutbox) == 1
    _at(MORNING + timedelta(days=1))
    assert len(mailoutbox) == 2


def test_not_before_its_hour_and_not_where_nothing_waits(
    cast: Cast, waiting: None, mailoutbox: list[EmailMessage]
) -> None:
    _set(cast, digest_hour=9)
    _set(cast, "ward")
    _at(MORNING)
    assert mailoutbox == []
    _at(MORNING + timedelta(hours=2))
    assert [one.to for one in mailoutbox] == [["health_centre@region.example"]]


def test_a_unit_that_wants_none_gets_none(
    cast: Cast, waiting: None, mailoutbox: list[EmailMessage]
) -> None:
    _set(cast, digest_hour=None)
    _at(MORNING)
    assert mailoutbox == []


def test_a_unit_without_an_address_gets_none(
    cast: Cast, waiting: None, mailoutbox: list[EmailMessage]
) -> None:
    _at(MORNING)
    assert mailoutbox == []
    assert not Mailing.objects.exists()


class _Refusing:
    """A mail server that refuses some receivers."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, refused: Sequence[str]) -> None:
        self.refused = list(refused)
        self.sent: list[str] = []
        monkeypatch.setattr(EmailMessage, "send", lambda mail: self.send(mail))

    def send(self, mail: EmailMessage) -> int:
        if mail.to[0] in self.refused:
            raise ConnectionRefusedError(f"550 {mail.to[0]}")
        self.sent.append(mail.to[0])
        return 1


@pytest.fixture
def both(cast: Cast, waiting: None, keep: Keep) -> None:
    keep(cast.municipal_nurse, wanted(cast.ward_nurse))
    _set(cast)
    _set(cast, "ward")


def test_one_that_fails_does_not_stop_the_others(
    cast: Cast, both: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    server = _Refusing(monkeypatch, ["health_centre@region.example"])
    _at(MORNING)
    assert server.sent == ["ward@region.example"]
    assert "region.example" not in caplog.text, "an address may be someone's"
    failed = Mailing.objects.get(state="failed")
    assert (failed.fault, failed.tries) == ("ConnectionRefusedError", 1)
    server.refused = []
    _at(MORNING + timedelta(minutes=5))
    assert len(server.sent) == 1, "not at once"
    _at(MORNING + timedelta(minutes=20))
    assert server.sent == ["ward@region.example", "health_centre@region.example"]


def test_three_tries_a_day(cast: Cast, both: None, monkeypatch: pytest.MonkeyPatch) -> None:
    _Refusing(monkeypatch, ["health_centre@region.example", "ward@region.example"])
    for hours in range(6):
        _at(MORNING + timedelta(hours=hours))
    assert set(Mailing.objects.values_list("tries", flat=True)) == {3}


def test_a_run_that_is_cut_off_sends_no_mail_twice(
    cast: Cast, both: None, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage]
) -> None:
    """Claimed and perhaps sent: the next run takes the others, not those."""
    with time_machine.travel(MORNING, tick=False):
        monkeypatch.setattr(ops.mailing, "AT_ONCE", 1)
        (taken,) = ops.claim_digests(cast.at(cast.system, hours=16))
    _at(MORNING)
    assert [one.to for one in mailoutbox] != [list(taken.receivers)]
    assert len(mailoutbox) == 1


def test_with_mail_switched_off_nothing_is_claimed(
    cast: Cast, both: None, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    settings.SAMVERKA_MAIL_ON = False
    _at(MORNING)
    assert mailoutbox == []
    assert not Mailing.objects.exists()


def test_a_part_that_fails_does_not_stop_the_others(
    cast: Cast,
    waiting: None,
    monkeypatch: pytest.MonkeyPatch,
    mailoutbox: list[EmailMessage],
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(_actor: Actor) -> int:
        raise RuntimeError("about Karin")

    monkeypatch.setattr(jobs, "send_on_unopened", fail)
    _set(cast)
    _at(MORNING)
    assert len(mailoutbox) == 1
    assert "RuntimeError" in caplog.text
    assert "Karin" not in caplog.text


# ── a word to the person ──


@pytest.fixture
def told(cast: Cast, karin: PersonDetail, patient: Actor) -> None:
    """Karin has an address, and something new to read."""
    Account.objects.filter(id=patient.id).update(email="karin@example.org")
    _tell(cast.region_nurse, karin)


def _tell(actor: Actor, person: PersonDetail) -> None:
    with act(actor, Action.PLAN_EDIT) as this:
        tell_person(this, person_id=person.id, sentence=_("Lena har ändrat i din plan."))
        this.note_person(person.id, "News")


def test_the_person_is_told_that_there_is_something_and_no_more(
    told: None, mailoutbox: list[EmailMessage]
) -> None:
    _at(MORNING)
    (mail,) = mailoutbox
    assert mail.to == ["karin@example.org"]
    assert mail.subject == "Något nytt på din sida"
    for word in ("Karin", "Lena", "plan"):
        assert word not in f"{mail.subject} {mail.body}"


def test_at_most_one_a_day_and_only_for_what_is_newer(
    cast: Cast, told: None, karin: PersonDetail, mailoutbox: list[EmailMessage]
) -> None:
    _at(MORNING)
    _tell(cast.at(cast.region_nurse, hours=17), karin)
    _at(MORNING + timedelta(hours=4))
    assert len(mailoutbox) == 1
    _at(MORNING + timedelta(days=1))
    assert len(mailoutbox) == 2, "the second is about what came after the first"
    _at(MORNING + timedelta(days=2))
    assert len(mailoutbox) == 2


def test_what_has_been_read_sets_off_nothing(
    told: None, patient: Actor, karin: PersonDetail, mailoutbox: list[EmailMessage]
) -> None:
    ops.note_news_read(patient, person_id=karin.id)
    assert News.objects.get().read_at is not None
    _at(MORNING)
    assert mailoutbox == []


def test_old_news_sets_off_nothing(told: None, mailoutbox: list[EmailMessage]) -> None:
    _at(MORNING + timedelta(days=8))
    assert mailoutbox == []


def test_staff_and_strangers_do_not_read_for_the_person(
    cast: Cast, told: None, karin: PersonDetail
) -> None:
    for actor in (cast.region_nurse, cast.stranger):
        ops.note_news_read(actor, person_id=karin.id)
    assert News.objects.get().read_at is None


def test_the_trail_has_numbers_only(
    cast: Cast, both: None, told: None, karin: PersonDetail, mailoutbox: list[EmailMessage]
) -> None:
    _at(MORNING)
    assert len(mailoutbox) == 3
    lines = Event.objects.filter(action="notice.run", object_type="Mailing")
    assert lines.count() >= 3
    assert {line.person_id for line in lines} == {""}
    assert "example" not in " ".join(str(line.detail) for line in lines)
