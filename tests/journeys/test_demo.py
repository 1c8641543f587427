"""The demo county, role by role: each one opens, and every page of the house is good for everyone who sees it."""

from __future__ import annotations

import inspect
import os
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any

import pytest
from django.urls import Resolver404, URLResolver, get_resolver, resolve
from playwright.sync_api import Browser, Page

from samverka.demo.cast import roles
from samverka.demo.staff import staff
from tests.journeys.axe import violations
from tests.journeys.conftest import LISTEN, watch
from tests.journeys.demo_county import demo_county
from tests.journeys.looks import SMALL_TARGETS

pytestmark = [pytest.mark.journey, pytest.mark.slow]

WALKERS = (
    "karin", "eva", "sara", "maria.sjolund", "katarina.wall", "fatima.aden", "ulrika.holm",
    "roger.sjoberg", "elisabeth.norlin", "marianne.hedin", "ingela.svanberg", "mats.wikander",
    "mats.hellgren", "eva.brolin", "karin.stierna",
)  # fmt: skip
"""One of each sort walks all pages. The others, with the same rights, open: it would be the same pages."""

TRIES = 3
"""A role may see one person's page and not another's: so many are tried before the kind counts as closed to it."""

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

SEEN = """() => {
  const name = part => part.tagName + '.' + part.className + (part.dataset?.color ?? '')
    + (part.dataset?.variant ?? '') + (part.getAttribute('role') ?? '');
  const parts = [...document.querySelectorAll('body *')].filter(one => !one.closest('svg'));
  const pairs = new Set(parts.map(one => name(one.parentElement) + '>' + name(one)));
  const headings = [...document.querySelectorAll('h1,h2,h3,h4')].map(one => one.tagName);
  const root = document.documentElement;
  return [root.scrollWidth - root.clientWidth, [...pairs].sort().join() + headings.join()];
}"""
"""How much too wide the page is, and what it is built of, whatever stands in it."""

LINKS = """() => [...document.querySelectorAll('a[href]')].map(one => new URL(one.href))
  .filter(one => one.origin === location.origin).map(one => one.pathname + one.search)"""


@pytest.fixture(scope="module")
def home() -> Iterator[str]:
    with demo_county() as address:
        yield address


@dataclass
class Walk:
    """One role's way through the pages, with what was wrong."""

    page: Page
    home: str
    who: str
    looked_at: set[str]
    faults: list[str]
    seen: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)
    tried: Counter[str] = field(default_factory=Counter)

    def become(self) -> None:
        """Log in by one press on the demo's own page."""
        self.page.goto(f"{self.home}/demo/")
        self.page.locator(f"button[name=who][value='{self.who}']").click()
        self.page.wait_for_url(lambda address: "/demo/" not in address)

    def open(self, path: str) -> bool:
        """Whether the page is there for this role."""
        answer = self.page.goto(self.home + path, wait_until="domcontentloaded")
        status = answer.status if answer else 0
        kind = kind_of(path)
        if status >= 500:
            self.faults.append(f"{self.who} {path}: {status}")
        self.tried[kind] += 1
        if status < 400 or self.tried[kind] == TRIES:
            self.seen.add(kind)
        self.opened |= {kind} if status < 400 else set()
        return status < 400

    def look(self, *widths: int, scheme: str = "light") -> None:
        """Note every fault of the page as it stands, at each width.

        A page that is built as one already looked at is measured, but not looked through again.
        """
        path = self.page.url.removeprefix(self.home)
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 860})
            wide, built = self.page.evaluate(SEEN)
            where = f"{self.who} {path} {width} {scheme}"
            if wide:
                self.faults.append(f"{where}: {wide} px too wide")
            key = f"{kind_of(path)} {width} {scheme} {built}"
            if key not in self.looked_at:
                self.looked_at.add(key)
                found = violations(self.page, only_layout=width != widths[0])
                self.faults += [f"{where}: {one}" for one in found]
                self.faults += [
                    f"{where}: small {one}" for one in self.page.evaluate(SMALL_TARGETS)
                ]

    def links(self) -> list[str]:
        """Addresses that the page leads to."""
        found: list[str] = self.page.evaluate(LINKS)
        return found


def kind_of(path: str) -> str:
    """An address without whose it is, and the names of what it asks for: `/min-sida/logg/?sida`."""
    place, _mark, asked = path.split("#")[0].partition("?")
    names = sorted(part.partition("=")[0] for part in asked.split("&") if part)
    return "?".join([route_of(place), *(["&".join(names)] if names else [])])


def route_of(place: str) -> str:
    """The address as `addresses` writes it."""
    try:
        return starred("/" + resolve(place).route)
    except Resolver404:
        return ID.sub("*", place)


def starred(route: str) -> str:
    """A route with a star where an id, a word or a number stands."""
    return re.sub(r"<\w+:\w+>", "*", route)


Walker = Callable[[str], AbstractContextManager[Walk]]


@pytest.fixture
def walker(browser: Browser, home: str) -> Iterator[Walker]:
    """`with walker("karin") as walk:` in a browser of one's own. Any fault on the way fails the test."""
    looked_at: set[str] = set()
    faults: list[str] = []

    @contextmanager
    def walking(who: str) -> Iterator[Walk]:
        context = browser.new_context(locale="sv-SE", reduced_motion="reduce")
        context.set_default_timeout(15_000)
        context.add_init_script(LISTEN)
        walk = Walk(context.new_page(), home, who, looked_at, faults)
        watch(walk.page, faults)
        walk.become()
        yield walk
        context.close()

    yield walking
    assert not faults, "\n".join(faults)


def test_every_role_opens_on_every_screen(walker: Walker) -> None:
    for who in roles():
        with walker(who) as walk:
            assert walk.page.locator("h1").count() == 1, who
            for scheme in ("light", "dark"):
                walk.page.emulate_media(color_scheme=scheme)
                walk.look(360, 768, 1440, scheme=scheme)


def test_one_of_each_sort_walks() -> None:
    assert {rights(who) for who in WALKERS} == {rights(who) for who in roles()}


def rights(who: str) -> frozenset[str]:
    """The roles of one of the staff; for the persons, that they are. Seeing an address is no page more."""
    member = staff().get(who)
    return frozenset(member.assignments[0].roles) - {"protected"} if member else frozenset({"self"})


ALWAYS = ("/enheter/", "/komponenter/", "/utkast/")
"""Open to everyone at work, and not linked to from each start page."""

LOGIN = re.compile(r"^/(konto|demo|static)/")
"""The log-in library's own pages, the demo's, and files: looked at in test_logged_out.py."""

BESIDE = [
    ("/versioner/", "/jamfor/?fran=1&till=2"),
    *(("/samtycke/", f"/samtycke/{one}/") for one in ("nej", "kan-inte", "svar")),
]
"""Pages that another leads to only after a choice, or in another state than the county's plans have."""

ELSEWHERE = {
    "/begaran/*/nej/": "shows the request's own page again when something is missing",
    "/planer/*/kommentar/": "shows the plan's own page again when something is missing",
    "/onskemal/*/": "where a person has asked for another contact: test_rare.py",
    "/sla-ihop/*/": "where one unit has asked another to join plans: test_rare.py",
    "/planer/*/uppgift/*/*/": "where the own unit has been asked: test_rare.py",
    "/planer/*/justera/*/andra/": "where a unit has to approve a plan: test_rare.py",
    "/planer/*/mall/": "while a plan is begun: test_rare.py",
    "/egenvard/*/andra/": "where the own unit gave the advice: test_rare.py",
    "/egenvard/*/avsluta/": "where the own unit gave the advice: test_rare.py",
    "/enheter/*/notiser/": "on the administrator's own unit: test_rare.py",
    "/enheter/*/notiser/statistik/": "on the administrator's own unit: test_rare.py",
    "/planer/*/mote/*/deltagare/": "when the meeting has begun: test_rare.py",
    **dict.fromkeys(
        ("/enheter/*/andra/", "/enheter/*/personal/ny/", "/enheter/*/stang/"),
        "on a unit of the administrator's own organisation: test_rare.py",
    ),
    "/personer/*/skriv-in/": "where a person comes to the ward: test_rare.py",
    "/utskrivning/*/hemma/": "where the walkers' own cases have not come so far: test_rare.py",
    "/utskrivning/*/uppgifter/": "only for those who send from the ward, and no walker does: test_rare.py",
    "/utskrivning/statistik/vardplatser/": "shows the figures again when something is missing",
    "/betalningsansvar/*/": "after a month has been reckoned: test_rare.py",
    "/betalningsansvar/*/*/bestrid/": "after a month has been reckoned: test_rare.py",
    "/betalningsansvar/invandningar/*/": "after somebody has objected: test_rare.py",
    "/betalningsansvar/belopp/": "shows the list again when something is missing",
    "/utskrivning/hinder/*/slut/": "after somebody has noted a hindrance: test_rare.py",
    "/personer/*/nummer/": "where a person has only a reserve number: test_rare.py",
    "/sparrar/*/hav/": "comes after a search by number: test_who_may.py",
    "/personer/*/nodoppning/": "only where there is no consent: test_who_may.py",
    "/loggkontroll/kontroller/*/": "comes after a check has begun: test_who_may.py",
}
"""Pages that nothing in a new demo county leads to, and where they are looked at instead."""


@pytest.mark.skipif(
    os.environ.get("SAMVERKA_WALK") != "1", reason="takes minutes: SAMVERKA_WALK=1 make test"
)
def test_every_page_is_good_for_everyone_who_sees_it(walker: Walker) -> None:
    seen: set[str] = set()
    for who in WALKERS:
        with walker(who) as walk:
            walk_everywhere(walk)
            seen |= {kind.partition("?")[0] for kind in walk.opened}
    unseen = sorted(readable_pages() - seen - ELSEWHERE.keys())
    assert not unseen, f"No link leads to {', '.join(unseen)}."
    seen_after_all = sorted(ELSEWHERE.keys() & seen)
    assert not seen_after_all, f"A link leads to {', '.join(seen_after_all)}."


def walk_everywhere(walk: Walk) -> None:
    """Follow every link, once for each kind of page."""
    start = walk.links()
    # The role's own person first: of each kind the first page is looked at, and there most can be done.
    ways = deque([*found_by_search(walk), "/", *start, *ALWAYS])
    while ways:
        path = ways.popleft()
        if kind_of(path) in walk.seen or LOGIN.search(path) or FILES.search(path):
            continue
        if not walk.open(path):
            continue
        walk.look(1440, 320)
        ways.extend(walk.links())
        ways.extend(path.replace(end, way) for end, way in BESIDE if path.endswith(end))


def found_by_search(walk: Walk) -> list[str]:
    """The person whom the role's sentence is about, found as a newcomer would find them."""
    field = walk.page.locator("#sok")
    if not field.count():
        return []
    field.fill(roles()[walk.who].story or "karin")
    field.press("Enter")
    walk.page.wait_for_url("**/sok/")
    walk.look(1440, 320)
    return [path for path in walk.links() if ID.search(path)]


FILES = re.compile(r"/(pdf|papper|fil|excel|kalender|kalender[.]ics|csv)/|[.](ics|csv|pdf)(/|$)")
"""Addresses that give a file."""

PARTS = re.compile(r"^/(halsa/|fhir/|session/|sprak/)|/(lage|uppdatera|andringar)/$")
"""Addresses that answer machines, or give a part of a page that stands already."""


def readable_pages() -> set[str]:
    """Every address of the house that shows a page, as `kind_of` writes them."""
    return {
        kind
        for kind in addresses(get_resolver())
        if not any(one.search(kind) for one in (LOGIN, FILES, PARTS))
    }


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """Addresses that can be opened, with a star where a name or an id stands."""
    for one in resolver.url_patterns:
        route = starred(str(one.pattern))
        if isinstance(one, URLResolver):
            yield from addresses(one, before + route)
        elif "GET" in methods_of(one.callback):
            yield before + route


def methods_of(view: Any) -> Sequence[str]:
    """The HTTP methods that a view is open to, as its decorator has them."""
    for layer in layers(view):
        if methods := inspect.getclosurevars(layer).nonlocals.get("request_method_list"):
            return list(methods)
    return ["GET", "POST"]


def layers(view: Any) -> Iterator[FunctionType]:
    """A view and what it is wrapped around."""
    while isinstance(view, FunctionType):
        yield view
        view = getattr(view, "__wrapped__", None)
