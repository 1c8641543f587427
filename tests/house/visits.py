"""Visits: each of the house's addresses, by each of those who come, and how they were met."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from samverka.access.models import Account
from samverka.web.door import SECOND_FACTOR
from tests.factories.browser import log_in
from tests.house.doors import LIBRARY, Door
from tests.house.furnished import House
from tests.indicators.pages.curves import DAYS, OWN


@dataclass(frozen=True)
class Address:
    """One address of the house by name, with the arguments that it takes."""

    name: str
    arguments: tuple[str, ...]

    @property
    def about_someone(self) -> bool:
        """Whether it names a record."""
        return bool(self.arguments)

    def path(self, house: House) -> str:
        """The address of Karin's record of that kind."""
        known = house.ids | {
            "section": "what_matters",
            "part": "help",
            "version": house.plan.version,
        }
        known |= {"group": "elderly"}
        known |= {"key": "plan.follow-up-within"}
        known |= {"code": DAYS, "area": "23"}
        known |= {"year": 2026}
        known |= {"kind": "free", "letter_kind": "guarantee"}
        known |= {"area_code": "stod", "question": "stod-resurser", "file_kind": "xlsx"}
        known |= {"step_name": "lock", "to": "cancelled"}
        if self.name.startswith("web:fhir"):
            known |= {"kind": "CarePlan", "key": house.plan.id, "name": "_history", "last": "1"}
        known |= {name: house.ids[other] for name, other in SPECIAL.get(self.name, {}).items()}
        known |= WORDS.get(self.name, {})
        path = reverse(self.name, kwargs={one: known[one] for one in self.arguments})
        return path + QUERIES.get(self.name, "")


SPECIAL = {
    "contract:step_in": {"unit_id": "home_unit_id"},
    "contract:task_undo": {"task_id": "done_task_id"},
    "connections:let_in": {"client_id": "off_client_id"},
    "discharge:basis_lock": {"basis_id": "sendable_id"},
    "guarantee:reopen": {"wait_id": "ended_wait_id"},
    "transition:grant_decide": {"distribution_id": "draft_distribution_id"},
    "transition:grant_period": {"agreement_id": "period_id"},
    "transition:grant_award_year": {"agreement_id": "period_id"},
    "transition:report_step": {"report_id": "signed_report_id"},
    "transition:round_publish": {"round_id": "received_round_id"},
    "transition:round_open": {"round_id": "planned_round_id"},
    "transition:comment_handled": {"comment_id": "report_comment_id"},
    "contacts:restore": {"booking_id": "cancelled_id"},
    "contacts:promise_again": {"promise_id": "kept_id"},
}
"""Addresses that ask for another record than the others with the same argument."""

WORDS = {
    "indicators:measure_retire": {"code": OWN},
    "connections:ask": {"key": "not-asked"},
    "developers:kind": {"name": "CarePlan"},
}
"""Addresses that ask for another word than the others with the same argument."""

QUERIES = {"careplans:compare": "?fran=1&till=2"}
"""What an address asks for behind the question mark."""


def addresses() -> list[Address]:
    """All of the house's own; the log-in library's are its own."""
    found = [one for one in _walk(get_resolver().url_patterns, "") if one.name not in LIBRARY]
    return sorted(set(found), key=lambda one: (one.name, one.arguments))


def _walk(patterns: list[Any], space: str) -> Iterator[Address]:
    for one in patterns:
        if isinstance(one, URLPattern):
            names = tuple(sorted(one.pattern.converters or one.pattern.regex.groupindex))
            yield Address(f"{space}{one.name}", names)
        elif isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one.url_patterns, inner)


# ── those who come ──


def visitors(house: House) -> dict[str, Client]:
    """A browser for each; the first has not logged in, the second not chosen an assignment."""
    cast = house.cast
    newcomer = Client()
    newcomer.force_login(Account.objects.get(id=house.newcomer.id))
    session = newcomer.session
    session[SECOND_FACTOR] = True
    session.save()
    found = {"nobody": Client(), "newcomer": newcomer} | {
        name: log_in(actor)
        for name, actor in {
            "bare": house.bare,
            "stranger": cast.stranger,
            "other side": cast.municipal_nurse,
            "other unit": cast.ward_nurse,
            "IFO": cast.ifo_officer,
            "nurse": house.nurse,
            "block officer": cast.block_officer,
            "log reviewer": cast.log_reviewer,
            "administrator": cast.administrator,
            "patient": house.patient,
            "neighbour": house.neighbour,
            "daughter": house.daughter,
        }.items()
    }
    for client in found.values():
        client.raise_request_exception = False
    return found


@contextmanager
def undone() -> Iterator[None]:
    """What a visit changes is taken back before the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()


LOGIN, CHOOSE = "log in", "choose"


def met(answer: Any) -> str:
    """How the visitor was met: a status, or where one was sent."""
    if answer.status_code == 302:
        place = str(answer["Location"]).split("?")[0]
        if place in (reverse("account_login"), "/demo/"):
            return LOGIN
        if place == reverse("organisations:choose"):
            return CHOOSE
        return "302"
    return str(answer.status_code)


def visit(client: Client, method: str, path: str, body: dict[str, str]) -> str:
    """One visit, taken back afterwards: the session too, which some pages begin anew."""
    cookies = copy.deepcopy(client.cookies)
    with undone():
        answer = client.get(path) if method == "GET" else client.post(path, body)
    client.cookies = cookies
    return met(answer)


# ── what a page's own form would send ──


class _Forms(HTMLParser):
    """The fields of the last form on the page that posts, with what they hold or a likely value."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._select: str | None = None
        self._textarea: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self._inside = (given.get("method") or "").lower() == "post"
            self.fields = {} if self._inside and "action" not in given else self.fields
        elif tag == "input" and name:
            self._input(name, given)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            chosen = given.get("value") or ""
            if chosen and ("selected" in given or not self.fields.get(self._select)):
                self.fields[self._select] = chosen
        elif tag == "textarea":
            self._textarea = name
            self.fields.setdefault(name, "Provtext att skriva")

    def _input(self, name: str, given: dict[str, str | None]) -> None:
        kind, value = given.get("type") or "text", given.get("value") or ""
        if kind in ("checkbox", "radio"):
            if "checked" in given or name not in self.fields:
                self.fields[name] = value or "on"
        elif kind not in ("submit", "file"):
            likely = {"date": "2026-12-01", "time": "10:00", "number": "1", "email": "a@example.se"}
            self.fields[name] = value or (
                likely.get(kind, "Provtext") if "required" in given else ""
            )

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None


def form_of(client: Client, address: Address, door: Door, house: House) -> dict[str, str]:
    """What one who may would send from the page, with the door's own words."""
    page = Address(door.form_at, address.arguments) if door.form_at else address
    with undone():
        answer = client.get(page.path(house))
    parser = _Forms()
    if answer.status_code == 200 and "html" in answer["Content-Type"]:
        parser.feed(answer.content.decode())
    fields = {name: value for name, value in parser.fields.items() if name != "csrfmiddlewaretoken"}
    return fields | dict(door.body)


def client_of(house: House, who: Callable[[House], Any]) -> Client:
    """A browser for one who may."""
    client = log_in(who(house))
    client.raise_request_exception = False
    return client
