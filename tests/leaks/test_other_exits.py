"""The exits that are no lists: files, notices, contracts, and answers to what one writes or asks by what one guesses."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.conf import LazySettings

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.careplans.models import Plan
from samverka.careplans.rules import PlanStatus
from samverka.config.bulk import exports
from samverka.config.exchange import FHIR
from samverka.config.exchange.operating import ROOMS
from samverka.config.subscribing import reach
from samverka.kernel.actor import Actor, Permission
from samverka.organisations import operations as organisations
from samverka.organisations.models import Provider
from samverka.rivta.rules import PLANS
from samverka.subscriptions import jobs, operations
from samverka.web.exchange import Call
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, system
from tests.leaks.exits import (
    NOWHERE,
    Asker,
    by_word,
    operations_on,
    same_as_nothing,
    writes_by_word,
)
from tests.leaks.test_leaks import SEEDS, every_word, readers, walk
from tests.leaks.world import KINDS, build, may_not_know, may_see, numbers
from tests.rivta.messages import SOURCE, about, inside, question, texts
from tests.subscriptions.conftest import asked, connected, subscribe

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@walk
@pytest.mark.parametrize("seed", SEEDS)
def test_a_word_that_is_guessed_is_answered_as_one_that_stands_nowhere(
    laid_county: Cast, seed: int
) -> None:
    world = build(laid_county, seed)
    for reader in readers(world, seed):
        asker, hidden = Asker(log_in(reader)), may_not_know(world, reader)
        for at, said in hidden[:: max(1, len(hidden) // 4)]:
            person, pair = world.whose[at], (said, NOWHERE)
            same_as_nothing(asker, by_word(at, person, said), by_word(at, person, NOWHERE), pair)
            nothing = f"{at.split('/')[0]}/{uuid4()}"
            keys = (at.split("/")[1], nothing.split("/")[1])
            same_as_nothing(asker, operations_on(at), operations_on(nothing), keys)
            there, gone = (writes_by_word(at, person, one) for one in pair)
            same_as_nothing(asker, there, gone, pair)


@walk
@pytest.mark.parametrize("seed", SEEDS)
def test_no_export_holds_more_than_the_gate(laid_county: Cast, seed: int) -> None:
    world = build(laid_county, seed)
    for reader in readers(world, seed):
        allowed, text = may_see(world, reader), exported(reader)
        told = {one for one in every_word(world) if one in text}
        assert told <= allowed, (seed, reader.name, told - allowed)
        assert set(world.words.values()) & allowed <= told, (seed, reader.name, "not told")


def exported(reader: Actor) -> str:
    """All files of an export of all that there is."""
    assert FHIR.operate is not None
    one = replace(reader, permissions=reader.permissions | {Permission.EXPORT})
    base = "https://s.example/fhir/R4"

    def ask(name: str, key: str = "") -> Any:
        headers = {"prefer": "respond-async"}
        return FHIR.operate(one, Call("GET", "", key, name, base=base, headers=headers))

    begun = ask("$export").headers["Content-Location"].rsplit("/", 1)[-1]
    exports.run(ROOMS.text)
    manifest = ask("$export-job", begun)
    assert manifest.status == 200, manifest.text
    files = [each["url"] for each in json.loads(manifest.text)["output"]]
    jobs_at = f"{base}/$export-job/"
    return "".join(ask("$export-job", each.removeprefix(jobs_at)).text.decode() for each in files)


@walk
@pytest.mark.parametrize("seed", SEEDS)
def test_no_notice_tells_of_more_than_the_gate(laid_county: Cast, seed: int) -> None:
    units = ("health_centre", "home_health", "assessment", "ward")
    told_to = [connected(laid_county, unit, f"s{n}") for n, unit in enumerate(units) if unit in laid_county.units]  # fmt: skip
    wishes = {
        one.id: [subscribe(one, asked(criteria=f"{kind}?"))["id"] for kind in (*KINDS, "CarePlan")]
        for one in told_to
    }
    world = build(laid_county, seed)
    jobs.spread(_clock)
    for reader in told_to:
        text = "".join(notices(reader, one) for one in wishes[reader.id])
        allowed = may_see(world, reader)
        for at, said in world.words.items():
            assert (at.split("/")[1] in text) <= (said in allowed), (seed, reader.name, at)
        told = {at for at in world.words if at.split("/")[1] in text}
        assert {at for at, said in world.words.items() if said in allowed} <= told, reader.name


def _clock() -> Actor:
    return replace(jobs.teller(), at=NOW)


def notices(reader: Actor, key: str) -> str:
    """All that is told to a socket, and what can be asked for again."""
    said = ""
    while (
        parcel := operations.take_notice(_clock(), subscription_id=UUID(key), reach=reach())
    ) is not None:
        said += parcel.body.decode()
        assert parcel.notice_id is not None
        operations.note_sent(_clock(), notice_id=parcel.notice_id)
    assert FHIR.operate is not None
    return said + FHIR.operate(reader, Call("GET", "Subscription", key, "$events", base="https://x/fhir/R4")).text.decode()  # fmt: skip


@walk
@pytest.mark.parametrize("seed", SEEDS)
def test_no_national_contract_tells_more_than_the_gate(
    laid_county: Cast, seed: int, settings: LazySettings
) -> None:
    settings.SAMVERKA_HSA_ID = SOURCE
    one = laid_county.units["health_centre"]
    organisations.register_unit(
        system(), provider_id=one.provider_id, name=one.name, kind=one.kind, hsa_id="SE2321000214-HC01", town=one.town,
        municipality_code=one.municipality_code, phone="063-1",
    )  # fmt: skip
    with act(system(), Action.ORGANISATION_EDIT) as this:
        Provider.objects.filter(id=one.provider_id).update(hsa_id="SE2321000214-VG01")
        this.note_general("Provider")
    world = build(laid_county, seed)
    with act(system(), Action.PLAN_EDIT) as this:
        Plan.objects.update(
            status=PlanStatus.ACTIVE, established_at=NOW, established_by="Lena Berg"
        )
        this.note_general("Plan")
    some = 0
    for reader in readers(world, seed):
        text = contracts(reader)
        told = {one for one in every_word(world) if one in text}
        assert told <= may_see(world, reader), (seed, reader.name, told)
        some += len(told)
    assert some


def contracts(reader: Actor) -> str:
    """What GetCarePlans says of all three, with what is packed in it."""
    client, said = log_in(reader), ""
    for one in numbers():
        sent = client.post("/rivta/GetCarePlans/2/rivtabp21", question(PLANS, about(one.value)), content_type="text/xml")  # fmt: skip
        said += sent.content.decode()
        if sent.status_code == 200:
            said += "".join(b64decode(each).decode() for each in texts(inside(sent.content), "value"))  # fmt: skip
    return said
