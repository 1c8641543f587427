"""What holds in every case at every moment, asked of the rows themselves: nothing is taken on trust."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q

from samverka.audit.models import Event
from samverka.discharge.models import Case, CaseUnit, Copy, Message, Readiness
from samverka.discharge.reads.liability_facts import stay_facts
from samverka.discharge.rules.fates import Fate
from samverka.discharge.rules.kinds import MUNICIPAL, CaseStatus
from samverka.discharge.rules.liability import Terms, judge_stay
from samverka.discharge.rules.messages import ALONE, MESSAGES, MessageKind

HERE, AWAY = (Fate.WAITING, Fate.RECEIPTED), (Fate.RETURNED, Fate.FORWARDED)


def faults(now: datetime) -> list[str]:
    """Every broken promise, in words; none is what is wanted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('samverka.persons', '*', true)")
    found = []
    for case in Case.objects.all():
        found += [f"{case.number}: {one}" for one in _case_faults(case, now)]
    found += [
        f"copy {one.id}: {words}" for one in Copy.objects.all() for words in _copy_faults(one)
    ]
    return found


# ── every message has exactly one fate at each receiver ──


def _copy_faults(copy: Any) -> Iterator[str]:
    ended = copy.ended_at is not None
    wanted = {
        Fate.WAITING: copy.receipted_at is None and not ended,
        Fate.RECEIPTED: copy.receipted_at is not None and not ended,
        Fate.RETURNED: ended and bool(copy.reason),
        Fate.FORWARDED: ended and copy.forwarded_to_id is not None,
        Fate.WITHDRAWN: ended and copy.message.withdrawn_at is not None,
    }
    if not wanted[Fate(copy.fate)]:
        yield f"{copy.fate} does not fit its times"
    went_on = Copy.objects.filter(came_from=copy).count()
    if went_on != (copy.fate == Fate.FORWARDED):
        yield f"{copy.fate}, and {went_on} went on from it"


# ── each case ──


def _case_faults(case: Case, now: datetime) -> Iterator[str]:
    said = list(Message.objects.filter(case=case).order_by("entered_at"))
    yield from _status_faults(case, said)
    yield from _log_faults(case)
    yield from _readiness_faults(case, said)
    yield from _unit_faults(case)
    yield from _liability_faults(case, said, now)
    for one in said:
        told = one.copies.exists() or (one.kind in ALONE and not _others_at(case, one))
        if MESSAGES[MessageKind(one.kind)].receivers and not told:
            yield f"{one.kind} went to nobody"


def _others_at(case: Case, said: Message) -> bool:
    """Someone else took part when it was sent."""
    then = Q(until__isnull=True) | Q(until__gt=said.entered_at)
    return CaseUnit.objects.filter(then, case=case, since__lte=said.entered_at).exists()


def _status_faults(case: Case, said: list[Message]) -> Iterator[str]:
    """The status follows from what was said, and from nothing else."""
    status = CaseStatus.ADMITTED
    for one in said:
        spec = MESSAGES[MessageKind(one.kind)]
        if one.corrects_id is None and status not in spec.statuses:
            yield f"{one.kind} was sent while {status}"
        status = spec.becomes or status
    if case.status not in (status, CaseStatus.CLOSED):
        yield f"is {case.status}; what was said makes it {status}"


def _log_faults(case: Case) -> Iterator[str]:
    """The trail has a line for each version; the last says the status."""
    lines = Event.objects.filter(object_type="Case", object_ids__contains=[str(case.id)]).order_by(
        "id"
    )
    told = {one.detail["version"]: one.detail["status"] for one in lines if "version" in one.detail}
    if Event.objects.filter(object_type="Case", detail__case=str(case.id)).exists():
        told[case.version] = CaseStatus.CLOSED  # a new stay ended it
    missing = set(range(2, case.version + 1)) - set(told)
    if missing:
        yield f"no line for version {sorted(missing)}"
    if told.get(case.version) != case.status:
        yield f"the trail says {told.get(case.version)}, the row {case.status}"


def _readiness_faults(case: Case, said: list[Message]) -> Iterator[str]:
    """Ready only by a physician's judgement that was told; and one that stands only then."""
    standing = Readiness.objects.filter(case=case, withdrawn_at__isnull=True).count()
    if (case.status == CaseStatus.READY) and standing != 1:
        yield f"ready with {standing} judgements"
    if case.status == CaseStatus.ADMITTED and standing:
        yield "not ready, with a judgement that stands"
    notices = [one for one in said if one.kind in (MessageKind.READY, MessageKind.COMPULSORY)]
    for one in Readiness.objects.filter(case=case):
        if not any(notice.sent_at == one.sent_at for notice in notices):
            yield "a judgement whose notice nobody sent"


def _unit_faults(case: Case) -> Iterator[str]:
    """Who has something of the case takes part in it, and no others do."""
    having = set(
        Copy.objects.filter(message__case=case)
        .exclude(fate__in=AWAY)
        .exclude(unit_id=case.unit_id)
        .values_list("unit_id", flat=True)
    )
    taking = set(
        CaseUnit.objects.filter(case=case, until__isnull=True).values_list("unit_id", flat=True)
    )
    if having != taking:
        yield f"{len(having)} units have its messages, {len(taking)} take part"


# ── no liability without its grounds ──

HERE_CODE = "2309"


def _stands(said: list[Message], *kinds: MessageKind) -> list[Message]:
    """Such messages at a municipality, neither taken back nor sent back."""
    return [
        one
        for one in said
        if one.kind in kinds
        and one.withdrawn_at is None
        and {copy.part for copy in one.copies.filter(fate__in=HERE)} & MUNICIPAL
    ]


def _liability_faults(case: Case, said: list[Message], now: datetime) -> Iterator[str]:
    """What the app reads and judges, against the messages themselves. The call has tests of its own."""
    known = stay_facts(Case.objects.filter(id=case.id))
    if not known:
        return
    notices = _stands(said, MessageKind.READY, MessageKind.COMPULSORY)
    rows = list(Readiness.objects.filter(case=case).order_by("sent_at"))
    facts = replace(known[0].facts, sip_required=False, registered=HERE_CODE)
    later = now + timedelta(days=30)
    counted = [one.day for one in judge_stay(facts, Terms(), as_of=later).days if one.counted]
    if not counted:
        return
    first = _stands(said, MessageKind.ADMISSION)
    if not first or first[0].late:
        yield "liable, and the municipality was not told of the admission in time"
    for day in counted:
        grounds = [
            one for one in rows
            if any(sent.sent_at == one.sent_at for sent in notices)
            and one.sent_at.date() + timedelta(days=3) <= day
            and (one.withdrawn_at is None or one.withdrawn_at.date() >= day)
        ]  # fmt: skip
        if not grounds:
            yield f"liable on {day} without a notice that stands"


def unread(now: datetime, limit: timedelta) -> list[str]:
    """Messages neither receipted nor sent on in the chain although their time is up."""
    waiting = Copy.objects.filter(
        fate=Fate.WAITING, escalated_at__isnull=True, sent_at__lt=now - limit
    )
    return [
        f"{one.message.kind} at {one.unit_id}"
        for one in waiting
        if MESSAGES[MessageKind(one.message.kind)].must_open
    ]
