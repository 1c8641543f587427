"""A small county in which everything awkward happens: what engines and formulas stumble on.

Nobody in some municipalities, dates that are missing, 29 February, death within a window, transfers the same
day, a code that has ceased, sex and age not known, ends before beginnings, ties, rows of nobody.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Any

from tests.indicators.measures.lake import Row, filled

SINCE, UNTIL = date(2022, 1, 1), date(2024, 12, 31)
PLACES = ["2309", "2303", "2380", "1917", "0180", None, ""]
UNITS = ["SE-A", "SE-B", None]
DAYS = (UNTIL - SINCE).days
LEAP = date(2024, 2, 29)
OLD = 20
"""The first persons are old, live throughout and have home care."""


class Maker:
    """Draws rows by a seed."""

    def __init__(self, seed: int, persons: int) -> None:
        self.of = random.Random(seed)
        self.persons = [self._person(key) for key in range(1, persons + 1)]

    def _person(self, key: int) -> dict[str, Any]:
        of = self.of
        born = of.choice([date(1944, 2, 29), date(2008, 2, 29), date(1935, 6, 1), None] + [
            date(of.randint(1925, 2020), of.randint(1, 12), of.randint(1, 28)) for _ in range(8)
        ])  # fmt: skip
        if key <= OLD:
            born = date(1944, 2, 29) if key == 2 else date(1930 + key % 14, key % 12 + 1, 9)
        return {
            "key": key,
            "born": born,
            "sex": of.choice(["female", "male", "female", "male", "unknown", None]),
            "place": of.choice(PLACES[:3] * 3 + PLACES),
            "died": None if key <= OLD else of.choice([None] * 6 + [self.day(), LEAP]),
            "listed": of.choice(UNITS),
        }

    def day(self, before: int = 120) -> date:
        """A day, often one that hurts."""
        if self.of.random() < 0.15:
            return self.of.choice(
                [LEAP, date(2024, 2, 28), date(2023, 12, 31), date(2024, 1, 1), date(2024, 8, 31)]
            )
        return SINCE + timedelta(days=self.of.randint(-before, DAYS))

    def later(self, start: date | None, most: int, none: float = 0.2) -> date | None:
        """Some days later, or not known; now and then before."""
        if start is None or self.of.random() < none:
            return None
        return start + timedelta(
            days=self.of.choice([0, 1, 2, 3, 4, 30, 31, -1, self.of.randint(0, most)])
        )

    def flag(self, yes: float = 0.5) -> bool | None:
        """Yes, no or not known."""
        return None if self.of.random() < 0.1 else self.of.random() < yes

    def about(self, who: dict[str, Any], on: date) -> Row:
        """What every row says of the person on a day."""
        born, age = who["born"], None
        if born is not None:
            had = (on.month, on.day) >= (
                (3, 1) if (born.month, born.day) == (2, 29) else (born.month, born.day)
            )
            age = on.year - born.year - (0 if had else 1)
        return {
            "person_key": who["key"], "sex": who["sex"], "age": age, "municipality": who["place"],
            "unit": self.of.choice(UNITS), "side": self.of.choice(["region", "municipality", None]),
            "source": self.of.choice(["a", "b"]),
        }  # fmt: skip

    def rows(self, many: int, make: Callable[[date], Row], day: str) -> list[Row]:
        """Rows of one fact, some of them of nobody."""
        found = []
        for _ in range(many):
            who, on = self.of.choice(self.persons), self.day()
            row = {**self.about(who, on), **make(on), day: on}
            if self.of.random() < 0.03:
                row["person_key"] = None
            found.append(row)
        return found

    def months(self) -> list[Row]:
        """One row for each month that a person lived to the end of."""
        found = []
        for who in self.persons:
            home = who["key"] <= OLD or self.of.random() < 0.5
            for at in range(-4, 36):
                first = date(2022 + at // 12, at % 12 + 1, 1)
                end = date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(
                    days=1
                )
                if who["died"] and who["died"] <= end:
                    break
                found.append({
                    **self.about(who, end), "month": first, "unit": None, "listed_unit": who["listed"],
                    "home_care": home or None, "home_nursing": self.flag(), "care_home": self.flag(0.2),
                    "groups": self.of.choice(["elderly", "mental elderly", "children", "", None, "elderlyx"]),
                })  # fmt: skip
        return found

    def moment(self, on: date | None) -> datetime | None:
        """A time of that day; the hour of the change to summer time too."""
        if on is None:
            return None
        clock = time(self.of.choice([0, 2, 7, 21, 22, 23]), self.of.choice([0, 30, 59]))
        return datetime.combine(on, clock)

    def visits(self) -> list[Row]:
        """Two weeks with two visits a day for some, one visit short for one."""
        found: list[Row] = []
        ends = (date(2024, 2, 29), date(2024, 3, 31))  # a leap day, and the end of a quarter
        for at, who in enumerate(self.persons[:16]):
            for back, end in product(range(16), ends):
                on = end - timedelta(days=back)
                for n in range(2 if (at, back) != (3, 5) else 1):
                    hour = 22 if (at, back) == (4, 2) else 7 + n
                    found.append({
                        **self.about(who, on), "visited_on": on,
                        "starts_at": datetime.combine(on, time(hour, 30)),
                        "carer_key": self.of.randint(1, 3 + at * 3), "visit_kind": "home-care",
                    })  # fmt: skip
        kinds = ["home-care", "alarm", "meal", "home-nursing"]
        return found + self.rows(60, lambda on: {
            "starts_at": self.moment(on), "carer_key": self.of.randint(1, 9), "visit_kind": self.of.choice(kinds),
        }, "visited_on")  # fmt: skip


def county(  # noqa: C901 — one small maker of rows for each fact
    seed: int = 1, persons: int = 60
) -> dict[str, list[Row]]:
    """All the facts."""
    m = Maker(seed, persons)
    of = m.of

    def pick(*choices: object) -> Any:
        return of.choice(choices)

    def stay(on: date) -> Row:
        return {
            "discharged_on": m.later(on, 20), "planned": m.flag(0.4), "somatic": True,
            "diagnosis": pick("I509", "J449", "S7200", "E119", None, "C509", "N390"),
            "cause": pick("W010", "W19", "W2", "X59", None, "W09"),
            "discharged_to": pick("home", "home", "dead", "hospital", None),
        }  # fmt: skip

    def discharge(on: date) -> Row:
        ready = m.later(on, 10)
        out = m.later(ready or on, 8)
        return {
            "ready_on": ready, "discharged_on": out, "planned_on": m.later(on, 9),
            "first_contact_on": m.later(out, 6), "sip_needed": m.flag(), "liable_days": pick(0, 0, 1, 5, None),
        }  # fmt: skip

    def contact(on: date) -> Row:
        return {
            "level": pick("primary", "primary", "special", "emergency", "municipal", None),
            "way": pick("clinic", "home", "video", "phone", "letter"),
            "profession": pick("doctor", "doctor", "nurse", "physiotherapist", None),
            "carer_key": pick(1, 1, 2, None), "licensed": m.flag(0.9), "new_problem": m.flag(0.8),
            "decided_on": m.later(on - timedelta(days=3), 4), "chose_longer": m.flag(0.2),
            "cause": pick("W01", None), "mobile": m.flag(0.3), "side": pick("region", "region", "municipality"),
        }  # fmt: skip

    def step(on: date) -> Row:
        begun = m.moment(on)
        return {
            "step": pick("notice", "receipt", "call", "planning", "contact", "ready"),
            "owner_side": pick("region", "municipality"), "owed_from": begun,
            "due_at": m.moment(m.later(on, 3)), "done_at": m.moment(m.later(on, 5)),
        }  # fmt: skip

    def plan(on: date) -> Row:
        begun = m.later(on, 10)
        return {
            "plan_kind": pick("sip", "sip", "care"), "established_on": begun, "ended_on": m.later(begun, 300, 0.6),
            "follow_up_on": m.later(begun, 200), "target_group": pick("elderly", "mental", None),
            "own_words": m.flag(), "fixed_contact": m.flag(), "person_took_part": m.flag(),
        }  # fmt: skip

    def wait(on: date) -> Row:
        return {
            "part": pick("visit", "treatment", "assessment"), "ended_on": m.later(on, 200, 0.3),
            "breached": m.flag(), "chose_longer": m.flag(0.1), "paused_days": pick(0, None, 7),
        }  # fmt: skip

    often = [
        {
            **row,
            "person_key": who["key"],
            "unit": who["listed"],
            "level": "primary",
            "way": "clinic",
        }
        for who in m.persons[:12]
        for row in m.rows(60, contact, "happened_on")
    ]
    atc = [
        "N05BA01",
        "N02AX02",
        "G04BD07",
        "G04BD12",
        "A10BA02",
        *(f"C{n:02}AA01" for n in range(14)),
    ]
    stays = m.rows(260, stay, "admitted_on")
    for row in stays[:60]:  # a transfer the same day, and one back within 30
        if row["discharged_on"]:
            stays.append(
                {
                    **row,
                    "admitted_on": row["discharged_on"],
                    "discharged_on": m.later(row["discharged_on"], 9),
                }
            )
            again = row["discharged_on"] + timedelta(days=of.choice([1, 29, 30, 31]))
            stays.append(
                {
                    **row,
                    "admitted_on": again,
                    "discharged_on": m.later(again, 9),
                    "planned": m.flag(),
                }
            )
    for source, key, place in (("b", 1, "2309"), ("a", 2, "2303")):  # one day, told by two systems
        twice = {
            **m.about(m.persons[5], SINCE),
            **stay(SINCE),
            "admitted_on": SINCE,
            "cause": "W010",
        }
        stays.append({**twice, "source": source, "source_key": key, "municipality": place})
    drugs = m.rows(
        500,
        lambda on: {
            "atc": of.choice(atc),
            "until": m.later(on, 400, 0.5),
            "as_needed": m.flag(0.1),
        },
        "since",
    )
    many = [{**m.about(who, SINCE), "since": SINCE, "atc": f"C{n:02}AA01", "until": pick(None, date(2024, 3, 31))}
            for who in m.persons[:OLD] for n in range(9 + who["key"] % 3)]  # fmt: skip
    return filled({
        "person_month": m.months(),
        "stay": stays,
        "contact": often + m.rows(500, contact, "happened_on"),
        "call": m.rows(300, lambda on: {"answered_on": m.later(on, 9), "way": pick("phone", "phone", "digital"),
                                        "call_back": m.flag(0.8)}, "called_on"),
        "discharge": m.rows(250, discharge, "admitted_on"),
        "discharge_step": m.rows(400, step, "owed_on"),
        "plan": m.rows(120, plan, "created_on"),
        "goal": m.rows(150, lambda on: {"followed_up_on": m.later(on, 200), "status": pick(
            "open", "reached", "partly", "not-reached", "dropped")}, "set_on"),
        "activity": m.rows(150, lambda on: {"due_on": m.later(on, 60), "done_on": m.later(on, 60),
            "owner_side": pick("region", "municipality", "person"),
            "status": pick("planned", "done", "cancelled")}, "set_on"),
        "fixed_contact": m.rows(150, lambda on: {"role": pick("care", "physician", "social"),
            "until": m.later(on, 300, 0.5), "accepted": m.flag(0.7)}, "since"),
        "assessment": m.rows(250, lambda on: {"instrument": "x", "area": pick("fall", "skin", "mood", None),
            "at_risk": m.flag(0.7), "measure_on": pick(None, m.later(on, 200), on + timedelta(days=182),
            on + timedelta(days=184))}, "assessed_on"),
        "drug": drugs + many,
        "measurement": m.rows(200, lambda on: {"code": "8480-6", "value": 120.5, "at_home": m.flag(0.7),
            "outside": m.flag(0.2)}, "measured_on"),
        "visit": m.visits(),
        "notice": m.rows(200, lambda on: {"notice_kind": "task", "due_at": m.moment(m.later(on, 3)),
            "done_at": m.moment(m.later(on, 3)), "side": pick("region", "municipality")}, "sent_on"),
        "wait": m.rows(250, wait, "starts_on"),
    })  # fmt: skip
