"""The way home from hospital on the contract: when, who helps, what is decided (LUS 3:3; the page is easy)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samverka.contract import reads
from samverka.contract.rules import HappeningKind
from samverka.discharge import operations as discharge
from samverka.discharge.reads import CaseDetail, going_home
from samverka.discharge.rules.after import Feeling, Question, Told
from samverka.discharge.rules.items import Answer, ItemKind
from samverka.discharge.rules.kinds import CloseReason
from samverka.discharge.rules.messages import MessageKind
from samverka.organisations.models import Unit
from tests.contract.conftest import Story
from tests.contract.pagetext import blocks, questions, sentences
from tests.factories.browser import log_in
from tests.factories.cast import NOW
from tests.readability import lix

EASY, MOST = 30, 12
DAY = timedelta(days=1)


@pytest.fixture
def case(story: Story) -> CaseDetail:
    """Karin is on the ward; the health centre and needs assessment have been told."""
    ward = story.cast.ward_nurse
    made = discharge.open_case(
        ward,
        person_id=story.karin.id,
        facts=discharge.AdmissionFacts(
            admitted_at=NOW - timedelta(hours=6), estimated_at=(NOW + 3 * DAY).date()
        ),
    )
    units = (story.cast.units["health_centre"].id, story.cast.units["assessment"].id)
    letter = discharge.Letter(
        body={"estimated_at": (NOW + 3 * DAY).date().isoformat()}, units=units
    )
    return discharge.send_message(ward, case_id=made.id, kind=MessageKind.ADMISSION, letter=letter)


def tell(story: Story, case: CaseDetail, words: str) -> None:
    discharge.send_message(
        story.cast.at(story.cast.ward_nurse, minutes=5), case_id=case.id,
        kind=MessageKind.PATIENT, letter=discharge.Letter(body={"summary": words}),
    )  # fmt: skip


def gone(story: Story, case: CaseDetail) -> None:
    ward = story.cast.at(story.cast.ward_nurse, hours=1)
    body = {"discharged_at": ward.at.isoformat(), "goes_to": "hemmet"}
    letter = discharge.Letter(body=body)
    discharge.send_message(ward, case_id=case.id, kind=MessageKind.DISCHARGE, letter=letter)


def shown(story: Story) -> list[str]:
    answer = log_in(story.karin_herself).get(f"/min-sida/{story.karin.id}/")
    return blocks(answer.content.decode())


def test_the_person_sees_when_who_and_what(story: Story, case: CaseDetail) -> None:
    tell(story, case, "Du ska träna varje dag. Hemtjänsten kommer på morgonen.")
    text = " ".join(shown(story))
    assert "När åker jag hem?" in text
    assert "Vi tror att du åker hem" in text
    assert "Krokoms biståndshandläggning" in text
    assert "Hemtjänsten kommer på morgonen." in text


def test_the_person_sees_who_meets_and_what_units_have_decided(
    story: Story, case: CaseDetail
) -> None:
    """When do I go home, who meets me, what has been decided; and nothing of it to staff."""
    assert "Det är inte bestämt än." in " ".join(shown(story))
    unit = story.cast.units["assessment"].id
    wanted = [discharge.ItemWanted(kind, unit) for kind in (ItemKind.MEETS, ItemKind.FOOD)]
    wanted.append(discharge.ItemWanted(ItemKind.KEYS, story.cast.units["health_centre"].id))
    discharge.ask_items(story.cast.ward_nurse, case_id=case.id, wanted=wanted)
    own = going_home(story.cast.needs_assessor, case_id=case.id).own
    words = {ItemKind.MEETS: "Hemtjänsten står vid dörren.", ItemKind.FOOD: "Vi handlar i dag."}
    said = {one.id: discharge.ItemSaid(Answer.YES, words[one.kind]) for one in own}
    discharge.answer_items(story.cast.needs_assessor, case_id=case.id, said=said)
    text = " ".join(shown(story))
    assert text.index("Vem möter mig?") < text.index("Hemtjänsten står vid dörren.")
    assert text.index("Vad är bestämt?") < text.index("Vi handlar i dag.")
    assert text.count("Hemtjänsten står vid dörren.") == 1
    assert "Nycklar" not in text.partition("Vad är bestämt?")[2].partition("Min lista")[0]
    answer = log_in(story.karin_herself).get(f"/min-sida/hem/{case.id}/")
    assert "Vi handlar i dag." in answer.content.decode()
    home = reads.staff_contract(story.cast.region_nurse, person_id=story.karin.id).mine.home
    assert home
    assert (home.meets, home.decided) == ("", ())


def test_at_home_the_person_knows_who_rings_and_when(story: Story, case: CaseDetail) -> None:
    gone(story, case)
    me = story.cast.at(story.karin_herself, hours=2)
    home = reads.my_page(me, person_id=story.karin.id).home
    assert home
    assert (home.rings, home.rings_by) == ("Krokoms hälsocentral", NOW + timedelta(hours=73))
    well = [Told(one, Feeling.WELL) for one in Question]
    nurse = story.cast.at(story.cast.region_nurse, hours=3)
    discharge.note_after(nurse, case_id=case.id, told=well)
    home = reads.my_page(me, person_id=story.karin.id).home
    assert home
    assert home.rings == ""


def test_when_the_case_has_ended_the_person_is_still_at_home(
    story: Story, case: CaseDetail
) -> None:
    gone(story, case)
    later = story.cast.at(story.cast.ward_nurse, hours=4)
    discharge.close_case(later, case_id=case.id, reason=CloseReason.NOTHING_MORE)
    page = log_in(story.karin_herself).get(f"/min-sida/hem/{case.id}/").content.decode()
    assert "Välkommen hem." in page
    assert "Dagen kan ändras" not in page
    assert "Listan öppnar" not in page


def test_the_own_list_is_one_press_away(story: Story, case: CaseDetail) -> None:
    client, href = log_in(story.karin_herself), f"/min-sida/hem/{case.id}/"
    assert f'href="{href}"' in client.get(f"/min-sida/{story.karin.id}/").content.decode()
    assert client.get(href).status_code == 200


def test_the_card_says_the_ward_and_the_day(story: Story, case: CaseDetail) -> None:
    found = reads.my_page(story.karin_herself, person_id=story.karin.id)
    assert found.next
    assert found.next.kind is HappeningKind.STAY
    assert found.next.stay
    assert found.next.stay.expected_end_at
    assert found.next.stay.expected_end_at.date() == (NOW + 3 * DAY).date()


def test_home_and_the_first_weeks(story: Story, case: CaseDetail) -> None:
    gone(story, case)
    me = story.cast.at(story.karin_herself, days=1)
    found = reads.my_page(me, person_id=story.karin.id)
    assert found.home
    assert not found.home.inside
    assert not found.next or found.next.kind is not HappeningKind.STAY
    later = reads.my_page(story.cast.at(me, days=40), person_id=story.karin.id)
    assert later.home is None or later.home.discharged_at is None


def test_it_is_easy_to_read_and_asks_little(story: Story, case: CaseDetail) -> None:
    client = log_in(story.karin_herself)
    html = client.get(f"/min-sida/{story.karin.id}/").content.decode()
    assert "När åker jag hem?" in html
    assert lix(sentences(html)) <= EASY
    with questions() as asked:
        client.get(f"/min-sida/{story.karin.id}/")
    assert len(asked) <= MOST, "\n".join(asked)


def test_staff_see_owner_and_clock_and_not_who_else_helps(story: Story, case: CaseDetail) -> None:
    nurse = log_in(story.cast.region_nurse)
    text = nurse.get(f"/personer/{story.karin.id}/kontrakt/").content.decode()
    assert "beräknas hem" in text
    assert f"/utskrivning/{case.id}/" in text
    found = reads.staff_contract(story.cast.region_nurse, person_id=story.karin.id)
    assert found.mine.home
    assert found.mine.home.units == ()


def test_without_a_stay_nothing_is_said(story: Story) -> None:
    assert "När åker jag hem?" not in " ".join(shown(story))


def test_the_button_to_the_ward_is_short_and_the_ward_s_name_stands_beside(
    story: Story, case: CaseDetail
) -> None:
    """Geriatrik- och rehabiliteringsavdelningen would break in the middle of the word on a phone."""
    unit = Unit.objects.get(id=story.cast.units["ward"].id)
    assert unit.phone
    page = log_in(story.karin_herself).get(f"/min-sida/{story.karin.id}/").content.decode()
    above, _between, beside = page.split("<span>Ring avdelningen</span>")
    assert f"Du är på {unit.name}." in above
    assert unit.name in beside.partition("</p>")[0]
    assert f"Ring {unit.name}" not in page
