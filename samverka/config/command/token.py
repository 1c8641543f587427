"""`samverka token`: an access token for the demo's own system, by the same way as any other system gets one."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
import uuid
from typing import Any
from urllib.parse import urlencode

import click
from joserfc import jwt
from joserfc.jwk import ECKey

from samverka.config.command.language import words as _
from samverka.config.folders import data_folder
from samverka.kernel.problems import Problem

FILE = "demo-apps.json"
"""In the data folder, where the demo puts it (`SAMVERKA_DEMO_APPS`)."""

PATH = "/oauth/token"
LASTS = 240  # seconds that the assertion holds; five minutes is the most
WAIT = 30  # seconds


def run(address: str, scope: str) -> None:
    """Print the token, and nothing else: it is put in a variable of the shell.

    Raises:
        Problem: there is no demo, or it does not answer.
    """
    click.echo(_asked(address.rstrip("/") + PATH, _known(), scope))


def _known() -> dict[str, Any]:
    path = data_folder() / FILE
    if not path.exists():
        raise Problem(
            _("Det finns ingen demo i %(folder)s.", folder=path.parent),
            mend=_("Starta den med samverka demo."),
        )
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def _asked(token_address: str, known: dict[str, Any], scope: str) -> str:
    given = {
        "grant_type": "client_credentials",
        "scope": scope,
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": _assertion(token_address, known),
    }
    request = urllib.request.Request(token_address, urlencode(given).encode())  # noqa: S310 (typed by the user)
    try:
        with urllib.request.urlopen(request, timeout=WAIT) as answer:  # noqa: S310
            return str(json.load(answer)["access_token"])
    except urllib.error.HTTPError as problem:
        why = problem.read().decode(errors="replace")[:300]
        raise Problem(_("Servern gav inget åtkomstbevis: %(why)s", why=why)) from problem
    except (OSError, ValueError) as problem:
        raise Problem(
            _("Ingen svarar på %(address)s.", address=token_address),
            mend=_("Är demon igång? Ange annars dess adress med --address."),
        ) from problem


def _assertion(token_address: str, known: dict[str, Any]) -> str:
    """Who asks, signed with the demo system's own key (SMART Backend Services)."""
    key = ECKey.import_key(known["key"])
    claims = {
        "iss": known["system"],
        "sub": known["system"],
        "aud": token_address,
        "exp": int(time.time()) + LASTS,
        "jti": str(uuid.uuid4()),
    }
    return jwt.encode({"alg": "ES384", "kid": "demo"}, claims, key, algorithms=["ES384"])
