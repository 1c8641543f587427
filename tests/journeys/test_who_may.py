"""Who may know, seen from the screen: representative, emergency, the reviewer, and one who may nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from samverka.access.operations import set_block
from samverka.access.rules import BlockKind
from samverka.careplans import operations as plans
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import PlanKind
from samverka.kernel import testseries
from samverka.kernel.identity import Sex
from samverka.people.operations import PersonFacts
from samverka.people.reads import PersonDetail
from tests.factories.cast import KARINS_NUMBER, Cast, make_person, person_login, relate
from tests.journeys.conftest import Visit
from tests.journeys.looks import assert_good

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

EVA = PersonFacts(given_name="Eva", family_name="Lund", birth_date=date(1969, 9, 2))
EVAS_NUMBER = testseries.test_number(date(1969, 9, 2), Sex.FEMALE, 0)
HOME = "Jag vill bo kvar hemma hos hönsen"


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.region_nurse, identity=KARINS_NUMBER)


@pytest.fixture
def plan(cast: Cast, karin: PersonDetail) -> PlanDetail:
    return plans.start_plan(
        cast.region_nurse, person_id=karin.id, kind=PlanKind.SIP, title="Hem till hönsen",
        what_matters=HOME,
    )  # fmt: skip


def test_a_representative_reads_and_the_person_can_end_it(
    visit: Visit, cast: Cast, karin: PersonDetail, plan: PlanDetail
) -> None:
    eva = person_login(make_person(cast.stranger, EVA, identity=EVAS_NUMBER))
    karins = visit(person_login(karin), "/min-sida/ombud/", width=360)
    karins.get_by_label("Namn").fill("Eva Lund")
    karins.get_by_label("Personnummer").fill(EVAS_NUMBER.value)
    assert_good(karins)
    karins.get_by_role("button", name="Spara ombud").click()
    expect(karins.locator("main")).to_contain_text("Får läsa.")

    evas = visit(eva, "/min-sida/", width=360)
    evas.get_by_role("link", name="Karin Åström", exact=True).click()
    expect(evas.get_by_text(HOME)).to_be_visible()
    expect(evas.get_by_text("Du läser som ombud.")).to_be_visible()
    expect(evas.get_by_role("button", name="Skicka")).to_have_count(0)  # may read, not write
    expect(evas.get_by_role("link", name="Spärra")).to_have_count(0)
    assert_good(evas)
    assert write_anyway(evas, plan) in (403, 404, 422)
    expect(karins.get_by_text("Jag skriver ändå")).to_have_count(0)

    karins.goto(karins.url.replace("/ombud/", "/"))
    expect(karins.get_by_text(HOME)).to_be_visible()
    expect(karins.get_by_text("Jag skriver ändå")).to_have_count(0)
    karins.get_by_role("link", name="Ombud").click()
    karins.get_by_role("button", name="Ta bort").click()
    expect(karins.locator("main")).to_contain_text("Du har inget ombud.")
    answer = evas.reload()
    assert answer is not None
    assert answer.status == 404
    expect(evas.get_by_text(HOME)).to_have_count(0)


def write_anyway(page: Page, plan: PlanDetail) -> int:
    """Post what the page has no button for, as a sly reader could; the answer's status."""
    return int(
        page.evaluate(
            """([address, plan]) => {
              const sent = new FormData(document.querySelector('form[method=post]'));
              sent.set('plan', plan); sent.set('words', 'Jag skriver ändå');
              return fetch(address, {method: 'POST', body: sent}).then(answer => answer.status);
            }""",
            [page.url.rstrip("/") + "/skriv/", str(plan.id)],
        )
    )


def test_an_emergency_opening_is_seen_by_the_person_and_checked_by_the_reviewer(
    visit: Visit, cast: Cast, karin: PersonDetail
) -> None:
    """SVOD 3:6: the municipality's plan, opened by the region in danger; PDL 4:3 and 8:5."""
    relate(cast.municipal_nurse, karin)
    plans.start_plan(
        cast.municipal_nurse, person_id=karin.id, kind=PlanKind.CARE, title="Hemsjukvårdens plan"
    )
    nurse = visit(cast.region_nurse, f"/personer/{karin.id}/")
    expect(nurse.get_by_text("Hemsjukvårdens plan")).to_have_count(0)
    nurse.get_by_role("link", name="Nödöppna").click()
    nurse.get_by_role("button", name="Nödöppna nu").click()  # without a reason: it says so
    assert nurse.url.endswith("/nodoppning/")
    nurse.get_by_label("Varför måste du läsa nu?").fill("Medvetslös efter fall, blodtryck 70")
    assert_good(nurse)
    nurse.get_by_role("button", name="Nödöppna nu").click()
    expect(nurse.get_by_text("Öppningen är loggad och granskas.").first).to_be_visible()
    expect(nurse.get_by_text("Hemsjukvårdens plan").first).to_be_visible()
    assert_good(nurse)

    phone = visit(person_login(karin), "/min-sida/logg/", width=360)
    expect(phone.get_by_text("Medvetslös efter fall")).to_be_visible()
    expect(phone.get_by_text("Lena Berg").first).to_be_visible()
    assert_good(phone)

    reviewer = visit(cast.log_reviewer)
    expect(reviewer.get_by_role("heading", level=1)).to_contain_text("Loggkontroll")
    reviewer.get_by_label("Nödöppningar").check()
    reviewer.get_by_role("button", name="Visa").click()
    expect(reviewer.get_by_role("cell").get_by_text("Medvetslös efter fall").first).to_be_visible()
    assert_good(reviewer)


def test_a_spot_check_by_lot(visit: Visit, cast: Cast, karin: PersonDetail) -> None:
    page = visit(cast.log_reviewer, "/loggkontroll/kontroller/")
    assert_good(page)
    page.get_by_role("button", name="Lotta fram rader").click()
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    page.locator("form").filter(has_text="Avsluta kontrollen").get_by_role("radio").first.check()
    page.get_by_role("textbox").last.fill("Alla läsningar hör till vården.")
    page.get_by_role("button", name="Avsluta kontrollen").click()
    expect(page.get_by_text("Alla läsningar hör till vården.")).to_be_visible()
    assert_good(page)


def test_one_with_no_relation_finds_nothing_anywhere(
    visit: Visit, cast: Cast, karin: PersonDetail, plan: PlanDetail
) -> None:
    page = visit(cast.stranger)
    for words in ("Åström", "1942-03-11", KARINS_NUMBER.value, KARINS_NUMBER.formatted()):
        page.locator("#sok").fill(words)
        page.locator("#sok").press("Enter")
        expect(page.get_by_text("Ingen träff")).to_be_visible()
        expect(page.get_by_text("Karin")).to_have_count(0)
    assert_good(page)
    for path in (
        f"/personer/{karin.id}/", f"/personer/{karin.id}/planer/", f"/planer/{plan.id}/",
        f"/planer/{plan.id}/utskrift/", f"/planer/{plan.id}/versioner/", f"/min-sida/{karin.id}/",
        f"/personer/{karin.id}/uppgifter/", f"/personer/{karin.id}/samtycken/",
        f"/planer/{plan.id}/jamfor/?fran=1&till=1", f"/personer/{karin.id}/nodoppning/",
    ):  # fmt: skip
        answer = page.request.get(page.url.split("/sok")[0] + path)
        assert answer.status == 404, path
        assert "Karin" not in answer.text(), path
    page.goto(page.url.split("/sok")[0] + "/vara-personer/")
    expect(page.get_by_text("Karin")).to_have_count(0)


def test_a_person_finds_no_one_else(visit: Visit, cast: Cast, karin: PersonDetail) -> None:
    other = replace(EVA, given_name="Asta")
    asta = make_person(cast.region_nurse, other, identity=EVAS_NUMBER)
    page = visit(person_login(asta), "/min-sida/", width=360)
    home = page.url.split("/min-sida")[0]
    for path in (f"/min-sida/{karin.id}/", f"/min-sida/{karin.id}/tider/"):
        assert page.request.get(home + path).status == 404
    for path in ("/sok/", "/personer/ny/", "/loggkontroll/", "/importera/", "/sparrar/"):
        assert page.request.get(home + path).status == 403, path


def test_the_reviewer_cannot_read_a_person_through_the_log(
    visit: Visit, cast: Cast, karin: PersonDetail, plan: PlanDetail
) -> None:
    page = visit(cast.log_reviewer)
    home = page.url.split("/loggkontroll")[0]
    for path in (f"/personer/{karin.id}/", f"/planer/{plan.id}/"):
        assert page.request.get(home + path).status in (403, 404), path


def test_a_block_is_lifted_by_the_one_who_may(
    visit: Visit, cast: Cast, karin: PersonDetail
) -> None:
    """PDL 4:5: the officer sees that there is a block, not what is behind it."""
    set_block(
        person_login(karin), person_id=karin.id, kind=BlockKind.INNER,
        provider_id=cast.units["health_centre"].provider_id,
        unit_id=cast.units["health_centre"].id,
    )  # fmt: skip
    page = visit(cast.block_officer)
    expect(page).to_have_url(re.compile("/sparrar/$"))
    assert_good(page)
    page.get_by_role("textbox", name="Personnummer").fill(KARINS_NUMBER.value)
    page.locator("main").get_by_role("button").first.click()
    expect(page).to_have_url(re.compile(r"/sparrar/.*/hav/$"))
    assert_good(page)
