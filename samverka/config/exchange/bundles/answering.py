"""The answer to a Bundle of requests: one entry for each, in the order sent."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from django.utils.translation import gettext

from samverka.config.exchange.bundles.values import Asking, Done
from samverka.kernel.text import in_language
from samverka.kernel.text import text as _
from samverka.resources.rules.splicing import instant
from samverka.web.exchange import Answer


def answer_of(done: Sequence[Done], *, whole: bool, asking: Asking) -> Answer:
    """A Bundle of the type batch-response or transaction-response."""
    kind = "transaction-response" if whole else "batch-response"
    body: dict[str, Any] = {"resourceType": "Bundle", "type": kind}
    if done:
        body["entry"] = [_entry(one, asking) for one in done]
    return Answer(msgspec.json.encode(body))


def _entry(done: Done, asking: Asking) -> dict[str, Any]:
    response: dict[str, Any] = {"status": f"{done.status} {HTTPStatus(done.status).phrase}"}
    if done.location:
        response["location"] = done.location
    if done.version:
        response["etag"] = f'W/"{done.version}"'
    if done.changed_at:
        response["lastModified"] = instant(done.changed_at)
    if done.outcome:
        response["outcome"] = msgspec.Raw(done.outcome)
    elif asking.shows == "OperationOutcome" and not done.resource:
        response["outcome"] = _well()
    made: dict[str, Any] = {}
    if done.resource:
        if done.location:
            made["fullUrl"] = f"{asking.call.base}/{done.location.partition('/_history')[0]}"
        made["resource"] = msgspec.Raw(done.resource)
    return made | {"response": response}


_DONE = _("Det är gjort.")


def _well() -> dict[str, Any]:
    words = in_language(_DONE, gettext)
    issue = {"severity": "information", "code": "informational", "diagnostics": words}
    return {"resourceType": "OperationOutcome", "issue": [issue]}
