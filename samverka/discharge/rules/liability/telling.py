"""The terms in words, for the page and for the basis that the municipality is sent."""

from __future__ import annotations

from samverka.discharge.rules.liability.settings import values_of
from samverka.discharge.rules.liability.terms import (
    Attribution,
    HolidayRule,
    Model,
    NoonRule,
    OutsideRule,
    PsychiatryRule,
    Terms,
)
from samverka.kernel.calendar import said_date
from samverka.kernel.parameters import Key, at
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


def tell_terms(terms: Terms) -> tuple[Text, ...]:
    """What a reader must know to reckon the same: one sentence for each choice that plays a part."""
    found = [_model(terms), *_agreed(terms), *_open_in_law(terms)]
    if terms.agreed_amount is not None:
        amount = f"{terms.agreed_amount:.0f}"
        found.append(_("Belopp enligt överenskommelse: %(amount)s kronor per dygn.", amount=amount))
    found.append(_("Källa: %(source)s", source=terms.source))
    return tuple(found)


def _model(terms: Terms) -> Text:
    words = at(Key.LIABILITY_MODEL, terms.valid_from).said(values_of(terms)[Key.LIABILITY_MODEL])
    since = said_date(terms.valid_from)
    return _("%(model)s, från %(since)s.", model=words, since=since)


def _agreed(terms: Terms) -> list[Text]:
    found: list[Text] = []
    average = terms.model in (Model.AVERAGE, Model.AVERAGE_WITH_CUTOFF)
    if terms.model is Model.INDIVIDUAL:
        found.append(_("Ansvaret börjar %(days)d dygn efter underrättelsen.", days=terms.cutoff))
    if average:
        days = f"{terms.threshold:.1f}".replace(".", ",")
        found.append(_("Kommunen betalar för det som överstiger %(days)s dygn.", days=days))
        found.append(_DAY_ZERO[terms.include_day_zero])
    if terms.model is Model.AVERAGE_WITH_CUTOFF:
        found.append(
            _(
                "Vårdtillfällen längre än %(days)d dygn efter underrättelsen räknas för sig.",
                days=terms.cutoff,
            )
        )
    if terms.model is not Model.STATUTE and terms.psychiatry is PsychiatryRule.OWN:
        days_own = terms.psychiatry_days
        found.append(_("Psykiatrisk vård räknas för sig, efter %(days)d dygn.", days=days_own))
    return found + _agreed_days(terms)


def _agreed_days(terms: Terms) -> list[Text]:
    """How an agreed number of days is counted; the law's own days are as the law says."""
    own = terms.psychiatry is PsychiatryRule.OWN
    counted = terms.model in (Model.INDIVIDUAL, Model.AVERAGE_WITH_CUTOFF)
    if terms.model is Model.STATUTE:
        return []
    found = [_HOLIDAYS[terms.holiday_rule], _NOON[terms.noon_rule]] if counted or own else []
    if terms.refusal_excludes:
        found.append(_("Ingen betalning när patienten har tackat nej till insatser."))
    if terms.outside_county is OutsideRule.LEFT_OUT:
        found.append(_("Patienter från kommuner utanför länet tas inte med."))
    return found


_DAY_ZERO: dict[bool, Text] = {
    True: _("Den som åker hem samma dag räknas i genomsnittet, med noll dygn."),
    False: _("Den som åker hem samma dag räknas inte i genomsnittet."),
}
_HOLIDAYS: dict[HolidayRule, Text] = {
    HolidayRule.CALENDAR: _("Dygnen är kalenderdagar: helger räknas."),
    HolidayRule.WORKING_DAYS: _("Bara vardagar räknas."),
}
_NOON: dict[NoonRule, Text] = {
    NoonRule.NONE: _("Klockslaget för underrättelsen spelar ingen roll."),
    NoonRule.AFTER: _("Ett dygn till om underrättelsen skickas efter klockan 12.00."),
    NoonRule.BEFORE: _("Ett dygn till om underrättelsen skickas klockan 12.00 eller senare."),
}
_LEAVE: dict[bool, Text] = {
    True: _("Nätter på permission räknas."),
    False: _("Nätter på permission räknas inte."),
}
_BLOCK: dict[bool, Text] = {
    True: _("Hinder i regionens öppna vård skjuter också upp starten."),
    False: _("Hinder i regionens öppna vård: de dygnen räknas inte, men starten är densamma."),
}
_CALL: dict[bool, Text] = {
    True: _("En kallelse är i tid nästa vardag, om den tredje dagen är ledig."),
    False: _("En kallelse är i tid till och med den tredje dagen, också när den är ledig."),
}
_BELONGS: dict[Attribution, Text] = {
    Attribution.DISCHARGE: _("Ett dygn hör till den period då patienten skrivs ut."),
    Attribution.OWN_DAY: _("Ett dygn hör till den period då det är."),
}


def _open_in_law(terms: Terms) -> list[Text]:
    """How the county has read what the law leaves open."""
    values = values_of(terms)
    late = at(Key.LIABILITY_LATE_MESSAGE, terms.valid_from).said(values[Key.LIABILITY_LATE_MESSAGE])
    day = (
        _("Dagen då patienten åker hem räknas.")
        if terms.count_discharge_day
        else _("Dagen då patienten åker hem räknas inte.")
    )
    return [
        day,
        _("Om ett meddelande är sent: %(effect)s.", effect=late),
        _CALL[terms.call_next_weekday],
        _BLOCK[terms.block_stops_clock],
        _LEAVE[terms.count_leave],
        _BELONGS[terms.attribution],
    ]
