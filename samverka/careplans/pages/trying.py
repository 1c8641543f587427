"""Do a step; what it refuses is said on the form, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.forms import Form

from samverka.kernel.problems import Invalid, NotNow
from samverka.web.door import translated

GET_POST = ["GET", "HEAD", "POST"]

T = TypeVar("T")


def tried(form: Form, step: Callable[[], T], fields: dict[str, str] | None = None) -> T | None:
    """The step's answer; None when it was refused, with the refusal on the form.

    Args:
        fields: names of the operation that are called otherwise on the form.
    """
    try:
        return step()
    except (Invalid, NotNow) as problem:
        where = (fields or {}).get(problem.where, problem.where)
        form.add_error(where if where in form.fields else None, translated(problem.message))
        return None


def status_of(form: Form) -> int:
    """422 for a form that must be mended."""
    return 422 if form.is_bound and form.errors else 200
