"""The contracts as a system meets them: a token of its own, faults in words, an index that is really called."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
import time_machine
from django.test import Client
from lxml import etree

from samverka.audit.models import Event
from samverka.careplans.reads import PlanDetail
from samverka.connections import models as rows
from samverka.rivta import jobs
from samverka.rivta.models import IndexTask as _IndexTask
from samverka.rivta.rules import CONTACTS, PLANS, fault
from samverka.rivta.rules.index import UPDATE
from samverka.rivta.rules.soap import message
from tests.connections.letting import bearer, make_client, public, system_token
from tests.factories.cast import KARINS_NUMBER, NOW, Cast
from tests.rivta.messages import SOURCE, about, answer, inside, question, texts, valid
from tests.rivta.test_asking import KARIN, cast, established, karin, plan
from tests.rivta.test_messages import HOSTILE

IndexTask: Any = _IndexTask

__all__ = ["cast", "karin", "plan"]

ALL = "system/Patient.rs system/CarePlan.rs system/Encounter.rs"


@pytest.fixture(autouse=True)
def _on(settings: Any) -> Iterator[None]:
    settings.SAMVERKA_HSA_ID = SOURCE
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def overview(cast: Cast) -> rows.Client:
    """NPÖ, let in at the health centre."""
    return make_client(
        cast.region_nurse.unit_id, name="NPÖ", kind="backend", scopes=ALL, keys=public(),
        roles=["care"], purposes=["TREAT"], redirects=[],
    )  # fmt: skip


def call(token: str, text: bytes, contract: Any = PLANS, **more: Any) -> Any:
    place = f"/rivta/{contract.name}/{contract.version}/rivtabp21"
    return Client().post(place, text, content_type="text/xml", headers=bearer(token), **more)


def token(client: rows.Client, scope: str = ALL) -> str:
    given = system_token(client, scope)
    assert given.status_code == 200, given.content
    return str(given.json()["access_token"])


def said(sent: Any) -> str:
    """What a fault says."""
    assert sent["Content-Type"].startswith("text/xml")
    found = inside(sent.content)
    assert etree.QName(found).localname == "Fault"
    return str(found.findtext("faultstring"))


def test_a_system_with_a_token_of_its_own_gets_plans_and_contacts(
    plan: PlanDetail, overview: rows.Client
) -> None:
    established(plan.id)
    mine = token(overview)
    found = answer(call(mine, question(PLANS, KARIN)).content, PLANS)
    assert texts(found, "documentId") == [str(plan.id)]
    answer(call(mine, question(CONTACTS, KARIN), CONTACTS).content, CONTACTS)
    line = Event.objects.filter(action="plan.read", person_id=str(plan.person_id)).last()
    assert (line.actor_name, line.purpose) == ("NPÖ", "TREAT")
    assert str(plan.id) in line.object_ids


def test_a_token_gives_no_more_than_its_scopes(plan: PlanDetail, overview: rows.Client) -> None:
    """Who may not ask is told so, the same for whomever it is: "no plans" is another answer."""
    established(plan.id)
    for scope in ("system/Patient.rs", "system/CarePlan.rs", "system/Encounter.rs"):
        mine = token(overview, scope)
        known, nobody = (call(mine, question(PLANS, one)) for one in (KARIN, about("191212121212")))
        assert known.status_code == nobody.status_code == 500
        assert said(known) == said(nobody)
    refused = Event.objects.filter(outcome=4, actor_name="NPÖ")
    assert {one.action for one in refused} == {"plan.list", "person.search"}


def test_a_role_that_reads_no_plans_is_told_so(cast: Cast, plan: PlanDetail) -> None:
    established(plan.id)
    importer = make_client(
        cast.region_nurse.unit_id, name="Inläsaren", kind="backend", scopes=ALL, keys=public(),
        roles=["integration"], purposes=["TREAT"], redirects=[],
    )  # fmt: skip
    assert said(call(token(importer), question(PLANS, KARIN)))


def test_what_is_no_message_is_a_fault_in_words(overview: rows.Client) -> None:
    mine = token(overview)
    for name, text in HOSTILE.items():
        sent = call(mine, text)
        assert sent.status_code in (413, 415, 500), name
        words = said(sent)
        assert words.endswith("."), name
        assert "passwd" not in words
        assert "Traceback" not in words
    assert said(call(mine, HOSTILE["no xml"])) == "Meddelandet är inte välformad XML."


def test_what_stops_at_the_door_is_a_fault_too(overview: rows.Client) -> None:
    text = question(PLANS, KARIN)
    nobody = Client().post("/rivta/GetCarePlans/2/rivtabp21", text, content_type="text/xml")
    assert (nobody.status_code, said(nobody)) == (401, "Logga in först.")
    guessed = call("nonsense", text)
    assert (guessed.status_code, guessed["WWW-Authenticate"][:6]) == (401, "Bearer")
    assert "Åtkomstbeviset" in said(guessed)
    as_json = Client().post(
        "/rivta/GetCarePlans/2/rivtabp21", b"{}", content_type="application/json",
        headers=bearer(token(overview)),
    )  # fmt: skip
    assert (as_json.status_code, said(as_json)[:17]) == (415, "Innehållet ska va")
    english = call("nonsense", text, HTTP_ACCEPT_LANGUAGE="en")
    assert "Åtkomstbeviset" not in said(english)


# ── the engagement index, called for real ──


class Index:
    """An engagement index on this machine: keeps what it is sent, answers as it is told to."""

    def __init__(self) -> None:
        self.url, self.answers, self.got, self.headers = "", list[Any](), list[bytes](), list[Any]()

    def reply(self) -> tuple[int, bytes]:
        """Status and text of the next answer: OK when nothing else is said."""
        told = self.answers.pop(0) if self.answers else "OK"
        if isinstance(told, int):
            return told, fault("Nej")
        body = etree.Element(f"{{{UPDATE}}}UpdateResponse")
        etree.SubElement(body, f"{{{UPDATE}}}ResultCode").text = told
        return 200, message(body)


@pytest.fixture
def index(settings: Any) -> Iterator[Index]:
    kept = Index()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.got.append(self.rfile.read(int(self.headers["Content-Length"])))
            kept.headers.append(dict(self.headers))
            status, text = kept.reply()
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    settings.SAMVERKA_ENGAGEMENT_INDEX = f"http://127.0.0.1:{server.server_address[1]}/update"
    settings.SAMVERKA_ENGAGEMENT_INDEX_ADDRESS = "5565594230"
    yield kept
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("refusal", [500, "ERROR"])
def test_the_index_is_told_over_http_until_it_takes_it(
    index: Index, cast: Cast, plan: PlanDetail, refusal: Any
) -> None:
    established(plan.id)
    index.answers = [refusal]
    with time_machine.travel(NOW, tick=False) as clock:
        jobs.run()
        assert IndexTask.objects.get().tries == 1
        clock.shift(130)
        jobs.run()
        jobs.run()  # nothing is left to tell
    assert not IndexTask.objects.exists()
    assert len(index.got) == 2
    for text, headers in zip(index.got, index.headers, strict=True):
        valid(inside(text), "Update")
        assert headers["Soapaction"] == f'"{UPDATE}:Update"'
        assert texts(etree.fromstring(text), "LogicalAddress") == ["5565594230"]
    told = inside(index.got[-1])
    assert texts(told, "registeredResidentIdentification") == [KARINS_NUMBER.value]
    assert texts(told, "categorization") == ["cll-cp"]
