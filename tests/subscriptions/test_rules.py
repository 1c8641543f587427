"""Pure: addresses, waits, filters, topics."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.kernel.problems import Invalid, NotAllowed
from samverka.resources.rules.definitions import parameters
from samverka.subscriptions.rules import (
    TOPICS,
    WAITS,
    Cause,
    Channel,
    Level,
    Topic,
    Wanted,
    check_address,
    check_wanted,
    fits,
    header_name,
    is_about,
    is_public,
    read_filters,
    topic_of,
    wait_after,
)
from samverka.subscriptions.rules.filters import MOST_LETTERS
from tests.factories.cast import NOW

INWARDS = [
    "127.0.0.1", "10.0.0.4", "172.16.3.3", "192.168.1.1", "169.254.169.254", "0.0.0.0", "::1", "fe80::1",
    "fc00::1", "::ffff:127.0.0.1", "::ffff:10.1.1.1", "2002:7f00:1::", "100.64.0.1", "224.0.0.1", "255.255.255.255",
    "::", "fe80::1%eth0", "64:ff9b::7f00:1",
]  # fmt: skip


@pytest.mark.parametrize("address", INWARDS)
def test_what_leads_inwards_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450:400f:80d::200e"])
def test_the_open_net_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/take", "https://127.0.0.1/", "https://[::1]/", "https://localhost/", "https://db.internal/",
        "ftp://example.org/", "https://", "example.org", "https://user:pass@example.org/", "https://example.org/\r\nX: y",
        "https://example.org:99999/", "https://[::1", "file:///etc/passwd", "https://0x7f000001/", "https://2130706433/",
        "https://exämple.org/",
    ],
)  # fmt: skip
def test_addresses_that_are_not_sent_to(url: str) -> None:
    with pytest.raises(Invalid):
        check_address(url, frozenset(), demo=False)


def test_addresses_that_are_sent_to() -> None:
    check_address("https://notis.example.org/fhir?x=1", frozenset(), demo=False)
    check_address("https://10.0.0.4/take", {"10.0.0.4"}, demo=False)
    check_address("http://notis.example.org/", frozenset(), demo=True)


@given(st.text(max_size=200))
def test_any_address_is_taken_or_refused_in_words(url: str) -> None:
    with suppress(Invalid):
        check_address(url, frozenset(), demo=False)
        assert url.startswith("https://")


def test_it_waits_longer_and_longer_and_at_last_stops() -> None:
    assert all(one < other for one, other in pairwise(WAITS))
    assert (WAITS[0], WAITS[-1]) == (timedelta(minutes=1), timedelta(hours=24))
    assert [wait_after(number) for number in range(1, len(WAITS) + 1)] == list(WAITS)
    assert wait_after(len(WAITS) + 1) is None


@pytest.mark.parametrize("topic", list(Topic))
def test_every_filter_of_a_topic_fits_its_types(topic: Topic) -> None:
    for name in TOPICS[topic].filters:
        assert all(name in parameters(kind) for kind in TOPICS[topic].kinds), name
    assert topic_of(topic.url) is topic
    assert topic_of(f"{topic.url}|1.0") is topic


def test_filters_judge_the_resource() -> None:
    plan = {
        "resourceType": "CarePlan",
        "status": "active",
        "subject": {"reference": "Patient/1"},
    }
    kinds = ("CarePlan", "Goal")
    for text, expected in {
        "CarePlan?status=active": True,
        "CarePlan?status=draft": False,
        "patient=Patient/1": True,
        "patient=Patient/2": False,
        "CarePlan?status=active&subject=Patient/2": False,
        "Goal?patient=Patient/1": False,
    }.items():
        assert fits(plan, read_filters(kinds, [text], NOW)) is expected, text
    assert fits(plan, [])


@pytest.mark.parametrize(
    "text",
    ["CarePlan?subject.name=Karin", "CarePlan?_has:Goal:x:y=1", "CarePlan?hittepå=1", "x" * (MOST_LETTERS + 1)],
)  # fmt: skip
def test_filters_that_reach_further_are_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_filters(("CarePlan",), [text], NOW)


def task(**owner: Any) -> dict[str, Any]:
    return {"resourceType": "Task", **({"owner": owner} if owner else {})}


def test_a_task_is_assigned_when_its_owner_is_new() -> None:
    told = Topic.TASK_ASSIGNED
    assert is_about(told, "Task", Cause.CHANGED, task(display="A"), None)
    assert is_about(told, "Task", Cause.CHANGED, task(display="B"), task(display="A"))
    assert not is_about(told, "Task", Cause.CHANGED, task(display="A"), task(display="A"))
    assert not is_about(told, "Task", Cause.CHANGED, task(), None)
    assert is_about(told, "Task", Cause.ASSIGNED, None, None)


def test_an_alert_is_raised_once() -> None:
    flag = {"resourceType": "Flag", "status": "active"}
    assert is_about(Topic.ALERT_RAISED, "Flag", Cause.CHANGED, flag, None)
    assert not is_about(Topic.ALERT_RAISED, "Flag", Cause.CHANGED, flag, flag)
    assert not is_about(
        Topic.ALERT_RAISED, "Flag", Cause.CHANGED, {**flag, "status": "inactive"}, flag
    )
    said = {"resourceType": "Communication", "status": "completed"}
    alert = said | {"category": [{"coding": [{"code": "alert"}]}]}
    assert not is_about(Topic.ALERT_RAISED, "Communication", Cause.CHANGED, said, None)
    assert is_about(Topic.ALERT_RAISED, "Communication", Cause.CHANGED, alert, said)


@pytest.mark.parametrize(
    "line",
    ["Host: x", "content-length: 3", "utan kolon", "X: y\r\nZ: å", "X y: z", "X: " + "y" * 5000, "Upgrade: x"],
)  # fmt: skip
def test_headers_that_are_not_taken(line: str) -> None:
    with pytest.raises(Invalid):
        header_name(line)


def wanted(**more: Any) -> Wanted:
    given = {"criteria": Topic.PLAN_CHANGED.url, "topic": Topic.PLAN_CHANGED, "filters": (),
             "channel": Channel.REST_HOOK, "endpoint": "https://notis.example.org/"}  # fmt: skip
    return Wanted(**(given | more))


def check(one: Wanted, *, full: bool = False) -> None:
    check_wanted(one, at=NOW, allowed=frozenset(), demo=False, full=full)


def test_whole_resources_leave_only_where_the_county_has_said_so() -> None:
    with pytest.raises(NotAllowed):
        check(wanted(level=Level.FULL))
    check(wanted(level=Level.FULL), full=True)


@pytest.mark.parametrize(
    "more",
    [
        {"media": "application/fhir+xml"}, {"heartbeat": 1}, {"end_at": NOW}, {"endpoint": ""},
        {"headers": tuple(f"X-{number}: 1" for number in range(11))}, {"filters": ("Task?status=x",)},
        {"filters": ("patient=1",) * 11}, {"criteria": "Hittepå?x=1", "topic": None},
    ],
)  # fmt: skip
def test_what_cannot_be_had_is_refused_in_words(more: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        check(wanted(**more))
