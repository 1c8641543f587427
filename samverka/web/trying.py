"""A page that does a step: what the step refuses is said on the form, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from django.forms import Form

from samverka.kernel.problems import Invalid, NotNow, Problem
from samverka.web.door import translated

GET_POST = ["GET", "HEAD", "POST"]

T = TypeVar("T")


def tried(
    form: Form,
    step: Callable[[], T],
    fields: Mapping[str, str] | None = None,
    *,
    also: tuple[type[Problem], ...] = (),
) -> T | None:
    """The step's answer; None when it was refused, with what is wrong and how to mend it on the form.

    Args:
        fields: names of the operation that are called otherwise on the form.
        also: refusals that are said on this form besides `Invalid` and `NotNow`, rather than on a page.
    """
    refused: tuple[type[Problem], ...] = (Invalid, NotNow, *also)
    try:
        return step()
    except refused as problem:
        where = (fields or {}).get(problem.where, problem.where)
        words = [translated(text) for text in (problem.message, problem.mend) if text]
        form.add_error(where if where in form.fields else None, " ".join(words))
        return None


def status_of(form: Form) -> int:
    """422 for a form that must be mended, else 200."""
    return 422 if form.is_bound and form.errors else 200
