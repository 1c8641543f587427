"""An app and a system that the demo's region has let in, so that a developer can begin at once.

Their ids, and the system's secret key, are made when the demo starts and lie in a file of the data folder; nothing of it is in the
repository.
"""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from joserfc.jwk import ECKey

from samverka.access.roles import Role
from samverka.connections.operations import ClientFacts, register_client
from samverka.connections.reads import ClientDetail, known_client
from samverka.connections.rules.clients import ClientKind
from samverka.demo.build import story_numbers
from samverka.demo.county import units
from samverka.demo.stories import STORIES
from samverka.kernel.actor import Actor, Purpose
from samverka.kernel.testseries import NumberSupply
from samverka.organisations.reads import unit_with_hsa_id
from samverka.people.reads import known_persons

UNIT = "hc-krokom"
"""Where the system acts: the health centre of the story about Karin."""

APP = "Demoappen"
SYSTEM = "Demosystemet"

REDIRECTS = (
    "http://localhost/callback", "http://127.0.0.1/callback", "http://localhost:3000/callback",
    "http://127.0.0.1:3000/callback", "http://localhost/", "http://127.0.0.1/",
)  # fmt: skip
"""On one's own computer; those without a port may have any."""

SCOPES = "launch launch/patient openid fhirUser profile offline_access online_access patient/*.cruds user/*.cruds"


def _file() -> Path:
    return Path(settings.SAMVERKA_DEMO_APPS)


def let_in(actor: Actor, today: date) -> dict[str, Any]:
    """Let them in, once; what a developer must know of them is in the file, and given back.

    Args:
        today: the day that the county is told from.
    """
    path, kept = _file(), known()
    if kept and known_client(kept["app"]) and known_client(kept["system"]):
        if "persons" not in kept:  # the file of an older demo
            kept["persons"] = _persons(actor, today)
            _write(path, json.dumps(kept, indent=1))
        return kept
    key = ECKey.generate_key("P-384", {"kid": "demo"}, private=True)
    app, system = _app(actor), _system(actor, key)
    kept = {
        "file": str(path), "app": str(app.id), "system": str(system.id), "scopes": SCOPES, "redirects": list(REDIRECTS),
        "key": key.as_dict(private=True), "persons": _persons(actor, today),
    }  # fmt: skip
    _write(path, json.dumps(kept, indent=1))
    return kept


def _persons(actor: Actor, today: date) -> list[dict[str, str]]:
    """Those of the stories whose health centre the system acts at, so that it can read of them."""
    numbers = story_numbers(NumberSupply(), today)
    told = [one for one in STORIES if one.main.listed == UNIT]
    ids = known_persons(actor, numbers=[numbers[one.main.key] for one in told])
    return [
        {"id": str(ids[numbers[one.main.key]]), "name": one.main.name, "about": one.title}
        for one in told
        if numbers[one.main.key] in ids
    ]


def _unit_id() -> Any:
    found = unit_with_hsa_id(units()[UNIT].hsa_id)
    assert found is not None, "The county is built before its apps."
    return found.id


def _app(actor: Actor) -> ClientDetail:
    facts = ClientFacts(
        name=APP,
        kind=ClientKind.PUBLIC,
        scopes=SCOPES,
        about="Provar att läsa och skriva på den här datorn.",
        maker="Samverka",
        redirects=REDIRECTS,
        launch_address="http://localhost:3000/launch",
    )
    return register_client(actor, unit_id=_unit_id(), facts=facts)


def _system(actor: Actor, key: ECKey) -> ClientDetail:
    facts = ClientFacts(
        name=SYSTEM,
        kind=ClientKind.BACKEND,
        scopes="system/*.cruds",
        about="Provar att läsa och skriva utan användare.",
        maker="Samverka",
        keys=json.dumps(key.as_dict(private=False)),
        roles=(Role.INTEGRATION, Role.CARE),
        purposes=(Purpose.TREAT,),
    )
    return register_client(actor, unit_id=_unit_id(), facts=facts)


def _write(path: Path, text: str) -> None:
    """Only its owner can read it."""
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
    new.replace(path)


def known() -> dict[str, Any]:
    """What was written, and where it lies; nothing before the first start."""
    path = _file()
    found: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    return found
