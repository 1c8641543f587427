"""The rules of status reports: forms, answers, steps, rounds, differences, the summary."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from samverka.kernel.actor import Actor, ActorKind, Permission, Side
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.transition.rules.reports.answers import (
    Answer,
    answer_data,
    answer_of,
    check_answer,
    missing,
    number_of,
    said,
)
from samverka.transition.rules.reports.comparing import Change, change_of
from samverka.transition.rules.reports.figures import Told, moved, told_data, told_of
from samverka.transition.rules.reports.form import form_data, form_of, shipped_form
from samverka.transition.rules.reports.kinds import Finding, Recipient, Responsible
from samverka.transition.rules.reports.rounds import (
    RoundState,
    check_days,
    is_late,
    state_of,
)
from samverka.transition.rules.reports.sealing import content, seal
from samverka.transition.rules.reports.steps import (
    STEPS,
    By,
    ReportStatus,
    Standing,
    StepName,
    check_step,
    steps_of,
)
from samverka.transition.rules.reports.summary import Handed, summary
from samverka.transition.rules.targets import ActionStatus, check_document, check_file, is_overdue

FORM = shipped_form()


# ── the form ──


def test_the_shipped_form_has_all_areas_and_the_four_findings() -> None:
    assert len(FORM.areas) == 10
    assert {one.finding for one in FORM.questions if one.finding} == set(Finding)
    for recipient in Recipient:
        asked = FORM.asked(recipient)
        assert len(asked) == 25
        assert {one.area for one in asked} == {code for code, _heading in FORM.areas}
    assert form_of(form_data(FORM)) == FORM


@pytest.mark.parametrize(
    ("change", "said_of_it"),
    [
        ({"code": "stod-malbild"}, "två gånger"),
        ({"area": "x"}, "område som inte finns"),
        ({"kind": "many"}, "fel slags val"),
        ({"kind": "indicator"}, "mått"),
        ({"kind": "x"}, "går inte att läsa"),
        ({"words": " "}, "saknar ord"),
        ({"asks": []}, "mottagare"),
    ],
)
def test_a_form_that_is_wrong_is_refused_in_words(
    change: dict[str, object], said_of_it: str
) -> None:
    data = form_data(FORM)
    data["questions"][0] |= change
    with pytest.raises(Invalid, match=said_of_it):
        form_of(data)


# ── answers ──


@pytest.mark.parametrize(
    ("text", "number"),
    [("1 234,5", "1234.5"), ("62 %", "62"), ("0", "0"), ("1\u00a0000", "1000"), (" ", None)],
)
def test_numbers_as_people_write_them(text: str, number: str | None) -> None:
    assert number_of(text) == (None if number is None else Decimal(number))


@pytest.mark.parametrize("text", ["många", "1,2,3", "NaN", "Infinity"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="inte ett tal"):
        number_of(text)


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("stod-malbild", Answer(choice="whole")),
        ("stod-uppfoljning", Answer(choice="yes")),
        ("stod-resurser", Answer(choice="yes")),
        ("kont-andel", Answer(number=Decimal("146.1"))),
        ("kont-andel", Answer(number=Decimal(-1))),
        ("stod-resurser", Answer(number=Decimal(1))),
        ("helhet-tecken", Answer(chosen=(("fred", ""),))),
        ("helhet-hinder", Answer(chosen=(("personal", ""),))),
        ("stod-resurser", Answer(links=("javascript:alert(1)",))),
        ("stod-resurser", Answer(words="x" * 10_001)),
    ],
)
def test_an_answer_that_cannot_be_is_refused_where_it_stands(code: str, answer: Answer) -> None:
    with pytest.raises(Invalid) as problem:
        check_answer(FORM.question(code), answer)
    assert problem.value.where == code


def test_an_answer_is_kept_as_it_was_given() -> None:
    given = Answer(
        chosen=(("ekonomi", "state"), ("personal", "together")), words=" Båda. ", links=("https://x.se/b",)
    )  # fmt: skip
    kept = check_answer(FORM.question("helhet-hinder"), given)
    assert kept.chosen == (("personal", "together"), ("ekonomi", "state"))  # the form's order
    assert answer_of(answer_data(kept)) == kept
    lines = said(FORM.question("helhet-hinder"), kept, str)
    assert lines == (
        "Svårt att bemanna (Tillsammans)",
        "Ekonomi och ersättningar (Staten)",
        "Båda.",
    )
    assert answer_data(Answer()) == {}


def test_what_is_missing_is_told_and_figures_are_not_demanded() -> None:
    full = {one.code: Answer(choice="yes", words="x", number=Decimal(1)) for one in FORM.questions}
    assert not missing(FORM, Recipient.REGION, full)
    del full["stod-malbild"], full["halsa-fallskador"]
    assert [one.code for one in missing(FORM, Recipient.REGION, full)] == ["stod-malbild"]


# ── steps ──


def _actor(side: Side, *permissions: Permission) -> Actor:
    return Actor(
        kind=ActorKind.STAFF,
        id=uuid4(),
        name="Eva",
        at=datetime(2026, 11, 20, tzinfo=UTC),
        side=side,
        permissions=frozenset(permissions),
    )


WRITER = _actor(Side.MUNICIPALITY, Permission.REPORT_EDIT)
CHIEF = _actor(Side.MUNICIPALITY, Permission.REPORT_EDIT, Permission.REPORT_SIGN)
KEEPER = _actor(Side.REGION, Permission.REPORT_EDIT, Permission.REPORT_SIGN)
OWN, THEIRS = Standing(own=True, keeper=False), Standing(own=False, keeper=True)
N, S = StepName, ReportStatus


@pytest.mark.parametrize(
    ("status", "writer", "chief", "keeper"),
    [
        (S.NOT_BEGUN, {N.BEGIN}, {N.BEGIN}, set()),
        (S.ANSWERING, {N.SEND}, {N.SEND}, set()),
        (S.IN_REVIEW, {N.BACK}, {N.BACK, N.SIGN}, set()),
        (S.SIGNED, set(), {N.WITHDRAW}, {N.LOCK}),
        (S.LOCKED, set(), set(), {N.REOPEN}),
    ],
)
def test_who_may_take_which_step(
    status: ReportStatus, writer: set[StepName], chief: set[StepName], keeper: set[StepName]
) -> None:
    assert {one.name for one in steps_of(status, WRITER, OWN)} == writer
    assert {one.name for one in steps_of(status, CHIEF, OWN)} == chief
    assert {one.name for one in steps_of(status, KEEPER, THEIRS)} == keeper
    assert not steps_of(status, CHIEF, Standing(own=False, keeper=False))
    assert not steps_of(status, replace(CHIEF, permissions=frozenset()), OWN)


def test_the_keeper_never_answers_nor_signs_for_another() -> None:
    for ways in STEPS.values():
        for step in ways:
            if step.by is By.OWN:
                with pytest.raises(NotAllowed):
                    check_step(_before(step.name), step.name, KEEPER, THEIRS, "x")


def _before(name: StepName) -> ReportStatus:
    return next(status for status, ways in STEPS.items() for one in ways if one.name is name)


def test_a_step_out_of_its_time_and_one_without_its_reason() -> None:
    with pytest.raises(NotNow, match="Låst"):
        check_step(S.LOCKED, N.SEND, CHIEF, OWN)
    with pytest.raises(Invalid, match="varför"):
        check_step(S.LOCKED, N.REOPEN, KEEPER, THEIRS, "  ")
    assert check_step(S.LOCKED, N.REOPEN, KEEPER, THEIRS, "Fel siffra").to is S.ANSWERING


def test_the_seal_sees_every_change() -> None:
    one = content(answers={"a": {"words": "Å"}}, figures={}, name="Krokom")
    assert seal(one) == seal(content(name="Krokom", figures={}, answers={"a": {"words": "Å"}}))
    assert seal(one) != seal(content(answers={"a": {"words": "A"}}, figures={}, name="Krokom"))
    assert seal({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


# ── rounds ──

DUE = date(2026, 12, 15)


def test_where_a_round_is() -> None:
    closes = date(2027, 1, 31)
    assert state_of(opened=False, closes=closes, published=False, on=DUE) is RoundState.PLANNED
    assert state_of(opened=True, closes=closes, published=False, on=closes) is RoundState.OPEN
    assert state_of(opened=True, closes=DUE, published=False, on=closes) is RoundState.CLOSED
    assert state_of(opened=True, closes=DUE, published=True, on=closes) is RoundState.PUBLISHED
    with pytest.raises(Invalid):
        check_days(DUE, date(2026, 12, 1), closes)
    with pytest.raises(Invalid):
        check_days(date(2026, 10, 1), DUE, date(2026, 12, 1))
    assert is_late(DUE, S.IN_REVIEW, date(2026, 12, 16))
    assert not is_late(DUE, S.SIGNED, date(2026, 12, 16))
    assert not is_late(DUE, S.NOT_BEGUN, DUE)


# ── since last time ──


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (Answer(), Answer(choice="yes"), Change.NEW),
        (Answer(choice="yes"), Answer(), Change.GONE),
        (Answer(choice="partly"), Answer(choice="yes"), Change.FORWARD),
        (Answer(choice="whole"), Answer(choice="some"), Change.BACK),
        (Answer(words="a"), Answer(words="b"), Change.OTHER),
        (Answer(words="a"), Answer(words="a"), Change.SAME),
    ],
)
def test_how_an_answer_has_changed(before: Answer, now: Answer, change: Change) -> None:
    assert change_of(before, now) is change


def _told(value: str, low: str = "", high: str = "") -> Told:
    return Told("m", "Mått", "dagar", "2026-01-01", value, low, high, 1, "s")


def test_a_figure_moves_only_when_chance_does_not_explain_it() -> None:
    assert not moved(_told("10", "8", "12"), _told("11.5", "9", "14"))
    assert (_told("1.5", "1", "2.5").words, _told("1").interval) == ("1,5 dagar", "")
    assert moved(_told("10", "9", "11"), _told("14", "13", "15"))
    assert not moved(None, _told("1"))
    assert not moved(_told(""), _told("1"))
    assert moved(_told("1"), _told("2"))
    assert not moved(_told("1.0"), _told("1"))
    assert told_of(told_data(_told("3", "2", "4"))) == _told("3", "2", "4")


# ── the summary ──


def _report(area: str, **choices: str) -> Handed:
    answers = {code.replace("_", "-"): Answer(choice=choice) for code, choice in choices.items()}
    return Handed(area, f"Region {area}", Recipient.REGION, answers)


def test_the_summary_counts_by_hand() -> None:
    before = [_report("01", stod_malbild="no"), _report("23", stod_malbild="yes")]
    obstacle = {"helhet-hinder": Answer(chosen=(("ekonomi", "state"), ("kultur", "together")))}
    now = [
        _report("01", stod_malbild="yes"),
        _report("23", stod_malbild="partly"),
        replace(_report("03"), answers=obstacle),
        Handed("2309", "Krokom", Recipient.MUNICIPALITY, obstacle),
    ]
    found = summary(FORM, Recipient.REGION, now, before, of=21)
    assert (found.of, found.handed_in) == (21, 3)
    target = next(one for one in found.findings if one.finding is Finding.TARGET)
    assert (target.yes, target.partly, target.no, target.silent) == (1, 1, 0, 19)
    assert (target.forward, target.back) == (("Region 01",), ("Region 23",))
    money = next(one for one in found.obstacles if one.code == "ekonomi")
    assert (money.count, money.by[Responsible.STATE], money.by[Responsible.REGION]) == (1, 1, 0)
    assert sum(one.count for one in found.successes) == 0


# ── targets ──


def test_a_target_says_something_and_a_file_is_what_it_says() -> None:
    with pytest.raises(Invalid):
        check_document(text=" ", link="", has_file=False)
    with pytest.raises(Invalid, match="https"):
        check_document(text="", link="www.x.se", has_file=False)
    check_document(text="", link="", has_file=True)
    assert check_file("beslut.PDF", b"%PDF-1.7") == "application/pdf"
    for name, body in (("b.pdf", b"<html>"), ("b.exe", b"MZ"), ("b.pdf", b"%PDF-" + b"x" * 6**9)):
        with pytest.raises(Invalid):
            check_file(name, body)


def test_an_action_is_late_only_while_it_stands() -> None:
    assert is_overdue(DUE, ActionStatus.GOING, date(2026, 12, 16))
    assert not is_overdue(DUE, ActionStatus.DONE, date(2026, 12, 16))
    assert not is_overdue(None, ActionStatus.GOING, date(2026, 12, 16))
