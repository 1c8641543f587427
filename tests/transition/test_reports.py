"""Reports with a cast: who may see and do what, two who write at once, signing, locking, the summary."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.organisations.models import Organisation
from samverka.transition.models import ReportAnswer
from samverka.transition.operations import reports as operations
from samverka.transition.reads import reports as reads
from samverka.transition.rules.reports.answers import Answer
from samverka.transition.rules.reports.comparing import Change
from samverka.transition.rules.reports.figures import Told
from samverka.transition.rules.reports.kinds import Finding, Recipient
from samverka.transition.rules.reports.rounds import RoundState
from samverka.transition.rules.reports.steps import ReportStatus, StepName
from tests.factories.cast import Cast
from tests.transition.reporting import fill, lock, open_round, report_of, sign

WORDS = "stod-resurser"
N = StepName


def test_the_region_makes_a_round_and_everyone_in_the_county_is_asked(cast: Cast) -> None:
    found = open_round(cast)
    county = Organisation.objects.filter(county_code="23").values_list("name", flat=True)
    assert {one.name for one in found.reports} == set(county)
    assert found.round.state is RoundState.OPEN
    with pytest.raises(NotAllowed, match="Regionen håller"):
        operations.open_round(cast.municipal_analyst, round_id=found.round.id)
    with pytest.raises(Invalid, match="redan en omgång"):
        open_round(cast)
    home = reads.report_home(cast.municipal_analyst)
    assert [line.name for _round, line in home.own] == ["Krokoms kommun"]
    assert not home.may_make


def test_drafts_are_the_organisations_own(cast: Cast) -> None:
    found = open_round(cast)
    krokom, region = report_of(found, "Krokom"), report_of(found, "Region")
    fill(cast.municipal_analyst, krokom)
    for other in (cast.analyst, cast.leader, cast.other_municipality):
        with pytest.raises(NotFound):
            reads.report_detail(other, report_id=krokom)
    with pytest.raises(NotFound):
        operations.save_answers(
            cast.municipal_analyst,
            report_id=region,
            answers={WORDS: Answer(words="x")},
            versions={},
        )
    with pytest.raises(NotAllowed):
        operations.save_answers(
            cast.analyst, report_id=krokom, answers={WORDS: Answer(words="x")}, versions={}
        )
    with pytest.raises(NotAllowed):
        operations.save_answers(cast.municipal_nurse, report_id=krokom, answers={}, versions={})


def test_a_municipal_leader_does_not_sign_the_regions_report(cast: Cast) -> None:
    found = open_round(cast)
    region = report_of(found, "Region")
    fill(cast.analyst, region)
    operations.take_step(cast.analyst, report_id=region, step=N.SEND)
    with pytest.raises(NotFound):
        operations.take_step(cast.municipal_leader, report_id=region, step=N.SIGN)
    with pytest.raises(NotAllowed, match="chef"):
        operations.take_step(cast.analyst, report_id=region, step=N.SIGN)
    signed = operations.take_step(cast.leader, report_id=region, step=N.SIGN)
    assert (signed.status, signed.signed_by, signed.signed_as) == (
        ReportStatus.SIGNED,
        cast.leader.name,
        "Hälso- och sjukvårdsdirektör",
    )
    with pytest.raises(NotNow):
        operations.save_answers(
            cast.analyst, report_id=region, answers={WORDS: Answer(words="x")}, versions={}
        )


def test_two_who_write_at_once_lose_nothing(cast: Cast) -> None:
    krokom = report_of(open_round(cast), "Krokom")

    def save(words: str, version: int, **more: str) -> reads.QuestionLine:
        found = operations.save_answers(
            cast.municipal_analyst,
            report_id=krokom,
            answers={WORDS: Answer(words=words)},
            versions={WORDS: version},
            **more,
        )
        return next(one for one in found.questions if one.question.code == WORDS)

    first = save("Mitt.", 0)
    assert (first.version, first.others) == (1, ())
    met = save("Ditt.", 0)
    assert (met.answer.words, [one.answer.words for one in met.others]) == ("Mitt.", ["Ditt."])
    assert len(save("Ditt.", 0).others) == 1  # the same text again is not a third
    with pytest.raises(NotNow, match="inte besvarade"):
        operations.take_step(cast.municipal_analyst, report_id=krokom, step=N.SEND)
    taken = operations.choose_text(
        cast.municipal_analyst, report_id=krokom, question=WORDS, number=0, take=True
    )
    line = next(one for one in taken.questions if one.question.code == WORDS)
    assert (line.answer.words, line.others, line.version) == ("Ditt.", (), 2)
    with pytest.raises(NotNow, match="redan hanterad"):
        operations.choose_text(
            cast.municipal_analyst, report_id=krokom, question=WORDS, number=0, take=False
        )


def test_a_report_is_signed_sealed_locked_and_opened_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told("fallskador-65", "Fall", "per 1 000", "2026-01-01", "31", "29", "33", 1, "natt-1")
    monkeypatch.setattr(
        "samverka.transition.reads.reports.reports.figures_for", lambda *_: {told.measure: told}
    )
    monkeypatch.setattr(
        "samverka.transition.operations.reports.stepping.figures_for",
        lambda *_: {told.measure: told},
    )
    krokom = report_of(open_round(cast), "Krokom")
    signed = sign(cast.municipal_analyst, cast.municipal_leader, krokom)
    assert (len(signed.seal), signed.holds, signed.snapshot) == (64, True, "natt-1")
    locked = lock(cast, krokom)
    assert reads.report_detail(cast.analyst, report_id=krokom).seal == signed.seal
    assert [one.step for one in locked.versions] == ["lock", "sign", "send"]
    with act(cast.system, Action.REPORT_EDIT) as this:  # one who writes past the program
        ReportAnswer.objects.filter(report_id=krokom, question=WORDS).update(value={})
        this.note_general("ReportAnswer")
    assert not reads.report_detail(cast.analyst, report_id=krokom).holds
    with pytest.raises(Invalid, match="varför"):
        operations.take_step(cast.analyst, report_id=krokom, step=N.REOPEN)
    again = operations.take_step(cast.analyst, report_id=krokom, step=N.REOPEN, reason="Fel tal")
    assert (again.status, again.seal, again.versions[0].reason) == (
        ReportStatus.ANSWERING,
        "",
        "Fel tal",
    )


def test_last_rounds_answer_still_holds_and_differences_are_told(cast: Cast) -> None:
    first = open_round(cast, year=2025)
    sign(cast.municipal_analyst, cast.municipal_leader, report_of(first, "Krokom"), "no")
    second = open_round(cast, previous_id=first.round.id)
    krokom = report_of(second, "Krokom")
    found = reads.report_detail(cast.municipal_analyst, report_id=krokom)
    assert all(one.before is not None for one in found.questions)
    kept = operations.keep_last(cast.municipal_analyst, report_id=krokom, question=WORDS, version=0)
    assert kept.answered == 1
    operations.save_answers(
        cast.municipal_analyst,
        report_id=krokom,
        answers={"stod-malbild": Answer(choice="yes")},
        versions={},
    )
    lines = reads.compared_detail(cast.municipal_analyst, report_id=krokom).lines
    changes = {one.question.code: one.change for one in lines}
    assert (changes[WORDS], changes["stod-malbild"], changes["halsa-fall"]) == (
        Change.SAME,
        Change.FORWARD,
        Change.GONE,
    )


def test_comments_go_on_in_review_and_stop_at_the_lock(cast: Cast) -> None:
    krokom = report_of(open_round(cast), "Krokom")
    fill(cast.municipal_analyst, krokom)
    operations.take_step(cast.municipal_analyst, report_id=krokom, step=N.SEND)
    said = operations.comment_question(
        cast.municipal_leader, report_id=krokom, question=WORDS, words="Nämn beloppet."
    )
    comment = next(one for one in said.questions if one.question.code == WORDS).comments[0]
    operations.handle_comment(cast.municipal_analyst, report_id=krokom, comment_id=comment.id)
    operations.take_step(cast.municipal_leader, report_id=krokom, step=N.SIGN)
    lock(cast, krokom)
    with pytest.raises(NotNow):
        operations.comment_question(
            cast.municipal_leader, report_id=krokom, question=WORDS, words="x"
        )


def test_a_published_round_is_for_everyone_and_says_how_many(cast: Cast) -> None:
    found = open_round(cast)
    region, krokom = report_of(found, "Region"), report_of(found, "Krokom")
    sign(cast.analyst, cast.leader, region)
    with pytest.raises(NotNow, match="låst"):
        operations.publish_round(cast.analyst, round_id=found.round.id)
    lock(cast, region)
    outside = operations.add_outsider(
        cast.analyst, round_id=found.round.id, county="22", name="Region Västernorrland"
    )
    theirs = report_of(outside, "Region Väster")
    fill(cast.analyst, theirs, "no")
    locked = operations.take_step(
        cast.analyst, report_id=theirs, step=N.RECEIVE, reason="Maria Ek, regiondirektör"
    )
    assert locked.signed_by == "Maria Ek, regiondirektör"
    with pytest.raises(NotFound):
        reads.published_summary(found.round.id)
    with pytest.raises(NotFound):
        reads.round_summary(cast.municipal_analyst, round_id=found.round.id)
    operations.publish_round(cast.analyst, round_id=found.round.id)
    shown = reads.published_summary(found.round.id)
    target = next(one for one in shown.regions.findings if one.finding is Finding.TARGET)
    assert (target.of, target.yes, target.no) == (2, 1, 1)
    assert {one.id for one in shown.reports} == {region, theirs}
    assert reads.published_report(theirs).seal == locked.seal
    with pytest.raises(NotFound):
        reads.published_report(krokom)
    assert [one.id for one in reads.published_rounds()] == [found.round.id]
    assert reads.report_detail(cast.municipal_analyst, report_id=region).status == "locked"


def test_two_read_alone_and_a_third_step_decides(cast: Cast) -> None:
    found = open_round(cast)
    sign(cast.analyst, cast.leader, report_of(found, "Region"))
    texts = reads.round_coding(cast.analyst, round_id=found.round.id).texts
    assert texts
    first = texts[0].answer_id
    seen = operations.code_answer(cast.analyst, answer_id=first, codes=["anchored", "larande"])
    assert seen.texts[0].mine == frozenset({"anchored", "larande"})
    other = reads.round_coding(cast.leader, round_id=found.round.id).texts[0]
    assert (other.read, other.mine, other.settled) == ({}, None, None)  # each reads alone
    both = operations.code_answer(cast.leader, answer_id=first, codes=["anchored"])
    assert len(both.texts[0].read) == 2
    assert both.texts[0].settled is None
    assert (both.whole.n, both.whole.same) == (15, 14)
    with pytest.raises(Invalid, match="finns inte"):
        operations.resolve_coding(cast.leader, answer_id=first, codes=["x"])
    done = operations.resolve_coding(cast.leader, answer_id=first, codes=["anchored"])
    assert done.texts[0].settled == frozenset({"anchored"})
    told = reads.round_summary(cast.analyst, round_id=found.round.id).coded[Recipient.REGION]
    assert [(one.code.name, one.count) for one in told.counts if one.count] == [
        ("Politiskt förankrat", 1)
    ]
    assert (told.done, told.differ, told.agreement.n) == (1, 0, 15)
    third = replace(cast.analyst, id=cast.system.id)
    with pytest.raises(NotNow, match="Två har redan"):
        operations.code_answer(third, answer_id=first, codes=[])
    with pytest.raises(NotFound):
        reads.round_coding(cast.municipal_analyst, round_id=found.round.id)
