"""Which files take long, so that they are begun first: nobody waits at the end for a worker with one of them.

A file that is not here is short. Rounded seconds on one core; only the order matters, so a number that
has grown old does no harm.
"""

from __future__ import annotations

import os

import pytest

WALKS = frozenset(
    {
        "demo/test_play.py",
        "demo/test_same_twice.py",
        "journeys/test_demo.py",
        "journeys/test_rare.py",
        "journeys/test_ways.py",
    }
)
"""Walks of minutes over the whole demo county: with SAMVERKA_WALK=1. The whole run must stay under twenty minutes on two cores."""

LENGTHS: dict[str, int] = {
    "house/test_every_door.py": 110,
    "journeys/test_demo.py": 90,
    "journeys/test_rare.py": 65,
    "journeys/test_discharge.py": 58,
    "config/test_demo.py": 56,
    "demo/test_build.py": 45,
    "access/test_gate_agrees.py": 44,
    "journeys/test_whole_way.py": 40,
    "config/test_running.py": 40,
    "house/test_queries.py": 32,
    "demo/test_same_twice.py": 29,
    "house/test_trail.py": 25,
    "journeys/test_one_plan.py": 23,
    "journeys/test_meeting.py": 23,
    "journeys/test_who_may.py": 22,
    "demo/test_play.py": 20,
    "journeys/test_ways.py": 19,
    "discharge/test_walk.py": 18,
    "house/test_net.py": 17,
    "journeys/test_alive.py": 15,
    "config/test_postgres.py": 14,
    "indicators/measures/test_spark.py": 14,
    "journeys/test_look.py": 13,
    "journeys/test_asking.py": 13,
    "web/test_session.py": 11,
    "web/test_english.py": 10,
}


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0].removeprefix("tests/")


def skip_walks(items: list[pytest.Item]) -> None:
    """Leave the walks out unless they are asked for."""
    if os.environ.get("SAMVERKA_WALK") == "1":
        return
    skipped = pytest.mark.skip(reason="minutes: SAMVERKA_WALK=1")
    for item in items:
        if _file(item) in WALKS:
            item.add_marker(skipped)


def longest_first(items: list[pytest.Item]) -> None:
    """Sort by file; the tests of a file keep their order."""
    items.sort(key=lambda item: -LENGTHS.get(_file(item), 0))
