"""One who was met under a reserve number gets the real one, and all that is known follows along."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samverka.discharge import operations as discharge
from samverka.discharge import reads
from samverka.kernel.identity import IdentityKind, IdentityNumber, Sex
from samverka.kernel.problems import Invalid, NotFound, NotNow
from samverka.kernel.testseries import test_number as listed_number
from samverka.people import operations as people
from samverka.people.operations import PersonFacts
from samverka.people.reads import person
from tests.factories.browser import log_in
from tests.factories.cast import KARINS_NUMBER, NOW, Cast, make_person

OTHERS = listed_number(date(1950, 5, 5), Sex.MALE, 0)


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


def test_the_case_follows_to_the_real_number(cast: Cast) -> None:
    ward = cast.ward_nurse
    met = make_person(ward, PersonFacts(given_name="Okänd", family_name="Man"))
    facts = discharge.AdmissionFacts(admitted_at=NOW - timedelta(hours=2))
    case = discharge.open_case(ward, person_id=met.id, facts=facts)
    joined = people.join_number(ward, person_id=met.id, number=OTHERS)
    assert [one.number for one in joined.identities if one.current] == [OTHERS]
    assert joined.birth_date == date(1950, 5, 5)
    assert reads.case(ward, case_id=case.id).person_id == joined.id
    again = people.register_person(
        ward, number=OTHERS, facts=PersonFacts(given_name="Ny", family_name="Ny")
    )
    assert again.id == met.id


def test_two_who_are_the_same_are_not_made_one_in_silence(cast: Cast) -> None:
    make_person(cast.region_nurse, identity=KARINS_NUMBER)
    met = make_person(cast.ward_nurse, PersonFacts(given_name="Okänd", family_name="Kvinna"))
    with pytest.raises(NotNow, match="annan person här"):
        people.join_number(cast.ward_nurse, person_id=met.id, number=KARINS_NUMBER)
    assert person(cast.ward_nurse, person_id=met.id).identities == ()


def test_a_real_number_is_not_put_in_the_place_of_another(cast: Cast) -> None:
    karin = make_person(cast.ward_nurse, identity=KARINS_NUMBER)
    with pytest.raises(NotNow, match="redan ett riktigt"):
        people.join_number(cast.ward_nurse, person_id=karin.id, number=OTHERS)
    with pytest.raises(NotFound):
        people.join_number(cast.other_municipality, person_id=karin.id, number=OTHERS)


def test_the_page_takes_the_number_and_says_what_is_wrong(cast: Cast) -> None:
    met = make_person(cast.ward_nurse, PersonFacts(given_name="Okänd", family_name="Man"))
    client, path = log_in(cast.ward_nurse), f"/personer/{met.id}/nummer/"
    assert "reservnummer" in client.get(path).content.decode()
    wrong = client.post(path, {"identity": "12"})
    assert wrong.status_code == 422
    assert client.post(path, {"identity": OTHERS.value}).status_code == 302
    assert log_in(cast.other_municipality).get(path).status_code == 404


def test_another_stand_in_is_no_real_number(cast: Cast) -> None:
    met = make_person(cast.ward_nurse, PersonFacts(given_name="Okänd", family_name="Man"))
    number = IdentityNumber(kind=IdentityKind.LOCAL_RESERVE, value="R123", domain="1.2.3")
    with pytest.raises(Invalid, match="personnummer"):
        people.join_number(cast.ward_nurse, person_id=met.id, number=number)
