"""`$import`: files of NDJSON taken in as `samverka import` takes them in, asked for and followed (bulk import, after HL7 Bulk Data)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext

from samverka.config.bulk import fetching, imports
from samverka.config.feed import source_of
from samverka.config.invoked.exporting import RETRY_AFTER
from samverka.config.invoked.values import (
    OUR,
    Answer,
    Called,
    Given,
    Level,
    Operation,
    Parameter,
)
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotFound
from samverka.kernel.text import in_language
from samverka.kernel.text import text as _
from samverka.resources.operations import importing
from samverka.resources.operations.publishing import text_of
from samverka.resources.reads.bulk_in import ImportDetail, import_detail, import_lines
from samverka.resources.rules.bulk import FORMATS, OPEN, ExportState
from samverka.resources.rules.bulk_in import MOST_INPUTS, ImportInput, ImportWanted, in_order
from samverka.resources.rules.definitions import RESOURCE_TYPES
from samverka.resources.rules.lines import Line, Weight
from samverka.resources.rules.receiving import Content
from samverka.subscriptions.rules import check_address
from samverka.web.exchange import Gone, Unreadable

JOBS = "$import-job"
"""Under this name the imports lie: `$import-job/id`, and what is said of each file below, `$import-job/id/errors.1.ndjson`."""


def kick_off(called: Called) -> Answer:
    """202 and where to follow it; nothing is read before the answer.

    Raises:
        Unreadable: the client has not asked for work in the background.
        Invalid: a parameter cannot be used, or an address leads inwards.
    """
    if not called.asynchronous:
        raise Unreadable(_("En import görs i bakgrunden. Skicka Prefer: respond-async."))
    if called.said("inputFormat") not in ("", *FORMATS):
        raise Invalid(_("Filerna är alltid %(form)s.", form=FORMATS[0]), where="inputFormat")
    found = _inputs(called)
    if not found or len(found) > MOST_INPUTS:
        words = _("Skicka 1 till %(most)d filer.", most=MOST_INPUTS)
        raise Invalid(words, where="input")
    order = in_order([one for one, _text in found])
    wanted = ImportWanted(
        source=source_of(called.actor),
        base=called.said("inputSource").rstrip("/"),
        inputs=tuple(found[at][0] for at in order),
    )
    bodies = {place: text for place, at in enumerate(order) if (text := found[at][1]) is not None}
    import_id = importing.ask_import(
        called.actor, wanted=wanted, bodies=bodies, request=called.url, folder=imports.folder()
    )
    where = f"{called.base}/{JOBS}/{import_id}"
    return Answer(status=202, headers={"Content-Location": where})


Input = tuple[ImportInput, bytes | None]
"""A file, and its text if it came along."""


def _inputs(called: Called) -> list[Input]:
    if called.lines:
        return [(ImportInput(), called.text)]
    for one in called.all("storageDetail"):
        kind = next((part.value for part in _parts(one) if part.name == "type"), "")
        if kind != "https":
            words = _("Filer hämtas bara med https, utan inloggning.")
            raise Invalid(words, where="storageDetail")
    return [_input(_parts(one)) for one in called.all("input")]


def _parts(one: Any) -> list[Given]:
    return one if isinstance(one, list) else []


def _input(parts: Sequence[Given]) -> Input:
    said = {part.name: part for part in parts}
    unknown = set(said) - {"type", "url", "resource"}
    kind = str(said["type"].value or "") if "type" in said else ""
    if unknown or (kind and kind not in RESOURCE_TYPES):
        raise Invalid(_("Säg type (en resurstyp) och url för varje fil."), where="input")
    if "resource" in said:
        return ImportInput(kind), _data(said["resource"].resource)
    url = str(said["url"].value or "") if "url" in said else ""
    try:
        check_address(url, settings.SAMVERKA_IMPORT_HOSTS, demo=settings.DEMO)
    except Invalid as problem:
        raise Invalid(fetching.NOT_THERE, where="input") from problem
    return ImportInput(kind, url), None


def _data(one: Content | None) -> bytes:
    """The text of a Binary."""
    try:
        if one is None or one.get("resourceType") != "Binary":
            raise ValueError
        return base64.b64decode(str(one.get("data", "")), validate=True)
    except (ValueError, binascii.Error) as problem:
        words = _("En fil som skickas med är en Binary med NDJSON i data (base64).")
        raise Invalid(words, where="input") from problem


# ── following, and taking back ──


def job(actor: Actor, key: str, name: str, method: str, base: str) -> Answer:
    """What lies below `$import-job`: the import itself, or what is said of one of its files.

    Raises:
        NotFound: there is none of the actor's own.
        Gone: it has been stopped, or did not succeed.
    """
    try:
        import_id = UUID(key)
    except ValueError as problem:
        raise NotFound(_("Importen finns inte.")) from problem
    if name:
        lines = import_lines(actor, import_id=import_id, number=_number(name))
        text = b"".join(text_of(_outcome(one)) + b"\n" for one in lines)
        return Answer(text=text, media=FORMATS[0])
    if method == "DELETE":
        importing.end_import(actor, import_id=import_id, folder=imports.folder())
        return Answer(status=202)
    return _status(import_detail(actor, import_id=import_id), base)


def _number(name: str) -> int:
    found = name.removeprefix("errors.").removesuffix(".ndjson")
    if name != f"errors.{found}.ndjson" or not (found.isascii() and found.isdecimal()):
        raise NotFound(_("Filen finns inte."))
    return int(found[:6])


def _status(found: ImportDetail, base: str) -> Answer:
    if found.state in OPEN:
        read = f"{sum(found.place.seen)} resources, {found.place.at} of {len(found.wanted.inputs)} files"
        return Answer(status=202, headers={"X-Progress": read, "Retry-After": RETRY_AFTER})
    if found.state is ExportState.ENDED:
        raise Gone(_("Importen är stoppad. Det som hade gått in finns kvar."))
    if found.state is ExportState.FAILED:
        raise Gone(_("Importen gick inte att göra klar. Det som hade gått in finns kvar."))
    return Answer(text=text_of(_manifest(found, base)), media="application/json")


def _manifest(found: ImportDetail, base: str) -> dict[str, Any]:
    """What was read of each file, and where what is said of it lies."""
    here = f"{base}/{JOBS}/{found.id}"
    inputs = [("", ""), *((one.kind, one.url) for one in found.wanted.inputs)]
    seen = (0, *found.place.seen)
    return {
        "transactionTime": found.asked_at.isoformat(),
        "request": found.request,
        "requiresAccessToken": True,
        "output": [
            _named(number, *one) | {"count": seen[number] if number < len(seen) else 0}
            for number, one in enumerate(inputs)
            if number
        ],
        "error": [
            {
                "type": "OperationOutcome",
                "url": f"{here}/errors.{number}.ndjson",
                "count": count,
                **({"inputUrl": inputs[number][1]} if inputs[number][1] else {}),
            }
            for number, count in found.said.items()
        ],
    }


def _named(number: int, kind: str, url: str) -> dict[str, Any]:
    """By its address; what came along has its number."""
    where = {"inputUrl": url} if url else {"input": number}
    return where | ({"type": kind} if kind else {})


def _outcome(line: Line) -> dict[str, Any]:
    said = [line.message, *([line.mend] if line.mend else [])]
    words = " ".join(in_language(one, gettext) for one in said)
    refused = line.weight is Weight.REFUSED
    place = f"{line.file}:{line.entry}: " if line.entry else ""
    issue: dict[str, Any] = {
        "severity": "error" if refused else "warning",
        "code": "invalid" if refused else "informational",
        "diagnostics": place + words,
    }
    if line.path:
        issue["expression"] = [line.path]
    return {"resourceType": "OperationOutcome", "issue": [issue]}


IMPORTING = (
    Operation(
        code="import",
        definition=f"{OUR}OperationDefinition/import",
        words="files of NDJSON taken in in the background; also the NDJSON itself as the body",
        levels=(Level.SYSTEM,),
        run=kick_off,
        get=False,
        changes=True,
        ndjson=True,
        takes=(
            Parameter("inputFormat", "string", "application/fhir+ndjson, the only one"),
            Parameter("inputSource", "uri", "address of the sender's FHIR server, if files name resources by it"),
            Parameter("storageDetail", "", "part type: https, the only one"),
            Parameter(
                "input", "", "parts type and url, or resource: a Binary of NDJSON", most=0
            ),
        ),
    ),
)  # fmt: skip
