"""What the address asks for."""

from __future__ import annotations

from django.http import HttpRequest


def asked_year(request: HttpRequest) -> int | None:
    """The year that was chosen, if it is one."""
    said = request.GET.get("ar", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) == 4 else None
