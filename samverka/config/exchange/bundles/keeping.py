"""New resources of a transaction that no room takes, kept together."""

from __future__ import annotations

from collections.abc import Sequence

from samverka.config.exchange.bundles.naming import Names
from samverka.config.exchange.bundles.places import at_entry
from samverka.config.exchange.bundles.values import Asking, Done
from samverka.config.exchange.kept import refused
from samverka.config.registry import persons_by_number
from samverka.kernel.problems import Problem
from samverka.resources.operations.keeping_new import Draft, keep_new
from samverka.resources.rules.bundles import Entry
from samverka.resources.rules.lines import Faulty
from samverka.web.exchange import Shown


def keep_together(asking: Asking, entries: Sequence[Entry], names: Names) -> dict[int, Done]:
    """Keep them, each under the id by which the others name it.

    Raises:
        Problem: the first refusal, at its place.
    """

    def tell(at: int, problem: Problem | Faulty) -> Problem:
        found = refused(problem) if isinstance(problem, Faulty) else problem
        return at_entry(found, entries[at])

    made = keep_new(
        asking.actor_who_makes(entries),
        drafts=[Draft(names.id_of(one), names.text(one)) for one in entries],
        numbers=persons_by_number,
        tell=tell,
        lenient=asking.lenient,
        base=asking.call.base,
        shown=asking.shows == "representation",
    )
    return {
        entry.at: Done.at(Shown(one.kind, one.id, one.text, str(one.number), one.at), 201, asking)
        for entry, one in zip(entries, made, strict=True)
    }
