"""The way of a plan that is made together: what is done, what is now, what is left."""

from __future__ import annotations

import pytest

from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.rules import PlanKind, Stage, way
from samverka.people.reads import PersonDetail
from tests.factories.browser import log_in
from tests.factories.cast import Cast


@pytest.mark.parametrize(
    ("consent", "prepared", "called", "met", "now", "done"),
    [
        (False, False, False, False, Stage.CONSENT, ""),
        (True, False, False, False, Stage.PREPARE, "consent"),
        (True, True, False, False, Stage.CALL, "consent prepare"),
        (True, True, True, False, Stage.MEET, "consent prepare call"),
        (True, True, False, True, Stage.ESTABLISH, "consent prepare call meet"),
        (False, True, True, False, Stage.CONSENT, "prepare call"),
        (False, False, False, True, Stage.CONSENT, "call meet"),
        (True, False, True, True, Stage.PREPARE, "consent call meet"),
        (True, True, True, True, Stage.ESTABLISH, "consent prepare call meet"),
        (False, True, False, False, Stage.CONSENT, "prepare"),
    ],
)  # fmt: skip
def test_the_first_that_is_left_is_now(
    consent: bool, prepared: bool, called: bool, met: bool, now: Stage, done: str
) -> None:
    found = way(consent=consent, prepared=prepared, called=called, met=met)
    assert [one.stage for one in found if one.state == "current"] == [now]
    assert " ".join(one.stage for one in found if one.state == "done") == done


def test_a_shared_draft_shows_its_way_and_an_own_plan_none(cast: Cast, karin: PersonDetail) -> None:
    nurse = cast.region_nurse
    sip = ops.start_plan(nurse, person_id=karin.id, kind=PlanKind.SIP)
    own = ops.start_plan(nurse, person_id=karin.id, kind=PlanKind.CARE)
    assert [one.state for one in sip.way] == ["current", "todo", "todo", "todo", "todo"]
    assert reads.plan(nurse, plan_id=own.id).way == ()
    page = log_in(nurse).get(f"/planer/{sip.id}/").content.decode()
    assert "Planens väg" in page
    assert f'href="/planer/{sip.id}/samtycke/"' in page
