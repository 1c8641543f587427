"""What the person ticks off before going home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.county import county_value
from samverka.discharge.models import Case, GoingHome, Item, Ticked
from samverka.discharge.operations.homing import going_home_of
from samverka.discharge.operations.items import keep_answer
from samverka.discharge.operations.keeping import check_clock, standing_units, touch
from samverka.discharge.reads.preparing import PreparationView, preparation_of
from samverka.discharge.rules import preparing as rules
from samverka.discharge.rules.items import Answer
from samverka.discharge.rules.kinds import INSIDE, CaseStatus, Part, Secrecy
from samverka.discharge.rules.preparing import TICKS, Tick
from samverka.discharge.rules.sending import text_of
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.kernel.text import text as _
from samverka.notices.operations import tell_person
from samverka.people.reads import person_line

AT_ONCE = 100
"""Cases looked at in one transaction."""

OWN_WORDS = _("Personen har själv svarat.")
"""Why what the person said may be given to the units of the case."""


@dataclass(frozen=True, slots=True)
class TickSaid:
    """An answer to one question. `yes` None: words only."""

    yes: bool | None = None
    words: str = ""


def tick_off(actor: Actor, *, case_id: UUID, said: Mapping[Tick, TickSaid]) -> PreparationView:
    """Answer the list before going home; a no becomes something that the right unit must see to.

    Done by the person, by one who may write for the person, or by a unit that asks the person.

    Raises:
        NotNow: the list has not opened, or the person has gone home.
        Invalid: the words are too long.
    """
    with act(actor, Action.CASE_PREPARE) as this:
        case: Case = this.row(Case.objects, lock=True, id=case_id)
        _check_open(this, case)
        before = standing_ticks(case)
        for tick, one in said.items():
            words = text_of(one.words, Tick.QUESTION.value, rules.QUESTION_LENGTH)
            old = before.get(tick)
            if one.yes is None and not words:
                continue
            if old is None or (old.yes, old.words) != (one.yes, words):
                _keep(this, case, tick, TickSaid(one.yes, words), old)
        touch(this, case, ticked=len(said))
        return preparation_of(this, case)


def _check_open(this: Act, case: Case) -> None:
    hours = county_value(Key.DISCHARGE_CHECKLIST, local_date(this.actor.at))
    rules.check_open(
        CaseStatus(case.status), estimated_at=case.estimated_at, hours=hours, now=this.actor.at
    )


def standing_ticks(case: Case) -> dict[Tick, Ticked]:
    """The last answer to each question."""
    rows = Ticked.objects.filter(case=case).order_by("at")
    return {Tick(one.tick): one for one in rows}


def _keep(this: Act, case: Case, tick: Tick, one: TickSaid, old: Ticked | None) -> None:
    own = this.actor.person_id == case.person_id
    name = person_line(case.person, this.actor, this.decide(case)).name
    row = Ticked(
        case=case, person_id=case.person_id, tick=tick, yes=one.yes, words=one.words,
        at=this.actor.at, by=this.actor.name,
        on_behalf_of="" if own else name,
    )  # fmt: skip
    if rules.becomes_item(tick, yes=one.yes, words=one.words):
        row.item = _ask(this, case, tick, one)
    elif old is not None and old.item is not None and not old.item.answer:
        keep_answer(this, old.item, Answer.YES, str(OWN_WORDS))
    row.save(force_insert=True)


def _ask(this: Act, case: Case, tick: Tick, one: TickSaid) -> Item:
    """A line for the unit that sees to it; one of the same kind that waits for its answer is enough."""
    spec = TICKS[tick]
    waiting: Item | None = Item.objects.filter(case=case, kind=spec.item, answer="").first()
    if waiting is not None and spec.words is None:
        return waiting
    going_home_of(case)
    row = Item(
        case=case, person_id=case.person_id, kind=spec.item, words=_line(tick, one),
        unit_id=_unit_for(case, tick), secrecy=Secrecy.CONSENT, secrecy_note=str(OWN_WORDS),
        asked_at=this.actor.at, asked_by=this.actor.name, asked_from=this.actor.unit_name,
        from_person=True,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def _line(tick: Tick, one: TickSaid) -> str:
    """What the unit reads: the table's words, and the person's own."""
    head = str(TICKS[tick].words or "")
    return ": ".join(part for part in (head, one.words) if part)


def _unit_for(case: Case, tick: Tick) -> UUID:
    units = list(standing_units(case).order_by("since", "unit__name"))
    part = rules.tick_owner(tick, {Part(one.part) for one in units})
    found = next((one.unit_id for one in units if one.part == part), None)
    return found or case.unit_id


def tell_who_go_home(actor: Actor) -> int:
    """Tell those who soon go home that their list has opened; returns how many were told.

    Done again it tells nobody twice.
    """
    with act(actor, Action.CASE_WATCH) as this:
        check_clock(this)
        hours = county_value(Key.DISCHARGE_CHECKLIST, local_date(actor.at))
        told = GoingHome.objects.filter(told_at__isnull=False).values("case_id")
        near = (
            Case.objects.filter(status__in=sorted(INSIDE), estimated_at__isnull=False)
            .exclude(id__in=told)
            .select_for_update(skip_locked=True)
            .order_by("estimated_at")[:AT_ONCE]
        )
        rows = [one for one in near if _opened(one, hours, this)]
        for one in rows:
            _tell(this, one)
        if rows:
            this.note_list(rows)
        else:
            this.unchanged()
        return len(rows)


def _opened(case: Case, hours: int, this: Act) -> bool:
    return rules.is_open(
        CaseStatus(case.status), estimated_at=case.estimated_at, hours=hours, now=this.actor.at
    )


def _tell(this: Act, case: Case) -> None:
    going = going_home_of(case)
    going.told_at = this.actor.at
    going.save()
    tell_person(
        this,
        person_id=case.person_id,
        sentence=_("Snart åker du hem. Du har en lista att bocka av."),
    )
