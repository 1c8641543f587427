"""Consent as a process: asked, yes with one click, no, not possible, children, taken back, run out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from samverka.access import operations as access
from samverka.access.models import Consent
from samverka.access.rules import ConsentForm, ProxyKind
from samverka.careplans import operations as ops
from samverka.careplans import reads, rules
from samverka.careplans.models import ConsentAsk
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import (
    ConsentStatus,
    ConsentStepName,
)
from samverka.kernel.actor import Side
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
