"""The parameters of coming home from hospital: who is told within what time, and by whom.

Lagen (2017:612) om samverkan vid utskrivning från sluten hälso- och sjukvård, 2–4 kap. What each county has made its
own practice of is a county setting.
"""

from __future__ import annotations

from datetime import date

from samverka.kernel.parameters.kinds import Certainty, Key, LegalParameter, Unit
from samverka.kernel.text import text as _

_DISCHARGE = date(2018, 1, 1)
_OURS = "Samverkas förslag; ingen tid är satt i lag"

DISCHARGE: tuple[LegalParameter, ...] = (
    LegalParameter(
        key=Key.DISCHARGE_ADMISSION,
        value=24,
        unit=Unit.HOURS,
        valid_from=_DISCHARGE,
        valid_to=None,
        source="lagen (2017:612) om samverkan vid utskrivning 2 kap. 3 §",
        certainty=Certainty.HIGH,
        county_setting=False,
        help=_(
            "Senast så här lång tid efter inskrivningen, eller efter läkarens bedömning om den kom "
            "senare, ska inskrivningsmeddelandet vara skickat."
        ),
    ),
    LegalParameter(
        key=Key.DISCHARGE_INFORMATION,
        value=0,
        unit=Unit.DAYS,
        valid_from=_DISCHARGE,
        valid_to=None,
        source="lagen (2017:612) om samverkan vid utskrivning 3 kap. 2 §",
        certainty=Certainty.HIGH,
        county_setting=False,
        help=_(
            "Senast så många dagar efter utskrivningen ska informationen vara lämnad. Noll är samma dag."
        ),
    ),
    LegalParameter(
        key=Key.DISCHARGE_CALL_WEEKDAY,
        value=1,
        unit=Unit.YES_NO,
        valid_from=_DISCHARGE,
        valid_to=None,
        source="lagen (1930:173) om beräkning av lagstadgad tid; om den gäller här är inte avgjort",
        certainty=Certainty.LOW,
        county_setting=True,
        help=_(
            "Med ja (1) räknas en kallelse till SIP som försenad först efter nästa vardag när den tredje "
            "dagen är en helgdag. Med nej (0) räknas den tredje dagen strikt. Vi varnar alltid på tredje "
            "dagen."
        ),
    ),
    LegalParameter(
        key=Key.DISCHARGE_UNREAD,
        value=4,
        unit=Unit.HOURS,
        valid_from=_DISCHARGE,
        valid_to=None,
        source=_OURS,
        certainty=Certainty.LOW,
        county_setting=True,
        help=_(
            "Så länge får ett meddelande om utskrivning ligga okvitterat innan det går till nästa enhet "
            "i kedjan. Bara tid då enheten är öppen räknas."
        ),
    ),
    LegalParameter(
        key=Key.DISCHARGE_FORM,
        value=48,
        unit=Unit.HOURS,
        valid_from=_DISCHARGE,
        valid_to=None,
        source=_OURS,
        certainty=Certainty.LOW,
        county_setting=True,
        help=_(
            "Senast så här lång tid efter inskrivningsmeddelandet ska planeringsunderlaget finnas."
        ),
    ),
    LegalParameter(
        key=Key.DISCHARGE_AFTER,
        value=72,
        unit=Unit.HOURS,
        valid_from=_DISCHARGE,
        valid_to=None,
        source=_OURS,
        certainty=Certainty.LOW,
        county_setting=True,
        help=_("Senast så här lång tid efter hemgången ska den fasta vårdkontakten höra av sig."),
    ),
    LegalParameter(
        key=Key.DISCHARGE_ITEMS,
        value=1,
        unit=Unit.DAYS,
        valid_from=_DISCHARGE,
        valid_to=None,
        source=_OURS,
        certainty=Certainty.LOW,
        county_setting=True,
        help=_(
            "Så många dagar före beräknad utskrivning ska allt på listan inför hemgång vara besvarat."
        ),
    ),
    LegalParameter(
        key=Key.DISCHARGE_CHECKLIST,
        value=48,
        unit=Unit.HOURS,
        valid_from=_DISCHARGE,
        valid_to=None,
        source=_OURS,
        certainty=Certainty.LOW,
        county_setting=True,
        help=_("Så lång tid före dagen för hemgång får personen sin egen lista att bocka av."),
    ),
    LegalParameter(
        key=Key.DISCHARGE_FEED,
        value=0,
        unit=Unit.YES_NO,
        valid_from=_DISCHARGE,
        valid_to=None,
        source=_OURS,
        certainty=Certainty.MEDIUM,
        county_setting=True,
        help=_(
            "Vad vårdens system berättar om en vårdtid. Med nej (0) öppnas och avslutas ärendet av "
            "sig självt, men det som andra ska få förbereds, och avdelningen skickar. Med ja (1) "
            "skickas det direkt till berörda enheter. Då har regionen prövat sekretessen."
        ),
    ),
    LegalParameter(
        key=Key.DISCHARGE_READMISSION,
        value=30,
        unit=Unit.DAYS,
        valid_from=_DISCHARGE,
        valid_to=None,
        source=_OURS,
        certainty=Certainty.MEDIUM,
        county_setting=True,
        help=_("En ny inskrivning inom så många dagar räknas som en återinskrivning."),
    ),
)
