"""From a measure's `settings`, as data, to what a shape needs, with every fault told. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from samverka.indicators.rules.measures.conditions import POINT, Condition, Span
from samverka.indicators.rules.measures.kinds import Measure
from samverka.indicators.rules.measures.reading import Reader
from samverka.indicators.rules.measures.settings import (
    ASKED,
    AT_A_DATE,
    EVERYWHERE,
    Held,
    Points,
    Population,
    Settings,
    Shape,
    Source,
)
from samverka.kernel.text import text as _

Columns = Mapping[str, Mapping[str, str]]
"""Fact → column → kind: the warehouse's own list (`facts.FACTS`), as words."""

PERSON: Final = "person_month"
FIXED_FACT: Final = {
    Shape.READMISSION: "stay",
    Shape.STANDING: PERSON,
    Shape.CONTINUITY: "contact",
    Shape.STAFF: "visit",
}
"""Shapes that are about one fact and no other."""


def facts_of(measure: Measure) -> tuple[str, ...]:
    """The facts that a measure is counted from, the one that is counted first."""
    settings = measure.settings
    found = [FIXED_FACT.get(Shape(measure.shape), settings.get("fact"))]
    for name in ("sources", "having", "among"):
        rows = settings.get(name, ())
        found += (
            [one.get("fact") for one in rows if isinstance(one, Mapping)]
            if isinstance(rows, list | tuple)
            else []
        )
    if settings.get("person") or settings.get("population"):
        found.append(PERSON)
    return tuple(dict.fromkeys(str(one) for one in found if one))


def read_settings(reader: Reader, shape: Shape, columns: Columns) -> Settings:
    """What the shape needs. Faults are kept in the reader."""
    return _Reading(reader, shape, columns).all()


class _Reading:
    """One reading of one measure's settings."""

    def __init__(self, reader: Reader, shape: Shape, columns: Columns) -> None:
        self.reader, self.shape, self.columns = reader, shape, columns

    def all(self) -> Settings:
        reader, shape = self.reader, self.shape
        self._only_what_is_asked()
        sources = self._sources()
        fact = sources[0].fact if sources else ""
        point = shape in AT_A_DATE
        return Settings(
            sources=sources,
            ages=self._ages("ages"),
            population_ages=self._ages(
                "population_ages" if reader.has("population_ages") else "ages"
            ),
            person=self._conditions(reader, "person", PERSON),
            hit=self._conditions(reader, "hit", fact, point=point),
            once=reader.flag("once"),
            episodes=reader.flag("episodes"),
            span=self._span(fact, point=point),
            population=reader.choice("population", Population, Population.NONE),
            again=self._conditions(reader, "again", fact),
            from_day=reader.whole("from_day", 1),
            to_day=reader.whole("to_day", 30),
            open=self._open(fact),
            having=tuple(self._held(one) for one in reader.tables("having")),
            among=tuple(self._held(one) for one in reader.tables("among")),
            months=reader.whole("months", 18, at_least=1),
            least=reader.whole("least", 3, at_least=1),
            profession=reader.string("profession"),
            over=reader.maybe_whole("over"),
            points=reader.choice("points", Points, Points.MONTH),
            follow_days=reader.whole("follow_days", 0),
            group_by=self._group_by(fact),
            units=reader.flag("units"),
        )

    def _only_what_is_asked(self) -> None:
        must, may = ASKED[self.shape]
        known = must | may | EVERYWHERE
        for name in sorted(must - set(self.reader.data)):
            self.reader.fault(
                name,
                _("Fältet är tomt."),
                _("Sättet att räkna ”%(shape)s” behöver %(field)s.",
                  shape=self.shape.value, field=name),
            )  # fmt: skip
        for name in sorted(set(self.reader.data) - known):
            self.reader.fault(
                name,
                _("Fältet %(field)s finns inte.", field=name),
                _("Ta bort det eller använd ett av: %(fields)s.", fields=", ".join(sorted(known))),
            )
        self.reader.asked.update(self.reader.data)

    def _sources(self) -> tuple[Source, ...]:
        if self.reader.has("sources"):
            return tuple(self._source(one) for one in self.reader.tables("sources"))
        return (self._source(self.reader),)

    def _source(self, reader: Reader) -> Source:
        fact = FIXED_FACT.get(self.shape) or self._fact(reader)
        day = reader.string("day")
        if day:
            self._column(reader, "day", fact, day, ("date",))
        made = Source(fact, self._conditions(reader, "where", fact), day)
        if reader is not self.reader:
            reader.finish()
        return made

    def _fact(self, reader: Reader) -> str:
        found = reader.string("fact", need=True)
        if found and found not in self.columns:
            reader.fault(
                "fact",
                _("”%(value)s” går inte här.", value=found),
                _("Välj ett av: %(choices)s.", choices=", ".join(sorted(self.columns))),
            )
        return found

    def _ages(self, name: str) -> tuple[int | None, int | None]:
        found = self.reader.listed(name, int)
        if len(found) > 2:
            self.reader.fault(
                name,
                _("”%(value)s” går inte här.", value=list(found)),
                _("Skriv lägsta ålder, eller lägsta och högsta: [65] eller [65, 79]."),
            )
        low, high = [*(int(str(one)) for one in found), None, None][:2]
        return low, high

    def _group_by(self, fact: str) -> tuple[str, ...]:
        found = self.reader.texts("group_by")
        for one in found:
            self._column(self.reader, "group_by", fact, one, ("text",))
        return found

    def _span(self, fact: str, *, point: bool) -> Span | None:
        if not self.reader.has("span"):
            return None
        inner = self.reader.table("span")
        if inner.has("column"):
            column = inner.string("column")
            self._column(inner, "column", fact, column, ("integer",))
            inner.finish()
            return Span(column=column)
        start, end = inner.string("from", need=True), inner.string("to", need=True)
        hours, minus = inner.flag("hours"), inner.string("minus")
        kinds = ("moment",) if hours else ("date",)
        for name, column in (("from", start), ("to", end)):
            self._column(inner, name, fact, column, kinds, point=point)
        if minus:
            self._column(inner, "minus", fact, minus, ("integer",))
        inner.finish()
        return Span(start, end, hours, minus)

    def _open(self, fact: str) -> Held | None:
        if not self.reader.has("open"):
            return None
        inner = self.reader.table("open")
        return self._dates(inner, fact, ())

    def _held(self, reader: Reader) -> Held:
        fact = self._fact(reader)
        where = self._conditions(reader, "where", fact, point=True)
        return self._dates(reader, fact, where)

    def _dates(self, reader: Reader, fact: str, where: tuple[Condition, ...]) -> Held:
        reader.asked.update({"fact", "where"} & set(reader.data))
        since, until = reader.string("since", need=True), reader.string("until")
        distinct = reader.string("distinct")
        for name, column in (("since", since), ("until", until)):
            self._column(reader, name, fact, column, ("date",))
        self._column(reader, "distinct", fact, distinct, ("text", "key", "date"))
        made = Held(
            fact, where, since, until, reader.flag("through"), reader.whole("months", 0),
            distinct, reader.whole("least", 1, at_least=1),
        )  # fmt: skip
        reader.finish()
        return made

    def _conditions(
        self, reader: Reader, name: str, fact: str, *, point: bool = False
    ) -> tuple[Condition, ...]:
        return tuple(self._condition(one, fact, point) for one in reader.tables(name))

    def _condition(self, reader: Reader, fact: str, point: bool) -> Condition:
        days, months = reader.texts("days"), reader.texts("months")
        made = Condition(
            column=reader.string("column"),
            days=(days[0], days[1]) if len(days) == 2 else None,
            months=(months[0], months[1]) if len(months) == 2 else None,
            equals=self._plain(reader),
            among=tuple(x for x in reader.listed("in", (str, int)) if isinstance(x, str | int)),
            starts=reader.texts("starts"),
            given=reader.maybe_flag("given"),
            at_least=reader.maybe_whole("at_least"),
            at_most=reader.maybe_whole("at_most"),
            by=reader.string("by"),
            any_of=tuple(self._condition(one, fact, point) for one in reader.tables("any")),
            negated=reader.flag("not"),
        )
        self._judge(reader, made, fact, point)
        reader.finish()
        return made

    def _plain(self, reader: Reader) -> bool | int | str | None:
        reader.asked.add("is")
        found = reader.data.get("is")
        return found if isinstance(found, bool | int | str) else None

    def _judge(self, reader: Reader, made: Condition, fact: str, point: bool) -> None:
        """A condition asks of something that is there, and asks something of it."""
        asks = (
            made.equals is not None or made.among or made.starts or made.given is not None
            or made.at_least is not None or made.at_most is not None or made.by or made.any_of
        )  # fmt: skip
        if not made.columns or not asks:
            reader.fault(
                "column",
                _("Villkoret säger inte vad som ska gälla."),
                _('Skriv till exempel { column = "level", is = "primary" }.'),
            )
        for pair in (made.days, made.months):
            for one in pair or ():
                self._column(reader, "days", fact, one, ("date",), point=point)
        for one in (made.column, made.by):
            self._column(reader, "column", fact, one, self._kinds(made), point=point)

    def _kinds(self, made: Condition) -> tuple[str, ...]:
        """Kinds of column that such a condition can be put to."""
        if made.by:
            return ("date", "moment")
        if made.starts or isinstance(made.equals, str):
            return ("text",)
        if isinstance(made.equals, bool):
            return ("flag",)
        if made.at_least is not None or made.at_most is not None:
            return ("integer",)
        return ("text", "integer", "key", "date", "moment", "flag")

    def _column(
        self, reader: Reader, name: str, fact: str, column: str, kinds: tuple[str, ...],
        *, point: bool = False,
    ) -> None:  # fmt: skip
        """The fact has the column, and it is of a kind that can be asked so."""
        known = self.columns.get(fact)
        if not column or known is None or (point and column == POINT):
            return
        if column not in known:
            reader.fault(
                name,
                _("%(fact)s har ingen kolumn %(column)s.", fact=fact, column=column),
                _("Välj ett av: %(choices)s.", choices=", ".join(known)),
            )
        elif known[column] not in kinds:
            reader.fault(
                name,
                _("Kolumnen %(column)s kan inte användas så.", column=column),
                _("Välj ett av: %(choices)s.",
                  choices=", ".join(one for one, kind in known.items() if kind in kinds)),
            )  # fmt: skip
