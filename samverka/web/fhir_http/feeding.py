"""Answers to record systems: what became of what they told, as in an import."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from samverka.kernel.text import in_language
from samverka.kernel.text import text as _
from samverka.web.exchange import Fed, FedEntry, Issue, KeptAside, Unreadable
from samverka.web.fhir_http.answering import json, place

_WORDS = {200: "200 OK", 201: "201 Created", 202: "202 Accepted", 400: "400 Bad Request",
          422: "422 Unprocessable Entity"}  # fmt: skip


def single(request: HttpRequest, fed: Fed, *, made: bool) -> HttpResponse:
    """What became of one resource: where the case is that it led to, or why it could not be taken in.

    Raises:
        Unreadable: it is no R4.
        KeptAside: it is kept, and could not be taken in.
    """
    [one] = fed.entries or (FedEntry("1", "", 400, Issue("", str(_NOTHING))),)
    if one.status == 400:
        raise Unreadable(one.issue.words if one.issue else "", [one.issue] if one.issue else [])
    if one.status == 422:
        raise KeptAside(one.issue.words if one.issue else "", [one.issue] if one.issue else [])
    status = 201 if made and one.status == 200 else one.status
    answer = json(_outcome([one], "information"), status)
    if one.led_to:
        answer["Location"] = place(request, *one.led_to.split("/"))
    return answer


def bundle(fed: Fed) -> HttpResponse:
    """The same as an answer."""
    return json(bundle_of(fed))


def bundle_of(fed: Fed) -> dict[str, Any]:
    """What became of each resource of a Bundle, in its order; of a transaction that failed, why.

    Raises:
        KeptAside: something in a transaction could not be taken in, so nothing of it was done.
    """
    refused = [one for one in fed.entries if one.status in (400, 422)]
    if fed.whole and refused:
        issues = [_placed(one) for one in refused]
        raise KeptAside(issues[0].words, issues)
    made: dict[str, Any] = {
        "resourceType": "Bundle",
        "type": "transaction-response" if fed.whole else "batch-response",
    }
    entries = [{"response": _response(one)} for one in fed.entries]
    return made | ({"entry": entries} if entries else {})


def _placed(one: FedEntry) -> Issue:
    found = one.issue or Issue("", "")
    where = f"Bundle.entry[{int(one.number) - 1}]" if one.number.isdecimal() else "Bundle"
    path = f"{where}.resource" + (f".{found.path.partition('.')[2]}" if "." in found.path else "")
    return Issue(path, found.words, found.mend)


def _response(one: FedEntry) -> dict[str, Any]:
    made: dict[str, Any] = {"status": _WORDS[one.status]}
    if one.led_to:
        made["location"] = one.led_to
    if one.issue is not None:
        severity = "error" if one.status in (400, 422) else "information"
        made["outcome"] = _outcome([one], severity)
    return made


def _outcome(entries: list[FedEntry], severity: str) -> dict[str, Any]:
    issues = [_issue(one, severity) for one in entries]
    return {"resourceType": "OperationOutcome", "issue": issues}


def _issue(one: FedEntry, severity: str) -> dict[str, Any]:
    found = one.issue or Issue("", _TAKEN if one.status == 200 else _KEPT)
    words = " ".join(in_language(part, gettext) for part in (found.words, found.mend) if part)
    code = "informational" if severity == "information" else "processing"
    made: dict[str, Any] = {"severity": severity, "code": code, "diagnostics": words}
    return made | {"expression": [found.path]} if found.path else made


_TAKEN = _("Mottaget.")
_KEPT = _("Sparat som det är. Ingen behöver det just nu.")
_NOTHING = _("Det kom inget innehåll.")
