"""A batch: each entry by itself; one that is refused does not stop the others."""

from __future__ import annotations

from collections.abc import Sequence

from samverka.config.exchange.bundles.entries import do
from samverka.config.exchange.bundles.places import at_entry
from samverka.config.exchange.bundles.values import Asking, Done
from samverka.config.exchange.kept import refused
from samverka.kernel.problems import Problem
from samverka.resources.rules.bundles import Entry, Method
from samverka.resources.rules.lines import Faulty
from samverka.web.limits import timed
from samverka.web.outcome import outcome_of

_ORDER = {method: place for place, method in enumerate(Method)}


def do_each(asking: Asking, entries: Sequence[Entry]) -> list[Done]:
    """What became of each, in the order sent. They are done in the order of a transaction."""
    done = {
        one.at: _do(asking, one)
        for one in sorted(entries, key=lambda one: (_ORDER[one.asked.method], one.at))
    }
    return [done[one.at] for one in entries]


def _do(asking: Asking, entry: Entry) -> Done:
    try:
        if entry.fault is not None:
            raise refused(Faulty(entry.fault))
        with timed():
            return do(asking, entry, entry.text)
    except Problem as problem:
        answer = outcome_of(at_entry(problem, entry))
        return Done(answer.status_code, outcome=bytes(answer.content))
