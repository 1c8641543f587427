"""A plan kept alive in the browser: followed up, explained, merged; fasta kontakter handed over."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from samverka.access.rules import RelationKind
from samverka.careplans import operations as ops
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import ContactKind, Group, PlanKind, Term
from samverka.kernel.actor import Actor
from samverka.people.reads import person
from tests.factories.cast import KARINS_NUMBER, Cast, make_person, person_login, relate
from tests.journeys.conftest import Visit
from tests.journeys.looks import assert_good

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WIDTHS = (360, 768, 1440)


@pytest.fixture
def plan(cast: Cast) -> PlanDetail:
    """Karin's plan holds; the nurse is her fast vårdkontakt; another plan could become part of it."""
    nurse = cast.region_nurse
    karin = make_person(nurse, identity=KARINS_NUMBER)
    relate(cast.needs_assessor, karin, RelationKind.INVESTIGATION)
    ops.appoint_contact(nurse, person_id=karin.id, kind=ContactKind.FAST_VARDKONTAKT)
    ops.start_plan(nurse, person_id=karin.id, kind=PlanKind.SIP, title="Gamla planen")
    made = ops.start_plan(
        nurse, person_id=karin.id, kind=PlanKind.SIP, title="Karins plan", template=Group.ELDERLY,
        what_matters="Att bo kvar hemma.",
    )  # fmt: skip
    ops.add_goal(nurse, plan_id=made.id, words="Gå till affären själv", term=Term.SHORT)
    for key in ("health_centre", "assessment"):
        owner = ops.Owner(unit_id=cast.units[key].id)
        ops.add_activity(nurse, plan_id=made.id, what=f"Insats {key}", owner=owner)
    ops.set_no_others(nurse, plan_id=made.id, nobody=True)
    ops.set_follow_up(nurse, plan_id=made.id, day=nurse.at.date() + timedelta(days=5))
    ops.set_responsible(
        nurse, plan_id=made.id, organisation_id=cast.units["health_centre"].organisation_id
    )
    return ops.share_plan(
        nurse, plan_id=made.id, unit_ids=[cast.units["assessment"].id],
        consent=ops.ConsentGiven(given_by="Karin Åström"),
    )  # fmt: skip


def looked_at(page: Page, name: str) -> None:
    """Good at every width; with a folder named, pictures of it too."""
    folder = os.environ.get("SAMVERKA_LOOK")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert_good(page)
        if folder:
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def test_followed_up_explained_and_handed_over(visit: Visit, cast: Cast, plan: PlanDetail) -> None:
    page = visit(cast.region_nurse, f"/planer/{plan.id}/")
    page.get_by_text("Frågor att ställa").click()
    looked_at(page, "draft")
    page.get_by_role("button", name="Fastställ planen").click()
    page.get_by_role("link", name="Följ upp planen").click()
    page.get_by_label("Vilka var med?").fill("Karin och Lena")
    page.get_by_label("Vad säger personen?").fill("Det går bättre nu.")
    looked_at(page, "review")
    page.get_by_role("button", name="Spara uppföljningen").click()
    expect(page.get_by_text("Uppföljningen är sparad")).to_be_visible()
    page.goto(page.url.partition("#")[0] + "versioner/")
    page.get_by_role("link", name="Skriv varför").first.click()
    page.get_by_label("Varför ändrade du planen?").fill("Karin orkar mer.")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Karin orkar mer.")).to_be_visible()
    looked_at(page, "versions")
    merged(page, plan)
    handed_over(page)
    hers = visit(person_login_of(cast, plan), f"/planer/{plan.id}/folj-upp/")
    expect(hers.get_by_text("Det går bättre nu.")).to_be_visible()
    looked_at(hers, "hers")


def merged(page: Page, plan: PlanDetail) -> None:
    page.goto(page.url.partition("/planer/")[0] + f"/planer/{plan.id}/sla-ihop/")
    page.get_by_label("Gamla planen").check()
    page.get_by_label("Varför?").fill("Karin vill ha en plan.")
    page.get_by_label("Vi har frågat personen").check()
    looked_at(page, "merge")
    page.get_by_role("button", name="Slå ihop").click()
    expect(page.get_by_text("Planerna är en plan nu.")).to_be_visible()


def handed_over(page: Page) -> None:
    page.goto(page.url.partition("/planer/")[0] + "/fasta-kontakter/")
    looked_at(page, "contacts")
    page.get_by_role("link", name="Lämna över").first.click()
    page.get_by_label("Karin Åström").check()
    page.get_by_label("Vilken kollega?").select_option(label="Anna Lund, Läkare")
    looked_at(page, "hand-over")
    page.get_by_role("button", name="Lämna över").click()
    expect(page.get_by_text("Överlämnat till Anna Lund")).to_be_visible()
    page.get_by_role("button", name="Ångra").first.click()
    expect(page.get_by_text("Överlämningen är ångrad")).to_be_visible()


def person_login_of(cast: Cast, plan: PlanDetail) -> Actor:
    """Karin herself, now."""
    return person_login(person(cast.region_nurse, person_id=plan.person_id), at=cast.system.at)
