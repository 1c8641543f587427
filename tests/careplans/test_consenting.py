"""Consent as a process: asked, yes with one click, no, not possible, children, taken back, run out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given as for_all
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from samverka.access import operations as access
from samverka.access.models import Consent
from samverka.access.rules import ConsentForm, ProxyKind
from samverka.careplans import operations as ops
from samverka.careplans import reads, rules
from samverka.careplans.models import ConsentAsk, ConsentVoice
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import (
    Answerers,
    ConsentStatus,
    ConsentStepName,
    PlanKind,
    VoiceAnswer,
    VoiceFacts,
    VoiceKind,
)
from samverka.kernel.actor import Actor, Side
from samverka.kernel.parameters import Key
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.notices.models import News, Task
from samverka.people.operations import PersonFacts
from samverka.people.reads import PersonDetail
from samverka.resources.models import Resource
from tests.careplans.conftest import given
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, make_person, person_login

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


# ── rules ──


@pytest.mark.parametrize(
    ("stored", "withdrawn", "until", "now"),
    [
        (ConsentStatus.GIVEN, False, None, ConsentStatus.GIVEN),
        (ConsentStatus.GIVEN, False, NOW + DAY, ConsentStatus.GIVEN),
        (ConsentStatus.GIVEN, False, NOW, ConsentStatus.EXPIRED),
        (ConsentStatus.GIVEN, False, NOW - DAY, ConsentStatus.EXPIRED),
        (ConsentStatus.GIVEN, True, NOW + DAY, ConsentStatus.WITHDRAWN),
        (ConsentStatus.GIVEN, True, NOW - DAY, ConsentStatus.WITHDRAWN),
        (ConsentStatus.ASKED, False, None, ConsentStatus.ASKED),
        (ConsentStatus.REFUSED, False, NOW - DAY, ConsentStatus.REFUSED),
        (ConsentStatus.NOT_POSSIBLE, False, None, ConsentStatus.NOT_POSSIBLE),
    ],
)
def test_what_holds_now(
    stored: ConsentStatus, withdrawn: bool, until: datetime | None, now: ConsentStatus
) -> None:
    assert rules.status_at(stored, withdrawn=withdrawn, until=until, at=NOW) is now


@pytest.mark.parametrize("status", list(ConsentStatus))
@pytest.mark.parametrize("name", list(ConsentStepName))
@pytest.mark.parametrize("side", list(Side))
def test_button_and_operation_agree(
    status: ConsentStatus, name: ConsentStepName, side: Side
) -> None:
    may = rules.may_consent_step(status, name, side)
    if not may:
        with pytest.raises(NotNow):
            rules.check_consent_step(status, name, side)
        return
    assert rules.check_consent_step(status, name, side) in ConsentStatus


@pytest.mark.parametrize("status", list(ConsentStatus))
def test_only_a_yes_that_holds_lets_the_plan_be_shared(status: ConsentStatus) -> None:
    if status is ConsentStatus.GIVEN:
        rules.check_may_share(status)
        return
    with pytest.raises(NotNow) as stopped:
        rules.check_may_share(status)
    assert str(stopped.value.message).endswith(".")


def voice(kind: VoiceKind, name: str, answer: VoiceAnswer) -> VoiceFacts:
    return VoiceFacts(kind, name, answer)


IDA_YES = voice(VoiceKind.GUARDIAN, "Ida Holm", VoiceAnswer.YES)
PER_YES = voice(VoiceKind.GUARDIAN, "Per Holm", VoiceAnswer.YES)
PER_NO = voice(VoiceKind.GUARDIAN, "Per Holm", VoiceAnswer.NO)
CHILD = voice(VoiceKind.CHILD, "Elias Holm", VoiceAnswer.YES)
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
    ],
)
def test_who_must_answer_for_a_child(
    asked: Answerers, voices: list[VoiceFacts], missing: int
) -> None:
    assert len(rules.missing_voices(asked, voices)) == missing


_voices = st.lists(
    st.builds(
        VoiceFacts,
        st.sampled_from(VoiceKind),
        st.sampled_from(["Ida Holm", "Per Holm", "Elias Holm"]),
        st.sampled_from(VoiceAnswer),
    ),
    max_size=5,
)


@for_all(_voices)
def test_a_child_is_never_shared_without_a_guardians_yes(voices: list[VoiceFacts]) -> None:
    if rules.missing_voices(BOTH, voices):
        with pytest.raises(NotNow):
            rules.check_voices(BOTH, voices)
        return
    newest = {(one.kind, one.name): one for one in voices}
    for name in BOTH.guardians:
        assert newest[VoiceKind.GUARDIAN, name].answer is VoiceAnswer.YES


# ── the person answers ──


def ask(cast: Cast, plan: PlanDetail, **more: object) -> reads.ConsentPage:
    return ops.ask_consent(
        cast.region_nurse,
        plan_id=plan.id,
        unit_ids=[cast.units["assessment"].id],
        covers="Planen",
        not_covered="Det om pengarna",
        **more,  # type: ignore[arg-type]
    )


def test_asked_yes_and_handed_out(cast: Cast, karin: PersonDetail, written: PlanDetail) -> None:
    herself = person_login(karin)
    asked = ask(cast, written)
    assert (asked.status, asked.current and asked.current.units) == (
        ConsentStatus.ASKED, ("Krokoms biståndshandläggning",),
    )  # fmt: skip
    assert News.objects.filter(person_id=karin.id).count() == 1
    assert reads.plan_consent(herself, plan_id=written.id).may_answer
    done = ops.answer_consent(herself, plan_id=written.id, yes=True, not_covered="Min bror")
    assert done.status is ConsentStatus.GIVEN
    row = Consent.objects.get()
    assert (row.not_covered, row.form, row.given_by) == (
        "Det om pengarna\n\nMin bror", ConsentForm.DIGITAL, "Karin Åström",
    )  # fmt: skip
    task = Task.objects.get(object_id=done.current.id if done.current else None)
    assert task.unit_id == cast.units["health_centre"].id
    # The yes allows it; those who keep the plan hand it out.
    with pytest.raises(NotFound):
        reads.plan(cast.needs_assessor, plan_id=written.id)
    ops.share_plan(cast.region_nurse, plan_id=written.id, unit_ids=[cast.units["assessment"].id])
    assert reads.plan(cast.needs_assessor, plan_id=written.id).title == written.title
    assert Resource.objects.filter(kind="Consent", person_id=karin.id).count() == 1


def test_no_stops_the_shared_plan_and_says_what_is_owed(
    cast: Cast, karin: PersonDetail, written: PlanDetail
) -> None:
    ask(cast, written)
    herself = person_login(karin)
    refused = ops.answer_consent(herself, plan_id=written.id, yes=False, words="Jag vill vänta.")
    assert refused.stopped
    assert [len(sentences) for _side, sentences in refused.owed] == [2, 2, 1]
    assert refused.current
    assert refused.current.reason == "Jag vill vänta."
    with pytest.raises(NotNow):
        ops.share_plan(
            cast.region_nurse, plan_id=written.id, unit_ids=[cast.units["assessment"].id]
        )
    with pytest.raises(NotNow):
        ops.activate_plan(cast.region_nurse, plan_id=written.id)
    with pytest.raises(NotNow):  # one question, one answer
        ops.answer_consent(herself, plan_id=written.id, yes=True)
    ask(cast, written)  # it may be asked again
    assert ops.answer_consent(herself, plan_id=written.id, yes=True).status is ConsentStatus.GIVEN
    assert ConsentAsk.objects.count() == 2


def test_taken_back_by_the_person_both_kept(
    cast: Cast, karin: PersonDetail, shared: PlanDetail
) -> None:
    herself = person_login(karin)
    page = reads.plan_consent(herself, plan_id=shared.id)
    assert (page.status, page.may_withdraw) == (ConsentStatus.GIVEN, True)
    done = ops.take_back_consent(herself, plan_id=shared.id)
    assert done.status is ConsentStatus.WITHDRAWN
    assert done.current
    assert done.current.withdrawn_by == "Karin Åström"
    assert done.current.answered_by == "Karin Åström"  # that it was given stays
    before = reads.history(cast.region_nurse, plan_id=shared.id).versions
    ops.write_section(
        cast.region_nurse, plan_id=shared.id, section=rules.Section.IF_WORSE, text="Ring 1177.",
        version=before[0].number,
    )  # fmt: skip
    try:
        seen = reads.plan(cast.needs_assessor, plan_id=shared.id).if_worse
    except NotFound:
        seen = ""
    assert seen == ""
    with pytest.raises(NotNow):
        ops.take_back_consent(herself, plan_id=shared.id)


def test_taken_back_on_the_phone(cast: Cast, karin: PersonDetail, shared: PlanDetail) -> None:
    ops.withdraw_sharing(cast.region_nurse, plan_id=shared.id, by="Karin Åström")
    page = reads.plan_consent(person_login(karin), plan_id=shared.id)
    assert page.status is ConsentStatus.WITHDRAWN
    assert page.owed_plainly


def test_run_out(cast: Cast, karin: PersonDetail, written: PlanDetail) -> None:
    until = NOW + 10 * DAY
    ops.share_plan(
        cast.region_nurse, plan_id=written.id, unit_ids=[cast.units["assessment"].id],
        consent=replace(given(), until=until),
    )  # fmt: skip
    later = cast.at(cast.region_nurse, days=11)
    assert reads.plan_consent(later, plan_id=written.id).status is ConsentStatus.EXPIRED


def test_only_the_person_answers(cast: Cast, karin: PersonDetail, written: PlanDetail) -> None:
    ask(cast, written)
    eva = make_person(cast.region_nurse, PersonFacts(given_name="Eva", family_name="Lund"))
    access.grant_proxy(
        person_login(karin), person_id=karin.id, proxy_person_id=eva.id,
        kind=ProxyKind.REPRESENTATIVE, scopes=frozenset({"read", "write"}), proxy_name="Eva Lund",
    )  # fmt: skip
    daughter = person_login(eva)
    assert not reads.plan_consent(daughter, plan_id=written.id).may_answer
    with pytest.raises(NotAllowed):
        ops.answer_consent(daughter, plan_id=written.id, yes=True)
    with pytest.raises(NotAllowed):
        ops.answer_consent(cast.region_nurse, plan_id=written.id, yes=True)
    for other in (cast.stranger, cast.municipal_nurse):
        with pytest.raises(NotFound):
            ops.note_refusal(other, plan_id=written.id, said_by="Karin")
    assert not Consent.objects.exists()


# ── noted by staff ──


def test_a_no_on_the_phone_is_kept(cast: Cast, karin: PersonDetail, written: PlanDetail) -> None:
    with pytest.raises(Invalid) as unnamed:
        ops.note_refusal(cast.region_nurse, plan_id=written.id, said_by=" ")
    assert unnamed.value.where == "said_by"
    done = ops.note_refusal(
        cast.region_nurse, plan_id=written.id, said_by="Karin Åström", reason="Vill tänka."
    )
    assert (done.status, done.current and done.current.written_by) == (
        ConsentStatus.REFUSED, "Lena Berg",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("by", "ground", "where"),
    [
        ("", "Svår demens, förstår inte frågan trots stöd.", "decided_by"),
        ("Anna Lund, läkare", "Dement.", "reason"),
    ],
)
def test_not_possible_needs_a_name_and_a_ground(
    cast: Cast, written: PlanDetail, by: str, ground: str, where: str
) -> None:
    with pytest.raises(Invalid) as refused:
        ops.note_unable(cast.region_nurse, plan_id=written.id, decided_by=by, reason=ground)
    assert refused.value.where == where
    assert not ConsentAsk.objects.exists()


def test_not_possible_establishes_only_where_the_county_says_so(
    cast: Cast, written: PlanDetail, settings: pytest.FixtureRequest
) -> None:
    ops.note_unable(
        cast.region_nurse,
        plan_id=written.id,
        decided_by="Anna Lund, läkare",
        reason="Svår demens, förstår inte frågan trots stöd.",
    )
    with pytest.raises(NotNow):
        ops.activate_plan(cast.region_nurse, plan_id=written.id)
    settings.SAMVERKA_COUNTY = {"plan.unable-to-consent-establishes": 1}  # type: ignore[attr-defined]
    made = ops.activate_plan(cast.region_nurse, plan_id=written.id)
    assert made.established_at


# ── children ──


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


# ── pages ──


def test_the_person_sees_what_to_whom_what_not_and_until_when(
    cast: Cast, karin: PersonDetail, written: PlanDetail
) -> None:
    ask(cast, written, until=datetime(2027, 6, 1, tzinfo=UTC))
    client, url = log_in(person_login(karin)), reverse("careplans:consent", args=[written.id])
    text = client.get(url).content.decode()
    for words in ("Krokoms biståndshandläggning", "Planen", "Det om pengarna", "2027"):
        assert words in text
    answer = reverse("careplans:consent_answer", args=[written.id])
    assert client.post(answer, {"words": "Inte om min bror"}).status_code == 422
    assert client.post(answer, {"words": "", "svar": "ja"}).status_code == 302
    assert "Du har sagt ja" in client.get(url).content.decode()
    back = reverse("careplans:consent_back", args=[written.id])
    assert "De får inget nytt ur planen" in client.get(back).content.decode()
    assert client.post(back).status_code == 302
    assert "Du får hjälp ändå" in client.get(url).content.decode()
    assert log_in(cast.stranger).get(url).status_code == 404


def test_staff_pages_keep_what_was_typed(cast: Cast, written: PlanDetail) -> None:
    client = log_in(cast.region_nurse)
    for name, sent, faulty in (
        ("consent_refusal", {"reason": "Vill tänka först"}, "Vill tänka först"),
        ("consent_unable", {"decided_by": "Anna Lund", "reason": "Kort"}, "Anna Lund"),
        ("consent_ask", {"covers": "Bara målen"}, "Bara målen"),
        ("consent_voice", {"view": "Vill gärna"}, "Vill gärna"),
    ):
        url = reverse(f"careplans:{name}", args=[written.id])
        assert client.get(url).status_code == 200, name
        answer = client.post(url, sent)
        assert answer.status_code == 422, name
        assert faulty in answer.content.decode(), name
        assert log_in(cast.stranger).get(url).status_code == 404, name
    asked = {"covers": "Planen", "units": [str(cast.units["assessment"].id)]}
    url = reverse("careplans:consent_ask", args=[written.id])
    assert client.post(url, asked).status_code == 302
    shown = client.get(reverse("careplans:consent", args=[written.id])).content.decode()
    assert "Frågan är ställd" in shown
