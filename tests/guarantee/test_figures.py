"""A month's waiting times: by unit and part, as they stood at its end, small numbers hidden."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest

from samverka.guarantee import operations as ops
from samverka.guarantee import reads
from samverka.guarantee.reads import figures
from samverka.guarantee.rules import Cell, Kind, Part, Purpose
from samverka.guarantee.rules.showing import shown_cells
from samverka.kernel.hiding import SMALLEST
from samverka.kernel.problems import Invalid, NotAllowed
from samverka.people.operations import PersonFacts
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, make_person
from tests.guarantee.conftest import KNEE

DAY = timedelta(days=1)
LAST_MONTH = date(2026, 10, 1)


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


def test_what_is_hidden_is_neither_on_the_page_nor_in_the_files(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two units few are over the limit: all that is said of them is hidden, also what is many."""
    cells = (
        replace(cell("Gömda", 31337, 2), days=((7717, 31339),)),
        replace(cell("Dolda", 41414, 3), days=((8818, 41417),)),
        cell("Öppna", 20202, 20),
    )
    monkeypatch.setattr(figures, "count_cells", lambda _counted, _month: cells)
    secret = re.compile(r"31\s?33[79]|41\s?41[47]|7\s?717|8\s?818")
    client, leaks = log_in(cast.analyst), {}
    for ending in ("/", ".csv", ".xlsx"):
        body = client.get(f"/vardgaranti/statistik{ending}?manad=2026-10").content
        said = _unzipped(body) if ending == ".xlsx" else body.decode()
        assert "Gömda" in said
        assert "20222" in said  # what may be shown is there, so what is hidden would be
        leaks[ending] = secret.findall(said)
    assert leaks == {"/": [], ".csv": [], ".xlsx": []}


def _unzipped(body: bytes) -> str:
    """All that the parts of a workbook say."""
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return " ".join(book.read(one).decode() for one in book.namelist())


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
    december = cast.at(cast.analyst, hours=24 * 20)
    november = reads.wait_figures(december, month=date(2026, 11, 1))
    [row] = november.rows
    assert (row.kind, row.many, row.within) == (Kind.DONE, 6, 0)
    assert not reads.wait_figures(cast.analyst, month=date(2026, 1, 1)).rows
    client = log_in(cast.analyst)
    page = client.get("/vardgaranti/statistik/?manad=2026-10").content.decode()
    assert "Kirurgavdelningen" in page
    assert "100 %" in page
    table = client.get("/vardgaranti/statistik.csv?manad=2026-10").content.decode()
    assert "2026-10;Kirurgavdelningen" in table
    assert "Nils" not in page + table


def test_who_may(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        reads.wait_figures(cast.log_reviewer, month=LAST_MONTH)


@pytest.mark.parametrize("month", [NOW.date(), date(2027, 3, 1)])
def test_a_month_that_has_not_ended_has_no_figures(cast: Cast, month: date) -> None:
    """Seen yesterday and today, what was added would tell of one person."""
    with pytest.raises(Invalid, match="Månaden är inte slut"):
        reads.wait_figures(cast.analyst, month=month)


def test_the_page_begins_at_the_newest_month_that_has_ended(cast: Cast) -> None:
    client, months = log_in(cast.analyst), set()
    for asked in ("", "?manad=9999-12", "?manad=0001-01", "?manad=nonsens"):
        page = client.get(f"/vardgaranti/statistik/{asked}").content.decode()
        assert "Bara hela månader visas" in page
        assert "Månaden efter" not in page
        months |= set(re.findall(r"statistik\.csv\?manad=([\d-]+)", page))
    assert len(months) == 1
