"""The day's mail: one digest to a unit, one word to a person. Claimed first, so it never goes twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.models import Account
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.notices import rules
from samverka.notices.models import Mailing, News, Task, UnitSettings
from samverka.notices.operations.keeping import check_clock
from samverka.notices.reads import units_of
from samverka.notices.rules import Claim, Digest, MailState, TaskKind, Word

AT_ONCE = 10
"""Mails claimed at a time: a slow mail server holds up few."""

NEWS_FOR = timedelta(days=7)
"""News older than this sets off no mail any more."""


# ── digests ──


def claim_digests(actor: Actor) -> list[Digest]:
    """Claim the units' digests that are to go now; each unit gets one a day."""
    with act(actor, Action.NOTICE_RUN) as this:
        check_clock(this)
        counts = _waiting(actor)
        known = {row.unit_id: row for row in UnitSettings.objects.filter(unit_id__in=counts)}
        due = [unit for unit in counts if _is_due(actor, known.get(unit))]
        units = units_of(due) if due else {}
        receivers = {
            unit: addresses
            for unit in due
            if unit in units and (addresses := _addresses(known.get(unit), units[unit].email))
        }
        claimed = _claim(actor, list(receivers))
        if not claimed:
            this.unchanged()
            return []
        this.note_general("Mailing", units=len(claimed))
        return [
            Digest(mailing, units[unit].name, receivers[unit], counts[unit])
            for unit, mailing in claimed.items()
        ]


def _waiting(actor: Actor) -> Mapping[UUID, Mapping[TaskKind, int]]:
    """How many tasks of each kind wait at each unit."""
    near = Q(due_at__isnull=True) | Q(due_at__lte=actor.at + rules.AHEAD)
    found = Task.objects.filter(near, ended_at__isnull=True).order_by()
    counts: dict[UUID, dict[TaskKind, int]] = {}
    for one in found.values("unit_id", "kind").annotate(count=Count("id")):
        counts.setdefault(one["unit_id"], {})[TaskKind(one["kind"])] = one["count"]
    return counts


def _is_due(actor: Actor, row: UnitSettings | None) -> bool:
    if row is None:
        return rules.digest_is_due(actor.at, hour=rules.DIGEST_HOUR, week=rules.ALWAYS)
    return rules.digest_is_due(actor.at, hour=row.digest_hour, week=rules.week_of(row.hours))


def _addresses(row: UnitSettings | None, own: str) -> tuple[str, ...]:
    """The addresses that the unit has set, or else the one in the directory."""
    if row is not None and row.emails:
        return tuple(row.emails)
    return (own,) if own else ()


# ── a word to the person ──


def claim_words(actor: Actor) -> list[Word]:
    """Claim the mails to persons who have something new to read; each person gets at most one a day."""
    with act(actor, Action.NOTICE_RUN) as this:
        check_clock(this)
        newest = _unread(actor)
        accounts = Account.objects.filter(person_id__in=newest, is_active=True).exclude(email="")
        told = _last_told([one.id for one in accounts])
        waiting = {
            one.id: one
            for one in accounts
            if one.id not in told or told[one.id] < newest[one.person_id]
        }
        claimed = _claim(actor, list(waiting))
        if not claimed:
            this.unchanged()
            return []
        this.note_general("Mailing", persons=len(claimed))
        return [
            Word(mailing, waiting[account].email, waiting[account].language)
            for account, mailing in claimed.items()
        ]


def _unread(actor: Actor) -> Mapping[Any, Any]:
    fresh = News.objects.filter(read_at__isnull=True, at__gt=actor.at - NEWS_FOR, at__lte=actor.at)
    return dict(fresh.values_list("person_id").annotate(newest=Max("at")))


def _last_told(accounts: Sequence[UUID]) -> Mapping[UUID, Any]:
    sent = Mailing.objects.filter(receiver_id__in=accounts, state=MailState.SENT)
    return dict(sent.values_list("receiver_id").annotate(last=Max("claimed_at")))


# ── letters of another room, never about a person ──


def claim_letters(actor: Actor, *, accounts: Sequence[UUID]) -> Mapping[UUID, UUID]:
    """Claim the day's letter to staff, from the hour of the digest on: mailing by account, a few at a time."""
    with act(actor, Action.NOTICE_RUN) as this:
        check_clock(this)
        due = rules.digest_is_due(actor.at, hour=rules.DIGEST_HOUR, week=rules.ALWAYS)
        claimed = _claim(actor, accounts) if due else {}
        if not claimed:
            this.unchanged()
            return {}
        this.note_general("Mailing", letters=len(claimed))
        return claimed


# ── claims ──


def _claim(actor: Actor, receivers: Sequence[UUID]) -> dict[UUID, UUID]:
    """Take the day's mail to each receiver for ourselves: mailing by receiver, at most `AT_ONCE`."""
    day = local_date(actor.at)
    claimed: dict[UUID, UUID] = {}
    known = _known(receivers, day)
    for receiver in receivers:
        if len(claimed) == AT_ONCE:
            break
        row = known.get(receiver)
        if row is None:
            made = Mailing(receiver_id=receiver, day=day, state=MailState.CLAIMED.value,
                           claimed_at=actor.at)  # fmt: skip
            # Another process may claim the same at the same moment: then this insert does nothing.
            Mailing.objects.bulk_create([made], ignore_conflicts=True)
            if Mailing.objects.filter(id=made.id).exists():
                claimed[receiver] = made.id
        elif rules.may_send(Claim(MailState(row.state), row.tries, row.claimed_at), actor.at):
            row.state, row.tries, row.claimed_at = MailState.CLAIMED.value, row.tries + 1, actor.at
            row.save()
            claimed[receiver] = row.id
    return claimed


def _known(receivers: Sequence[UUID], day: date) -> Mapping[UUID, Mailing]:
    found = Mailing.objects.select_for_update(skip_locked=True)
    return {row.receiver_id: row for row in found.filter(receiver_id__in=receivers, day=day)}


def note_mail(actor: Actor, *, mailing_id: UUID, fault: str = "") -> None:
    """Note how sending went.

    Args:
        fault: the kind of fault, never the mail server's words: they can hold an address.
    """
    with act(actor, Action.NOTICE_RUN) as this:
        check_clock(this)
        row = Mailing.objects.select_for_update().get(id=mailing_id)
        row.state = (MailState.FAILED if fault else MailState.SENT).value
        row.sent_at, row.fault = None if fault else actor.at, fault
        row.save()
        this.note_general("Mailing", id=str(mailing_id), state=row.state)
