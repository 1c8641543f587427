"""Going home on the pages: the list, words kept while written, the person's own page and paper, at home."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from samverka.discharge import operations as ops
from samverka.discharge import reads
from samverka.discharge.operations import ItemSaid, ItemWanted
from samverka.discharge.reads import CaseDetail
from samverka.discharge.rules.items import Answer, ItemKind
from samverka.discharge.rules.messages import MessageKind
from samverka.discharge.rules.preparing import Tick
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.people.reads import PersonDetail
from samverka.web.reads import list_drafts
from tests.contract.pagetext import blocks, questions, sentences
from tests.contract.pdf import read_pdf
from tests.factories.browser import log_in
from tests.factories.cast import KARINS_NUMBER, Cast, county, make_person, person_login
from tests.readability import lix

EASY = 30
CLOCK = datetime.now(UTC)
"""The pages' time is the clock's."""


@pytest.fixture
def cast(db: None) -> Cast:
    return county(CLOCK - timedelta(hours=3))


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.region_nurse, identity=KARINS_NUMBER)


@pytest.fixture
def case(cast: Cast, karin: PersonDetail) -> CaseDetail:
    """Karin is on the ward and goes home the day after tomorrow; those who help her have been told."""
    home = local_date(CLOCK) + timedelta(days=2)
    made = ops.open_case(
        cast.ward_nurse, person_id=karin.id,
        facts=ops.AdmissionFacts(admitted_at=CLOCK - timedelta(hours=8), estimated_at=home),
    )  # fmt: skip
    return ops.send_message(
        cast.ward_nurse, case_id=made.id, kind=MessageKind.ADMISSION,
        letter=ops.Letter(
            body={"estimated_at": home.isoformat()},
            units=(cast.units["health_centre"].id, cast.units["assessment"].id),
        ),
    )  # fmt: skip


def shown(actor: Actor, address: str) -> str:
    response = log_in(actor).get(address)
    assert response.status_code == 200, response.status_code
    return str(response.content, "utf-8")


def form_of(html: str, action: str) -> dict[str, str]:
    """What a browser would send of the form as it stands: hidden, ticked, chosen and written."""
    form = next(one for one in re.findall(r"<form.*?</form>", html, re.S) if action in one)
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="(\w+)"', tag)
        toggled = kind is not None and kind[1] in ("checkbox", "radio")
        if name and (not toggled or " checked" in tag):
            found[name[1]] = value[1] if value else "on" * toggled
    for name_, body in re.findall(r'<select[^>]*name="([^"]+)".*?>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body) or re.search(r'value="([^"]*)"', body)
        found[name_] = chosen[1] if chosen else ""
    return found


def address(case: CaseDetail, *parts: str) -> str:
    return "/".join(["/utskrivning", str(case.id), *parts, ""])


# ── the list ──


def test_the_ward_makes_the_list_with_one_press(cast: Cast, case: CaseDetail) -> None:
    browser = log_in(cast.ward_nurse)
    html = str(browser.get(address(case, "hemgang")).content, "utf-8")
    sent = form_of(html, address(case, "hemgang", "fraga"))
    answer = browser.post(address(case, "hemgang", "fraga"), sent)
    assert answer.status_code == 302
    found = reads.going_home(cast.ward_nurse, case_id=case.id)
    assert len(found.items) == 9
    assert {one.unit_name for one in found.items} == {
        "Medicinavdelningen", "Krokoms biståndshandläggning"
    }  # fmt: skip
    assert found.listed_by == "Omar Haddad"


def test_answers_in_one_form_and_a_fault_loses_nothing(cast: Cast, case: CaseDetail) -> None:
    unit = cast.units["assessment"].id
    wanted = [ItemWanted(ItemKind.FOOD, unit), ItemWanted(ItemKind.KEYS, unit)]
    ops.ask_items(cast.ward_nurse, case_id=case.id, wanted=wanted)
    browser = log_in(cast.needs_assessor)
    items = {one.kind: one.id for one in reads.going_home(cast.needs_assessor, case_id=case.id).own}
    food, keys = items[ItemKind.FOOD], items[ItemKind.KEYS]
    body = {f"a_{food}": "no", f"w_{food}": "", f"a_{keys}": "yes", f"w_{keys}": "Dottern har en"}
    wrong = browser.post(address(case, "hemgang", "svara"), body)
    assert wrong.status_code == 422
    html = str(wrong.content, "utf-8")
    assert "Skriv vad som saknas." in html
    assert "Dottern har en" in html
    body[f"w_{food}"] = "Handlar på torsdag"
    assert browser.post(address(case, "hemgang", "svara"), body).status_code == 302
    found = {one.kind: one for one in reads.going_home(cast.ward_nurse, case_id=case.id).items}
    assert (found[ItemKind.FOOD].answer, found[ItemKind.KEYS].answer) == (Answer.NO, Answer.YES)
    assert "Handlar på torsdag" in shown(cast.ward_nurse, address(case))


def test_a_line_is_handed_over_on_its_page(cast: Cast, case: CaseDetail) -> None:
    unit = cast.units["assessment"].id
    ops.ask_items(cast.ward_nurse, case_id=case.id, wanted=[ItemWanted(ItemKind.MEETS, unit)])
    (line,) = reads.going_home(cast.needs_assessor, case_id=case.id).own
    assert "Lämna över" in shown(cast.ward_nurse, address(case, "hemgang"))
    printed = shown(cast.needs_assessor, address(case, "hemgang")).partition("print-only")[2]
    assert "Någon möter" in printed.partition("</ul>")[0], "on paper the own lines are there too"
    assert "Lämna över" not in shown(cast.region_nurse, address(case, "hemgang")), "not theirs"
    browser = log_in(cast.needs_assessor)
    path = address(case, "hemgang", str(line.id), "lamna")
    assert "Krokoms hälsocentral" in str(browser.get(path).content, "utf-8")
    sent = browser.post(path, {"unit": str(cast.units["health_centre"].id)})
    assert sent.status_code == 302
    assert reads.going_home(cast.region_nurse, case_id=case.id).own[0].id == line.id


def test_the_board_leads_to_the_list(cast: Cast, case: CaseDetail) -> None:
    unit = cast.units["assessment"].id
    ops.ask_items(cast.ward_nurse, case_id=case.id, wanted=[ItemWanted(ItemKind.FOOD, unit)])
    actor = cast.needs_assessor
    for copy in [
        one for said in reads.case(actor, case_id=case.id).messages for one in said.copies
    ]:
        ops.receipt_copy(actor, copy_id=copy.id)
    ops.send_message(actor, case_id=case.id, kind=MessageKind.PLANNING, letter=ops.Letter())
    html = shown(actor, "/utskrivning/")
    assert any("Svara: Mat" in one for one in blocks(html))
    assert f'href="{address(case, "hemgang")}"' in html


def test_the_round_says_what_is_left_and_leads_to_the_list(cast: Cast, case: CaseDetail) -> None:
    body = {"before": "Allt", "now": "Går med rollator", "help": "Dusch"}
    ops.send_message(
        cast.ward_nurse, case_id=case.id, kind=MessageKind.FORM, letter=ops.Letter(body=body)
    )
    path = f"/utskrivning/rond/{case.id}/"
    html = shown(cast.ward_nurse, path)
    assert "Inför hemgång" not in html
    assert f'href="{address(case, "hemgang")}"' in html, "the own next step is to make the list"
    unit = cast.units["assessment"].id
    ops.ask_items(cast.ward_nurse, case_id=case.id, wanted=[ItemWanted(ItemKind.FOOD, unit)])
    html = shown(cast.ward_nurse, path)
    assert "1 sak är inte klar." in html
    assert "Mat" in html


def test_going_home_with_something_left_asks_why(cast: Cast, case: CaseDetail) -> None:
    path = address(case, "skicka", "discharge")
    assert 'name="anyway"' not in shown(cast.ward_nurse, path)
    unit = cast.units["assessment"].id
    ops.ask_items(cast.ward_nurse, case_id=case.id, wanted=[ItemWanted(ItemKind.FOOD, unit)])
    browser = log_in(cast.ward_nurse)
    html = str(browser.get(path).content, "utf-8")
    assert "Allt är inte klart inför hemgången" in html
    sent = {
        "discharged_at": (CLOCK + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
        "goes_to": "hemmet", "ground": "consent",
        "units": [str(unit), str(cast.units["health_centre"].id)], "anyway": "",
    }  # fmt: skip
    wrong = browser.post(path, sent)
    assert wrong.status_code == 422
    assert "Skriv varför personen går hem ändå" in str(wrong.content, "utf-8")


# ── words kept while they are written ──


def test_the_form_is_kept_while_it_is_written(cast: Cast, case: CaseDetail) -> None:
    path = address(case, "skicka", "form")
    browser = log_in(cast.ward_nurse)
    html = str(browser.get(path).content, "utf-8")
    assert f'hx-post="{address(case, "utkast", "form")}"' in html
    kept = browser.post(address(case, "utkast", "form"), {"before": "Gick själv", "now": ""})
    assert "Sparat klockan" in str(kept.content, "utf-8")
    assert "Gick själv" in shown(cast.ward_nurse, path)
    assert "Gick själv" not in shown(cast.surgery_nurse, "/utskrivning/")
    body = {
        "before": "Gick själv", "now": "Med stöd", "help": "Dusch", "ground": "consent",
        "track": "red", "units": [str(cast.units["assessment"].id)],
    }  # fmt: skip
    assert browser.post(path, body).status_code == 302
    assert not list_drafts(cast.ward_nurse)
    again = shown(cast.ward_nurse, path)
    assert "Med stöd" in again
    assert re.search(r'value="red"[^>]* checked', again)
    assert "Rött: nya, stora behov" in shown(cast.ward_nurse, address(case))


def test_a_stranger_keeps_nothing_here(cast: Cast, case: CaseDetail) -> None:
    answer = log_in(cast.stranger).post(address(case, "utkast", "form"), {"before": "Hej"})
    assert answer.status_code == 404
    for parts in (("hemgang",), ("hemma",)):
        assert log_in(cast.stranger).get(address(case, *parts)).status_code == 404


# ── the person's own page ──


@pytest.fixture
def herself(karin: PersonDetail) -> Actor:
    return person_login(karin, at=CLOCK)


def mine(case: CaseDetail) -> str:
    return f"/min-sida/hem/{case.id}/"


def test_the_person_ticks_off_at_once(cast: Cast, case: CaseDetail, herself: Actor) -> None:
    browser = log_in(herself)
    assert "Har du dina nycklar?" in str(browser.get(mine(case)).content, "utf-8")
    body = {"keys": "ja", "food": "nej", "meets": "", "question": "Får jag duscha?"}
    assert browser.post(mine(case), body).status_code == 302
    found = reads.home_page(herself, case_id=case.id).preparation.ticks
    assert (found[Tick.KEYS].yes, found[Tick.FOOD].yes) == (True, False)
    assert Tick.MEETS not in found
    assert "Får jag duscha?" in shown(cast.ward_nurse, address(case, "hemgang"))
    again = str(browser.get(mine(case)).content, "utf-8")
    assert re.search(r'name="food" value="nej"[^>]* checked', again)


def test_another_person_does_not_find_it(cast: Cast, case: CaseDetail) -> None:
    other = person_login(make_person(cast.region_nurse), at=CLOCK)
    assert log_in(other).get(mine(case)).status_code == 404
    assert log_in(other).post(mine(case), {"keys": "ja"}).status_code == 404
    assert log_in(other).get(f"{mine(case)}papper/").status_code == 404


def test_it_is_easy_to_read(cast: Cast, case: CaseDetail, herself: Actor) -> None:
    text = sentences(shown(herself, mine(case)))
    assert lix(text) <= EASY, (lix(text), text)


def told_of_medicines(cast: Cast, case: CaseDetail) -> None:
    ops.send_message(
        cast.ward_nurse, case_id=case.id, kind=MessageKind.INFORMATION,
        letter=ops.Letter(body={"summary": "Vårdad för fall.", "medicines": "Alvedon 1 g x 4"}),
    )  # fmt: skip
    ops.send_message(
        cast.ward_nurse, case_id=case.id, kind=MessageKind.PATIENT,
        letter=ops.Letter(body={"summary": "Du ramlade. Inget är brutet."}),
    )  # fmt: skip


def test_on_paper_too(cast: Cast, case: CaseDetail, herself: Actor) -> None:
    told_of_medicines(cast, case)
    answer = log_in(herself).get(f"{mine(case)}papper/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="hem-fran-sjukhuset.pdf"'
    paper = read_pdf(answer.content)
    assert "<pdfuaid:part>1</pdfuaid:part>" in paper.metadata
    text = paper.words()
    for words in ("Alvedon 1 g x 4", "Du ramlade. Inget är brutet.", "Medicinavdelningen", "1177"):
        assert words in text, words


def test_medicines_stand_on_the_case_for_those_who_were_told(cast: Cast, case: CaseDetail) -> None:
    told_of_medicines(cast, case)
    assert "Alvedon 1 g x 4" in blocks(shown(cast.ward_nurse, address(case)))
    assert "Alvedon 1 g x 4" in blocks(shown(cast.region_nurse, address(case)))


# ── at home ──


def test_the_five_questions_on_their_page(cast: Cast, case: CaseDetail) -> None:
    ops.send_message(
        cast.at(cast.ward_nurse, hours=1), case_id=case.id, kind=MessageKind.DISCHARGE,
        letter=ops.Letter(body={"discharged_at": cast.ward_nurse.at.isoformat()}),
    )  # fmt: skip
    browser = log_in(cast.region_nurse)
    body = {"feel": "well", "medicines": "worries", "help": "well", "ring": "well"}
    body |= {"worse": "well", "ground": "consent"}
    wrong = browser.post(address(case, "hemma"), body)
    assert wrong.status_code == 422
    assert "Skriv vad som oroar." in str(wrong.content, "utf-8")
    body["medicines_words"] = "Vet inte vilka hon ska sluta med"
    assert browser.post(address(case, "hemma"), body).status_code == 302
    html = shown(cast.region_nurse, address(case, "hemma"))
    assert "Osäkert med mediciner: Vet inte vilka hon ska sluta med" in html.replace("\n", "")
    assert "Vet inte vilka" not in shown(cast.ward_nurse, address(case, "hemma"))


def test_nobody_answered(cast: Cast, case: CaseDetail) -> None:
    ops.send_message(
        cast.at(cast.ward_nurse, hours=1), case_id=case.id, kind=MessageKind.DISCHARGE,
        letter=ops.Letter(body={"discharged_at": cast.ward_nurse.at.isoformat()}),
    )  # fmt: skip
    browser = log_in(cast.region_nurse)
    for _time in range(2):
        answer = browser.post(address(case, "hemma", "inte-nadd"), {"words": "Inget svar"})
        assert answer.status_code == 302
    assert "Inte nådd" in blocks(shown(cast.ward_nurse, address(case, "hemma")))[2:][0] or (
        "Inte nådd" in shown(cast.ward_nurse, address(case))
    )


# ── few questions ──


def test_few_questions_however_long_the_list(cast: Cast, case: CaseDetail, herself: Actor) -> None:
    counts: dict[str, list[int]] = {}
    for _round in range(2):
        for actor, path in (
            (cast.ward_nurse, address(case)),
            (cast.ward_nurse, address(case, "hemgang")),
            (cast.ward_nurse, address(case, "hemma")),
            (cast.ward_nurse, "/utskrivning/"),
            (herself, mine(case)),
        ):
            browser = log_in(actor)
            browser.get(path)
            with questions() as asked:
                browser.get(path)
            counts.setdefault(path, []).append(len(asked))
        unit: UUID = cast.units["ward"].id
        wanted = [ItemWanted(ItemKind.OTHER, unit, f"Sak {number}") for number in range(12)]
        ops.ask_items(cast.ward_nurse, case_id=case.id, wanted=wanted)
        own = reads.going_home(cast.ward_nurse, case_id=case.id).own
        said = {one.id: ItemSaid(Answer.YES) for one in own[:6]}
        ops.answer_items(cast.ward_nurse, case_id=case.id, said=said)
    for path, (few, many) in counts.items():
        assert many <= few + 1, (path, few, many)
        assert many <= (13 if path == address(case) else 12), (path, many)
