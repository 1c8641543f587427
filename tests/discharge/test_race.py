"""Two wards write the same person in at the same moment: one case, and the other is told where."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from samverka.discharge import operations as ops
from samverka.discharge.models import Case
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotNow
from tests.factories.cast import KARINS_NUMBER, NOW, Cast, county, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_wards_at_once() -> None:
    cast: Cast = county()
    karin = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    facts = ops.AdmissionFacts(admitted_at=NOW - timedelta(hours=1))
    start, said = Barrier(2), []

    def admit(actor: Actor) -> None:
        start.wait(timeout=10)
        try:
            said.append(ops.open_case(actor, person_id=karin.id, facts=facts).ward.name)
        except NotNow as refused:
            said.append(str(refused))
        finally:
            connection.close()

    wards = [Thread(target=admit, args=(one,)) for one in (cast.ward_nurse, cast.surgery_nurse)]
    for one in wards:
        one.start()
    for one in wards:
        one.join(timeout=30)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('samverka.persons', '*', false)")
    (only,) = Case.objects.select_related("unit")
    told, refused = sorted(said, key=len)
    assert told == only.unit.name
    assert refused.startswith(f"Personen är redan inskriven på {only.unit.name}.")
