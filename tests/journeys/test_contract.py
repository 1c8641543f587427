"""An 84-year-old on a phone reads, comments, asks for another contact and prints; staff see it all."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from samverka.careplans import operations as careplans
from samverka.careplans.rules import ContactKind, OwnerKind, PlanKind, Term
from samverka.contacts import operations as contacts
from samverka.contacts.rules import BookingFacts, PromiseFacts, Way
from samverka.people.reads import PersonDetail
from tests.contract.pdf import read_pdf
from tests.contract.shelved import shelve
from tests.factories.cast import KARINS_NUMBER, Cast, make_person, person_login
from tests.journeys.conftest import Visit
from tests.journeys.looks import assert_good

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PHONE = 360
DAY = timedelta(days=1)


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    """A plan, a contact, a booked and a promised time, medicines and weighings."""
    nurse = cast.region_nurse
    today = nurse.at.date()
    person = make_person(nurse, identity=KARINS_NUMBER)
    plan = careplans.start_plan(
        nurse,
        person_id=person.id,
        kind=PlanKind.CARE,
        what_matters="Jag vill gå ut till mina höns själv.",
    )
    careplans.add_goal(nurse, plan_id=plan.id, words="Gå till hönsen", term=Term.SHORT)
    rows = [
        ("Träna i trappan varje dag", careplans.Owner(kind=OwnerKind.PERSON)),
        ("Gå igenom alla tabletter", careplans.Owner(unit_id=nurse.unit_id)),
    ]
    for what, owner in rows:
        careplans.add_activity(
            nurse, plan_id=plan.id, what=what, owner=owner, due_on=today + 10 * DAY
        )
    careplans.appoint_contact(nurse, person_id=person.id, kind=ContactKind.FAST_VARDKONTAKT)
    booked = BookingFacts(
        starts_at=nurse.at + 3 * DAY, what="Träning", way=Way.HOME, bring="Ta på dig skor."
    )
    contacts.book_time(nurse, person_id=person.id, facts=booked)
    promised = PromiseFacts(what="Ta nya prover", latest_on=today + 30 * DAY)
    contacts.promise_time(nurse, person_id=person.id, facts=promised)
    shelve(cast)
    return person


def test_she_reads_comments_asks_for_another_contact_and_prints(
    visit: Visit, cast: Cast, karin: PersonDetail
) -> None:
    page = visit(person_login(karin), "/min-sida/", width=PHONE)
    read(page)
    commented(page)
    asked_for_another(page)
    printed(page)
    staff = visit(cast.region_nurse, f"/personer/{karin.id}/kontrakt/")
    expect(staff.get_by_text("Jag vill börja i maj.").first).to_be_visible()
    assert_good(staff)
    written_down(staff)


def read(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Hej Karin!")
    expect(page.get_by_text("Lovat men inte bokat än")).to_be_visible()
    expect(page.get_by_text("Medicin1 5 mg")).to_be_hidden()  # a long list opens on request
    page.get_by_text(re.compile(r"^Visa .*läkemedel$")).click()
    expect(page.get_by_text("Medicin1 5 mg")).to_be_visible()
    expect(page.locator("svg.curve")).to_be_visible()
    assert_good(page)


def commented(page: Page) -> None:
    page.get_by_text("Skriv till dem som hjälper dig").click()
    page.get_by_label("Ändra något").check()
    page.get_by_label("Vad gäller det?").select_option(label="Mål: Gå till hönsen")
    page.get_by_label("Skriv här").fill("Jag vill börja i maj.")
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_text("Jag vill börja i maj.").first).to_be_visible()


def asked_for_another(page: Page) -> None:
    page.get_by_role("link", name="Be om en annan kontakt").click()
    assert_good(page)
    page.get_by_label("Hur vill du ha det?").fill("Någon som talar samiska.")
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_text("Skickat. Enheten svarar dig.")).to_be_visible()


def printed(page: Page) -> None:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Spara som PDF").click()
    download = waiting.value
    assert download.suggested_filename == "min-sida.pdf"
    paper = read_pdf(download.path().read_bytes())
    assert "Gå till hönsen" in paper.words()
    page.emulate_media(media="print")
    sheets = page.pdf(format="A4").count(b"/Type /Page\n")
    page.emulate_media(media="screen")
    assert sheets <= 2


def written_down(page: Page) -> None:
    page.get_by_text("Skriv in åt personen").click()
    page.get_by_role("link", name="Fråga, kommentar eller ändring").click()
    assert_good(page)
    page.get_by_label("Vad sa personen?").fill("Ring helst på kvällen.")
    page.get_by_role("button", name="Skriv in").click()
    expect(page.get_by_text("Inskrivet åt personen")).to_be_visible()
    expect(page.get_by_text("På uppdrag av Karin Åström.")).to_be_visible()
