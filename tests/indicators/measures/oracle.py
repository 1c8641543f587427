"""The same measures counted in plain Python over rows, without the expressions and without their settings' types.

It reads a measure's settings as they stand in the file and goes row by row, as one would by hand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from samverka.indicators.rules.measures import Measure
from tests.indicators.measures.lake import Facts, Row

Cells = dict[tuple[Any, ...], tuple[int, int]]
"""(period, municipality, unit, sex, band, group, value) → numerator, denominator."""

DAY = {
    "stay": "admitted_on", "contact": "happened_on", "call": "called_on", "discharge": "admitted_on",
    "discharge_step": "owed_on", "plan": "created_on", "goal": "set_on", "activity": "set_on",
    "fixed_contact": "since", "assessment": "assessed_on", "drug": "since", "measurement": "measured_on",
    "visit": "visited_on", "notice": "sent_on", "wait": "starts_on",
}  # fmt: skip


class Oracle:
    """One measure, counted by hand."""

    def __init__(self, measure: Measure, facts: Facts, since: date, until: date) -> None:
        self.measure, self.facts, self.since = measure, facts, since
        self.how: dict[str, Any] = dict(measure.settings)
        self.until = until - timedelta(days=self.how.get("follow_days", 0))
        self.months = {(r["person_key"], r["month"]): r for r in facts.get("person_month", ())}
        self.added: Counter[tuple[Any, ...]] = Counter()

    def cells(self) -> Cells:
        """Everything added up."""
        getattr(self, self.measure.shape)()
        keys = {key[:-1] for key in self.added}
        return {key: (self.added[*key, "n"], self.added[*key, "d"]) for key in keys
                if any((*key, x) in self.added for x in "nd")}  # fmt: skip

    def add(self, row: Row, period: date, n: int, d: int, value: int = 0, groups: str | None = None,
            unit: str | None = None, own: Row | None = None) -> None:  # fmt: skip
        """One case, in its cell and in those of its groups."""
        place = {"1917": "0331"}.get(row["municipality"], row["municipality"]) or row["county"]
        if self.measure.perspective.value == "production":
            place = row["county"]
        sex = row["sex"] if row["sex"] in ("female", "male") else ""
        age = row["age"]
        band = -1 if age is None else min(95, age // 5 * 5)
        named = (unit if unit is not None else row["unit"]) or ""
        unit = named if self.how.get("units") else ""
        inside = [""]
        if self.how.get("group_by"):
            made = "/".join((own or row)[name] or "" for name in self.how["group_by"])
            inside += [made] if made else []
        else:
            inside += [g for g in self.measure.groups if g in (groups or "").split(" ")]
        for group in inside:
            key = (period, place, unit, sex, band, group, value)
            self.added[*key, "n"] += n
            self.added[*key, "d"] += d

    def period(self, day: date) -> date:
        """The month or the year."""
        return (
            day.replace(month=1, day=1)
            if self.measure.grain.value == "year"
            else day.replace(day=1)
        )

    def of_age(self, row: Row, name: str = "ages") -> bool:
        ages = self.how.get(name, [])
        return not ages or (row["age"] is not None and ages[0] <= row["age"] <= [*ages, 999][1])

    def monthly(self, row: Row, day: date, column: str) -> Any:
        """What is known of the person that month, or else the month before."""
        first = day.replace(day=1)
        for at in (first, (first - timedelta(days=1)).replace(day=1)):
            found = self.months.get((row["person_key"], at), {}).get(column)
            if found is not None and row["person_key"] is not None:
                return found
        return None

    def happened(self, fact: str, source: Row) -> list[tuple[date, Row]]:
        day = source.get("day") or DAY[fact]
        found = []
        for row in self.facts.get(fact, ()):
            on = row[day]
            if on is None or not self.since <= on <= self.until or not self.of_age(row):
                continue
            if not all(holds(row, one) for one in source.get("where", [])):
                continue
            if all(self.known(row, on, one) for one in self.how.get("person", [])):
                found.append((on, row))
        return found

    def known(self, row: Row, on: date, one: Row) -> bool:
        names = [x["column"] for x in one.get("any", [])] + (
            [one["column"]] if "column" in one else []
        )
        return holds({name: self.monthly(row, on, name) for name in names}, one)

    def once(self, rows: list[tuple[date, Row, int]]) -> list[tuple[date, Row, int]]:
        if not self.how.get("once"):
            return rows
        by: dict[Any, list[tuple[date, Row, int]]] = defaultdict(list)
        for on, row, n in rows:
            if row["person_key"] is not None:
                by[row["person_key"], self.period(on)].append((on, row, n))
        made = []
        for each in by.values():
            each.sort(key=lambda one: (one[0], one[1]["source"], one[1]["source_key"]))
            made.append((each[0][0], each[0][1], max(n for _o, _r, n in each)))
        return made

    def share(self) -> None:
        rows = [(on, row, int(all(holds(row, one) for one in self.how["hit"])))
                for on, row in self.happened(self.how["fact"], self.how)]  # fmt: skip
        for on, row, n in self.once(rows):
            self.add(row, self.period(on), n, 1, groups=self.monthly(row, on, "groups"))

    def span(self) -> None:
        for on, row in self.happened(self.how["fact"], self.how):
            value = spanned(row, self.how["span"])
            if value is not None and value >= 0:
                self.add(row, self.period(on), 1, 1, value, self.monthly(row, on, "groups"))

    def events(self) -> None:
        rows = []
        for source in self.how.get("sources", [self.how]):
            found = self.happened(source["fact"], source)
            if self.how.get("episodes"):
                found = [(r["admitted_on"], r) for r in first_of_episodes([r for _on, r in found])]
            for on, row in found:
                n = spanned(row, self.how["span"]) if "span" in self.how else 1
                rows.append((on, row, max(0, n or 0)))
        for on, row, n in self.once(rows):
            self.add(row, self.period(on), n, 0, groups=self.monthly(row, on, "groups"))
        if self.how.get("population"):
            self.inhabitants("population_ages" if "population_ages" in self.how else "ages")

    def inhabitants(self, ages: str) -> None:
        for row in self.facts.get("person_month", ()):
            if not self.since <= row["month"] <= self.until or not self.of_age(row, ages):
                continue
            if self.how["population"] == "year-end" and row["month"].month != 12:
                continue
            self.add(row, self.period(row["month"]), 0, 1, groups=row["groups"])

    def readmission(self) -> None:
        for stays, then in episodes(self.facts.get("stay", ())):
            last = stays[-1]
            left = max(end_of(one) for one in stays)
            if left == date.max or not self.since <= left <= self.until or not self.of_age(last):
                continue
            if not all(holds(last, one) for one in self.how.get("where", [])):
                continue
            back = (
                then is not None
                and then["planned"] is False
                and 1 <= (then["admitted_on"] - left).days <= 30
            )
            self.add(last, self.period(left), int(back), 1)

    def dates(self) -> list[date]:
        every = {"month": 1, "quarter": 3, "year": 12}[self.how.get("points", "month")]
        found = []
        for year in range(self.since.year, self.until.year + 1):
            for month in range(1, 13):
                end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
                if end.replace(day=1) >= self.since and end <= self.until and month % every == 0:
                    found.append(end)
        return found

    def living(self) -> Iterable[tuple[date, Row]]:
        for end in self.dates():
            for row in self.facts.get("person_month", ()):
                asked = all(holds(row, one) for one in self.how.get("person", []))
                if asked and row["month"] == end.replace(day=1) and self.of_age(row):
                    yield end, row

    def has(self, key: int, held: Row, at: date) -> bool:
        found = [row for row in self.facts.get(held["fact"], ()) if row["person_key"] == key
                 and is_open(row, held, at) and all(holds(row, one, at) for one in held.get("where", []))]  # fmt: skip
        if "distinct" in held:
            return len({row[held["distinct"]] for row in found}) >= int(held.get("least", 1))
        return len(found) >= int(held.get("least", 1))

    def standing(self) -> None:
        for at, row in self.living():
            key = row["person_key"]
            if all(self.has(key, one, at) for one in self.how.get("among", [])):
                hit = all(self.has(key, one, at) for one in self.how.get("having", []))
                hit = hit and all(holds(row, one) for one in self.how.get("hit", []))
                self.add(row, at, int(hit), 1, groups=row["groups"])

    def open(self) -> None:
        rows = defaultdict(list)
        for row in self.facts.get(self.how["fact"], ()):
            rows[row["person_key"]].append(row)
        for at, person in self.living():
            for row in rows[person["person_key"]]:
                asked = all(holds(row, one, at) for one in self.how.get("where", []))
                if not asked or not is_open(row, self.how["open"], at):
                    continue
                value = spanned(row, self.how["span"], at) if "span" in self.how else 0
                hit = all(holds(row, one, at) for one in self.how.get("hit", []))
                if value is not None and value >= 0:
                    self.add(
                        person, at, int(hit), 1, value, person["groups"], row["unit"] or "", row
                    )

    def continuity(self) -> None:
        by = defaultdict(list)
        for row in self.facts.get("contact", ()):
            asked = all(holds(row, one) for one in self.how.get("where", []))
            known = row["carer_key"] is not None and asked
            if known and row["profession"] == self.how["profession"]:
                by[row["person_key"], row["unit"]].append(row)
        for at, person in self.living():
            back = date(at.year - 2 if at.month < 6 else at.year - 1, (at.month - 18) % 12 + 1, 1)
            window = [row["carer_key"] for row in by[person["person_key"], person["listed_unit"]]
                      if person["listed_unit"] and back <= row["happened_on"] <= at]  # fmt: skip
            if len(window) >= self.how["least"]:
                packed = len(window) * 10**9 + sum(n * n for n in Counter(window).values())
                self.add(person, at, 1, 1, packed, person["groups"], person["listed_unit"])

    def staff(self) -> None:
        for at, person in self.living():
            rows = [row for row in self.facts.get("visit", ()) if row["person_key"] == person["person_key"]
                    and row["starts_at"] and 7 <= row["starts_at"].hour < 22
                    and 0 <= (at - row["visited_on"]).days < 14
                    and all(holds(row, one) for one in self.how["where"])]  # fmt: skip
            days = Counter(row["visited_on"] for row in rows)
            if len([day for day, n in days.items() if n >= 2]) == 14:
                met = len({row["carer_key"] for row in rows})
                over = self.how.get("over")
                self.add(
                    person,
                    at,
                    1 if over is None else int(met > over),
                    1,
                    met if over is None else 0,
                )


def holds(row: Row, one: Row, at: date | None = None) -> bool:
    """Whether a condition as data holds for a row; what is not known does not hold."""
    found = _holds({**row, "point": at}, one)
    return not found if one.get("not") else found


def _holds(row: Row, one: Row) -> bool:
    if "any" in one and not any(holds(row, each) for each in one["any"]):
        return False
    value = row[one["column"]] if "column" in one else None
    if "months" in one:
        start, end = (row[name] for name in one["months"])
        return (
            start is not None
            and end is not None
            and start <= end <= plus_months(start, one["at_most"])
        )
    if "days" in one:
        start, end = (row[name] for name in one["days"])
        value = (end - start).days if start is not None and end is not None else None
    if "given" in one:
        return (value is not None) is one["given"]
    if "by" in one:
        other = row[one["by"]]
        return value is not None and other is not None and value <= other
    if ("column" in one or "days" in one) and value is None:
        return False
    return (
        ("is" not in one or value == one["is"])
        and ("in" not in one or value in one["in"])
        and ("starts" not in one or value.startswith(tuple(one["starts"])))
        and ("at_least" not in one or value >= one["at_least"])
        and ("at_most" not in one or value <= one["at_most"])
    )


def plus_months(day: date, months: int) -> date:
    """The same day of a later month, or its last."""
    first = date(day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1, 1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), after - timedelta(days=1))


def spanned(row: Row, span: Row, at: date | None = None) -> int | None:
    """Days, or whole hours, of a row."""
    if "column" in span:
        held: int | None = row[span["column"]]
        return held
    row = {**row, "point": at}
    start, end = row[span["from"]], row[span["to"]]
    if start is None or end is None:
        return None
    if span.get("hours"):
        return int((end - start) // timedelta(hours=1))
    return int((end - start).days) - (row[span["minus"]] or 0 if "minus" in span else 0)


def is_open(row: Row, held: Row, at: date) -> bool:
    """Whether a row is open on a day, or began in the months that end there."""
    since = row[held["since"]]
    if since is None:
        return False
    if "months" in held:
        back = (at.year - since.year) * 12 + at.month - since.month
        within: bool = 0 <= back < held["months"]
        return within
    until = row[held["until"]] if "until" in held else None
    if since > at:
        return False
    return until is None or bool(until > at or (until == at and held.get("through")))


def end_of(stay: Row) -> date:
    """The day it was left; never, if it goes on."""
    last: date = max(stay["discharged_on"] or date.max, stay["admitted_on"])
    return last


def episodes(stays: Iterable[Row]) -> list[tuple[list[Row], Row | None]]:
    """Stays that follow on one another the same day, and the first stay after them."""
    by = defaultdict(list)
    for row in stays:
        if row["person_key"] is not None:
            by[row["person_key"]].append(row)
    found: list[tuple[list[Row], Row | None]] = []
    for each in by.values():
        each.sort(key=lambda row: (row["admitted_on"], end_of(row), row["stay_key"]))
        groups: list[list[Row]] = []
        for row in each:
            if groups and row["admitted_on"] <= max(end_of(one) for one in groups[-1]):
                groups[-1].append(row)
            else:
                groups.append([row])
        after = [one[0] for one in groups[1:]]
        found += zip(groups, [*after, None], strict=True)
    return found


def first_of_episodes(stays: Iterable[Row]) -> list[Row]:
    """The first stay of each."""
    return [stays[0] for stays, _then in episodes(stays)]
