"""What every page for developers has: the tabs, the server's address, and the demo's own persons and clients."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

import samverka
from samverka.developers.rules.stated import Stated, stated
from samverka.web.exchange import Call
from samverka.web.fhir_http.asking import BASE
from samverka.web.page import page


def base_of(request: HttpRequest) -> str:
    """The FHIR server's own address, as the browser reached it."""
    return request.build_absolute_uri(BASE)


@lru_cache(maxsize=4)
def statement(base: str) -> Stated:
    """What the server says of itself, as anyone is told by `metadata`."""
    answer = import_string(settings.SAMVERKA_FHIR_FOR).capability(Call("GET", base=base))
    return stated(json.loads(answer.text))


@dataclass(frozen=True, slots=True)
class SandboxPerson:
    """An invented person whom the demo's system may read of."""

    id: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Sandbox:
    """What a developer may know of the demo. The system's secret key is not among it: it stays in the file.

    Attributes:
        file: where the key is.
        folder: the data folder, where it is not the usual one.
    """

    app: str
    system: str
    file: str
    folder: str
    persons: tuple[SandboxPerson, ...]
    redirects: tuple[str, ...]


_USUAL = Path(samverka.__file__).resolve().parents[1] / "var"
"""The data folder of one who has not named another (`config.folders`)."""


def sandbox() -> Sandbox | None:
    """The demo's; None outside the demo."""
    path = Path(settings.SAMVERKA_DEMO_APPS)
    if not settings.DEMO or not path.exists():
        return None
    known: Mapping[str, Any] = json.loads(path.read_text())
    return Sandbox(
        app=known["app"],
        system=known["system"],
        file=str(path),
        folder="" if path.parent == _USUAL else str(path.parent),
        persons=tuple(SandboxPerson(**one) for one in known.get("persons", ())),
        redirects=tuple(known.get("redirects", ())),
    )


TABS = ("start", "try", "types", "access", "limits")


def shown(
    request: HttpRequest, name: str, context: Mapping[str, Any], *, tab: str = "", status: int = 200
) -> HttpResponse:
    """A page in the frame of the one who reads: staff, a person, or someone not logged in."""
    actor = getattr(request, "actor", None)
    frame = "web/entrance_base.html"
    if actor is not None:
        frame = "web/person_base.html" if actor.is_person else "web/base.html"
    words = dict(
        zip(
            TABS,
            (_("Börja"), _("Prova"), _("Typer"), _("Åtkomst"), _("Gränser och fel")),
            strict=True,
        )
    )
    tabs = [
        {"label": words[one], "href": reverse(f"developers:{one}"), "current": one == (tab or name)}
        for one in TABS
    ]
    given = {"frame": frame, "tabs": tabs, "base": base_of(request), "is_demo": settings.DEMO}
    return page(request, f"developers/{name}.html", given | dict(context), status=status)
