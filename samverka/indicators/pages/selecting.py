"""What a measure counts, in words: facts, conditions and codes as a reader knows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samverka.indicators.rules.measures import Measure, Shape, facts_of
from samverka.indicators.rules.measures.parsing_settings import FIXED_FACT, PERSON
from samverka.indicators.rules.naming import code_words, column_words, fact_words
from samverka.web.door import translated

Settings = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Selected:
    """One part of what is counted: a heading, and what must hold."""

    name: str
    lines: tuple[str, ...]


def selection(measure: Measure) -> list[Selected]:
    """The whole choice of a measure, part by part."""
    facts = facts_of(measure)
    name = translated(fact_words(facts[0] if facts else PERSON))
    return [Selected(_("Uppgift"), (name,)), *selected(Shape(measure.shape), measure.settings)]


def selected(shape: Shape, settings: Settings) -> list[Selected]:
    """Some settings in words, part by part."""
    fact = FIXED_FACT.get(shape) or str(settings.get("fact", ""))
    parts = [
        (_("Räknas bland dem där"), _conditions(fact, settings.get("where"))),
        (_("Träff när"), _conditions(fact, settings.get("hit"))),
        (_("Om personen"), _conditions(PERSON, settings.get("person"))),
        (_("Nästa vårdtillfälle"), _conditions(fact, settings.get("again"))),
        (_("Ålder"), _ages(settings.get("ages"))),
        (_("Mäts"), _span(fact, settings.get("span"))),
        (_("Öppet"), _open(fact, settings.get("open"))),
        (_("Bland dem som har"), _held(settings.get("among"))),
        (_("Träff för dem som har"), _held(settings.get("having"))),
        (_("Läggs ihop"), _held(settings.get("sources"))),
    ]
    return [Selected(name, lines) for name, lines in parts if lines]


def _conditions(fact: str, given: object) -> tuple[str, ...]:
    return tuple(said(fact, one) for one in _tables(given))


def _tables(given: object) -> Iterator[Settings]:
    if isinstance(given, Mapping):
        yield given
    elif isinstance(given, list | tuple):
        yield from (one for one in given if isinstance(one, Mapping))


def said(fact: str, one: Settings) -> str:
    """One condition as one would say it: "Vårdnivå: Primärvård"."""
    if one.get("any"):
        words = _(" eller ").join(said(fact, each) for each in _tables(one["any"]))
        return _("inte: %(words)s") % {"words": words} if one.get("not") else words
    name, asked = _name(fact, one), ", ".join(_asked(fact, one))
    return f"{name}: {_('inte %(words)s') % {'words': asked} if one.get('not') else asked}"


def _name(fact: str, one: Settings) -> str:
    pair = one.get("days") or one.get("months")
    if not isinstance(pair, list | tuple):
        return translated(column_words(fact, str(one.get("column", ""))))
    names = [translated(column_words(fact, str(each))) for each in pair]
    return _("Från ”%(first)s” till ”%(last)s”") % {"first": names[0], "last": names[-1]}


def _asked(fact: str, one: Settings) -> Iterator[str]:
    column = str(one.get("column", ""))
    if "is" in one:
        yield _value(fact, column, one["is"])
    if one.get("in"):
        yield _(" eller ").join(_value(fact, column, each) for each in one["in"])
    if one.get("starts"):
        yield _("börjar med %(codes)s") % {"codes": ", ".join(map(str, one["starts"]))}
    if "given" in one:
        yield _("finns") if one["given"] else _("finns inte")
    if one.get("by"):
        other = translated(column_words(fact, str(one["by"])))
        yield _("senast samtidigt som ”%(other)s”") % {"other": other}
    if limits := _limits(one.get("at_least"), one.get("at_most")):
        unit = _("dagar") if one.get("days") else _("månader") if one.get("months") else ""
        yield f"{limits} {unit}".strip()


def _limits(low: object, high: object) -> str:
    if low is not None and high is not None:
        return str(low) if low == high else f"{low}–{high}"
    if low is not None:
        return _("minst %(low)s") % {"low": low}
    return _("högst %(high)s") % {"high": high} if high is not None else ""


def _value(fact: str, column: str, value: object) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    return translated(code_words(fact, column, str(value)))


def _ages(given: object) -> tuple[str, ...]:
    ages = [*given, None, None][:2] if isinstance(given, list | tuple) else [None, None]
    words = _limits(*ages)
    return (_("%(ages)s år") % {"ages": words},) if words else ()


def _span(fact: str, given: object) -> tuple[str, ...]:
    return tuple(_spanned(fact, one) for one in _tables(given))


def _spanned(fact: str, one: Settings) -> str:
    if one.get("column"):
        return translated(column_words(fact, str(one["column"])))
    ends = [translated(column_words(fact, str(one.get(end, "")))) for end in ("from", "to")]
    unit = _("Timmar") if one.get("hours") else _("Dagar")
    words = _("%(unit)s från ”%(first)s” till ”%(last)s”") % {
        "unit": unit, "first": ends[0], "last": ends[1],
    }  # fmt: skip
    if not one.get("minus"):
        return words
    less = translated(column_words(fact, str(one["minus"])))
    return _("%(words)s, minus ”%(less)s”") % {"words": words, "less": less}


def _open(fact: str, given: object) -> tuple[str, ...]:
    return tuple(_dated(fact, one) for one in _tables(given))


def _dated(fact: str, one: Settings) -> str:
    since = translated(column_words(fact, str(one.get("since", ""))))
    if one.get("months"):
        return _("”%(since)s” inom %(n)s månader") % {"since": since, "n": one["months"]}
    if not one.get("until"):
        return _("från ”%(since)s”") % {"since": since}
    until = translated(column_words(fact, str(one["until"])))
    return _("från ”%(since)s” till ”%(until)s”") % {"since": since, "until": until}


def _held(given: object) -> tuple[str, ...]:
    return tuple(_whole(one) for one in _tables(given))


def _whole(one: Settings) -> str:
    """Something that a person has, in one sentence."""
    fact = str(one.get("fact", ""))
    least = int(one.get("least") or 1)
    parts: Iterable[str] = (
        _("minst %(low)s") % {"low": least} if least > 1 else "",
        *_conditions(fact, one.get("where")),
        _dated(fact, one) if one.get("since") else "",
    )
    return ", ".join([translated(fact_words(fact)), *(each for each in parts if each)])
