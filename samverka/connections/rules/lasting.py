"""How long each thing lasts, and what ended it."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

CODE = timedelta(seconds=60)
"""An authorisation code: the app asks for its token at once (RFC 6749 4.1.2 allows ten minutes)."""

LAUNCH = timedelta(minutes=5)
"""What a button "open in app" hands to the app."""

USER_TOKEN = timedelta(hours=1)
SYSTEM_TOKEN = timedelta(minutes=5)
"""SMART Backend Services: five minutes at most."""

ONLINE = timedelta(hours=12)
"""`online_access`, and no refresh token at all: as long as one can stay logged in."""

OFFLINE_PERSON = timedelta(days=365)
"""`offline_access` to a person's own app: a yes is asked for anew each year."""

OFFLINE_STAFF = timedelta(days=30)

ASSERTION = timedelta(minutes=5)
"""A client's signed assertion may not hold for longer (SMART Backend Services)."""

KEPT = timedelta(days=2)
"""What has run out is thrown away after so long; until then a second use of it can be told."""


class End(StrEnum):
    """Why a connection ended."""

    TAKEN_BACK = "taken-back"  # by the one who gave it
    USED_TWICE = (
        "used-twice"  # a code or a refresh token came a second time: someone else may have it
    )
    RETURNED = "returned"  # the app itself gave it back
    SWITCHED_OFF = "switched-off"  # an administrator closed the app
