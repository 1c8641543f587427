"""What a developer copies from the page runs as it stands against a real server: curl, Python, JavaScript, and getting a token."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
import requests
from django.db import transaction
from joserfc.jwk import ECKey
from pytest_django import Settings

from samverka.access.act import set_row_security
from samverka.developers.rules.copying import token_script
from tests.clients.stage import Stage
from tests.connections.letting import make_client

SECONDS = 60
"""A program may take that long on a busy machine."""


def _site(stage: Stage) -> str:
    return stage.base.removesuffix("/fhir/R4")


def _copied(stage: Stage, **asked: str) -> dict[str, str]:
    """The texts on the page, as one who is not logged in copies them."""
    page = requests.get(f"{_site(stage)}/utvecklare/prova/?{urlencode(asked)}", timeout=SECONDS)
    assert page.status_code == 200
    return {
        key: unescape(text)
        for key, text in re.findall(r'<pre id="(\w+)">(.*?)</pre>', page.text, re.S)
    }


def _node() -> str:
    found = shutil.which("node")
    if not found and os.environ.get("CI") == "true":
        pytest.fail("CI has Node")
    return found or ""


def _said(command: list[str], token: str) -> str:
    surroundings = {"PATH": os.environ["PATH"], "TOKEN": token}
    done = subprocess.run(
        command, capture_output=True, text=True, env=surroundings, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_what_is_copied_runs(stage: Stage, tmp_path: Path) -> None:
    person = f"Patient/{stage.patient}"
    read = _copied(stage, exempel="read", om=person)
    create = _copied(stage, exempel="create", om=person)

    if shutil.which("curl"):
        assert json.loads(_said(["sh", "-c", read["curl"]], stage.token))["id"] == stage.patient
        assert '"value": 72.50' in _said(["sh", "-c", create["curl"]], stage.token)
    assert _status(_said([sys.executable, "-c", read["python"]], stage.token)) == ("200", "Patient")
    said = _said([sys.executable, "-c", create["python"]], stage.token)
    assert _status(said) == ("201", "Observation")
    assert "72.50" in said
    if node := _node():
        for text, expected in ((read, ("200", "Patient")), (create, ("201", "Observation"))):
            (tmp_path / "copied.mjs").write_text(text["javascript"])
            assert _status(_said([node, str(tmp_path / "copied.mjs")], stage.token)) == expected


def _status(said: str) -> tuple[str, Any]:
    status, _line, body = said.partition("\n")
    return status, json.loads(body)["resourceType"]


def test_a_system_gets_a_token_as_the_page_says(
    stage: Stage, tmp_path: Path, settings: Settings
) -> None:
    key = ECKey.generate_key("P-384", {"kid": "demo"}, private=True)
    system = _system(stage, key)
    folder = tmp_path / "data"
    folder.mkdir()
    file = folder / "demo-apps.json"
    file.write_text(
        json.dumps({"app": "-", "system": str(system), "key": key.as_dict(private=True)})
    )
    settings.SAMVERKA_DEMO_APPS, settings.DEMO = file, True

    page = unescape(requests.get(f"{_site(stage)}/utvecklare/atkomst/", timeout=SECONDS).text)
    script = token_script(f"{_site(stage)}/oauth/token", str(system), str(file), "key")
    assert script in page
    _reads(stage, _said([sys.executable, "-c", script], "").strip())

    line = re.search(r'<pre id="bevis">(.*?)</pre>', page, re.S)
    assert line is not None
    command = line[1].replace(".venv/bin/samverka", f"{sys.executable} -m samverka.config.command")
    _reads(stage, _said(["sh", "-c", f'{command} && printf %s "$TOKEN"'], ""))


def _system(stage: Stage, key: ECKey) -> UUID:
    """A system that is let in with that key, at the nurse's unit."""
    nurse = stage.cast.region_nurse
    assert nurse.unit_id
    with transaction.atomic():
        set_row_security(nurse)
        made = make_client(
            nurse.unit_id, name="Demosystemet", kind="backend", scopes="system/*.cruds", roles=["integration", "care"],
            purposes=["TREAT"], redirects=[], registered_at=datetime.now(UTC),
            keys={"keys": [key.as_dict(private=False)]},
        )  # fmt: skip
    found: UUID = made.id
    return found


def _reads(stage: Stage, token: str) -> None:
    answer = requests.get(
        f"{stage.base}/Patient/{stage.patient}",
        headers={"Authorization": f"Bearer {token}"},
        timeout=SECONDS,
    )
    assert answer.status_code == 200, (token, answer.text)
