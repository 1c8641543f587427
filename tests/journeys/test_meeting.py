"""A meeting by two browsers: both write at once, both see, both confirm; one of them by keys alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from samverka.access.rules import RelationKind
from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.reads import MeetingDetail
from samverka.careplans.rules import OwnerKind, PlanKind, Term
from samverka.careplans.rules.meetings import Answer, CallStatus
from tests.careplans.conftest import given
from tests.factories.cast import KARINS_NUMBER, Cast, make_person, relate
from tests.journeys.conftest import Visit
from tests.journeys.looks import assert_good

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

START = "Att kunna bo kvar hemma."
FIRST, SECOND = "Katten ska vara med.", "Och träffa barnbarnen."
SOON = 2_000
"""Another's change must be seen within this time (ms), after it was saved."""

MATTERS = "Vad är viktigt för mig?"


@pytest.fixture
def meeting(cast: Cast) -> MeetingDetail:
    """A shared plan with a goal and an activity, and a meeting about it tomorrow."""
    nurse, unit = cast.region_nurse, cast.units["assessment"].id
    karin = make_person(nurse, identity=KARINS_NUMBER)
    relate(cast.needs_assessor, karin, RelationKind.INVESTIGATION)
    plan = ops.start_plan(
        nurse, person_id=karin.id, kind=PlanKind.SIP, title="Karins plan", what_matters=START
    )
    ops.add_goal(nurse, plan_id=plan.id, words="Gå till affären", term=Term.SHORT)
    owner = ops.Owner(kind=OwnerKind.PERSON)
    ops.add_activity(nurse, plan_id=plan.id, what="Går varje dag", owner=owner)
    ops.share_plan(nurse, plan_id=plan.id, unit_ids=[unit], consent=given())
    begins = nurse.at + timedelta(days=1)
    facts = ops.MeetingFacts(begins, begins + timedelta(hours=1), place="Rum 2")
    invited = ops.Invited(units=(unit,))
    made = ops.call_meeting(nurse, plan_id=plan.id, facts=facts, invited=invited)
    call = next(one for one in made.calls if one.unit_id == unit)
    ops.answer_call(cast.needs_assessor, call_id=call.id, answer=Answer(CallStatus.ACCEPTED))
    return made


def keys_to(page: Page, name: str) -> None:
    """Walk with the Tab key until what is called so has the focus."""
    for _step in range(120):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "() => { const one = document.activeElement;"
            " return (one.labels?.[0]?.textContent || one.textContent || '').trim(); }"
        )
        if said.startswith(name):
            return
    raise AssertionError(f"the Tab key never comes to “{name}”")


def test_two_at_the_table(visit: Visit, cast: Cast, meeting: MeetingDetail) -> None:
    address = f"/planer/{meeting.plan.id}/mote/{meeting.id}/"
    one = visit(cast.region_nurse, f"{address}skriv/")
    other = visit(cast.needs_assessor, address)
    assert_good(other)
    keys_to(other, "Skriv i planen tillsammans")
    other.keyboard.press("Enter")
    expect(other.get_by_role("heading", level=1)).to_contain_text("Skriv i planen")

    text = one.locator("#what_matters textarea")
    text.focus()
    keys_to(other, MATTERS)
    expect(other.locator("#what_matters [data-live-who]")).to_contain_text(
        "Lena Berg", timeout=4_000
    )
    text.press("Control+End")
    other.keyboard.press("Control+Home")
    one.keyboard.type(f" {FIRST}")
    other.keyboard.type(f"{SECOND} ")
    both = f"{SECOND} {START} {FIRST}"
    expect(text).to_have_value(both, timeout=10_000)
    expect(other.locator("#what_matters textarea")).to_have_value(both, timeout=10_000)
    expect(one.locator("#what_matters [data-live-state]")).to_contain_text("Sparat")
    expect(one.locator("[data-live-paper]")).to_contain_text(SECOND)
    assert_good(one)
    assert_good(other)

    swift(one, other)
    a_new_goal_comes(one, other)
    screen = visit(cast.region_nurse, f"{address}skarm/")
    expect(screen.locator("[data-live-paper]")).to_contain_text(SECOND)
    assert_good(screen)
    the_end(one, other)
    made = reads.meeting(cast.region_nurse, meeting_id=meeting.id)
    assert made.plan.what_matters == both
    assert [one.confirmed_by for one in made.confirmations if one.confirmed_at] == [
        "Sara Ek",
        "Lena Berg",
    ]


def swift(one: Page, other: Page) -> None:
    """From saved by one until seen by the other."""
    place = one.locator("#if_worse textarea")
    place.fill("Ring Eva.")
    place.blur()
    expect(one.locator("#if_worse [data-live-state]")).to_contain_text("Sparat")
    expect(other.locator("#if_worse textarea")).to_have_value("Ring Eva.", timeout=SOON)


def a_new_goal_comes(one: Page, other: Page) -> None:
    one.get_by_text("Nytt mål", exact=True).click()
    form = one.locator("#goal details form")
    form.get_by_label("Målet med personens egna ord").fill("Sova gott")
    form.get_by_role("button", name="Spara").click()
    new = other.locator("[data-live-list=goals] textarea").nth(1)
    expect(new).to_have_value("Sova gott", timeout=5_000)


def the_end(one: Page, other: Page) -> None:
    one.get_by_role("link", name="Sammanfatta").click()
    expect(one.get_by_text("Går varje dag")).to_be_visible()
    assert_good(one)
    one.get_by_label("Vi möts nu").check()
    one.get_by_role("button", name="Det stämmer, avsluta mötet").click()
    expect(one.get_by_role("status").first).to_contain_text("Mötet är klart")
    assert_good(one)
    one.locator("li", has_text="Krokoms hälsocentral").get_by_role(
        "button", name="Bekräfta"
    ).click()
    expect(one.get_by_role("status").first).to_contain_text("bekräftat")
    other.goto(other.url.removesuffix("skriv/").split("#")[0])
    keys_to(other, "Bekräfta")
    other.keyboard.press("Enter")
    expect(other.get_by_role("status").first).to_contain_text("bekräftat")
    assert_good(other)
