"""Refusals to FHIR clients: an OperationOutcome that says what, where and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.translation import gettext

from samverka.kernel.problems import Conflict, Problem
from samverka.kernel.text import in_language
from samverka.web.exchange import Issue, KeptAside, NotTaken, ReadOnly, Stale, Unreadable

BASE = "/fhir/"
"""Addresses below this one speak FHIR, refusals too."""

JSON = "application/fhir+json"


CONTRACTS = "/rivta/"
"""Addresses below this one speak SOAP; what stops at the door is told as a SOAP fault (`speak_soap`)."""

_FAULT = """<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><soapenv:Fault>\
<faultcode>soapenv:%s</faultcode><faultstring>%s</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>"""


def is_api(request: HttpRequest) -> bool:
    """Whether another system asks, not a browser."""
    return request.path.startswith((BASE, CONTRACTS))


def speak_soap(request: HttpRequest, response: HttpResponse) -> None:
    """An OperationOutcome for one who speaks SOAP says the same as a fault (SOAP 1.1 4.4); status and headers stand."""
    if not request.path.startswith(CONTRACTS) or response.get("Content-Type") != JSON:
        return
    issues = msgspec.json.decode(response.content)["issue"]
    words = " ".join(one["diagnostics"] for one in issues if one.get("diagnostics"))
    side = "Server" if response.status_code >= 500 else "Client"
    response.content = _FAULT % (side, escape(words))
    response["Content-Type"] = "text/xml; charset=utf-8"


def outcome(status: int, code: str, words: str) -> HttpResponse:
    """One sentence as an OperationOutcome."""
    return _response(status, [_issue(code, words)])


def outcome_of(problem: Problem) -> HttpResponse:
    """A refusal as an OperationOutcome, in the user's language."""
    response = _response(problem.status, list(_issues(problem)))
    if isinstance(problem, Stale):
        response["ETag"] = f'W/"{problem.now.version}"'
    if isinstance(problem, ReadOnly):
        response["Allow"] = ", ".join(problem.allowed)
    if after := getattr(problem, "after", 0):  # a limit of the door's
        response["Retry-After"] = str(after)
    return response


def _issues(problem: Problem) -> Iterator[dict[str, Any]]:
    words = _said(problem.message, problem.mend)
    if isinstance(problem, Unreadable | NotTaken | KeptAside) and problem.issues:
        yield from (_place(problem.code, one) for one in problem.issues)
        return
    paths = problem.paths if isinstance(problem, Stale) else tuple(filter(None, [problem.where]))
    yield _issue(problem.code, words, *paths)
    if isinstance(problem, Stale):
        sent = problem.sent.decode(errors="replace")
        yield _told(gettext("Ni skickade: %(text)s") % {"text": sent})
        now = {"version": problem.now.version, "text": problem.now.text.decode()}
        yield _told(gettext("Nu gäller version %(version)s: %(text)s") % now)
    if isinstance(problem, Conflict):
        yield from _both(problem)


def _both(problem: Conflict) -> Iterator[dict[str, Any]]:
    for name, mine in problem.mine.items():
        both = {"mine": mine, "theirs": problem.theirs.get(name, "")}
        yield _told(gettext("Ni skickade: %(mine)s. Nu står det: %(theirs)s") % both)


def _place(code: str, issue: Issue) -> dict[str, Any]:
    return _issue(issue.sort or code, _said(issue.words, issue.mend), *filter(None, [issue.path]))


def _told(words: str) -> dict[str, Any]:
    return {"severity": "information", "code": "informational", "diagnostics": words}


def _said(message: str, mend: str) -> str:
    return " ".join(in_language(part, gettext) for part in (message, mend) if part)


def _issue(code: str, words: str, *paths: str) -> dict[str, Any]:
    made: dict[str, Any] = {"severity": "error", "code": code, "diagnostics": words}
    return made | {"expression": list(paths)} if paths else made


def _response(status: int, issues: list[dict[str, Any]]) -> HttpResponse:
    body: Mapping[str, Any] = {"resourceType": "OperationOutcome", "issue": issues}
    return HttpResponse(msgspec.json.encode(body), status=status, content_type=JSON)
