"""Five parties do whatever comes to their minds, again and again, and now and then the plug is pulled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db.models import QuerySet

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.discharge import operations as ops
from samverka.discharge import reads
from samverka.discharge.models import Case, Copy, Message
from samverka.discharge.reads import CaseDetail, liability_facts
from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.kinds import CaseStatus, Secrecy
from samverka.discharge.rules.messages import MESSAGES, MessageKind
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Problem
from samverka.people.reads import PersonDetail
from tests.discharge.conftest import ADMITTED, admission
from tests.discharge.invariants import faults, unread
from tests.factories.cast import NOW, Cast

PARTIES = ("ward_nurse", "surgery_nurse", "region_nurse", "municipal_nurse", "needs_assessor")
TOLD = ("health_centre", "home_health", "assessment", "other_centre", "are_home_health")
STEPS = 45


class Plug(Exception):
    """The power goes in the middle of a transaction."""


@dataclass
class Walk:
    """Where the walk is. Time passes with each step; nothing is remembered but who Karin is."""

    cast: Cast
    person: PersonDetail
    chance: Random
    minutes: int = 0
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    crashed: int = 0

    def actor(self) -> Actor:
        """Someone of the five, now: mostly one who takes part in the newest case."""
        found: Actor = getattr(self.cast, self.chance.choice(PARTIES))
        row = Case.objects.order_by("-opened_at").first()
        if row is not None and self.chance.random() < 0.7:
            units = {row.unit_id}
            units |= set(row.units.filter(until__isnull=True).values_list("unit_id", flat=True))
            parties = [getattr(self.cast, one) for one in PARTIES]
            found = self.chance.choice([one for one in parties if one.unit_id in units])
        return self.cast.at(found, minutes=self.minutes)

    def step(self) -> None:
        """Something is done, sometimes again within a second, sometimes cut off."""
        self.minutes += self.chance.choice((1, 7, 90, 60 * 9, 60 * 26))
        actor, deed = self.actor(), self.chance.choice(DEEDS)
        again = 2 if self.chance.random() < 0.2 else 1
        cut = self.chance.random() < 0.2
        for second in range(again):
            now = replace(actor, at=actor.at + timedelta(seconds=second))
            try:
                self._do(deed, now, cut)
            except Problem as problem:
                self.refused[str(problem)] += 1
            except Plug:
                self.crashed += 1
            else:
                self.done[deed.__name__] += 1

    def _do(self, deed: Deed, actor: Actor, cut: bool) -> None:
        if not cut:
            deed(self, actor)
            return
        with act(actor, Action.CASE_READ) as this:
            this.unchanged()
            deed(self, actor)
            raise Plug

    def case(self, actor: Actor) -> CaseDetail:
        """The newest case that the party may read; a Problem if there is none."""
        row = Case.objects.filter(person_id=self.person.id).order_by("-opened_at").first()
        return reads.case(actor, case_id=row.id if row else self.person.id)


Deed = Callable[[Walk, Actor], object]


def _open(walk: Walk, actor: Actor) -> object:
    facts = ops.AdmissionFacts(admitted_at=actor.at - timedelta(minutes=5))
    return ops.open_case(actor, person_id=walk.person.id, facts=facts)


def _take_over(walk: Walk, actor: Actor) -> object:
    return ops.take_over_case(actor, person_id=walk.person.id)


def _send(walk: Walk, actor: Actor) -> object:
    case = walk.case(actor)
    kinds: list[MessageKind] = [one for one in case.may_send if one != MessageKind.WITHDRAWN]
    if MessageKind.WITHDRAWN in case.may_send and walk.chance.random() < 0.1:
        kinds = [MessageKind.WITHDRAWN]
    return _send_kind(walk, actor, case, walk.chance.choice(kinds or list(MessageKind)))


def _send_any(walk: Walk, actor: Actor) -> object:
    return _send_kind(walk, actor, walk.case(actor), walk.chance.choice(list(MessageKind)))


def _send_kind(walk: Walk, actor: Actor, case: CaseDetail, kind: MessageKind) -> object:
    units: tuple[UUID, ...] = ()
    if kind is MessageKind.ADMISSION or walk.chance.random() < 0.1:
        names = ["health_centre", *walk.chance.sample(TOLD[1:], walk.chance.randint(0, 3))]
        units = tuple(walk.cast.units[one].id for one in names)
    hours = walk.chance.choice((-2, 0, 0, 0, 0, 0, 30))
    at = actor.at + timedelta(hours=hours)
    body = {
        "estimated_at": (at + timedelta(days=2)).date().isoformat(),
        "judged_at": at.isoformat(), "judged_by": "Per Överläkare",
        "discharged_at": at.isoformat(), "goes_to": "hemmet",
        "leave_from": at.isoformat(), "leave_to": (at + timedelta(hours=20)).isoformat(),
        "contact": "Lena Berg", "meeting": "fredag 10", "summary": "Bra", "reason": "Fel person",
        "words": "Hej",
    }  # fmt: skip
    wanted = {one.value for one in (*MESSAGES[kind].needs, *MESSAGES[kind].may)}
    letter = ops.Letter(
        body={name: value for name, value in body.items() if name in wanted},
        units=units,
        ground=walk.chance.choice((None, None, Secrecy.CONSENT)),
        checked=_doubts(actor, case, units),
    )
    return ops.send_message(actor, case_id=case.id, kind=kind, letter=letter)


def _doubts(actor: Actor, case: CaseDetail, units: tuple[UUID, ...]) -> frozenset[str]:
    _view, receivers = reads.case_and_receivers(
        actor, case_id=case.id, kind=MessageKind.ADMISSION, chosen=frozenset(units)
    )
    return frozenset(one.key for one in receivers.doubts)


def _some_copy(walk: Walk) -> UUID:
    rows = list(Copy.objects.filter(person_id=walk.person.id).order_by("sent_at"))
    return walk.chance.choice(rows).id if rows else walk.person.id


def _own_copy(walk: Walk, actor: Actor) -> UUID:
    rows = list(Copy.objects.filter(unit_id=actor.unit_id).order_by("sent_at"))
    return walk.chance.choice(rows).id if rows else _some_copy(walk)


def _receipt(walk: Walk, actor: Actor) -> object:
    return ops.receipt_copy(actor, copy_id=_own_copy(walk, actor))


def _receipt_any(walk: Walk, actor: Actor) -> object:
    return ops.receipt_copy(actor, copy_id=_some_copy(walk))


def _return(walk: Walk, actor: Actor) -> object:
    return ops.return_copy(actor, copy_id=_own_copy(walk, actor), reason="Inte hos oss")


def _forward(walk: Walk, actor: Actor) -> object:
    unit = walk.cast.units[walk.chance.choice(TOLD)].id
    return ops.forward_copy(
        actor, copy_id=_own_copy(walk, actor), unit_id=unit, reason="Hör till er"
    )


def _withdraw(walk: Walk, actor: Actor) -> object:
    rows = list(Message.objects.filter(unit_id=actor.unit_id).order_by("sent_at"))
    found = walk.chance.choice(rows).id if rows else walk.person.id
    return ops.withdraw_message(actor, message_id=found, reason="Fel ord")


DEEDS: tuple[Deed, ...] = (
    _open, _take_over, _send, _send, _send, _send, _send_any, _receipt, _receipt, _receipt_any,
    _return, _forward, _withdraw,
)  # fmt: skip


def begun(cast: Cast, karin: PersonDetail, seed: int) -> Walk:
    """Karin is on the ward, and three units know it; in every other walk she is ready to go home."""
    facts = ops.AdmissionFacts(admitted_at=ADMITTED)
    case = admission(cast, ops.open_case(cast.ward_nurse, person_id=karin.id, facts=facts))
    if seed % 2:
        _ready(cast, case)
    return Walk(cast, karin, Random(seed))


def _ready(cast: Cast, case: CaseDetail) -> None:
    letter = ops.Letter(body={"judged_at": NOW.isoformat(), "judged_by": "Per Överläkare"})
    ops.send_message(cast.ward_nurse, case_id=case.id, kind=MessageKind.READY, letter=letter)


@pytest.mark.parametrize("seed", [0, 1, 2, 5])
def test_whatever_is_done_what_must_hold_holds(cast: Cast, karin: PersonDetail, seed: int) -> None:
    walk = begun(cast, karin, seed)
    for _step in range(STEPS):
        walk.step()
        found = faults(NOW + timedelta(minutes=walk.minutes, seconds=1))
        assert not found, (seed, _step, found)
    assert sum(walk.done.values()) > STEPS // 5, walk.refused
    assert walk.refused
    later = cast.at(cast.system, minutes=walk.minutes, days=3)
    while ops.watch_copies(later):
        pass
    assert not unread(later.at, timedelta(days=2))
    assert not faults(later.at)


def test_the_walk_gets_about(cast: Cast, karin: PersonDetail) -> None:
    """A walk that never left the door would prove nothing."""
    walk = begun(cast, karin, 20)
    for _step in range(STEPS * 4):
        walk.step()
    kinds = set(Message.objects.values_list("kind", flat=True))
    fates = set(Copy.objects.values_list("fate", flat=True))
    assert len(kinds) >= 8, (kinds, walk.refused)
    assert len(fates) >= 4, (fates, walk.refused)
    assert walk.crashed > 3


# ── the net catches ──


def plant(cast: Cast, rows: QuerySet[Any], **values: object) -> None:
    """Change rows behind the operations' back."""
    with act(cast.system, Action.CASE_WATCH) as this:
        this.unchanged()
        rows.update(**values)


def test_a_planted_fault_is_found(cast: Cast, told: CaseDetail) -> None:
    assert not faults(NOW)
    rows = Case.objects.filter(id=told.id)
    plant(cast, rows, status=CaseStatus.HOME)
    assert any("what was said makes it admitted" in one for one in faults(NOW))
    plant(cast, rows, status=CaseStatus.ADMITTED)
    copies = Copy.objects.filter(unit_id=cast.units["assessment"].id)
    plant(cast, copies, fate=Fate.RETURNED, ended_at=NOW, reason="Fel")
    assert any("take part" in one for one in faults(NOW))


def test_a_notice_that_nobody_sent_is_found(cast: Cast, told: CaseDetail) -> None:
    _ready(cast, told)
    assert not faults(NOW + timedelta(days=9))
    notices = Message.objects.filter(kind=MessageKind.READY)
    plant(cast, notices, sent_at=NOW - timedelta(hours=1))
    assert any("whose notice nobody sent" in one for one in faults(NOW + timedelta(days=9)))


def test_liability_without_a_notice_that_stands_is_found(
    cast: Cast, told: CaseDetail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The app is made to count a notice that was sent back, and one of admission that was late."""
    _ready(cast, told)
    plant(cast, Message.objects.filter(kind=MessageKind.ADMISSION), late=True)
    assert any("not told of the admission in time" in one for one in faults(NOW))
    plant(cast, Message.objects.filter(kind=MessageKind.ADMISSION), late=False)
    notices = Copy.objects.filter(message__kind=MessageKind.READY)
    plant(cast, notices, fate=Fate.RETURNED, ended_at=NOW, reason="Fel")
    assert not any("liable" in one for one in faults(NOW))
    monkeypatch.setattr(liability_facts, "_stands", lambda _copy: True)
    assert any("without a notice that stands" in one for one in faults(NOW))
