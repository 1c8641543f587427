"""Help, settings of one's own, and refusals: pages that belong to no room."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from samverka.kernel.actor import Actor, ActorKind, Side
from samverka.web import pages
from samverka.web.refusals import REFUSALS
from tests.readability import lix

NOW = datetime(2026, 11, 25, 9, 15, tzinfo=UTC)


@pytest.mark.parametrize("address", ["/hjalp/", "/tillganglighet/"])
def test_help_and_accessibility_are_open_to_all(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert "<h1" in response.content.decode()


def test_the_gallery_is_for_those_who_have_logged_in(client: Client) -> None:
    assert client.get("/komponenter/").status_code == 302


def request_of(kind: ActorKind) -> HttpRequest:
    request = RequestFactory().get("/hjalp/")
    request.actor = Actor(  # type: ignore[attr-defined]
        kind=kind, id=uuid4(), name="Märta Ek", at=NOW, side=Side.PERSON, request_id="abc123"
    )
    return request


def test_the_person_gets_help_in_plain_words() -> None:
    html = pages.help_page(request_of(ActorKind.PERSON)).content.decode()
    assert "Här finns din plan" in html
    assert "kbd" not in html


def sentences(html: str) -> str:
    """The running text of a page: what stands in its paragraphs."""
    return " ".join(re.sub(r"<[^>]+>", "", text) for text in re.findall(r"<p>(.*?)</p>", html))


def test_help_is_easy_to_read() -> None:
    """LIX at most 30 for the person, 45 for staff."""
    person = sentences(pages.help_page(request_of(ActorKind.PERSON)).content.decode())
    staff = sentences(pages.help_page(request_of(ActorKind.STAFF)).content.decode())
    assert len(person.split()) > 80
    assert lix(person) <= 30
    assert lix(staff) <= 45


def test_a_setting_is_kept_in_a_cookie_and_one_comes_back(client: Client) -> None:
    response = client.post("/installningar/", {"text_size": "large", "next": "/hjalp/"})
    assert response.headers["Location"] == "/hjalp/"
    cookie = response.cookies["text_size"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == ("large", "Lax", True)
    assert 'data-size="md"' in client.get("/hjalp/").content.decode()


def test_the_ordinary_setting_needs_no_cookie(client: Client) -> None:
    client.cookies["scheme"] = "dark"
    response = client.post("/installningar/", {"scheme": "auto"})
    assert response.cookies["scheme"]["max-age"] == 0


@pytest.mark.parametrize("value", ["huge", '"><script>', ""])
def test_an_unknown_value_is_not_kept(client: Client, value: str) -> None:
    assert "text_size" not in client.post("/installningar/", {"text_size": value}).cookies


@pytest.mark.parametrize("away", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_a_setting_never_leads_out_of_the_house(client: Client, away: str) -> None:
    assert client.post("/installningar/", {"next": away}).headers["Location"] == "/"


@pytest.mark.parametrize("status", REFUSALS)
def test_every_refusal_says_why_and_what_to_do(status: int) -> None:
    response = pages._refused(RequestFactory().get("/"), status)
    html = response.content.decode()
    assert response.status_code == status
    for words in (REFUSALS[status].title, REFUSALS[status].message, REFUSALS[status].mend):
        assert str(words) in html


def test_a_cause_with_words_of_its_own_is_given_them() -> None:
    html = pages._refused(
        RequestFactory().get("/"), 403, message="Planen är låst."
    ).content.decode()
    assert "Planen är låst." in html
    assert str(REFUSALS[403].mend) not in html


def test_a_fragment_is_refused_with_a_fragment() -> None:
    request = RequestFactory().get("/", headers={"HX-Request": "true"})
    assert "<html" not in pages._refused(request, 409).content.decode()


def test_a_missing_page_gives_no_number_to_ask_about() -> None:
    """The same answer whether it exists or not: nothing on the page may differ."""
    assert "abc123" not in pages._refused(request_of(ActorKind.STAFF), 404).content.decode()
    assert "abc123" in pages._refused(request_of(ActorKind.STAFF), 500).content.decode()


Handler = Callable[..., HttpResponse]


@pytest.mark.parametrize(
    ("handler", "arguments", "status"),
    [
        (pages.bad_request, (Exception("secret"),), 400),
        (pages.permission_denied, (Exception("secret"),), 403),
        (pages.not_found, (Exception("secret"),), 404),
        (pages.server_error, (), 500),
        (pages.csrf_failure, ("secret",), 403),
    ],
)
def test_djangos_own_refusals_tell_nothing_of_the_inside(
    handler: Handler, arguments: tuple[object, ...], status: int
) -> None:
    response = handler(RequestFactory().get("/"), *arguments)
    assert response.status_code == status
    assert "secret" not in response.content.decode()
