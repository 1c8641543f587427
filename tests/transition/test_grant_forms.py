"""Forms of grants: a new agreement to its last krona, without a file; what is refused is said."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.test import Client
from django.urls import reverse

from samverka.kernel.problems import Invalid, NotNow
from samverka.transition import operations as grants
from samverka.transition.models import (
    GrantAgreement,
    GrantAward,
    GrantDistribution,
    GrantPopulation,
    GrantPot,
)
from samverka.transition.rules.grants import read_kronor
from samverka.transition.rules.grants.choosing import Receiver, parts_of_both
from tests.factories.browser import log_in
from tests.factories.cast import Cast
from tests.factories.grants import ARE, AREA, DAYS, KROKOM, REGION, YEAR, laid, people

SOURCE = "skr.se, läst 12 mars"


def _address(name: str, *arguments: object) -> str:
    return reverse(f"transition:{name}", args=arguments)


def _sent(client: Client, address: str, given: Mapping[str, object]) -> str:
    """Where the form leads when it is taken."""
    met = client.post(address, dict(given))
    assert met.status_code == 302, met.content.decode()[-3000:]
    return str(met["Location"])


def _refused(client: Client, address: str, given: Mapping[str, object]) -> str:
    """The form again, with what is wrong and all that was typed."""
    met = client.post(address, dict(given))
    assert met.status_code == 422
    text = met.content.decode().replace("\u00a0", " ")
    assert all(str(one) in text for one in given.values() if one), "nothing typed is lost"
    return text


@pytest.mark.parametrize(
    ("written", "kronor"),
    [("6 394 500 000", 6_394_500_000), ("6394,5 mnkr", 6_394_500_000), ("0", 0), ("500 kr", 500)],
)
def test_kronor_are_read_as_people_write_them(written: str, kronor: int) -> None:
    assert read_kronor(written) == kronor


@pytest.mark.parametrize("written", ["", "12,5", "-3", "tre", "1" * 60, "0,0000001 mnkr", "²"])
def test_what_is_no_amount_is_refused_in_words(written: str) -> None:
    with pytest.raises(Invalid):
        read_kronor(written)


def test_both_sides_get_every_krona_of_the_whole() -> None:
    parts = parts_of_both(101, 70)
    assert parts == {Receiver.REGION: 70, Receiver.MUNICIPALITY: 31}


@pytest.mark.django_db
def test_an_agreement_is_laid_down_from_the_pages_to_what_krokom_got(cast: Cast) -> None:
    client = log_in(cast.economist)
    ground = people(cast.economist, {KROKOM: 100, ARE: 200, "1480": 300})
    page = _sent(client, _address("grant_agreement_new"), {
        "name": "Nära vård", "first_year": YEAR, "last_year": YEAR + 1, "source": SOURCE,
        "told": "0,0009 mnkr",
    })  # fmt: skip
    owner = GrantAgreement.objects.get(name="Nära vård")
    assert page == _address("grant_agreement", owner.id)
    assert "Inga potter är inlagda." in client.get(page).content.decode()
    _sent(client, _address("grant_area", owner.id), {
        "area": AREA, "year": YEAR, "whole": "900", "percent": "0", "source": SOURCE,
    })  # fmt: skip
    pot = GrantPot.objects.get(agreement=owner, receiver="municipality")
    assert pot.kronor == 900
    assert _address("grant_share", pot.id) in client.get(page).content.decode()
    made = _sent(client, _address("grant_share", pot.id), {
        "kind": "population", "population_id": str(ground), "floor": "200", "residual": "largest",
    })  # fmt: skip
    draft = GrantDistribution.objects.get()
    assert draft.amounts == {KROKOM: 200, ARE: 280, "1480": 420}
    _sent(client, _address("grant_decide", draft.id), {})
    assert "0 av 3 mottagare har sitt belopp tilldelat." in client.get(made).content.decode()
    given = {"whom": "county", "source": "Regeringen, 12 mars", **DAYS}
    _sent(client, _address("grant_award", draft.id), given)
    assert dict(GrantAward.objects.values_list("recipient", "kronor")) == {KROKOM: 200, ARE: 280}
    answer = log_in(cast.municipal_economist).get(_address("grant_recipient", KROKOM))
    assert _address("grant_distribution", draft.id) in answer.content.decode()


@pytest.mark.django_db
def test_each_form_says_what_is_wrong_and_keeps_what_was_typed(cast: Cast) -> None:
    made = laid(cast)
    client = log_in(cast.economist)
    new = {"name": "Perioden", "first_year": YEAR, "last_year": YEAR, "source": SOURCE}
    assert "med det namnet" in _refused(client, _address("grant_agreement_new"), new)
    wrong = new | {"name": "Ny", "last_year": YEAR - 1, "told": "12,5"}
    assert "12,5" in _refused(client, _address("grant_agreement_new"), wrong)
    area = {"area": AREA, "year": YEAR, "source": SOURCE}
    place = _address("grant_area", made["agreement_id"])
    assert "minst ett belopp" in _refused(client, place, area)
    assert "antingen" in _refused(client, place, area | {"region": "5", "whole": "9"})
    same = area | {"area": "Kvinnors hälsa", "municipality": "91"}
    assert "redan fördelad" in _refused(client, place, same)
    share = {"kind": "weights", "weights": "2309;5\n9999;1", "key_source": SOURCE,
             "residual": "largest"}  # fmt: skip
    text = _refused(client, _address("grant_share", made["pot_id"]), share)
    assert "Rad 2: ingen region eller kommun har koden 9999" in text
    floor = {"kind": "equal", "population_id": str(made["population_id"]), "floor": "46",
             "residual": "largest"}  # fmt: skip
    text = _refused(client, _address("grant_share", made["pot_id"]), floor)
    assert "Golven är tillsammans" in text
    table = {"amounts": "kod;kronor\n2309;30\n2380;1", "source": SOURCE}
    text = _refused(client, _address("grant_published", made["distribution_id"]), table)
    assert "2380 finns i tabellen men inte i fördelningen" in text
    days = {"whom": "all", "source": SOURCE, **DAYS, "use_until": DAYS["draw_from"]}
    text = _refused(client, _address("grant_award", made["distribution_id"]), days)
    assert "fel ordning" in text
    assert GrantDistribution.objects.filter(pot=made["pot_id"]).count() == 2


@pytest.mark.django_db
def test_a_years_fixed_part_and_areas_become_awards_once(cast: Cast) -> None:
    made = laid(cast)
    client = log_in(cast.economist)
    place = _address("grant_award_year", made["period_id"], YEAR)
    given = {"whom": "county", "source": SOURCE, **DAYS}
    grants.award_grant(
        cast.economist, agreement_id=made["period_id"], year=YEAR, area=AREA, recipient=KROKOM,
        kronor=29, **DAYS,
    )  # fmt: skip
    text = client.post(place, given).content.decode()
    assert "3 rader är inlästa, 0 fanns redan, 1 behöver rättas." in text
    assert "ett annat belopp är redan inlagt och står kvar" in text
    kept = GrantAward.objects.filter(agreement=made["period_id"])
    found = {(one.recipient, one.area): one.kronor for one in kept}
    assert found == {
        (REGION, "Omställningsbidrag"): 70, (KROKOM, "Omställningsbidrag"): 30,
        (REGION, AREA): 30, (KROKOM, AREA): 29,
    }  # fmt: skip
    again = grants.award_period(
        cast.economist, agreement_id=made["period_id"], year=YEAR, source=SOURCE, **DAYS
    )
    assert (again.kept, again.same) == (0, 3)
    with pytest.raises(NotNow, match="gäller"):
        grants.award_shares(
            cast.economist, distribution_id=made["draft_distribution_id"], source=SOURCE, **DAYS
        )


@pytest.mark.django_db
def test_a_municipality_and_a_reader_do_not_open_what_they_cannot_send(cast: Cast) -> None:
    made = laid(cast)
    for actor in (cast.municipal_economist, cast.analyst):
        client = log_in(actor)
        for address in (
            _address("grant_agreement_new"),
            _address("grant_area", made["agreement_id"]),
            _address("grant_share", made["pot_id"]),
            _address("grant_award", made["distribution_id"]),
        ):
            assert client.get(address).status_code == 403, address
        assert "Ny överenskommelse" not in client.get(_address("grants")).content.decode()


@pytest.mark.django_db
def test_rows_can_be_pasted_instead_of_a_file(cast: Cast) -> None:
    client = log_in(cast.economist)
    given = {"what": "people", "name": "SCB", "version": "2", "counted_on": "2025-11-01",
             "source": SOURCE, "pasted": "Kod\tAntal\r\n2309\t15 000\r\n2321\t12 000"}  # fmt: skip
    text = client.post(_address("grant_import"), given).content.decode()
    assert "2 rader är inlästa" in text
    assert GrantPopulation.objects.get().people == {KROKOM: 15_000, ARE: 12_000}
    assert "Välj en fil eller klistra in" in _refused(
        client, _address("grant_import"), given | {"pasted": "", "version": "3"}
    )
