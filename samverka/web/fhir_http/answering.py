"""Answers to FHIR clients: one resource, what became of a writing, a page of a search or of history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date
from django.utils.text import compress_string
from django.utils.translation import gettext

from samverka.kernel.text import in_language
from samverka.kernel.text import text as _
from samverka.web.exchange import Answer, Issue, Page, Past, Pasts, Shown, Written
from samverka.web.fhir_http.asking import BASE, prefers
from samverka.web.fhir_http.asking import has_it as client_has_it
from samverka.web.outcome import JSON

_CONTENT_TYPE = f"{JSON}; charset=utf-8"


def json(body: dict[str, Any], status: int = 200) -> HttpResponse:
    """One resource."""
    return HttpResponse(msgspec.json.encode(body), status=status, content_type=_CONTENT_TYPE)


def plain(answer: Answer) -> HttpResponse:
    """What an operation or a Bundle gives back, as it is."""
    return HttpResponse(
        answer.text,
        status=answer.status,
        content_type=answer.content_type,
        headers=dict(answer.headers),
    )


def place(request: HttpRequest, *parts: str) -> str:
    """The whole address of something below the base."""
    return request.build_absolute_uri("/".join([BASE, *parts]))


# ── one resource ──


def shown(request: HttpRequest, one: Shown) -> HttpResponse:
    """One resource, or 304 to one who has it."""
    if client_has_it(request, one):
        return _dated(HttpResponse(status=304), one)
    return _dated(HttpResponse(one.text, content_type=_CONTENT_TYPE), one)


def written(request: HttpRequest, made: Written) -> HttpResponse:
    """What became of a writing: as much of it as the client prefers, and where it is."""
    one, wanted = made.shown, prefers(request.headers).get("return", "")
    status = 201 if made.made else 200
    if wanted == "minimal":
        response = HttpResponse(status=status)
        del response["Content-Type"]
    elif wanted == "operationoutcome":
        response = json(_outcome(made.notes or (Issue("", str(_WRITTEN)),)), status)
    else:
        response = HttpResponse(one.text, status=status, content_type=_CONTENT_TYPE)
    response["Location"] = place(request, one.kind, one.id, "_history", one.version)
    return _dated(response, one)


_WRITTEN = _("Sparat.")


def _dated(response: HttpResponse, one: Shown) -> HttpResponse:
    response["ETag"] = f'W/"{one.version}"'
    response["Last-Modified"] = http_date(one.changed_at.timestamp())
    return response


def removed(request: HttpRequest) -> HttpResponse:
    """It has been taken away."""
    if prefers(request.headers).get("return", "") == "operationoutcome":
        return json(_outcome([Issue("", str(_("Borttaget.")))]))
    response = HttpResponse(status=204)
    del response["Content-Type"]
    return response


def _outcome(issues: Sequence[Issue]) -> dict[str, Any]:
    return {"resourceType": "OperationOutcome", "issue": [_issue(one) for one in issues]}


def _issue(one: Issue) -> dict[str, Any]:
    words = " ".join(in_language(part, gettext) for part in (one.words, one.mend) if part)
    severity = "warning" if one.sort else "information"
    made = {"severity": severity, "code": one.sort or "informational", "diagnostics": words}
    return made | {"expression": [one.path]} if one.path else made


# ── pages ──


def searchset(request: HttpRequest, found: Page, *where: str) -> HttpResponse:
    """A page of what was found; the link to the next one says where this one ended."""
    here = place(request, *where)
    base = place(request)
    entries = [_entry(base, one, "match") for one in found.shown]
    entries += [_entry(base, one, "include") for one in found.included]
    if found.notes:
        entries.append({"resource": _outcome(found.notes), "search": {"mode": "outcome"}})
    total = {} if found.total is None else {"total": found.total}
    return _bundle("searchset", total, _links(here, found.used, found.more), entries)


def _entry(base: str, one: Shown, mode: str) -> dict[str, Any]:
    return {
        "fullUrl": f"{base}/{one.kind}/{one.id}",
        "resource": msgspec.Raw(one.text),
        "search": {"mode": mode},
    }


def history(request: HttpRequest, found: Pasts, *where: str) -> HttpResponse:
    """A page of history; also what has been taken away."""
    here = place(request, *where, "_history")
    used = [(name, request.GET[name]) for name in request.GET if name not in ("_after", "_format")]
    total = {} if found.total is None else {"total": found.total}
    base = place(request)
    entries = [_past(base, one) for one in found.entries]
    return _bundle("history", total, _links(here, used, found.more), entries)


def _past(base: str, one: Past) -> dict[str, Any]:
    what = one.shown
    address = what.kind if one.method == "POST" else f"{what.kind}/{what.id}"
    made: dict[str, Any] = {"fullUrl": f"{base}/{what.kind}/{what.id}"}
    if what.text:
        made["resource"] = msgspec.Raw(what.text)
    made["request"] = {"method": one.method, "url": address}
    made["response"] = {
        "status": str(one.status),
        "etag": f'W/"{what.version}"',
        "lastModified": what.changed_at.isoformat(),
    }
    return made


def _links(here: str, used: Sequence[tuple[str, str]], more: str) -> list[dict[str, str]]:
    links = [{"relation": "self", "url": _address(here, used)}]
    if more:
        links.append({"relation": "next", "url": _address(here, [*used, ("_after", more)])})
    return links


def _address(here: str, given: Sequence[tuple[str, str]]) -> str:
    return f"{here}?{urlencode(list(given))}" if given else here


def _bundle(
    sort: str, total: dict[str, int], links: list[dict[str, str]], entries: list[dict[str, Any]]
) -> HttpResponse:
    made: dict[str, Any] = {"resourceType": "Bundle", "type": sort, **total, "link": links}
    return json(made | ({"entry": entries} if entries else {}))


# ── packing ──

_WORTH_IT = 1_000
"""Bytes from which a text is packed."""

_PADDING = 100
"""At most so many random bytes, so that the packed length does not tell what is in it (BREACH)."""


def packed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Pack a long answer for a client that takes gzip."""
    patch_vary_headers(response, ["Accept", "Accept-Encoding"])
    takes = {one.partition(";")[0].strip().lower() for one in
             request.headers.get("Accept-Encoding", "").split(",")}  # fmt: skip
    if "gzip" in takes and len(response.content) >= _WORTH_IT:
        response.content = compress_string(response.content, max_random_bytes=_PADDING)
        response["Content-Encoding"] = "gzip"
    return response
