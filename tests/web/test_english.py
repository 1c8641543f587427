"""In English, every page is English: only what people have written themselves stays as it was."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from types import ModuleType

import pytest
import time_machine
from babel.messages.pofile import read_po
from django.test import Client
from django.urls import reverse

from samverka.access.operations import open_emergency, set_block
from samverka.access.rules import BlockKind
from samverka.careplans.operations import comment_plan
from samverka.config.folders import PACKAGE
from samverka.kernel.actor import Actor
from tests.contract import conftest as karins
from tests.contract.conftest import Story, tell
from tests.factories import cast as casting
from tests.factories.cast import NOW, county
from tests.factories.login import logged_in

pytestmark = pytest.mark.django_db

INITIALS = 2
PROFESSIONS = {title for _unit, _given, _family, title, _roles in casting._STAFF.values()}
"""Titles of the cast, as their employer wrote them: some of the guarantee's own words are the same."""
WORD = re.compile(r"[^\W\d_]+")
SWEDISH = re.compile(r"[åäö]", re.I)
SPOKEN = {"aria-label", "title", "placeholder", "alt", "data-label", "data-words"}
"""Attributes that are read out or shown."""
OWN_NAMES = {"På svenska"}
"""The button that leads to the other language speaks that language."""


def catalogue() -> dict[str, str]:
    """Each Swedish sentence without values, and its English."""
    with (PACKAGE / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        found = read_po(file)
    return {one.id: str(one.string) for one in found if isinstance(one.id, str) and one.id}


def swedish_words(text: str) -> set[str]:
    """Its words with å, ä or ö, in small letters; initials are no words."""
    found = (word for word in WORD.findall(text) if SWEDISH.search(word))
    return {word.lower() for word in found if not (word.isupper() and len(word) <= INITIALS)}


def written_by_people(*modules: ModuleType) -> set[str]:
    """What the cast and the story say: names, units, the words of the plan."""
    return {word for module in modules for word in swedish_words(inspect.getsource(module))}


class Texts(HTMLParser):
    """Every text that a page shows or reads out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent = tag == "script"
        self.found += [value or "" for name, value in attrs if name in SPOKEN]

    def handle_endtag(self, tag: str) -> None:
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def texts(html: str) -> Iterator[str]:
    parser = Texts()
    parser.feed(html)
    words = (" ".join(text.split()) for text in parser.found)
    return (text for text in words if text and text not in OWN_NAMES)


def swedish_in(html: str, known: set[str]) -> set[str]:
    """Texts that are a Swedish sentence of the catalogue, or hold a Swedish word that nobody wrote."""
    english = catalogue()
    same_in_both = set(english.values())
    return {
        text
        for text in texts(html)
        if (text in english and text not in same_in_both | PROFESSIONS)
        or swedish_words(text) - known
    }


@pytest.fixture
def known() -> set[str]:
    glosses = swedish_words(" ".join(catalogue().values()))
    return glosses | written_by_people(casting, karins)


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def story() -> Story:
    """Karin's story, with a question of hers, a block and an emergency opening in the log."""
    told = tell(county())
    comment_plan(told.karin_herself, plan_id=told.plan.id, words="May I feed the hens?")
    centre = told.cast.units["health_centre"]
    set_block(
        told.karin_herself, person_id=told.karin.id, kind=BlockKind.INNER,
        provider_id=centre.provider_id, unit_id=centre.id,
    )  # fmt: skip
    open_emergency(
        told.cast.municipal_nurse, person_id=told.karin.id, reason="Unconscious on the bus"
    )
    return told


def speaking(actor: Actor | None, language: str = "en") -> Client:
    client = logged_in(actor) if actor else Client()
    client.cookies["django_language"] = language
    return client


Address = Callable[[Story], str]


def of_person(name: str) -> Address:
    return lambda story: reverse(name, args=[story.karin.id])


def of_plan(name: str, *more: str) -> Address:
    return lambda story: reverse(name, args=[story.plan.id, *more])


def plain(name: str) -> Address:
    return lambda _story: reverse(name)


def of_unit(name: str) -> Address:
    return lambda story: reverse(name, args=[story.cast.units["health_centre"].id])


PAGES: dict[str, list[Address]] = {
    "nobody": [plain("account_login"), plain("web:help"), plain("web:accessibility")],
    "karin": [
        plain("contract:my_page"),
        of_person("contract:my_times"),
        plain("contract:my_log"),
        plain("contract:my_consents"),
        plain("contract:my_blocks"),
        plain("contract:my_proxies"),
        plain("web:help"),
    ],
    "eva": [of_person("contract:my_page")],
    "region_nurse": [
        plain("contract:start"),
        plain("contract:persons"),
        of_person("contract:person"),
        of_person("contract:consents"),
        of_person("contract:blocks"),
        of_person("contract:relations"),
        of_person("contract:emergency"),
        of_person("contract:received"),
        plain("people:search"),
        plain("people:register"),
        of_person("people:edit"),
        of_person("people:relatives"),
        of_person("people:proxies"),
        of_person("people:capacity"),
        of_person("contacts:list"),
        of_person("contacts:book"),
        of_person("careplans:list"),
        of_person("careplans:new"),
        of_person("careplans:contact_new"),
        of_plan("careplans:plan"),
        of_plan("careplans:edit_section", "what_matters"),
        of_plan("careplans:goal_new"),
        of_plan("careplans:activity_new"),
        of_plan("careplans:follow_up"),
        of_plan("careplans:share"),
        of_plan("careplans:versions"),
        of_plan("careplans:print"),
        plain("organisations:units"),
        of_unit("organisations:unit"),
        plain("mfa_index"),
        plain("web:help"),
        plain("web:drafts"),
    ],
    "needs_assessor": [plain("contract:start"), of_plan("careplans:plan")],
    "block_officer": [plain("contract:lifting")],
    "log_reviewer": [plain("contract:review"), plain("contract:checks")],
    "administrator": [
        plain("contract:start"),
        plain("organisations:new_unit"),
        of_unit("organisations:new_staff"),
        plain("resources:imports"),
    ],
}


def player(story: Story, name: str) -> Actor | None:
    named = {"nobody": None, "karin": story.karin_herself, "eva": story.eva}
    return named[name] if name in named else getattr(story.cast, name)


@pytest.mark.parametrize("who", PAGES)
def test_pages_in_english_hold_no_swedish(story: Story, known: set[str], who: str) -> None:
    client = speaking(player(story, who))
    faults = []
    for address in (page(story) for page in PAGES[who]):
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        html = answer.content.decode()
        assert '<html lang="en"' in html, address
        faults += [f"{address}: {text}" for text in sorted(swedish_in(html, known))]
    assert not faults, "\n".join(faults)


def test_refusals_and_faults_in_forms_are_english(story: Story, known: set[str]) -> None:
    person = reverse("contract:person", args=[story.karin.id])
    hidden = speaking(story.cast.stranger).get(person)
    assert hidden.status_code == 404
    book = reverse("contacts:book", args=[story.karin.id])
    faulty = speaking(story.cast.region_nurse).post(book, {"what": "", "day": "2020-13-77"})
    nobody = speaking(story.cast.region_nurse).get("/finns-inte/")
    for answer in (hidden, faulty, nobody):
        assert not swedish_in(answer.content.decode(), known)


def test_this_test_sees_what_is_swedish(story: Story, known: set[str]) -> None:
    """The same pages in Swedish are full of faults: of words with å, ä and ö, and of others."""
    client = speaking(story.cast.region_nurse, "sv")
    answer = client.get(reverse("contacts:book", args=[story.karin.id]))
    assert {"Boka tid", "Vad gäller tiden?"} <= swedish_in(answer.content.decode(), known)
    assert swedish_in("<p>Spara</p>", known) == {"Spara"}
    assert swedish_in('<p aria-label="Övergiven">Krokoms hälsocentral</p>', known) == {"Övergiven"}
    assert not swedish_in("<p>Save</p><p>Karin Åström</p>", known)
