"""Someone goes home from hospital: the ward does it in few clicks, each counted, and the municipality answers."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Locator, Page, expect

from samverka.access.roles import Role, permissions_of
from samverka.discharge import operations as ops
from samverka.discharge.reads import CaseDetail
from samverka.discharge.rules.kinds import Part, Track
from samverka.discharge.rules.messages import MessageKind
from samverka.discharge.rules.routing import RouteFacts
from samverka.people.reads import PersonDetail
from tests.factories.cast import KARIN, KARINS_NUMBER, Cast, make_person
from tests.journeys.conftest import Visit
from tests.journeys.looks import assert_good

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MOST_CLICKS = 25
MOST_SECONDS = 180
PHONE = 390
WIDTHS = (360, 768, 1440)


# The keystroke-level model (Card, Moran & Newell, CACM 23:7, 1980): seconds of a practised user.
KEY, POINT_AND_CLICK, THINK = 0.28, 1.2, 1.35


@dataclass
class Hand:
    """A hand that counts: a click in a field before one writes is a click too.

    Attributes:
        seconds: what a practised user takes: to think, point, click and type, and to wait for the page.
    """

    page: Page
    clicks: int = 0
    seconds: float = 0.0

    def click(self, what: Locator) -> None:
        began = monotonic()
        what.click()
        self.page.wait_for_load_state()
        self._spent(monotonic() - began)

    def _spent(self, waited: float = 0.0, keys: int = 0) -> None:
        self.clicks += 1
        self.seconds += THINK + POINT_AND_CLICK + KEY * keys + waited

    def write(self, label: str, words: str) -> None:
        """Click in a field and type."""
        self._spent(keys=len(words))
        self.page.get_by_label(label).first.fill(words)

    def tick(self, label: str) -> None:
        box = self.page.get_by_label(label)
        if not box.is_checked():
            self._spent()
            box.check()

    def choose(self, question: str, answer: str) -> None:
        """One of the answers to a question."""
        self._spent()
        group = self.page.get_by_role("group", name=question)
        group.get_by_label(answer, exact=True).check()

    def write_if_asked(self, label: str, words: str) -> None:
        """Some forms ask for it."""
        field = self.page.get_by_label(label)
        if field.count() and not field.first.input_value():
            self.write(label, words)

    def send(self, kind: str) -> None:
        """Open a message's form from the case's page."""
        self.click(self.page.locator("aside").get_by_role("link", name=kind, exact=True))

    def next_step(self, name: str) -> None:
        """The case's own next step."""
        self.click(self.page.get_by_role("main").get_by_role("link", name=name, exact=True))

    def press(self, name: str) -> None:
        self.click(self.page.get_by_role("main").get_by_role("button", name=name, exact=True))


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.ward_nurse, identity=KARINS_NUMBER)


def looked_at(page: Page, name: str) -> None:
    """Good at every width; with a folder named, pictures of it too."""
    folder = os.environ.get("SAMVERKA_LOOK")
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if folder:
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
        assert_good(page)
    if before:
        page.set_viewport_size(before)


@pytest.fixture
def table(cast: Cast) -> None:
    """The county says where messages go, as it does in earnest."""
    lines = {
        Part.OPEN_CARE: "health_centre", Part.MUNICIPAL_HEALTH: "home_health",
        Part.SOCIAL: "assessment",
    }  # fmt: skip
    for part, unit in lines.items():
        line = RouteFacts(part, cast.units[unit].id, "2309")
        municipal = part is not Part.OPEN_CARE
        actor = cast.municipal_nurse if municipal else cast.administrator
        rights = actor.permissions | permissions_of([Role.ADMINISTRATOR])
        ops.keep_route(replace(actor, permissions=rights), line=line)


def test_a_full_discharge_in_few_clicks(
    visit: Visit, cast: Cast, karin: PersonDetail, table: None
) -> None:
    """From the board to the words that the person takes home, with nothing left out."""
    page = visit(cast.ward_nurse, "/utskrivning/")
    hand = Hand(page)
    admitted(hand, (cast.ward_nurse.at + timedelta(days=2)).date().isoformat())
    told(hand)
    receipted(visit, cast)
    listed(hand)
    answered(visit, cast, karin)
    ready(hand)
    home(hand)
    assert hand.clicks <= MOST_CLICKS, hand.clicks
    assert hand.seconds <= MOST_SECONDS, hand.seconds


def admitted(hand: Hand, later: str) -> None:
    """Found by number, and laid in."""
    hand.write("Sök person", str(KARINS_NUMBER.value))
    hand.page.keyboard.press("Enter")
    hand.click(hand.page.get_by_role("main").get_by_role("link", name="Karin Åström").first)
    hand.click(hand.page.get_by_role("link", name="Skriv in", exact=True))
    hand.write("Beräknad utskrivning", later)
    hand.choose("Hur mycket hjälp behövs hemma?", "Grönt: som förut")
    assert_good(hand.page)
    hand.press("Öppna ärendet")


def told(hand: Hand) -> None:
    """The health centre, home health care and needs assessment are told: the table has chosen them."""
    hand.send("Inskrivningsmeddelande")
    for unit in ("Krokoms hälsocentral", "Krokoms hemsjukvård", "Krokoms biståndshandläggning"):
        expect(hand.page.get_by_label(unit).first).to_be_checked()
    hand.write_if_asked("läkare som bedömde", "Per Överläkare")
    assert_good(hand.page)
    hand.press("Skicka")
    expect(hand.page.get_by_text("Skickat: Inskrivningsmeddelande")).to_be_visible()
    assert_good(hand.page)


def listed(hand: Hand) -> None:
    """What must be in place at home, and the ward's own answers."""
    hand.next_step("Gör listan")
    assert_good(hand.page)
    hand.press("Spara listan")
    for ask in ("Finns recept på det som ska tas hemma?", "Är resan hem bokad?"):
        hand.choose(ask, "Ja")
    assert_good(hand.page)
    hand.press("Spara svaren")


def answered(visit: Visit, cast: Cast, karin: PersonDetail) -> None:
    """The municipality says who meets; the person reads it."""
    page = visit(cast.needs_assessor, "/utskrivning/", width=PHONE)
    page.get_by_role("link", name="Svara").click()
    page.get_by_role("group", name="Är det bestämt vem som möter hemma?").get_by_label("Ja").check()
    page.get_by_label("Mer om det").first.fill("Hemtjänsten står vid dörren klockan två.")
    assert_good(page)
    page.get_by_role("button", name="Spara svaren").click()
    expect(page.get_by_text("Svaret är sparat.").first).to_be_visible()


def receipted(visit: Visit, cast: Cast) -> None:
    """In the municipality, on a phone: one press on the board."""
    page = visit(cast.needs_assessor, "/utskrivning/", width=PHONE)
    expect(page.get_by_role("link", name="Karin Åström")).to_be_visible()
    assert_good(page)
    page.get_by_role("button", name="Kvittera").click()
    expect(page.get_by_text("Kvitterat.").first).to_be_visible()
    page.get_by_role("link", name="Karin Åström").click()
    expect(page.get_by_text("Inskrivningsmeddelande").first).to_be_visible()
    assert_good(page)


def ready(hand: Hand) -> None:
    hand.send("Utskrivningsklar")
    hand.write("läkare som bedömde", "Per Överläkare")
    assert_good(hand.page)
    hand.press("Skicka")
    expect(hand.page.get_by_text("Skickat: Utskrivningsklar")).to_be_visible()


def home(hand: Hand) -> None:
    """Discharged, the information to those who take over, and to the person."""
    hand.next_step("Skriv ut")
    hand.press("Skicka")
    for kind in ("Utskrivningsinformation", "Information till patienten"):
        hand.send(kind)
        hand.write("Sammanfattning", "Går med rollator. Stygnen tas om två veckor.")
        hand.press("Skicka")
        expect(hand.page.get_by_text(f"Skickat: {kind}")).to_be_visible()
    assert_good(hand.page)


# ── the board as it stands in the morning ──


@pytest.fixture
def busy(cast: Cast) -> list[CaseDetail]:
    """Nineteen on the ward, some told, some ready."""
    return [_one(cast, n) for n in range(19)]


_NAMES = ("Gun Persson", "Arne Lindqvist", "Siv Andersson", "Börje Nilsson-Hammarström", "Elsa Ek")


def _one(cast: Cast, n: int) -> CaseDetail:
    given, family = _NAMES[n % len(_NAMES)].split(" ")
    named = replace(KARIN, given_name=given, family_name=f"{family} {n + 1}")
    person = make_person(cast.region_nurse, named)
    facts = ops.AdmissionFacts(
        admitted_at=cast.ward_nurse.at - timedelta(days=6),
        estimated_at=(cast.ward_nurse.at + timedelta(days=n % 4)).date(),
        track=list(Track)[n % 3],
    )
    nurse = cast.at(cast.ward_nurse, days=-5)
    case = ops.open_case(nurse, person_id=person.id, facts=facts)
    if n % 5:
        case = _tell(cast, case)
    if n % 5 > 2:
        at = cast.at(cast.ward_nurse, days=-(n % 3) - 1)
        body = {"judged_at": at.at.isoformat(), "judged_by": "Per Överläkare"}
        case = ops.send_message(
            at, case_id=case.id, kind=MessageKind.READY, letter=ops.Letter(body=body)
        )
    return case


def _tell(cast: Cast, case: CaseDetail) -> CaseDetail:
    units = tuple(cast.units[one].id for one in ("health_centre", "home_health", "assessment"))
    body = {"estimated_at": (cast.ward_nurse.at + timedelta(days=2)).date().isoformat()}
    return ops.send_message(
        cast.at(cast.ward_nurse, days=-5, minutes=5), case_id=case.id, kind=MessageKind.ADMISSION,
        letter=ops.Letter(body=body, units=units),
    )  # fmt: skip


def test_the_board_in_the_morning(visit: Visit, cast: Cast, busy: list[CaseDetail]) -> None:
    page = visit(cast.ward_nurse, "/utskrivning/?visa=alla", width=1440)
    looked_at(page, "board-ward")
    page.set_viewport_size({"width": 1440, "height": 900})
    bottom = page.locator("tr[data-row]").nth(16).bounding_box()
    assert bottom is not None
    assert bottom["y"] + bottom["height"] <= 900, "seventeen rows are seen without scrolling"
    page.goto(page.url.partition("?")[0] + "rond/")
    expect(page.get_by_text("1 av 19")).to_be_visible()
    looked_at(page, "round")
    page.keyboard.press("j")
    expect(page.get_by_text("2 av 19")).to_be_visible()
    page.keyboard.press("k")
    expect(page.get_by_text("1 av 19")).to_be_visible()
    page.goto(page.url.partition("/utskrivning/")[0] + "/utskrivning/vagg/?visa=alla")
    looked_at(page, "wall")
    page.goto(page.url.partition("/utskrivning/")[0] + f"/utskrivning/{busy[4].id}/")
    looked_at(page, "case")
    page.get_by_role("link", name="Utskriven").first.click()
    looked_at(page, "send")


def test_the_receivers_board(visit: Visit, cast: Cast, busy: list[CaseDetail]) -> None:
    page = visit(cast.needs_assessor, "/utskrivning/", width=1440)
    looked_at(page, "board-assessor")
    ops.send_message(
        cast.at(cast.ward_nurse, minutes=1), case_id=busy[1].id, kind=MessageKind.FREE,
        letter=ops.Letter(body={"words": "Han behöver en rollator."}),
    )  # fmt: skip
    shown = page.get_by_role("link", name="Tavlan har ändrats – visa")
    expect(shown).to_be_visible(timeout=40_000)
    shown.click()
    expect(page.get_by_text("Tavlan har ändrats – visa")).to_be_hidden()
    nurse = visit(cast.region_nurse, "/utskrivning/?visa=alla", width=1440)
    looked_at(nurse, "board-nurse")
    nurse.emulate_media(media="print")
    if folder := os.environ.get("SAMVERKA_LOOK"):
        nurse.screenshot(path=Path(folder) / "print.png", full_page=True)
