"""How the log-in library behaves here: accounts are made by the house, never by a visitor."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No sign-up, whatever address is tried."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account belongs to a known member of staff or a known person."""
        return False
