"""What the person is told, as one who acts for the person reads it: with the person's name. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from samverka.kernel.text import Text
from samverka.kernel.text import text as _

_PAIRS: tuple[tuple[Text, Text], ...] = (
    # the plan and its day
    (_("Din plan skrivs om."), _("Planen för %(person)s skrivs om.")),
    (_("Din plan är klar och gäller nu."), _("Planen för %(person)s är klar och gäller nu.")),
    (_("Din plan är slut."), _("Planen för %(person)s är slut.")),
    # goals
    (
        _("Ditt mål ”%(words)s” är på gång igen."),
        _("Målet ”%(words)s” är på gång igen för %(person)s."),
    ),
    (_("Du har nått ditt mål ”%(words)s”."), _("%(person)s har nått målet ”%(words)s”.")),
    (
        _("Du är en bit på väg mot ditt mål ”%(words)s”."),
        _("%(person)s är en bit på väg mot målet ”%(words)s”."),
    ),
    (
        _("Ditt mål ”%(words)s” är inte nått."),
        _("%(person)s har inte nått målet ”%(words)s”."),
    ),
    (
        _("Ditt mål ”%(words)s” gäller inte mer."),
        _("Målet ”%(words)s” gäller inte mer för %(person)s."),
    ),
    (_("Du har ett nytt mål: ”%(words)s”."), _("%(person)s har ett nytt mål: ”%(words)s”.")),
    (_("Ditt mål ”%(words)s” är borta."), _("Målet ”%(words)s” är borta för %(person)s.")),
    (
        _("Ditt mål heter nu ”%(words)s”. Förut hette det ”%(before)s”."),
        _("%(person)s har ett mål som nu heter ”%(words)s”. Förut hette det ”%(before)s”."),
    ),
    (
        _("Ditt mål ”%(words)s” har en ny dag."),
        _("Målet ”%(words)s” har en ny dag för %(person)s."),
    ),
    (_("dig"), _("%(person)s")),
    # meetings
    (
        _("Du är inbjuden till ett möte om din plan."),
        _("%(person)s är inbjuden till ett möte om sin plan."),
    ),
    (
        _("Mötet om din plan har fått en ny tid."),
        _("Mötet om planen för %(person)s har fått en ny tid."),
    ),
    (_("Mötet om din plan är inställt."), _("Mötet om planen för %(person)s är inställt.")),
    (
        _("Mötet om din plan är klart. Läs vad ni kom överens om."),
        _("Mötet om planen för %(person)s är klart. Läs vad ni kom överens om."),
    ),
    # asking, answers, consent
    (
        _("%(unit)s har frågats om en plan för dig. Du får svar senast %(day)s."),
        _("%(unit)s har frågats om en plan för %(person)s. Svaret kommer senast %(day)s."),
    ),
    (
        _("Ja. %(unit)s börjar en plan med dig."),
        _("Ja. %(unit)s börjar en plan med %(person)s."),
    ),
    (
        _("%(unit)s har svarat om din plan. Läs svaret. Du kan fråga igen."),
        _("%(unit)s har svarat om en plan för %(person)s. Läs svaret. Det går att fråga igen."),
    ),
    (
        _("%(unit)s undrar om du vill ha en plan."),
        _("%(unit)s undrar om %(person)s vill ha en plan."),
    ),
    (
        _("%(unit)s frågar om de får dela din plan."),
        _("%(unit)s frågar om de får dela planen för %(person)s."),
    ),
    (
        _("Du har fått svar om din kontakt. %(answer)s"),
        _("%(person)s har fått svar om sin kontakt. %(answer)s"),
    ),
    (
        _("%(name)s har svarat på det du skrev: ”%(words)s”."),
        _("%(name)s har svarat på det som skrevs för %(person)s: ”%(words)s”."),
    ),
)

FOR_OTHERS: Mapping[str, Text] = {own.msgid: others for own, others in _PAIRS}
"""By the sentence to the person. One that does not speak to the person reads the same for all."""


def tell_others(sentence: Text | str, person: str) -> Text | str:
    """The sentence to one who acts for the person. What anybody wrote stands as it was written."""
    if not isinstance(sentence, Text):
        return sentence
    values = {name: _value(value, person) for name, value in sentence.params.items()}
    other = FOR_OTHERS.get(sentence.msgid)
    if other is None:
        return Text(sentence.msgid, values)
    return Text(other.msgid, values | {"person": person})


def _value(value: object, person: str) -> object:
    return tell_others(value, person) if isinstance(value, Text) else value
