"""The pages and files of the basis: what stands on them, who gets them, and each step by its form."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.discharge import operations as ops
from samverka.discharge import reads
from samverka.discharge.models import Case, Hindrance, InvoiceBasis, Objection
from samverka.discharge.pages.basis_files import _told
from samverka.discharge.reads import BasisDetail
from samverka.discharge.rules.invoicing import BasisStatus
from samverka.people.reads import PersonDetail
from tests.discharge.rows import write_stay
from tests.discharge.stays import stay
from tests.discharge.test_liability_rows import KROKOM, _moved
from tests.factories.browser import log_in
from tests.factories.cast import Cast


def given(sent: str, discharged: str | None, **changes: object):
    return _moved(stay(sent, discharged, **changes))


@pytest.fixture
def row(cast: Cast, karin: PersonDetail) -> Case:
    return write_stay(cast, karin, given("2023-03-06 12:01", "2023-03-13", sip_required=True))


@pytest.fixture
def made(cast: Cast, row: Case) -> BasisDetail:
    return ops.make_basis(cast.economist, municipality_code=KROKOM, month=date(2023, 3, 1))


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_page_says_why_day_by_day(cast: Cast, made: BasisDetail, karin: PersonDetail) -> None:
    page = text_of(log_in(cast.economist), f"/betalningsansvar/{made.head.id}/")
    assert "därför att kallelse till SIP saknas" in page
    assert "Samma uppgifter ger samma svar nu" in page
    assert karin.name not in page
    assert karin.identities[0].number.formatted() not in page


def test_another_municipality_and_a_stranger_are_kept_out(cast: Cast, made: BasisDetail) -> None:
    place = f"/betalningsansvar/{made.head.id}/"
    for ending in ("", "excel/", "pdf/", "csv/"):
        assert log_in(cast.municipal_economist).get(place + ending).status_code == 200
        assert log_in(cast.stranger).get(place + ending).status_code in (403, 404)
    assert log_in(cast.stranger).get("/betalningsansvar/").status_code == 403


def test_a_basis_is_made_contested_decided_and_sent_by_forms(cast: Cast, row: Case) -> None:
    region, town = log_in(cast.economist), log_in(cast.municipal_economist)
    answer = region.post("/betalningsansvar/", {"municipality": KROKOM, "month": "2026-10-01"})
    assert answer.status_code == 302
    basis = ops.make_basis(cast.economist, municipality_code=KROKOM, month=date(2023, 3, 1)).head
    place = f"/betalningsansvar/{basis.id}/"
    assert "Bestrid ärendet" in text_of(town, place)
    assert "Bestrid ärendet" not in text_of(region, place)
    contest = f"{place}{row.id}/bestrid/"
    assert town.post(contest, {"reason": ""}).status_code == 422
    assert town.post(contest, {"reason": "Hon var inte klar."}).status_code == 302
    assert town.post(contest, {"reason": "Hon var inte klar."}).status_code == 422
    objection = Objection.objects.get()
    decide = f"/betalningsansvar/invandningar/{objection.id}/"
    assert "Hon var inte klar." in text_of(region, decide)
    assert region.post(f"{place}skickat/").status_code == 409
    assert town.post(decide, {"upheld": "ja", "words": "Ja"}).status_code == 403
    assert region.post(decide, {"upheld": "ja", "words": "Det stämmer."})["Location"] == place
    assert "Kommunen fick rätt" in text_of(town, place)
    assert region.post(f"{place}skickat/").status_code == 302
    assert InvoiceBasis.objects.get(id=basis.id).status == BasisStatus.LOCKED
    assert "Gör en rättelse" in text_of(region, place)


def test_an_amount_is_entered_with_its_source(cast: Cast) -> None:
    client = log_in(cast.economist)
    wrong = client.post("/betalningsansvar/belopp/", {"year": "2025", "kronor": "0", "source": "x"})
    assert wrong.status_code == 422
    assert "mellan 1 och 100000" in wrong.content.decode()
    right = {"year": "2025", "kronor": "12000", "source": "HSLF-FS 2024:1"}
    assert client.post("/betalningsansvar/belopp/", right).status_code == 302
    assert "HSLF-FS 2024:1" in text_of(client, "/betalningsansvar/")


def test_the_files_hold_every_day_and_no_name(
    cast: Cast, made: BasisDetail, row: Case, karin: PersonDetail
) -> None:
    client, place = log_in(cast.economist), f"/betalningsansvar/{made.head.id}/"
    table = client.get(f"{place}csv/").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(table), delimiter=";"))
    assert len(lines) == 1 + len(made.lines[0].days)
    assert {line[0] for line in lines[1:]} == {row.number}
    book = zipfile.ZipFile(io.BytesIO(client.get(f"{place}excel/").content))
    words = book.read("xl/sharedStrings.xml").decode()
    assert len([one for one in book.namelist() if one.startswith("xl/worksheets/sheet")]) == 3
    assert "kallelse till SIP saknas" in words
    assert row.number in words
    paper = client.get(f"{place}pdf/").content
    assert paper.startswith(b"%PDF-")
    for text in (table, words):
        assert karin.name not in text
        assert karin.family_name not in text


def test_the_files_hold_the_answer_and_every_reason(
    cast: Cast, made: BasisDetail, row: Case
) -> None:
    said = ops.contest_case(
        cast.municipal_economist, basis_id=made.head.id, case_id=row.id, reason="Inte klar"
    )
    client, place = log_in(cast.economist), f"/betalningsansvar/{made.head.id}/"
    assert "Inte klar – Väntar på regionens svar." in _words(client.get(f"{place}excel/").content)
    objection = said.lines[0].objections[0].id
    ops.decide_objection(cast.economist, objection_id=objection, upheld=False, words="Jo")
    words = _words(client.get(f"{place}excel/").content)
    assert "Inte klar – Regionen sa nej: Jo" in words
    assert "ansvaret börjar först 10 mars 2023" in words  # beside the call that is missing
    found: dict[str, Any] = _told(
        reads.basis(cast.economist, basis_id=made.head.id), date(2026, 11, 20)
    )
    assert ["Invändning", "Inte klar – Regionen sa nej: Jo"] in found["stays"][0]["runs"]


def test_the_amount_on_paper_says_where_it_is_written(cast: Cast, karin: PersonDetail) -> None:
    write_stay(cast, karin, given("2023-03-06 10:00", "2023-03-10"))
    made = ops.make_basis(cast.economist, municipality_code=KROKOM, month=date(2023, 3, 1))
    found: dict[str, Any] = _told(made, date(2026, 1, 1))
    assert ["Belopp per dygn 2023", "10500 · HSLF-FS 2022:60"] in found["facts"]


def _words(book: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(book)).read("xl/sharedStrings.xml").decode()


def test_known_agreements_and_what_is_uncertain_are_shown(cast: Cast) -> None:
    page = text_of(log_in(cast.economist), "/betalningsansvar/?till=2024-05")
    assert "Stockholm från 2020" in page
    assert "om dag noll är en av dem" in page
    assert "maj 2024" in page
    assert "Stockholm" not in text_of(log_in(cast.municipal_economist), "/betalningsansvar/?till=x")


def test_what_someone_typed_is_never_a_formula(cast: Cast, made: BasisDetail, row: Case) -> None:
    ops.contest_case(
        cast.municipal_economist, basis_id=made.head.id, case_id=row.id, reason="=1+1 är två"
    )
    client = log_in(cast.economist)
    found = client.get(f"/betalningsansvar/{made.head.id}/excel/").content
    book = zipfile.ZipFile(io.BytesIO(found))
    assert "=1+1 är två" in book.read("xl/sharedStrings.xml").decode()
    assert not any(b"<f>" in book.read(one) for one in book.namelist() if "sheet" in one)


def test_few_questions_however_many_stays(cast: Cast, karin: PersonDetail) -> None:
    client = log_in(cast.economist)
    asked = []
    for months in (("03",), ("04", "05", "06")):
        for month in months:
            write_stay(cast, karin, given(f"2023-{month}-06 10:00", f"2023-{month}-10",
                                          discharged_at=None))  # fmt: skip
            _home(cast)
        made = ops.make_basis(cast.economist, municipality_code=KROKOM, month=date(2023, 6, 1))
        path = f"/betalningsansvar/{made.head.id}/"
        client.get(path)
        with CaptureQueriesContext(connection) as found:
            client.get(path)
        asked.append(len([one for one in found if "SAVEPOINT" not in one["sql"]]))
    assert asked[0] == asked[1] <= 12


def _home(cast: Cast) -> None:
    with act(cast.ward_nurse, Action.CASE_EDIT) as this:
        this.note_general("Case")
        Case.objects.filter(status="admitted").update(status="home")


def test_the_case_shows_its_days_and_takes_a_hindrance(cast: Cast, karin: PersonDetail) -> None:
    row = write_stay(cast, karin, given("2026-11-09 10:00", None))
    client, place = log_in(cast.ward_nurse), f"/utskrivning/{row.id}/"
    page = text_of(client, place)
    assert "Dagar efter utskrivningsklar" in page
    assert "Dygnet räknas" in page
    assert client.get(f"{place}hinder/").status_code == 200
    assert client.post(f"{place}hinder/", {"first": "2026-11-13", "reason": ""}).status_code == 422
    body = {"first": "2026-11-13", "reason": "Ingen läkare tar över"}
    assert client.post(f"{place}hinder/", body).status_code == 302
    assert "Ingen läkare tar över" in text_of(client, place)
    ends = f"/utskrivning/hinder/{Hindrance.objects.get().id}/slut/"
    assert client.post(ends, {"last": "2026-11-12"}).status_code == 422
    assert client.post(ends, {"last": "2026-11-14"}).status_code == 302
    assert log_in(cast.stranger).get(f"{place}hinder/").status_code == 404
    assert log_in(cast.stranger).get(ends).status_code == 404


def test_an_economist_begins_at_the_bases(cast: Cast) -> None:
    for actor in (cast.economist, cast.municipal_economist):
        answer = log_in(actor).get("/", follow=True)
        assert answer.redirect_chain[-1][0] == "/betalningsansvar/"
        assert answer.status_code == 200
