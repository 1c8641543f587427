"""Clients in JavaScript that others have written do their work against our server, in Node and in a browser."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from tests.clients.stage import REDIRECT, Stage
from tests.factories.browser import log_in
from tests.journeys.browser import chromium

HERE = Path(__file__).parent / "js"


@pytest.fixture(scope="session")
def node() -> str:
    """Node, with what `make clients` installs; without it the tests are skipped, but never in CI."""
    found = shutil.which("node")
    if not found or not (HERE / "node_modules").is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("CI must run make clients")
        pytest.skip("needs Node and make clients")
    return found


def run(node: str, script: str, stage: Stage) -> dict[str, Any]:
    """What the script told."""
    given = json.dumps({"base": stage.base, "token": stage.token, "patient": stage.patient})
    done = subprocess.run(
        [node, script, given], cwd=HERE, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_fhir_kit_client(node: str, stage: Stage) -> None:
    told = run(node, "kit.mjs", stage)
    endpoints = told.pop("endpoints")
    assert endpoints["authorizeUrl"].endswith("/oauth/authorize"), endpoints
    assert endpoints["tokenUrl"].endswith("/oauth/token"), endpoints
    assert told == {
        "capability": "4.0.1",
        "read": stage.patient,
        "created": "Ring före besöket",
        "found": [True],
        "updated": ["accepted", True],
        "older": "requested",
        "patched": "Ring först",
        "history": 3,
        "transaction": ["201", "201"],
        "joined": True,
        "missing": [404, "OperationOutcome"],
        "gone": 410,
    }


def test_medplum(node: str, stage: Stage) -> None:
    assert run(node, "medplum.mjs", stage) == {
        "read": stage.patient,
        "created": 72.5,
        "found": True,
        "updated": [73, True],
        "patched": "amended",
        "history": 3,
        "once": True,
        "transaction": ["201", "200"],
        "gone": ["OperationOutcome", "deleted"],
    }


# ── the SMART project's client, in a browser ──


class _Quiet(SimpleHTTPRequestHandler):
    """The app's own server: its pages, and the client that they use."""

    def log_message(self, *_what: object) -> None:
        """Nothing is said."""


@pytest.fixture
def app_server(node: str) -> Iterator[None]:
    """Serves the app at the address that it is registered with."""
    with TemporaryDirectory() as folder:
        for page in (HERE / "smart").iterdir():
            shutil.copy(page, folder)
        shutil.copy(HERE / "node_modules/fhirclient/build/fhir-client.js", folder)
        place = urlsplit(REDIRECT)
        server = ThreadingHTTPServer(
            (str(place.hostname), int(place.port or 0)), partial(_Quiet, directory=folder)
        )
        Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()
        server.server_close()


def test_smart_js_is_launched_by_its_user(app_server: None, stage: Stage) -> None:
    """The user opens the app, is asked by us, says yes for Karin, and the app works with what it was let."""
    session = log_in(stage.cast.region_nurse).cookies["samverka"].value
    at = urlsplit(stage.base)
    with pytest.MonkeyPatch.context() as patch, chromium() as browser:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        context = browser.new_context(locale="sv-SE")
        cookie: Any = {"name": "samverka", "value": session, "url": f"{at.scheme}://{at.netloc}"}
        context.add_cookies([cookie])
        page = context.new_page()
        scope = "launch/patient openid fhirUser user/*.cruds"
        asked = urlencode({"iss": stage.base, "client": stage.app, "scope": scope})
        page.goto(REDIRECT.replace("app.html", "launch.html") + f"?{asked}")
        page.get_by_label("Personnummer").fill(stage.answer()["number"])
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Ja, släpp in").click()
        page.wait_for_url(f"{REDIRECT}**")
        told = page.evaluate("window.told")
    assert told.pop("user", "").split("/")[-2:-1] == ["Practitioner"], told
    assert told == {
        "patient": stage.patient,
        "read": stage.patient,
        "created": 72.5,
        "found": [True],
        "updated": "amended",
        "transaction": ["201"],
    }
