"""Keys in a list of choices stay there: letters choose, and none comes into another field."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from samverka.careplans import operations as ops
from samverka.careplans.rules import PlanKind
from tests.factories.cast import KARINS_NUMBER, Cast, make_person
from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def press(page: Page, words: str) -> None:
    """Press real keys. `keyboard.type` pastes å, ä and ö, and pasting takes the last text field."""
    keys = page.context.new_cdp_session(page)
    for letter in words:
        for kind in ("keyDown", "keyUp"):
            text = {"text": letter} if kind == "keyDown" else {}
            keys.send("Input.dispatchKeyEvent", {"type": kind, "key": letter} | text)


@pytest.mark.parametrize("in_place", [True, False], ids=["in place", "own page"])
def test_letters_in_the_list_of_owners_choose_an_owner(
    visit: Visit, cast: Cast, in_place: bool
) -> None:
    nurse = cast.region_nurse
    karin = make_person(nurse, identity=KARINS_NUMBER)
    plan = ops.start_plan(nurse, person_id=karin.id, kind=PlanKind.SIP, title="Karins plan")
    page = visit(nurse, f"/planer/{plan.id}/" + ("" if in_place else "insatser/ny/"))
    if in_place:
        page.get_by_role("link", name="Ny insats").press("Enter")
    what, owner = page.get_by_label("Vad ska göras?"), page.get_by_label("Vem ansvarar?")
    expect(what).to_be_focused()
    page.keyboard.type("Duscha")
    page.keyboard.press("Tab")
    expect(owner).to_be_focused()
    press(page, "Krokoms hemsjukvård")
    expect(owner).to_be_focused()
    expect(owner.locator("option:checked")).to_have_text("Krokoms hemsjukvård")
    expect(what).to_have_value("Duscha")
    expect(page.get_by_label("Om det är en närstående eller någon annan: vem?")).to_have_value("")
