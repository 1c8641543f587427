"""What a refusal says when its cause has no words of its own: why not, and who can help."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Refusal:
    """Heading, reason and way out of one HTTP status."""

    title: str | Promise
    message: str | Promise
    mend: str | Promise
    icon: str


REFUSALS = {
    400: Refusal(
        _("Det gick inte att läsa det du skickade"),
        _("Något saknas i adressen eller formuläret."),
        _("Gå tillbaka, ladda om sidan och försök igen."),
        "circle-alert",
    ),
    403: Refusal(
        _("Du får inte göra det här"),
        _("Ditt uppdrag ger inte rätt till det."),
        _("Har du flera uppdrag kan du byta. Annars hjälper din chef dig."),
        "lock",
    ),
    404: Refusal(
        _("Sidan finns inte"),
        _("Den finns inte, eller så har du inte rätt att veta om den."),
        _("Kontrollera adressen, eller börja om från startsidan."),
        "search",
    ),
    405: Refusal(
        _("Så kan sidan inte användas"),
        _("Adressen tar emot något annat än det som skickades."),
        _("Börja om från startsidan."),
        "circle-alert",
    ),
    409: Refusal(
        _("Det går inte just nu"),
        _("Läget har ändrats sedan du öppnade sidan."),
        _("Gå tillbaka och ladda om, så ser du hur det är nu."),
        "refresh-cw",
    ),
    422: Refusal(
        _("Något behöver rättas"),
        _("Det du skickade kan inte användas som det är."),
        _("Gå tillbaka och rätta det som saknas."),
        "pencil",
    ),
    429: Refusal(
        _("För många försök"),
        _("Det har kommit många försök på kort tid."),
        _("Vänta en stund och försök igen."),
        "hourglass",
    ),
    500: Refusal(
        _("Något gick fel hos oss"),
        _("Felet är noterat. Inget halvt har sparats."),
        _("Försök igen om en stund. Är det bråttom: ring mottagaren i stället."),
        "triangle-alert",
    ),
    503: Refusal(
        _("Samverka är inte tillgängligt just nu"),
        _("Vi kan inte nå databasen."),
        _("Försök igen om en stund. Är det bråttom: ring mottagaren i stället."),
        "hourglass",
    ),
}


def refusal_of(status: int) -> Refusal:
    """The words of a status; an unknown one is a fault of ours."""
    return REFUSALS.get(status, REFUSALS[500])
