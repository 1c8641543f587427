"""The built county: all is there, every line is real, and each sees what the law lets that one see."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection, transaction

from samverka.access.operations import make_choice
from samverka.access.reads import list_blocks, list_consents, list_proxies, own_log
from samverka.careplans import reads as plans
from samverka.careplans.rules import PlanStatus
from samverka.contract import reads as contract
from samverka.demo.actors import builder
from samverka.demo.build import build
from samverka.demo.cast import roles
from samverka.demo.county import units
from samverka.demo.population import population
from samverka.demo.script import PlanStarted
from samverka.demo.settle import BATCH, batches
from samverka.demo.staff import staff
from samverka.demo.stories import STORIES
from samverka.kernel.identity import age
from samverka.kernel.problems import NotFound, NotNow, Problem
from samverka.organisations.reads import list_units
from samverka.people.reads import person, search_persons
from samverka.transition.reads import reports
from tests.demo.conftest import NOW, PEOPLE, TODAY, Built

SYSTEM = builder(NOW)


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('samverka.persons', '*', true)")
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


# ── all is there ──


def test_progress_goes_to_the_end(built: Built) -> None:
    done = [step for step, _total in built.steps]
    assert done == sorted(done)
    assert built.steps[-1][0] == built.steps[-1][1]


def test_units_are_in_their_towns(built: Built) -> None:
    found = {unit.name: unit for unit in list_units(SYSTEM)}
    assert len(found) >= len(units()) - 1
    assert found["Krokoms hälsocentral"].town == "Krokom"
    assert found["Hemsjukvården Funäsdalen"].town == "Funäsdalen"


def test_everyone_is_there_once(built: Built) -> None:
    assert count("people_person") == len(built.persons) + PEOPLE
    assert len(set(built.persons.values())) == len(built.persons)


def test_ages_are_as_told(built: Built) -> None:
    for story in STORIES:
        number = built.numbers[story.main.key]
        assert number.birth_date is not None
        # The list of test numbers has no woman of Matilda's year.
        assert abs(age(number.birth_date, TODAY) - story.main.age) <= 1, story.key


def test_every_one_of_the_cast_can_act(built: Built) -> None:
    for key in roles():
        assert built.actor(key).permissions


ELSEWHERE = {"ake-plan", "annelis-plan"}
"""Plans of others in a story than the one it is about."""


def test_plans_hold(built: Built) -> None:
    for story in STORIES:
        started = {e.plan for e in story.events if isinstance(e, PlanStarted)}
        found = plans.list_plans(SYSTEM, person_id=built.persons[story.main.key])
        mine = [one for one in found if one.person_id == built.persons[story.main.key]]
        assert len(mine) == len({plan for plan in started if plan not in ELSEWHERE})
        wanted = {PlanStatus.DRAFT if story.key == "ingegerd" else PlanStatus.ACTIVE}
        if story.key == "hans":  # the one that he said no to has ended
            wanted |= {PlanStatus.ENDED}
        assert {one.status for one in mine} <= wanted


def test_building_again_changes_nothing(built: Built) -> None:
    before = count("audit_event")
    build(people=PEOPLE, seed=1, today=TODAY + timedelta(days=3))
    build(people=5000, seed=9, today=TODAY + timedelta(days=3))
    assert count("audit_event") == before


def test_every_line_of_the_trail_has_its_time_before_the_day_of_building(built: Built) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('samverka.persons', '*', true)")
        cursor.execute("SELECT max(at)::date FROM audit_event WHERE actor_kind <> 'system'")
        assert cursor.fetchone()[0] < TODAY


# ── each sees what the law lets that one see ──


@pytest.mark.parametrize(
    ("who", "taken", "stopped"),
    [
        ("karin", "Kandesartan 8 mg", "Dalteparin"),
        ("gosta", "Prednisolon 5 mg", ""),
        ("rune", "Furosemid 40 mg", "Metformin"),
    ],
)
def test_lists_of_medicines_came_by_import(
    built: Built, who: str, taken: str, stopped: str
) -> None:
    person_id = built.persons[who]
    found = contract.my_page(built.actor(who), person_id=person_id).medicines
    names = [one.line.name for one in found]
    assert len(names) >= 5
    assert taken in names
    assert all(one.line.dosage and one.line.source.endswith("hälsocentral") for one in found)
    assert not stopped or not any(stopped in name for name in names)


def test_someone_hands_over_with_a_list(built: Built) -> None:
    page = plans.unit_contacts(built.actor("anneli.modin"))
    (waiting,) = page.waiting
    assert (waiting.to_name, waiting.persons) == ("Pernilla Sved", 2)
    assert {line.person.name for line in page.lines} >= {"Margit Sundberg", "Åke Sundberg"}


def test_karin_sees_her_page_and_who_has_read(built: Built) -> None:
    karin = built.actor("karin")
    shown = contract.my_page(karin, person_id=built.persons["karin"])
    assert shown.next is not None
    lines = own_log(karin, person_id=built.persons["karin"]).lines
    assert {"Hemtjänsten Krokom", "Krokoms hälsocentral"} <= {line.unit for line in lines}


def test_eva_reads_for_karin_but_not_for_anyone_else(built: Built) -> None:
    eva = built.actor("eva")
    assert contract.my_page(eva, person_id=built.persons["karin"])
    with pytest.raises(Problem):
        contract.my_page(eva, person_id=built.persons["gosta"])


def test_the_ward_must_choose_before_it_reads_the_health_centres_plan(built: Built) -> None:
    lena, karin = built.actor("lena.berg"), built.persons["karin"]
    assert plans.list_plans(lena, person_id=karin) == []
    with transaction.atomic():
        make_choice(lena, person_id=karin)
        [plan] = plans.list_plans(lena, person_id=karin)
        assert plan.title == "Hem till Hissmofors igen"
        transaction.set_rollback(True)


@pytest.mark.parametrize("who", ["asa.nordqvist", "katarina.wall", "fatima.aden"])
def test_the_municipality_reads_the_plan_that_was_given_to_it(built: Built, who: str) -> None:
    [plan] = plans.list_plans(built.actor(who), person_id=built.persons["karin"])
    assert plan.title == "Hem till Hissmofors igen"


def test_ifo_sees_the_plan_and_nothing_else_of_marika(built: Built) -> None:
    carolina, marika = built.actor("carolina.odling"), built.persons["marika"]
    shown = contract.person_overview(carolina, person_id=marika)
    assert [part.plan.title for part in shown.plans] == ["En vanlig onsdag"]
    assert not shown.times.upcoming
    assert not shown.times.past


def test_the_health_centre_cannot_choose_past_marikas_block(built: Built) -> None:
    mona, marika = built.actor("mona.jakobsson"), built.persons["marika"]
    [block] = list_blocks(built.actor("marika"), person_id=marika)
    assert block.unit_id is not None
    with transaction.atomic():
        make_choice(mona, person_id=marika)
        shown = contract.person_overview(mona, person_id=marika)
        units_seen = {
            one.unit.name for one in (*shown.times.past, *shown.times.upcoming) if one.unit
        }
        assert "Vuxenpsykiatrin Strömsund" not in units_seen
        assert "Beroendemottagningen" in units_seen
        transaction.set_rollback(True)


def test_a_withdrawn_consent_no_longer_holds(built: Built) -> None:
    marika = built.actor("marika")
    found = list_consents(marika, person_id=built.persons["marika"])
    assert any(one.withdrawn_at for one in found)


def test_johanna_is_masked_for_all_but_the_chosen_few(built: Built) -> None:
    johanna = built.persons["johanna"]
    shown = person(built.actor("gunilla.asen"), person_id=johanna)
    assert shown.name == "Johanna Alm"
    for stranger in ("lena.berg", "maria.sjolund", "katarina.wall"):
        with pytest.raises(NotFound):
            person(built.actor(stranger), person_id=johanna)
    number = built.numbers["johanna"]
    assert search_persons(built.actor("lena.berg"), text="", number=number) == []


def test_guardians_see_elias_until_he_is_thirteen(built: Built) -> None:
    sara = built.actor("sara")
    assert contract.my_page(sara, person_id=built.persons["elias"])
    found = list_proxies(sara, person_id=built.persons["elias"])
    assert len(found) == 2


def test_rune_has_contacts_but_no_plan(built: Built) -> None:
    anneli = built.actor("anneli.modin")
    shown = contract.person_overview(anneli, person_id=built.persons["rune"])
    assert not shown.plans
    assert plans.list_plans(SYSTEM, person_id=built.persons["rune"]) == []


def test_the_ward_has_a_plan_to_go_on_with(built: Built) -> None:
    [row] = plans.worklist(built.actor("lena.berg"))
    assert row.title == "Hem till Gällö"
    assert row.next_step is not None


def test_few_rows_are_red(built: Built) -> None:
    """At most one row in twenty is late: counted over the units, each row once."""
    late: dict[tuple[str, str], bool] = {}
    for key in staff():
        actor = built.actor(key)
        try:
            rows = plans.worklist(actor)
        except Problem:
            continue
        late |= {(actor.unit_name, str(row.id)): row.overdue for row in rows}
    assert len(late) >= 15
    assert sum(late.values()) <= max(1, len(late) / 20)


def test_the_nations_round_is_answered_by_some_and_read_by_two(built: Built) -> None:
    asta = built.actor("asta.lunden")
    [nation] = [one for one in reports.report_home(asta).rounds if one.kept]
    told = reports.round_summary(asta, round_id=nation.id)
    assert (told.regions.of, told.regions.handed_in) == (21, 5)
    found = reports.round_coding(asta, round_id=nation.id)
    assert 0.3 < (found.whole.kappa or 0) < 1
    assert sum(one.mine is None for one in found.texts) == 6  # hers to read
    assert sum(one.settled is None for one in found.texts) > 6  # some to decide together


# ── stopped in the middle ──


class Stopped(Exception):
    """The plug is pulled."""


@pytest.mark.django_db
def test_a_stopped_build_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    short = tuple(story for story in STORIES if story.key == "johanna")
    monkeypatch.setattr("samverka.demo.build.STORIES", short)

    def stop_at(step: int, total: int) -> None:
        if step >= total - 60:  # after the first hundred people
            raise Stopped

    with pytest.raises(Stopped):
        build(people=130, seed=4, progress=stop_at, today=TODAY)
    assert 1 < count("people_person") < 131
    with pytest.raises(NotNow, match="annat antal"):
        build(people=140, seed=4, today=TODAY)
    build(people=130, seed=4, today=TODAY)
    assert count("people_person") == count("people_identity") == 131
    assert count("careplans_plan") == 1


def test_batches_never_divide_a_household() -> None:
    found = list(batches(population(1000, seed=2, today=TODAY)))
    assert sum(len(batch) for batch in found) == 1000
    homes = [{one.household for one in batch} for batch in found]
    assert all(not (a & b) for a, b in pairwise(homes))
    assert all(len(batch) >= BATCH for batch in found[:-1])
