"""The application as a web server calls it, for one who has a token; and what is wrong with an answer."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.connections.letting import make_client, make_token
from tests.factories.cast import Cast
from tests.web.hostile import Hostile


class Door:
    """A web server's view of the application, for one who has a token."""

    def __init__(self, application: Any, token: str, ids: dict[str, str]) -> None:
        self.application, self.token, self.ids = application, token, ids

    def send(self, one: Hostile) -> tuple[int, bytes]:
        """The status and the body."""
        body = self._named(one.body.decode("latin-1")).encode("latin-1")
        path = f"/fhir/R4/{self._named(one.path)}" if one.path else "/fhir/R4"
        environ = {
            "REQUEST_METHOD": one.method, "PATH_INFO": path.encode("utf-8", "replace").decode("latin-1"), "SCRIPT_NAME": "", "QUERY_STRING": one.query, "CONTENT_TYPE": one.media,
            "CONTENT_LENGTH": str(len(body)), "SERVER_NAME": "testserver", "SERVER_PORT": "80", "HTTP_HOST": "testserver", "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "192.0.2.1", "wsgi.input": io.BytesIO(body), "wsgi.url_scheme": "http", "HTTP_AUTHORIZATION": f"Bearer {self.token}",
        }  # fmt: skip
        environ |= {f"HTTP_{n.upper().replace('-', '_')}": v for n, v in one.headers.items()}
        self.status = 0
        text = b"".join(self.application(environ, self._start))
        return self.status, text

    def _named(self, text: str) -> str:
        for name, one in self.ids.items():
            text = text.replace(f"{{{name}}}", one)
        return text

    def _start(self, status: str, _headers: Any) -> None:
        self.status = int(status[:3])


def fault(status: int, text: bytes, method: str = "") -> str:
    """What is wrong with an answer; "" if nothing is."""
    if status >= 500:
        return f"{status} {text[:300]!r}"
    if status < 400 or method == "HEAD":
        return ""
    try:
        told = json.loads(text)
        said = [one["diagnostics"] for one in told["issue"]]
    except (ValueError, KeyError):
        return f"no words: {status} {text[:300]!r}"
    return "" if told["resourceType"] == "OperationOutcome" and all(said) else "no words"


def token_for(cast: Cast) -> str:
    """One that lets its app do all that the nurse may, for some hours."""
    nurse, now = cast.region_nurse, datetime.now(UTC)
    client = make_client(nurse.unit_id)
    return make_token(
        client, replace(nurse, at=now), "user/*.cruds", at=now, lasts=timedelta(hours=9)
    )
