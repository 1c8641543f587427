"""Pages of the room: the list and its files, a wait and its forms, the letter on paper, the person's own words."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from samverka.guarantee import operations as ops
from samverka.guarantee import reads
from samverka.guarantee.reads import WaitDetail
from samverka.guarantee.rules import LetterKind, judge_clock
from samverka.guarantee.rules.letters import Matter, letter_of
from samverka.people.reads import PersonDetail
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, person_login
from tests.guarantee.waits import at, decided, referred, sought
from tests.readability import lix

TODAY = NOW.date()
DAY = timedelta(days=1)
EASY = 30.0
"""The highest LIX of what the person reads."""


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def shown(client: Client, name: str, *args: object, query: str = "", status: int = 200) -> str:
    answer = client.get(reverse(f"guarantee:{name}", args=args) + query)
    assert answer.status_code == status, (name, answer.status_code)
    return answer.content.decode()


def posted(client: Client, name: str, *args: object, status: int = 302, **data: Any) -> str:
    answer = client.post(reverse(f"guarantee:{name}", args=args), data)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer.content.decode()


def test_the_list_the_files_and_the_way_in(cast: Cast, wait: WaitDetail) -> None:
    client = log_in(cast.surgery_nurse)
    assert "Ingen har bråttom" in shown(client, "list")
    found = shown(client, "list", query="?visa=alla")
    assert "Karin Åström" in found
    assert "dag 60 av 90" in found
    assert reverse("guarantee:offer", args=[wait.id]) in found
    plain = shown(client, "table", query="?visa=alla")
    assert "Undersökning av knät" in plain
    book = client.get(reverse("guarantee:workbook") + "?visa=alla")
    rows = list(openpyxl.load_workbook(io.BytesIO(book.content)).active.values)
    assert rows[1][0] == "Karin Åström"
    assert rows[1][6] == "2026-12-20"
    assert f'href="{reverse("guarantee:list")}"' in client.get("/").content.decode()


def test_from_the_persons_page_to_a_wait_and_through_its_forms(
    cast: Cast, karin: PersonDetail
) -> None:
    nurse = cast.surgery_nurse
    client = log_in(nurse)
    overview = client.get(reverse("contract:person", args=[karin.id])).content.decode()
    assert reverse("guarantee:start", args=[karin.id]) in overview
    told: dict[str, Any] = {"matter": "new-need", "part": "visit", "what": "Knät", "sought_at": ""}
    wrong = posted(client, "start", karin.id, status=422, **told)
    assert "Skriv när remissen skrevs" in wrong
    assert 'value="Knät"' in wrong, "nothing typed is lost"
    posted(client, "start", karin.id, **told, referral_issued_at="2026-09-21")
    [one] = reads.wait_list(nurse, choice=reads.Choice.WAITING).lines
    assert str(one.clock.last_day) == "2026-12-20"
    posted(client, "offer", one.id, care_on="2026-12-01", where="Här", made_on="2026-11-20")
    found = reads.wait(nurse, wait_id=one.id)
    no: dict[str, Any] = {"accepted": "no", "answered_on": "2026-11-20"}
    posted(client, "answer", one.id, found.offers[0].id, **no)
    abstains: dict[str, Any] = {"reason": "abstains", "first": "2026-11-20", "last": "2026-11-30"}
    abstains["offer_id"] = str(found.offers[0].id)
    refused = posted(client, "pause", one.id, status=422, **abstains)
    assert "inte fått veta om vårdgarantin" in refused
    posted(client, "pause", one.id, **abstains, informed_on="2026-11-20")
    page = shown(client, "wait", one.id)
    assert "11 dagar från 20 november 2026" in page
    assert "Sista dagen är 31 december 2026" in page
    posted(client, "contact", one.id, day="2026-11-20", purpose="first-visit", way="clinic")
    assert "I tid" in shown(client, "wait", one.id)


def test_a_return_visit_goes_by_its_target_date(cast: Cast, karin: PersonDetail) -> None:
    client = log_in(cast.surgery_nurse)
    told: dict[str, Any] = {"matter": "return-visit", "part": "visit", "what": "Knät"}
    told |= {"decided_at": "2026-11-02"}
    wrong = posted(client, "start", karin.id, status=422, **told)
    assert "Skriv måldatum" in wrong
    new = told | {"matter": "new-need", "referral_issued_at": "2026-11-02"}
    wrong = posted(client, "start", karin.id, status=422, **new, target_on="2026-12-01")
    assert "inget måldatum" in wrong
    posted(client, "start", karin.id, **told, target_on="2026-12-01")
    [one] = reads.wait_list(cast.surgery_nurse, choice=reads.Choice.WAITING).lines
    page = shown(client, "wait", one.id)
    assert "Återbesök nämns inte i vårdgarantin" in page
    assert "Måldatum är 1 december 2026" in page
    assert not one.breached
    posted(client, "contact", one.id, day="2026-11-20", purpose="return-visit", way="clinic")
    assert reads.wait(cast.surgery_nurse, wait_id=one.id).clock.came_on is not None


def test_correcting_keeps_the_hour_and_what_stood(cast: Cast, wait: WaitDetail) -> None:
    client = log_in(cast.surgery_nurse)
    form = shown(client, "correct", wait.id)
    version = re.search(r'name="version" value="(\d+)"', form)
    told: dict[str, Any] = {"matter": "new-need", "part": "visit", "what": "Höften", "referral_issued_at": "2026-09-21",
            "referral_received_at": "2026-09-24", "reason": "Fel led.", "area": "Ortopedi",
            "referrer": "Anna Lund", "version": version[1]}  # fmt: skip
    posted(client, "correct", wait.id, **told)
    found = reads.wait(cast.surgery_nurse, wait_id=wait.id)
    assert set(found.changes[0].before) == {"what"}
    assert "Någon annan" in posted(client, "correct", wait.id, status=422, **told)


def test_the_letter_is_read_written_and_printed(
    cast: Cast, wait: WaitDetail, karin: PersonDetail
) -> None:
    client, patient = log_in(cast.surgery_nurse), log_in(person_login(karin))
    assert "Ingen tid är erbjuden" in shown(client, "write_letter", wait.id, "offer")
    posted(client, "write_letter", wait.id, "offer", status=422, skriv="1")
    posted(client, "write_letter", wait.id, "guarantee", skriv="1")
    [letter] = reads.wait(cast.surgery_nurse, wait_id=wait.id).letters
    for reader in (client, patient):
        paper = reader.get(reverse("guarantee:letter", args=[wait.id, letter.id]))
        assert paper.content.startswith(b"%PDF")
    shown(client, "write_letter", wait.id, "nonsense", status=404)
    stranger = log_in(cast.stranger)
    assert stranger.get(reverse("guarantee:letter", args=[wait.id, letter.id])).status_code == 404


def test_the_person_reads_the_own_clock(cast: Cast, wait: WaitDetail, karin: PersonDetail) -> None:
    ops.offer_time(cast.surgery_nurse, wait_id=wait.id, care_on=TODAY + 9 * DAY, where="Östersund")
    patient = log_in(person_login(karin))
    mine = patient.get(reverse("contract:my_page", args=[karin.id])).content.decode()
    assert "Du ska få ditt första besök senast 20 december 2026." in mine
    assert "Det är 30 dagar kvar." in mine
    assert "Ring och säg ja eller nej." in mine
    own = shown(patient, "mine", wait.id)
    words = " ".join(re.sub(r"<[^>]+>", " ", own.split("<main")[1].split("</main>")[0]).split())
    assert lix(words) <= EASY, words
    for name in ("wait", "offer", "end"):
        shown(patient, name, wait.id, status=403)
    for other in (cast.stranger, cast.municipal_nurse):
        shown(log_in(other), "mine", wait.id, status=404)
        shown(log_in(other), "wait", wait.id, status=404)


@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_letter_is_easy_to_read(kind: LetterKind) -> None:
    matter = Matter(
        what="Undersökning av knät",
        unit="Ortopeden",
        phone="063-15 30 00",
        care_on=at("2026-11-01").date(),
        where="Sundsvalls sjukhus",
        travel="Vi betalar resan.",
    )
    for wait in (referred("2026-09-01"), decided("2026-06-01"), sought("2026-09-10")):
        if kind is LetterKind.ELSEWHERE and wait.sought_at:
            continue
        words = " ".join(letter_of(kind, judge_clock(wait, at("2026-09-10")), matter))
        assert lix(words) <= EASY, (lix(words), words)
