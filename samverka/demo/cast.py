"""The log-ins of the demo: who one can be, and one thing worth trying as each."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Role:
    """One card on the demo's log-in page.

    Attributes:
        who: key of the staff member or of the person in a story.
        title: what one is, for the card's heading.
        try_this: one sentence: what to try.
        story: key of the person whom the sentence is about; empty if none.
    """

    who: str
    title: Promise
    try_this: Promise
    story: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Cards that belong together. `icon`: the one beside the heading."""

    heading: Promise
    icon: str
    roles: tuple[Role, ...]


CAST: tuple[Group, ...] = (
    Group(
        _("Den det gäller och närstående"),
        "user-round",
        (
            Role(
                "karin",
                _("Patient, Krokom"),
                _("Läs din plan, se vad som händer härnäst och vem som har läst."),
                "karin",
            ),
            Role(
                "eva",
                _("Dotter och ombud, Östersund"),
                _("Läs Karins plan som ombud och skriv en fråga i den."),
                "karin",
            ),
            Role(
                "gosta",
                _("Patient med egna mätningar, Järpen"),
                _("Se dina mätningar och vad planen säger om en dålig vecka."),
                "gosta",
            ),
            Role(
                "sara",
                _("Vårdnadshavare, Östersund"),
                _("Läs Elias plan. Prova vad en vårdnadshavare inte kan göra."),
                "elias",
            ),
        ),
    ),
    Group(
        _("Region Jämtland Härjedalen"),
        "hospital",
        (
            Role(
                "lena.berg",
                _("Sjuksköterska, ortopedavdelningen"),
                _("Skriv vidare på Ingegerds plan. Sök sedan Karin: vad får du läsa, och varför?"),
                "ingegerd",
            ),
            Role(
                "anders.hedman",
                _("Läkare, Krokoms hälsocentral"),
                _("Läs Karins plan inför läkarbesöket."),
                "karin",
            ),
            Role(
                "anneli.modin",
                _("Fast vårdkontakt, Hammarstrands hälsocentral"),
                _("Rune har fem mottagningar och ingen plan. Börja en."),
                "rune",
            ),
            Role(
                "maria.sjolund",
                _("Fast vårdkontakt, Krokoms hälsocentral"),
                _("Lägg till en insats i Karins plan och lämna ut den till kommunen."),
                "karin",
            ),
            Role(
                "per-olof.skoglund",
                _("Sjuksköterska, beroendemottagningen"),
                _("Öppna Marikas plan och se vad samtycket inte omfattar."),
                "marika",
            ),
            Role(
                "gunilla.asen",
                _("Samordnare för skyddade personuppgifter"),
                _("Öppna Johanna och jämför med vad en kollega får se."),
                "johanna",
            ),
            Role(
                "ulrika.holm",
                _("Enhetschef, ortopedavdelningen"),
                _("Öppna Väntan: vem har snart väntat för länge, och vad gör ni då?"),
            ),
        ),
    ),
    Group(
        _("Kommunerna"),
        "building-2",
        (
            Role(
                "asa.nordqvist",
                _("Sjuksköterska, hemsjukvården i Krokom"),
                _("Markera en insats i Karins plan som klar."),
                "karin",
            ),
            Role(
                "katarina.wall",
                _("Biståndshandläggare, Krokom"),
                _("Se planen som regionen lämnat ut, och vad du inte får se."),
                "karin",
            ),
            Role(
                "fatima.aden",
                _("Undersköterska, hemtjänsten i Krokom"),
                _("Läs Karins plan på mobilen före morgonbesöket."),
                "karin",
            ),
            Role(
                "marie-louise.thun",
                _("Skolsköterska, Östersund"),
                _("Läs Elias plan. Försök läsa psykologens anteckningar."),
                "elias",
            ),
            Role(
                "carolina.odling",
                _("Socialsekreterare, Strömsund"),
                _("Se hur planen är det enda du får läsa om Marika."),
                "marika",
            ),
            Role(
                "alva.hedvall",
                _("Undersköterska, hemtjänsten i Hackås"),
                _("Läs hur Olof vill ha det på natten."),
                "olof",
            ),
        ),
    ),
    Group(
        _("Den som följer upp och leder"),
        "layout-dashboard",
        (
            Role(
                "mats.hellgren",
                _("Utvecklingsstrateg, regionen"),
                _("Öppna Läget: hur länge väntar de som är redo att åka hem, och var?"),
            ),
            Role(
                "karin.stierna",
                _("Hälso- och sjukvårdsdirektör, regionen"),
                _("Läs regionens nulägesrapport och skriv under den."),
            ),
            Role(
                "eva.brolin",
                _("Kvalitetsutvecklare, Krokoms kommun"),
                _("Svara på årets nulägesrapport. Förra årets svar står bredvid."),
            ),
            Role(
                "gunnar.wik",
                _("Socialchef, Krokoms kommun"),
                _("Se vad kommunen fick av statens medel och vad som är använt."),
            ),
            Role(
                "asta.lunden",
                _("Samordnare, hela landet"),
                _("Se hur många av regionerna som har svarat, och koda svaren från en av dem."),
            ),
        ),
    ),
    Group(
        _("Den som ser till att reglerna följs"),
        "shield-check",
        (
            Role(
                "roger.sjoberg",
                _("Loggranskare, regionen"),
                _("Granska nödöppningen på akuten och skriv vad du kom fram till."),
                "ingvar",
            ),
            Role(
                "elisabeth.norlin",
                _("Behörig att häva spärrar, regionen"),
                _("Se Marikas spärr och vad som krävs för att häva den."),
                "marika",
            ),
            Role(
                "marianne.hedin",
                _("Medicinskt ansvarig sjuksköterska, Krokom"),
                _("Granska kommunens läsningar av Karins uppgifter."),
                "karin",
            ),
            Role(
                "ingela.svanberg",
                _("Ekonom, regionen"),
                _("Räkna månadens underlag och läs varför varje dygn räknas eller inte."),
            ),
            Role(
                "hakan.lindell",
                _("Ekonom, Krokoms kommun"),
                _("Läs regionens underlag och invänd mot ett dygn som inte stämmer."),
            ),
            Role(
                "mats.wikander",
                _("Systemförvaltare, regionen"),
                _("Läs in en fil med mätvärden och se raden för varje fel."),
            ),
        ),
    ),
)


def roles() -> dict[str, Role]:
    """All log-ins by the key of who one becomes."""
    return {role.who: role for group in CAST for role in group.roles}
