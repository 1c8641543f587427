"""The parameters of a municipality's liability for payment when a person is ready to go home.

Lagen (2017:612) om samverkan vid utskrivning från sluten hälso- och sjukvård, 5 kap. Region and
municipality may agree on another time and another amount (4 kap. 5 §). What the law leaves open the
county settles here, and each help text says that it is open. The amounts of each year are a table of
their own: without a known amount no kronor are reckoned.
"""

from __future__ import annotations

from datetime import date

from samverka.kernel.parameters.kinds import Certainty, Key, LegalParameter, Unit
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

_FROM = date(2018, 1, 1)
_LAW = "lagen (2017:612) om samverkan vid utskrivning"
_MAY_AGREE = f"{_LAW} 4 kap. 5 § låter region och kommun komma överens"
_SILENT = f"{_LAW} säger inget; Samverkas förslag"


def _row(
    key: Key,
    value: int,
    unit: Unit,
    help_: Text,
    source: str,
    certainty: Certainty = Certainty.LOW,
    choices: tuple[Text, ...] = (),
) -> LegalParameter:
    return LegalParameter(
        key=key,
        value=value,
        unit=unit,
        valid_from=_FROM,
        valid_to=None,
        source=source,
        certainty=certainty,
        county_setting=True,
        help=help_,
        choices=choices,
    )


LIABILITY: tuple[LegalParameter, ...] = (
    _row(
        Key.LIABILITY_MODEL,
        1,
        Unit.CHOICE,
        _(
            "Så bestäms kommunens betalningsansvar. Har länet ingen överenskommelse gäller lagen: "
            "tre dagar, eller fyra om underrättelsen skickas efter klockan 12."
        ),
        _MAY_AGREE,
        Certainty.HIGH,
        (
            _("Lagens tre eller fyra dagar"),
            _("Ett bestämt antal dygn för varje patient"),
            _("Genomsnitt för kommunen"),
            _("Genomsnitt, och de långa vårdtillfällena för sig"),
        ),
    ),
    _row(
        Key.LIABILITY_THRESHOLD,
        30,
        Unit.TENTHS_OF_DAYS,
        _(
            "När länet räknar i genomsnitt: kommunen betalar för det som överstiger så här många "
            "dygn. Exakt så många överstiger inte."
        ),
        f"{_MAY_AGREE}; 3,0 är vanligast",
        Certainty.MEDIUM,
    ),
    _row(
        Key.LIABILITY_CUTOFF,
        7,
        Unit.DAYS,
        _(
            "När länet räknar ett bestämt antal dygn: så många dygn efter underrättelsen börjar "
            "ansvaret. När länet räknar genomsnitt med långa vårdtillfällen för sig: den som är "
            "kvar längre än så räknas inte i genomsnittet utan för sig."
        ),
        f"{_MAY_AGREE}; sju dygn i Västra Götaland",
        Certainty.MEDIUM,
    ),
    _row(
        Key.LIABILITY_DAY_ZERO,
        1,
        Unit.YES_NO,
        _(
            "Sätt 1 om den som åker hem samma dag som underrättelsen skickas ska räknas i "
            "genomsnittet, med noll dygn. Med 0 räknas de inte med."
        ),
        _MAY_AGREE,
        Certainty.MEDIUM,
    ),
    _row(
        Key.LIABILITY_NOON,
        2,
        Unit.CHOICE,
        _(
            "Om klockan 12 har betydelse när ni har kommit överens om ett eget antal dygn. När "
            "lagen gäller räknas alltid klockan 12.00 som i tid. Genomsnittet räknas i hela dygn "
            "och påverkas inte."
        ),
        f"{_MAY_AGREE}; lagens egen regel står i 5 kap. 4 §",
        Certainty.MEDIUM,
        (
            _("Klockslaget spelar ingen roll"),
            _("Ett dygn till om den skickas efter klockan 12.00"),
            _("Ett dygn till om den skickas klockan 12.00 eller senare"),
        ),
    ),
    _row(
        Key.LIABILITY_HOLIDAYS,
        1,
        Unit.CHOICE,
        _(
            "Vilka dagar som räknas när ni har kommit överens om ett eget antal dygn. Lagens tre "
            "eller fyra dagar är alltid kalenderdagar: helger räknas."
        ),
        f"{_LAW} 5 kap. 4 § gör inget undantag för helger",
        Certainty.MEDIUM,
        (_("Kalenderdagar"), _("Bara vardagar")),
    ),
    _row(
        Key.LIABILITY_DISCHARGE_DAY,
        0,
        Unit.YES_NO,
        _(
            "Sätt 1 om dagen då patienten åker hem ska räknas. Lagen säger inget om det. Med 0 "
            "räknas de dygn då patienten är kvar över natten."
        ),
        _SILENT,
    ),
    _row(
        Key.LIABILITY_ROUNDING,
        3,
        Unit.CHOICE,
        _(
            "Så avrundas genomsnittet innan det jämförs och gångras. Lagen säger inget om det. Två "
            "decimaler stämmer med de fakturor vi har sett."
        ),
        _SILENT,
        Certainty.LOW,
        (_("Ingen avrundning"), _("En decimal"), _("Två decimaler")),
    ),
    _row(
        Key.LIABILITY_PERIOD,
        1,
        Unit.CHOICE,
        _("Den tid som ett underlag gäller, och som ett genomsnitt räknas över."),
        _MAY_AGREE,
        Certainty.MEDIUM,
        (_("Månad"), _("Kvartal")),
    ),
    _row(
        Key.LIABILITY_ATTRIBUTION,
        1,
        Unit.CHOICE,
        _(
            "I vilket underlag ett dygn hamnar när varje patient räknas för sig. Ett genomsnitt "
            "räknas alltid när patienten skrivs ut."
        ),
        _SILENT,
        Certainty.LOW,
        (_("När patienten skrivs ut"), _("I den tid som dygnet hör till")),
    ),
    _row(
        Key.LIABILITY_LATE_MESSAGE,
        1,
        Unit.CHOICE,
        _(
            "Vad som händer om inskrivningsmeddelandet eller kallelsen skickas för sent. Läst efter "
            "orden kräver lagen att de skickas i tid, men så vitt vi vet är det inte prövat. En del län "
            "flyttar i stället starten."
        ),
        f"{_LAW} 5 kap. 3 §, läst efter orden",
        Certainty.LOW,
        (_("Kommunen betalar inte"), _("Ansvaret börjar senare")),
    ),
    _row(
        Key.LIABILITY_PSYCHIATRY,
        1,
        Unit.CHOICE,
        _(
            "Hur psykiatrisk vård räknas när länet har en överenskommelse. I lagen är den sedan "
            "2019 som annan vård."
        ),
        _MAY_AGREE,
        Certainty.MEDIUM,
        (_("Som annan vård"), _("För sig, med ett eget antal dygn")),
    ),
    _row(
        Key.LIABILITY_PSYCHIATRY_DAYS,
        7,
        Unit.DAYS,
        _(
            "När psykiatrisk vård räknas för sig: så många dygn efter underrättelsen börjar "
            "ansvaret."
        ),
        f"{_MAY_AGREE}; sju dygn i Västra Götaland i början av 2020",
        Certainty.MEDIUM,
    ),
    _row(
        Key.LIABILITY_BLOCK_STOPS_CLOCK,
        0,
        Unit.YES_NO,
        _(
            "Sätt 1 om de dygn då regionens öppna vård inte är klar också ska skjuta upp starten. "
            "Med 0 räknas de dygnen inte, men starten är densamma. Lagen säger inget om det."
        ),
        f"{_LAW} 5 kap. 5 § säger inte hur ett tillfälligt hinder räknas; Samverkas förslag",
    ),
    _row(
        Key.LIABILITY_LEAVE,
        0,
        Unit.YES_NO,
        _(
            "Sätt 1 om de nätter då patienten är hemma på permission ska räknas. Lagen talar om "
            "den som vårdas i sluten vård och säger inget om permission."
        ),
        f"{_LAW} 5 kap. 1 §; permission nämns inte",
    ),
    _row(
        Key.LIABILITY_REFUSAL,
        0,
        Unit.YES_NO,
        _(
            "Sätt 1 om kommunen inte ska betala när patienten har tackat nej till insatser. Det "
            "står i en del överenskommelser, inte i lagen."
        ),
        _MAY_AGREE,
        Certainty.MEDIUM,
    ),
    _row(
        Key.LIABILITY_OUTSIDE_COUNTY,
        1,
        Unit.CHOICE,
        _(
            "Patienter från kommuner utanför länet räknas aldrig i genomsnittet. Överenskommelsen "
            "binder inte deras kommun, så lagens dagar gäller om inget annat är bestämt."
        ),
        f"{_LAW} 5 kap. 1–2 §§",
        Certainty.MEDIUM,
        (_("Lagens dagar gäller"), _("Tas inte med")),
    ),
    _row(
        Key.LIABILITY_AMOUNT,
        0,
        Unit.KRONOR,
        _(
            "Ett eget belopp för varje dygn, om region och kommun har kommit överens om det. Med 0 "
            "gäller Socialstyrelsens belopp för året."
        ),
        f"{_MAY_AGREE}; annars 5 kap. 6 §",
        Certainty.HIGH,
    ),
)
