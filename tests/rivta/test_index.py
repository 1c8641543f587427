"""The engagement index is told in time, at least once, and only where the county has said where it is."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from lxml import etree

from samverka.access.rules import Protection
from samverka.audit.models import Event
from samverka.careplans import operations as ops
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import Section
from samverka.people.operations import PersonFacts, edit_person
from samverka.people.reads import PersonDetail
from samverka.rivta import jobs
from samverka.rivta.models import IndexTask as _IndexTask
from samverka.rivta.rules.index import UPDATE
from samverka.rivta.rules.soap import message
from tests.factories.cast import KARINS_NUMBER, NOW, Cast
from tests.rivta.messages import SOURCE, inside, texts, valid
from tests.rivta.test_asking import cast, established, karin, plan

IndexTask: Any = _IndexTask

__all__ = ["cast", "karin", "plan"]


@pytest.fixture(autouse=True)
def _on(settings: Any) -> None:
    settings.SAMVERKA_HSA_ID = SOURCE
    settings.SAMVERKA_ENGAGEMENT_INDEX = "https://index.example.org/update"


class Index:
    """An index that answers as it is told to, and keeps what it was sent."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.sent = list(answers), list[Any]()

    def __call__(self, text: bytes) -> bytes:
        found = inside(text)
        valid(found, "Update")
        self.sent.append(found)
        code = self.answers.pop(0) if self.answers else "OK"
        if code == "silent":
            raise TimeoutError
        body = etree.Element(f"{{{UPDATE}}}UpdateResponse")
        etree.SubElement(body, f"{{{UPDATE}}}ResultCode").text = code
        return message(body)


def change(cast: Cast, plan: PlanDetail, text: str) -> None:
    ops.write_section(
        cast.region_nurse,
        plan_id=plan.id,
        section=Section.STRENGTHS,
        text=text,
        version=plan.version,
    )


@time_machine.travel(NOW, tick=False)
def test_a_change_is_told_once(cast: Cast, plan: PlanDetail) -> None:
    established(plan.id)
    change(cast, plan, "Envis")
    index = Index()
    assert jobs.tell_index(index) == 1
    [told] = index.sent
    assert texts(told, "registeredResidentIdentification") == [KARINS_NUMBER.value]
    assert texts(told, "logicalAddress") == [SOURCE]
    assert not IndexTask.objects.exists()
    assert jobs.tell_index(index) == 0
    assert Event.objects.filter(action="index.tell", person_id=str(plan.person_id)).count() == 1


def test_it_is_written_in_the_transaction_that_changed_it(cast: Cast, plan: PlanDetail) -> None:
    assert IndexTask.objects.filter(person_id=plan.person_id).count() == 1
    change(cast, plan, "Envis")
    assert IndexTask.objects.filter(person_id=plan.person_id).count() == 1  # one line a person


def test_nothing_is_written_where_the_county_tells_no_index(
    cast: Cast, karin: PersonDetail, settings: Any
) -> None:
    from samverka.careplans.rules import PlanKind

    settings.SAMVERKA_ENGAGEMENT_INDEX = ""
    ops.start_plan(
        cast.region_nurse, person_id=karin.id, kind=PlanKind.CARE, title="Plan", what_matters="x"
    )
    assert not IndexTask.objects.exists()
    jobs.run()


@pytest.mark.parametrize("wrong", ["ERROR", "silent"])
def test_what_is_not_taken_waits_and_is_tried_again(
    cast: Cast, plan: PlanDetail, wrong: str
) -> None:
    established(plan.id)
    index = Index(wrong, wrong, "OK")
    with time_machine.travel(NOW, tick=False) as clock:
        assert jobs.tell_index(index) == 0
        row = IndexTask.objects.get()
        assert (row.tries, row.due_at > NOW) == (1, True)
        assert jobs.tell_index(index) == 0
        assert len(index.sent) == 1  # not before its time
        clock.shift(130)
        assert jobs.tell_index(index) == 0
        clock.shift(3600)
        assert jobs.tell_index(index) == 1
    assert not IndexTask.objects.exists()


@time_machine.travel(NOW, tick=False)
def test_what_changes_while_it_is_sent_is_told_again(cast: Cast, plan: PlanDetail) -> None:
    established(plan.id)
    later = cast.at(cast.region_nurse, minutes=1)

    class Busy(Index):
        def __call__(self, text: bytes) -> bytes:
            if not self.sent:
                ops.write_section(
                    later,
                    plan_id=plan.id,
                    section=Section.STRENGTHS,
                    text="Nytt",
                    version=plan.version,
                )
            return super().__call__(text)

    index = Busy()
    jobs.tell_index(index)
    assert len(index.sent) == 2
    assert not IndexTask.objects.exists()


@time_machine.travel(NOW, tick=False)
def test_a_draft_and_a_protected_person_are_not_told(cast: Cast, plan: PlanDetail) -> None:
    index = Index()
    assert jobs.tell_index(index) == 0
    established(plan.id)
    facts = PersonFacts("Karin", "Åström", protection=Protection.PROTECTED)
    edit_person(cast.region_nurse, person_id=plan.person_id, version=1, facts=facts)
    change(cast, plan, "Envis")
    assert jobs.tell_index(index) == 0
    assert index.sent == []
    assert not IndexTask.objects.exists()
