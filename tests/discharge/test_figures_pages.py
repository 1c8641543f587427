"""The page of figures and its files: what stands on them, who gets them, how few questions they ask."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samverka.access.roles import Role, permissions_of
from samverka.audit.models import Event
from samverka.discharge import operations as ops
from samverka.discharge import reads
from samverka.discharge.models import Case, WardBeds
from samverka.discharge.operations import Letter
from samverka.discharge.reads import CaseDetail
from samverka.discharge.rules.figures import By, Care, Figure
from samverka.discharge.rules.messages import MessageKind
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed
from samverka.people.reads import PersonDetail
from tests.discharge.rows import write_stay
from tests.discharge.stays import stay
from tests.discharge.test_liability_rows import _moved
from tests.factories.browser import log_in
from tests.factories.cast import KARIN, NOW, Cast, make_person

PLACE = "/utskrivning/statistik/"
MARCH = {"fran": "2026-03", "till": "2026-03", "per": "kommun", "vard": "all"}
FIRST = date(2026, 3, 1)


@pytest.fixture
def row(cast: Cast, karin: PersonDetail) -> Case:
    """Ready on Thursday 5 March before noon, home on Sunday."""
    facts = stay("2026-03-05 10:00", "2026-03-08", sip_required=True)
    return write_stay(cast, karin, _moved(facts))


@pytest.fixture
def follower(cast: Cast) -> Actor:
    """The region's economist: of the county's own follow-up."""
    return cast.economist


def text_of(client: Client, path: str = PLACE, **asked: str) -> str:
    answer = client.get(path, asked or MARCH)
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def march(actor: Actor, by: By = By.MUNICIPALITY) -> reads.FiguresDetail:
    return reads.discharge_figures(actor, first=FIRST, last=FIRST, by=by)


def test_a_stay_becomes_figures(follower: Actor, row: Case) -> None:
    found = march(follower)
    total = found.found.total.values[Care.ALL]
    assert {one: total[one].value for one in (Figure.STAYS, Figure.DAYS, Figure.MEAN_DAYS)} == {
        Figure.STAYS: 1, Figure.DAYS: 3, Figure.MEAN_DAYS: 3,
    }  # fmt: skip
    assert total[Figure.TO_NOTICE].value == 2
    assert total[Figure.SIP_OFFERED].value == 0
    assert total[Figure.WAITED_MUNICIPALITY].counted == 3  # it never began to plan
    assert total[Figure.DAYS_PER_1000].among == 30764
    assert total[Figure.BED_SHARE].refusal is not None
    assert found.found.lines[0].place.key == "2309"


def test_the_page_answers_its_questions(follower: Actor, row: Case, karin: PersonDetail) -> None:
    page = text_of(log_in(follower))
    for words in (
        "1 vårdtillfälle avslutades med utskrivning.", "väntade 3,0 dygn i genomsnitt",
        "Hur länge är utskrivningsklara kvar på sjukhuset?", "Vem väntade man på?",
        "Vårdplatser är inte inlagda för alla avdelningar.", "1: kallelse saknas",
        "Så räknas det", "Psykiatrisk vård",
    ):  # fmt: skip
        assert words in page, words
    assert karin.family_name not in page
    assert row.number not in page


def test_the_few_are_hidden_for_those_outside_the_follow_up(cast: Cast, row: Case) -> None:
    for actor in (cast.ward_nurse, cast.needs_assessor, cast.municipal_economist):
        page = text_of(log_in(actor))
        assert "Färre än 5 personer skrevs ut. Då visas inga tal." in page
        assert "Tal om färre än 5 personer visas inte." in page
        assert "3,0 dygn" not in page
        table = log_in(actor).get(f"{PLACE}csv/", MARCH).content.decode("utf-8-sig")
        assert "färre än 5" in table
        lines = [
            one
            for one in csv.reader(io.StringIO(table), delimiter=";")
            if "Genomsnittlig väntan" in one
        ]
        assert all(one[3] == "" and one[7] == "" for one in lines if one[9])


def test_one_without_the_permission_and_the_person_are_kept_out(
    cast: Cast, row: Case, karin: PersonDetail
) -> None:
    for ending in ("", "csv/", "excel/"):
        assert log_in(cast.log_reviewer).get(PLACE + ending).status_code == 403
        assert Client().get(PLACE + ending).status_code in (302, 401)
    with pytest.raises(NotAllowed):
        march(replace(cast.economist, permissions=permissions_of([Role.PROTECTED])))
    with pytest.raises(NotAllowed):
        march(replace(cast.economist, unit_id=None))


def test_the_trail_has_a_line_and_no_person(follower: Actor, row: Case) -> None:
    march(follower)
    line = Event.objects.filter(action="discharge.figures").get()
    assert (line.person_id, line.object_ids) == ("", [])
    assert line.detail == {"figures": "municipality", "first": "2026-03-01", "last": "2026-03-31"}


def test_the_files_hold_the_same_and_how_it_is_reckoned(
    follower: Actor, row: Case, karin: PersonDetail
) -> None:
    client = log_in(follower)
    answer = client.get(f"{PLACE}csv/", MARCH)
    assert "utskrivning-2026-03-2026-03-municipality.csv" in answer["Content-Disposition"]
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    found = {(one[0], one[1], one[2]): one[3:] for one in lines[1:]}
    assert found["Hela länet", "All vård", "Genomsnittlig väntan"][:4] == ["3", "", "3", "1"]
    book = client.get(f"{PLACE}excel/", MARCH)
    words = zipfile.ZipFile(io.BytesIO(book.content)).read("xl/sharedStrings.xml").decode()
    assert "Kolada N20403" in words
    for text in (words, answer.content.decode()):
        assert karin.family_name not in text
        assert row.number not in text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"fran": "2026-05", "till": "2026-03"}, "Den sista månaden ligger före den första."),
        ({"fran": "1999-01"}, "1999-01"),
        ({"per": "galaxen"}, "galaxen"),
        ({"vard": "x" * 300}, "xxx"),
    ],
)
def test_what_cannot_be_chosen_is_said_and_the_usual_is_shown(
    follower: Actor, row: Case, asked: dict[str, str], said: str
) -> None:
    answer = log_in(follower).get(PLACE, MARCH | asked)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Så går det inte att välja" in page
    assert said in page
    assert "Här visas de senaste tolv månaderna." in page


def test_every_comparison_opens_with_few_questions(cast: Cast, follower: Actor, row: Case) -> None:
    client = log_in(follower)
    client.get(PLACE)
    for by in ("lan", "kommun", "sjukhus", "avdelning", "manad"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(PLACE, MARCH | {"per": by}).status_code == 200
        real = [one for one in asked if "SAVEPOINT" not in one["sql"]]
        assert len(real) <= 12, [one["sql"][:120] for one in real]


def test_more_stays_ask_no_more_questions(cast: Cast, follower: Actor, row: Case) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            march(follower)
        return len(asked)

    march(follower)
    before = questions()
    for number in range(6):
        other = make_person(cast.region_nurse, replace(KARIN, given_name=f"P{number}"))
        write_stay(cast, other, _moved(stay("2026-03-10 09:00", "2026-03-12")))
    assert march(follower).found.total.values[Care.ALL][Figure.STAYS].value == 7
    assert questions() == before


# ── what the operations leave behind ──


def test_the_way_home_by_operations_is_reckoned(cast: Cast, told: CaseDetail) -> None:
    """Admitted and told today, ready, home the same day, and reached two days later."""
    nurse = cast.ward_nurse
    body = {"judged_at": NOW.isoformat(), "judged_by": "Per Överläkare"}
    ops.send_message(nurse, case_id=told.id, kind=MessageKind.READY, letter=Letter(body))
    home = {"discharged_at": NOW.isoformat(), "anyway": "Hon vill hem"}
    ops.send_message(nurse, case_id=told.id, kind=MessageKind.DISCHARGE, letter=Letter(home))
    later = cast.at(cast.economist, days=2)
    found = reads.discharge_figures(later, first=NOW.date(), last=NOW.date(), by=By.WARD)
    total = found.found.total.values[Care.ALL]
    assert (total[Figure.STAYS].value, total[Figure.SAME_DAY].value) == (Decimal(1), Decimal(100))
    assert total[Figure.DAYS].value == 0
    assert total[Figure.TO_NOTICE].value == 6
    assert total[Figure.LATE].counted == 0
    assert total[Figure.LATE].among == 1
    kinds = {one.kind: one.sent for one in found.found.kinds}
    assert kinds[MessageKind.ADMISSION] == 1
    assert found.found.lines[0].place.name == "Medicinavdelningen"
    assert total[Figure.AGAIN].value is None  # 30 days have not passed


# ── places of the wards ──


def test_places_make_the_share_of_beds(cast: Cast, row: Case, follower: Actor) -> None:
    region = cast.administrator
    for key in ("ward", "surgery"):
        ops.set_beds(region, unit_id=cast.units[key].id, beds=10, since=date(2026, 1, 1))
    found = march(follower, By.WARD)
    share = found.found.total.values[Care.ALL][Figure.BED_SHARE]
    assert (share.counted, share.among) == (Decimal(3), Decimal(620))
    own = found.found.lines[0].values[Care.ALL][Figure.BED_SHARE]
    assert own.among == 310
    ops.set_beds(region, unit_id=cast.units["ward"].id, beds=20, since=date(2026, 1, 1))
    assert WardBeds.objects.filter(unit_id=cast.units["ward"].id).get().beds == 20


def test_places_are_entered_by_the_form(cast: Cast, row: Case) -> None:
    client, ward = log_in(cast.administrator), str(cast.units["ward"].id)
    place = f"{PLACE}vardplatser/"
    assert "inte inlagt" in text_of(client)
    wrong = client.post(place, {"unit": ward, "beds": "24", "since": "2999-01-01"})
    assert wrong.status_code == 422
    assert "Välj en dag från 1 januari 2018 till i dag." in wrong.content.decode()
    assert 'value="24"' in wrong.content.decode()
    assert (
        client.post(place, {"unit": ward, "beds": "999", "since": "2026-01-01"}).status_code == 422
    )
    assert client.post(place, {"unit": "x", "beds": "9", "since": "2026-01-01"}).status_code == 422
    right = client.post(place, {"unit": ward, "beds": "24", "since": "2026-01-01"})
    assert right.status_code == 302
    assert "24, från" in text_of(client)


def test_others_enter_no_places(cast: Cast, row: Case) -> None:
    body = {"unit": str(cast.units["ward"].id), "beds": "24", "since": "2026-01-01"}
    for actor in (cast.ward_nurse, cast.municipal_manager, cast.municipal_economist):
        assert "Lägg in vårdplatser" not in text_of(log_in(actor))
        assert log_in(actor).post(f"{PLACE}vardplatser/", body).status_code == 403
    with pytest.raises(Invalid):
        ops.set_beds(
            cast.administrator, unit_id=cast.units["ward"].id, beds=-1, since=date(2026, 1, 1)
        )
    assert not WardBeds.objects.exists()
