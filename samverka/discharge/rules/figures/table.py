"""Every figure: its question, what is divided by what, and how it is reckoned in words. One table. Pure.

Sources: Kolada N20403-N20405, N79176, U79092, U79135 (definitions); lagen (2017:612), LUS.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class Figure(StrEnum):
    """Name of a figure; used in addresses and files."""

    STAYS = "stays"
    READY = "ready"
    SAME_DAY = "same-day"
    MEAN_DAYS = "mean-days"
    MEDIAN_DAYS = "median-days"
    MEAN_DAYS_OVER = "mean-days-over"
    DAYS = "days"
    DAYS_PER_1000 = "days-per-1000"
    BED_SHARE = "bed-share"
    TO_NOTICE = "admission-to-notice"
    TO_PLANNING = "admission-message-to-planning"
    TO_CALL = "admission-to-call"
    TO_MEETING = "call-to-meeting"
    TO_TOLD = "judged-to-told"
    TO_HOME = "ready-to-home"
    TO_CONTACT = "home-to-contact"
    WAITED_HOSPITAL = "waited-hospital"
    WAITED_OPEN_CARE = "waited-open-care"
    WAITED_MUNICIPALITY = "waited-municipality"
    LATE = "late"
    RETURNED = "returned"
    SIP_OFFERED = "sip-offered"
    SIP_MADE = "sip-made"
    AGAIN = "again"
    AGAIN_MET = "again-met"
    AGAIN_UNMET = "again-unmet"


class Measure(StrEnum):
    """How a figure is written."""

    COUNT = "count"
    SHARE = "share"  # per cent
    DAYS = "days"
    HOURS = "hours"
    RATE = "rate"


class Chapter(StrEnum):
    """The questions that figures answer together."""

    WAITING = "waiting"
    STEPS = "steps"
    PARTIES = "parties"
    MESSAGES = "messages"
    PLAN = "plan"
    AGAIN = "again"


CHAPTER_WORDS: dict[Chapter, Text] = {
    Chapter.WAITING: _("Hur länge är utskrivningsklara kvar på sjukhuset?"),
    Chapter.STEPS: _("Hur lång tid tar varje steg?"),
    Chapter.PARTIES: _("Vem väntade man på?"),
    Chapter.MESSAGES: _("Kommer meddelandena rätt och i tid?"),
    Chapter.PLAN: _("Fick de en gemensam plan?"),
    Chapter.AGAIN: _("Kom de tillbaka till sjukhuset?"),
}


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """One figure.

    Attributes:
        counted: what is counted (the numerator).
        among: what it is divided by (the denominator); empty for a plain count.
        definition: what the reader must know so as to use it rightly.
        divided: it is a quotient; else the one in the middle is taken among them.
    """

    chapter: Chapter
    measure: Measure
    name: Text
    question: Text
    counted: Text
    among: Text | None
    definition: Text
    divided: bool = True


_HOME = _("vårdtillfällen som avslutades med utskrivning under perioden")
_READY_HOME = _("utskrivna under perioden som läkaren hade bedömt som utskrivningsklara")
_DAYS_IN = _("dygn som utskrivningsklar som ligger i perioden")
_TIMED = _("utskrivna under perioden där båda tiderna finns")
_ASKED = _("utskrivna under perioden som behövde SIP")
_FOLLOWED = _("utskrivna under perioden där 30 dagar har gått")
_DAY_RULE = _(
    "Dagen för läkarens bedömning räknas inte, men dagen för utskrivningen. Kalenderdygn, även helger."
)
_WAIT_RULE = _(
    "Varje dygn hör till den part vars steg hade varit öppet längst när dygnet började: säga att "
    "personen är klar, kvittera, börja planera, kalla till SIP, hålla mötet, svara på listan, hinder. "
    "När alla har gjort sitt är det sjukhusets tur att skriva ut."
)
_AS_HOSPITAL = _("Räknas på samma sätt som dygnen då man väntade på sjukhuset.")
_STEP_RULE = _("Tid i timmar som har gått. Medianen visas, och tiden som nio av tio klarar.")
_AGAIN_RULE = _(
    "Dag 1–30 efter utskrivningen. Återinskrivning samma dag räknas inte, ofta är det en flytt mellan "
    "avdelningar. Vi vet inte om den var planerad."
)

FIGURES: dict[Figure, FigureSpec] = {
    Figure.STAYS: FigureSpec(
        Chapter.WAITING, Measure.COUNT, _("Utskrivna"),
        _("Hur många skrevs ut?"), _HOME, None,
        _("Vårdtillfället hör till den månad då personen skrevs ut."),
    ),
    Figure.READY: FigureSpec(
        Chapter.WAITING, Measure.SHARE, _("Bedömda som utskrivningsklara"),
        _("Hur många av dem bedömde läkaren som utskrivningsklara?"),
        _("vårdtillfällen med läkarens bedömning"), _HOME,
        _("Saknas bedömningen kan inga dygn räknas. Talet visar hur mycket av vården vi ser."),
    ),
    Figure.SAME_DAY: FigureSpec(
        Chapter.WAITING, Measure.SHARE, _("Hem samma dag"),
        _("Hur många gick hem samma dag som de var klara?"),
        _("vårdtillfällen med 0 dygn"), _READY_HOME, _DAY_RULE,
    ),
    Figure.MEAN_DAYS: FigureSpec(
        Chapter.WAITING, Measure.DAYS, _("Genomsnittlig väntan"),
        _("Hur många dygn väntade de i genomsnitt?"),
        _("dygn som utskrivningsklar för dem som skrevs ut"), _READY_HOME,
        _("De som gick hem samma dag är med och räknas som 0. Alla dygn är med, också före perioden."),
    ),
    Figure.MEDIAN_DAYS: FigureSpec(
        Chapter.WAITING, Measure.DAYS, _("Median"),
        _("Hur många dygn väntade den i mitten?"),
        _("dygn som utskrivningsklar för dem som skrevs ut"), _READY_HOME,
        _("De som gick hem samma dag är med. Nio av tio väntade högst så länge som det andra talet."),
        divided=False,
    ),
    Figure.MEAN_DAYS_OVER: FigureSpec(
        Chapter.WAITING, Measure.DAYS, _("Genomsnittlig väntan utan hem samma dag"),
        _("Hur länge väntade de som fick vänta minst ett dygn?"),
        _("dygn som utskrivningsklar för dem som skrevs ut"),
        _("utskrivna under perioden med minst 1 dygn"),
        _("Så räknas det nationella måttet (Kolada N20403)."),
    ),
    Figure.DAYS: FigureSpec(
        Chapter.WAITING, Measure.COUNT, _("Dygn som utskrivningsklar"),
        _("Hur många dygn blev det?"), _DAYS_IN, None,
        _("Ett dygn hör till den månad där det ligger, så månadernas dygn är årets. Också de som är "
          "kvar på sjukhuset är med. Dygn med permission räknas."),
    ),
    Figure.DAYS_PER_1000: FigureSpec(
        Chapter.WAITING, Measure.RATE, _("Dygn per 1 000 invånare 65 år och äldre"),
        _("Hur många dygn blev det för befolkningen?"), _DAYS_IN,
        _("tusental invånare 65 år och äldre"),
        _("Dygn för alla åldrar (Kolada N20404). Befolkningen är SCB:s. Dagen står nedan."),
    ),
    Figure.BED_SHARE: FigureSpec(
        Chapter.WAITING, Measure.SHARE, _("Andel av vårdplatserna"),
        _("Hur många vårdplatser upptas av utskrivningsklara?"), _DAYS_IN,
        _("vårdplatser gånger periodens dygn"),
        _("Vårdplatser läggs in för varje avdelning. Saknas de för någon avdelning räknas inget tal."),
    ),
    Figure.TO_NOTICE: FigureSpec(
        Chapter.STEPS, Measure.HOURS, _("Inskrivning till inskrivningsmeddelande"),
        _("Hur snart fick de andra veta?"), _("timmar från inskrivningen till första meddelandet"),
        _TIMED, _STEP_RULE,
        divided=False,
    ),
    Figure.TO_PLANNING: FigureSpec(
        Chapter.STEPS, Measure.HOURS, _("Inskrivningsmeddelande till planering"),
        _("Hur snart började någon planera?"),
        _("timmar från första meddelandet till att den första enheten började planera"),
        _TIMED, _STEP_RULE,
        divided=False,
    ),
    Figure.TO_CALL: FigureSpec(
        Chapter.STEPS, Measure.HOURS, _("Inskrivning till kallelse"),
        _("Hur snart kallade öppenvården till SIP?"),
        _("timmar från inskrivningen till första kallelsen"), _TIMED,
        _("Bara de som behövde SIP. En kallelse från någon annan än fast vårdkontakt räknas inte."),
        divided=False,
    ),
    Figure.TO_MEETING: FigureSpec(
        Chapter.STEPS, Measure.HOURS, _("Kallelse till möte"),
        _("Hur snart blev mötet av?"), _("timmar från kallelsen till mötet"), _TIMED,
        _("Mötets tid enligt planen. Ett inställt möte räknas inte."),
        divided=False,
    ),
    Figure.TO_TOLD: FigureSpec(
        Chapter.STEPS, Measure.HOURS, _("Bedömning till underrättelse"),
        _("Hur snart fick de andra veta att personen var klar?"),
        _("timmar från läkarens sista bedömning till underrättelsen"), _TIMED, _STEP_RULE,
        divided=False,
    ),
    Figure.TO_HOME: FigureSpec(
        Chapter.STEPS, Measure.HOURS, _("Utskrivningsklar till hemma"),
        _("Hur snart kom de hem?"), _("timmar från läkarens sista bedömning till utskrivningen"),
        _TIMED, _STEP_RULE,
        divided=False,
    ),
    Figure.TO_CONTACT: FigureSpec(
        Chapter.STEPS, Measure.HOURS, _("Hemma till första kontakt"),
        _("Hur snart hörde någon hur det gick hemma?"),
        _("timmar från utskrivningen till första kontakten"), _TIMED,
        _("Kontakten räknas när personen är nådd. Återinskrivna är med om någon hann nå dem."),
        divided=False,
    ),
    Figure.WAITED_HOSPITAL: FigureSpec(
        Chapter.PARTIES, Measure.SHARE, _("På sjukhuset"),
        _("Hur många dygn väntade man på sjukhuset?"),
        _("dygn då sjukhusets steg var först"), _DAYS_IN, _WAIT_RULE,
    ),
    Figure.WAITED_OPEN_CARE: FigureSpec(
        Chapter.PARTIES, Measure.SHARE, _("På regionens öppenvård"),
        _("Hur många dygn väntade man på regionens öppenvård?"),
        _("dygn då öppenvårdens steg var först"), _DAYS_IN, _AS_HOSPITAL,
    ),
    Figure.WAITED_MUNICIPALITY: FigureSpec(
        Chapter.PARTIES, Measure.SHARE, _("På kommunen"),
        _("Hur många dygn väntade man på kommunen?"),
        _("dygn då kommunens steg var först"), _DAYS_IN, _AS_HOSPITAL,
    ),
    Figure.LATE: FigureSpec(
        Chapter.MESSAGES, Measure.SHARE, _("Sena meddelanden"),
        _("Hur många meddelanden skickades för sent?"), _("meddelanden skickade efter sin tid"),
        _("meddelanden med en tid, skickade under perioden"),
        _("Tiden är lagens, eller länets där lagen inget säger. Återtagna meddelanden räknas inte."),
    ),
    Figure.RETURNED: FigureSpec(
        Chapter.MESSAGES, Measure.SHARE, _("Fel mottagare"),
        _("Hur många meddelanden kom till fel enhet?"),
        _("meddelanden som någon mottagare returnerade eller sände vidare"),
        _("meddelanden till andra enheter, skickade under perioden"),
        _("Ett meddelande räknas en gång, hur många mottagare det än har."),
    ),
    Figure.SIP_OFFERED: FigureSpec(
        Chapter.PLAN, Measure.SHARE, _("Kallades till SIP"),
        _("Hur många kallades till SIP?"), _("vårdtillfällen med en kallelse som räknas"), _ASKED,
        _("Öppen psykiatrisk tvångsvård är inte med: då görs en samordnad vårdplan i stället."),
    ),
    Figure.SIP_MADE: FigureSpec(
        Chapter.PLAN, Measure.SHARE, _("Fick en SIP"),
        _("Hur många fick en SIP?"), _("vårdtillfällen vars plan är upprättad"), _ASKED,
        _("Planen är med när den är upprättad, också om det blev efter hemkomsten."),
    ),
    Figure.AGAIN: FigureSpec(
        Chapter.AGAIN, Measure.SHARE, _("Åter inom 30 dagar"),
        _("Hur många skrevs in igen?"), _("vårdtillfällen som följdes av ett nytt"), _FOLLOWED,
        _AGAIN_RULE,
    ),
    Figure.AGAIN_MET: FigureSpec(
        Chapter.AGAIN, Measure.SHARE, _("Åter, med kontakt emellan"),
        _("Hur många skrevs in igen fast någon hade träffat eller ringt dem?"),
        _("återinskrivna som någon hade nått hemma"), _FOLLOWED,
        _("Ett besök eller ett samtal efter hemkomsten och före dagen för återinskrivningen."),
    ),
    Figure.AGAIN_UNMET: FigureSpec(
        Chapter.AGAIN, Measure.SHARE, _("Åter, utan kontakt emellan"),
        _("Hur många skrevs in igen utan att någon hade hört av sig?"),
        _("återinskrivna som ingen hade nått hemma"), _FOLLOWED,
        _("Vi ser bara besök och samtal som finns i Samverka."),
    ),
}  # fmt: skip


class Lacking(StrEnum):
    """What data can be missing behind a figure."""

    JUDGEMENT = "judgement"
    MUNICIPALITY = "municipality"
    NOTICE = "notice"
    PLANNING = "planning"
    SIP_JUDGED = "sip-judged"
    CALL = "call"
    MEETING = "meeting"
    CONTACT = "contact"
    FOLLOWED = "followed"


LACKING_WORDS: dict[Lacking, Text] = {
    Lacking.JUDGEMENT: _("läkarens bedömning saknas"),
    Lacking.MUNICIPALITY: _("kommun saknas"),
    Lacking.NOTICE: _("inskrivningsmeddelande saknas"),
    Lacking.PLANNING: _("ingen har börjat planera"),
    Lacking.SIP_JUDGED: _("ingen har bedömt om SIP behövs"),
    Lacking.CALL: _("kallelse saknas"),
    Lacking.MEETING: _("mötets tid saknas"),
    Lacking.CONTACT: _("ingen kontakt är noterad"),
    Lacking.FOLLOWED: _("30 dagar har inte gått"),
}
