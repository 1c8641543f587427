"""Nothing is told, by any way out, that the gate does not let the reader have; and what it lets is told."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from samverka.access import gate
from samverka.access.act import Act
from samverka.access.rules import Decision
from samverka.kernel.actor import Actor
from tests.connections.letting import make_client, make_token
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast
from tests.leaks.exits import NOWHERE, Asker, by_word, guesses, lists, same_as_nothing, words_in
from tests.leaks.world import CONDITIONS, KINDS, World, build, may_not_know, may_see

pytestmark = pytest.mark.django_db

OURS = "identifier=urn:word|"
"""What the world has written: rooms publish Tasks of their own."""

WHOLE = os.environ.get("SAMVERKA_WALK") == "1"
"""All readers and all tests of some worlds: minutes. Else three readers of one world."""
SEEDS = range(int(os.environ.get("SAMVERKA_LEAK_WORLDS", "2" if WHOLE else "1")))
walk = pytest.mark.skipif(not WHOLE, reason="minutes: SAMVERKA_WALK=1")


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def readers(world: World, seed: int) -> list[Actor]:
    """Those who ask."""
    every = list(world.readers)
    return every if WHOLE else random.Random(seed).sample(every, 3)


def every_word(world: World) -> set[str]:
    return {*world.words.values(), *(one for words in world.plans.values() for one in words)}


@walk
@pytest.mark.parametrize("seed", SEEDS)
def test_no_list_tells_more_than_the_gate(laid_county: Cast, seed: int) -> None:
    world = build(laid_county, seed)
    for reader in readers(world, seed):
        asker = Asker(log_in(reader))
        for path in lists(world):
            asker.ask("GET", path)
        told = words_in(asker.sent, every_word(world))
        allowed = may_see(world, reader)
        leaked = {one: told[one] for one in told.keys() - allowed}
        assert not leaked, (seed, reader.name, leaked)
        kept = set(world.words.values()) & allowed
        assert kept <= told.keys(), (seed, reader.name, "not told")


@walk
@pytest.mark.parametrize("seed", SEEDS)
def test_a_total_counts_only_what_the_reader_may_see(laid_county: Cast, seed: int) -> None:
    world = build(laid_county, seed)
    for reader in readers(world, seed):
        allowed, asker = may_see(world, reader), Asker(log_in(reader))
        for kind in KINDS:
            mine = [
                said for at, said in world.words.items() if at.startswith(kind) and said in allowed
            ]
            for path in (
                f"/{kind}?{OURS}&_count=0",
                f"/{kind}?{OURS}&_summary=count",
                f"/{kind}?{OURS}&_total=accurate&_count=1",
            ):
                assert asker.ask("GET", path).told["total"] == len(mine), (seed, reader.name, path)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_guess_at_what_is_hidden_is_answered_as_a_guess_at_nothing(
    laid_county: Cast, seed: int
) -> None:
    world = build(laid_county, seed)
    for reader in readers(world, seed):
        allowed, asker = may_see(world, reader), Asker(log_in(reader))
        hidden = may_not_know(world, reader)
        for at, _said in hidden[:: max(1, len(hidden) // 4)]:
            _same_as_nothing(asker, at)
        for at, said in hidden[:1]:
            one, nothing = (by_word(at, world.whose[at], each) for each in (said, NOWHERE))
            repeating = Asker(asker.client)  # its answers repeat the question, so the word
            same_as_nothing(repeating, one, nothing, (said, NOWHERE))
        told = words_in(asker.sent, every_word(world) - allowed)
        assert not told, (seed, reader.name, told)


def _same_as_nothing(asker: Asker, at: str) -> None:
    kind, key = at.split("/")
    nothing = str(uuid4())
    for there, gone in zip(guesses(kind, key), guesses(kind, nothing), strict=True):
        one, other = (
            asker.ask(method, path, body, **headers)
            for method, path, body, headers in (there, gone)
        )
        assert one.status == other.status, (one.what, one.body, other.body)
        assert _plain(one.body, key) == _plain(other.body, nothing), one.what


def _plain(body: str, key: str) -> str:
    return body.replace(key, "…")


@walk
def test_conditional_writes_tell_nothing_of_what_is_hidden(laid_county: Cast) -> None:
    world = build(laid_county, 7)
    for reader in world.readers:
        hidden = may_not_know(world, reader)[:3]
        asker = Asker(log_in(reader))
        for at, said in hidden:
            kind = at.split("/")[0]
            by = f"{kind}?identifier=urn:word|{said}"
            for method in ("DELETE", "GET"):
                there = asker.ask(method, f"/{by}")
                gone = asker.ask(method, f"/{kind}?identifier=urn:word|ordetnej")
                assert there.status == gone.status
            entry = {"request": {"method": "GET", "url": by}}
            asker.ask("POST", "/", {"resourceType": "Bundle", "type": "batch", "entry": [entry]})
        leaked = [
            one.what for one in asker.sent for at, _said in hidden if at.split("/")[1] in one.body
        ]
        assert not leaked, (reader.name, leaked)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_app_is_told_no_more_than_its_user_and_only_of_what_it_was_let_read(
    laid_county: Cast, seed: int
) -> None:
    world, dice = build(laid_county, seed), random.Random(seed)
    for reader in readers(world, seed):
        kinds = set(dice.sample([*KINDS, "CarePlan", "Goal"], 2))
        person = dice.choice([None, *(one.id for one in world.persons)])
        place, some = "patient" if person else "user", next(iter(sorted(kinds & {*KINDS})), "")
        asks = {one: f"?{CONDITIONS[one]}" for one in kinds & {some}}
        scopes = " ".join(f"{place}/{kind}.rs{asks.get(kind, '')}" for kind in sorted(kinds))
        app = make_client(reader.unit_id or uuid4(), scopes=scopes)
        token = make_token(app, reader, scopes, person_id=person)
        asker = Asker(Client(), {"Authorization": f"Bearer {token}"})
        for path in lists(world):
            asker.ask("GET", path)
        allowed = may_see(world, reader) & world.of(kinds, person)
        if asks:
            allowed -= world.unconfirmed(some)
        told = words_in(asker.sent, every_word(world))
        leaked = {one: told[one] for one in told.keys() - allowed}
        assert not leaked, (seed, reader.name, scopes, person, leaked)
        kept = set(world.words.values()) & allowed
        assert kept <= told.keys(), (seed, reader.name, scopes, "not told")


@walk
def test_the_test_itself_sees_a_leak(laid_county: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The filter and the decision on each row are taken away: that is noticed."""
    world = build(laid_county, 0)
    stranger: Actor = laid_county.stranger
    allowed = may_see(world, stranger)
    monkeypatch.setattr(gate, "visible", lambda _actor, _spec, queryset, *_more: queryset)
    monkeypatch.setattr(Act, "decide", lambda _act, _row: Decision(allowed=True))
    asker = Asker(log_in(stranger))
    for path in lists(world):
        asker.ask("GET", path)
    assert words_in(asker.sent, every_word(world)).keys() - allowed
