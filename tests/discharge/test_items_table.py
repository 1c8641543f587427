"""The tables of going home: what is proposed, who answers, when, and what lets someone go. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.discharge.rules import after, preparing
from samverka.discharge.rules.after import Feeling, Outcome, Question, Span, Told, met_between
from samverka.discharge.rules.items import (
    ANSWER_WORDS,
    ITEMS,
    Answer,
    ItemKind,
    Standing,
    answer_due,
    check_answer,
    check_item_ground,
    check_may_answer,
    check_may_go,
    not_in_place,
    owner_of,
    propose_items,
    wanted_now,
    worry_due,
)
from samverka.discharge.rules.kinds import INSIDE, RECEIVING, CaseStatus, Part, Secrecy, Track
from samverka.discharge.rules.preparing import TICKS, Answered, Tick
from samverka.kernel.calendar import is_working_day, local, local_date
from samverka.kernel.problems import Invalid, NotAllowed, NotNow

G, Y, R = Track.GREEN, Track.YELLOW, Track.RED
OPEN, HEALTH, SOCIAL, WARD = Part.OPEN_CARE, Part.MUNICIPAL_HEALTH, Part.SOCIAL, Part.WARD
K = ItemKind

parts = st.frozensets(st.sampled_from(sorted(RECEIVING)))
tracks = st.sampled_from([None, *Track])


# ── what is proposed ──


@pytest.mark.parametrize(
    ("track", "taking", "kinds"),
    [
        (G, {OPEN}, {K.PRESCRIPTIONS, K.MEETS, K.TRANSPORT}),
        (G, {OPEN, SOCIAL}, {K.PRESCRIPTIONS, K.MEETS, K.TRANSPORT}),
        (G, set(RECEIVING), {K.PRESCRIPTIONS, K.MEETS, K.TRANSPORT}),
        (Y, {OPEN}, {K.DOSE, K.PRESCRIPTIONS, K.FIRST_DAYS, K.AIDS, K.FOOD, K.KEYS, K.MEETS,
                     K.TRANSPORT}),
        (Y, {OPEN, SOCIAL}, {K.DOSE, K.PRESCRIPTIONS, K.FIRST_DAYS, K.AIDS, K.FOOD, K.KEYS,
                             K.MEETS, K.TRANSPORT, K.HOME_CARE}),
        (Y, {OPEN, HEALTH}, {K.DOSE, K.PRESCRIPTIONS, K.FIRST_DAYS, K.AIDS, K.FOOD, K.KEYS,
                             K.MEETS, K.TRANSPORT, K.HOME_HEALTH}),
        (R, {OPEN}, {K.DOSE, K.PRESCRIPTIONS, K.FIRST_DAYS, K.AIDS, K.HOME, K.FOOD, K.KEYS,
                     K.MEETS, K.TRANSPORT}),
        (R, set(RECEIVING), set(ItemKind) - {K.OTHER, K.WORRY}),
        (None, {SOCIAL}, {K.DOSE, K.PRESCRIPTIONS, K.FIRST_DAYS, K.AIDS, K.FOOD, K.KEYS, K.MEETS,
                          K.TRANSPORT, K.HOME_CARE}),
        (R, set(), {K.DOSE, K.PRESCRIPTIONS, K.FIRST_DAYS, K.AIDS, K.HOME, K.FOOD, K.KEYS,
                    K.MEETS, K.TRANSPORT}),
    ],
)  # fmt: skip
def test_few_on_green_many_on_red(track: Track | None, taking: set[Part], kinds: set[K]) -> None:
    assert {one.kind for one in propose_items(track, taking)} == kinds


@pytest.mark.parametrize(
    ("kind", "taking", "owner"),
    [
        (K.DOSE, set(RECEIVING), WARD),
        (K.PRESCRIPTIONS, {SOCIAL}, WARD),
        (K.FIRST_DAYS, {HEALTH}, WARD),
        (K.AIDS, {SOCIAL}, WARD),
        (K.AIDS, {SOCIAL, HEALTH}, HEALTH),
        (K.HOME, {SOCIAL}, SOCIAL),
        (K.HOME, {SOCIAL, HEALTH}, HEALTH),
        (K.FOOD, {HEALTH, OPEN}, WARD),
        (K.FOOD, {SOCIAL}, SOCIAL),
        (K.KEYS, {SOCIAL, OPEN}, SOCIAL),
        (K.MEETS, {OPEN}, WARD),
        (K.TRANSPORT, set(RECEIVING), WARD),
        (K.HOME_HEALTH, {HEALTH}, HEALTH),
        (K.OTHER, set(RECEIVING), WARD),
    ],
)
def test_who_answers(kind: K, taking: set[Part], owner: Part) -> None:
    assert owner_of(kind, taking) is owner


@given(taking=parts, track=tracks)
def test_each_line_once_and_always_with_an_owner_who_takes_part(
    taking: frozenset[Part], track: Track | None
) -> None:
    found = propose_items(track, taking)
    assert len({one.kind for one in found}) == len(found)
    assert all(one.part in taking | {WARD} for one in found)
    assert (K.HOME_CARE in {one.kind for one in found}) == (SOCIAL in taking and track is not G)
    assert (K.HOME_HEALTH in {one.kind for one in found}) == (HEALTH in taking and track is not G)


@given(taking=parts, more=parts)
def test_more_need_and_more_parts_never_ask_less(
    taking: frozenset[Part], more: frozenset[Part]
) -> None:
    green, yellow, red = ({one.kind for one in propose_items(t, taking)} for t in Track)
    assert green <= yellow <= red
    assert len(green) < len(yellow) < len(red)
    for track in Track:
        few = {one.kind for one in propose_items(track, taking)}
        assert few <= {one.kind for one in propose_items(track, taking | more)}


def test_all_have_words() -> None:
    assert set(ITEMS) == set(ItemKind)
    assert set(ANSWER_WORDS) == set(Answer)
    assert all(one.ask.endswith("?") for one in ITEMS.values())
    assert set(TICKS) == set(Tick)
    assert set(after.QUESTIONS) == set(Question)
    assert len(after.QUESTIONS) == 5


# ── the last moment ──


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("estimated", "asked", "days", "due"),
    [
        ("2026-11-25", "2026-11-20T10:00+01:00", 1, "2026-11-24"),
        ("2026-11-25", "2026-11-20T10:00+01:00", 0, "2026-11-25"),
        ("2026-11-25", "2026-11-20T10:00+01:00", 3, "2026-11-22"),
        ("2026-11-25", "2026-11-24T23:59+01:00", 1, "2026-11-24"),
        ("2026-11-25", "2026-11-25T08:00+01:00", 1, "2026-11-25"),  # asked on the last day
        ("2026-11-25", "2026-11-26T08:00+01:00", 1, "2026-11-26"),  # the day has passed
        ("2026-03-29", "2026-03-20T08:00+01:00", 1, "2026-03-28"),  # the clocks change
        ("2028-03-01", "2028-02-20T08:00+01:00", 1, "2028-02-29"),  # a leap day
        ("2027-01-01", "2026-12-20T08:00+01:00", 1, "2026-12-31"),  # New Year
        ("2026-10-26", "2026-10-20T08:00+02:00", 1, "2026-10-25"),  # the clocks change back
    ],
)
def test_due_the_day_before(estimated: str, asked: str, days: int, due: str) -> None:
    found = answer_due(date.fromisoformat(estimated), moment(asked), days)
    assert found is not None
    last = found - timedelta(seconds=1)
    assert local_date(last) == date.fromisoformat(due)
    assert (local(last).hour, local(last).minute) == (23, 59)


def test_no_day_no_last_moment() -> None:
    assert answer_due(None, moment("2026-11-20T10:00+01:00"), 1) is None


@given(
    st.integers(0, 2000).map(lambda days: moment("2026-01-01T00:30+01:00") + timedelta(days=days)),
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.integers(0, 7),
)
def test_never_due_before_it_was_asked(asked: datetime, estimated: date, days: int) -> None:
    due = answer_due(estimated, asked, days)
    assert due is not None
    assert due >= asked
    worry = worry_due(asked)
    assert is_working_day(local_date(worry - timedelta(seconds=1)))
    assert worry > asked


# ── answers ──


@pytest.mark.parametrize(
    ("answer", "words", "ok"),
    [
        (Answer.YES, "", True), (Answer.YES, "Klart", True), (Answer.NOT_NEEDED, "", True),
        (Answer.NO, "", False), (Answer.NO, "Rullstolen kommer på torsdag", True),
    ],
)  # fmt: skip
def test_a_no_says_what_is_missing(answer: Answer, words: str, ok: bool) -> None:
    if ok:
        check_answer(answer, words)
    else:
        with pytest.raises(Invalid, match="vad som saknas"):
            check_answer(answer, words)


@pytest.mark.parametrize(
    ("status", "at_home", "wanted"),
    [
        (CaseStatus.EXPECTED, False, False), (CaseStatus.ADMITTED, False, True),
        (CaseStatus.READY, False, True), (CaseStatus.HOME, False, False),
        (CaseStatus.HOME, True, True), (CaseStatus.CLOSED, True, False),
        (CaseStatus.CANCELLED, False, False), (CaseStatus.CLOSED, False, False),
    ],
)  # fmt: skip
def test_until_when_a_line_wants_its_answer(
    status: CaseStatus, at_home: bool, wanted: bool
) -> None:
    assert wanted_now(status, at_home=at_home) is wanted
    if wanted:
        check_may_answer(own=True, status=status, at_home=at_home)
    else:
        with pytest.raises(NotNow):
            check_may_answer(own=True, status=status, at_home=at_home)
    with pytest.raises(NotAllowed):
        check_may_answer(own=False, status=status, at_home=at_home)


def line(answer: Answer | None) -> Standing:
    return Standing(ITEMS[K.FOOD].words, answer)


@pytest.mark.parametrize(
    ("answers", "reason", "goes"),
    [
        ((), "", True),
        ((Answer.YES,), "", True),
        ((Answer.YES, Answer.NOT_NEEDED), "", True),
        ((None,), "", False),
        ((Answer.NO,), "", False),
        ((Answer.YES, None), "", False),
        ((Answer.YES, Answer.NO), "", False),
        ((None,), "Dottern handlar", True),
        ((Answer.NO, None), "Dottern handlar", True),
        ((Answer.NOT_NEEDED, Answer.NOT_NEEDED), "", True),
    ],
)
def test_who_may_go_home(answers: tuple[Answer | None, ...], reason: str, goes: bool) -> None:
    lines = [line(one) for one in answers]
    if goes:
        check_may_go(lines, reason)
    else:
        with pytest.raises(Invalid, match="Allt är inte klart") as told:
            check_may_go(lines, reason)
        assert told.value.where == "anyway"


@given(st.lists(st.sampled_from([None, *Answer])))
def test_nothing_left_exactly_when_all_is_yes_or_not_needed(answers: list[Answer | None]) -> None:
    left = not_in_place([line(one) for one in answers])
    assert (not left) == (set(answers) <= {Answer.YES, Answer.NOT_NEEDED})


@pytest.mark.parametrize("ground", list(Secrecy))
def test_on_what_ground_a_question_can_be_put(ground: Secrecy) -> None:
    if ground in (Secrecy.DUTY, Secrecy.PATIENT):
        with pytest.raises(Invalid):
            check_item_ground(ground, "prövat")
        return
    check_item_ground(ground, "Inget men.")
    if ground is not Secrecy.CONSENT:
        with pytest.raises(Invalid, match="prövningen"):
            check_item_ground(ground, "")


# ── the person's list ──


@pytest.mark.parametrize(
    ("status", "now", "is_open"),
    [
        (CaseStatus.ADMITTED, "2026-11-22T23:59:59+01:00", False),
        (CaseStatus.ADMITTED, "2026-11-23T00:00+01:00", True),  # 48 hours before the day begins
        (CaseStatus.ADMITTED, "2026-11-24T12:00+01:00", True),
        (CaseStatus.ADMITTED, "2026-11-25T12:00+01:00", True),
        (CaseStatus.ADMITTED, "2026-11-26T12:00+01:00", True),  # stays longer than believed
        (CaseStatus.READY, "2026-11-20T12:00+01:00", True),
        (CaseStatus.HOME, "2026-11-25T12:00+01:00", False),
        (CaseStatus.EXPECTED, "2026-11-25T12:00+01:00", False),
        (CaseStatus.CLOSED, "2026-11-25T12:00+01:00", False),
        (CaseStatus.CANCELLED, "2026-11-25T12:00+01:00", False),
    ],
)
def test_when_the_list_is_open(status: CaseStatus, now: str, is_open: bool) -> None:
    given_ = {"estimated_at": date(2026, 11, 25), "hours": 48, "now": moment(now)}
    assert preparing.is_open(status, **given_) is is_open  # type: ignore[arg-type]
    if not is_open:
        with pytest.raises(NotNow):
            preparing.check_open(status, **given_)  # type: ignore[arg-type]


def test_without_a_day_only_who_is_ready_can_tick() -> None:
    now = moment("2026-11-25T12:00+01:00")
    for status in CaseStatus:
        found = preparing.is_open(status, estimated_at=None, hours=48, now=now)
        assert found is (status is CaseStatus.READY)


@pytest.mark.parametrize(
    ("tick", "yes", "words", "becomes"),
    [
        (Tick.KEYS, True, "", False), (Tick.KEYS, False, "", True), (Tick.KEYS, None, "", False),
        (Tick.FOOD, False, "Kylen är tom", True), (Tick.FOOD, True, "Dottern", False),
        (Tick.MEETS, False, "", True), (Tick.MEDICINES, False, "", True),
        (Tick.RING, False, "", True), (Tick.RING, True, "", False),
        (Tick.QUESTION, None, "Får jag duscha?", True), (Tick.QUESTION, None, "", False),
    ],
)  # fmt: skip
def test_what_a_no_becomes(tick: Tick, yes: bool | None, words: str, becomes: bool) -> None:
    assert preparing.becomes_item(tick, yes=yes, words=words) is becomes


@pytest.mark.parametrize(
    ("tick", "taking", "owner"),
    [
        (Tick.KEYS, {SOCIAL, OPEN}, SOCIAL), (Tick.KEYS, {OPEN}, WARD),
        (Tick.FOOD, {SOCIAL}, SOCIAL), (Tick.FOOD, {HEALTH}, WARD), (Tick.MEETS, {SOCIAL}, SOCIAL),
        (Tick.MEETS, set(), WARD), (Tick.MEDICINES, set(RECEIVING), WARD),
        (Tick.RING, set(RECEIVING), WARD), (Tick.QUESTION, set(RECEIVING), WARD),
        (Tick.KEYS, set(RECEIVING), SOCIAL),
    ],
)  # fmt: skip
def test_who_sees_to_a_no(tick: Tick, taking: set[Part], owner: Part) -> None:
    assert preparing.tick_owner(tick, taking) is owner


# ── at home ──


@pytest.mark.parametrize(
    ("tries", "outcome"),
    [
        ((), None), ((False,), None), ((True,), Outcome.REACHED),
        ((False, True), Outcome.REACHED), ((False, False), Outcome.NOT_REACHED),
        ((False, False, True), Outcome.REACHED), ((True, False), Outcome.REACHED),
        ((False, False, False), Outcome.NOT_REACHED), ((True, True), Outcome.REACHED),
        ((False, False, False, True), Outcome.REACHED),
    ],
)  # fmt: skip
def test_two_tries(tries: tuple[bool, ...], outcome: Outcome | None) -> None:
    assert after.outcome_of(tries) is outcome


def test_what_the_person_is_told() -> None:
    """What is in place, and the answer to the own question; never what staff ask each other."""
    yes, no = Answer.YES, Answer.NO

    def line(kind: ItemKind, answer: Answer | None, words: str = "", **more: bool) -> Answered:
        return Answered(kind, answer, words, "Hemtjänsten", **more)

    lines = [
        line(ItemKind.MEETS, yes, "Pia"), line(ItemKind.FOOD, yes), line(ItemKind.KEYS, no, "Nej"),
        line(ItemKind.AIDS, None), line(ItemKind.OTHER, yes, "Mellan oss"),
        line(ItemKind.OTHER, no, "Nej, ta bussen.", from_person=True),
        line(ItemKind.WORRY, yes, "Ringt", at_home=True), line(ItemKind.HOME, Answer.NOT_NEEDED),
    ]  # fmt: skip
    assert preparing.who_meets(lines) == "Pia"
    assert preparing.who_meets([line(ItemKind.MEETS, no, "Ingen")]) == ""
    told = [(str(one.name), one.words) for one in preparing.what_is_decided(lines)]
    assert told == [("Mat", ""), ("Svar på din fråga", "Nej, ta bussen.")]


@pytest.mark.parametrize(
    ("taking", "having", "asks"),
    [
        ((), (), None), ((OPEN,), (), OPEN), ((SOCIAL,), (), SOCIAL), ((HEALTH,), (), HEALTH),
        ((SOCIAL, HEALTH), (), HEALTH), ((SOCIAL, HEALTH, OPEN), (), OPEN),
        ((OPEN, HEALTH), (HEALTH,), HEALTH),  # the fast vårdkontakt is in home health care
        ((HEALTH, OPEN), (OPEN, HEALTH), OPEN), ((OPEN, SOCIAL), (HEALTH,), OPEN),
    ],
)  # fmt: skip
def test_who_hears_how_it_goes(
    taking: tuple[Part, ...], having: tuple[Part, ...], asks: Part | None
) -> None:
    """The fast vårdkontakt's unit, else by the table; a unit that takes no part is never asked."""
    units = {part: uuid5(NAMESPACE_OID, part) for part in RECEIVING}
    found = after.who_asks([(units[one], one) for one in taking], {units[one] for one in having})
    assert found == (units[asks] if asks else None)


Q = Question


@pytest.mark.parametrize(
    ("question", "taking", "owner"),
    [
        (Q.FEEL, set(RECEIVING), OPEN), (Q.FEEL, {SOCIAL}, None),
        (Q.MEDICINES, set(RECEIVING), HEALTH), (Q.MEDICINES, {OPEN, SOCIAL}, OPEN),
        (Q.MEDICINES, {SOCIAL}, None), (Q.HELP, set(RECEIVING), SOCIAL),
        (Q.HELP, {HEALTH}, HEALTH), (Q.HELP, {OPEN}, None), (Q.RING, set(RECEIVING), OPEN),
        (Q.WORSE, set(RECEIVING), OPEN), (Q.WORSE, {HEALTH}, HEALTH),
    ],
)  # fmt: skip
def test_who_takes_care_of_a_worry(
    question: Question, taking: set[Part], owner: Part | None
) -> None:
    assert after.worry_owner(question, taking) is owner


def all_well() -> dict[Question, Told]:
    return {one: Told(one, Feeling.WELL) for one in Question}


def test_five_answers_and_words_for_each_worry() -> None:
    after.check_told(all_well().values())
    for question in Question:
        told = all_well()
        del told[question]
        with pytest.raises(Invalid, match="Svar saknas") as missing:
            after.check_told(told.values())
        assert missing.value.where == question.value
        told[question] = Told(question, Feeling.WORRIES)
        with pytest.raises(Invalid, match="vad som oroar"):
            after.check_told(told.values())
        told[question] = Told(question, Feeling.WORRIES, "Yr")
        after.check_told(told.values())


HOME, BACK = "2026-11-20T14:00+01:00", "2026-11-27T09:00+01:00"


@pytest.mark.parametrize(
    ("moments", "met"),
    [
        ((), False),
        ((HOME,), False),
        (("2026-11-20T14:01+01:00",), True),
        (("2026-11-19T10:00+01:00",), False),
        (("2026-11-24T10:00+01:00",), True),
        (("2026-11-26T23:59+01:00",), True),
        (("2026-11-27T00:00+01:00",), False),  # the day of the way in
        (("2026-11-27T08:00+01:00",), False),
        ((BACK,), False),
        (("2026-11-28T08:00+01:00",), False),
        (("2026-11-19T10:00+01:00", "2026-11-22T10:00+01:00"), True),
    ],
)
def test_whether_anyone_met_the_person_in_between(moments: tuple[str, ...], met: bool) -> None:
    span = Span(moment(HOME), moment(BACK))
    assert met_between(span, [moment(one) for one in moments]) is met


def test_the_contact_is_due_in_elapsed_hours() -> None:
    home = moment("2026-03-27T14:00+01:00")  # the clocks change on the 29th
    due = after.contact_due(home, timedelta(hours=72))
    assert local(due).isoformat() == "2026-03-30T15:00:00+02:00"


@pytest.mark.parametrize("status", list(CaseStatus))
def test_only_at_home_and_only_the_one_who_asks(status: CaseStatus) -> None:
    with pytest.raises(NotAllowed):
        after.check_may_contact(own=False, status=status)
    if status is CaseStatus.HOME:
        after.check_may_contact(own=True, status=status)
    else:
        with pytest.raises(NotNow):
            after.check_may_contact(own=True, status=status)


def test_inside_is_where_the_list_lives() -> None:
    assert {one for one in CaseStatus if wanted_now(one, at_home=False)} == INSIDE
