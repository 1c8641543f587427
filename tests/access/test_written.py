"""A part of a question is written once, and still answers each who asks, at any moment, in any place."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Exists, OuterRef, QuerySet

from samverka.access.models import Relation, Subject
from samverka.access.written import AT, PROVIDER, Written
from tests.factories.cast import NOW, county, make_person, relate

pytestmark = pytest.mark.django_db

times_made: list[str] = []


def known() -> Exists:
    """The provider has a relation to the person at the moment."""
    times_made.append("made")
    found: Any = Relation.objects.filter(since__lte=AT, provider_id=PROVIDER)
    return Exists(found.filter(person_id=OuterRef("person_id")))


def asked(provider: UUID | None, at: datetime) -> QuerySet[Any]:
    found: QuerySet[Any] = Subject.objects.annotate(
        known=Written(known, {"provider": provider, "at": at})
    )
    return found


def test_each_who_asks_gets_the_own_answer() -> None:
    cast = county()
    karin = make_person(cast.region_nurse)
    relate(cast.municipal_nurse, karin)
    region, municipality = cast.region_nurse.provider_id, cast.municipal_nurse.provider_id
    for provider, at, answer in (
        (region, NOW, True),
        (municipality, NOW, True),
        (cast.school_nurse.provider_id, NOW, False),
        (region, NOW - timedelta(days=1), False),
        (None, NOW, False),
        (region, NOW, True),
    ):
        assert asked(provider, at).get(person_id=karin.id).known is answer
        assert asked(provider, at).filter(known=True).exists() is answer
        # inside another question the row is called something else
        inside = asked(provider, at).filter(known=True).values("person_id")
        assert Relation.objects.filter(person_id__in=inside).exists() is answer
    assert len(times_made) <= 4, (
        "the text is made once for each name of the row, and once for its type"
    )
