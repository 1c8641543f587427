"""A transaction: all of it or nothing, in the order of the standard, each entry under the name that it gets here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.transaction import TransactionManagementError

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.config.exchange.bundles.entries import do
from samverka.config.exchange.bundles.keeping import keep_together
from samverka.config.exchange.bundles.naming import Names
from samverka.config.exchange.bundles.places import at_entry
from samverka.config.exchange.bundles.values import Asking, Done
from samverka.config.exchange.kept import refused
from samverka.config.exchange.owned import OVERTAKEN
from samverka.kernel.problems import Conflict, Problem
from samverka.resources.operations.keeping import Overtaken
from samverka.resources.rules.bundles import Entry, Method, Turn, in_turns
from samverka.resources.rules.lines import Faulty
from samverka.web.limits import timed


def do_all(asking: Asking, entries: Sequence[Entry]) -> list[Done]:
    """What became of each, in the order sent: DELETE first, then POST, PUT and PATCH, at last what only reads.

    Raises:
        Problem: the first refusal, at its place. Nothing is done then, and the refusal is in the trail.
    """
    with act(asking.actor, Action.SHELF_KEEP) as this:
        this.unchanged()  # those inside leave their own lines
        names = Names(asking, entries)
        done = names.done
        for turn in _turns(names):
            if turn.together:
                done |= keep_together(asking, turn.entries, names)
            else:
                [one] = turn.entries
                done[one.at] = _do(asking, one, names)
        return [done[one.at] for one in entries]


def _turns(names: Names) -> Iterator[Turn]:
    left = [one for one in names.entries if one.at not in names.done]
    yield from (Turn((one,), False) for one in left if one.asked.method is Method.DELETE)
    try:
        yield from in_turns([one for one in left if one.asked.creates], names.plain, names.needs())
    except Faulty as faulty:
        raise refused(faulty) from faulty
    for method in (Method.PUT, Method.PATCH):
        yield from (Turn((one,), False) for one in left if one.asked.method is method)
    for one in left:
        if not (one.asked.creates or one.asked.method in _DONE_BEFORE):
            yield Turn((one,), False)


_DONE_BEFORE = (Method.DELETE, Method.PUT, Method.PATCH)


def _do(asking: Asking, entry: Entry, names: Names) -> Done:
    try:
        with timed():
            done = do(asking, entry, names.text(entry) if entry.text else b"")
    except Problem as problem:
        raise at_entry(problem, entry) from problem
    except TransactionManagementError as error:
        if not _was_overtaken(error):
            raise
        raise at_entry(Overrun(OVERTAKEN), entry) from error
    if done.location:
        names.called(entry, done.location.partition("/_history")[0])
    return done


class Overrun(Problem):
    """Not the version that an entry begins from. Alone, the refusal would carry what stands now; here all is undone."""

    status = 412
    code = "conflict"


def _was_overtaken(error: BaseException | None) -> bool:
    """Whether what stands now could not be read for the refusal, because the transaction was already lost."""
    while error is not None:
        if isinstance(error, Conflict | Overtaken):
            return True
        error = error.__context__
    return False
