"""A short word to the user after something was done, with the way to undo it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest


def toast(
    request: HttpRequest, text: str, *, undo: str = "", level: int = messages.SUCCESS
) -> None:
    """Say `text` on the next page that the user sees.

    Args:
        undo: address that takes it back when it is posted to; empty when it cannot be taken back.
        level: one of `django.contrib.messages`' levels; it decides tone and icon.
    """
    messages.add_message(request, level, text, extra_tags=undo)
