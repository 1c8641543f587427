"""The physician's judgement by itself: nobody is a judgement too, and whoever is needed is told next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from samverka.discharge import reads
from samverka.discharge.reads import CaseDetail
from samverka.discharge.rules.kinds import Part, Track
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast

JUDGED = {"judged_by": "Per Överläkare", "judged_at": "2026-11-20T10:00"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def path(case: CaseDetail) -> str:
    return f"/utskrivning/{case.id}/bedomning/"


def test_the_board_and_the_case_lead_to_it(cast: Cast, case: CaseDetail) -> None:
    client = log_in(cast.ward_nurse)
    for where in ("/utskrivning/", f"/utskrivning/{case.id}/"):
        assert f'href="{path(case)}"' in client.get(where).content.decode()


def test_nobody_is_needed_and_the_step_is_done(cast: Cast, case: CaseDetail) -> None:
    client = log_in(cast.ward_nurse)
    answer = client.post(path(case), JUDGED)
    assert answer["Location"] == f"/utskrivning/{case.id}/"
    found = reads.case_view(cast.ward_nurse, case_id=case.id)
    assert (found.case.needs, found.case.needs_judged_by) == ((), "Per Överläkare")
    assert found.own is None or "kan behövas" not in str(found.own.verb)
    assert "Ingen mer än personen själv." in client.get(f"/utskrivning/{case.id}/").content.decode()


def test_who_is_needed_is_told_next_and_nothing_is_typed_twice(
    cast: Cast, case: CaseDetail
) -> None:
    client = log_in(cast.ward_nurse)
    chosen = {"parts": ["open-care", "social"], "sip_needed": "yes", "track": "red"}
    answer = client.post(path(case), JUDGED | chosen)
    assert answer["Location"] == f"/utskrivning/{case.id}/skicka/admission/"
    assert 'value="Per Överläkare"' in client.get(answer["Location"]).content.decode()
    found = reads.case(cast.ward_nurse, case_id=case.id)
    assert set(found.needs) == {Part.OPEN_CARE, Part.SOCIAL}
    assert (found.sip_needed, found.track) == (True, Track.RED)
    assert not found.messages


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"judged_by": ""}, "judged_by"),
        ({"judged_by": "  "}, "judged_by"),
        ({"judged_at": "2027-01-01T10:00"}, "Bedömningen ligger i framtiden."),
        ({"parts": ["ward"]}, "parts"),
    ],
)
def test_a_slip_is_said_and_nothing_is_kept(
    cast: Cast, case: CaseDetail, body: dict[str, object], said: str
) -> None:
    answer = log_in(cast.ward_nurse).post(path(case), JUDGED | {"track": "red"} | body)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert reads.case(cast.ward_nurse, case_id=case.id).needs_judged_at is None


def test_it_is_the_wards(cast: Cast, told: CaseDetail) -> None:
    nurse = log_in(cast.region_nurse)
    assert nurse.post(path(told), JUDGED).status_code == 403
    assert f'href="{path(told)}"' not in nurse.get(f"/utskrivning/{told.id}/").content.decode()
    stranger = log_in(cast.stranger)
    assert stranger.get(path(told)).status_code == 404
    assert stranger.post(path(told), JUDGED).status_code == 404


def test_psychiatric_care_is_put_right_there(cast: Cast, case: CaseDetail) -> None:
    client = log_in(cast.ward_nurse)
    for said in (True, False):
        client.post(path(case), JUDGED | ({"psychiatric": "on"} if said else {}))
        assert reads.case(cast.ward_nurse, case_id=case.id).psychiatric is said
        assert ("checked" in _box(client.get(path(case)).content.decode())) is said


def _box(page: str) -> str:
    found: list[str] = re.findall("<input[^>]*>", page)
    return next(one for one in found if 'name="psychiatric"' in one)


def test_a_time_in_the_nights_when_the_clocks_change(cast: Cast, case: CaseDetail) -> None:
    client = log_in(cast.ward_nurse)
    answer = client.post(path(case), JUDGED | {"judged_at": "2026-03-29T02:30"})
    assert answer.status_code == 422
    assert "så 2.30 fanns inte. Då var klockan 3.30." in answer.content.decode()
    client.post(path(case), JUDGED | {"judged_at": "2026-10-25T02:30"})
    judged = reads.case(cast.ward_nurse, case_id=case.id).needs_judged_at
    assert judged == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # the first of the two
