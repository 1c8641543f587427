"""XML in and out, without a database: hostile messages stop, and what is made is valid."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from samverka.rivta.rules import (
    CONTACTS,
    PLANS,
    BadXml,
    ContactFacts,
    ContactType,
    Engagement,
    Place,
    PlanFacts,
    Result,
    WrongRequest,
    care_contacts,
    care_plans,
    fault,
    index_update,
    read_request,
    taken_by_index,
    waits,
)
from samverka.rivta.rules.index import UPDATE
from samverka.rivta.rules.plans import MOST_CONTENT
from samverka.rivta.rules.soap import MOST_BYTES, message
from tests.house.source import REPOSITORY
from tests.rivta.messages import SOURCE, about, answer, inside, question, texts, valid

NOW = datetime(2026, 11, 20, 23, 30, 5, tzinfo=UTC)
"""Half past midnight in Sweden."""

PLACE = Place("SE2321000214-U1", "Hälsocentralen", "SE2321000214-V1", "063-1", "a@b.se", "Krokom")
PLAN = PlanFacts(
    "p-1", "Karins plan", NOW, NOW, "Lena Berg", PLACE, True, "SIP", "Gå till affären", NOW, "Lena",
    ("SE2321000214-U2",),
)  # fmt: skip
RESULT = Result("6f1d2c1e-0000-0000-0000-000000000000")
NUMBER = about("191212121212")


def plans(*found: PlanFacts, result: Result = RESULT) -> bytes:
    return care_plans(found, number="191212121212", kind="1", source=SOURCE, result=result)


def test_a_question_is_read() -> None:
    parts = f"""<careUnitHSAId>SE1</careUnitHSAId><careUnitHSAId>SE2</careUnitHSAId>{NUMBER}
      <datePeriod><c:start>20260101</c:start><c:end>20261231</c:end></datePeriod>
      <sourceSystemHSAId>{SOURCE}</sourceSystemHSAId>"""
    text = question(PLANS, parts)
    valid(inside(text), PLANS)
    asked = read_request(PLANS, text)
    assert (asked.address, asked.number, asked.source) == (SOURCE, "191212121212", SOURCE)
    assert asked.unit_ids == {"SE1", "SE2"}
    assert (asked.since, asked.until) == (date(2026, 1, 1), date(2026, 12, 31))
    assert asked.within(NOW)
    assert asked.of_place(replace(PLACE, hsa_id="se1"))
    assert not asked.of_place(replace(PLACE, hsa_id="SE3"))


def test_contacts_are_asked_of_care_providers_too() -> None:
    """GetCareContacts has `careGiverHSAId` between units and person."""
    text = question(CONTACTS, f"<careGiverHSAId>SE2321000214-v1</careGiverHSAId>{NUMBER}")
    valid(inside(text), CONTACTS)
    asked = read_request(CONTACTS, text)
    assert asked.of_place(PLACE)
    assert not asked.of_place(replace(PLACE, provider_hsa_id="SE2321000214-V2"))


@pytest.mark.parametrize(
    "parts",
    [
        "",
        "<patientId><c:id>191212121212</c:id></patientId>",
        f"{NUMBER}<datePeriod><c:start>2026-01-01</c:start><c:end>20260102</c:end></datePeriod>",
        f"{NUMBER}<datePeriod><c:start>20261345</c:start><c:end>20260102</c:end></datePeriod>",
        f"{NUMBER}<careContactId>c1</careContactId>",
        f"{NUMBER}<datePeriod><c:start>20260101</c:start></datePeriod>",
        f"{NUMBER}<datePeriod><c:start>20260102</c:start><c:end>20260101</c:end></datePeriod>",
        f"{NUMBER}{NUMBER}",
        f"{NUMBER}<sourceSystemHSAId>A</sourceSystemHSAId><sourceSystemHSAId>B</sourceSystemHSAId>",
    ],
)
def test_a_question_that_the_contract_does_not_allow_is_told(parts: str) -> None:
    with pytest.raises(WrongRequest):
        read_request(PLANS, question(PLANS, parts))


_LAUGHS = b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"""
_FILE = b"""<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>"""
WHOLE = question(PLANS, NUMBER)
HEAD, REST = WHOLE.split(b"\n", 1)
HOSTILE = {
    "nothing": b"",
    "no xml": b"hello",
    "json": b'{"a": 1}',
    "cut off": WHOLE[:-20],
    "another root": b"<a/>",
    "no body": WHOLE.replace(b"s:Body", b"s:Other"),
    "two in the body": WHOLE.replace(b"</s:Body>", b"<x/></s:Body>"),
    "another contract": question(CONTACTS, NUMBER),
    "laughs": HEAD + _LAUGHS + REST.replace(b"191212121212", b"&b;"),
    "a file": HEAD + _FILE + REST.replace(b"191212121212", b"&f;"),
    "a document type": HEAD + b"<!DOCTYPE x>" + REST,
    "deep": question(PLANS, "<a>" * 200 + "</a>" * 200),
    "many": question(PLANS, "<a/>" * 6_000),
    "large": question(PLANS, f"<a>{'x' * MOST_BYTES}</a>"),
    "another encoding": WHOLE.replace(b"UTF-8", b"UTF-99"),
    "null": WHOLE.replace(b"191212121212", b"19\x00"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_message_stops(name: str) -> None:
    with pytest.raises(BadXml) as refused:
        read_request(PLANS, HOSTILE[name])
    assert "passwd" not in str(refused.value)
    assert "root:" not in str(refused.value)


@given(st.binary(max_size=400))
def test_random_bytes_are_refused_in_words(text: bytes) -> None:
    for sent in (text, WHOLE[:200] + text, WHOLE.replace(b"191212121212", text)):
        try:
            read_request(PLANS, sent)
        except (BadXml, WrongRequest):
            continue


def test_plans_are_valid_by_the_schema() -> None:
    found = answer(plans(PLAN), PLANS)
    assert texts(found, "documentId") == ["p-1"]
    assert texts(found, "documentTime") == ["20261121003005"]  # Swedish time
    assert texts(found, "healthcareProfessionalCareGiverHSAId") == ["SE2321000214-V1"]
    assert texts(found, "approvedForPatient") == ["true"]
    assert texts(found, "typeOfCarePlanEnum") == ["SIP"]
    assert texts(found, "root") == ["1.2.752.129.2.1.4.1"]
    assert b64decode(texts(found, "value")[0]).decode() == "Gå till affären"
    assert (texts(found, "resultCode"), texts(found, "logId")) == (["OK"], [RESULT.log_id])


def test_the_schema_sees_what_is_wrong() -> None:
    """Seen to fail: an unknown kind, an element out of order."""
    with pytest.raises(etree.DocumentInvalid):
        answer(plans(replace(PLAN, kind="XYZ")), PLANS)
    swapped = plans(PLAN).replace(b"documentId>", b"documentTitel>")
    with pytest.raises(etree.DocumentInvalid):
        answer(swapped, PLANS)


def test_content_is_cut_at_the_contracts_limit_and_never_inside_a_character() -> None:
    found = answer(plans(replace(PLAN, text="å" * MOST_CONTENT)), PLANS)
    sent = b64decode(texts(found, "value")[0])
    assert len(sent) <= MOST_CONTENT
    assert sent.decode().endswith("[…]")


def test_what_xml_cannot_hold_is_left_out() -> None:
    found = answer(plans(replace(PLAN, title="A\x00\x0bB & <c> 😀")), PLANS)
    assert texts(found, "documentTitle") == ["AB & <c> 😀"]


def test_an_error_says_that_it_was_the_request() -> None:
    found = answer(plans(result=Result("x", "Skriv dagar.", wrong=True)), PLANS)
    assert texts(found, "resultCode") == ["ERROR"]
    assert texts(found, "errorCode") == ["INVALID_REQUEST"]


@pytest.mark.parametrize("sort", list(ContactType))
def test_contacts_are_valid_by_the_schema(sort: ContactType) -> None:
    one = ContactFacts("k-1", sort, PLACE, NOW, None, "tidbokad", "Lena Berg")
    made = care_contacts([one], number="1", kind="1", source=SOURCE, result=RESULT)
    found = answer(made, CONTACTS)
    assert texts(found, "code") == [sort.value]
    assert texts(found, "codeSystem") == ["1.2.752.129.2.2.2.25"]
    assert texts(found, "start") == ["20261121003005"]
    assert texts(found, "end") == []


def test_the_index_is_told_a_valid_line() -> None:
    made = index_update(
        [Engagement("191212121212", "2321000214", NOW, NOW)], source=SOURCE, address="INDEX"
    )
    found = inside(made)
    valid(found, "Update")
    assert texts(etree.fromstring(made), "LogicalAddress") == ["INDEX"]
    assert texts(found, "categorization") == ["cll-cp"]
    assert texts(found, "mostRecentContent") == ["20261121003005"]


@pytest.mark.parametrize(("code", "taken"), [("OK", True), ("INFO", True), ("ERROR", False)])
def test_the_indexs_answer(code: str, taken: bool) -> None:
    body = etree.Element(f"{{{UPDATE}}}UpdateResponse")
    etree.SubElement(body, f"{{{UPDATE}}}ResultCode").text = code
    assert taken_by_index(message(body)) is taken


def test_a_fault_or_nonsense_is_no_yes() -> None:
    assert not taken_by_index(fault("Nej"))
    assert not taken_by_index(b"OK")


def test_the_index_knows_persons_by_numbers_of_one_form() -> None:
    assert Engagement("191212121212", "", NOW).tellable
    assert not Engagement("98240301AA06", "", NOW).tellable


def test_waiting_grows_and_ends() -> None:
    minutes = [waits(tries).total_seconds() / 60 for tries in range(20)]
    assert minutes == sorted(minutes)
    assert minutes[1] == 2
    assert minutes[-1] == 360


def test_the_example_of_the_how_to_is_a_question() -> None:
    page = (REPOSITORY / "docs/how-to/connect-by-rivta.md").read_text()
    [text] = re.findall(r"<s:Envelope.*?</s:Envelope>", page, re.DOTALL)
    valid(inside(text.encode()), PLANS)
    asked = read_request(PLANS, text.encode())
    assert (asked.number, asked.kind) == ("191212121212", "1.2.752.129.2.1.3.1")
    assert asked.address == SOURCE
