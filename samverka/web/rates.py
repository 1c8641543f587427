"""How often: nobody may guess numbers or names by machine.

A bucket of tokens for each account in the shared cache, so that it is the same in every worker. Two
requests in the same instant may pass on one token; for a limit a minute that does not matter.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from samverka.kernel.problems import TooMany
from samverka.kernel.text import text as _
from samverka.web.door import actor_of

View = TypeVar("View", bound=Callable[..., HttpResponse])

SEARCHES_A_MINUTE = 60
"""More than anyone types; a machine would need years for the numbers of one birth date's county."""

MINUTE = 60.0  # seconds


def limited(name: str, *, a_minute: int = SEARCHES_A_MINUTE) -> Callable[[View], View]:
    """Mark a page whose posts are counted; pages with the same name share a bucket."""

    def marked(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                actor = actor_of(request)
                spend(actor.id, name, at=actor.at, a_minute=a_minute)
            return view(request, *args, **kwargs)

        return cast(View, counted)

    return marked


def spend(account_id: UUID, name: str, *, at: datetime, a_minute: int) -> None:
    """Take one token of the account's bucket, which holds a minute's worth and fills evenly.

    Raises:
        TooMany: the bucket is empty.
    """
    key = f"rate:{name}:{account_id}"
    tokens, then = cache.get(key, (float(a_minute), at))
    passed = max((at - then).total_seconds(), 0.0)
    tokens = min(tokens + passed * a_minute / MINUTE, float(a_minute))
    if tokens < 1:
        raise TooMany(
            _("Du har sökt många gånger på kort tid."), mend=_("Vänta en minut och försök igen.")
        )
    cache.set(key, (tokens - 1, at), timeout=2 * MINUTE)
