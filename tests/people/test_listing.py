"""Where a person is listed: the person's choice, one at a time, twice a year (HSL 7:3–3 c)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from samverka.access.models import Relation
from samverka.access.rules import Protection, RelationKind
from samverka.kernel.problems import NotFound, NotNow
from samverka.people import operations, reads
from samverka.people.operations import PersonFacts
from samverka.people.reads import PersonDetail
from samverka.people.rules import check_listing
from tests.factories.cast import NOW, Cast, make_person, relate
from tests.factories.login import logged_in

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("changes", "reason", "may"),
    [
        ([], "", True),
        ([date(2026, 1, 1)], "", True),
        ([date(2026, 1, 1), date(2026, 2, 1)], "", False),
        ([date(2026, 1, 1), date(2026, 2, 1)], "Flyttat till dottern", True),
        ([date(2025, 3, 1), date(2026, 2, 1)], "", True),  # a year ago to the day is past
        ([date(2025, 3, 2), date(2026, 2, 1)], "", False),
        ([date(2026, 2, 1), date(2026, 3, 1)], "  ", False),
    ],
)
def test_twice_in_a_year(changes: list[date], reason: str, may: bool) -> None:
    if may:
        check_listing(changes, TODAY, reason)
    else:
        with pytest.raises(NotNow, match="särskilda skäl"):
            check_listing(changes, TODAY, reason)


@pytest.fixture(autouse=True)
def _friday() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.region_nurse)


@pytest.mark.django_db
class TestListing:
    def test_the_person_is_listed_here_and_it_is_kept(self, cast: Cast, karin: PersonDetail):
        done = operations.list_person(cast.region_nurse, person_id=karin.id)
        assert done.listed_unit.id == cast.region_nurse.unit_id
        (line,) = reads.person_listings(cast.region_nurse, person_id=karin.id).listings
        assert (line.unit_name, line.until) == (cast.region_nurse.unit_name, None)
        with pytest.raises(NotNow, match="redan listad här"):
            operations.list_person(cast.region_nurse, person_id=karin.id)

    def test_only_a_health_centre_lists(self, cast: Cast, karin: PersonDetail):
        relate(cast.municipal_nurse, karin)
        with pytest.raises(NotNow, match="hälsocentral"):
            operations.list_person(cast.municipal_nurse, person_id=karin.id)

    def test_a_stranger_learns_nothing(self, cast: Cast, karin: PersonDetail):
        with pytest.raises(NotFound):
            operations.list_person(cast.stranger, person_id=karin.id)

    def test_the_relation_by_listing_moves(self, cast: Cast, karin: PersonDetail):
        operations.list_person(cast.region_nurse, person_id=karin.id)
        listed = Relation.objects.filter(person_id=karin.id, kind=RelationKind.LISTED, until=None)
        assert [one.unit_id for one in listed] == [cast.region_nurse.unit_id]

    def test_the_page(self, cast: Cast, karin: PersonDetail):
        client = logged_in(cast.region_nurse)
        address = f"/personer/{karin.id}/listning/"
        assert "Ingen listning är noterad." in client.get(address).content.decode()
        assert client.post(address, {"special_reason": ""}).status_code == 302
        assert "sedan" in client.get(address).content.decode()
        again = client.post(address, {"special_reason": "Vill byta"})
        assert again.status_code == 422
        assert "Vill byta" in again.content.decode()
        assert logged_in(cast.stranger).get(address).status_code == 404

    def test_a_protected_persons_health_centre_is_not_told(self, cast: Cast):
        facts = PersonFacts("Anna", "Berg", protection=Protection.PROTECTED)
        anna = operations.register_person(cast.region_nurse, number=None, facts=facts)
        operations.list_person(cast.region_nurse, person_id=anna.id)
        assert reads.person_listings(cast.region_nurse, person_id=anna.id).listings == ()

    def test_a_third_change_within_a_year(self, cast: Cast, karin: PersonDetail):
        """Each at a health centre of its own; the third asks for a reason."""
        from samverka.people.models import Listing

        nurse = cast.region_nurse
        operations.list_person(nurse, person_id=karin.id)
        mine = Listing.objects.filter(person_id=karin.id)
        days = [timedelta(days=400), timedelta(days=60), timedelta(days=30)]
        _pretend(nurse, karin, days)
        with pytest.raises(NotNow, match="särskilda skäl"):
            operations.list_person(nurse, person_id=karin.id)
        operations.list_person(nurse, person_id=karin.id, special_reason="Flyttat till dottern")
        assert mine.filter(until=None).count() == 1
        assert mine.get(until=None).special_reason == "Flyttat till dottern"


def _pretend(nurse, karin: PersonDetail, ago: list[timedelta]) -> None:
    """Listings of the past at another unit, in an act as the demo's past has them."""
    from samverka.access.act import act
    from samverka.access.actions import Action
    from samverka.organisations.models import Unit
    from samverka.people.models import Listing, Person

    other = Unit.objects.exclude(id=nurse.unit_id).first()
    with act(nurse, Action.PERSON_EDIT) as this:
        person = this.row(Person.objects, lock=True, id=karin.id)
        Listing.objects.filter(person=person).update(
            since=nurse.at - ago[0], until=nurse.at - ago[1]
        )
        for start, end in ((ago[1], ago[2]), (ago[2], None)):
            Listing(
                person=person, unit=other, since=nurse.at - start,
                until=nurse.at - end if end else None, noted_by="x",
            ).save(force_insert=True)  # fmt: skip
        person.listed_unit = other
        person.save()
        this.note(person)
