"""Ready to go home: who is asked, who answers, what lets the ward send someone home, what the person ticks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from samverka.discharge import operations as ops
from samverka.discharge import reads
from samverka.discharge.operations import ItemSaid, ItemWanted, TickSaid
from samverka.discharge.reads import CaseDetail, ItemDetail
from samverka.discharge.rules.items import Answer, ItemKind
from samverka.discharge.rules.kinds import CaseStatus, Secrecy, Track
from samverka.discharge.rules.messages import MessageKind
from samverka.discharge.rules.preparing import Tick
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.notices.reads import unit_tasks
from samverka.people.reads import PersonDetail
from tests.factories.cast import NOW, Cast, person_login

YES, NO, NOT_NEEDED = (
    ItemSaid(Answer.YES),
    ItemSaid(Answer.NO, "Kommer i morgon"),
    Answer.NOT_NEEDED,
)


@pytest.fixture
def listed(cast: Cast, told: CaseDetail) -> CaseDetail:
    """The ward has put three lines on the list: one of its own, two of the needs assessment's."""
    return ops.ask_items(
        cast.ward_nurse, case_id=told.id,
        wanted=[
            ItemWanted(ItemKind.PRESCRIPTIONS, cast.units["ward"].id),
            ItemWanted(ItemKind.FOOD, cast.units["assessment"].id),
            ItemWanted(ItemKind.KEYS, cast.units["assessment"].id),
        ],
    )  # fmt: skip


def lines(actor: Actor, case: CaseDetail) -> dict[ItemKind, ItemDetail]:
    return {one.kind: one for one in reads.going_home(actor, case_id=case.id).items}


def answer(actor: Actor, case: CaseDetail, **said: ItemSaid) -> CaseDetail:
    found = lines(actor, case)
    by_name = {one.value: found[one].id for one in found}
    return ops.answer_items(
        actor, case_id=case.id,
        said={by_name[name.replace("_", "-")]: one for name, one in said.items()},
    )  # fmt: skip


def go_home(actor: Actor, case: CaseDetail, **more: object) -> CaseDetail:
    body = {"discharged_at": actor.at.isoformat()} | more
    return ops.send_message(
        actor, case_id=case.id, kind=MessageKind.DISCHARGE, letter=ops.Letter(body=body)
    )


def verbs(actor: Actor, case: CaseDetail) -> list[str]:
    return [str(one.verb) for one in reads.case_view(actor, case_id=case.id).steps]


# ── the list ──


def test_the_table_proposes_with_its_owner(cast: Cast, told: CaseDetail) -> None:
    found = reads.going_home(cast.ward_nurse, case_id=told.id)
    owners = {one.kind: unit.name for one, unit in found.proposed}
    assert owners[ItemKind.FOOD] == "Krokoms biståndshandläggning"
    assert owners[ItemKind.TRANSPORT] == "Medicinavdelningen"
    assert found.may_ask


def test_each_unit_has_one_task_with_the_day_before(cast: Cast, listed: CaseDetail) -> None:
    (task,) = [one for one in unit_tasks(cast.needs_assessor) if one.kind == "going-home"]
    assert str(task.verb) == "svara inför hemgång (2)"
    assert listed.estimated_at is not None
    assert task.due_at is not None
    assert (task.due_at - timedelta(seconds=1)).date() == listed.estimated_at - timedelta(days=1)
    assert "svara: Mat" in verbs(cast.ward_nurse, listed)


def test_answers_are_kept_with_who_and_when(cast: Cast, listed: CaseDetail) -> None:
    first = cast.at(cast.needs_assessor, hours=1)
    answer(first, listed, food=NO)
    later = cast.at(cast.needs_assessor, hours=5)
    answer(later, listed, food=YES)
    found = lines(cast.ward_nurse, listed)[ItemKind.FOOD]
    assert (found.answer, found.answered_by, found.answered_at) == (
        Answer.YES,
        later.name,
        later.at,
    )
    (before,) = found.before
    assert (before.answer, before.words, before.at) == (Answer.NO, "Kommer i morgon", first.at)


def test_the_task_goes_when_all_is_answered(cast: Cast, listed: CaseDetail) -> None:
    actor = cast.at(cast.needs_assessor, hours=1)
    answer(actor, listed, food=YES, keys=ItemSaid(NOT_NEEDED))
    assert not [one for one in unit_tasks(actor) if one.kind == "going-home"]
    assert "svara: Mat" not in verbs(cast.ward_nurse, listed)


def test_a_no_must_say_what(cast: Cast, listed: CaseDetail) -> None:
    with pytest.raises(Invalid, match="vad som saknas"):
        answer(cast.needs_assessor, listed, food=ItemSaid(Answer.NO))
    assert lines(cast.ward_nurse, listed)[ItemKind.FOOD].answer is None


def test_only_the_unit_that_is_asked_answers(cast: Cast, listed: CaseDetail) -> None:
    with pytest.raises(NotAllowed, match="en annan enhet"):
        answer(cast.ward_nurse, listed, food=YES)
    with pytest.raises(NotAllowed):
        answer(cast.needs_assessor, listed, prescriptions=YES)


def test_a_stranger_does_not_know_of_the_list(cast: Cast, listed: CaseDetail) -> None:
    for actor in (cast.stranger, cast.surgery_nurse, cast.municipal_nurse):
        with pytest.raises(NotFound):
            reads.going_home(actor, case_id=listed.id)
        with pytest.raises(NotFound):
            ops.ask_items(actor, case_id=listed.id, wanted=[])


def test_only_to_those_who_take_part_and_on_a_ground(cast: Cast, told: CaseDetail) -> None:
    outside = [ItemWanted(ItemKind.AIDS, cast.units["home_health"].id)]
    with pytest.raises(Invalid, match="deltar inte"):
        ops.ask_items(cast.ward_nurse, case_id=told.id, wanted=outside)
    inside = [ItemWanted(ItemKind.AIDS, cast.units["assessment"].id)]
    with pytest.raises(Invalid, match="prövningen"):
        ops.ask_items(cast.ward_nurse, case_id=told.id, wanted=inside, ground=Secrecy.HARM_TEST)
    with pytest.raises(Invalid, match="grunden"):
        ops.ask_items(cast.ward_nurse, case_id=told.id, wanted=inside, ground=Secrecy.DUTY)
    with pytest.raises(Invalid, match="vad det gäller"):
        ops.ask_items(
            cast.ward_nurse, case_id=told.id,
            wanted=[ItemWanted(ItemKind.OTHER, cast.units["ward"].id)],
        )  # fmt: skip


def test_the_municipality_can_ask_the_ward(cast: Cast, told: CaseDetail) -> None:
    ops.ask_items(
        cast.needs_assessor, case_id=told.id,
        wanted=[ItemWanted(ItemKind.OTHER, cast.units["ward"].id, "Skicka med madrassen")],
    )  # fmt: skip
    found = lines(cast.ward_nurse, told)[ItemKind.OTHER]
    assert (found.words, found.asked_from) == (
        "Skicka med madrassen",
        "Krokoms biståndshandläggning",
    )
    assert found.may_answer
    with pytest.raises(NotAllowed, match="avdelningen som gör listan"):
        ops.ask_items(cast.needs_assessor, case_id=told.id, wanted=[])


def test_a_line_can_be_handed_over(cast: Cast, listed: CaseDetail) -> None:
    line = lines(cast.needs_assessor, listed)[ItemKind.KEYS]
    actor = cast.at(cast.needs_assessor, hours=1)
    ops.hand_over_item(actor, item_id=line.id, unit_id=cast.units["home_care"].id)
    assert lines(cast.ward_nurse, listed)[ItemKind.KEYS].unit_name == "Krokoms hemtjänst"
    tasks = unit_tasks(cast.at(cast.home_care, hours=2))
    assert sum(one.kind == "going-home" for one in tasks) == 1
    with pytest.raises(NotAllowed):
        ops.hand_over_item(actor, item_id=line.id, unit_id=cast.units["assessment"].id)


def test_a_unit_that_leaves_the_case_leaves_its_lines_to_the_ward(
    cast: Cast, listed: CaseDetail
) -> None:
    actor = cast.at(cast.needs_assessor, hours=1)
    copy = next(
        copy for one in reads.case(actor, case_id=listed.id).messages for copy in one.copies
        if copy.own
    )  # fmt: skip
    ops.return_copy(actor, copy_id=copy.id, reason="Inte vår")
    found = lines(cast.at(cast.ward_nurse, hours=2), listed)
    assert found[ItemKind.FOOD].unit_name == "Medicinavdelningen"


def test_the_deadline_follows_the_estimate(cast: Cast, listed: CaseDetail) -> None:
    later = (NOW + timedelta(days=9)).date()
    ops.send_message(
        cast.at(cast.ward_nurse, hours=1), case_id=listed.id, kind=MessageKind.ESTIMATE,
        letter=ops.Letter(body={"estimated_at": later.isoformat()}),
    )  # fmt: skip
    (task,) = [one for one in unit_tasks(cast.needs_assessor) if one.kind == "going-home"]
    assert task.due_at is not None
    assert (task.due_at - timedelta(seconds=1)).date() == later - timedelta(days=1)


# ── going home ──


def test_nobody_goes_home_before_all_is_in_place_without_a_reason(
    cast: Cast, listed: CaseDetail
) -> None:
    ward = cast.at(cast.ward_nurse, days=2)
    with pytest.raises(Invalid, match="Recept, Mat, Nycklar"):
        go_home(ward, listed)
    answer(cast.at(cast.needs_assessor, days=1), listed, food=YES, keys=NO)
    answer(cast.at(cast.ward_nurse, days=1), listed, prescriptions=YES)
    with pytest.raises(Invalid, match="hemgången: Nycklar"):
        go_home(ward, listed)
    home = go_home(ward, listed, anyway="Dottern har nyckel")
    assert home.status is CaseStatus.HOME
    assert home.messages[-1].body["anyway"] == "Dottern har nyckel"


def test_all_in_place_needs_no_reason(cast: Cast, listed: CaseDetail) -> None:
    answer(cast.at(cast.needs_assessor, days=1), listed, food=YES, keys=ItemSaid(NOT_NEEDED))
    answer(cast.at(cast.ward_nurse, days=1), listed, prescriptions=YES)
    assert go_home(cast.at(cast.ward_nurse, days=2), listed).status is CaseStatus.HOME


def test_at_home_the_questions_before_are_gone(cast: Cast, listed: CaseDetail) -> None:
    go_home(cast.at(cast.ward_nurse, days=2), listed, anyway="Personen ville hem")
    actor = cast.at(cast.needs_assessor, days=2, hours=1)
    assert not [one for one in unit_tasks(actor) if one.kind == "going-home"]
    with pytest.raises(NotNow):
        answer(actor, listed, food=YES)


# ── the planning form ──

FORM = {"before": "Gick själv", "now": "Går med stöd", "help": "Dusch och trappa"}


def form(actor: Actor, case: CaseDetail, **more: object) -> CaseDetail:
    return ops.send_message(
        actor, case_id=case.id, kind=MessageKind.FORM,
        letter=ops.Letter(body=FORM | more, ground=Secrecy.CONSENT),
    )  # fmt: skip


def test_the_form_has_its_deadline_and_says_when_it_is_late(cast: Cast, told: CaseDetail) -> None:
    step = next(
        one for one in reads.case_view(cast.ward_nurse, case_id=told.id).steps
        if one.message is MessageKind.FORM
    )  # fmt: skip
    assert step.due_at == NOW + timedelta(hours=48)
    on_time = form(cast.at(cast.ward_nurse, hours=48), told)
    assert not on_time.messages[-1].late
    late = form(cast.at(cast.ward_nurse, hours=48, seconds=1), told)
    assert late.messages[-1].late
    assert "skriva planeringsunderlag" not in verbs(cast.at(cast.ward_nurse, days=3), told)


def test_every_version_of_the_form_stands_and_the_track_follows(
    cast: Cast, told: CaseDetail
) -> None:
    form(cast.at(cast.ward_nurse, hours=1), told, track="yellow")
    after = form(cast.at(cast.ward_nurse, hours=9), told, track="red", risks="Faller")
    assert after.track is Track.RED
    said = [one.body for one in after.messages if one.kind is MessageKind.FORM]
    assert [one["track"] for one in said] == ["yellow", "red"]
    with pytest.raises(Invalid, match="grönt, gult eller rött"):
        form(cast.at(cast.ward_nurse, hours=10), told, track="blue")


def test_the_form_needs_its_ground_and_reaches_those_who_plan(cast: Cast, told: CaseDetail) -> None:
    with pytest.raises(Invalid, match="prövningen"):
        ops.send_message(
            cast.ward_nurse, case_id=told.id, kind=MessageKind.FORM,
            letter=ops.Letter(body=FORM, ground=Secrecy.HARM_TEST),
        )  # fmt: skip
    with pytest.raises(NotAllowed, match="skickas av"):
        form(cast.needs_assessor, told)
    form(cast.at(cast.ward_nurse, hours=1), told)
    seen = reads.case(cast.needs_assessor, case_id=told.id)
    assert seen.messages[-1].body["help"] == "Dusch och trappa"


def test_no_form_on_the_green_track(cast: Cast, karin: PersonDetail) -> None:
    made = ops.open_case(
        cast.ward_nurse, person_id=karin.id,
        facts=ops.AdmissionFacts(admitted_at=NOW - timedelta(hours=6), track=Track.GREEN),
    )  # fmt: skip
    from tests.discharge.conftest import admission

    admission(cast, made)
    assert "skriva planeringsunderlag" not in verbs(cast.ward_nurse, made)


# ── the person's own list ──


@pytest.fixture
def me(karin: PersonDetail) -> Actor:
    """Karin, two days before she is believed to go home."""
    return person_login(karin, at=NOW + timedelta(days=2))


def test_a_no_becomes_a_line_for_the_right_unit(cast: Cast, told: CaseDetail, me: Actor) -> None:
    seen = ops.tick_off(
        me, case_id=told.id,
        said={
            Tick.KEYS: TickSaid(True),
            Tick.FOOD: TickSaid(False, "Kylen är tom"),
            Tick.RING: TickSaid(False),
            Tick.QUESTION: TickSaid(None, "Får jag duscha?"),
        },
    )  # fmt: skip
    assert {one: line.yes for one, line in seen.ticks.items()} == {
        Tick.KEYS: True, Tick.FOOD: False, Tick.RING: False, Tick.QUESTION: None,
    }  # fmt: skip
    found = reads.going_home(cast.at(cast.ward_nurse, days=2), case_id=told.id).items
    assert {(one.name, one.words, one.unit_name) for one in found} == {
        ("Mat", "Kylen är tom", "Krokoms biståndshandläggning"),
        ("Annat", "Personen vet inte vem man ska ringa", "Medicinavdelningen"),
        ("Annat", "Fråga från personen: Får jag duscha?", "Medicinavdelningen"),
    }
    assert all(one.from_person for one in found)
    ward = cast.at(cast.ward_nurse, days=2, hours=1)
    assert [one.kind for one in unit_tasks(ward)] == ["going-home"]


def test_the_same_again_changes_nothing_and_a_yes_closes_it(
    cast: Cast, told: CaseDetail, me: Actor
) -> None:
    for _time in range(2):
        ops.tick_off(me, case_id=told.id, said={Tick.FOOD: TickSaid(False, "Tomt")})
    ward = cast.at(cast.ward_nurse, days=2)
    assert len(reads.going_home(ward, case_id=told.id).items) == 1
    later = replace(me, at=me.at + timedelta(hours=1))
    ops.tick_off(later, case_id=told.id, said={Tick.FOOD: TickSaid(True)})
    (line,) = reads.going_home(cast.at(ward, hours=2), case_id=told.id).items
    assert (line.answer, line.answered_by) == (Answer.YES, me.name)


def test_a_line_that_waits_already_is_enough(cast: Cast, listed: CaseDetail, me: Actor) -> None:
    ops.tick_off(me, case_id=listed.id, said={Tick.FOOD: TickSaid(False)})
    found = reads.going_home(cast.at(cast.ward_nurse, days=2), case_id=listed.id).items
    assert [one.kind for one in found].count(ItemKind.FOOD) == 1


def test_the_list_opens_two_days_before_and_closes_at_home(
    cast: Cast, told: CaseDetail, karin: PersonDetail, me: Actor
) -> None:
    said = {Tick.KEYS: TickSaid(True)}
    early = person_login(karin, at=NOW)
    with pytest.raises(NotNow, match="öppnar"):
        ops.tick_off(early, case_id=told.id, said=said)
    assert not reads.home_page(early, case_id=told.id).preparation.may_write
    assert reads.home_page(me, case_id=told.id).preparation.may_write
    go_home(cast.at(cast.ward_nurse, days=3), told)
    with pytest.raises(NotNow, match="inte kvar"):
        ops.tick_off(replace(me, at=NOW + timedelta(days=4)), case_id=told.id, said=said)


def test_others_persons_do_not_tick(cast: Cast, told: CaseDetail) -> None:
    from tests.factories.cast import KARIN, make_person

    other = person_login(
        make_person(cast.region_nurse, replace(KARIN, given_name="Gun")),
        at=NOW + timedelta(days=2),
    )
    with pytest.raises(NotFound):
        ops.tick_off(other, case_id=told.id, said={Tick.KEYS: TickSaid(True)})
    with pytest.raises(NotFound):
        reads.home_page(other, case_id=told.id)


def test_the_ward_ticks_with_the_person_and_it_says_so(cast: Cast, told: CaseDetail) -> None:
    actor = cast.at(cast.ward_nurse, days=2)
    seen = ops.tick_off(actor, case_id=told.id, said={Tick.KEYS: TickSaid(True)})
    line = seen.ticks[Tick.KEYS]
    assert (line.by, line.on_behalf_of) == ("Omar Haddad", "Karin Åström")


def test_the_person_is_told_once_when_the_list_opens(
    cast: Cast, told: CaseDetail, me: Actor
) -> None:
    from samverka.notices.models import News

    assert ops.tell_who_go_home(cast.at(cast.system, hours=1)) == 0
    assert ops.tell_who_go_home(cast.at(cast.system, days=2)) == 1
    assert ops.tell_who_go_home(cast.at(cast.system, days=2, hours=1)) == 0
    assert News.objects.filter(person_id=me.person_id).count() == 1


def test_the_persons_page_has_medicines_and_who_meets(
    cast: Cast, told: CaseDetail, me: Actor
) -> None:
    ward = cast.at(cast.ward_nurse, days=1)
    ops.send_message(
        ward, case_id=told.id, kind=MessageKind.INFORMATION,
        letter=ops.Letter(body={"summary": "Vårdad för fall", "medicines": "Alvedon 1 g x 4"}),
    )  # fmt: skip
    ops.send_message(
        ward, case_id=told.id, kind=MessageKind.PATIENT,
        letter=ops.Letter(body={"summary": "Du har ramlat. Inget är brutet."}),
    )  # fmt: skip
    found = reads.home_page(me, case_id=told.id)
    assert found.medicines.words == "Alvedon 1 g x 4"
    assert found.summary == "Du har ramlat. Inget är brutet."
    assert reads.home_page(cast.at(cast.needs_assessor, days=1), case_id=told.id).summary == ""
