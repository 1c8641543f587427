"""The pages: twenty-five answers on one page, a fault beside what is good, files there and back, what anyone reads."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urlencode
from uuid import UUID

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid
from samverka.transition.forms.reports.filled import filled
from samverka.transition.reads import reports as reads
from samverka.transition.rules.reports.cells import Cells, answer_in, cells_of
from samverka.transition.rules.reports.form import shipped_form
from samverka.transition.rules.reports.kinds import Recipient
from tests.factories.cast import NOW, Cast
from tests.factories.login import logged_in
from tests.transition.reporting import answer, open_round, report_of, sign

FORM = shipped_form()


@pytest.fixture(autouse=True)
def _now(time_machine: object) -> None:
    time_machine.move_to(NOW)  # type: ignore[attr-defined]


def post_area(
    client: Client, report_id: UUID, area: str, given: dict[str, str], **more: str
) -> str:
    address = reverse("transition:report_area", args=[report_id, area])
    sent = client.post(address, given, headers=more)
    assert sent.status_code in (200, 302, 422), sent.status_code
    return sent.content.decode()


def test_answers_are_saved_while_one_writes_and_a_fault_takes_nothing_with_it(
    cast: Cast, time_machine: object
) -> None:
    krokom = report_of(open_round(cast), "Krokom")
    client = logged_in(cast.municipal_analyst)
    page = client.get(reverse("transition:report", args=[krokom])).content.decode()
    assert page.count('class="question"') == 25
    assert "0 av 25 frågor besvarade" in page
    given = {"kont-omsorg--svar": "146,1", "kont-fast--svar": "some", "kont-fast--version": "0"}
    said = post_area(client, krokom, "kontinuitet", given, **{"HX-Request": "true"})
    assert "utom det som behöver rättas" in said
    assert "högst 100" in said
    assert 'id="kont-fast' not in said
    assert (
        '<input type="hidden" name="kont-fast--version" id="id_kont-fast--version" value="1"'
        in said
    )
    shown = post_area(client, krokom, "kontinuitet", given | {"kont-fast--version": "1"})
    assert 'value="146,1"' in shown  # what was typed is still there
    lines = reads.report_detail(cast.municipal_analyst, report_id=krokom).questions
    kept = {one.question.code: one.answer for one in lines}
    assert (kept["kont-fast"].choice, kept["kont-omsorg"].number) == ("some", None)


def test_two_browsers_meet_and_both_texts_are_on_the_page(cast: Cast) -> None:
    krokom = report_of(open_round(cast), "Krokom")
    client = logged_in(cast.municipal_analyst)
    post_area(
        client, krokom, "stod", {"stod-resurser--ord": "Mitt.", "stod-resurser--version": "0"}
    )
    later = {"stod-resurser--ord": "Ditt.", "stod-resurser--version": "0"}
    said = post_area(client, krokom, "stod", later, **{"HX-Request": "true"})
    for words in ("Mitt.", "Ditt.", "Två texter finns"):
        assert words in said
    post_area(client, krokom, "stod", {"ta": "stod-resurser:0", "stod-resurser--ord": "Mitt.", "stod-resurser--version": "1"})  # fmt: skip
    lines = reads.report_detail(cast.municipal_analyst, report_id=krokom).questions
    assert (
        next(one for one in lines if one.question.code == "stod-resurser").answer.words == "Ditt."
    )


def test_one_click_says_that_last_years_answer_still_holds(cast: Cast) -> None:
    first = open_round(cast, year=2025)
    sign(cast.municipal_analyst, cast.municipal_leader, report_of(first, "Krokom"))
    krokom = report_of(open_round(cast, previous_id=first.round.id), "Krokom")
    client = logged_in(cast.municipal_analyst)
    page = client.get(reverse("transition:report", args=[krokom])).content.decode()
    assert page.count("Gäller fortfarande") == 25
    post_area(client, krokom, "stod", {"galler": "stod-malbild"})
    assert reads.report_detail(cast.municipal_analyst, report_id=krokom).answered == 1


@pytest.mark.parametrize("question", FORM.questions, ids=lambda one: one.code)
def test_every_kind_of_answer_comes_back_from_its_cells(question: object) -> None:
    given = answer(question)  # type: ignore[arg-type]
    main, words, links = cells_of(question, given)  # type: ignore[arg-type]
    cells = Cells("rad 2", "", main.upper() if main.isalpha() else main, words, links)
    if not given.words:
        assert answer_in(question, cells) == given  # type: ignore[arg-type]
    else:
        assert answer_in(question, Cells("", "", main, words, links)) == given  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_a_form_goes_out_empty_is_filled_in_and_read_back(cast: Cast, kind: str) -> None:
    krokom = report_of(open_round(cast), "Krokom")
    client = logged_in(cast.municipal_analyst)
    address = reverse("transition:report_file", args=[krokom, kind])
    body = client.get(address).content
    post_area(
        client, krokom, "stod", {"stod-resurser--ord": "Mitt.", "stod-resurser--version": "0"}
    )
    fill = _fill_workbook if kind == "xlsx" else _fill_document
    changed = fill(body, {"stod-malbild": "Delvis", "stod-resurser": "Filens.", "kont-omsorg": "många",
                          "stod-forankring": "Kanske"})  # fmt: skip
    file = SimpleUploadedFile(f"krokom.{kind}", changed)
    page = client.post(reverse("transition:report_read_in", args=[krokom]), {"file": file})
    said = page.content.decode()
    for words in ("1 svar är inläst", "På 1 fråga står det något annat", "är inte ett tal",
                  "Kanske", "Ja / Delvis / Nej", "rad 2" if kind == "xlsx" else "tabell 1"):  # fmt: skip
        assert words in said, words
    lines = reads.report_detail(cast.municipal_analyst, report_id=krokom).questions
    kept = {one.question.code: one for one in lines}
    assert kept["stod-malbild"].answer.choice == "partly"
    assert kept["stod-resurser"].answer.words == "Mitt."
    assert [(one.answer.words, one.source) for one in kept["stod-resurser"].others] == [
        ("Filens.", f"krokom.{kind}")
    ]


def _fill_workbook(body: bytes, given: dict[str, str]) -> bytes:
    book = openpyxl.load_workbook(BytesIO(body))
    for row in book["Svar"].iter_rows(min_row=2):
        if row[0].value in given:
            row[3].value = given[row[0].value]
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _fill_document(body: bytes, given: dict[str, str]) -> bytes:
    found = docx.Document(BytesIO(body))
    for table in found.tables:
        if (code := table.rows[0].cells[1].text) in given:
            table.rows[3].cells[1].text = given[code]
    made = BytesIO()
    found.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("x.pdf", b"%PDF-", "sluta på"),
        ("x.xlsx", b"PK\x03\x04 not a book", "går inte att läsa"),
        ("x.docx", b"", "går inte att läsa"),
        ("x.xlsx", b"x" * (6 * 1024 * 1024), "för stor"),
    ],
)
def test_a_file_that_is_no_form_is_refused_in_words(name: str, body: bytes, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        filled(name, body, FORM.asked(Recipient.REGION))


def test_a_workbook_of_something_else_is_refused() -> None:
    book = openpyxl.Workbook()
    made = BytesIO()
    book.save(made)
    with pytest.raises(Invalid, match="inga av formulärets"):
        filled("x.xlsx", made.getvalue(), FORM.asked(Recipient.REGION))


def _get(actor: Actor | None, name: str, *args: object, status: int = 200) -> str:
    client = logged_in(actor) if actor else Client()
    sent = client.get(reverse(f"transition:{name}", args=args))
    assert sent.status_code == status, (name, sent.status_code)
    return sent.content.decode() if "text" in sent["Content-Type"] else ""


def test_a_round_from_plan_to_the_page_that_anyone_reads(cast: Cast) -> None:
    client = logged_in(cast.analyst)
    days = {"opens": "2026-11-01", "due": "2026-12-15", "closes": "2027-01-31"}
    new = {"year": "2026", "title": "Nära vård", "agreement": "", "previous": ""} | days
    assert client.post(reverse("transition:round_new"), new).status_code == 302
    found = reads.report_home(cast.analyst).rounds[0]
    client.post(reverse("transition:round_open", args=[found.id]))
    region = report_of(reads.round_detail(cast.analyst, round_id=found.id), "Region")
    _get(None, "public_round", found.id, status=404)
    sign(cast.analyst, cast.leader, region)
    assert "Ta emot" in _get(cast.analyst, "report", region)
    step = reverse("transition:report_step", args=[region, "lock"])
    assert client.post(step, urlencode({}), content_type="application/x-www-form-urlencoded").status_code == 302  # fmt: skip
    assert "1 av 3 har lämnat" in _get(cast.analyst, "round", found.id)
    _get(cast.municipal_analyst, "summary", found.id, status=404)
    client.post(reverse("transition:round_publish", args=[found.id]))
    page = _get(None, "public_round", found.id)
    assert "1 av 1 regioner säger ja" in page
    assert "Region Jämtland Härjedalen" in page
    assert 'name="robots"' not in page
    assert cast.leader.name in _get(None, "public_report", region)
    assert "Nära vård 2026" in _get(None, "public_rounds")
    for kind in ("xlsx", "csv", "docx", "pdf"):
        _get(None, "public_file", found.id, kind)
    _get(cast.analyst, "summary_file", found.id, "csv")
    _get(cast.analyst, "report_file", region, "pdf")
    _get(cast.municipal_analyst, "report_compare", region)
    assert "Två läser varje text" in _get(cast.analyst, "coding", found.id)
    text = reads.round_coding(cast.analyst, round_id=found.id).texts[0]
    code = reverse("transition:code", args=[found.id, text.answer_id])
    assert client.post(code, {"codes": ["anchored"]}).status_code == 302


def test_the_stranger_and_the_one_without_the_role(cast: Cast) -> None:
    found = open_round(cast)
    region = report_of(found, "Region")
    for name, args in (("report", [region]), ("report_compare", [region]), ("report_file", [region, "pdf"])):  # fmt: skip
        _get(cast.other_municipality, name, *args, status=404)
    _get(cast.block_officer, "reports", status=403)
    _get(cast.municipal_analyst, "round_new", status=403)
    client = logged_in(cast.municipal_leader)
    assert client.post(reverse("transition:report_step", args=[region, "sign"])).status_code == 404
    assert client.post(reverse("transition:round_open", args=[found.round.id])).status_code == 403
