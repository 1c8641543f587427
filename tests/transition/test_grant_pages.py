"""Pages of grants: what Krokom's economist asks, what trying shows, what care staff may not see."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from samverka.transition import operations as grants
from samverka.transition.models import GrantDistribution, GrantMovement
from samverka.transition.rules.grants import MovementKind
from tests.factories.browser import log_in
from tests.factories.cast import Cast
from tests.factories.grants import AREA, KROKOM, YEAR, granted, laid, moved, people, shared_pot
from tests.transition.published import POTS, derived, table

pytestmark = pytest.mark.django_db


def _address(name: str, *arguments: object) -> str:
    return reverse(f"transition:{name}", args=arguments)


def _read(client: Client, address: str) -> str:
    met = client.get(address)
    assert met.status_code == 200, address
    return met.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def test_krokoms_economist_has_the_answer_on_one_page(cast: Cast) -> None:
    award = granted(cast.economist)
    moved(cast.municipal_economist, award, MovementKind.DRAWN, 900_000)
    moved(cast.municipal_economist, award, MovementKind.USED, 400_000)
    text = _read(log_in(cast.municipal_economist), _address("grant_recipient", KROKOM))
    assert "Krokom har fått 1 000 000 kr (alla år)." in text
    assert "900 000 kr är rekvirerat och 400 000 kr använt." in text
    assert "500 000 kr" in text
    assert f"31 mars {YEAR + 1}" in text
    assert "Bokför en händelse" in text
    seen = _read(log_in(cast.leader), _address("grant_recipient", KROKOM))
    assert "Bokför en händelse" not in seen


@pytest.mark.parametrize("year", [2023, 2024])
def test_the_page_says_that_all_regions_agree_to_the_krona(cast: Cast, year: int) -> None:
    boss = cast.economist
    made = shared_pot(boss, kronor=POTS[year], population_id=people(boss, derived(year)))
    grants.set_published(
        boss, distribution_id=made, amounts=table(year), source="SKR 2024", told=1_357_000_000
    )
    text = _read(log_in(cast.municipal_economist), _address("grant_distribution", made))
    assert "21 av 21 stämmer på kronan" in text
    assert "Texten säger 1 357 000 000 kr" in text
    assert text.count('<path class="map-s2') == 21, "as much for each: one class, not five of öre"


def test_trying_is_seen_in_table_and_map_and_kept_only_when_asked(cast: Cast) -> None:
    made = laid(cast)
    client = log_in(cast.municipal_economist)
    address = _address("grant_try", made["distribution_id"])
    assert "Ingen får mer eller mindre än nu." in _read(client, address)
    text = _read(client, f"{address}?nyckel=equal")
    assert "1 får mer och 1 får mindre. 15 kr byter ägare. Krokom får 15 kr mer." in text
    assert text.count("<svg") >= 3
    assert GrantDistribution.objects.filter(why="Golv").count() == 0
    refused = client.get(f"{address}?golv=46")
    assert refused.status_code == 422
    assert "Golven är tillsammans" in refused.content.decode()
    met = client.post(f"{address}?nyckel=equal", {"why": "Golv"})
    kept = GrantDistribution.objects.get(why="Golv")
    assert met["Location"] == _address("grant_distribution", kept.id)
    assert kept.amounts == {"2309": 45, "2321": 45}


MOST = 12
"""Questions of one page; the session and the row security of the log-in take five of them."""


def _asked(client: Client, address: str) -> list[str]:
    """The questions of a page; the marks inside the transaction are none in earnest."""
    with CaptureQueriesContext(connection) as asked:
        _read(client, address)
    return [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]


def test_every_page_asks_little(cast: Cast) -> None:
    made = laid(cast)
    client = log_in(cast.economist)
    addresses = [
        _address("grants"), _address("grant_import"), _address("grant_agreement_new"),
        _address("grant_agreement", made["agreement_id"]),
        _address("grant_area", made["agreement_id"]),
        _address("grant_share", made["pot_id"]),
        _address("grant_period", made["period_id"]),
        _address("grant_award_year", made["period_id"], YEAR),
        _address("grant_population", made["population_id"]),
        _address("grant_distribution", made["distribution_id"]),
        _address("grant_published", made["distribution_id"]),
        _address("grant_award", made["distribution_id"]),
        _address("grant_try", made["distribution_id"]),
        _address("grant_recipient", KROKOM),
    ]  # fmt: skip
    _read(client, addresses[0])  # the first visit also notes the session's beginning
    many = {one: len(asked) for one in addresses if len(asked := _asked(client, one)) > MOST}
    assert not many


@pytest.mark.parametrize("ending", ["csv", "xlsx", "pdf"])
def test_the_same_as_files(cast: Cast, ending: str) -> None:
    made = laid(cast)
    client = log_in(cast.municipal_economist)
    for address in (
        _address(f"grant_distribution_{ending}", made["distribution_id"]),
        _address(f"grant_recipient_{ending}", KROKOM),
    ):
        body = client.get(address).content
        assert body.startswith({"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "pdf": b"%PDF"}[ending])
        if ending == "xlsx":
            rows = list(load_workbook(BytesIO(body)).worksheets[0].values)
            assert any(KROKOM in row or AREA in row for row in rows)


def test_care_staff_are_refused_and_an_unknown_place_is_not_there(cast: Cast) -> None:
    made = laid(cast)
    nurse = log_in(cast.region_nurse)
    for address in (
        _address("grants"),
        _address("grant_recipient", KROKOM),
        _address("grant_distribution", made["distribution_id"]),
        _address("grant_movement", KROKOM, made["award_id"]),
    ):
        assert nurse.get(address).status_code == 403
    boss = log_in(cast.economist)
    assert boss.get(_address("grant_recipient", "9999")).status_code == 404
    assert boss.get(_address("grant_movement", KROKOM, made["award_id"])).status_code == 403
    payer = log_in(cast.municipal_economist)
    assert payer.post(_address("grant_decide", made["draft_distribution_id"])).status_code == 403


def test_a_movement_is_entered_and_what_is_refused_is_said_on_the_form(cast: Cast) -> None:
    award = granted(cast.economist)
    client = log_in(cast.municipal_economist)
    address = _address("grant_movement", KROKOM, award)
    on = min(date(YEAR, 11, 30), timezone.localdate() - timedelta(days=1))
    given = {"kind": "drawn", "kronor": "2000000", "on": on.isoformat(), "number": "V 1"}
    refused = client.post(address, given)
    assert refused.status_code == 422
    assert "V 1" in refused.content.decode()
    assert "kvar att rekvirera" in refused.content.decode()
    met = client.post(address, given | {"kronor": "20000"})
    assert met["Location"] == f"{_address('grant_recipient', KROKOM)}?ar={YEAR}"
    assert GrantMovement.objects.get().kronor == 20_000


def _book(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    book, kept = Workbook(), BytesIO()
    for one in rows:
        book.active.append(one)
    book.save(kept)
    return SimpleUploadedFile("handelser.xlsx", kept.getvalue())


def test_a_workbook_is_read_in_with_its_faults_by_row(cast: Cast) -> None:
    granted(cast.economist)
    client = log_in(cast.municipal_economist)
    heads = ("Kod", "Område", "År", "Verifikation", "Händelse", "Datum", "Kronor")
    rows = [
        heads,
        (2309, AREA, YEAR, "R1", "Rekvirerat", date(YEAR, 5, 1), 500_000.0),
        (2309, AREA, YEAR, "A1", "Använt", date(YEAR, 6, 1), 600_000),
    ]

    def read() -> str:
        given = {"what": "movements", "upload": _book(*rows)}
        return client.post(_address("grant_import"), given).content.decode()

    text = read()
    assert "1 rad är inläst, 0 fanns redan, 1 behöver rättas." in text
    assert "Rad 3:" in text
    assert "0 rader är inlästa, 1 fanns redan, 1 behöver rättas." in read()
    broken = SimpleUploadedFile("x.csv", b"kod;kronor\n")
    met = client.post(_address("grant_import"), {"what": "movements", "upload": broken})
    assert met.status_code == 422
    assert "inga rader" in met.content.decode()


def test_inhabitants_are_read_in_from_a_plain_table(cast: Cast) -> None:
    client = log_in(cast.economist)
    given = {
        "what": "people", "name": "SCB", "version": "1", "counted_on": "2025-11-01",
        "source": "scb.se", "told_total": "9",
        "upload": SimpleUploadedFile("x.csv", b"kod;antal\n23;5\n24;4\n77;1\n"),
    }  # fmt: skip
    text = client.post(_address("grant_import"), given).content.decode()
    assert "2 rader är inlästa, 0 fanns redan, 1 behöver rättas." in text
    assert "koden 77" in text
    empty = client.post(_address("grant_import"), given | {"version": "", "upload": ""})
    assert empty.status_code == 422
