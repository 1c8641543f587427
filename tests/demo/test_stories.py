"""The stories hold together: who acts has a reason, nothing is used before it is there, and
every plan has what the law asks for when it is agreed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from samverka.access.roles import permissions_of
from samverka.access.rules import ConsentKind, Protection, RelationKind
from samverka.careplans import rules
from samverka.careplans.rules.meetings import ANSWERS
from samverka.contacts.rules import BookingStatus
from samverka.demo import script as s
from samverka.demo.county import PRINCIPALS, principal_of, providers, units
from samverka.demo.staff import staff
from samverka.demo.stories import STORIES
from samverka.kernel.actor import Branch, Permission, Side

# A Friday, a Saturday, a Sunday in winter time, and a Monday just after the change of the clock.
DAYS = (date(2026, 11, 20), date(2027, 2, 27), date(2026, 11, 22), date(2027, 3, 29))
IMPORT = "import"

each_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.key)


def of(story: s.Story, event: s.Event) -> str:
    return event.of or story.main.key


def unit_of(event: s.Event) -> str:
    return staff()[event.by].assignments[0].unit


def provider_of(event: s.Event) -> str:
    return units()[unit_of(event)].provider


def plan_events(story: s.Story) -> Iterator[tuple[int, s.Event, str]]:
    for n, event in enumerate(story.told):
        plan = getattr(event, "plan", "")
        if plan:
            yield n, event, plan


def test_fourteen_long_stories_and_a_short_one_with_keys_of_their_own() -> None:
    assert len(STORIES) == 15
    keys = [person.key for story in STORIES for person in story.people] + list(staff())
    assert len(set(keys)) == len(keys)


@each_story
def test_everyone_named_exists(story: s.Story) -> None:
    people = {person.key for person in story.people}
    for event in story.told:
        assert event.by in people | set(staff()) | {IMPORT}
        assert of(story, event) in people
        for name in ("person", "proxy", "given_by", "said_by"):
            assert getattr(event, name, "") in people | {""}
        for name in ("unit", "staff", "stand_in"):
            assert getattr(event, name, "") in set(units()) | set(staff()) | {""}
        for key in getattr(event, "readers", ()):
            assert key in providers()
        if isinstance(event, s.PlanStarted):
            assert event.lead in {one.key for one in PRINCIPALS}
        assert units_named(event) <= {*units(), ""}, event


def units_named(event: s.Event) -> set[str]:
    found = set(getattr(event, "units", ()))
    if isinstance(event, s.MeetingHeld):
        found |= {key for _name, _role, key in (*event.there, *event.absent)}
    if isinstance(event, s.ActivitySet) and event.owner.kind is s.OwnerKind.UNIT:
        found.add(event.owner.name)
    return found


@each_story
@pytest.mark.parametrize("today", DAYS)
def test_events_come_in_order_and_never_after_yesterday(story: s.Story, today: date) -> None:
    times = [at for at, _event in story.timed(today)]
    assert times == sorted(times)
    assert len(set(times)) == len(times)
    assert max(times).date() < today
    for at, event in story.timed(today):
        # A weekend may move what is done in office hours, never further than over it.
        assert abs(at - event.when.at(today)) < timedelta(hours=48), event


def possible(event: s.Event, at: datetime, today: date) -> bool:
    """Nothing is noted before it has happened, or booked when it is past."""
    match event:
        case s.Visit():
            return event.starts.at(today) <= at
        case s.Booking():
            ahead = event.status is not BookingStatus.BOOKED or event.starts.on(today) >= today
            return event.starts.at(today) > at and ahead
        case s.Stay():
            return event.ends is None or event.starts.at(today) < event.ends.at(today)
        case s.Series():
            times = [moment.at(today) for moment, _value in event.values]
            return times == sorted(times) and times[-1] <= at
        case s.AwayNoted():
            return event.until.on(today) >= today
        case _:
            return all(moment.at(today) > at for moment in ahead_of(event))


def ahead_of(event: s.Event) -> list[s.Moment]:
    """Times that must lie after what tells of them."""
    names = {
        s.TimePromised: "latest",
        s.PlanAgreed: "follow_up",
        s.PlanFollowedUp: "follow_up",
        s.ProxyGranted: "until",
        s.ConsentGiven: "until",
        s.ConsentAsked: "until",
        s.MeetingCalled: "starts",
        s.CallAnswered: "time",
        s.SelfCareAdvised: "reassess",
    }
    moment = getattr(event, names.get(type(event), ""), None)
    return [moment] if moment else []


@each_story
@pytest.mark.parametrize("today", DAYS)
def test_times_are_possible(story: s.Story, today: date) -> None:
    for at, event in story.timed(today):
        assert possible(event, at, today), (at, event)


@pytest.mark.parametrize("today", DAYS)
def test_ages_hold_on_the_day_of_building(today: date) -> None:
    from samverka.kernel.identity import age

    for story in STORIES:
        for person in story.people:
            assert age(person.birth_date(today), today) == person.age


def test_office_hours_are_kept_off_weekends() -> None:
    saturday = date(2026, 11, 21)
    assert s.day(0).on(saturday) == date(2026, 11, 23)
    assert s.day(7).on(saturday) == date(2026, 11, 30)
    assert s.day(-7).on(saturday) == date(2026, 11, 13)
    assert s.any_day(-7).on(saturday) == date(2026, 11, 14)
    assert s.day(-7, 9).at(saturday).isoformat() == "2026-11-13T09:00:00+01:00"


@each_story
def test_whoever_acts_has_a_relation_and_a_role_for_it(story: s.Story) -> None:
    open_units: dict[tuple[str, str], set[str]] = {}
    needed = {
        s.CareBegins: Permission.PERSON_REGISTER,
        s.Visit: Permission.CONTACT_EDIT,
        s.Stay: Permission.CONTACT_EDIT,
        s.Booking: Permission.CONTACT_EDIT,
        s.TimePromised: Permission.CONTACT_EDIT,
        s.ConsentGiven: Permission.CONSENT_EDIT,
        s.ProxyGranted: Permission.PERSON_EDIT,
        s.Related: Permission.PERSON_EDIT,
        s.CapacityNoted: Permission.PERSON_EDIT,
        s.EmergencyOpened: Permission.EMERGENCY,
    }
    for event in story.told:
        if event.by not in staff() or isinstance(
            event, s.Series | s.Medicines
        ):  # files come from outside
            continue
        person, unit = of(story, event), unit_of(event)
        roles = staff()[event.by].assignments[0].roles
        wanted = needed.get(type(event), Permission.PERSON_READ)
        if getattr(event, "plan", "") and not isinstance(event, s.ConsentGiven | s.Opened):
            wanted = Permission.PLAN_EDIT
        if isinstance(event, s.CallAnswered | s.AgreedConfirmed):
            wanted = Permission.PLAN_READ
        assert wanted in permissions_of(roles), event
        if isinstance(event, s.CareBegins):
            open_units.setdefault((person, unit), set()).add(event.kind)
            continue
        assert open_units.get((person, unit)), f"{event.by} has no relation: {event}"
        if isinstance(event, s.CareEnds):
            open_units[person, unit].remove(event.kind)


@each_story
def test_relations_fit_the_branch(story: s.Story) -> None:
    social = {RelationKind.SOCIAL_SERVICE, RelationKind.INVESTIGATION}
    for event in story.told:
        if isinstance(event, s.CareBegins):
            branch = providers()[provider_of(event)].branch
            assert (event.kind in social) == (branch in {Branch.SOCIAL, Branch.IFO}), event


@each_story
def test_plans_are_written_by_those_who_may(story: s.Story) -> None:
    """The holder's unit, or a care provider that the plan has been disclosed to on a consent."""
    holder: dict[str, str] = {}
    shared: dict[str, set[str]] = {}
    consents = {e.key: e for e in story.told if isinstance(e, s.ConsentGiven)}
    answered = {e.plan for e in story.told if isinstance(e, s.ConsentAnswered) and e.yes}
    for _n, event, plan in plan_events(story):
        if isinstance(event, s.PlanStarted):
            assert plan not in holder
            holder[plan] = unit_of(event)
            continue
        if isinstance(event, s.ConsentGiven):
            assert event.kind is ConsentKind.PLAN
        assert plan in holder, event
        if isinstance(event, s.PlanShared):
            if event.consent:
                assert set(event.to) <= set(consents[event.consent].readers)
                assert consents[event.consent].plan == plan
            else:
                assert plan in answered, "the person has answered on the own page"
            shared.setdefault(plan, set()).update(event.to)
        if event.by in staff():
            same = unit_of(event) == holder[plan]
            # What is written on behalf of the same care provider needs no handing out.
            same = same or provider_of(event) == units()[holder[plan]].provider
            assert same or provider_of(event) in shared.get(plan, set()), event


@each_story
def test_goals_and_activities_are_there_before_they_are_used(story: s.Story) -> None:
    goals: set[tuple[str, str]] = set()
    activities: set[tuple[str, str]] = set()
    for _n, event, plan in plan_events(story):
        match event:
            case s.GoalSet():
                goals.add((plan, event.key))
            case s.GoalFollowed():
                assert (plan, event.goal) in goals
            case s.PlanFollowedUp():
                assert {(plan, key) for key, _status, _words in event.goals} <= goals
            case s.KeptBack() | s.EasyWritten():
                assert not event.goal or (plan, event.goal) in goals
                assert not event.activity or (plan, event.activity) in activities
            case s.ActivitySet():
                assert not event.goal or (plan, event.goal) in goals, event
                assert (plan, event.key) not in activities
                activities.add((plan, event.key))
            case s.ActivityDone():
                assert (plan, event.activity) in activities
            case _:
                pass


@each_story
def test_consents_say_what_they_do_not_cover(story: s.Story) -> None:
    for event in story.told:
        if isinstance(event, s.ConsentAsked):
            assert event.covers
            assert event.not_covered
        if isinstance(event, s.ConsentGiven):
            assert event.covers
            assert event.not_covered
            branches = {providers()[key].branch for key in event.readers}
            if event.kind is ConsentKind.SVOD:
                assert Branch.IFO not in branches, "IFO is never part of SVOD (1:1)"
        if isinstance(event, s.ConsentWithdrawn):
            assert event.consent in {e.key for e in story.told if isinstance(e, s.ConsentGiven)}


def facts(story: s.Story, plan: str, until: int) -> rules.PlanFacts:
    """What the rules see of a plan after so many events."""
    events = [e for n, e, key in plan_events(story) if key == plan and n < until]
    started = next(e for e in events if isinstance(e, s.PlanStarted))
    texts = {e.section: e.text for e in events if isinstance(e, s.PlanWritten)}
    return rules.PlanFacts(
        kind=started.kind,
        status=rules.PlanStatus.DRAFT,
        what_matters=texts.get(rules.Section.WHAT_MATTERS, ""),
        if_worse=texts.get(rules.Section.IF_WORSE, ""),
        responsible=True,
        consent=any(
            isinstance(e, s.ConsentGiven) or (isinstance(e, s.ConsentAnswered) and e.yes)
            for e in events
        ),
        needs=texts.get(rules.Section.NEEDS, ""),
        attitude=texts.get(rules.Section.ATTITUDE, ""),
        follow_up_on=date(2030, 1, 1),
        goals=sum(isinstance(e, s.GoalSet) for e in events),
        activities=tuple(
            rules.ActivityFacts(e.words, owner(e.owner), unit_id=UUID(int=1), social=social(e))
            for e in events
            if isinstance(e, s.ActivitySet)
        ),
    )


def owner(one: s.Owner) -> rules.OwnerKind:
    if one.kind is not s.OwnerKind.UNIT:
        return rules.OwnerKind(one.kind.value)
    side = principal_of(one.name).side
    return rules.OwnerKind.REGION if side is Side.REGION else rules.OwnerKind.MUNICIPALITY


def social(event: s.ActivitySet) -> bool:
    if event.owner.kind is not s.OwnerKind.UNIT:
        return False
    branch = providers()[units()[event.owner.name].provider].branch
    return branch in {Branch.SOCIAL, Branch.IFO}


@each_story
def test_a_plan_has_what_the_law_asks_for_when_it_is_agreed(story: s.Story) -> None:
    for n, event, plan in plan_events(story):
        if isinstance(event, s.PlanAgreed):
            missing = rules.list_missing(facts(story, plan, n))
            lacking = [str(one) for one in rules.unwritten(missing)]
            assert lacking == [], plan
            assert rules.Content.WISHES not in {one.what for one in missing}
            assert rules.Content.IF_WORSE not in {one.what for one in missing} or plan == "ake-plan"


def test_a_plan_without_the_others_part_would_be_seen() -> None:
    """The check above can fail: Karin's plan before the choir is asked lacks a part of the law."""
    karin = STORIES[0]
    n = next(
        n
        for n, e in enumerate(karin.told)
        if isinstance(e, s.ActivitySet) and e.owner.kind is s.OwnerKind.OTHER
    )
    missing = {one.what for one in rules.list_missing(facts(karin, "karin-sip", n)) if one.blocking}
    assert missing == {rules.Content.OTHERS}


def test_what_each_story_is_there_to_show() -> None:
    by_key = {story.key: story for story in STORIES}

    def has(key: str, kind: type[s.Event]) -> bool:
        return any(isinstance(event, kind) for event in by_key[key].told)

    assert has("karin", s.ProxyGranted)
    assert has("gosta", s.Series)
    assert has("gosta", s.EmergencyOpened)
    assert has("elias", s.CapacityNoted)
    assert has("marika", s.Blocked)
    assert has("marika", s.ConsentWithdrawn)
    assert by_key["nils-anders"].main.care_language == "sma"
    assert by_key["johanna"].main.protection is Protection.PROTECTED
    assert by_key["johanna"].main.address is None
    assert by_key["selam"].main.interpreter
    assert not has("rune", s.PlanStarted)
    assert has("rune", s.AskRefused)
    assert [e.again for e in by_key["rune"].told if isinstance(e, s.PlanAsked)] == [
        "",
        "rune-forsta",
    ]
    assert has("hans", s.ConsentRefused)
    assert has("hans", s.PlanEnded)
    assert has("elias", s.VoiceNoted)
    assert has("elias", s.KeptBack)
    assert has("karin", s.Prepared)
    assert has("karin", s.AwayNoted)
    assert has("karin", s.SelfCareAdvised)
    assert has("gosta", s.SelfCareAdvised)
    assert has("gosta", s.ConsentAnswered)
    assert has("ingvar", s.CarerLinked)
    assert has("matilda", s.OtherTold)
    assert has("matilda", s.EasyWritten)
    assert has("selam", s.PreparedTaken)
    assert has("margit", s.WordsTold)
    answers = {e.answer for one in STORIES for e in one.told if isinstance(e, s.CallAnswered)}
    assert answers == set(ANSWERS)
    sources = {e.source for one in STORIES for e in one.told if isinstance(e, s.PlanAsked)}
    assert {rules.RequestSource.SCHOOL, rules.RequestSource.INSURANCE} <= sources
    kinds = {e.kind for one in STORIES for e in one.told if isinstance(e, s.PlanStarted)}
    assert {rules.PlanKind.LSS, rules.PlanKind.COERCIVE_CARE, rules.PlanKind.CARER} <= kinds
    assert has("rune", s.Series)


def test_the_person_with_protected_identity_is_nowhere_told_of_by_place() -> None:
    johanna = next(story for story in STORIES if story.key == "johanna")
    assert not any(isinstance(event, s.Related | s.ConsentGiven) for event in johanna.told)
    for event in johanna.told:
        for name in ("reason", "outcome", "bring", "text", "words", "title"):
            text = getattr(event, name, "")
            for town in ("Östersund", "Krokom", "Frösön", "hälsocentral", "Z-gränd"):
                assert town not in text


def test_some_things_are_late_but_few() -> None:
    """A board where all is red tells nothing: at most a few activities have passed their day."""
    today = DAYS[0]
    late: list[str] = []
    for story in STORIES:
        done = {(e.plan, e.activity) for e in story.told if isinstance(e, s.ActivityDone)}
        late += [
            f"{e.plan}: {e.key}"
            for e in story.told
            if isinstance(e, s.ActivitySet)
            and e.due
            and e.due.on(today) < today
            and (e.plan, e.key) not in done
        ]
    assert 0 < len(late) <= 6, late


def test_timed_keeps_the_written_order_over_a_weekend() -> None:
    monday = date(2026, 11, 23)
    story = s.Story(
        key="x",
        title="x",
        people=STORIES[0].people,
        events=(
            s.CareBegins(when=s.day(-3, 15), by="lena.berg"),  # Friday
            s.CareBegins(when=s.day(-2, 9), by="lena.berg"),  # Saturday, so Friday morning
        ),
    )
    first, second = (at for at, _event in story.timed(monday))
    assert second - first == timedelta(minutes=1)
    assert isinstance(first, datetime)
