"""What other rooms want of a unit becomes tasks; what they no longer want is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.guarded import OutsideAct
from samverka.kernel.actor import Actor
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.notices.models import News, Task
from samverka.notices.operations import keep_tasks, tell_person
from samverka.notices.rules import About, TaskKind, TaskStatus, read
from samverka.people.reads import PersonDetail
from tests.factories.cast import NOW, Cast
from tests.notices.conftest import Keep, only_task, wanted


def _standing() -> list[Task]:
    return list(Task.objects.filter(ended_at__isnull=True).order_by("key"))


def test_what_is_wanted_is_opened_at_the_unit(cast: Cast, keep: Keep, karin: PersonDetail) -> None:
    keep(cast.region_nurse, wanted(cast.municipal_nurse, due_at=NOW + timedelta(days=2)))
    task = only_task()
    assert task.unit_id == task.home_unit_id == cast.municipal_nurse.unit_id
    assert task.provider_id == cast.municipal_nurse.provider_id
    assert (task.branch, task.published, task.status) == ("health", False, TaskStatus.OPEN)
    assert (task.person_id, task.opened_at) == (karin.id, NOW)
    verb = read(task.verb)
    assert isinstance(verb, Text)
    assert verb == "svara på kallelsen"


def test_the_same_again_changes_nothing(cast: Cast, keep: Keep) -> None:
    one = wanted(cast.municipal_nurse)
    call = keep(cast.region_nurse, one)
    before = only_task()
    keep(cast.at(cast.region_nurse, hours=1), one, object_id=call)
    assert only_task() == before
    assert only_task().opened_at == NOW


def test_what_is_changed_is_changed_and_keeps_its_taker(cast: Cast, keep: Keep) -> None:
    one = wanted(cast.municipal_nurse)
    call = keep(cast.region_nurse, one)
    later = NOW + timedelta(days=5)
    keep(cast.region_nurse, replace(one, due_at=later, verb="ringa Karin"), object_id=call)
    task = only_task()
    assert (task.due_at, read(task.verb)) == (later, "ringa Karin")
    assert not isinstance(read(task.verb), Text), "anyone's own words are never translated"


def test_what_is_gone_is_closed(cast: Cast, keep: Keep) -> None:
    call = keep(cast.region_nurse, wanted(cast.municipal_nurse), wanted(cast.home_care, "other"))
    keep(cast.at(cast.region_nurse, hours=2), wanted(cast.home_care, "other"), object_id=call)
    assert [one.key for one in _standing()] == ["other"]
    closed = Task.objects.get(key="call")
    assert (closed.status, closed.ended_at) == (TaskStatus.CLOSED, NOW + timedelta(hours=2))


def test_other_objects_are_left_alone(cast: Cast, keep: Keep) -> None:
    keep(cast.region_nurse, wanted(cast.municipal_nurse))
    keep(cast.region_nurse, wanted(cast.municipal_nurse))
    assert len(_standing()) == 2


def test_another_unit_is_asked_instead(cast: Cast, keep: Keep) -> None:
    call = keep(cast.region_nurse, wanted(cast.municipal_nurse))
    keep(cast.region_nurse, wanted(cast.ward_nurse), object_id=call)
    [task] = _standing()
    assert task.unit_id == cast.ward_nurse.unit_id
    assert Task.objects.count() == 2


def test_what_comes_back_is_a_new_task(cast: Cast, keep: Keep) -> None:
    one = wanted(cast.municipal_nurse)
    call = keep(cast.region_nurse, one)
    keep(cast.region_nurse, object_id=call)
    keep(cast.region_nurse, one, object_id=call)
    assert [task.status for task in Task.objects.order_by("opened_at", "ended_at")] == [
        TaskStatus.CLOSED,
        TaskStatus.OPEN,
    ]


def test_a_withheld_object_has_withheld_tasks(cast: Cast, keep: Keep) -> None:
    keep(cast.region_nurse, wanted(cast.municipal_nurse), hidden=True)
    assert only_task().not_for_patient


def test_the_person_can_set_off_a_task(cast: Cast, patient: Actor, karin: PersonDetail) -> None:
    about = About("Plan", karin.id, karin.id, "/planer/")
    with act(patient, Action.PLAN_COMMENT) as this:
        keep_tasks(this, about=about, wanted=[wanted(cast.region_nurse, "words", TaskKind.COMMENT)])
        this.note_person(karin.id, "Plan")
    assert only_task().unit_id == cast.region_nurse.unit_id


def test_nothing_is_written_outside_an_act_that_writes(
    cast: Cast, keep: Keep, karin: PersonDetail
) -> None:
    with pytest.raises(OutsideAct), act(cast.region_nurse, Action.PLAN_READ) as this:
        tell_person(this, person_id=karin.id, sentence=_("Din plan har ändrats."))


def test_when_the_act_fails_no_task_is_there(cast: Cast, karin: PersonDetail) -> None:
    about = About("Plan", karin.id, karin.id, "/planer/")

    def write_and_fail() -> None:
        with act(cast.region_nurse, Action.PLAN_EDIT) as this:
            keep_tasks(this, about=about, wanted=[wanted(cast.region_nurse)])
            raise RuntimeError("the caller's own fault")

    with pytest.raises(RuntimeError):
        write_and_fail()
    assert not Task.objects.exists()


def test_the_person_is_told_in_words_that_can_be_translated(
    cast: Cast, karin: PersonDetail
) -> None:
    with act(cast.region_nurse, Action.PLAN_EDIT) as this:
        tell_person(this, person_id=karin.id, sentence=_("%(unit)s har ändrat planen.", unit="Vi"))
        this.note_person(karin.id, "News")
    news = News.objects.get()
    sentence = read(news.sentence)
    assert isinstance(sentence, Text)
    assert (sentence, sentence.msgid) == (
        "Vi har ändrat planen.",
        "%(unit)s har ändrat planen.",
    )
    assert (news.person_id, news.at, news.read_at) == (karin.id, NOW, None)
