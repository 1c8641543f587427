"""How a unit wants its notices, and how its notices have been met."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from samverka.kernel.actor import Actor
from samverka.kernel.problems import Conflict, Invalid, NotAllowed, NotFound
from samverka.notices import operations as ops
from samverka.notices import reads
from samverka.notices.models import Task
from samverka.notices.rules import ALWAYS, TaskKind
from samverka.people.reads import PersonDetail
from tests.factories.cast import NOW, Cast
from tests.notices.conftest import Keep, wanted


def _change(cast: Cast, actor: Actor | None = None, **values: Any) -> reads.SettingsDetail:
    known: dict[str, Any] = {
        "unit_id": cast.units["health_centre"].id,
        "emails": ["vakt@halsocentralen.example"],
        "stand_in_id": cast.units["ward"].id,
        "fallback_id": None,
        "week": ((time(8), time(16, 30)),) * 5 + (None, None),
        "digest_hour": 6,
        "version": 0,
    }
    return ops.change_settings(actor or cast.administrator, **(known | values))


def test_until_someone_sets_something_the_digest_goes_at_seven(cast: Cast) -> None:
    found = reads.unit_settings(cast.administrator, unit_id=cast.units["health_centre"].id)
    assert (found.version, found.emails, found.week, found.digest_hour) == (0, (), ALWAYS, 7)


def test_what_is_set_is_read(cast: Cast) -> None:
    made = _change(cast)
    found = reads.unit_settings(cast.administrator, unit_id=made.unit_id)
    assert found == made
    assert (found.version, found.digest_hour, found.changed_by) == (1, 6, "Siv Alm")
    assert found.week[0] == (time(8), time(16, 30))
    assert found.week[6] is None


def test_two_who_change_at_the_same_time(cast: Cast) -> None:
    _change(cast)
    with pytest.raises(Conflict):
        _change(cast, digest_hour=9)
    assert _change(cast, digest_hour=9, version=1).version == 2


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"emails": ["inte en adress"]}, "emails"),
        ({"emails": [f"a{n}@b.example" for n in range(6)]}, "emails"),
        ({"digest_hour": 24}, "digest_hour"),
        ({"digest_hour": -1}, "digest_hour"),
        ({"week": ((time(9), time(8)),) + (None,) * 6}, "from_0"),
        ({"week": (None,) * 7}, "from_0"),
    ],
)
def test_what_cannot_be_meant_is_refused(cast: Cast, values: dict[str, Any], where: str) -> None:
    with pytest.raises(Invalid) as refused:
        _change(cast, **values)
    assert refused.value.where == where


def test_who_stands_in_is_another_unit_of_the_same_provider(cast: Cast) -> None:
    own, other = cast.units["health_centre"].id, cast.units["home_health"].id
    for name, where in (("stand_in_id", "stand_in"), ("fallback_id", "fallback")):
        for unit in (own, other):
            with pytest.raises(Invalid) as refused:
                _change(cast, None, **{name: unit})
            assert refused.value.where == where


def test_only_those_who_keep_the_organisation(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        _change(cast, cast.region_nurse)
    with pytest.raises(NotAllowed):
        reads.unit_settings(cast.region_nurse, unit_id=cast.units["health_centre"].id)
    for read in (reads.unit_settings, reads.unit_statistics):
        with pytest.raises(NotAllowed, match="egen organisation"):
            read(cast.administrator, unit_id=cast.units["home_health"].id)
        with pytest.raises(NotFound):
            read(cast.administrator, unit_id=cast.region_nurse.id)
    with pytest.raises(NotAllowed, match="egen organisation"):
        _change(cast, unit_id=cast.units["home_health"].id)


# ── numbers ──


def _statistics(cast: Cast, **passed: float) -> dict[TaskKind, tuple[int, int, int, int]]:
    lines = reads.unit_statistics(
        cast.at(cast.administrator, **passed), unit_id=cast.units["health_centre"].id
    )
    return {one.kind: (one.opened, one.shown, one.acted, one.ignored) for one in lines}


def test_shown_acted_and_ignored(cast: Cast, keep: Keep) -> None:
    """Five calls: taken, opened and answered, answered without the list, ended unread, sent on."""
    nurse = cast.region_nurse
    keys = ("taken", "opened", "answered", "unread", "sent-on")
    made = {key: keep(cast.municipal_nurse, wanted(nurse, key)) for key in keys}
    rows = {one.key: one for one in Task.objects.all()}
    ops.note_shown(nurse, task_ids=[rows["unread"].id])
    ops.take_task(nurse, task_id=rows["taken"].id)
    ops.note_seen(nurse, task_id=rows["opened"].id)
    keep(nurse, object_id=made["opened"])
    keep(nurse, object_id=made["answered"])
    keep(cast.municipal_nurse, object_id=made["unread"])
    ops.send_on_unopened(cast.at(cast.system, hours=9))
    assert _statistics(cast) == {TaskKind.CALL: (5, 4, 3, 2)}


def test_by_kind_and_month(cast: Cast, keep: Keep, karin: PersonDetail) -> None:
    earlier = cast.at(cast.municipal_nurse, days=-40)
    keep(earlier, wanted(cast.region_nurse))
    keep(cast.municipal_nurse, wanted(cast.region_nurse, "words", TaskKind.COMMENT))
    lines = reads.unit_statistics(cast.administrator, unit_id=cast.units["health_centre"].id)
    assert [(one.month, one.kind) for one in lines] == [
        (date(2026, 11, 1), TaskKind.COMMENT),
        (date(2026, 10, 1), TaskKind.CALL),
    ]
    long_ago = cast.at(cast.municipal_nurse, days=-400)
    keep(long_ago, wanted(cast.region_nurse))
    again = reads.unit_statistics(cast.administrator, unit_id=cast.units["health_centre"].id)
    assert again == lines


def test_the_month_is_swedens(cast: Cast, keep: Keep) -> None:
    """Half past midnight on the first of November in Sweden is still October in UTC."""
    back = NOW - (NOW.replace(day=1, hour=0, minute=0) - timedelta(minutes=30))
    nurse = cast.at(cast.municipal_nurse, seconds=-back.total_seconds())
    keep(nurse, wanted(cast.region_nurse))
    (line,) = reads.unit_statistics(cast.administrator, unit_id=cast.units["health_centre"].id)
    assert line.month == date(2026, 11, 1)
