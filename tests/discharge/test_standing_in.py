"""What the receiver does not read in time: the unit that stands in opens the case and receipts."""

from __future__ import annotations

from uuid import UUID

import pytest

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.discharge import operations as ops
from samverka.discharge import reads
from samverka.discharge.models import Copy
from samverka.discharge.reads import CaseDetail
from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.messages import MessageKind
from samverka.kernel.problems import NotAllowed, NotFound
from samverka.notices import operations as notices
from samverka.notices.reads import unit_tasks
from samverka.notices.rules import ALWAYS
from tests.discharge.test_sending import own_copy
from tests.factories.browser import log_in
from tests.factories.cast import Cast


@pytest.fixture
def arranged(cast: Cast) -> None:
    """Surgery stands in for the health centre, and another health centre after that."""
    notices.change_settings(
        cast.administrator, unit_id=cast.units["health_centre"].id, emails=[],
        stand_in_id=cast.units["surgery"].id, fallback_id=cast.units["other_centre"].id,
        week=ALWAYS, digest_hour=7, version=0,
    )  # fmt: skip


def test_the_stand_in_opens_the_case_and_receipts(
    cast: Cast, told: CaseDetail, arranged: None
) -> None:
    stand_in = cast.at(cast.surgery_nurse, hours=5)
    with pytest.raises(NotFound):
        reads.case(stand_in, case_id=told.id)
    ops.watch_copies(cast.at(cast.system, hours=5))
    assert told.id in {_case_in(one.address) for one in unit_tasks(stand_in)}
    (said,) = reads.case(stand_in, case_id=told.id).messages
    (copy,) = said.copies
    assert copy.unit_name == "Krokoms hälsocentral"
    assert copy.may_receipt
    assert not copy.may_return
    assert "Kvittera" in log_in(stand_in).get(f"/utskrivning/{told.id}/").content.decode()
    ops.receipt_copy(stand_in, copy_id=copy.id)
    row = Copy.objects.get(id=copy.id)
    assert row.fate == Fate.RECEIPTED
    assert row.receipted_by == f"{stand_in.name}, {stand_in.unit_name}"
    left = unit_tasks(cast.at(cast.region_nurse, hours=6))
    assert not [one for one in left if "kvittera" in str(one.verb)]


def _case_in(address: str) -> UUID:
    return UUID(address.split("/")[2])


def test_who_stands_in_takes_no_part_and_sends_nothing_back(
    cast: Cast, told: CaseDetail, arranged: None
) -> None:
    stand_in = cast.at(cast.surgery_nurse, hours=5)
    ops.watch_copies(cast.at(cast.system, hours=5))
    found = reads.case(stand_in, case_id=told.id)
    assert found.own_part is None
    assert not found.may_send
    copy = found.messages[0].copies[0].id
    with pytest.raises(NotAllowed):
        ops.return_copy(stand_in, copy_id=copy, reason="Inte vi")
    others = own_copy(cast.needs_assessor, told).id
    with pytest.raises((NotAllowed, NotFound)):
        ops.receipt_copy(stand_in, copy_id=others)


def test_the_last_in_the_chain_opens_it_too_and_nothing_is_done_twice(
    cast: Cast, told: CaseDetail, arranged: None
) -> None:
    last = cast.at(cast.stranger, hours=30)
    ops.watch_copies(cast.at(cast.system, hours=5))
    with pytest.raises(NotFound):
        reads.case(last, case_id=told.id)
    notices.send_on_unopened(cast.at(cast.system, hours=29))
    ops.watch_copies(cast.at(cast.system, hours=30))
    assert reads.case(last, case_id=told.id).messages[0].copies[0].may_receipt
    first = reads.case(cast.at(cast.surgery_nurse, hours=30), case_id=told.id)
    assert first.messages[0].copies[0].may_receipt  # its task stands too
    with act(cast.system, Action.CASE_WATCH) as this:
        this.unchanged()
        before = list(Copy.objects.order_by("id").values_list("stand_ins", "escalated_at"))
        assert ops.watch_copies(cast.at(cast.system, hours=30)) == 0
        assert list(Copy.objects.order_by("id").values_list("stand_ins", "escalated_at")) == before


def test_who_stood_in_reads_no_more_when_the_receiver_has_receipted(
    cast: Cast, told: CaseDetail, arranged: None
) -> None:
    stand_in, home = cast.at(cast.surgery_nurse, hours=5), cast.at(cast.region_nurse, hours=6)
    ops.watch_copies(cast.at(cast.system, hours=5))
    shown = log_in(stand_in).get(f"/utskrivning/{told.id}/").content.decode()
    assert "i stället för Krokoms hälsocentral" in shown
    assert "Det är inte till oss" not in shown  # only the receiver says so
    ops.receipt_copy(home, copy_id=own_copy(home, told).id)
    with pytest.raises(NotFound):
        reads.case(cast.at(cast.surgery_nurse, hours=7), case_id=told.id)
    assert reads.case(home, case_id=told.id).messages


def test_who_stood_in_and_receipted_reads_until_the_end(
    cast: Cast, told: CaseDetail, arranged: None
) -> None:
    stand_in = cast.at(cast.surgery_nurse, hours=5)
    ops.watch_copies(cast.at(cast.system, hours=5))
    copy = reads.case(stand_in, case_id=told.id).messages[0].copies[0]
    ops.receipt_copy(stand_in, copy_id=copy.id)
    later = cast.at(cast.surgery_nurse, hours=6)
    assert reads.case(later, case_id=told.id).messages
    letter = ops.Letter(body={"reason": "Fel person"})
    ops.send_message(
        cast.at(cast.ward_nurse, hours=7), case_id=told.id, kind=MessageKind.WITHDRAWN,
        letter=letter,
    )  # fmt: skip
    with pytest.raises(NotFound):
        reads.case(cast.at(cast.surgery_nurse, hours=8), case_id=told.id)
