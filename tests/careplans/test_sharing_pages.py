"""What each reader is told of what has been given, in words; send, and keep back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings

from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import Term
from samverka.careplans.rules.disclosing import PartKind
from samverka.kernel.parameters import Key
from samverka.people.reads import PersonDetail
from tests.careplans.test_pages import address, sent, shown
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, person_login

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_each_reader_is_told_what_it_has_been_given(
    cast: Cast, karin: PersonDetail, shared: PlanDetail
) -> None:
    url = address("plan", shared.id)
    theirs = shown(log_in(cast.needs_assessor), url)
    assert f"Ni läser version {shared.version}, utlämnad" in theirs
    assert "med samtycke av Karin Åström" in theirs
    assert "har inte fått planen" not in theirs
    for reader in (cast.region_nurse, person_login(karin)):
        page = shown(log_in(reader), url)
        assert "Vad andra har fått" in page
        assert f"Har version {shared.version}, från" in page
    ops.withdraw_sharing(cast.region_nurse, plan_id=shared.id, by="Karin")
    kept = shown(log_in(cast.needs_assessor), url)
    assert "Det här är vad ni fick" in kept
    assert "Planen kan ha ändrats sedan dess." in kept
    assert "Det här är vad ni fick" in shown(
        log_in(cast.needs_assessor), address("print", shared.id)
    )
    for reader in (cast.region_nurse, person_login(karin)):
        assert "Får inget mer, men har kvar det." in shown(log_in(reader), url)


def test_a_kept_copy_cannot_be_posted_to(cast: Cast, shared: PlanDetail) -> None:
    ops.withdraw_sharing(cast.region_nurse, plan_id=shared.id, by="Karin")
    client = log_in(cast.needs_assessor)
    for url, data in (
        (address("goal_new", shared.id), {"words": "X", "term": "short"}),
        (address("edit_section", shared.id, "strengths"), {"text": "X", "version": "1"}),
        (address("comment", shared.id), {"words": "X"}),
        (address("send", shared.id), {}),
    ):
        assert sent(client, url, **data).status_code in (403, 409), url
    assert reads.plan(cast.region_nurse, plan_id=shared.id).goals == shared.goals


def test_changes_are_sent_with_one_button(
    cast: Cast, shared: PlanDetail, settings: Settings
) -> None:
    settings.SAMVERKA_COUNTY = {**settings.SAMVERKA_COUNTY, str(Key.PLAN_GIVEN_AT_SAVE): 0}
    ops.add_goal(cast.region_nurse, plan_id=shared.id, words="Ett", term=Term.SHORT)
    ops.add_goal(cast.region_nurse, plan_id=shared.id, words="Två", term=Term.SHORT)
    client, url = log_in(cast.region_nurse), address("plan", shared.id)
    assert "2 ändringar är inte lämnade ut till Krokoms omsorg." in shown(client, url)
    other = log_in(cast.needs_assessor)
    assert "har ändringar som inte är skickade till er än" in shown(other, url)
    assert sent(client, address("send", shared.id)).status_code == 302
    page = shown(client, url)
    assert "Ändringarna är skickade." in page
    assert "inte lämnade ut" not in page
    assert "Två" in shown(other, url)


def test_parts_are_kept_outside_and_given_out_again(cast: Cast, shared: PlanDetail) -> None:
    client, url = log_in(cast.region_nurse), address("outside", shared.id)
    goal = shared.goals[0]
    assert "Allt i planen lämnas ut" in shown(client, url)
    empty = sent(client, url, reason="Karin vill inte")
    assert empty.status_code == 422
    assert "Karin vill inte" in empty.content.decode()  # nothing typed is lost
    answer = sent(client, url, parts=[f"goal:{goal.id}"], reason="Karin vill inte")
    assert answer.status_code == 302
    page = shown(client, url)
    assert "Karin vill inte" in page
    assert "Lämnas inte till någon annan" in page
    assert goal.words not in shown(log_in(cast.needs_assessor), address("plan", shared.id))
    assert "Får inte:" in shown(client, address("plan", shared.id))
    (kept,) = reads.plan(cast.region_nurse, plan_id=shared.id).withheld
    give = address("give_out", shared.id, kept.id)
    assert sent(log_in(cast.needs_assessor), give).status_code == 404
    assert sent(client, give).status_code == 302
    assert goal.words in shown(log_in(cast.needs_assessor), address("plan", shared.id))


@pytest.mark.parametrize("name", ["outside", "send"])
def test_who_does_not_keep_the_plan_does_not_choose_what_goes_out(
    cast: Cast, shared: PlanDetail, name: str
) -> None:
    post = name == "send"
    for reader, status in ((cast.needs_assessor, 403), (cast.stranger, 404)):
        client, url = log_in(reader), address(name, shared.id)
        assert (sent(client, url) if post else client.get(url)).status_code == status


def test_one_writes_what_is_not_given_out(
    cast: Cast, karin: PersonDetail, shared: PlanDetail
) -> None:
    client = log_in(cast.needs_assessor)
    url = address("goal_new", shared.id)
    assert "Lämnas inte ut" in shown(client, url)
    answer = sent(client, url, words="Kommunens eget", term="short", withheld="on")
    assert answer.status_code == 302
    plan = address("plan", shared.id)
    assert "Kommunens eget" in shown(client, plan)
    assert "Kommunens eget" not in shown(log_in(cast.region_nurse), plan)
    assert "Kommunens eget" in shown(log_in(person_login(karin)), plan)


def test_the_person_sees_in_plain_words_who_has_the_plan(
    cast: Cast, karin: PersonDetail, shared: PlanDetail
) -> None:
    client, url = log_in(person_login(karin)), reverse("contract:my_consents")
    page = shown(client, url)
    assert "De här har fått din plan" in page
    assert "De får veta när planen ändras." in page
    theirs = reverse("contract:consents", args=[karin.id])
    assert "Det här har er organisation fått" in shown(log_in(cast.needs_assessor), theirs)
    assert "Det här har er organisation fått" not in shown(log_in(cast.region_nurse), theirs)
    ops.withdraw_sharing(cast.region_nurse, plan_id=shared.id, by="Karin")
    assert "De får inget mer. Det de har fått finns kvar hos dem." in shown(client, url)


def test_few_questions(cast: Cast, shared: PlanDetail) -> None:
    ops.keep_back(
        cast.region_nurse, plan_id=shared.id, parts=[ops.KeptBack(PartKind.SECTION, "strengths")]
    )
    ops.withdraw_sharing(cast.region_nurse, plan_id=shared.id, by="Karin")
    for reader in (cast.region_nurse, cast.needs_assessor):
        client = log_in(reader)
        for name in ("plan", "print", "versions"):
            client.get(address(name, shared.id))
            with CaptureQueriesContext(connection) as found:
                shown(client, address(name, shared.id))
            assert len(found) <= 12, (name, [one["sql"][:90] for one in found])
