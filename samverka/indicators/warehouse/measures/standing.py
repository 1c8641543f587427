"""Shapes over how it stood on a day: persons, what was open, visits and staff in the time before."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from samverka.indicators.rules.measures import PACK, POINT, Held
from samverka.indicators.warehouse.facts import FACTS
from samverka.indicators.warehouse.measures.cases import Asking
from samverka.indicators.warehouse.measures.columns import (
    Look,
    column_of,
    day,
    days_between,
    measured,
    meets,
    month_number,
    passes,
    whole,
)

STAFF_DAYS: Final = 14
STAFF_VISITS: Final = 2
STAFF_HOURS: Final = (7, 21)
"""Kolada U21401: at least two visits every one of 14 days, begun from 07.00 and before 22.00."""


def standing(asking: Asking) -> ir.Table:
    """Persons living on the day who have what is asked for; of them those who also have more."""
    people = asking.people_at_points()
    for one in asking.settings.among:
        people = people.semi_join(_holders(asking, people, one), ["person_key", "point"])
    hit = meets(column_of(people), asking.settings.hit)
    for at, one in enumerate(asking.settings.having):
        holders = _holders(asking, people, one).mutate(**{f"holds_{at}": ibis.literal(True)})
        people = people.mutate(hit=hit).left_join(holders, ["person_key", "point"])
        people = people.drop("person_key_right", "point_right")
        hit = people.hit & people[f"holds_{at}"].fill_null(False)
    return asking.case(people, people.point, numerator=hit.cast("int64"), denominator=whole(1))


def _holders(asking: Asking, people: ir.Table, held: Held) -> ir.Table:
    """(person, point) of those who have enough of it."""
    joined, look = _joined(asking, people, held.fact)
    joined = joined.filter(_open(look, held), passes(look, held.where))
    number = look(held.distinct).nunique() if held.distinct else joined.count()
    found = joined.group_by(["person_key", "point"]).aggregate(number=number)
    return found.filter(found.number >= whole(held.least)).select("person_key", "point")


def _joined(asking: Asking, people: ir.Table, fact: str, months: int = 0) -> tuple[ir.Table, Look]:
    """People at each point beside their rows of a fact; the fact's columns are called `of_…`.

    Args:
        months: only rows of so many calendar months up to a point can matter: an engine leaps over the others.
    """
    of = asking.facts.relation(fact)
    of = of.filter(of.person_key.notnull())
    dates = asking.points()
    if months and dates:
        when = of[FACTS[fact].day]
        of = of.filter(when >= day(_months_before(dates[0], months - 1)), when <= day(dates[-1]))
    of = of.rename("of_{name}")
    joined = people.join(of, people.person_key == of.of_person_key)
    return joined, _look(joined)


def _months_before(at: date, months: int) -> date:
    """The first day of the month so many months before."""
    number = at.year * 12 + at.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def _look(joined: ir.Table) -> Look:
    """Columns of the fact, and the day itself."""
    return lambda name: joined[name] if name == POINT else joined[f"of_{name}"]


def _open(look: Look, held: Held) -> Any:
    """Open on the day, or begun in the months before it."""
    since, point = look(held.since), look(POINT)
    if held.months:
        back = month_number(point) - month_number(since)
        return back.between(whole(0), whole(held.months - 1))
    begun = since <= point
    if not held.until:
        return begun
    until = look(held.until)
    still = (until >= point) if held.through else (until > point)
    return begun & (until.isnull() | still)


def opened(asking: Asking) -> ir.Table:
    """Rows open on the day, of persons who live then; of them those that meet a condition."""
    people, source = asking.people_at_points(), asking.settings.source
    assert asking.settings.open is not None  # the parser has seen to it
    joined, look = _joined(asking, people, source.fact)
    joined = joined.filter(_open(look, asking.settings.open), passes(look, source.where))
    look = _look(joined)
    value = measured(look, asking.settings.span) if asking.settings.span else whole(0)
    hit = meets(look, asking.settings.hit).cast("int64")
    groups = {name: joined[f"of_{name}"] for name in asking.settings.group_by}
    rows = joined.mutate(value=value, hit_=hit, **groups)
    rows = rows.filter(rows.value >= whole(0))
    return asking.case(
        rows, rows.point, value=rows.value, numerator=rows.hit_, denominator=whole(1),
        unit=rows.of_unit,
    )  # fmt: skip


def continuity(asking: Asking) -> ir.Table:
    """Persons listed somewhere with enough visits there: visits and the sum of squares, packed in one value."""
    asked, people = asking.settings, asking.people_at_points()
    joined, look = _joined(asking, people, "contact", asked.months)
    back = month_number(look(POINT)) - month_number(look("happened_on"))
    one, keys = len(asking.points()) == 1, asking.at_point  # one point: only its months are joined
    joined = joined.filter(
        look("unit") == joined.listed_unit,
        look("profession") == asked.profession,
        look("carer_key").notnull(),
        *([] if one else [look("happened_on") <= look(POINT), back <= whole(asked.months - 1)]),
        passes(look, asked.source.where),
    )
    each = joined.group_by([*keys, "of_carer_key"]).aggregate(n=joined.count())
    each = each.mutate(square=each.n * each.n)
    found = each.group_by(keys).aggregate(
        visits=each.n.sum().cast("int64"), squares=each.square.sum().cast("int64")
    )
    found = found.filter(found.visits >= whole(asked.least))
    rows = people.join(found, keys)
    return asking.case(
        rows, rows.point, value=rows.visits * whole(PACK) + rows.squares, numerator=whole(1),
        denominator=whole(1), unit=rows.listed_unit,
    )  # fmt: skip


def staff(asking: Asking) -> ir.Table:
    """Persons with visits every day of 14: how many different staff they met."""
    people = asking.people_at_points()
    joined, look = _joined(asking, people, "visit", 1)
    joined = joined.filter(
        days_between(look("visited_on"), look(POINT)).between(whole(0), whole(STAFF_DAYS - 1)),
        look("starts_at").hour().between(*STAFF_HOURS),
        passes(look, asking.settings.source.where),
    )
    keys = ["person_key", "point"]
    daily = joined.group_by([*keys, "of_visited_on"]).aggregate(n=joined.count())
    daily = daily.filter(daily.n >= whole(STAFF_VISITS))
    days = daily.group_by(keys).aggregate(days=daily.count())
    met = joined.group_by(keys).aggregate(met=joined.of_carer_key.nunique())
    rows = people.join(days.filter(days.days == whole(STAFF_DAYS)), keys).join(met, keys)
    over = asking.settings.over
    if over is None:
        return asking.case(
            rows, rows.point, value=rows.met, numerator=whole(1), denominator=whole(1)
        )
    hit = (rows.met > whole(over)).cast("int64")
    return asking.case(rows, rows.point, numerator=hit, denominator=whole(1))
