"""Pages of persons: works · the other side may or may not · the stranger gets 404."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from samverka.people import reads
from samverka.people.reads import PersonDetail
from tests.factories.cast import KARINS_NUMBER, NOW, Cast, make_person, relate
from tests.factories.login import logged_in

pytestmark = pytest.mark.django_db

_LAST = int(KARINS_NUMBER.value[-1])
WRONG_NUMBER = KARINS_NUMBER.value[:-1] + str((_LAST + 1) % 10)


@pytest.fixture(autouse=True)
def _friday() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.region_nurse, identity=KARINS_NUMBER)


def text_of(client: Client, name: str, *args: object, **data: object) -> str:
    address = reverse(name, args=args)
    answer = client.post(address, data) if data else client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_search_finds_the_own_persons_by_name_birth_date_and_number(
    cast: Cast, karin: PersonDetail
) -> None:
    client = logged_in(cast.region_nurse)
    for asked in (
        "karin å",
        "Åström",
        "1942-03-11",
        KARINS_NUMBER.value,
        KARINS_NUMBER.formatted(),
    ):
        if asked == "1942-03-11" and karin.birth_date is None:
            continue
        assert "Karin Åström" in text_of(client, "people:search", q=asked), asked


def test_search_by_a_stranger_says_the_same_as_for_no_one(cast: Cast, karin: PersonDetail) -> None:
    client = logged_in(cast.stranger)
    found = text_of(client, "people:search", q="Åström")
    assert "Karin" not in found
    assert "Ingen träff" in found


def test_no_number_in_the_address_nor_in_the_title(cast: Cast, karin: PersonDetail) -> None:
    page = text_of(logged_in(cast.region_nurse), "people:search", q=KARINS_NUMBER.value)
    title = page[page.index("<title>") : page.index("</title>")]
    assert KARINS_NUMBER.value not in title
    assert 'method="post"' in page


def test_a_wrong_number_is_said_on_the_field_and_nothing_typed_is_lost(cast: Cast) -> None:
    client = logged_in(cast.region_nurse)
    typed = {
        "identity": WRONG_NUMBER,
        "given_name": "Karin",
        "family_name": "Åström",
        "reason": "Remiss",
        "gender": "female",
        "language": "sv",
        "protection": "none",
    }
    answer = client.post(reverse("people:register"), typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "kontrollsiffran" in page
    assert 'value="Karin"' in page


def test_registering_opens_the_persons_page(cast: Cast) -> None:
    client = logged_in(cast.region_nurse)
    typed = {
        "identity": KARINS_NUMBER.formatted(),
        "given_name": "Karin",
        "family_name": "Åström",
        "reason": "Remiss från medicin",
        "gender": "female",
        "language": "sv",
        "protection": "none",
    }
    answer = client.post(reverse("people:register"), typed)
    (line,) = reads.search_persons(cast.region_nurse, text="åström", number=None)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("contract:person", args=[line.id])


@pytest.mark.parametrize(
    "name", ["people:edit", "people:relatives", "people:proxies", "people:capacity"]
)
def test_pages_of_one_person(cast: Cast, karin: PersonDetail, name: str) -> None:
    assert "Karin Åström" in text_of(logged_in(cast.region_nurse), name, karin.id)
    relate(cast.municipal_nurse, karin)
    assert "Karin Åström" in text_of(logged_in(cast.municipal_nurse), name, karin.id)
    assert logged_in(cast.stranger).get(reverse(name, args=[karin.id])).status_code == 404


def test_a_protected_address_is_not_in_the_page_and_not_blanked_by_saving(cast: Cast) -> None:
    from samverka.access.rules import Protection
    from samverka.people.operations import PersonFacts

    hidden = make_person(
        cast.physician,
        PersonFacts(
            given_name="Mona", family_name="Ek", street="Hemliga gatan 1", town="Ås",
            protection=Protection.PROTECTED,
        ),
    )  # fmt: skip
    client = logged_in(cast.region_nurse)
    page = text_of(client, "people:edit", hidden.id)
    assert "Hemliga" not in page
    typed = {"given_name": "Mona", "family_name": "Eklund", "gender": "female", "language": "sv",
             "protection": "protected", "version": hidden.version}  # fmt: skip
    assert client.post(reverse("people:edit", args=[hidden.id]), typed).status_code == 302
    seen = reads.person(cast.physician, person_id=hidden.id)
    assert (seen.family_name, seen.street) == ("Eklund", "Hemliga gatan 1")


def test_two_who_edit_see_both_texts(cast: Cast, karin: PersonDetail) -> None:
    client = logged_in(cast.region_nurse)
    typed = {"given_name": "Karin", "family_name": "Åström", "gender": "female", "language": "sv",
             "protection": "none", "version": karin.version, "phone": "063-1"}  # fmt: skip
    assert client.post(reverse("people:edit", args=[karin.id]), typed).status_code == 302
    answer = client.post(reverse("people:edit", args=[karin.id]), typed | {"phone": "063-2"})
    assert answer.status_code == 409
    assert "063-1" in answer.content.decode()
    assert "063-2" in answer.content.decode()
