"""The staff's overview: what each side sees, what stays closed, and how it is opened."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samverka.access import operations as access
from samverka.access.models import Block, Consent, Opening, Relation
from samverka.access.rules import BlockKind, Protection, RelationKind
from samverka.audit.models import Event
from samverka.careplans.models import Plan
from tests.contract.conftest import Story
from tests.contract.pagetext import blocks, questions
from tests.factories.browser import log_in
from tests.factories.cast import KARIN, Cast, make_person, relate


def overview(actor, person_id) -> list[str]:
    response = log_in(actor).get(f"/personer/{person_id}/")
    assert response.status_code == 200
    return blocks(str(response.content, "utf-8"))


def test_the_unit_sees_the_whole_situation(story: Story) -> None:
    shown = overview(story.cast.region_nurse, story.karin.id)
    text = "\n".join(shown)
    assert "Karin Åström" in shown
    assert "Hem till hönsen" in shown
    assert "Härnäst" in shown
    assert "Gå ut till hönsen själv" in shown
    assert "onsdag 2 december kl. 15.30 · Blodprov" in shown
    assert "Fast vårdkontakt · Krokoms hälsocentral" in shown
    assert "Dotter · ring först · Ombud" in text
    assert shown.count("Eva Lund") == 1


def test_what_another_provider_holds_is_not_there_until_there_is_consent(story: Story) -> None:
    nurse = story.cast.municipal_nurse
    shown = "\n".join(overview(nurse, story.karin.id))
    assert "Träning i trappan" in shown
    assert "Hem till hönsen" in shown  # disclosed to them with consent
    assert "Blodprov" not in shown
    assert "Bruten höft" not in shown
    assert "Kan ha uppgifter. Personens samtycke behövs." in shown


def test_a_stranger_gets_the_answer_for_nobody(story: Story) -> None:
    browser = log_in(story.cast.stranger)
    hidden = browser.get(f"/personer/{story.karin.id}/")
    nobody = browser.get(f"/personer/{story.cast.stranger.id}/")
    assert hidden.status_code == nobody.status_code == 404
    assert blocks(str(hidden.content, "utf-8")) == blocks(str(nobody.content, "utf-8"))


@pytest.mark.parametrize(
    "address",
    ["", "tider/", "tider/ny/", "samtycken/", "sparrar/", "vardrelation/", "nodoppning/"],
)
def test_every_door_to_the_person_is_shut_to_a_stranger(story: Story, address: str) -> None:
    response = log_in(story.cast.stranger).get(f"/personer/{story.karin.id}/{address}")
    assert response.status_code == 404
    assert b"Karin" not in response.content


@pytest.mark.parametrize(
    "address", ["samtycken/", "sparrar/", "vardrelation/", "nodoppning/", "tider/ny/"]
)
def test_the_person_does_not_get_the_staffs_pages(story: Story, address: str) -> None:
    response = log_in(story.karin_herself).get(f"/personer/{story.karin.id}/{address}")
    assert response.status_code == 403


def test_another_side_without_relation_and_ifo_see_nothing(story: Story) -> None:
    for actor in (story.cast.ifo_officer, story.cast.other_municipality):
        assert log_in(actor).get(f"/personer/{story.karin.id}/").status_code == 404


# ── open what is closed ──


def test_choosing_to_read_other_units_opens_them_and_is_logged(story: Story) -> None:
    ward = story.cast.ward_nurse
    relate(ward, story.karin)
    browser = log_in(ward)
    before = blocks(str(browser.get(f"/personer/{story.karin.id}/").content, "utf-8"))
    assert "Hem till hönsen" not in before
    assert "Läs andra enheters uppgifter" in before
    chosen = browser.post(f"/personer/{story.karin.id}/andra-enheter/")
    assert chosen["Location"] == f"/personer/{story.karin.id}/"
    after = blocks(str(browser.get(f"/personer/{story.karin.id}/").content, "utf-8"))
    assert "Hem till hönsen" in after
    assert "Läs andra enheters uppgifter" not in after
    assert Event.objects.filter(action="choice.open").exists()


def test_a_block_is_said_and_stays_closed_after_the_choice(story: Story) -> None:
    ward = story.cast.ward_nurse
    relate(ward, story.karin)
    access.set_block(
        story.karin_herself,
        person_id=story.karin.id,
        kind=BlockKind.INNER,
        provider_id=story.cast.units["health_centre"].provider_id,
        unit_id=story.cast.units["health_centre"].id,
    )
    browser = log_in(ward)
    browser.post(f"/personer/{story.karin.id}/andra-enheter/")
    shown = blocks(str(browser.get(f"/personer/{story.karin.id}/").content, "utf-8"))
    assert "Hem till hönsen" not in shown
    assert "Spärrade uppgifter finns" in shown
    assert any("Krokoms hälsocentral" in one for one in shown)
    # another care provider may not know that there is a block (SVOD 2:5)
    other = "\n".join(overview(story.cast.municipal_nurse, story.karin.id))
    assert "Spärrade" not in other


def test_emergency_opening_needs_a_reason_and_opens(story: Story) -> None:
    browser = log_in(story.cast.municipal_nurse)
    address = f"/personer/{story.karin.id}/nodoppning/"
    assert browser.get(address).status_code == 200
    short = browser.post(address, {"reason": "akut"})
    assert short.status_code == 422
    assert "minst tio tecken" in str(short.content, "utf-8")
    assert b"akut" in short.content  # nothing typed is lost
    opened = browser.post(address, {"reason": "Medvetslös hemma, okända läkemedel."})
    assert opened["Location"] == f"/personer/{story.karin.id}/"
    shown = "\n".join(overview(story.cast.municipal_nurse, story.karin.id))
    assert "Nödöppnat" in shown
    assert "Blodprov" in shown
    line = Event.objects.get(action="emergency.open", outcome=0)
    assert line.detail["reason"] == "Medvetslös hemma, okända läkemedel."


@pytest.mark.parametrize("who", ["needs_assessor", "home_care"])
def test_only_health_care_may_open_in_an_emergency(story: Story, who: str) -> None:
    actor = getattr(story.cast, who)
    if who == "home_care":
        relate_system(story, actor)
    shown = overview(actor, story.karin.id)
    assert "Nödöppna" not in shown
    response = log_in(actor).post(
        f"/personer/{story.karin.id}/nodoppning/", {"reason": "Medvetslös hemma nu."}
    )
    assert response.status_code == 403
    assert not Opening.objects.exists()


def relate_system(story: Story, actor) -> None:
    access.open_relation(
        story.cast.system,
        person_id=story.karin.id,
        kind=RelationKind.SOCIAL_SERVICE,
        unit_id=actor.unit_id,
        provider_id=actor.provider_id,
    )


# ── consents, blocks, relations ──


def test_staff_note_a_consent_and_take_it_back(story: Story) -> None:
    nurse = story.cast.municipal_nurse
    browser, address = log_in(nurse), f"/personer/{story.karin.id}/samtycken/"
    given = {
        "readers": [str(nurse.provider_id)],
        "given_by": "Karin Åström",
        "form": "oral",
        "covers": "Vården av höften",
        "not_covered": "Samtalen med kuratorn",
    }
    assert browser.post(address, given).status_code == 302
    shown = blocks(str(browser.get(address).content, "utf-8"))
    assert "Omfattar inte: Samtalen med kuratorn" in shown
    assert "Blodprov" in "\n".join(overview(nurse, story.karin.id))
    consent = Consent.objects.get(kind="svod")
    back = f"/samtycken/{consent.id}/aterkalla/"
    assert browser.post(back, {"way": "phone"}).status_code == 422, "nobody is said to have said it"
    assert "Blodprov" in "\n".join(overview(nurse, story.karin.id))
    told = {"who": "Karin Åström", "way": "phone"}
    assert browser.post(back, told).status_code == 302
    assert "Blodprov" not in "\n".join(overview(nurse, story.karin.id))


def test_of_a_consent_staff_see_only_what_concerns_them(story: Story) -> None:
    """That Krokom's social services take part in the plan is not the school's to know."""
    assessment, school = story.cast.units["assessment"], story.cast.school_nurse
    relate(school, story.karin, RelationKind.SCHOOL)
    address = f"/personer/{story.karin.id}/samtycken/"
    seen = str(log_in(school).get(address).content, "utf-8")
    assert "Inget samtycke gäller nu." in seen
    own = "\n".join(blocks(str(log_in(story.cast.municipal_nurse).get(address).content, "utf-8")))
    assert "Dela planen: Krokoms kommunala hälso- och sjukvård" in own
    assert f"sjukvård och {assessment.provider_name}" not in own
    taker = "\n".join(blocks(str(log_in(story.cast.region_nurse).get(address).content, "utf-8")))
    assert f"sjukvård och {assessment.provider_name}" in taker


def test_a_consent_without_giver_or_reader_is_refused_on_the_form(story: Story) -> None:
    browser = log_in(story.cast.municipal_nurse)
    answer = browser.post(f"/personer/{story.karin.id}/samtycken/", {"form": "oral"})
    assert answer.status_code == 422
    assert not Consent.objects.filter(kind="svod").exists()


def test_staff_block_for_the_own_provider_only(story: Story) -> None:
    nurse = story.cast.region_nurse
    browser, address = log_in(nurse), f"/personer/{story.karin.id}/sparrar/"
    given = {"unit": str(nurse.unit_id), "kind": "inner", "asked_by": "Karin Åström"}
    assert browser.post(address, given).status_code == 302
    block = Block.objects.get()
    other = given | {"unit": str(story.cast.units["home_health"].id)}
    assert browser.post(address, other).status_code == 422
    other_side = log_in(story.cast.municipal_nurse)
    assert other_side.post(f"/sparrar/{block.id}/ta-bort/").status_code == 403
    assert browser.post(f"/sparrar/{block.id}/ta-bort/").status_code == 302


def test_ending_the_relation_closes_the_person(story: Story) -> None:
    nurse = story.cast.municipal_nurse
    browser = log_in(nurse)
    shown = browser.get(f"/personer/{story.karin.id}/vardrelation/")
    assert "Patient hos oss" in blocks(str(shown.content, "utf-8"))
    for relation in Relation.objects.filter(unit_id=nurse.unit_id, until__isnull=True):
        assert browser.get(f"/personer/{story.karin.id}/").status_code == 200
        browser.post(f"/vardrelation/{relation.id}/avsluta/")
    assert browser.get(f"/personer/{story.karin.id}/").status_code == 404


def test_the_relations_of_other_units_are_not_told(story: Story) -> None:
    shown = "\n".join(
        blocks(
            str(
                log_in(story.cast.region_nurse)
                .get(f"/personer/{story.karin.id}/vardrelation/")
                .content,
                "utf-8",
            )
        )
    )
    assert "insatser" not in shown
    assert "bistånd" not in shown


# ── protected identity ──


def test_places_of_a_protected_person_are_hidden(cast: Cast) -> None:
    from samverka.contacts import operations as contacts
    from samverka.contacts.rules import BookingFacts
    from tests.factories.cast import NOW

    person = make_person(cast.region_nurse, replace(KARIN, protection=Protection.SECRECY_MARK))
    relate(cast.ward_nurse, person)
    contacts.receive_booking(
        cast.system,
        person_id=person.id,
        unit_id=cast.units["psychiatry"].id,
        source="journal",
        source_id="1",
        facts=BookingFacts(starts_at=NOW.replace(day=27), what="Samtal", place="Storgatan 1"),
    )
    access.make_choice(cast.ward_nurse, person_id=person.id)
    shown = "\n".join(overview(cast.ward_nurse, person.id))
    assert "Skyddad identitet." in shown
    assert "Samtal" in shown
    for secret in ("Storgatan", "Psykiatriska", "Backvägen", "Krokom"):
        assert secret not in shown, secret


# ── cost ──


@pytest.mark.parametrize("who", ["region_nurse", "municipal_nurse", "needs_assessor", "ward_nurse"])
def test_the_overview_costs_few_questions(story: Story, who: str) -> None:
    actor = getattr(story.cast, who)
    if who == "ward_nurse":
        relate(actor, story.karin)
        access.set_block(
            story.karin_herself,
            person_id=story.karin.id,
            kind=BlockKind.INNER,
            provider_id=story.cast.units["health_centre"].provider_id,
            unit_id=story.cast.units["health_centre"].id,
        )
    browser = log_in(actor)
    browser.get(f"/personer/{story.karin.id}/")
    with questions() as asked:
        assert browser.get(f"/personer/{story.karin.id}/").status_code == 200
    assert len(asked) <= 12, "\n".join(asked)


@pytest.mark.parametrize("address", ["tider/", "samtycken/", "sparrar/", "vardrelation/"])
def test_the_other_pages_cost_twelve_questions(story: Story, address: str) -> None:
    browser = log_in(story.cast.region_nurse)
    browser.get(f"/personer/{story.karin.id}/{address}")
    with questions() as asked:
        assert browser.get(f"/personer/{story.karin.id}/{address}").status_code == 200
    assert len(asked) <= 12, "\n".join(asked)


def test_the_title_and_the_addresses_name_nobody(story: Story) -> None:
    html = str(log_in(story.cast.region_nurse).get(f"/personer/{story.karin.id}/").content, "utf-8")
    title = html[html.index("<title>") : html.index("</title>")]
    assert "Karin" not in title
    assert story.karin.identity is not None
    for part in html.split('"'):
        if part.startswith("/"):
            assert story.karin.identity.value not in part


def test_a_plan_that_is_not_disclosed_is_not_there(story: Story) -> None:
    assert Plan.objects.count() == 1
    actor = story.cast.home_care
    relate_system(story, actor)
    shown = overview(actor, story.karin.id)
    # home care is of the same care provider as the needs assessment: disclosed to the provider
    assert "Hem till hönsen" in shown
    school = story.cast.school_nurse
    relate(school, story.karin, RelationKind.SCHOOL)
    assert "Hem till hönsen" not in overview(school, story.karin.id)
