"""The stage of the clients: a county on a real server, an app that is registered there, and one of the staff who lets it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.factories.browser import log_in
from tests.factories.cast import KARINS_NUMBER, Cast

REDIRECT = "http://127.0.0.1:8765/app.html"
SCOPES = "launch launch/patient openid fhirUser offline_access user/*.cruds patient/*.cruds"


@dataclass(frozen=True)
class Stage:
    """What a client needs to know, and how its user says yes.

    Attributes:
        base: the address of the FHIR server.
        token: an access token of the nurse's, as an app has got it.
        patient: the id of Karin, whom the nurse's unit cares for.
        app: the client_id of the app.
    """

    base: str
    token: str
    patient: str
    app: str
    cast: Cast
    redirect: str = REDIRECT

    def say_yes(self, address: str) -> str:
        """The nurse, logged in already, opens the page that the client sends her to and says yes, for Karin.

        Returns:
            where she is sent then.
        """
        nurse = log_in(self.cast.region_nurse)
        nurse.defaults["HTTP_HOST"] = urlsplit(address).netloc
        begun = nurse.get(address.removeprefix(_origin(address)))
        assert begun.headers.get("Location", "").startswith("/appar/"), begun.headers
        sent = nurse.post(begun["Location"], self.answer())
        assert sent.status_code == 302, sent.content.decode()[-3000:]
        return str(sent["Location"])

    def answer(self) -> dict[str, Any]:
        """What the nurse fills in on that page."""
        return {
            "answer": "yes",
            "who": str(self.cast.region_nurse.assignment_id),
            "number": KARINS_NUMBER.value,
        }


def _origin(address: str) -> str:
    found = urlsplit(address)
    return f"{found.scheme}://{found.netloc}"
