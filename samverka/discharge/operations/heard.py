"""What the ward has yet to tell because its own record system said it: one task each, until it is told."""

from __future__ import annotations

from samverka.access.act import Act
from samverka.discharge.models import Case, Heard, Leave
from samverka.discharge.operations.keeping import address_of
from samverka.discharge.rules.kinds import INSIDE
from samverka.discharge.rules.messages import KIND_WORDS, MessageKind
from samverka.kernel.text import text as _
from samverka.notices.operations import keep_tasks
from samverka.notices.rules import About, TaskKind, TaskWanted


def keep_heard(this: Act, case: Case, row: Heard) -> None:
    """One task at the ward for each kind of message that is prepared; none when the stay is over."""
    about = About("Heard", row.id, case.person_id, address_of(case.id))
    wanted = [_task(case, MessageKind(one)) for one in row.untold] if case.status in INSIDE else []
    keep_tasks(this, about=about, wanted=wanted)


def _task(case: Case, kind: MessageKind) -> TaskWanted:
    return TaskWanted(
        key=kind.value,
        kind=TaskKind.DISCHARGE,
        unit_id=case.unit_id,
        provider_id=case.provider_id,
        verb=_("meddela det som vårdens system säger: %(message)s", message=KIND_WORDS[kind]),
    )


def settle_heard(this: Act, case: Case, kind: MessageKind) -> None:
    """The ward has told it: the task is done, and the leave is the one that was told."""
    row = Heard.objects.filter(case=case).first()
    if row is None:
        return
    if kind is MessageKind.LEAVE:
        Leave.objects.filter(case=case, message=None, withdrawn_at=None).update(
            withdrawn_at=this.actor.at
        )
    row.untold = [one for one in row.untold if one != kind.value]
    row.save()
    keep_heard(this, case, row)
