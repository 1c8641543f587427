"""What is answered straight from the shelf is what the ordinary way answers, with the same line; and nothing more."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from samverka.access.rules import Protection
from samverka.audit.models import Event
from samverka.config import straight
from samverka.config.exchange import FHIR as ORDINARY
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Problem
from samverka.resources.models import Resource
from samverka.resources.rules.keys import HERE
from samverka.web.exchange import Shown, Wish
from tests.factories.cast import KARIN, Cast, make_person
from tests.house.furnished import House

pytestmark = pytest.mark.django_db

KINDS = ("Patient", "CarePlan", "Goal", "CareTeam", "Task", "Observation", "Communication")


def _new(_shown: Shown) -> bool:
    return False


def _staff(cast: Cast) -> list[Actor]:
    found = [getattr(cast, one.name) for one in fields(cast)]
    later = datetime.now(UTC)
    return [replace(one, at=later) for one in found if isinstance(one, Actor) and one.is_staff]


def _addresses() -> list[tuple[str, str]]:
    _see_all()
    rows = Resource.objects.filter(kind__in=KINDS)
    return [(one.kind, one.local_id if one.source in HERE else str(one.id)) for one in rows]


def _see_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('samverka.persons', '*', true)")


def _lines_after(last: int) -> list[Event]:
    _see_all()
    return list(Event.objects.filter(id__gt=last).order_by("id"))


def _last() -> int:
    _see_all()
    return Event.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _told(line: Event) -> tuple[Any, ...]:
    return (
        line.action, line.mode, line.outcome, line.actor_id, line.unit_id, line.purpose, line.person_id,
        line.object_type, line.object_ids, line.ground, sorted(line.detail),
    )  # fmt: skip


def _keep(house: House) -> None:
    weight = (
        '{"resourceType":"Observation","status":"final","code":{"text":"Vikt"},'
        f'"subject":{{"reference":"Patient/{house.karin.id}"}},"valueQuantity":{{"value":72.50}}}}'
    )
    nurse = replace(house.cast.region_nurse, at=datetime.now(UTC))
    ORDINARY.create(nurse, "Observation", weight.encode(), Wish())


def test_it_says_what_the_ordinary_way_says(house: House) -> None:
    answered: dict[str, int] = {}
    _keep(house)
    for actor in _staff(house.cast):
        for kind, key in _addresses():
            before = _last()
            found = straight.read_straight(actor, kind, key, _new)
            lines = _lines_after(before)
            if found is None:
                assert not lines, (actor.name, kind, key)
                continue
            before = _last()
            assert ORDINARY.read(actor, kind, key, _new) == found, (actor.name, kind, key)
            assert [_told(one) for one in lines] == [_told(one) for one in _lines_after(before)]
            answered[kind] = answered.get(kind, 0) + 1
    assert {"Patient", "CarePlan", "Observation"} <= answered.keys(), answered


def test_one_who_has_the_version_leaves_no_line(house: House) -> None:
    nurse = replace(house.cast.region_nurse, at=datetime.now(UTC))
    key = str(house.karin.id)
    before = _last()
    assert straight.read_straight(nurse, "Patient", key, lambda shown: shown.version != "0")
    assert not _lines_after(before)


def test_a_protected_person_goes_the_ordinary_way(house: House) -> None:
    hidden = make_person(house.cast.physician, replace(KARIN, protection=Protection.SECRECY_MARK))
    for actor, straight_on in ((house.cast.physician, True), (house.cast.region_nurse, False)):
        found = straight.read_straight(actor, "Patient", str(hidden.id), _new)
        assert (found is not None) == straight_on, actor.name


@pytest.mark.parametrize("key", ["x", "a" * 64, "00000000-0000-0000-0000-000000000000"])
def test_what_is_not_there_goes_the_ordinary_way(house: House, key: str) -> None:
    nurse = house.cast.region_nurse
    assert straight.read_straight(nurse, "Patient", key, _new) is None
    with pytest.raises(Problem):
        straight.read(nurse, "Patient", key, _new)
