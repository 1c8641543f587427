"""Grants through the database: the published tables, bad populations, whose money it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samverka.audit.models import Event
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.transition import operations as grants
from samverka.transition.models import GrantDistribution, GrantMovement, GrantPopulation
from samverka.transition.reads import (
    Wish,
    grant_agreement,
    grant_distribution,
    grant_overview,
    grant_period,
    grant_population,
    grant_recipient,
    try_distribution,
)
from samverka.transition.rules.grants import GrantState, KeyKind, MovementKind
from samverka.transition.rules.grants.choosing import DistributionStatus, Receiver
from tests.factories.cast import Cast
from tests.factories.grants import (
    ARE,
    AREA,
    DAYS,
    GRANTED,
    KROKOM,
    REGION,
    YEAR,
    granted,
    moved,
    people,
    row,
    shared_pot,
)
from tests.transition.published import POTS, derived, table

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("year", [2023, 2024])
def test_the_published_table_comes_out_of_the_database_to_the_krona(cast: Cast, year: int) -> None:
    boss = cast.economist
    made = shared_pot(boss, kronor=POTS[year], population_id=people(boss, derived(year)))
    grants.set_published(
        boss, distribution_id=made, amounts=table(year), source="SKR", told=POTS[year]
    )
    found = grant_distribution(cast.municipal_economist, distribution_id=made)
    assert found.comparison is not None
    assert str(found.comparison) == "21 av 21 på kronan."
    assert found.published_sum == found.kronor == POTS[year]
    assert sum(line.kronor for line in found.lines) == POTS[year]
    assert sum(line.exact for line in found.lines) == POTS[year]


def test_one_krona_off_is_seen(cast: Cast) -> None:
    boss = cast.economist
    made = shared_pot(boss, kronor=POTS[2024], population_id=people(boss, derived(2024)))
    published = table(2024) | {REGION: table(2024)[REGION] + 1}
    found = grants.set_published(boss, distribution_id=made, amounts=published, source="SKR")
    assert found.comparison is not None
    assert [(one.code, one.difference) for one in found.comparison.off] == [(REGION, -1)]
    with pytest.raises(Invalid, match="inte i fördelningen"):
        grants.set_published(boss, distribution_id=made, amounts={"99": 1}, source="SKR")


# ── populations ──


def test_a_bad_population_is_told_row_by_row_and_the_good_part_kept(cast: Cast) -> None:
    rows = [
        {"kod": "2309", "antal": "15 000"},
        {"kod": "2399", "antal": "7"},
        {"kod": "2321", "antal": "12,5"},
        {"kod": "1917", "antal": "14000"},
        {"kod": "2309", "antal": "1"},
        {"kod": "", "antal": "3"},
    ]
    made = grants.keep_population(
        cast.economist, name="SCB", version="a", counted_on=date(2025, 11, 1), rows=rows,
        told_total=30_000, source="SCB",
    )  # fmt: skip
    head, kept = grant_population(cast.analyst, population_id=made.id)
    assert kept == {"0331": 14_000, "2309": 15_000}
    assert [one.split(":")[0] for one in head.faults] == [
        "rad 3", "rad 4", "rad 5", "rad 6", "rad 7",
        "raderna blir 29000 invånare, men totalen sägs vara 30000",
    ]  # fmt: skip
    assert "1917 har upphört" in head.faults[2]


def test_a_population_that_cannot_be_a_key_is_refused_whole(cast: Cast) -> None:
    for counts in ({}, {"2309": 0}, {"23": 5, "2309": 5}):
        with pytest.raises(Invalid):
            people(cast.economist, counts)
    people(cast.economist, {"23": 5})
    with pytest.raises(Invalid, match="finns redan"):
        people(cast.economist, {"23": 6})
    assert GrantPopulation.objects.count() == 1


# ── versions and trying ──


@pytest.fixture
def two(cast: Cast) -> dict[str, Any]:
    """Two municipalities that share ninety kronor by people, and a region's pot for the same area."""
    boss = cast.economist
    ground = people(boss, {KROKOM: 100, ARE: 200})
    made = shared_pot(boss, kronor=90, population_id=ground, receiver=Receiver.MUNICIPALITY)
    pot = grant_distribution(boss, distribution_id=made).pot
    grants.set_pot(
        boss, agreement_id=pot.agreement_id, year=YEAR, area=pot.area, receiver=Receiver.REGION,
        kronor=210,
    )  # fmt: skip
    return {"id": made, "pot": pot, "people": ground}


def _tried(cast: Cast, two: dict[str, Any], **wish: Any) -> dict[str, int]:
    found = try_distribution(cast.municipal_economist, distribution_id=two["id"], wish=Wish(**wish))
    return {line.code: line.after for line in found.lines}


def test_trying_shows_another_key_share_and_floor_and_changes_nothing(
    cast: Cast, two: dict[str, Any]
) -> None:
    before = list(GrantDistribution.objects.values())
    assert _tried(cast, two) == {KROKOM: 30, ARE: 60}
    assert _tried(cast, two, kind=KeyKind.EQUAL) == {KROKOM: 45, ARE: 45}
    assert _tried(cast, two, floor=40) == {KROKOM: 40, ARE: 50}
    assert _tried(cast, two, percent=50) == {KROKOM: 50, ARE: 100}
    other = people(cast.economist, {KROKOM: 200, ARE: 100}, version="2")
    assert _tried(cast, two, population_id=other) == {KROKOM: 60, ARE: 30}
    assert list(GrantDistribution.objects.values()) == before
    with pytest.raises(Invalid, match="Golven är tillsammans"):
        _tried(cast, two, floor=46)


def test_a_draft_lies_beside_and_holds_when_the_region_says_so(
    cast: Cast, two: dict[str, Any]
) -> None:
    wish = Wish(kind=KeyKind.EQUAL)
    draft = grants.keep_tried(
        cast.municipal_economist, distribution_id=two["id"], wish=wish, why="Lika för alla"
    )
    assert draft.status is DistributionStatus.DRAFT
    assert draft.number == 2
    with pytest.raises(NotAllowed):
        grants.decide_distribution(cast.municipal_economist, distribution_id=draft.id)
    held = grants.decide_distribution(cast.economist, distribution_id=draft.id)
    statuses = {one.number: one.status for one in held.versions}
    assert statuses == {1: DistributionStatus.FORMER, 2: DistributionStatus.CURRENT}
    with pytest.raises(NotNow, match="utkast"):
        grants.decide_distribution(cast.economist, distribution_id=two["id"])


def test_a_draft_of_other_kronor_than_the_pots_cannot_hold(cast: Cast, two: dict[str, Any]) -> None:
    draft = grants.keep_tried(
        cast.economist, distribution_id=two["id"], wish=Wish(percent=50), why="Hälften"
    )
    with pytest.raises(NotNow, match="annan summa"):
        grants.decide_distribution(cast.economist, distribution_id=draft.id)


def test_a_key_of_regions_is_refused_for_municipalities(cast: Cast, two: dict[str, Any]) -> None:
    regions = people(cast.economist, {"23": 5}, version="3")
    with pytest.raises(Invalid, match="inte dem som potten är till för"):
        grants.draft_distribution(
            cast.economist, pot_id=two["pot"].id, kind=KeyKind.POPULATION, population_id=regions
        )
    with pytest.raises(NotNow, match="redan fördelad"):
        grants.set_pot(
            cast.economist, agreement_id=two["pot"].agreement_id, year=YEAR,
            area=two["pot"].area, receiver=Receiver.MUNICIPALITY, kronor=91,
        )  # fmt: skip


# ── agreements ──


def test_the_sum_of_the_text_is_held_against_the_pots_and_documents_are_kept(cast: Cast) -> None:
    boss = cast.economist
    owner = grants.register_agreement(
        boss, name="Nära vård", first_year=YEAR, last_year=YEAR, told=100
    )
    grants.set_pot(
        boss, agreement_id=owner.id, year=YEAR, area=AREA, receiver=Receiver.REGION, kronor=90
    )
    with pytest.raises(Invalid, match="https"):
        grants.add_document(boss, agreement_id=owner.id, title="Beslut", link="javascript:1")
    grants.add_document(boss, agreement_id=owner.id, title="Beslut", link="https://skr.se/x")
    with pytest.raises(Invalid, match="finns redan"):
        grants.add_document(boss, agreement_id=owner.id, title="Beslut", said="Mer")
    found = grant_agreement(cast.analyst, agreement_id=owner.id)
    assert found.head.gap == 10
    assert [one.link for one in found.documents] == ["https://skr.se/x"]
    with pytest.raises(Invalid):
        grants.set_pot(
            boss, agreement_id=owner.id, year=YEAR + 1, area=AREA, receiver=Receiver.REGION,
            kronor=1,
        )  # fmt: skip


def test_a_fixed_part_over_the_period_and_areas_that_vary(cast: Cast) -> None:
    boss = cast.economist
    owner = grants.register_agreement(
        boss, name="Perioden", first_year=2026, last_year=2027, fixed=100, region_percent=70
    )
    sides = {
        Receiver.REGION: people(boss, {"23": 1, "22": 1}),
        Receiver.MUNICIPALITY: people(boss, {KROKOM: 1, ARE: 2}, version="2"),
    }
    with pytest.raises(NotNow, match="Lägg först in"):
        grant_period(boss, agreement_id=owner.id)
    for receiver, ground in sides.items():
        for year, kronor in ((2026, 30), (2027, 60)):
            pot = grants.set_pot(
                boss, agreement_id=owner.id, year=year, area=AREA, receiver=receiver, kronor=kronor
            )
            if year == 2026:
                made = grants.draft_distribution(
                    boss, pot_id=pot.id, kind=KeyKind.POPULATION, population_id=ground
                )
                grants.decide_distribution(boss, distribution_id=made.id)
    first = grant_period(cast.analyst, agreement_id=owner.id)
    later = grant_period(cast.analyst, agreement_id=owner.id, year=2027)
    assert {row[0]: row[2] for row in first.rows} == {
        "22": (35, 15), "23": (35, 15), KROKOM: (10, 10), ARE: (20, 20)
    }  # fmt: skip
    assert {row[0]: row[2] for row in later.rows}[KROKOM] == (10, 20)
    assert first.years == ((2026, 100, 60), (2027, 100, 120))
    assert sum(later.totals) == 220


# ── whose money ──


def test_each_sees_its_own_and_the_public_amounts(cast: Cast) -> None:
    award = granted(cast.economist)
    moved(cast.municipal_economist, award, MovementKind.DRAWN, 900_000)
    moved(cast.municipal_economist, award, MovementKind.USED, 400_000)
    own = grant_recipient(cast.municipal_economist, code=KROKOM)
    (line,) = own.lines
    assert line.state is GrantState.OPEN
    assert (own.sums.drawn, own.sums.used, own.sums.unused) == (900_000, 400_000, 500_000)
    other = granted(cast.economist, ARE, name="Åres")
    seen = grant_recipient(cast.municipal_economist, code=ARE)
    assert seen.public_only
    assert [(one.grant.kronor, one.balance, one.movements) for one in seen.lines] == [
        (GRANTED, None, ())
    ]
    assert not grant_recipient(cast.economist, code=ARE).public_only
    with pytest.raises(NotAllowed, match="en annans"):
        moved(cast.municipal_economist, other, MovementKind.DRAWN, 1)
    with pytest.raises(NotAllowed):
        grant_overview(cast.region_nurse)
    refused = Event.objects.filter(action="grant.read").order_by("-id").first()
    assert refused is not None
    assert refused.detail["refusal"] == "no-permission"


def test_the_overview_has_the_county_with_ones_own_marked(cast: Cast) -> None:
    granted(cast.economist)
    found = grant_overview(cast.municipal_economist)
    assert [one.code for one in found.recipients if one.own] == [KROKOM]
    assert len(found.recipients) == 9
    assert {one.code for one in found.recipients if one.sums is not None} == {KROKOM}
    assert not found.may_lay_down
    assert grant_overview(cast.economist).may_lay_down


def test_more_than_there_is_a_day_to_come_and_anothers_amounts_are_refused(cast: Cast) -> None:
    award = granted(cast.economist)
    mine = cast.municipal_economist
    with pytest.raises(NotNow, match="kvar att rekvirera"):
        moved(mine, award, MovementKind.DRAWN, GRANTED + 1)
    with pytest.raises(Invalid, match="inte varit än"):
        grants.record_movement(
            mine, award_id=award, number="9", kind=MovementKind.DRAWN, on=date(YEAR, 12, 1),
            kronor=1,
        )  # fmt: skip
    with pytest.raises(NotAllowed, match="regionens ekonomi"):
        grants.register_agreement(mine, name="Egen", first_year=YEAR, last_year=YEAR)
    assert not GrantMovement.objects.exists()


# ── files ──


def test_a_file_of_movements_tells_its_faults_and_read_again_changes_nothing(cast: Cast) -> None:
    granted(cast.economist)
    rows = [
        row(KROKOM, "R1", "rekvirerat", "500 000"),
        row(KROKOM, "A1", "använt", 600_000),
        row(ARE, "A2", "använt", 1),
        row(KROKOM, "A3", "skänkt", 1),
        row(KROKOM, "A4", "använt", 5, datum="i går"),
        row(KROKOM, "A5", "använt", 200_000),
    ]
    first = grants.import_movements(cast.municipal_economist, rows=rows)
    assert (first.kept, first.same) == (2, 0)
    assert [place for place, _words in first.faults] == [3, 4, 5, 6]
    again = grants.import_movements(cast.municipal_economist, rows=rows)
    assert (again.kept, again.same) == (0, 2)
    assert GrantMovement.objects.count() == 2
    changed = grants.import_movements(
        cast.municipal_economist, rows=[row(KROKOM, "R1", "rekvirerat", 1)]
    )
    assert "andra uppgifter" in changed.faults[0][1]


def test_a_file_of_amounts_tells_its_faults_and_read_again_changes_nothing(cast: Cast) -> None:
    owner = grants.register_agreement(
        cast.economist, name="Nära vård", first_year=YEAR, last_year=YEAR
    )
    rows = [
        {"kod": KROKOM, "område": AREA, "år": str(YEAR), "kronor": "70"},
        {"kod": ARE, "område": AREA, "år": str(YEAR + 1), "kronor": "30"},
        {"kod": ARE, "område": AREA, "år": str(YEAR), "kronor": "-3"},
    ]

    def read(kronor: str) -> Any:
        return grants.import_awards(
            cast.economist, agreement_id=owner.id, rows=[rows[0] | {"kronor": kronor}, *rows[1:]],
            source="SKR", **DAYS,
        )  # fmt: skip

    first = read("70")
    assert (first.kept, first.same, len(first.faults)) == (1, 0, 2)
    again = read("70")
    assert (again.kept, again.same) == (0, 1)
    assert "står kvar" in str(read("71").faults[:2])
    (line,) = grant_recipient(cast.analyst, code=KROKOM).lines
    assert line.grant.kronor == 70
