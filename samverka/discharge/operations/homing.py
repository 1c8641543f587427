"""The tasks of going home, kept as the case is now: called at every change of a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from samverka.access.act import Act
from samverka.access.county import county_value
from samverka.discharge.models import AfterContact, Case, CaseUnit, GoingHome, Item
from samverka.discharge.rules.items import answer_due, wanted_now, worry_due
from samverka.discharge.rules.kinds import CaseStatus
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.kernel.text import text as _
from samverka.notices.operations import keep_tasks
from samverka.notices.rules import About, TaskKind, TaskWanted
from samverka.organisations.reads import UnitDetail, unit_names


def going_home_of(case: Case) -> GoingHome:
    """The case's row for going home; made the first time."""
    found: GoingHome | None = GoingHome.objects.filter(case=case).first()
    if found is None:
        found = GoingHome(case=case, person_id=case.person_id)
        found.save(force_insert=True)
    return found


def keep_home(this: Act, case: Case) -> None:
    """One task at each unit that has something to answer, and one for the first contact at home.

    A line of a unit that takes part no more becomes the ward's: nothing is left without an owner.
    """
    going = GoingHome.objects.filter(case=case).first()
    if going is not None:
        left = _left(case)
        _give_to_ward(case, left)
        _keep_items(this, case, going, left)
    after = AfterContact.objects.filter(case=case).first()
    if after is not None:
        _keep_after(this, case, after)


def _left(case: Case) -> list[Item]:
    """Lines that still need an answer."""
    status = CaseStatus(case.status)
    rows = Item.objects.filter(case=case, answer="").order_by("asked_at")
    return [one for one in rows if wanted_now(status, at_home=one.at_home)]


def _give_to_ward(case: Case, left: Sequence[Item]) -> None:
    taking = {case.unit_id, *_taking(case)}
    for one in left:
        if one.unit_id not in taking:
            one.unit_id = case.unit_id
            one.save(update_fields=["unit"])


def _taking(case: Case) -> set[UUID]:
    found = CaseUnit.objects.filter(case=case, until__isnull=True)
    return set(found.values_list("unit_id", flat=True))


def _keep_items(this: Act, case: Case, going: GoingHome, left: Sequence[Item]) -> None:
    by_unit: dict[UUID, list[Item]] = defaultdict(list)
    for one in left:
        by_unit[one.unit_id].append(one)
    units = unit_names(set(by_unit))
    days = county_value(Key.DISCHARGE_ITEMS, local_date(this.actor.at))
    about = About("GoingHome", going.id, case.person_id, f"/utskrivning/{case.id}/hemgang/")
    wanted = [
        _wanted(case, units[unit_id], rows, days)
        for unit_id, rows in by_unit.items()
        if unit_id in units
    ]
    keep_tasks(this, about=about, wanted=wanted)


def _wanted(case: Case, unit: UnitDetail, rows: Sequence[Item], days: int) -> TaskWanted:
    dues = [due for one in rows if (due := item_due(case, one, days))]
    worries = any(one.at_home for one in rows)
    verb = _("ta hand om oro hemma") if worries else _("svara inför hemgång (%(n)d)", n=len(rows))
    return TaskWanted(
        key=str(unit.id),
        kind=TaskKind.GOING_HOME,
        unit_id=unit.id,
        provider_id=unit.provider_id,
        verb=verb,
        due_at=min(dues, default=None),
    )


def item_due(case: Case, row: Item, days: int) -> datetime | None:
    """The last moment for an answer to one line."""
    if row.at_home:
        return worry_due(row.asked_at)
    return answer_due(case.estimated_at, row.asked_at, days)


def _keep_after(this: Act, case: Case, after: AfterContact) -> None:
    about = About("AfterContact", after.id, case.person_id, f"/utskrivning/{case.id}/hemma/")
    unit = unit_names({after.unit_id}).get(after.unit_id)
    wanted = []
    if unit is not None and not after.outcome and case.status == CaseStatus.HOME:
        wanted.append(
            TaskWanted(
                key="after",
                kind=TaskKind.GOING_HOME,
                unit_id=unit.id,
                provider_id=unit.provider_id,
                verb=_("höra hur det går hemma"),
                due_at=after.due_at,
            )
        )
    keep_tasks(this, about=about, wanted=wanted)
