"""Rules by tables of worked examples; each line names the section of law that it comes from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.careplans import rules
from samverka.careplans.rules import (
    ActivityFacts,
    ActivityStatus,
    ContactKind,
    Content,
    OwnerKind,
    PlanFacts,
    PlanKind,
    PlanStatus,
    StepName,
)
from samverka.kernel.actor import Branch, Side
from samverka.kernel.problems import Invalid, NotAllowed, NotNow

TODAY = date(2026, 11, 20)
OURS, THEIRS = UUID(int=1), UUID(int=2)

REGION = ActivityFacts("Läkemedelsgenomgång", OwnerKind.REGION, unit_id=OURS, owner_name="HC")
MUNICIPALITY = ActivityFacts(
    "Hemtjänst", OwnerKind.MUNICIPALITY, unit_id=THEIRS, owner_name="Hemtjänsten", social=True
)
OTHER = ActivityFacts("Färdtjänst", OwnerKind.OTHER, owner_name="Färdtjänsten")
SELF = ActivityFacts("Går ut varje dag", OwnerKind.PERSON, owner_name="Karin")

COMPLETE = PlanFacts(
    kind=PlanKind.SIP,
    status=PlanStatus.DRAFT,
    holder_id=OURS,
    holder_name="Krokoms hälsocentral",
    what_matters="Att bo kvar hemma.",
    if_worse="Ring hälsocentralen.",
    responsible=True,
    no_others=True,
    consent=True,
    follow_up_on=TODAY + timedelta(days=90),
    goals=1,
    long_goals=1,
    main_contact=True,
    needs="Stöd hemma efter utskrivning.",
    attitude="Vill ha hjälp men inte varje dag.",
    activities=(replace(REGION, marked=True), MUNICIPALITY),
)


def missing(plan: PlanFacts) -> set[Content]:
    return {one.what for one in rules.blocking(rules.list_missing(plan))}


# ── content (SIP-7: HSL 16:4 st. 4; T-SIP-c, T-SIP-d) ──

CONTENT = [
    # (law, change to a complete SIP, what is then missing)
    ("SIP-7: nothing is missing", {}, set()),
    (
        "SIP-7 p. 1: no activities",
        {"activities": ()},
        {Content.ACTIVITIES, Content.BOTH_SIDES},
    ),
    (
        "SIP-7 p. 1: those called off do not count",
        {
            "activities": tuple(
                replace(one, status=ActivityStatus.CANCELLED) for one in (REGION, MUNICIPALITY)
            )
        },
        {Content.ACTIVITIES, Content.BOTH_SIDES},
    ),
    (
        "SIP-7 p. 2: an activity without owner",
        {"activities": (REGION, MUNICIPALITY, replace(SELF, owner=None))},
        {Content.OWNERS},
    ),
    ("SIP-7 p. 3: others not spoken of", {"no_others": False}, {Content.OTHERS}),
    (
        "SIP-7 p. 3: another party named",
        {"no_others": False, "activities": (REGION, MUNICIPALITY, OTHER)},
        set(),
    ),
    ("SIP-7 p. 4, T-SIP-c: no responsible huvudman", {"responsible": False}, {Content.RESPONSIBLE}),
    (
        "SIP-3, T-SIP-d: only the region",
        {"activities": (REGION, SELF)},
        {Content.BOTH_SIDES},
    ),
    ("T-SIP-d: only the municipality", {"activities": (MUNICIPALITY,)}, {Content.BOTH_SIDES}),
    ("SIP-10, LUS-S3: no consent", {"consent": False}, {Content.CONSENT}),
    ("SIP-8: goals and follow-up are practice", {"goals": 0, "follow_up_on": None}, set()),
    ("SIP-8: wishes and crisis part are practice", {"what_matters": " ", "if_worse": ""}, set()),
    (
        "LUS 4:1: discharge needs both, not social services",
        {
            "kind": PlanKind.DISCHARGE,
            "activities": (REGION, replace(MUNICIPALITY, social=False)),
        },
        set(),
    ),
    (
        "LUS-T7: no consent asked for, no huvudman with overall responsibility",
        {"kind": PlanKind.COERCIVE_CARE, "consent": False, "responsible": False},
        {Content.APPROVALS},
    ),
    (
        "LUS-T7: measures by others",
        {"kind": PlanKind.COERCIVE_CARE, "no_others": False},
        {Content.OTHERS, Content.APPROVALS},
    ),
    (
        "LSS 10 §: a day for review",
        {"kind": PlanKind.LSS, "follow_up_on": None, "activities": (MUNICIPALITY,)},
        {Content.FOLLOW_UP},
    ),
    (
        "LSS 10 §: measures by others",
        {"kind": PlanKind.LSS, "no_others": False, "activities": (MUNICIPALITY,)},
        {Content.OTHERS},
    ),
    (
        "LPT 7 a § p. 1–2: the need and the person's attitude",
        {"kind": PlanKind.COERCIVE_CARE, "needs": " ", "attitude": ""},
        {Content.NEEDS, Content.ATTITUDE, Content.APPROVALS},
    ),
    (
        "SIP-4: a county that asks for social services",
        {
            "needs_social": True,
            "activities": (REGION, replace(MUNICIPALITY, social=False)),
        },
        {Content.SOCIAL_SERVICE},
    ),
    (
        "SIP-4: such a county asks it of a SIP only (LUS 4:1)",
        {
            "kind": PlanKind.DISCHARGE,
            "needs_social": True,
            "activities": (REGION, replace(MUNICIPALITY, social=False)),
        },
        set(),
    ),
    (
        "a carer's plan: one side is enough, without consent to share",
        {"kind": PlanKind.CARER, "activities": (MUNICIPALITY,), "consent": False},
        set(),
    ),
    (
        "HSL 8:7, 12:5: one side is enough",
        {"kind": PlanKind.REHABILITATION, "activities": (REGION,), "consent": False},
        set(),
    ),
    (
        "vårdplan: needs something to do",
        {"kind": PlanKind.CARE, "activities": ()},
        {Content.ACTIVITIES},
    ),
]


@pytest.mark.parametrize(("law", "change", "lacks"), CONTENT, ids=[row[0] for row in CONTENT])
def test_what_the_law_asks_for(law: str, change: dict[str, object], lacks: set[Content]) -> None:
    assert missing(replace(COMPLETE, **change)) == lacks, law  # type: ignore[arg-type]


def test_a_complete_plan_passes_and_an_empty_one_says_all_at_once() -> None:
    rules.check_complete(COMPLETE)
    empty = PlanFacts(kind=PlanKind.SIP, status=PlanStatus.DRAFT)
    with pytest.raises(NotNow) as refused:
        rules.check_complete(empty)
    for one in rules.blocking(rules.list_missing(empty)):
        assert one.sentence in refused.value.message


def test_what_practice_asks_for_never_hinders_but_is_said() -> None:
    bare = replace(COMPLETE, what_matters="", goals=0, follow_up_on=None, if_worse="")
    told = replace(COMPLETE, long_goals=0, main_contact=False, activities=(REGION, MUNICIPALITY))
    assert {one.what for one in rules.list_missing(told)} == {
        Content.LONG_GOALS,
        Content.MAIN_CONTACT,
        Content.PREVENTIVE,
    }
    said = {one.what for one in rules.list_missing(bare) if not one.blocking}
    assert said == {Content.WISHES, Content.GOALS, Content.FOLLOW_UP, Content.IF_WORSE}
    only_care = replace(COMPLETE, activities=(REGION, replace(MUNICIPALITY, social=False)))
    assert Content.SOCIAL_SERVICE in {one.what for one in rules.list_missing(only_care)}  # SIP-4


def test_every_kind_has_a_section_of_law_and_a_sentence_for_all_it_asks() -> None:
    for kind in PlanKind:
        spec = rules.KINDS[kind]
        assert "§" in spec.section or kind is PlanKind.CARER  # its number was not established
        assert not set(spec.required) & set(spec.advised)
        bare = PlanFacts(kind=kind, status=PlanStatus.DRAFT)
        assert all(one.sentence for one in rules.list_missing(bare))


# ── the process ──

PROCESS = [
    # (from, step, side, what comes of it)
    (PlanStatus.DRAFT, StepName.ACTIVATE, Side.REGION, PlanStatus.ACTIVE),
    (PlanStatus.DRAFT, StepName.ACTIVATE, Side.MUNICIPALITY, PlanStatus.ACTIVE),
    (PlanStatus.DRAFT, StepName.ACTIVATE, Side.PRIVATE, PlanStatus.ACTIVE),
    (PlanStatus.DRAFT, StepName.ACTIVATE, Side.PERSON, NotAllowed),
    (PlanStatus.DRAFT, StepName.END, Side.REGION, PlanStatus.ENDED),
    (PlanStatus.ACTIVE, StepName.ACTIVATE, Side.REGION, NotNow),
    (PlanStatus.ACTIVE, StepName.END, Side.MUNICIPALITY, PlanStatus.ENDED),
    (PlanStatus.ACTIVE, StepName.END, Side.PERSON, NotAllowed),
    (PlanStatus.ENDED, StepName.ACTIVATE, Side.REGION, NotNow),
    (PlanStatus.ENDED, StepName.END, Side.REGION, NotNow),
]


@pytest.mark.parametrize(("status", "step", "side", "outcome"), PROCESS)
def test_the_process(
    status: PlanStatus, step: StepName, side: Side, outcome: PlanStatus | type[Exception]
) -> None:
    allowed = isinstance(outcome, PlanStatus)
    assert rules.may_step(status, step, side) is allowed
    if isinstance(outcome, PlanStatus):
        assert rules.check_step(status, step, side) is outcome
        return
    with pytest.raises(outcome):
        rules.check_step(status, step, side)


def test_an_ended_plan_cannot_be_written_in() -> None:
    rules.check_open(PlanStatus.DRAFT)
    rules.check_open(PlanStatus.ACTIVE)
    with pytest.raises(NotNow):
        rules.check_open(PlanStatus.ENDED)


FOLLOW_UPS = [
    ("a day ahead", PlanKind.SIP, TODAY + timedelta(days=1), True),
    ("today", PlanKind.SIP, TODAY, True),
    ("yesterday", PlanKind.SIP, TODAY - timedelta(days=1), False),
    ("SIP-16: the law names no longest time", PlanKind.SIP, date(2028, 11, 20), True),
    ("LSS 10 §: within a year", PlanKind.LSS, date(2027, 11, 20), True),
    ("LSS 10 §: more than a year", PlanKind.LSS, date(2027, 11, 21), False),
]


@pytest.mark.parametrize(
    ("words", "kind", "day", "allowed"), FOLLOW_UPS, ids=[row[0] for row in FOLLOW_UPS]
)
def test_day_of_follow_up(words: str, kind: PlanKind, day: date, allowed: bool) -> None:
    if allowed:
        rules.check_follow_up(kind, day, TODAY)
        return
    with pytest.raises(Invalid) as refused:
        rules.check_follow_up(kind, day, TODAY)
    assert refused.value.where == "follow_up_on", words


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 20), 6, date(2027, 5, 20)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_months_later(day: date, months: int, later: date) -> None:
    assert rules.add_months(day, months) == later


# ── owners and contacts ──


@pytest.mark.parametrize(
    ("side", "branch", "kind"),
    [
        (Side.REGION, Branch.HEALTH, OwnerKind.REGION),
        (Side.MUNICIPALITY, Branch.HEALTH, OwnerKind.MUNICIPALITY),
        (Side.MUNICIPALITY, Branch.IFO, OwnerKind.MUNICIPALITY),
        (Side.PRIVATE, Branch.HEALTH, OwnerKind.REGION),
        (Side.PRIVATE, Branch.SOCIAL, OwnerKind.MUNICIPALITY),
    ],
)
def test_which_huvudman_answers(side: Side, branch: Branch, kind: OwnerKind) -> None:
    assert rules.owner_kind_of(side, branch) is kind


CONTACTS = [
    ("FVK-4: any profession", ContactKind.FAST_VARDKONTAKT, Branch.HEALTH, "Arbetsterapeut", False, True),
    ("FVK-1: municipal health care too", ContactKind.FAST_VARDKONTAKT, Branch.HEALTH, "Sjuksköterska", True, True),
    ("PL: not social services", ContactKind.FAST_VARDKONTAKT, Branch.SOCIAL, "Handläggare", False, False),
    ("PL 6:3: a doctor", ContactKind.FAST_LAKARKONTAKT, Branch.HEALTH, "Specialistläkare", False, True),
    ("PL 6:3: not a nurse", ContactKind.FAST_LAKARKONTAKT, Branch.HEALTH, "Sjuksköterska", False, False),
    ("FLK-2: listed elsewhere", ContactKind.FAST_LAKARKONTAKT, Branch.HEALTH, "Läkare", True, False),
    ("a main contact in social services", ContactKind.MAIN, Branch.SOCIAL, "Handläggare", False, True),
    ("IFO is never shown", ContactKind.MAIN, Branch.IFO, "Socialsekreterare", False, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("law", "kind", "branch", "profession", "elsewhere", "allowed"),
    CONTACTS,
    ids=[row[0] for row in CONTACTS],
)
def test_who_can_be_a_contact(
    law: str, kind: ContactKind, branch: Branch, profession: str, elsewhere: bool, allowed: bool
) -> None:
    def check() -> None:
        rules.check_contact(kind, branch=branch, profession=profession, listed_elsewhere=elsewhere)

    if allowed:
        check()
        return
    with pytest.raises(NotNow):
        check()


# ── what comes next ──


def test_a_draft_waits_on_its_keeper_for_what_is_missing_first() -> None:
    step = rules.next_step(replace(COMPLETE, consent=False, responsible=False), TODAY)
    assert step is not None
    assert (step.unit_id, step.verb) == (OURS, "välja övergripande ansvarig")
    ready = rules.next_step(COMPLETE, TODAY)
    assert ready is not None
    assert ready.verb == "fastställa planen"


def active(*activities: ActivityFacts, **change: object) -> PlanFacts:
    return replace(COMPLETE, status=PlanStatus.ACTIVE, activities=activities, **change)  # type: ignore[arg-type]


def test_the_nearest_day_comes_first_and_the_last_day_is_in_time() -> None:
    plan = active(replace(MUNICIPALITY, due_on=TODAY), replace(REGION, due_on=date(2026, 12, 1)))
    step = rules.next_step(plan, TODAY)
    assert step is not None
    assert (step.owner, step.due_on, step.overdue) == ("Hemtjänsten", TODAY, False)
    tomorrow = rules.next_step(plan, TODAY + timedelta(days=1))
    assert tomorrow is not None
    assert tomorrow.overdue


def test_what_is_done_or_has_no_day_waits_on_nobody() -> None:
    done = replace(REGION, due_on=TODAY, status=ActivityStatus.DONE)
    steps = rules.list_steps(active(done, MUNICIPALITY), TODAY)
    assert [step.verb for step in steps] == ["följa upp planen"]


def test_the_persons_words_and_a_missing_follow_up_wait_on_the_keeper_now() -> None:
    plan = active(follow_up_on=None, unread_words=True)
    steps = rules.list_steps(plan, TODAY)
    assert [step.verb for step in steps] == [
        "läsa vad personen har skrivit",
        "bestämma uppföljning",
    ]
    assert {step.unit_id for step in steps} == {OURS}


def test_an_ended_plan_waits_on_nobody() -> None:
    assert rules.next_step(replace(COMPLETE, status=PlanStatus.ENDED), TODAY) is None


UNIT_STEPS = [
    # (days to the municipality's activity, is it on the municipality's list)
    (-3, True),
    (0, True),
    (14, True),
    (15, False),
]


@pytest.mark.parametrize(("days", "listed"), UNIT_STEPS)
def test_a_step_is_on_its_units_list_two_weeks_ahead(days: int, listed: bool) -> None:
    plan = active(replace(MUNICIPALITY, due_on=TODAY + timedelta(days=days)))
    step = rules.step_for_unit(plan, THEIRS, TODAY)
    assert (step is not None) is listed
    assert rules.step_for_unit(plan, UUID(int=3), TODAY) is None


days = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))
activities = st.builds(
    ActivityFacts,
    what=st.just("x"),
    owner=st.sampled_from(OwnerKind),
    status=st.sampled_from(ActivityStatus),
    due_on=days,
    unit_id=st.sampled_from([OURS, THEIRS, None]),
    owner_name=st.just("N"),
    social=st.booleans(),
)
plans = st.builds(
    PlanFacts,
    kind=st.sampled_from(PlanKind),
    status=st.sampled_from(PlanStatus),
    holder_id=st.just(OURS),
    holder_name=st.just("HC"),
    what_matters=st.sampled_from(["", "ord"]),
    if_worse=st.sampled_from(["", "ord"]),
    responsible=st.booleans(),
    no_others=st.booleans(),
    consent=st.booleans(),
    follow_up_on=days,
    goals=st.integers(0, 2),
    unread_words=st.booleans(),
    activities=st.lists(activities, max_size=4).map(tuple),
)


@given(plans, st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_every_open_plan_has_one_next_step_with_an_owner(plan: PlanFacts, today: date) -> None:
    steps = rules.list_steps(plan, today)
    assert bool(steps) is (plan.status is not PlanStatus.ENDED)
    for step in steps:
        assert step.owner
        assert step.verb
        assert step.overdue is (step.due_on is not None and step.due_on < today)
    order = [step.due_on or today for step in steps]
    assert order == sorted(order)


@given(plans)
def test_a_plan_can_be_established_exactly_when_nothing_blocking_is_missing(
    plan: PlanFacts,
) -> None:
    lacking = rules.unwritten(rules.list_missing(plan))
    try:
        rules.check_complete(plan)
    except NotNow:
        assert lacking
    else:
        assert not lacking
