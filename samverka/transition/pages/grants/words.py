"""How money is said on the pages of grants: sentences, rows of tables, maps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverka.transition.reads import (
    DistributionDetail,
    ImportedDetail,
    OwnDetail,
    RecipientDetail,
    TriedDetail,
)
from samverka.transition.reads.grants.values import SumLine
from samverka.transition.rules.grants import KeyKind, tell
from samverka.transition.rules.grants.balance import GrantState
from samverka.transition.rules.grants.choosing import KEY_WORDS, Receiver
from samverka.web.charts import number
from samverka.web.door import translated
from samverka.web.maps import (
    Areas,
    Classes,
    MapValue,
    area_map,
    area_name,
    few_to_many,
    less_to_more,
)
from samverka.web.templatetags.words import day

TONES = {
    GrantState.WAITING: "neutral",
    GrantState.OPEN: "info",
    GrantState.SETTLING: "warning",
    GrantState.OVERDUE: "danger",
    GrantState.SETTLED: "success",
}
ICONS = {
    GrantState.WAITING: "clock",
    GrantState.OPEN: "activity",
    GrantState.SETTLING: "file-text",
    GrantState.OVERDUE: "triangle-alert",
    GrantState.SETTLED: "circle-check",
}


def cents(value: Fraction | None, places: int = 2) -> Decimal | None:
    """A fraction with two decimals, as it is shown; the amounts themselves are whole kronor."""
    if value is None:
        return None
    step = int(10**places)
    whole = int(abs(value) * step + Fraction(1, 2))
    return Decimal(-whole if value < 0 else whole).scaleb(-places)


def each_said(value: Fraction | None) -> str:
    """ "136,67 kr"."""
    found = cents(value)
    return "–" if found is None else f"{number(float(found))} kr"


def recipient_finding(found: RecipientDetail | OwnDetail) -> str:
    """What was got, used, and is to be paid back when: the answer in a sentence or two."""
    sums = found.sums
    year = str(found.year) if found.year else _("alla år")
    said = {"name": found.name, "year": year, "granted": tell(sums.granted)}
    if not found.lines:
        return _("Inga bidrag är inlagda för %(name)s.") % said
    first = _("%(name)s har fått %(granted)s (%(year)s).") % said
    if found.public_only:
        return first
    return " ".join([first, _used(sums), _left(found)])


def _used(sums: SumLine) -> str:
    said = {"drawn": tell(sums.drawn), "used": tell(sums.used), "back": tell(sums.paid_back)}
    if sums.paid_back:
        return _("%(drawn)s är rekvirerat, %(used)s använt och %(back)s återbetalt.") % said
    return _("%(drawn)s är rekvirerat och %(used)s använt.") % said


def _left(found: RecipientDetail | OwnDetail) -> str:
    """What must be done with what is left."""
    late = [one for one in found.lines if one.state is GrantState.OVERDUE]
    if late:
        last = min(one.grant.pay_back_by for one in late)
        said = {"kronor": tell(sum(one.to_pay_back for one in late)), "day": day(last)}
        return _("%(kronor)s skulle ha betalats tillbaka senast %(day)s.") % said
    due = [one for one in found.lines if one.to_pay_back]
    if due:
        last = min(one.grant.pay_back_by for one in due)
        said = {"kronor": tell(sum(one.to_pay_back for one in due)), "day": day(last)}
        return _("%(kronor)s ska betalas tillbaka senast %(day)s.") % said
    running = [one for one in found.lines if one.balance and one.balance.unused]
    if running:
        last = min(one.grant.use_until for one in running)
        back = min(one.grant.pay_back_by for one in running)
        said = {
            "kronor": tell(sum(one.balance.unused for one in running if one.balance)),
            "day": day(last),
            "back": day(back),
        }
        return (
            _(
                "%(kronor)s är kvar att använda till och med %(day)s. Det som då är kvar betalas tillbaka "
                "senast %(back)s."
            )
            % said
        )
    return _("Inget är kvar att betala tillbaka.")


def distribution_finding(found: DistributionDetail) -> str:
    """How the pot is shared, and whether it agrees with what was published."""
    said = {
        "kronor": tell(found.kronor),
        "count": len(found.lines),
        "key": translated(KEY_WORDS[found.choice.kind]).lower(),
    }
    first = _("%(kronor)s delas på %(count)s mottagare: %(key)s.") % said
    if found.comparison is None:
        return first
    equal = {"equal": found.comparison.equal, "all": len(found.comparison.lines)}
    return f"{first} " + _("%(equal)s av %(all)s stämmer på kronan med det publicerade.") % equal


def key_said(found: DistributionDetail) -> str:
    """The key with its population and day."""
    words = translated(KEY_WORDS[found.choice.kind])
    if found.choice.kind is KeyKind.WEIGHTS:
        return f"{words}. {found.choice.source}"
    if found.population is None:
        return words
    said = {
        "key": words,
        "name": found.population.name,
        "version": found.population.version,
        "day": day(found.population.counted_on),
    }
    return _("%(key)s. %(name)s, version %(version)s, räknad %(day)s.") % said


# ── maps ──


def areas_of(found: DistributionDetail) -> tuple[Areas, str]:
    """Which map: the counties, or the municipalities of the reader's own county (else all)."""
    if found.pot.receiver is Receiver.REGION:
        return "counties", ""
    return "municipalities", found.own[:2]


def each_map(
    found: DistributionDetail, figures: Mapping[str, Fraction | None], *, key: str, title: str,
    classes: Classes | None = None,
) -> SafeString:  # fmt: skip
    """Kronor for each inhabitant."""
    areas, county = areas_of(found)
    values = each_values(found, figures)
    return area_map(
        values, areas=areas, county=county, key=key, title=title,
        desc=_("Kronor per invånare. Samma tal står i tabellen."),
        classes=classes or classes_of(values.values()),
    )  # fmt: skip


def each_values(
    found: DistributionDetail, figures: Mapping[str, Fraction | None]
) -> dict[str, MapValue]:
    """Code → what the map is told; only those that the map draws."""
    _areas, county = areas_of(found)
    return {
        code: MapValue(
            None if value is None else float(cents(value) or 0),
            f"{area_name(code)}: {each_said(value)}",
            each_said(value),
            own=code == found.own,
        )
        for code, value in figures.items()
        if code.startswith(county)
    }


def classes_of(values: Iterable[MapValue]) -> Classes:
    """Classes in kronor."""
    return few_to_many(values, said=lambda bound: f"{number(bound)} kr")


def tried_maps(found: TriedDetail) -> list[tuple[str, SafeString]]:
    """As it is, as tried, and the difference: each for every inhabitant, the first two on one scale."""
    people = {line.code: line.persons for line in found.lines}
    before = {one.code: _each(one.before, people[one.code]) for one in found.lines}
    after = {one.code: _each(one.after, people[one.code]) for one in found.lines}
    if not any(people.values()):
        return []
    both = [*each_values(found.of, before).values(), *each_values(found.of, after).values()]
    classes = classes_of(both)
    now, tried = _keyed(_("Nu"), found.of.choice.kind), _keyed(_("Prövat"), found.kind)
    change = _("Skillnad per invånare")
    areas, county = areas_of(found.of)
    differences = each_values(found.of, {one.code: one.each for one in found.lines})
    return [
        (now, each_map(found.of, before, key="nu", title=now, classes=classes)),
        (tried, each_map(found.of, after, key="provat", title=tried, classes=classes)),
        (
            change,
            area_map(
                differences, areas=areas, county=county, key="skillnad", title=change,
                desc=_("Kronor mer eller mindre per invånare. Samma tal står i tabellen."),
                classes=less_to_more(differences.values(), said=lambda one: f"{number(one)} kr"),
            ),
        ),
    ]  # fmt: skip


def _keyed(word: str, kind: KeyKind) -> str:
    """ "Nu: lika mycket till alla"."""
    return f"{word}: {translated(KEY_WORDS[kind]).lower()}"


def _each(kronor: int, persons: int | None) -> Fraction | None:
    return Fraction(kronor, persons) if persons else None


def tried_finding(found: TriedDetail) -> str:
    """Who would get more and who less, in a sentence."""
    more = [one for one in found.lines if one.difference > 0]
    less = [one for one in found.lines if one.difference < 0]
    if not more and not less:
        return _("Ingen får mer eller mindre än nu.")
    moved = sum(one.difference for one in more)
    said = {"more": len(more), "less": len(less), "kronor": tell(moved)}
    first = _("%(more)s får mer och %(less)s får mindre. %(kronor)s byter ägare.") % said
    own = next((one for one in found.lines if one.code == found.of.own), None)
    if own is None or not own.difference:
        return first
    mine = {"name": own.name, "kronor": tell(abs(own.difference))}
    way = (
        _("%(name)s får %(kronor)s mer.")
        if own.difference > 0
        else _("%(name)s får %(kronor)s mindre.")
    )
    return f"{first} {way % mine}"


def imported_said(done: ImportedDetail) -> str:
    """How many rows were kept, were there before, and must be mended."""
    kept = ngettext("%(n)s rad är inläst", "%(n)s rader är inlästa", done.kept) % {"n": done.kept}
    same = ngettext("%(n)s fanns redan", "%(n)s fanns redan", done.same) % {"n": done.same}
    wrong = ngettext("%(n)s behöver rättas", "%(n)s behöver rättas", len(done.faults)) % {
        "n": len(done.faults)
    }
    return f"{kept}, {same}, {wrong}."
