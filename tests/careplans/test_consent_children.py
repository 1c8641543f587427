"""Consent for a child: who answers, whose voice is heard, and how a guardian takes a yes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given as for_all
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from samverka.access import operations as access
from samverka.access.rules import ProxyKind
from samverka.careplans import operations as ops
from samverka.careplans import reads, rules
from samverka.careplans.models import ConsentVoice
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import (
    Answerers,
    ConsentStatus,
    PlanKind,
    VoiceAnswer,
    VoiceFacts,
    VoiceKind,
)
from samverka.kernel.actor import Actor
from samverka.kernel.parameters import Key
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.people.operations import PersonFacts
from samverka.people.reads import PersonDetail
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, make_person, person_login

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


# ── rules ──


def voice(kind: VoiceKind, name: str, answer: VoiceAnswer) -> VoiceFacts:
    return VoiceFacts(kind, name, answer)


IDA_YES = voice(VoiceKind.GUARDIAN, "Ida Holm", VoiceAnswer.YES)
PER_YES = voice(VoiceKind.GUARDIAN, "Per Holm", VoiceAnswer.YES)
PER_NO = voice(VoiceKind.GUARDIAN, "Per Holm", VoiceAnswer.NO)
CHILD = voice(VoiceKind.CHILD, "Elias Holm", VoiceAnswer.YES)
DECIDES = voice(VoiceKind.CHILD_DECIDES, "Elias Holm", VoiceAnswer.YES)
DECIDES_NO = voice(VoiceKind.CHILD_DECIDES, "Elias Holm", VoiceAnswer.NO)
CHILD_UNHEARD = voice(VoiceKind.CHILD, "Elias Holm", VoiceAnswer.NOT_HEARD)
BOTH = Answerers(guardians=("Ida Holm", "Per Holm"), child=True)


@pytest.mark.parametrize(
    ("asked", "voices", "missing"),
    [
        (Answerers(), [], 0),
        (BOTH, [], 3),
        (BOTH, [IDA_YES], 2),
        (BOTH, [IDA_YES, PER_NO, CHILD], 1),
        (BOTH, [IDA_YES, PER_YES], 1),
        (BOTH, [IDA_YES, PER_YES, CHILD], 0),
        (BOTH, [IDA_YES, PER_YES, CHILD_UNHEARD], 0),  # why it was not heard is written down
        (replace(BOTH, all_guardians=False), [IDA_YES, CHILD], 0),
        (replace(BOTH, all_guardians=False), [PER_NO, CHILD], 1),
        (replace(BOTH, child_heard=False), [IDA_YES, PER_YES], 0),
        (Answerers(guardians=(), child=True), [CHILD], 1),  # nobody with custody is known
        (Answerers(guardians=(), child=True), [IDA_YES, CHILD], 0),
        (BOTH, [DECIDES], 0),  # so old and mature that the own answer is the consent
        (BOTH, [PER_NO, DECIDES], 0),
        (BOTH, [IDA_YES, PER_YES, DECIDES_NO], 1),
    ],
)
def test_who_must_answer_for_a_child(
    asked: Answerers, voices: list[VoiceFacts], missing: int
) -> None:
    assert len(rules.missing_voices(asked, voices)) == missing


_voices = st.lists(
    st.builds(
        VoiceFacts,
        st.sampled_from([VoiceKind.GUARDIAN, VoiceKind.CHILD]),
        st.sampled_from(["Ida Holm", "Per Holm", "Elias Holm"]),
        st.sampled_from(VoiceAnswer),
    ),
    max_size=5,
)


@for_all(_voices)
def test_a_child_who_does_not_decide_is_never_shared_without_a_guardians_yes(
    voices: list[VoiceFacts],
) -> None:
    if rules.missing_voices(BOTH, voices):
        with pytest.raises(NotNow):
            rules.check_voices(BOTH, voices)
        return
    newest = {(one.kind, one.name): one for one in voices}
    for name in BOTH.guardians:
        assert newest[VoiceKind.GUARDIAN, name].answer is VoiceAnswer.YES


# ── in the plan ──


@pytest.fixture
def child_plan(cast: Cast) -> tuple[PersonDetail, Actor, PlanDetail]:
    """Elias is eight; Ida is one of two guardians."""
    facts = PersonFacts(given_name="Elias", family_name="Holm", birth_date=date(2018, 3, 1))
    elias = make_person(cast.region_nurse, facts)
    guardians = []
    for name in ("Ida", "Per"):
        made = make_person(cast.region_nurse, PersonFacts(given_name=name, family_name="Holm"))
        access.grant_proxy(
            cast.region_nurse, person_id=elias.id, proxy_person_id=made.id,
            kind=ProxyKind.GUARDIAN, scopes=frozenset({"read", "write", "guardian"}),
            proxy_name=f"{name} Holm",
        )  # fmt: skip
        guardians.append(person_login(made, f"guardian-{name}"))
    plan = ops.start_plan(cast.region_nurse, person_id=elias.id, kind=PlanKind.SIP)
    return elias, guardians[0], plan


def test_a_childs_consent_is_whole_when_all_have_answered(
    cast: Cast, child_plan: tuple[PersonDetail, Actor, PlanDetail]
) -> None:
    _elias, ida, plan = child_plan
    nurse, units = cast.region_nurse, [cast.units["assessment"].id]
    consent = ops.ConsentGiven(given_by="Ida och Per Holm")
    with pytest.raises(NotNow) as lacking:
        ops.share_plan(nurse, plan_id=plan.id, unit_ids=units, consent=consent)
    assert "Ida Holm har inte sagt ja." in str(lacking.value)
    assert "Barnets egen syn är inte nedskriven." in str(lacking.value)
    ops.ask_consent(nurse, plan_id=plan.id, unit_ids=units, covers="Planen")
    said = ops.answer_consent(ida, plan_id=plan.id, yes=True)
    assert said.status is ConsentStatus.ASKED  # one voice of those that are needed
    assert said.answered_here
    ops.note_voice(
        nurse, plan_id=plan.id, kind=VoiceKind.GUARDIAN, name="Per Holm", answer=VoiceAnswer.YES
    )
    with pytest.raises(Invalid) as unjudged:
        ops.note_voice(
            nurse, plan_id=plan.id, kind=VoiceKind.CHILD, name="Elias Holm",
            answer=VoiceAnswer.YES, view="Det är bra om de pratar.",
        )  # fmt: skip
    assert unjudged.value.where == "judgement"
    page = ops.note_voice(
        nurse, plan_id=plan.id, kind=VoiceKind.CHILD, name="Elias Holm", answer=VoiceAnswer.YES,
        view="Det är bra om de pratar.", judgement="Åtta år, förstår vad frågan gäller.",
    )  # fmt: skip
    assert page.missing == ()
    ops.share_plan(nurse, plan_id=plan.id, unit_ids=units, consent=consent)
    assert reads.plan_consent(nurse, plan_id=plan.id).status is ConsentStatus.GIVEN
    assert ConsentVoice.objects.count() == 3


def test_a_mature_child_decides_alone(
    cast: Cast, child_plan: tuple[PersonDetail, Actor, PlanDetail]
) -> None:
    plan = child_plan[2]
    nurse, url = cast.region_nurse, reverse("careplans:consent_voice", args=[plan.id])
    said = {"who": "decides", "answer": "yes", "form": "oral", "view": "Det vill jag."}
    client = log_in(nurse)
    assert client.post(url, said).status_code == 422  # without a judgement it is nobody's decision
    assert client.post(url, said | {"judgement": "Sexton år, förstår."}).status_code == 302
    page = reads.plan_consent(nurse, plan_id=plan.id)
    assert page.missing == ()
    assert [one.kind for one in page.voices] == [VoiceKind.CHILD_DECIDES]
    ops.note_voice(
        nurse, plan_id=plan.id, kind=VoiceKind.CHILD, name="Elias Holm", answer=VoiceAnswer.YES,
        view="Vill att mamma bestämmer.", judgement="Vill inte bestämma själv.",
    )  # fmt: skip
    assert len(reads.plan_consent(nurse, plan_id=plan.id).missing) == 2  # both guardians again


def test_a_guardian_who_changes_their_mind_is_heard(
    cast: Cast, child_plan: tuple[PersonDetail, Actor, PlanDetail]
) -> None:
    _elias, ida, plan = child_plan
    ops.ask_consent(cast.region_nurse, plan_id=plan.id, unit_ids=[cast.units["assessment"].id])
    ops.answer_consent(ida, plan_id=plan.id, yes=True)
    later = replace(ida, at=ida.at + DAY)
    page = ops.answer_consent(later, plan_id=plan.id, yes=False)
    assert "Ida Holm har inte sagt ja." in page.missing
    assert len(page.voices) == 1


def _whole(cast: Cast, child_plan: tuple[PersonDetail, Actor, PlanDetail]) -> Actor:
    """Both guardians have said yes, Elias has been heard, and the plan is shared; Ida."""
    _elias, ida, plan = child_plan
    nurse, units = cast.region_nurse, [cast.units["assessment"].id]
    for kind, name, words in (
        (VoiceKind.GUARDIAN, "Ida Holm", ""),
        (VoiceKind.GUARDIAN, "Per Holm", ""),
        (VoiceKind.CHILD, "Elias Holm", "Åtta år, förstår frågan."),
    ):
        ops.note_voice(
            nurse, plan_id=plan.id, kind=kind, name=name, answer=VoiceAnswer.YES, view=words,
            judgement=words,
        )  # fmt: skip
    consent = ops.ConsentGiven(given_by="Ida och Per Holm")
    ops.share_plan(nurse, plan_id=plan.id, unit_ids=units, consent=consent)
    return ida


AFTER_NO = [
    # (all guardians must, the voices besides Ida's no, holds)
    (True, [VoiceFacts(VoiceKind.GUARDIAN, "Per Holm", VoiceAnswer.YES)], False),
    (False, [VoiceFacts(VoiceKind.GUARDIAN, "Per Holm", VoiceAnswer.YES)], True),
    (False, [VoiceFacts(VoiceKind.GUARDIAN, "Per Holm", VoiceAnswer.NO)], False),
    (False, [], False),
    (False, [VoiceFacts(VoiceKind.CHILD, "Elias", VoiceAnswer.YES)], False),
]


@pytest.mark.parametrize(("every", "voices", "holds"), AFTER_NO)
def test_one_guardians_no_by_the_rule_of_the_consent(
    every: bool, voices: list[VoiceFacts], holds: bool
) -> None:
    before = [VoiceFacts(VoiceKind.GUARDIAN, "ida holm", VoiceAnswer.YES), *voices]
    asked = replace(BOTH, all_guardians=every)
    assert rules.holds_after_no(asked, before, "Ida Holm") is holds


def test_a_guardian_takes_back_for_the_child(
    cast: Cast, child_plan: tuple[PersonDetail, Actor, PlanDetail]
) -> None:
    ida = _whole(cast, child_plan)
    elias, plan = child_plan[0], child_plan[2]
    client, url = log_in(ida), reverse("careplans:consent_back", args=[plan.id])
    assert (
        reverse("careplans:consent_back", args=[plan.id])
        in client.get(reverse("careplans:consent", args=[plan.id])).content.decode()
    )
    text = client.get(url).content.decode()
    assert "Ta tillbaka ditt ja för Elias Holm" in text
    assert client.post(url).status_code == 302
    page = reads.plan_consent(cast.region_nurse, plan_id=plan.id)
    assert page.status is ConsentStatus.WITHDRAWN
    assert page.current is not None
    assert page.current.withdrawn_by == "Ida Holm"
    assert ("Ida Holm", VoiceAnswer.NO) in [(one.name, one.answer) for one in page.voices]
    assert reads.plan(cast.region_nurse, plan_id=plan.id).shared_with == ()
    assert elias.id == page.person.id
    again = client.get(url).content.decode()
    assert "Det finns inget ja att ta tillbaka nu." in again
    ops.ask_consent(
        cast.at(cast.region_nurse, days=1), plan_id=plan.id, unit_ids=[cast.units["assessment"].id]
    )
    assert reads.plan_consent(ida, plan_id=plan.id).answered_here is False  # asked anew


def test_where_one_guardian_is_enough_the_others_yes_stands(
    cast: Cast, child_plan: tuple[PersonDetail, Actor, PlanDetail], settings: Settings
) -> None:
    settings.SAMVERKA_COUNTY = {**settings.SAMVERKA_COUNTY, str(Key.PLAN_ALL_GUARDIANS): 0}
    ida, plan = _whole(cast, child_plan), child_plan[2]
    assert reads.plan_consent(ida, plan_id=plan.id).holds_without
    made = ops.take_back_consent(ida, plan_id=plan.id)
    assert made.status is ConsentStatus.GIVEN
    assert not made.may_withdraw  # she has said it
    assert reads.plan(cast.region_nurse, plan_id=plan.id).consent


def test_another_who_acts_for_the_person_takes_nothing_back(
    cast: Cast, karin: PersonDetail, shared: PlanDetail
) -> None:
    made = make_person(cast.region_nurse, PersonFacts(given_name="Eva", family_name="Holm"))
    access.grant_proxy(
        cast.region_nurse, person_id=karin.id, proxy_person_id=made.id,
        kind=ProxyKind.REPRESENTATIVE, scopes=frozenset({"read", "write"}), proxy_name="Eva Holm",
    )  # fmt: skip
    eva = person_login(made, "eva")
    assert not reads.plan_consent(eva, plan_id=shared.id).may_withdraw
    with pytest.raises(NotAllowed):
        ops.take_back_consent(eva, plan_id=shared.id)
