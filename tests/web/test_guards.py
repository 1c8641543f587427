"""What guards the door itself: where a form comes from, how often one may search, log-out, health."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from samverka.kernel.problems import TooMany
from samverka.web.rates import SEARCHES_A_MINUTE, spend
from tests.factories.cast import NOW, Cast, county
from tests.factories.login import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Iterator[Cast]:
    with time_machine.travel(NOW, tick=False):
        yield county()


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_on_another_site_may_not_write_here(cast: Cast, site: str) -> None:
    client = logged_in(cast.region_nurse)
    sent = {"q": "Karin"}
    answer = client.post(reverse("people:search"), sent, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403
    assert "från en annan webbplats" in answer.content.decode()


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_our_own_forms_and_links_from_elsewhere_do_work(cast: Cast, site: str) -> None:
    client = logged_in(cast.region_nurse)
    address = reverse("people:search")
    assert client.post(address, {"q": "K"}, headers={"Sec-Fetch-Site": site}).status_code == 200
    assert client.get(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_searching_by_machine_stops(cast: Cast) -> None:
    client, address = logged_in(cast.region_nurse), reverse("people:search")
    with_words = [client.post(address, {"q": "x"}).status_code for _n in range(SEARCHES_A_MINUTE)]
    assert set(with_words) == {200}
    refused = client.post(address, {"q": "x"})
    assert refused.status_code == 429
    assert "många gånger på kort tid" in refused.content.decode()
    assert client.get(address).status_code == 200
    assert client.post(reverse("people:register"), {}).status_code == 429  # the same bucket
    assert logged_in(cast.physician).post(address, {"q": "x"}).status_code == 200
    with time_machine.travel(NOW + timedelta(seconds=2), tick=False):
        again = [client.post(address, {"q": "x"}).status_code for _n in range(3)]
    assert again == [200, 200, 429]


def test_a_bucket_never_holds_more_than_a_minute() -> None:
    account = uuid4()
    spend(account, "x", at=NOW, a_minute=3)
    later = NOW + timedelta(hours=1)
    for _n in range(3):
        spend(account, "x", at=later, a_minute=3)
    with pytest.raises(TooMany):
        spend(account, "x", at=later, a_minute=3)


def test_log_out_empties_the_browser(cast: Cast) -> None:
    client = logged_in(cast.region_nurse)
    assert "Clear-Site-Data" not in client.get(reverse("account_logout"))
    answer = client.post(reverse("account_logout"))
    assert answer.status_code == 302
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get(reverse("people:search")).status_code == 302


def test_health_is_open_and_tells_nothing(client: Client) -> None:
    assert client.get("/halsa/lever").content == b"lever"
    assert client.get("/halsa/redo").content == b"redo"


def test_without_the_database_it_lives_but_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise OperationalError("password of the database")

    monkeypatch.setattr(connection, "ensure_connection", gone)
    monkeypatch.setattr(connection, "close", lambda: None)
    assert client.get("/halsa/lever").status_code == 200
    answer = client.get("/halsa/redo")
    assert answer.status_code == 503
    assert b"password" not in answer.content


def test_health_may_be_asked_without_https() -> None:
    from django.conf import settings

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "SECURE_SSL_REDIRECT", True)
        assert Client().get("/halsa/lever").status_code == 200
        assert Client().get("/hjalp/").status_code == 301
