"""What staff write down for a person who rings: stored, shown, and in the person's log."""

from __future__ import annotations

from datetime import date

import pytest

from samverka.access.reads import list_blocks, list_consents, list_proxies, own_log
from samverka.access.rules import BlockKind, ConsentForm
from samverka.audit.models import Event
from samverka.careplans.models import Comment
from samverka.contract import operations, reads
from samverka.contract.rules import BehalfKind, BehalfWay, Told
from samverka.kernel import testseries
from samverka.kernel.identity import Sex
from samverka.kernel.problems import Invalid, NotAllowed, NotFound
from tests.contract.conftest import Story, call_to_meeting, go_away
from tests.contract.pagetext import blocks, questions
from tests.contract.shelved import fill_shelf
from tests.factories.browser import log_in

KARIN = "Karin Åström"
NUMBER = testseries.test_number(date(1970, 1, 1), Sex.FEMALE, 0)


def test_words_by_phone_are_the_persons_and_wait_for_an_answer(story: Story) -> None:
    nurse = story.cast.region_nurse
    browser, address = log_in(nurse), f"/personer/{story.karin.id}/at-personen/ord/"
    asked = browser.get(address).content.decode()
    assert KARIN in asked
    assert "Eva Lund" in asked  # may write for Karin
    body = {"who": KARIN, "way": "phone", "kind": "change", "about": str(story.plan.id)}
    empty = browser.post(address, body | {"words": " "})
    assert empty.status_code == 422
    assert browser.post(address, body | {"words": "Byt dag."}).status_code == 302
    row = Comment.objects.get()
    assert (row.by, row.by_person, row.way, row.kind) == (KARIN, True, "phone", "change")
    assert row.written_by == "Lena Berg, Krokoms hälsocentral"
    staff = blocks(browser.get(f"/personer/{story.karin.id}/kontrakt/").content.decode())
    assert "Personen väntar på svar" in staff
    assert "Inskrivet åt personen" in staff
    own = blocks(log_in(story.karin_herself).get("/min-sida/").content.decode())
    assert "Inskrivet av Lena Berg, Krokoms hälsocentral per telefon" in own


def test_the_persons_log_says_who_wrote_it_down(story: Story) -> None:
    operations.enter_words(
        story.cast.region_nurse, plan_id=story.plan.id, told=Told(KARIN), words="Hej."
    )
    line = Event.objects.filter(action="behalf.enter").latest("id")
    assert (line.actor_name, line.person_id) == ("Lena Berg", str(story.karin.id))
    found = own_log(story.karin_herself, person_id=story.karin.id, page=1, by_others=True)
    assert "behalf.enter" in {one.action for one in found.lines}
    page = blocks(log_in(story.karin_herself).get("/min-sida/logg/").content.decode())
    assert any("skrev in det som du har sagt" in one for one in page)


def test_consent_block_and_representative_by_phone(story: Story) -> None:
    nurse, herself, karin = story.cast.region_nurse, story.karin_herself, story.karin
    are = story.cast.units["are_home_health"].provider_id
    operations.enter_consent(
        nurse, person_id=karin.id, told=Told(KARIN, BehalfWay.LETTER), reader_providers=[are]
    )
    given = list_consents(herself, person_id=karin.id)[0]
    assert (given.form, given.given_by) == (ConsentForm.WRITTEN, KARIN)
    assert nurse.unit_id is not None
    operations.enter_block(
        nurse, person_id=karin.id, told=Told(KARIN), kind=BlockKind.OUTER, unit_id=nurse.unit_id
    )
    (block,) = list_blocks(herself, person_id=karin.id)
    assert block.asked_by == KARIN
    operations.enter_proxy(
        nurse,
        person_id=karin.id,
        told=Told(KARIN),
        proxy_number=NUMBER,
        proxy_name="Ulf Ek",
        scopes=frozenset({"read"}),
    )
    assert len(list_proxies(herself, person_id=karin.id)) == 2
    later = story.cast.at(nurse, minutes=5)
    back = operations.enter_withdrawal(later, consent_id=given.id, told=Told(KARIN))
    assert (back.kind, back.who, back.entered_by) == (BehalfKind.WITHDRAW, KARIN, nurse.name)
    taken = list_consents(herself, person_id=karin.id)[0]
    assert (taken.withdrawn_by, taken.withdrawn_at) == (KARIN, later.at)
    entered = reads.staff_contract(nurse, person_id=karin.id).entered
    assert {one.kind for one in entered} == {
        BehalfKind.WITHDRAW,
        BehalfKind.CONSENT,
        BehalfKind.BLOCK,
        BehalfKind.PROXY,
    }


def test_a_consent_taken_back_by_phone_stands_with_the_rest(story: Story) -> None:
    nurse, karin = story.cast.region_nurse, story.karin
    are = story.cast.units["are_home_health"].provider_id
    operations.enter_consent(nurse, person_id=karin.id, told=Told(KARIN), reader_providers=[are])
    given = next(
        one
        for one in list_consents(story.karin_herself, person_id=karin.id)
        if are in one.reader_providers
    )
    browser, page = log_in(nurse), f"/personer/{karin.id}/samtycken/"
    address = f"/samtycken/{given.id}/aterkalla/"
    text = browser.get(page).content.decode()
    assert address in text
    assert f"id_{given.id}_way_0" in text
    assert browser.post(address, {"who": " ", "way": "phone"}).status_code == 422
    assert reads.staff_contract(nurse, person_id=karin.id).entered[0].kind is BehalfKind.CONSENT
    assert browser.post(address, {"who": KARIN, "way": "meeting"}).status_code == 302
    kept = reads.staff_contract(nurse, person_id=karin.id).entered
    assert {(one.kind, one.way, one.who) for one in kept} == {
        (BehalfKind.CONSENT, BehalfWay.PHONE, KARIN),
        (BehalfKind.WITHDRAW, BehalfWay.MEETING, KARIN),
    }
    staff = browser.get(f"/personer/{karin.id}/kontrakt/").content.decode()
    assert "Tog tillbaka ett ja" in staff


@pytest.mark.parametrize("who", ["", "  ", "x" * 201])
def test_someone_must_have_said_it_and_nothing_is_kept_otherwise(story: Story, who: str) -> None:
    with pytest.raises(Invalid) as refused:
        operations.enter_words(
            story.cast.region_nurse, plan_id=story.plan.id, told=Told(who), words="Hej."
        )
    assert refused.value.where == "who"
    assert not Comment.objects.exists()


def test_staff_alone_write_for_others_and_a_stranger_sees_nothing(story: Story) -> None:
    with pytest.raises(NotAllowed):
        operations.enter_words(story.eva, plan_id=story.plan.id, told=Told(KARIN), words="Hej.")
    with pytest.raises(NotFound):
        reads.staff_contract(story.cast.stranger, person_id=story.karin.id)
    browser = log_in(story.cast.stranger)
    for address in ("kontrakt/", "at-personen/ord/", "at-personen/samtycke/"):
        assert browser.get(f"/personer/{story.karin.id}/{address}").status_code == 404


def test_the_other_side_sees_the_contract_it_has_been_given(story: Story) -> None:
    shown = blocks(
        log_in(story.cast.municipal_nurse)
        .get(f"/personer/{story.karin.id}/kontrakt/")
        .content.decode()
    )
    assert "Gå ut till hönsen själv" in shown
    assert "Kommer och tränar med dig" in shown


@pytest.mark.parametrize(
    ("person", "said"), [(True, "Personen har inte svarat."), (False, "Personen är inte bjuden.")]
)
def test_each_meeting_has_its_owner_and_its_clock(story: Story, person: bool, said: str) -> None:
    call_to_meeting(story, person=person)
    address = f"/personer/{story.karin.id}/kontrakt/"
    shown = blocks(log_in(story.cast.municipal_nurse).get(address).content.decode())
    at = shown.index("Möte om planen")
    assert shown[at : at + 5] == [
        "Möte om planen",
        "Krokoms hälsocentral",
        "Rum 2",
        said,
        "fredag 27 november kl. 15.30",
    ]


def test_staff_see_who_stands_in_for_a_contact(story: Story) -> None:
    go_away(story, stand_in=False)
    address = f"/personer/{story.karin.id}/kontrakt/"
    words = " ".join(blocks(log_in(story.cast.region_nurse).get(address).content.decode()))
    assert "Lena Berg är borta till och med" in words
    assert "Ingen ersättare är utsedd." in words


def test_the_contract_costs_thirteen_questions(story: Story) -> None:
    fill_shelf(story)
    browser, address = log_in(story.cast.region_nurse), f"/personer/{story.karin.id}/kontrakt/"
    browser.get(address)
    with questions() as asked:
        assert browser.get(address).status_code == 200
    assert len(asked) <= 13, "\n".join(asked)


def test_the_forms_work_and_a_person_comes_to_the_own_page(story: Story) -> None:
    browser, karin = log_in(story.cast.region_nurse), story.karin.id
    told = {"who": KARIN, "way": "phone"}
    are = str(story.cast.units["are_home_health"].provider_id)
    sent = {
        "samtycke": told | {"readers": [are], "lasting": "365"},
        "sparr": told | {"unit": str(story.cast.region_nurse.unit_id), "kind": "outer"},
        "ombud": told | {"proxy_name": "Ulf Ek", "identity": NUMBER.value},
    }
    for address, body in sent.items():
        assert browser.get(f"/personer/{karin}/at-personen/{address}/").status_code == 200
        answer = browser.post(f"/personer/{karin}/at-personen/{address}/", body)
        assert answer.status_code == 302, answer.content.decode()
    there = log_in(story.karin_herself).get(f"/personer/{karin}/kontrakt/")
    assert there["Location"] == f"/min-sida/{karin}/"
