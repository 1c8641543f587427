"""How it went with the messages of a period: late, to the wrong one. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from samverka.discharge.rules.figures.days import Reckoned, persons_of
from samverka.discharge.rules.figures.records import Said
from samverka.discharge.rules.figures.table import Figure
from samverka.discharge.rules.figures.values import FigureValue, divided
from samverka.discharge.rules.liability import Period
from samverka.discharge.rules.messages import MESSAGES, MessageKind

HUNDRED: Final = 100

Sent = list[tuple[Reckoned, Said]]


@dataclass(frozen=True, slots=True)
class KindLine:
    """How it went with one kind of message.

    Attributes:
        late: of those that have a deadline; None where the kind has none.
    """

    kind: MessageKind
    sent: int
    late: int | None
    returned: int
    forwarded: int
    persons: int
    hidden: bool = False


def sent_within(stays: Iterable[Reckoned], period: Period) -> Sent:
    """Every message that was sent in the period, with its stay."""
    return [
        (one, said)
        for one in stays
        for said, day in zip(one.stay.said, one.said_on, strict=True)
        if period.holds(day)
    ]


def timed(stays: Iterable[Reckoned], period: Period) -> Sent:
    """Those that have a deadline."""
    return [pair for pair in sent_within(stays, period) if pair[1].timed]


def received(stays: Iterable[Reckoned], period: Period) -> Sent:
    """Those that went to another unit."""
    return [pair for pair in sent_within(stays, period) if pair[1].copies]


def went_wrong(said: Said) -> bool:
    """Some receiver sent it back, or on to another."""
    return any(one.returned or one.forwarded for one in said.copies)


def share(figure: Figure, whole: Sent, wrong: Callable[[Said], bool]) -> FigureValue:
    """How many of the messages it holds for."""
    part = [(one, said) for one, said in whole if wrong(said)]
    return FigureValue(
        figure, divided(len(part), len(whole), HUNDRED), n=len(whole),
        persons=persons_of(one for one, _said in whole),
        within=persons_of(one for one, _said in part),
        counted=Decimal(len(part)), among=Decimal(len(whole)),
    )  # fmt: skip


def kind_lines(stays: Iterable[Reckoned], period: Period) -> tuple[KindLine, ...]:
    """Each kind of message that was sent in the period, in the order of the process."""
    sent = sent_within(stays, period)
    own = {kind: [pair for pair in sent if pair[1].kind is kind] for kind in MESSAGES}
    return tuple(_line(kind, found) for kind, found in own.items() if found)


def _line(kind: MessageKind, own: Sent) -> KindLine:
    due = [said for _one, said in own if said.timed]
    return KindLine(
        kind,
        len(own),
        sum(said.late for said in due) if due else None,
        sum(any(it.returned for it in said.copies) for _one, said in own),
        sum(any(it.forwarded for it in said.copies) for _one, said in own),
        persons_of(one for one, _said in own),
    )
