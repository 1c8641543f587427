"""The basis for invoices: made, seen by the right ones, contested, decided, sent, and the same again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.operations import set_county_value
from samverka.audit.models import Event
from samverka.discharge import operations as ops
from samverka.discharge import reads
from samverka.discharge.models import BasisStay, Case, InvoiceBasis
from samverka.discharge.reads import BasisDetail
from samverka.discharge.reads.figure_records import stay_records
from samverka.discharge.reads.liability_facts import stay_facts
from samverka.discharge.rules import invoicing, liability
from samverka.discharge.rules.figures import ready_days
from samverka.discharge.rules.invoicing import BasisStatus
from samverka.discharge.rules.liability import Period, Terms, settle, take_snapshot
from samverka.kernel.parameters import Key
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.people import operations as people
from samverka.people.reads import PersonDetail
from tests.discharge.rows import write_stay
from tests.discharge.stays import LATER, at, stay
from tests.discharge.test_liability_rows import KROKOM, _moved
from tests.factories.cast import KARIN, Cast, make_person

MARCH = date(2023, 3, 1)


def given(sent: str, discharged: str | None, **changes: object) -> liability.StayFacts:
    return _moved(stay(sent, discharged, **changes))


@pytest.fixture
def row(cast: Cast, karin: PersonDetail) -> Case:
    """W2: one day counts, 10 500 kronor."""
    return write_stay(cast, karin, given("2023-03-06 10:00", "2023-03-10"))


def make(cast: Cast, month: date = MARCH) -> BasisDetail:
    return ops.make_basis(cast.economist, municipality_code=KROKOM, month=month)


def test_a_month_is_reckoned(cast: Cast, row: Case) -> None:
    made = make(cast)
    assert (made.head.municipality, made.head.status) == ("Krokoms kommun", BasisStatus.DRAFT)
    assert (made.head.days, made.head.kronor) == (Decimal(1), Decimal(10500))
    (line,) = made.lines
    assert (line.number, line.paid, line.kronor) == (row.number, 1, Decimal(10500))
    assert (line.name, line.told_on) == ("", date(2023, 3, 6))
    assert [one.day.isoformat() for one in line.days if one.counted] == ["2023-03-09"]
    assert all(one.why for one in line.days)
    assert any("hem" in str(note) for note in line.notes)  # the day of discharge: said on the page
    assert made.holds is True
    assert make(cast, date(2023, 4, 1)).lines == ()


def test_everyone_in_it_has_a_line_in_the_log(cast: Cast, row: Case) -> None:
    made = make(cast)
    before = Event.objects.filter(person_id=str(row.person_id), action="basis.read").count()
    reads.basis(cast.municipal_economist, basis_id=made.head.id)
    after = Event.objects.filter(person_id=str(row.person_id), action="basis.read").count()
    assert after == before + 1


def test_no_name_but_for_one_who_may_read_the_case(
    cast: Cast, row: Case, karin: PersonDetail
) -> None:
    made = make(cast)
    for actor in (cast.economist, cast.municipal_economist, cast.municipal_manager):
        (line,) = reads.basis(actor, basis_id=made.head.id).lines
        assert line.name == "", actor.name
    manager = replace(
        cast.municipal_manager,
        unit_id=cast.ward_nurse.unit_id,
        provider_id=cast.ward_nurse.provider_id,
        side=cast.ward_nurse.side,
    )
    assert reads.basis(manager, basis_id=made.head.id).lines[0].name == karin.name


def test_a_municipality_sees_its_own(cast: Cast, row: Case) -> None:
    made = make(cast)
    for actor in (cast.municipal_economist, cast.municipal_manager):
        assert reads.basis(actor, basis_id=made.head.id).head.id == made.head.id
        assert [one.code for one in reads.bases(actor).rows] == [KROKOM]
    assert {one.code for one in reads.bases(cast.economist).rows} >= {KROKOM, "2321"}
    elsewhere = replace(cast.municipal_economist, unit_id=cast.other_municipality.unit_id)
    with pytest.raises(NotFound):
        reads.basis(elsewhere, basis_id=made.head.id)
    with pytest.raises(NotFound):
        ops.contest_case(elsewhere, basis_id=made.head.id, case_id=row.id, reason="Inte vår.")
    for actor in (cast.stranger, cast.ward_nurse, cast.administrator):
        with pytest.raises(NotAllowed):
            reads.basis(actor, basis_id=made.head.id)


def test_only_the_region_makes_decides_and_sends(cast: Cast, row: Case) -> None:
    made = make(cast)
    own = cast.municipal_economist
    with pytest.raises(NotAllowed):
        ops.make_basis(own, municipality_code=KROKOM, month=MARCH)
    with pytest.raises(NotAllowed):
        ops.lock_basis(own, basis_id=made.head.id)
    with pytest.raises(NotAllowed):
        ops.set_rate(own, year=2024, kronor=11600, source="HSLF-FS")
    with pytest.raises(NotAllowed):
        ops.contest_case(cast.economist, basis_id=made.head.id, case_id=row.id, reason="Nej")
    with pytest.raises(NotAllowed):
        ops.contest_case(
            cast.municipal_manager, basis_id=made.head.id, case_id=row.id, reason="Nej"
        )


def _contested(cast: Cast, row: Case, made: BasisDetail) -> reads.ObjectionDetail:
    found = ops.contest_case(
        cast.municipal_economist,
        basis_id=made.head.id,
        case_id=row.id,
        reason="Vi fick ingen kallelse.",
    )
    return found.lines[0].objections[0]


def test_an_objection_that_is_upheld_takes_away_the_days(cast: Cast, row: Case) -> None:
    made = make(cast)
    against = _contested(cast, row, made)
    with pytest.raises(NotNow, match="redan bestridet"):
        _contested(cast, row, made)
    with pytest.raises(NotNow, match="bestridit"):
        ops.lock_basis(cast.economist, basis_id=made.head.id)
    with pytest.raises(NotAllowed):
        ops.decide_objection(
            cast.municipal_economist, objection_id=against.id, upheld=True, words="Ja"
        )
    with pytest.raises(Invalid):
        ops.decide_objection(cast.economist, objection_id=against.id, upheld=True, words=" ")
    found = ops.decide_objection(
        cast.economist, objection_id=against.id, upheld=True, words="Det stämmer."
    )
    assert (found.head.days, found.head.kronor) == (Decimal(0), Decimal(0))
    assert "fått rätt" in str(found.lines[0].days[-2].why)
    with pytest.raises(NotNow, match="redan avgjord"):
        ops.decide_objection(cast.economist, objection_id=against.id, upheld=False, words="Nej")


def test_an_objection_that_is_turned_down_leaves_them(cast: Cast, row: Case) -> None:
    made = make(cast)
    against = _contested(cast, row, made)
    found = ops.decide_objection(
        cast.economist, objection_id=against.id, upheld=False, words="Kallelsen kom den 7 mars."
    )
    assert (found.head.days, found.lines[0].objections[0].upheld) == (Decimal(1), False)
    assert _contested(cast, row, made).reason  # new facts may be told later


def test_what_was_sent_never_changes_and_a_new_one_puts_it_right(cast: Cast, row: Case) -> None:
    made = make(cast)
    sent = ops.lock_basis(cast.economist, basis_id=made.head.id)
    assert (sent.head.status, sent.head.locked_by) == (BasisStatus.LOCKED, cast.economist.name)
    kept = InvoiceBasis.objects.values().get(id=made.head.id)
    stays = list(BasisStay.objects.filter(basis_id=made.head.id).values())
    with pytest.raises(NotNow, match="redan skickat"):
        ops.lock_basis(cast.economist, basis_id=made.head.id)
    against = _contested(cast, row, made)
    assert ops.decide_objection(
        cast.economist, objection_id=against.id, upheld=True, words="Ni har rätt."
    ) is None  # fmt: skip
    ops.set_rate(cast.economist, year=2023, kronor=99, source="Fel")
    with act(cast.ward_nurse, Action.CASE_EDIT) as this:
        this.note(row)
        Case.objects.filter(id=row.id).update(discharged_at=at("2023-03-25 12:00"))
    again = make(cast)
    assert (again.head.number, again.head.kronor) == (2, Decimal(0))
    assert (again.former.id, again.former.kronor) == (made.head.id, Decimal(10500))
    assert InvoiceBasis.objects.values().get(id=made.head.id) == kept
    assert list(BasisStay.objects.filter(basis_id=made.head.id).values()) == stays
    old = reads.basis(cast.economist, basis_id=made.head.id)
    assert (old.head.kronor, old.lines[0].paid, old.holds) == (Decimal(10500), 1, True)


def test_a_sum_that_was_tampered_with_is_seen(cast: Cast, row: Case) -> None:
    made = make(cast)
    with act(cast.economist, Action.BASIS_EDIT) as this:
        this.note_general("InvoiceBasis")
        kept = BasisStay.objects.get(basis_id=made.head.id)
        kept.facts["discharged_at"] = "2023-03-14T10:00:00+00:00"
        kept.save()
    assert reads.basis(cast.economist, basis_id=made.head.id).holds is False


def test_a_year_without_an_amount_has_days_and_no_kronor(cast: Cast, karin: PersonDetail) -> None:
    write_stay(cast, karin, given("2025-03-03 10:00", "2025-03-07"))
    made = make(cast, date(2025, 3, 1))
    assert (made.head.days, made.head.kronor) == (Decimal(1), None)
    assert "2025" in str(made.refusal)
    line = ops.set_rate(cast.economist, year=2025, kronor=12000, source="HSLF-FS 2024:1")
    assert (line.rate.amount, line.set_by) == (Decimal(12000), cast.economist.name)
    assert make(cast, date(2025, 3, 1)).head.kronor == Decimal(12000)


@pytest.mark.parametrize(
    ("year", "kronor", "source"),
    [(2017, 9000, "x"), (2100, 9000, "x"), (2024, 0, "x"), (2024, -5, "x"),
     (2024, 100_001, "x"), (2024, 9000, "  ")],
)  # fmt: skip
def test_an_amount_that_cannot_be(cast: Cast, year: int, kronor: int, source: str) -> None:
    with pytest.raises(Invalid):
        ops.set_rate(cast.economist, year=year, kronor=kronor, source=source)


def test_a_month_that_is_not_over_cannot_be_sent(cast: Cast) -> None:
    now = date(2026, 11, 1)
    made = make(cast, now)
    assert made.preliminary
    with pytest.raises(NotNow, match="inte slut"):
        ops.lock_basis(cast.economist, basis_id=made.head.id)
    with pytest.raises(NotNow, match="inte börjat"):
        make(cast, date(2026, 12, 1))
    with pytest.raises(NotNow, match="gäller från"):
        make(cast, date(2017, 12, 1))
    with pytest.raises(Invalid, match="fyra siffror"):
        ops.make_basis(cast.economist, municipality_code="23", month=now)


W23 = ("2023-03-01", "2023-03-05"), ("2023-03-06", "2023-03-13"), ("2023-03-15", "2023-03-15")


@pytest.mark.parametrize("model", ["average", "statute"])
def test_averages_from_rows_come_back_from_their_two_parts(
    model: str, cast: Cast, karin: PersonDetail
) -> None:
    """W23, W24: the average's days, and a snapshot that was taken apart is the same when joined."""
    facts = [given(f"{sent} 09:00", gone) for sent, gone in W23]
    known = []
    for one in facts:
        made = write_stay(cast, karin, one)
        found = stay_facts(Case.objects.filter(id=made.id))
        known.append(found[0].facts)
    terms = Terms(model=liability.Model(model), threshold=Decimal("3.0"))
    period = liability.period_of(MARCH, terms.period)
    settled = settle(known, terms, liability.KNOWN_RATES, period, as_of=LATER)
    if model == "average":
        average = settled.bases[0].average
        assert (average.days, average.value) == (11, Decimal("3.67"))
        assert average.excess == Decimal("2.01")
    snapshot = take_snapshot(settled, known)
    parted = invoicing.part_snapshot(snapshot)
    assert not any(one.stay_id in str(parted.whole) for one in known)
    joined = invoicing.join_snapshot(parted.whole, list(parted.stays.values()))
    assert joined == snapshot
    assert liability.holds_good(joined)


def test_open_care_was_not_ready(cast: Cast, karin: PersonDetail) -> None:
    row = write_stay(cast, karin, given("2026-11-09 10:00", None))
    noted = ops.note_blocked(
        cast.ward_nurse, case_id=row.id, first=date(2026, 11, 13), last=None,
        reason="Ingen läkare som tar över",
    )  # fmt: skip
    days = reads.case_view(cast.ward_nurse, case_id=row.id).days
    assert [one.counted for one in days.runs if one.first == date(2026, 11, 13)] == [False]
    assert any("öppna vård" in str(one.why) for one in days.runs)
    with pytest.raises(Invalid, match="slutar innan"):
        ops.end_blocked(cast.ward_nurse, hindrance_id=noted.id, last=date(2026, 11, 12))
    ended = ops.end_blocked(cast.ward_nurse, hindrance_id=noted.id, last=date(2026, 11, 14))
    assert (ended.last, ended.may_end) == (date(2026, 11, 14), False)
    with pytest.raises(NotNow, match="redan avslutat"):
        ops.end_blocked(cast.ward_nurse, hindrance_id=noted.id, last=date(2026, 11, 15))
    with pytest.raises(NotFound):
        ops.note_blocked(
            cast.stranger, case_id=row.id, first=date(2026, 11, 13), last=None, reason="x"
        )


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        (date(2026, 11, 1), None, "x"),  # before the admission
        (date(2026, 12, 1), None, "x"),  # ahead
        (date(2026, 11, 13), date(2026, 12, 1), "x"),
        (date(2026, 11, 13), date(2026, 11, 12), "x"),
        (date(2026, 11, 13), None, "  "),
    ],
)
def test_a_hindrance_that_cannot_be(
    first: date, last: date | None, reason: str, cast: Cast, karin: PersonDetail
) -> None:
    row = write_stay(cast, karin, given("2026-11-09 10:00", None))
    with pytest.raises(Invalid):
        ops.note_blocked(cast.ward_nurse, case_id=row.id, first=first, last=last, reason=reason)


def test_nights_after_death_are_not_paid_for(cast: Cast, karin: PersonDetail) -> None:
    """Died on Friday, and the ward ended the case the next Wednesday."""
    row = write_stay(cast, karin, given("2023-03-06 10:00", None))
    with act(cast.ward_nurse, Action.CASE_EDIT) as this:
        this.note(row)
        Case.objects.filter(id=row.id).update(
            status="closed", close_reason="died", closed_at=at("2023-03-15 10:00")
        )
    assert make(cast).head.days == Decimal(6)  # the 9th to the 14th
    people.edit_person(
        cast.region_nurse, person_id=karin.id, version=karin.version,
        facts=replace(KARIN, deceased_on=date(2023, 3, 10)),
    )  # fmt: skip
    made = make(cast)
    assert (made.head.days, made.lines[0].discharged_on) == (Decimal(1), date(2023, 3, 10))
    with act(cast.economist, Action.BASIS_EDIT) as this:
        this.note_general("Case")
        (counted,) = stay_records("23", Period(MARCH, date(2023, 3, 31)))
    assert [one.day for one in ready_days(counted, date(2023, 4, 1))] == [7, 8, 9, 10]


def test_of_those_it_has_no_part_in_a_municipality_is_told_nothing(
    cast: Cast, row: Case, karin: PersonDetail
) -> None:
    """Neither of one who needs nobody, nor in later months of one who died."""
    alone = make_person(cast.region_nurse)
    write_stay(cast, alone, given("2023-03-06 10:00", "2023-03-10", no_municipality=True))
    assert [one.number for one in make(cast).lines] == [row.number]
    with act(cast.ward_nurse, Action.CASE_EDIT) as this:
        this.note(row)
        Case.objects.filter(id=row.id).update(
            status="closed", discharged_at=None, closed_at=at("2023-03-10 10:00")
        )
    assert len(make(cast).lines) == 1
    assert make(cast, date(2023, 4, 1)).lines == ()


def test_the_agreement_is_named_with_its_day(cast: Cast, row: Case) -> None:
    assert "Källa: LUS 5 kap." in [str(one) for one in make(cast).terms]
    for key, value in ((Key.LIABILITY_MODEL, 3), (Key.LIABILITY_THRESHOLD, 20)):
        set_county_value(
            replace(cast.administrator, at=at("2023-02-01 10:00")), key=key, value=value,
            valid_from=date(2023, 3, 1), reason="Länsöverenskommelse 2023:4",
        )  # fmt: skip
    made = make(cast)
    told = [str(one) for one in made.terms]
    assert told[0] == "Genomsnitt för kommunen, från 1 mars 2023."
    assert "Källa: Länsöverenskommelse 2023:4" in told
    assert made.average.threshold == Decimal(2)
    assert make(cast, date(2023, 2, 1)).terms[0].startswith("Lagens")
    early = write_stay(
        cast, make_person(cast.region_nurse), given("2023-02-27 10:00", "2023-03-03")
    )
    line = next(one for one in make(cast).lines if one.number == early.number)
    assert any("innan villkoren började gälla" in str(note) for note in line.notes)


def test_months_of_years_gone_by_are_reached(cast: Cast, row: Case) -> None:
    made = make(cast)
    now = reads.bases(cast.economist)
    assert (now.earlier, now.later) == (date(2025, 11, 1), None)
    then = reads.bases(cast.economist, until=MARCH)
    (cell,) = next(one for one in then.rows if one.code == KROKOM).cells[:1]
    assert cell[1].id == made.head.id
    assert (then.earlier, then.later) == (date(2022, 3, 1), date(2024, 3, 1))
    assert reads.bases(cast.economist, until=date(2010, 1, 1)).earlier is None
    assert reads.bases(cast.economist, until=date(2099, 1, 1)).months == now.months


def test_a_quarter_is_there_in_each_of_its_months(cast: Cast, row: Case) -> None:
    set_county_value(
        replace(cast.administrator, at=at("2023-01-10 10:00")), key=Key.LIABILITY_PERIOD, value=2,
        valid_from=date(2023, 2, 1), reason="Länsöverenskommelse 2023:1",
    )  # fmt: skip
    made = make(cast)
    assert (made.head.period.first, made.head.period.last) == (date(2023, 1, 1), date(2023, 3, 31))
    own = next(one for one in reads.bases(cast.economist, until=MARCH).rows if one.code == KROKOM)
    assert [cell and cell.id for _month, cell in own.cells[:4]] == [made.head.id] * 3 + [None]
