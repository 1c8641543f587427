"""The plan's whole way in one: asked for, consented to, called, met about by two browsers at once, established,
read on a phone, commented, changed, compared, ended. The municipal nurse never touches a mouse."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from samverka.kernel.calendar import local
from samverka.people.reads import PersonDetail
from tests.factories.cast import KARINS_NUMBER, Cast, make_person, person_login, relate
from tests.journeys.conftest import Visit
from tests.journeys.looks import assert_good

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PHONE = 360
WHY = "Alla som hjälper mig behöver prata med varandra."
HENS = "Att gå ut till hönsen på morgonen."
CAT = "Katten ska vara med."
BOTH = re.compile(rf"(?=.*{CAT})(?=.*{HENS})", re.DOTALL)
"""No written word disappears, whichever comes first."""

WALK = "Gå till brevlådan själv"
REGION_DOES = "Gå igenom alla läkemedel"
MUNICIPALITY_DOES = "Hjälpa till med stödstrumporna varje morgon"
WORSE = "Ring hemsjukvården, dygnet runt."
COMMENT = "Jag vill ha stödstrumporna före klockan åtta."
CHANGED = "Ring hemsjukvården, dygnet runt. Ring Eva sedan."


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    """The health centre and the municipality's home health care have to do with her."""
    found = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    relate(cast.municipal_nurse, found)
    return found


class Keys:
    """Everything by keys: Tab to what is called so, then Enter or Space."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, name: str) -> None:
        """Walk with the Tab key until what is called so has the focus."""
        for _step in range(140):
            self.page.keyboard.press("Tab")
            if self.said().startswith(name):
                return
        raise AssertionError(f"the Tab key never comes to “{name}” on {self.page.url}")

    def said(self) -> str:
        found: str = self.page.evaluate(
            "() => { const one = document.activeElement;"
            " return (one.labels?.[0]?.textContent || one.textContent || '').trim(); }"
        )
        return found

    def press(self, name: str) -> None:
        """Come to it and press Enter."""
        self.to(name)
        self.page.keyboard.press("Enter")

    def choose(self, name: str) -> None:
        """Come to a choice and take it; arrows walk within a group."""
        for _step in range(140):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("() => document.activeElement.type") != "radio":
                continue
            for _arrow in range(6):
                if self.said().startswith(name):
                    self.page.keyboard.press("Space")
                    return
                self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no choice “{name}” on {self.page.url}")


def looks_good(page: Page) -> None:
    """Judged when what fades in has done so."""
    page.wait_for_function(
        "() => document.getAnimations().every(one => one.playState !== 'running')"
    )
    assert_good(page)


def home_of(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])


def test_the_whole_way(visit: Visit, cast: Cast, karin: PersonDetail) -> None:
    phone = visit(person_login(karin), f"/personer/{karin.id}/be-om-plan/", width=PHONE)
    asked_for(phone)
    nurse = visit(cast.region_nurse, f"/personer/{karin.id}/be-om-plan/")
    plan = begun(nurse)
    consent_asked(nurse)
    consented(phone, plan)
    shared(nurse, plan)
    called(nurse, cast, plan)

    municipal = visit(cast.municipal_nurse)
    keys = Keys(municipal)
    answered(keys)
    met(nurse, keys, plan)
    established(nurse, plan)

    read_and_commented(phone, plan)
    changed(keys, plan)
    compared(nurse, plan)
    ended(nurse, plan)
    phone.goto(f"{home_of(phone)}/planer/{plan}/")
    expect(phone.get_by_text("Karin klarar sig med hemtjänsten.").first).to_be_visible()
    looks_good(phone)


def asked_for(page: Page) -> None:
    page.get_by_label("Berätta varför du vill ha en plan").fill(WHY)
    page.get_by_label("Krokoms hälsocentral").check()
    looks_good(page)
    page.get_by_role("button", name="Be om en plan").click()
    expect(page.get_by_text("Krokoms hälsocentral svarar dig senast")).to_be_visible()
    looks_good(page)


def begun(page: Page) -> str:
    page.get_by_role("link", name="Samordnad individuell plan (SIP)").click()
    looks_good(page)
    page.get_by_role("button", name="Ja, vi gör planen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Samordnad individuell plan")
    return page.url.partition("#")[0].rstrip("/").rpartition("/")[2]


def consent_asked(page: Page) -> None:
    page.get_by_text("Mer", exact=True).first.click()
    page.get_by_role("link", name="Samtycke", exact=True).click()
    page.get_by_role("link", name="Fråga på Min sida").click()
    page.get_by_text("Krokoms kommun", exact=True).click()
    page.get_by_label("Krokoms hemsjukvård").check()
    page.get_by_label("Vad ska inte delas?").fill("Det om pengarna")
    looks_good(page)
    page.get_by_role("button", name="Skicka frågan").click()
    expect(page.get_by_text("Frågan är ställd").first).to_be_visible()


def consented(page: Page, plan: str) -> None:
    page.goto(f"{home_of(page)}/planer/{plan}/samtycke/")
    expect(page.get_by_text("Det om pengarna")).to_be_visible()
    looks_good(page)
    page.get_by_role("button", name="Ja, de får läsa").click()
    expect(page.get_by_text("Du har sagt ja", exact=True)).to_be_visible()
    looks_good(page)


def shared(page: Page, plan: str) -> None:
    """What is in the plan before the meeting."""
    page.goto(f"{home_of(page)}/planer/{plan}/")
    page.get_by_role("link", name="Nytt mål").click()
    page.get_by_label("Målet med personens egna ord").fill(WALK)
    page.locator("#mal").get_by_role("button", name="Spara").click()
    expect(page.get_by_role("status")).to_contain_text("Målet är inskrivet")
    page.get_by_role("link", name="Ny insats").click()
    page.get_by_label("Vad ska göras?").fill(REGION_DOES)
    page.get_by_label("Vem ansvarar?").select_option(label="Krokoms hälsocentral")
    page.locator("#insatser").get_by_role("button", name="Spara").click()
    expect(page.locator("#insatser").get_by_text(REGION_DOES)).to_be_visible()
    looks_good(page)


def called(page: Page, cast: Cast, plan: str) -> None:
    page.goto(f"{home_of(page)}/planer/{plan}/mote/nytt/")
    starts = local(cast.region_nurse.at + timedelta(days=2)).replace(hour=13, minute=0)
    page.get_by_label("När börjar mötet?").fill(f"{starts:%Y-%m-%dT%H:%M}")
    page.get_by_label("Plats").fill("Hemma hos Karin")
    expect(page.get_by_label("Krokoms hemsjukvård")).to_be_checked()  # she said yes to them
    looks_good(page)
    page.get_by_role("button", name="Skicka kallelsen").click()
    expect(page.get_by_text("Väntar på svar").first).to_be_visible()
    looks_good(page)


def answered(keys: Keys) -> None:
    """From the start page of the municipal nurse, by keys alone."""
    looks_good(keys.page)
    keys.press("Svara")
    expect(keys.page.get_by_text("Hemma hos Karin").first).to_be_visible()
    looks_good(keys.page)
    keys.choose("Vi kommer")
    keys.press("Skicka svaret")
    expect(keys.page.get_by_role("status").first).to_be_visible()
    looks_good(keys.page)


def met(nurse: Page, keys: Keys, plan: str) -> None:
    """Both write in the same text at once; the municipality writes what it does."""
    nurse.goto(f"{home_of(nurse)}/planer/{plan}/mote/")
    nurse.locator("main .rows a").first.click()
    address = nurse.url.split("#")[0]
    looks_good(nurse)
    nurse.goto(f"{address}skriv/")
    other = keys.page
    other.goto(address)
    keys.press("Skriv i planen tillsammans")
    expect(other.get_by_role("heading", level=1)).to_contain_text("Skriv i planen")
    text = nurse.locator("#what_matters textarea")
    text.focus()
    keys.to("Vad är viktigt för mig?")
    nurse.keyboard.type(f" {HENS}")
    other.keyboard.press("Control+Home")
    other.keyboard.type(f"{CAT} ")
    for page in (nurse, other):
        place = page.locator("#what_matters textarea")
        expect(place).to_have_value(BOTH, timeout=15_000)
    keys.to("Om det blir sämre")
    other.keyboard.type(WORSE)
    expect(nurse.locator("#if_worse textarea")).to_have_value(WORSE, timeout=15_000)
    looks_good(nurse)
    looks_good(other)
    municipality_does(keys, plan)
    nurse.goto(f"{address}skriv/")
    nurse.get_by_role("link", name="Sammanfatta").click()
    expect(nurse.get_by_text(MUNICIPALITY_DOES)).to_be_visible()
    looks_good(nurse)
    nurse.get_by_label("Vi möts nu").check()
    nurse.get_by_role("button", name="Det stämmer, avsluta mötet").click()
    expect(nurse.get_by_role("status").first).to_contain_text("Mötet är klart")
    nurse.locator("li", has_text="Krokoms hälsocentral").get_by_role(
        "button", name="Bekräfta"
    ).click()
    other.goto(address)
    keys.press("Bekräfta")
    expect(other.get_by_role("status").first).to_contain_text("bekräftat")
    looks_good(other)


def municipality_does(keys: Keys, plan: str) -> None:
    page = keys.page
    page.goto(f"{home_of(page)}/planer/{plan}/")
    keys.press("Ny insats")
    expect(page.get_by_label("Vad ska göras?")).to_be_visible()
    keys.page.get_by_label("Vad ska göras?").focus()
    page.keyboard.type(MUNICIPALITY_DOES)
    keys.to("Vem ansvarar?")
    page.keyboard.type("Krokoms hems")
    keys.press("Spara")
    expect(page.locator("#insatser").get_by_text(MUNICIPALITY_DOES, exact=True)).to_be_visible()
    looks_good(page)


def established(page: Page, plan: str) -> None:
    page.goto(f"{home_of(page)}/planer/{plan}/")
    expect(page.locator("#saknas")).to_contain_text("Det här behövs")
    page.get_by_role("button", name="Ingen annan gör något").click()
    page.locator("#ansvar").get_by_role("link", name="Välj").click()
    page.locator("#ansvar").get_by_role("radio").first.check()
    page.locator("#ansvar").get_by_role("button", name="Spara").click()
    page.locator("#uppfoljning").get_by_role("link", name="Bestäm dag").click()
    page.locator("#uppfoljning").get_by_role("button", name="Spara").click()
    looks_good(page)
    page.get_by_role("button", name="Fastställ planen").click()
    expect(page.locator("#lage")).to_contain_text("Gäller")
    looks_good(page)


def read_and_commented(page: Page, plan: str) -> None:
    page.goto(f"{home_of(page)}/min-sida/")
    for words in (HENS, WALK, MUNICIPALITY_DOES):
        expect(page.get_by_text(words).first).to_be_visible()
    looks_good(page)
    page.get_by_text("Skriv till dem som hjälper dig").click()
    page.get_by_label("Skriv här").fill(COMMENT)
    page.get_by_role("button", name="Skicka").first.click()
    expect(page.get_by_text(COMMENT).first).to_be_visible()
    looks_good(page)


def changed(keys: Keys, plan: str) -> None:
    """A new version, by keys alone."""
    page = keys.page
    page.goto(f"{home_of(page)}/planer/{plan}/")
    expect(page.get_by_text(COMMENT).first).to_be_visible()
    page.locator("#if_worse").get_by_role("link", name="Ändra").focus()
    page.keyboard.press("Enter")
    place = page.get_by_label("Om det blir sämre")
    expect(place).to_have_value(WORSE)
    place.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(CHANGED.removeprefix(WORSE))
    keys.press("Spara")
    expect(page.locator("#if_worse")).to_contain_text(CHANGED)
    looks_good(page)


def compared(page: Page, plan: str) -> None:
    page.goto(f"{home_of(page)}/planer/{plan}/versioner/")
    looks_good(page)
    page.get_by_label("Jämför från version 1", exact=True).check()
    page.get_by_role("button", name="Jämför").click()
    expect(page.locator("ins").get_by_text("Ring Eva sedan.").first).to_be_visible()
    looks_good(page)


def ended(page: Page, plan: str) -> None:
    page.goto(f"{home_of(page)}/planer/{plan}/")
    page.locator(".page-header .menu > summary").click()
    page.get_by_role("link", name="Avsluta planen").click()
    page.get_by_label("Varför avslutas planen?").fill("Karin klarar sig med hemtjänsten.")
    page.get_by_label("Vad händer nu?").fill("Hemtjänsten fortsätter som förut.")
    page.get_by_label("Vem vänder sig personen till?").fill("Hälsocentralen")
    looks_good(page)
    page.locator("#avsluta").get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Avslutad").first).to_be_visible()
    looks_good(page)
