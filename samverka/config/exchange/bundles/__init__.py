"""A Bundle of requests: a batch, each by itself, or a transaction, all or nothing."""

from __future__ import annotations

from samverka.config.exchange.bundles.answering import answer_of
from samverka.config.exchange.bundles.batches import do_each
from samverka.config.exchange.bundles.transactions import do_all
from samverka.config.exchange.bundles.values import Asking
from samverka.config.exchange.kept import refused
from samverka.kernel.actor import Actor
from samverka.resources.rules.bundles import read_bundle
from samverka.resources.rules.lines import Faulty
from samverka.web.exchange import Answer, Call


def bundle(actor: Actor, call: Call) -> Answer:
    """Do what a Bundle asks for; the answer has one entry for each, in the order sent.

    Raises:
        Unreadable: it is no batch or transaction, or an entry of a transaction cannot be read.
        Problem: of a transaction the first refusal, at `Bundle.entry[3].…`; nothing is done then.
    """
    try:
        sent = read_bundle(call.text, call.base)
    except Faulty as faulty:
        raise refused(faulty) from faulty
    asking = Asking.of(actor, call)
    done = do_all(asking, sent.entries) if sent.whole else do_each(asking, sent.entries)
    return answer_of(done, whole=sent.whole, asking=asking)
