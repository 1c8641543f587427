"""The parameters of care plans, consent, contacts and the gate."""

from __future__ import annotations

from datetime import date

from samverka.kernel.parameters.kinds import Certainty, Key, LegalParameter, Unit
from samverka.kernel.text import text as _

# First days. A day that is not the first day of a law is where our knowledge of a practice begins.
_MAJORITY_18 = date(1974, 7, 1)
_PLUS_SIGN = date(1991, 7, 1)
_LOG_RULES = date(2017, 3, 1)
_SVOD = date(2023, 1, 1)
_PRACTICE = date(2023, 1, 1)
_PLANS = date(2010, 1, 1)
_DISCHARGE = date(2018, 1, 1)
_LISTING = date(2022, 7, 1)

_OURS = "Samverkas förslag; ingen tid är satt i lag"

GENERAL: tuple[LegalParameter, ...] = (
    LegalParameter(
        key=Key.CHILD_UNDER,
        value=18,
        unit=Unit.YEARS,
        valid_from=_MAJORITY_18,
        valid_to=None,
        source="föräldrabalken (1949:381) 9 kap. 1 §",
        certainty=Certainty.HIGH,
        county_setting=False,
        help=_("Den som är yngre än så här är barn, och vårdnadshavare har del i besluten."),
    ),
    LegalParameter(
        key=Key.GUARDIAN_SEES_JOURNAL_UNTIL,
        value=13,
        unit=Unit.YEARS,
        valid_from=_PRACTICE,
        valid_to=None,
        source="1177:s praxis, inte lag",
        certainty=Certainty.MEDIUM,
        county_setting=True,
        help=_("Till den här åldern ser vårdnadshavare barnets uppgifter på nätet."),
    ),
    LegalParameter(
        key=Key.CHILD_SEES_JOURNAL_FROM,
        value=16,
        unit=Unit.YEARS,
        valid_from=_PRACTICE,
        valid_to=None,
        source="1177:s praxis, inte lag",
        certainty=Certainty.MEDIUM,
        county_setting=True,
        help=_("Från den här åldern ser barnet självt sina uppgifter på nätet."),
    ),
    LegalParameter(
        key=Key.PLUS_SIGN_FROM,
        value=100,
        unit=Unit.YEARS,
        valid_from=_PLUS_SIGN,
        valid_to=None,
        source="folkbokföringslagen (1991:481) 18 §",
        certainty=Certainty.HIGH,
        county_setting=False,
        help=_(
            "Från den 1 januari det år personen fyller så här mycket skrivs personnumret med plus."
        ),
    ),
    LegalParameter(
        key=Key.LOG_KEPT,
        value=5,
        unit=Unit.YEARS,
        valid_from=_LOG_RULES,
        valid_to=None,
        source="HSLF-FS 2016:40 4 kap.",  # the section's number has moved, so none is cited
        certainty=Certainty.MEDIUM,
        county_setting=False,
        help=_("Så länge ska loggen över vem som har läst minst sparas."),
    ),
    LegalParameter(
        key=Key.EMERGENCY_OPENING,
        value=12,
        unit=Unit.HOURS,
        valid_from=_SVOD,
        valid_to=None,
        source=f"lagen (2022:913) 3 kap. 6 § ger rätten; {_OURS}",
        certainty=Certainty.LOW,
        county_setting=True,
        help=_("Så länge är uppgifterna öppna efter en nödöppning."),
    ),
    LegalParameter(
        key=Key.ACTIVE_CHOICE,
        value=12,
        unit=Unit.HOURS,
        valid_from=_LOG_RULES,
        valid_to=None,
        source=f"HSLF-FS 2016:40 4 kap. kräver aktivt val; {_OURS}",
        certainty=Certainty.LOW,
        county_setting=True,
        help=_("Så länge är en annan enhets uppgifter öppna efter ett aktivt val."),
    ),
    LegalParameter(
        key=Key.CONSENT_DEFAULT,
        value=12,
        unit=Unit.MONTHS,
        valid_from=_SVOD,
        valid_to=None,
        source=f"lagen (2022:913) 3 kap. 1–2 §§ kräver samtycke; {_OURS}",
        certainty=Certainty.LOW,
        county_setting=True,
        help=_(
            "Så länge gäller ett samtycke om ingen annan tid anges. Det kan alltid tas tillbaka."
        ),
    ),
    LegalParameter(
        key=Key.PLAN_FOLLOW_UP,
        value=6,
        unit=Unit.MONTHS,
        valid_from=_PLANS,
        valid_to=None,
        source=f"hälso- och sjukvårdslagen (2017:30) 16 kap. 4 § sätter ingen tid; {_OURS}",
        certainty=Certainty.LOW,
        county_setting=True,
        help=_("Senast så här lång tid efter mötet föreslår vi en uppföljning av planen."),
    ),
    LegalParameter(
        key=Key.CALL_START,
        value=10,
        unit=Unit.DAYS,
        valid_from=_PLANS,
        valid_to=None,
        source="hälso- och sjukvårdslagen (2017:30) 16 kap. 4 § säger utan dröjsmål; "
        f"antalet dagar är {_OURS}",
        certainty=Certainty.LOW,
        county_setting=True,
        help=_("Senast så här lång tid efter att planen har påbörjats ska ni kalla till möte."),
    ),
    LegalParameter(
        key=Key.CALL_AT_DISCHARGE,
        value=3,
        unit=Unit.DAYS,
        valid_from=_DISCHARGE,
        valid_to=None,
        source="lagen (2017:612) om samverkan vid utskrivning 4 kap. 3 §",
        certainty=Certainty.HIGH,
        county_setting=False,
        help=_("Senast så här lång tid efter underrättelsen ska kallelsen vara skickad."),
    ),
    LegalParameter(
        key=Key.CALL_ANSWER,
        value=3,
        unit=Unit.DAYS,
        valid_from=_PRACTICE,
        valid_to=None,
        source=_OURS,
        certainty=Certainty.LOW,
        county_setting=True,
        help=_("Senast så här lång tid efter kallelsen ska den som är kallad svara."),
    ),
    LegalParameter(
        key=Key.CALL_REMINDER,
        value=24,
        unit=Unit.HOURS,
        valid_from=_PRACTICE,
        valid_to=None,
        source=_OURS,
        certainty=Certainty.LOW,
        county_setting=True,
        help=_("Så här lång tid innan svaret ska vara lämnat påminner vi den som inte har svarat."),
    ),
    LegalParameter(
        key=Key.CALL_ROOM,
        value=24,
        unit=Unit.HOURS,
        valid_from=_PRACTICE,
        valid_to=None,
        source=_OURS,
        certainty=Certainty.LOW,
        county_setting=True,
        help=_("Så här lång tid före mötet ska svaren ha kommit, så att man hinner ringa."),
    ),
    LegalParameter(
        key=Key.CONFIRM_WITHIN,
        value=7,
        unit=Unit.DAYS,
        valid_from=_PRACTICE,
        valid_to=None,
        source=_OURS,
        certainty=Certainty.LOW,
        county_setting=True,
        help=_("Så här lång tid efter mötet har var och en på sig att bekräfta det som bestämdes."),
    ),
    LegalParameter(
        key=Key.PLAN_GIVEN_AT_SAVE,
        value=1,
        unit=Unit.YES_NO,
        valid_from=_PLANS,
        valid_to=None,
        source="patientdatalagen (2008:355) 3 kap. 11 § kräver att utlämnande antecknas, inte hur det sker",
        certainty=Certainty.MEDIUM,
        county_setting=True,
        help=_(
            "Med ja (1) lämnas en ändring i en plan ut till de andra när den sparas, så länge samtycket "
            "gäller. Med nej (0) lämnas den ut först när någon skickar den."
        ),
    ),
    LegalParameter(
        key=Key.LISTING_CHANGES,
        value=2,
        unit=Unit.TIMES,
        valid_from=_LISTING,
        valid_to=None,
        source="hälso- och sjukvårdslagen (2017:30) 7 kap. 3 b §",
        certainty=Certainty.MEDIUM,
        county_setting=False,
        help=_(
            "Så många gånger på ett år får en person byta utförare. Fler kräver särskilda skäl."
        ),
    ),
    LegalParameter(
        key=Key.NOTICE_UNREAD,
        value=8,
        unit=Unit.HOURS,
        valid_from=_PRACTICE,
        valid_to=None,
        source=_OURS,
        certainty=Certainty.LOW,
        county_setting=True,
        help=_(
            "Så länge får en uppgift ligga oöppnad innan den går till nästa enhet i kedjan. "
            "Bara tid då enheten är öppen räknas."
        ),
    ),
    LegalParameter(
        key=Key.NOTICE_MANAGER,
        value=1,
        unit=Unit.YES_NO,
        valid_from=_PRACTICE,
        valid_to=None,
        source=_OURS,
        certainty=Certainty.LOW,
        county_setting=True,
        help=_(
            "Sätt 1 om enhetens chef ska se det som ingen i kedjan har öppnat. "
            "Med 0 stannar uppgiften hos den sista enheten i kedjan."
        ),
    ),
    LegalParameter(
        key=Key.PLAN_REQUEST_ANSWER,
        value=3,
        unit=Unit.DAYS,
        valid_from=_PLANS,
        valid_to=None,
        source="hälso- och sjukvårdslagen (2017:30) 16 kap. 4 § säger utan dröjsmål; "
        f"antalet dagar är {_OURS}",
        certainty=Certainty.LOW,
        county_setting=True,
        help=_(
            "Senast så många arbetsdagar efter att någon har bett om en plan ska enheten svara."
        ),
    ),
    LegalParameter(
        key=Key.WORDS_ANSWER,
        value=3,
        unit=Unit.DAYS,
        valid_from=_PLANS,
        valid_to=None,
        source=f"{_OURS}",
        certainty=Certainty.LOW,
        county_setting=True,
        help=_(
            "Senast så många arbetsdagar efter att personen har ställt en fråga ska enheten svara."
        ),
    ),
    LegalParameter(
        key=Key.PLAN_UNABLE_ESTABLISHES,
        value=0,
        unit=Unit.YES_NO,
        valid_from=_PLANS,
        valid_to=None,
        source="hälso- och sjukvårdslagen (2017:30) 16 kap. 4 § kräver samtycke; "
        "regionernas rutiner skiljer sig åt",
        certainty=Certainty.LOW,
        county_setting=True,
        help=_(
            "Sätt 1 om en plan får fastställas när personen inte kan samtycka och grunden är "
            "dokumenterad. Med 0 krävs alltid samtycke."
        ),
    ),
    LegalParameter(
        key=Key.PLAN_ALL_GUARDIANS,
        value=1,
        unit=Unit.YES_NO,
        valid_from=_PLANS,
        valid_to=None,
        source="föräldrabalken (1949:381) 6 kap. 11 §, offentlighets- och sekretesslagen (2009:400) "
        "12 kap. 3 §; regionernas rutiner skiljer sig åt",
        certainty=Certainty.MEDIUM,
        county_setting=True,
        help=_(
            "Sätt 1 om alla vårdnadshavare ska ha sagt ja innan ett barns plan delas. "
            "Med 0 räcker det med en."
        ),
    ),
    LegalParameter(
        key=Key.PLAN_CHILD_HEARD,
        value=1,
        unit=Unit.YES_NO,
        valid_from=_PLANS,
        valid_to=None,
        source="patientlagen (2014:821) 4 kap. 3 §, föräldrabalken (1949:381) 6 kap. 11 §",
        certainty=Certainty.MEDIUM,
        county_setting=True,
        help=_(
            "Sätt 1 om barnets egen syn ska vara nedskriven, med en bedömning efter ålder och "
            "mognad, innan planen delas."
        ),
    ),
    LegalParameter(
        key=Key.PLAN_ASKED_AGAIN,
        value=30,
        unit=Unit.DAYS,
        valid_from=_PRACTICE,
        valid_to=None,
        source=_OURS,
        certainty=Certainty.LOW,
        county_setting=True,
        help=_("Så länge föreslås inte samma person igen efter att ni har frågat."),
    ),
    LegalParameter(
        key=Key.PLAN_NEEDS_SOCIAL,
        value=0,
        unit=Unit.YES_NO,
        valid_from=_PLANS,
        valid_to=None,
        source="hälso- och sjukvårdslagen (2017:30) 16 kap. 4 § talar om socialtjänsten, "
        "lagen (2017:612) 4 kap. 1 § om hälso- och sjukvård eller socialtjänst",
        certainty=Certainty.MEDIUM,
        county_setting=True,
        help=_(
            "Sätt 1 om en SIP måste ha minst en insats från socialtjänsten för att fastställas. "
            "Med 0 räcker insatser från region och kommun."
        ),
    ),
    LegalParameter(
        key=Key.CONTACT_HEAD_APPOINTS,
        value=0,
        unit=Unit.YES_NO,
        valid_from=_PRACTICE,
        valid_to=None,
        source="hälso- och sjukvårdsförordningen (2017:80) 4 kap. 1 §; "
        "verksamhetschefen får låta andra göra det",
        certainty=Certainty.MEDIUM,
        county_setting=True,
        help=_(
            "Sätt 1 om bara chefen får utse fasta kontakter. "
            "Med 0 får den som vårdar personen göra det på chefens uppdrag."
        ),
    ),
    LegalParameter(
        key=Key.CONTACT_WITH_PLAN,
        value=1,
        unit=Unit.YES_NO,
        valid_from=_PRACTICE,
        valid_to=None,
        source=f"patientlagen (2014:821) 6 kap. 2 § kräver en när det är nödvändigt; {_OURS}",
        certainty=Certainty.LOW,
        county_setting=True,
        help=_(
            "Sätt 1 om alla med en plan som region och kommun delar ska ha en fast vårdkontakt. "
            "Den som saknar en kommer då upp på enhetens lista."
        ),
    ),
    LegalParameter(
        key=Key.SUBSCRIPTION_FULL,
        value=0,
        unit=Unit.YES_NO,
        valid_from=_PRACTICE,
        valid_to=None,
        source=_OURS,
        certainty=Certainty.LOW,
        county_setting=True,
        help=_(
            "Sätt 1 om besked till andra system om ändringar får ha hela innehållet med sig. "
            "Med 0 säger de bara vad som har ändrats, och systemet får läsa det själv."
        ),
    ),
)
