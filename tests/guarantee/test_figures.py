"""A month's waiting times: by unit and part, as they stood at its end, small numbers hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from samverka.guarantee import operations as ops
from samverka.guarantee import reads
from samverka.guarantee.rules import Cell, Kind, Part, Purpose
from samverka.guarantee.rules.showing import shown_cells
from samverka.kernel.hiding import SMALLEST
from samverka.kernel.problems import Invalid, NotAllowed
from samverka.people.operations import PersonFacts
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, make_person
from tests.guarantee.conftest import KNEE

DAY = timedelta(days=1)


def cell(unit: str, within: int, over: int, chosen: int = 0) -> Cell:
    days = ((10, within), (100, over))
    return Cell(
        month=date(2026, 11, 1), unit=unit, part=Part.VISIT, kind=Kind.DONE, within=within,
        over=over, chosen=chosen, subtracted=0, days=tuple(one for one in days if one[1]),
    )  # fmt: skip


def shown(*cells: Cell) -> list[int | None]:
    return [one.many for one in shown_cells(cells)]


def test_what_is_few_is_hidden_and_what_would_tell_it() -> None:
    assert shown(cell("a", 20, 9), cell("b", 12, 3), cell("c", 30, 0)) == [None, None, 30]
    assert shown(cell("a", 20, 9), cell("b", 12, 3)) == [None, None]
    assert shown(cell("a", 20, 9), cell("b", 12, 8), cell("c", 30, 0)) == [29, 20, 30]


def test_two_that_are_few_together_hide_a_third() -> None:
    """From the sum of all, three of two units are left: then either of them is few."""
    rows = shown(cell("a", 20, 9), cell("b", 2, 0), cell("c", 1, 0), cell("d", 40, 0))
    assert rows[1:3] == [None, None]
    assert rows.count(None) == 3


def test_a_month_as_it_stood_at_its_end(cast: Cast) -> None:
    nurse = cast.surgery_nurse
    for n in range(SMALLEST + 1):
        facts = PersonFacts(given_name=f"Nils {n}", family_name="Ek", county_code="23")
        person = make_person(nurse, facts)
        issued = NOW - (100 - n) * DAY
        told = replace(KNEE, referral_issued_at=issued, referral_received_at=issued)
        made = ops.start_wait(nurse, person_id=person.id, facts=told)
        ops.note_contact(nurse, wait_id=made.id, at=NOW - DAY, purpose=Purpose.FIRST_VISIT)
    october = reads.wait_figures(cast.analyst, month=date(2026, 10, 1))
    [row] = october.rows
    assert (row.kind, row.many, row.within) == (Kind.WAITING, 6, 6)
    november = reads.wait_figures(cast.analyst, month=date(2026, 11, 1))
    [row] = november.rows
    assert (row.kind, row.many, row.within) == (Kind.DONE, 6, 0)
    assert november.unfinished
    assert not reads.wait_figures(cast.analyst, month=date(2026, 1, 1)).rows
    page = log_in(cast.analyst).get("/vardgaranti/statistik/?manad=2026-10").content.decode()
    assert "Kirurgavdelningen" in page
    assert "100 %" in page
    table = log_in(cast.analyst).get("/vardgaranti/statistik.csv?manad=2026-10").content.decode()
    assert "2026-10;Kirurgavdelningen" in table
    assert "Nils" not in page + table


def test_who_may(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        reads.wait_figures(cast.log_reviewer, month=NOW.date())
    with pytest.raises(Invalid, match="inte börjat"):
        reads.wait_figures(cast.analyst, month=date(2027, 3, 1))
