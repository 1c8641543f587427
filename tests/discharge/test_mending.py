"""What was said of a stay when it was opened, put right: who has decided, what sort of care, when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samverka.discharge import operations as ops
from samverka.discharge import reads
from samverka.discharge.reads import CaseDetail
from samverka.discharge.rules.messages import MessageKind
from samverka.discharge.rules.places import municipality_of
from samverka.discharge.rules.routing import Need
from samverka.kernel.problems import Invalid, NotAllowed
from tests.discharge.conftest import ADMITTED
from tests.discharge.test_sending import ready, send
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast

NAMES = {"2309": "Krokoms kommun", "2321": "Åre kommun", "2326": "Bergs kommun"}


@pytest.mark.parametrize(
    ("words", "code"),
    [("Åre", "2321"), ("åre kommun", "2321"), (" Bergs ", "2326"), ("Berg", "2326"),
     ("2321", "2321"), ("0180", "0180"), ("", "")],
)  # fmt: skip
def test_a_municipality_by_name_or_code(words: str, code: str) -> None:
    assert municipality_of(words, NAMES, "x") == code


@pytest.mark.parametrize("words", ["Årre", "232", "9900"])
def test_no_municipality_is_said(words: str) -> None:
    with pytest.raises(Invalid):
        municipality_of(words, NAMES, "x")


def test_what_is_found_out_later_is_written_down(cast: Cast, told: CaseDetail) -> None:
    client = log_in(cast.ward_nurse)
    address = f"/utskrivning/{told.id}/uppgifter/"
    assert address in client.get(f"/utskrivning/{told.id}/").content.decode()
    body = {"admitted_at": "2026-11-20T08:30", "psychiatric": "on", "help_kinds": ["lss"]}
    wrong = client.post(address, body | {"deciding_code": "Ankeborg"})
    assert "Ingen kommun här heter så" in wrong.content.decode()
    assert client.post(address, body | {"deciding_code": "2321"}).status_code == 302
    found = reads.case(cast.ward_nurse, case_id=told.id)
    assert found.admitted_at == ADMITTED - timedelta(hours=1)
    assert (found.psychiatric, found.deciding_code, found.help_kinds) == (
        True, "2321", (Need.LSS,)
    )  # fmt: skip
    assert "Placerad av" in client.get(f"/utskrivning/{told.id}/").content.decode()
    other = log_in(cast.needs_assessor)
    assert "Placerad av" not in other.get(f"/utskrivning/{told.id}/").content.decode()
    assert (other.get(address).status_code, other.post(address, body).status_code) == (403, 403)


def test_a_time_that_cannot_be_is_refused(cast: Cast, told: CaseDetail) -> None:
    ready(cast, told)
    with pytest.raises(Invalid, match="utskrivningsklar före"):
        ops.mend_stay(cast.ward_nurse, case_id=told.id, facts=ops.StayMended(admitted_at=NOW))
    with pytest.raises(NotAllowed, match="Bara avdelningen"):
        ops.mend_stay(
            cast.region_nurse, case_id=told.id, facts=ops.StayMended(admitted_at=ADMITTED)
        )


def test_home_leave_is_seen_on_the_case(cast: Cast, told: CaseDetail) -> None:
    def leave(days: int) -> CaseDetail:
        ends = (NOW + timedelta(days=days)).isoformat()
        body = {"leave_from": NOW.isoformat(), "leave_to": ends}
        return send(cast.ward_nurse, told, MessageKind.LEAVE, **body)

    with pytest.raises(Invalid, match="halvt år"):
        leave(400)
    assert leave(2).leave == (NOW, NOW + timedelta(days=2))
    assert reads.case(cast.at(cast.ward_nurse, days=3), case_id=told.id).leave is None
