"""Bundles of requests, as clients send them."""

from __future__ import annotations

import json
from typing import Any

Doc = dict[str, Any]


def entry(
    method: str, url: str, resource: Doc | None = None, full_url: str = "", **request: str
) -> Doc:
    """One entry."""
    made: Doc = {"request": {"method": method, "url": url} | request}
    made |= {"resource": resource} if resource else {}
    return made | ({"fullUrl": full_url} if full_url else {})


def bundle(*entries: Doc, kind: str = "transaction") -> bytes:
    """The text of a Bundle."""
    made: Doc = {"resourceType": "Bundle", "type": kind}
    return json.dumps(made | ({"entry": list(entries)} if entries else {})).encode()
