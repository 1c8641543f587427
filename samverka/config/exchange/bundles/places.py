"""A refusal of one entry told at its place in the Bundle: `Bundle.entry[3].resource.status`."""

from __future__ import annotations

from dataclasses import replace

from samverka.kernel.problems import Problem
from samverka.resources.rules.bundles import Entry
from samverka.web.exchange import Issue, Stale

_CONDITIONS = {
    "If-Match": "ifMatch",
    "If-None-Match": "ifNoneMatch",
    "If-None-Exist": "ifNoneExist",
    "If-Modified-Since": "ifModifiedSince",
}


def at_entry(problem: Problem, entry: Entry) -> Problem:
    """The same refusal, with its places seen from the Bundle."""
    problem.where = _place(problem.where, entry)
    issues: tuple[Issue, ...] = getattr(problem, "issues", ())
    if issues:
        moved = tuple(replace(one, path=_place(one.path, entry)) for one in issues)
        problem.issues = moved  # type: ignore[attr-defined]
    if isinstance(problem, Stale):
        problem.paths = tuple(_place(one, entry) for one in problem.paths)
    return problem


def _place(path: str, entry: Entry) -> str:
    if path.startswith("Bundle.entry["):
        return path
    if path in _CONDITIONS:
        return f"{entry.place}.request.{_CONDITIONS[path]}"
    if not path:
        return entry.place
    first, _dot, rest = path.partition(".")
    inner = rest if first in (entry.kind, entry.asked.kind) else path
    return f"{entry.place}.resource" + (f".{inner}" if inner else "")
