"""Calls of the room `web`."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from samverka.kernel.actor import Actor
from samverka.web import operations as drafts
from samverka.web import reads as draft_reads
from samverka.web.rules import SWEEPER
from tests.house.calls.shape import (
    NOBODY,
    Call,
    later,
    system,
)
from tests.house.furnished import House


def _kept(house: House) -> object:
    return drafts.keep_draft(house.nurse, path="/planer/", fields={"words": ["Hej"]})


def leader(house: House) -> Actor:
    return house.cast.leader


def _sweeper(house: House) -> Actor:
    return replace(system(house), id=SWEEPER)


CALLS: dict[str, Call] = {
    "reads.duties": Call(lambda house, actor: draft_reads.duties(actor), NOBODY, leader),
    "keep_draft": Call(
        lambda house, actor: drafts.keep_draft(actor, path="/planer/", fields={"words": ["Hej"]}),
        NOBODY,
    ),
    "throw_draft": Call(lambda house, actor: drafts.throw_draft(actor, draft_id=uuid4()), NOBODY),
    "sweep_drafts": Call(
        lambda house, actor, _kept: drafts.sweep_drafts(later(actor, days=400)),
        NOBODY,
        _sweeper,
        prepared=_kept,
    ),
    "reads.list_drafts": Call(lambda house, actor: draft_reads.list_drafts(actor), NOBODY),
}
