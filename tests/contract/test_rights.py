"""Where the person decides: who may read, what is closed, who acts for me."""

from __future__ import annotations

from datetime import date

import pytest

from samverka.access.models import Block, Consent, Proxy
from samverka.access.reads import list_consents, list_proxies
from samverka.audit.models import Event
from samverka.contacts.reads import timeline
from samverka.kernel.identity import Sex
from samverka.kernel.testseries import test_number as listed_number
from tests.contract.conftest import Story, child
from tests.contract.pagetext import blocks
from tests.factories.browser import log_in
from tests.factories.cast import make_person, relate

OTHER = listed_number(date(1980, 5, 5), Sex.MALE, 0)


def shown(browser, address: str) -> list[str]:
    response = browser.get(address)
    assert response.status_code == 200
    return blocks(str(response.content, "utf-8"))


# ── who may read ──


def test_a_yes_opens_and_taking_it_back_closes(story: Story) -> None:
    nurse, browser = story.cast.municipal_nurse, log_in(story.karin_herself)
    provider = story.cast.units["home_health"].provider_id
    before = timeline(nurse, person_id=story.karin.id)
    assert {one.unit.name for one in before.upcoming if one.unit} == {"Krokoms hemsjukvård"}
    asked = browser.get("/min-sida/samtycken/").content.decode()
    assert asked.index('name="readers"') < asked.index("<span>Visa fler</span></summary>")
    done = browser.post("/min-sida/samtycken/", {"readers": [str(provider)], "lasting": "365"})
    assert done["Location"] == "/min-sida/samtycken/"
    after = timeline(nurse, person_id=story.karin.id)
    assert "Krokoms hälsocentral" in {one.unit.name for one in after.upcoming if one.unit}
    assert "Krokoms kommunala hälso- och sjukvård" in shown(browser, "/min-sida/samtycken/")
    svod = next(
        one for one in list_consents(story.karin_herself, person_id=story.karin.id)
        if one.kind == "svod"
    )  # fmt: skip
    assert svod.until is not None
    browser.post(f"/min-sida/samtycken/{svod.id}/ta-tillbaka/")
    assert timeline(nurse, person_id=story.karin.id).upcoming == before.upcoming
    assert "Du tog tillbaka ditt ja fredag 20 november." in shown(browser, "/min-sida/samtycken/")


def test_nobody_chosen_is_said_on_the_form(story: Story) -> None:
    browser = log_in(story.karin_herself)
    answer = browser.post("/min-sida/samtycken/", {"lasting": "365"})
    assert answer.status_code == 422
    assert not Consent.objects.filter(kind="svod").exists()


def test_ifo_can_never_be_let_in(story: Story) -> None:
    browser = log_in(story.karin_herself)
    assert "Krokoms individ- och familjeomsorg" not in shown(browser, "/min-sida/samtycken/")
    ifo = story.cast.units["ifo"].provider_id
    answer = browser.post("/min-sida/samtycken/", {"readers": [str(ifo)], "lasting": "365"})
    assert answer.status_code == 422


def test_another_persons_consent_cannot_be_taken_back(story: Story) -> None:
    (consent, *_rest) = list_consents(story.karin_herself, person_id=story.karin.id)
    browser = log_in(story.eva)  # her representative: consents are the person's own
    answer = browser.post(f"/min-sida/samtycken/{consent.id}/ta-tillbaka/")
    assert answer.status_code == 403
    assert Consent.objects.get(id=consent.id).withdrawn_at is None


# ── what is closed ──


def test_a_block_closes_at_once_and_can_be_opened_again(story: Story) -> None:
    browser, ward = log_in(story.karin_herself), story.cast.ward_nurse
    relate(ward, story.karin)
    unit = str(story.cast.units["health_centre"].id)
    assert browser.post("/min-sida/sparrar/", {"unit": unit, "kind": "inner"}).status_code == 302
    words = shown(browser, "/min-sida/sparrar/")
    assert "Krokoms hälsocentral" in words
    assert "Andra enheter hos Regionens hälso- och sjukvård kan inte läsa." in words
    block = Block.objects.get(until__isnull=True)
    browser.post(f"/min-sida/sparrar/{block.id}/ta-bort/")
    assert "Inget är spärrat." in shown(browser, "/min-sida/sparrar/")
    assert Event.objects.filter(action="block.remove", person_id=str(story.karin.id)).exists()


def test_only_units_that_have_to_do_with_the_person_can_be_closed(story: Story) -> None:
    browser = log_in(story.karin_herself)
    other = str(story.cast.units["other_centre"].id)
    assert browser.post("/min-sida/sparrar/", {"unit": other, "kind": "inner"}).status_code == 422
    assert not Block.objects.exists()


def test_a_guardian_has_no_way_to_close_the_childs_records(story: Story) -> None:
    young, guardian = child(story.cast, 12)
    browser = log_in(guardian)
    units = "\n".join(shown(browser, "/min-sida/sparrar/"))
    assert "Krokoms hälsocentral" not in units  # the page is about the guardian's own
    assert b"Elias" not in browser.get("/min-sida/sparrar/").content
    assert young.id


# ── who acts for me ──


def appoint(browser, number: str, name: str = "Olle Ny", **more: str):
    return browser.post("/min-sida/ombud/", {"identity": number, "proxy_name": name, **more})


def test_one_known_and_one_unknown_get_the_same_answer(story: Story) -> None:
    known = make_person(story.cast.stranger, identity=OTHER)
    browser = log_in(story.karin_herself)
    assert appoint(browser, OTHER.value)["Location"] == "/min-sida/ombud/"
    nobody = listed_number(date(1981, 6, 6), Sex.FEMALE, 0)
    assert appoint(browser, nobody.value, "Nina Ny")["Location"] == "/min-sida/ombud/"
    words = shown(browser, "/min-sida/ombud/")
    assert {"Eva Lund", "Olle Ny", "Nina Ny"} <= set(words)
    assert known.name not in words  # the name of one she does not know is not given away
    proxies = {one.proxy_name: one for one in Proxy.objects.all()}
    assert proxies["Olle Ny"].proxy_person_id == known.id
    again = make_person(story.cast.stranger, identity=nobody)
    assert proxies["Nina Ny"].proxy_person_id == again.id


def test_a_proxy_is_shown_till_the_day_that_was_chosen(story: Story) -> None:
    browser = log_in(story.karin_herself)
    assert appoint(browser, OTHER.value, until="2026-12-31").status_code == 302
    assert "Till torsdag 31 december" in " ".join(shown(browser, "/min-sida/ombud/"))


@pytest.mark.parametrize(
    ("number", "name", "field"),
    [
        ("19800505-1234", "Olle Ny", "identity"),
        (OTHER.value, "Olle", "proxy_name"),
        (OTHER.value, "", "proxy_name"),
    ],
)
def test_what_is_wrong_is_said_on_its_field(story: Story, number, name, field) -> None:
    answer = appoint(log_in(story.karin_herself), number, name)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in str(answer.content, "utf-8")
    assert Proxy.objects.count() == 1


def test_an_end_day_in_the_past_is_refused(story: Story) -> None:
    answer = appoint(log_in(story.karin_herself), OTHER.value, until="2026-11-01")
    assert answer.status_code == 422


def test_the_representative_is_ended_by_the_person(story: Story) -> None:
    (proxy,) = list_proxies(story.karin_herself, person_id=story.karin.id)
    browser = log_in(story.karin_herself)
    browser.post(f"/min-sida/ombud/{proxy.id}/avsluta/")
    assert "Du har inget ombud." in shown(browser, "/min-sida/ombud/")


# ── who has read ──


def test_the_log_says_who_read_in_plain_words(story: Story) -> None:
    nurse = log_in(story.cast.region_nurse)
    nurse.get(f"/personer/{story.karin.id}/")
    stranger = log_in(story.cast.stranger)
    assert stranger.get(f"/personer/{story.karin.id}/").status_code == 404
    text = "\n".join(shown(log_in(story.karin_herself), "/min-sida/logg/"))
    assert "Fredag 20 november" in text
    assert (
        "Lena Berg, distriktssköterska, Krokoms hälsocentral, läste din plan, såg om du är på"
        " sjukhus eller på väg hem, såg dina tider" in text
    )
    assert "Per Holm, sjuksköterska, Järpens hälsocentral, försökte läsa men fick inte." in text
    assert "Stoppad" in text
    assert "Vårdar dig." in text


def test_the_own_reading_is_shown_on_request(story: Story) -> None:
    browser = log_in(story.karin_herself)
    browser.get("/min-sida/")
    assert "Karin Åström" not in "\n".join(shown(browser, "/min-sida/logg/"))
    assert "Karin Åström" in "\n".join(shown(browser, "/min-sida/logg/?visa=allt"))


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999", "2", "９"])
def test_any_page_number_has_an_answer(story: Story, number: str) -> None:
    assert log_in(story.karin_herself).get(f"/min-sida/logg/?sida={number}").status_code == 200
