"""Bulk import over HTTP by a system's own token: in the background, also when it was cut off, and never from inside our walls."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.test import Client

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.config.bulk import imports
from samverka.kernel.problems import Problem
from samverka.resources.models import Run, Version
from samverka.resources.operations import importing
from samverka.resources.reads.bulk_in import import_lines
from samverka.resources.rules.bulk_in import ImportInput, ImportPlace, in_order
from tests.config.bulk.a_system import NDJSON, System, path_of
from tests.factories.cast import KARINS_NUMBER, Cast, make_person, system
from tests.factories.fhir import FhirClient

pytestmark = pytest.mark.django_db
PNR = "http://electronichealth.se/identifier/personnummer"


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture(autouse=True)
def _files(folder: Path) -> None:
    """Files lie in a folder of the test's own."""


@pytest.fixture
def journal(cast: Cast) -> System:
    return System(cast)


def patient(one: str = "1") -> dict[str, Any]:
    number = {"system": PNR, "value": KARINS_NUMBER.value}
    return {"resourceType": "Patient", "id": one, "identifier": [number]}


def observation(one: int, **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": str(one),
        "status": "final",
        "code": {"text": "Vikt"},
        "subject": {"reference": "Patient/1"},
        **more,
    }


def lines(*resources: Any) -> str:
    return "\n".join(one if isinstance(one, str) else json.dumps(one) for one in resources)


def parameters(*inputs: dict[str, Any], **more: str) -> str:
    given: list[dict[str, Any]] = [{"name": name, "valueString": v} for name, v in more.items()]
    for one in inputs:
        part: list[dict[str, Any]] = [{"name": "type", "valueCode": one["type"]}]
        if "url" in one:
            part.append({"name": "url", "valueUrl": one["url"]})
        else:
            data = base64.b64encode(one["text"].encode()).decode()
            binary = {"resourceType": "Binary", "contentType": NDJSON, "data": data}
            part.append({"name": "resource", "resource": binary})
        given.append({"name": "input", "part": part})
    return json.dumps({"resourceType": "Parameters", "parameter": given})


def versions() -> list[tuple[str, int]]:
    """Every version of what came from outside, that it stands there once."""
    with act(system(), Action.SHELF_RECEIVE) as this:
        this.unchanged()
        rows = Version.objects.filter(run_id__isnull=False)
        found = rows.values_list("resource__key", "number", "passed_over")
        assert not any(passed_over for _key, _number, passed_over in found)
        return sorted((key, number) for key, number, _passed_over in found)


# ── it goes in ──


def test_lines_go_in_and_are_read_and_the_same_again_changes_nothing(
    cast: Cast, journal: System
) -> None:
    karin = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    text = lines(
        patient(), observation(1), '{"resourceType": "Observation"}', "nonsense", observation(2)
    )
    where = journal.begin(text, NDJSON)
    going = journal.get(where)
    assert (going.status_code, going["Retry-After"]) == (202, "2")
    assert "0 resources" in going["X-Progress"]
    imports.run()
    assert journal.manifest(where)["output"] == [{"input": 1, "count": 5}]
    before = versions()
    assert before == [("Observation/1", 1), ("Observation/2", 1), ("Patient/1", 1)]
    found = journal.get(f"Observation?patient=Patient/{karin.id}").json()
    assert len(found["entry"]) == 2
    faults = journal.faults(where)
    assert {one["severity"] for one in faults} == {"error"}
    assert {one["diagnostics"].partition(":")[2].partition(":")[0] for one in faults} == {"3", "4"}
    assert any(one.get("expression") == ["Observation.status"] for one in faults)
    again = journal.begin(text, NDJSON)
    imports.run()
    assert journal.manifest(again)["output"] == [{"input": 1, "count": 5}]
    assert versions() == before


def test_what_came_in_names_others_by_our_addresses_in_every_exit(
    cast: Cast, journal: System, folder: Path
) -> None:
    """The sender's ids lead nowhere here; who is not here keeps the sender's name."""
    karin = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    device = {"resourceType": "Device", "id": "d", "patient": {"reference": "Patient/1"}}
    sent = observation(
        1,
        valueQuantity={"value": 72.5},
        device={"reference": "Device/d"},
        encounter={"reference": "Encounter/gone"},
    )
    journal.begin(lines(patient(), device, sent), NDJSON)
    imports.run()
    [entry] = journal.get(f"Observation?patient=Patient/{karin.id}").json()["entry"]
    found = entry["resource"]
    assert found["subject"] == {"reference": f"Patient/{karin.id}"}
    assert found["encounter"] == {"reference": "Encounter/gone"}
    assert journal.get(found["device"]["reference"]).json()["patient"] == found["subject"]
    place = f"Observation/{found['id']}"
    assert journal.get(place).json() == found
    assert FhirClient(cast.region_nurse).read(place)[0] == found
    assert journal.get(f"{place}/_history/1").json() == found
    assert journal.get(f"{place}/_history").json()["entry"][0]["resource"] == found
    told = journal.get(f"Patient/{karin.id}/$everything").json()["entry"]
    assert found in [one["resource"] for one in told]
    along = journal.get(
        f"{place.split('/')[0]}?_id={found['id']}&_include=Observation:device"
    ).json()
    assert found["device"]["reference"] in {
        f"Device/{one['resource']['id']}" for one in along["entry"]
    }


def test_files_that_come_along_go_in_persons_first(cast: Cast, journal: System) -> None:
    karin = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    sent = parameters(
        {"type": "Observation", "text": lines(observation(1))},
        {"type": "Patient", "text": lines(patient())},
        inputFormat=NDJSON,
    )
    where = journal.begin(sent)
    imports.run()
    output = journal.manifest(where)["output"]
    assert [(one["type"], one["count"]) for one in output] == [("Patient", 1), ("Observation", 1)]
    assert journal.manifest(where)["error"] == []
    assert len(journal.get(f"Observation?patient=Patient/{karin.id}").json()["entry"]) == 1


# ── cut off ──


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("dies_at", [2, 4])
def test_what_was_cut_off_goes_on_where_it_was(
    cast: Cast, journal: System, monkeypatch: pytest.MonkeyPatch, dies_at: int
) -> None:
    """It falls after a piece was written, before its place was kept: then neither is there."""
    make_person(cast.region_nurse, identity=KARINS_NUMBER)
    monkeypatch.setattr(importing, "PIECE", 2)
    where = journal.begin(lines(patient(), *(observation(n) for n in range(1, 8)), "{"), NDJSON)
    kept, count = importing._kept, 0

    def dying(*given: Any) -> ImportPlace:
        nonlocal count
        count += 1
        if count == dies_at:
            raise Killed
        return kept(*given)

    monkeypatch.setattr(importing, "_kept", dying)
    with pytest.raises(Killed):
        imports.run()
    monkeypatch.setattr(importing, "_kept", kept)
    half = versions()
    assert len(half) < 8
    assert journal.get(where).status_code == 202
    imports.run()
    assert journal.manifest(where)["output"] == [{"input": 1, "count": 9}]
    assert len(versions()) == 8
    assert {number for _key, number in versions()} == {1}
    assert len(journal.faults(where)) == 1
    run = Run.objects.latest("started_at")
    assert run.counts["kinds"]["Observation"]["new"] == 7


def test_what_is_stopped_goes_in_no_more(cast: Cast, journal: System, folder: Path) -> None:
    where = journal.begin(lines(patient()), NDJSON)
    assert list((folder / "in").rglob("*.ndjson"))
    answer = journal.client.delete(path_of(where), headers=journal.headers)
    assert answer.status_code == 202
    imports.run()
    assert versions() == []
    assert journal.get(where).status_code == 410


# ── who ──


def test_only_who_may_and_who_asked(cast: Cast, journal: System) -> None:
    where = journal.begin(lines(patient()), NDJSON)
    imports.run()
    other = System(cast)
    for place in (where, f"{where}/errors.0.ndjson"):
        assert other.get(place).status_code == 404
        assert journal.get(place).status_code == 200
    for name in ("errors.9.ndjson", "errors.x.ndjson", "..", "0.ndjson"):
        assert journal.get(f"{where}/{name}").status_code == 404
    assert System(cast, "system/*.rs").send(lines(patient()), NDJSON).status_code == 403
    assert System(cast, "system/Patient.cruds").send(lines(patient()), NDJSON).status_code == 403
    assert Client().post("/fhir/R4/$import", "{}", content_type=NDJSON).status_code == 401
    with pytest.raises(Problem):
        import_lines(cast.region_nurse, import_id=system().id, number=0)


# ── files elsewhere ──


class Elsewhere:
    """A server that has files."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[int, bytes]] = {}
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                status, text = outer.files.get(self.path, (404, b""))
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.send_header("Location", "http://127.0.0.1/")
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_given: Any) -> None:
                """Silent."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def elsewhere(settings: Any) -> Iterator[Elsewhere]:
    settings.DEMO, settings.SAMVERKA_IMPORT_HOSTS = True, frozenset({"127.0.0.1"})
    made = Elsewhere()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_files_are_fetched_and_one_that_is_not_there_stops_no_other(
    cast: Cast, journal: System, elsewhere: Elsewhere, settings: Any
) -> None:
    make_person(cast.region_nurse, identity=KARINS_NUMBER)
    settings.SAMVERKA_IMPORT_BYTES = 5_000
    elsewhere.files = {
        "/p": (200, lines(patient()).encode()),
        "/o": (200, lines(observation(1)).encode()),
        "/moved": (302, b""),
        "/large": (200, b" " * 6_000),
    }
    kinds = {
        "/p": "Patient",
        "/o": "Observation",
        "/moved": "Goal",
        "/large": "Flag",
        "/none": "Basic",
    }
    inputs = [{"type": kind, "url": elsewhere.url + path} for path, kind in kinds.items()]
    where = journal.begin(parameters(*inputs))
    imports.run()
    output = journal.manifest(where)["output"]
    seen = {one["inputUrl"].removeprefix(elsewhere.url): one["count"] for one in output}
    assert seen == {"/p": 1, "/o": 1, "/moved": 0, "/large": 0, "/none": 0}
    errors = journal.manifest(where)["error"]
    assert {one["inputUrl"].removeprefix(elsewhere.url) for one in errors} == {
        "/moved",
        "/large",
        "/none",
    }
    assert sorted(elsewhere.asked) == sorted(kinds)
    assert versions() == [("Observation/1", 1), ("Patient/1", 1)]


def test_a_server_that_does_not_answer_is_tried_again(
    cast: Cast, journal: System, elsewhere: Elsewhere
) -> None:
    elsewhere.files = {"/p": (503, b"")}
    where = journal.begin(parameters({"type": "Patient", "url": f"{elsewhere.url}/p"}))
    imports.run()
    assert journal.get(where).status_code == 202
    elsewhere.files = {"/p": (200, lines(patient()).encode())}
    imports.run()
    assert journal.manifest(where)["output"][0]["count"] == 1
    assert elsewhere.asked == ["/p", "/p"]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://[::ffff:10.0.0.1]/x",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/x",
        "https://intern.local/x",
        "https://name:secret@example.org/x",
        "file:///etc/passwd",
        "gopher://example.org/x",
        "",
    ],
)
def test_nothing_is_fetched_from_inside(cast: Cast, journal: System, url: str) -> None:
    answer = journal.send(parameters({"type": "Patient", "url": url}))
    assert answer.status_code in (400, 422), answer.content
    assert answer.json()["issue"][0]["expression"] == ["input"]


def test_a_name_that_leads_inwards_is_not_called(
    cast: Cast,
    journal: System,
    elsewhere: Elsewhere,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The name looks like any other; only when it is looked up does it lead to us."""
    settings.SAMVERKA_IMPORT_HOSTS = frozenset()
    inwards = [(2, 1, 6, "", ("127.0.0.1", elsewhere.server.server_port))]
    monkeypatch.setattr(
        "samverka.subscriptions.jobs.calling.socket.getaddrinfo", lambda *_given, **_more: inwards
    )
    url = f"http://files.example.org:{elsewhere.server.server_port}/p"
    where = journal.begin(parameters({"type": "Patient", "url": url}))
    imports.run()
    [fault] = journal.faults(where)
    assert "https" in fault["diagnostics"]
    assert elsewhere.asked == []


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        (parameters(), "input"),
        (parameters({"type": "Nothing", "text": "{}"}), "input"),
        (parameters({"type": "Patient", "text": "{}"}, inputFormat="text/csv"), "inputFormat"),
        (parameters({"type": "Patient", "text": "{}"}, whatever="x"), "whatever"),
        (
            json.dumps({"resourceType": "Parameters", "parameter": [
                {"name": "input", "part": [{"name": "resource", "resource": patient()}]}]}),
            "input",
        ),
        (
            json.dumps({"resourceType": "Parameters", "parameter": [
                {"name": "storageDetail", "part": [{"name": "type", "valueCode": "aws-s3"}]},
                {"name": "input", "part": [{"name": "url", "valueUrl": "https://example.org/x"}]}]}),
            "storageDetail",
        ),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_before_it_begins(
    cast: Cast, journal: System, sent: str, place: str
) -> None:
    answer = journal.send(sent)
    assert answer.status_code in (400, 422), answer.content
    assert answer.json()["issue"][0]["expression"] == [place]


def test_it_must_be_asked_for_as_work_in_the_background(cast: Cast, journal: System) -> None:
    journal.headers.pop("Prefer")
    assert journal.send(lines(patient()), NDJSON).status_code == 400
    assert journal.get("$import").status_code == 405


# ── rules ──


def test_those_that_others_point_at_come_first_and_the_place_can_be_kept() -> None:
    kinds = ("CarePlan", "", "Observation", "Patient", "Organization")
    order = in_order([ImportInput(kind) for kind in kinds])
    named = [kinds[at] for at in order]
    assert named.index("Organization") < named.index("Patient") < named.index("Observation")
    assert named[-1] == ""
    place = ImportPlace(begun=True).read_on(size=10, lines=2, resources=2, ended=False)
    place = place.read_on(size=5, lines=1, resources=1, ended=True)
    assert (place.at, place.offset, place.line, place.seen) == (1, 0, 0, (3,))
    assert ImportPlace.of_plain(json.loads(json.dumps(place.plain()))) == place
