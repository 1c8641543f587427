"""The terms in words, for the page and for the basis that the municipality is sent."""

from __future__ import annotations

from samverka.discharge.rules.liability.settings import values_of
from samverka.discharge.rules.liability.terms import Model, PsychiatryRule, Terms
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
    if terms.model is Model.INDIVIDUAL:
        found.append(_("Ansvaret börjar %(days)d dygn efter underrättelsen.", days=terms.cutoff))
    if terms.model in (Model.AVERAGE, Model.AVERAGE_WITH_CUTOFF):
        days = f"{terms.threshold:.1f}".replace(".", ",")
        found.append(_("Kommunen betalar för det som överstiger %(days)s dygn.", days=days))
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
    return found


def _open_in_law(terms: Terms) -> list[Text]:
    """How the county has read what the law leaves open."""
    values = values_of(terms)
    late = at(Key.LIABILITY_LATE_MESSAGE, terms.valid_from).said(values[Key.LIABILITY_LATE_MESSAGE])
    day = (
        _("Dagen då patienten åker hem räknas.")
        if terms.count_discharge_day
        else _("Dagen då patienten åker hem räknas inte.")
    )
    return [day, _("Om ett meddelande är sent: %(effect)s.", effect=late)]
