"""Two who write by the same condition at the same moment: one makes it, the other finds it."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Event
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection

from samverka.config.exchange import FHIR, finding
from samverka.kernel.actor import Actor
from samverka.people.reads import PersonDetail
from samverka.web.exchange import Call, Stale, Wish
from tests.factories.cast import KARINS_NUMBER, NOW, county, make_person

SYSTEM = "https://example.org/flags"
CONDITION = f"identifier={SYSTEM}|1"

Way = Callable[[Actor, PersonDetail], bool]


def flag(karin: PersonDetail, **more: Any) -> bytes:
    return json.dumps(
        {
            "resourceType": "Flag",
            "identifier": [{"system": SYSTEM, "value": "1"}],
            "status": "active",
            "code": {"text": "Fallrisk"},
            "subject": {"reference": f"Patient/{karin.id}"},
            **more,
        }
    ).encode()


def create(actor: Actor, karin: PersonDetail) -> bool:
    return FHIR.create(actor, "Flag", flag(karin), Wish(unless=CONDITION)).made


def update(actor: Actor, karin: PersonDetail) -> bool:
    return FHIR.update_where(actor, "Flag", CONDITION, flag(karin), Wish()).made


def put_new(actor: Actor, karin: PersonDetail) -> bool:
    text = flag(karin, id="chosen")
    try:
        return FHIR.update(actor, "Flag", "chosen", text, Wish(new=True)).made
    except Stale:
        return False


def transaction(actor: Actor, karin: PersonDetail) -> bool:
    request = {"method": "POST", "url": "Flag", "ifNoneExist": CONDITION}
    entry = {"resource": json.loads(flag(karin)), "request": request}
    body = {"resourceType": "Bundle", "type": "transaction", "entry": [entry]}
    assert FHIR.bundle is not None
    answer = json.loads(FHIR.bundle(actor, Call("POST", text=json.dumps(body).encode())).text)
    return str(answer["entry"][0]["response"]["status"]).startswith("201")


PAIRS: tuple[tuple[Way, Way], ...] = (
    (create, create),
    (create, update),
    (transaction, create),
    (transaction, transaction),
    (put_new, put_new),
)


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_make_one() -> None:
    nurse = county(NOW).region_nurse
    karin = make_person(nurse, identity=KARINS_NUMBER)
    for ways in PAIRS:
        made = _both(nurse, karin, ways)
        assert sorted(made) == [False, True], ways
        found = FHIR.search(nurse, Call("GET", "Flag", given=(("patient", f"{karin.id}"),)))
        assert len(found.shown) == 1, ways
        FHIR.delete_where(nurse, "Flag", CONDITION)


def _both(actor: Actor, karin: PersonDetail, ways: tuple[Way, Way]) -> list[bool]:
    number, looked, found = count(1), Event(), finding.find_one

    def slow(*given: Any) -> Any:
        """Gives the other the time to look too, unless that one has to wait for its turn."""
        answer = found(*given)
        if next(number) == 2:
            looked.set()
        looked.wait(PATIENCE)
        return answer

    def one(way: Way) -> bool:
        try:
            return way(actor, karin)
        finally:
            connection.close()

    with (
        patch("samverka.config.exchange.writing.find_one", slow),
        patch("samverka.config.exchange.bundles.naming.find_one", slow),
        ThreadPoolExecutor(2) as both,
    ):
        return list(both.map(one, ways))


PATIENCE = 0.2  # seconds
