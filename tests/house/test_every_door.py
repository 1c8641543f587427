"""Every address, real records, every sort of visitor: who may not know gets the same answer as for nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from django.urls import URLPattern, get_resolver

from tests.house.doors import ANYONE, CHOICE, LIBRARY, OFFICE, OWN, PUBLIC, RECORD, Door
from tests.house.furnished import House
from tests.house.source import REPOSITORY, told
from tests.house.test_secrets import NUMBER
from tests.house.visits import (
    CHOOSE,
    LOGIN,
    Address,
    addresses,
    client_of,
    form_of,
    undone,
    visit,
    visitors,
)

TABLE = REPOSITORY / "docs/reference/doors.md"
METHODS = ("GET", "POST")
CLOSED = {"403", "404", "405", "–"}
DECIDED = PUBLIC.keys() | CHOICE.keys() | ANYONE.keys() | OFFICE.keys() | OWN.keys() | RECORD.keys()

MACHINES = ("web:fhir", "rivta:")
"""Doors for other systems: they are answered in FHIR, never sent to a page to log in or choose."""


def _refused_in_fhir(text: str, *statuses: str) -> bool:
    return any(f" {name}" in text for name in MACHINES) and text.endswith(statuses)


Met = dict[tuple[Address, str, str], str]
"""(address, method, visitor) → how they were met."""

MAY = "one who may"
"""The visitor that the door itself names; no column of the table."""


# ── the list ──


def test_every_address_has_a_line() -> None:
    missing = [f"{one.name}: say in tests/house/doors.py who may open it." for one in addresses()
               if one.name not in DECIDED]  # fmt: skip
    assert not missing, told(missing)


def test_no_line_is_left_over() -> None:
    names = {one.name for one in addresses()} | {"demo:entrance"}
    assert not DECIDED - names, f"Take out of doors.py: {sorted(DECIDED - names)}."


def _marked(mark: str) -> set[str]:
    found = set()

    def walk(patterns: Sequence[Any], space: str) -> None:
        for one in patterns:
            if isinstance(one, URLPattern):
                if getattr(one.callback, mark, False):
                    found.add(f"{space}{one.name}")
            else:
                inner = f"{space}{one.namespace}:" if one.namespace else space
                walk(one.url_patterns, inner)

    walk(get_resolver().url_patterns, "")
    return found


def test_every_open_address_is_listed_by_name() -> None:
    undecided = [
        f"{name}: `public` without a reason in doors.py."
        for name in _marked("public") - PUBLIC.keys()
    ]
    undecided += [f"{name}: `before_choice` without a reason in doors.py."
                  for name in _marked("before_choice") - CHOICE.keys()]  # fmt: skip
    assert not undecided, told(undecided)


def test_the_librarys_addresses_are_listed_by_name() -> None:
    open_ones = {one for one in _all_names() if one.startswith(("account_", "mfa_"))}
    assert open_ones == set(LIBRARY), (
        f"The door leaves these to the library: {open_ones ^ set(LIBRARY)}."
    )


def _all_names() -> set[str]:
    return {str(key) for key in get_resolver().reverse_dict if isinstance(key, str)}


# ── the visits ──


@pytest.fixture(scope="module")
def _kept() -> dict[str, Met]:
    return {}


@pytest.fixture
def answers(house: House, _kept: dict[str, Met]) -> Met:
    """Everyone at every door; made once."""
    if "met" not in _kept:
        _kept["met"] = dict(_visits(house))
    return _kept["met"]


def _door(name: str) -> Door:
    return (OFFICE | OWN | RECORD).get(name, Door())


def _visits(house: House) -> Iterator[tuple[tuple[Address, str, str], str]]:
    clients = visitors(house)
    for address in addresses():
        path, door = address.path(house), _door(address.name)
        one_who_may = client_of(house, door.who)
        body = form_of(one_who_may, address, door, house)
        for method in METHODS:
            sent = body if method == "POST" else {}
            theirs = visit(one_who_may, method, path, sent)
            for name, client in clients.items():
                # An address that does not take a method does not take it from anyone.
                asks = theirs != "405" or name == "nobody"
                yield (
                    (address, method, name),
                    visit(client, method, path, sent) if asks else NOT_TAKEN,
                )
            yield (address, method, MAY), theirs


NOT_TAKEN = "–"


def _at(answers: Met, names: Mapping[str, object], *visitors_: str) -> Iterator[tuple[str, str]]:
    """(sentence so far, how they were met) for these visitors at these doors."""
    for (address, method, visitor), how in answers.items():
        if address.name in names and visitor in visitors_:
            yield f"{method} {address.name} by {visitor}: {how}", how


def test_no_page_falls_over(answers: Met) -> None:
    faults = [f"{method} {address.name} by {visitor}: {how}: mend the page."
              for (address, method, visitor), how in answers.items() if how.startswith("5")]  # fmt: skip
    assert not faults, told(faults)


def test_without_a_log_in_every_door_is_shut(answers: Met) -> None:
    shut = dict.fromkeys(DECIDED - PUBLIC.keys(), "")
    faults = [
        f"{text}; must be sent to log in."
        for text, how in _at(answers, shut, "nobody")
        if how != LOGIN and not _refused_in_fhir(text, ": 401")
    ]
    assert not faults, told(faults)


def test_without_an_assignment_only_the_choice_is_open(answers: Met) -> None:
    shut = dict.fromkeys(DECIDED - PUBLIC.keys() - CHOICE.keys(), "")
    faults = [
        f"{text}; must be sent to choose."
        for text, how in _at(answers, shut, "newcomer")
        if how not in (CHOOSE, NOT_TAKEN) and not _refused_in_fhir(text, ": 403")
    ]
    assert not faults, told(faults)


def test_without_permissions_nothing_is_shown(answers: Met) -> None:
    names: dict[str, object] = {**OFFICE, **RECORD, **OWN}
    faults = [
        f"{text}; one without any permission was let in." for text, how in _at(answers, names, "bare")
        if how not in CLOSED and not _sent_home(text) and not _refused_in_fhir(text, ": 415")
    ]  # fmt: skip
    assert not faults, told(faults)


def _sent_home(text: str) -> bool:
    """Staff at a person's own page, and a person at the staff's, are sent to the other, which decides."""
    pages = ("GET contract:my_page by", "GET contract:person by", "GET contract:contract by")
    return text.startswith(pages) and text.endswith(": 302")


ABOUT_THE_PERSON = {
    "careplans:list": "the list of plans shows only those that the reader may know",
    "careplans:ask": "any unit with a relation may ask for a plan",
    "careplans:new": "any unit with a relation may begin a plan of its own",
    "careplans:self_care_list": "the list shows only the advice that the reader may know",
    "careplans:self_care_new": "any unit with a relation may give advice of its own",
    "careplans:contact_new": "any unit with a relation may appoint a contact of its own",
}
"""Addresses of plans that are about the person, not about one plan."""


def test_a_record_is_closed_to_those_who_may_not_know(answers: Met) -> None:
    faults = [
        f"{text}; must be 404, or 403."
        for text, how in _at(answers, RECORD, "stranger", "neighbour")
        if how not in CLOSED and not _sent_home(text)
    ]
    assert not faults, told(faults)


def test_a_plan_is_closed_to_those_to_whom_it_has_not_been_given(answers: Met) -> None:
    plans = {
        name: door
        for name, door in RECORD.items()
        if name.startswith("careplans:") and name not in ABOUT_THE_PERSON
    }
    outside = ("other side", "other unit", "IFO", "administrator", "log reviewer")
    faults = [
        f"{text}; the plan has not been given to them."
        for text, how in _at(answers, plans, *outside)
        if how not in CLOSED
    ]
    assert not faults, told(faults)


def test_a_stranger_is_answered_404_not_403(answers: Met) -> None:
    """403 tells that something is there; the stranger has the same permissions as the nurse."""
    faults = [
        f"{text}; 403 tells that there is something to know."
        for text, how in _at(answers, RECORD, "stranger")
        if how == "403"
    ]
    assert not faults, told(faults)


def test_a_persons_own_pages_are_closed_to_others(answers: Met) -> None:
    about_karin = {one.name for one in addresses() if one.name in OWN and one.arguments}
    faults = [
        f"{text}; it is Karin's."
        for text, how in _at(answers, dict.fromkeys(about_karin), "neighbour", "stranger", "bare")
        if how not in CLOSED and not _sent_home(text) and text not in AT_HOME
    ]
    assert not faults, told(faults)


AT_HOME = {"GET contract:my_page by neighbour: 200"}
"""The same name without an id is each one's own page."""


def test_one_who_may_is_let_in(answers: Met) -> None:
    """The other side: or else every door above could simply be missing."""
    faults = []
    for address in addresses():
        if address.name not in OFFICE | OWN | RECORD:
            continue
        met = {method: answers[address, method, MAY] for method in METHODS}
        if not {"200", "302", ONCE.get(address.name, "")} & set(met.values()):
            faults.append(
                f"{address.name}: {met}; one who may is not let in: name who may in doors.py."
            )
    assert not faults, told(faults)


ONCE: dict[str, str] = {
    "careplans:carer_end": "409",
    "careplans:meeting_presence": "204",
    "careplans:send": "409",
    "careplans:told": "409",
    "discharge:not_reached": "422",
    "discharge:reserve_file": "422",
    "discharge:tell_contact": "409",
    "rivta:care-contacts": "415",
    "rivta:care-plans": "415",
    "web:fhir-base": "415",
    "web:fhir-base-slash": "415",
    "web:fhir-type": "415",
}
"""Let in, and told that there is nothing to do now; or answered without a page. Their own tests do the step."""

# ── the table in the repository ──


def as_table(answers: Met) -> str:
    """The answers as a page of Markdown, one line an address."""
    names = [one for one in dict.fromkeys(visitor for *_, visitor in answers) if one != MAY]
    head = ["address", *names]
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join(["---"] * len(head)) + " |"]
    for address in dict.fromkeys(address for address, _method, _visitor in answers):
        arguments = f" ({', '.join(address.arguments)})" if address.arguments else ""
        cells = [
            _cell(answers[address, "GET", name], answers[address, "POST", name]) for name in names
        ]
        lines.append("| " + " | ".join([f"`{address.name}`{arguments}", *cells]) + " |")
    return HEAD + "\n".join(lines) + "\n"


HEAD = """# Doors

<!-- Written by tests/house/test_every_door.py with SAMVERKA_WRITE_DOORS=1: look through the difference before you commit it. -->

Every address, every sort of visitor, with one real record of Karin's: how GET / POST were met. POST sends what the page's own form
would send from one who may. –: the address does not take that method. *other side*: the municipality's nurse, who has a
relation and neither consent nor disclosure. *other unit*: a ward of the same care provider, with a relation and no active choice.
*bare*: at the right unit, without permissions. *neighbour*: another person. *daughter*: acts for Karin, may read.

"""


def _cell(get: str, post: str) -> str:
    return get if get == post else f"{get} / {post}"


def test_the_table_of_doors_is_the_committed_one(answers: Met) -> None:
    made = as_table(answers)
    if os.environ.get("SAMVERKA_WRITE_DOORS"):
        TABLE.write_text(made)
    committed = TABLE.read_text() if TABLE.exists() else ""
    changed = [line for line in made.splitlines() if line not in committed.splitlines()]
    gone = [line for line in committed.splitlines() if line not in made.splitlines()]
    assert made == committed, (
        "Who gets in where has changed. Look it through, then run this with SAMVERKA_WRITE_DOORS=1."
        + told([f"was  {line}" for line in gone] + [f"now  {line}" for line in changed])
    )


# ── addresses themselves ──


def test_no_address_takes_an_identity_number() -> None:
    words = re.compile(r"personnummer|identity_?number|pnr|ssn", re.I)
    faults = [f"{one.name}: a number travels in the body of a POST." for one in addresses()
              if any(words.search(argument) for argument in one.arguments)]  # fmt: skip
    assert not faults, told(faults)


def test_no_answer_leads_to_an_address_with_a_number(house: House) -> None:
    """After a search and a registration the number is in no address, link or title."""
    client = client_of(house, lambda made: made.nurse)
    number = house.karin.identity
    assert number is not None
    with undone():
        answers = [
            client.post("/sok/", {"q": number.formatted()}, follow=True),
            client.get(f"/personer/{house.karin.id}/"),
        ]
    for answer in answers:
        page = answer.content.decode()
        places = re.findall(r"""(?:href|action|src)="([^"]*)\"""", page) + re.findall(
            r"<title>(.*?)</title>", page, re.S
        )
        places += [where for where, _status in getattr(answer, "redirect_chain", [])]
        assert not [place for place in places if NUMBER.search(place)]
