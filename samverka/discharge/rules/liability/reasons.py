"""Why a day counts or does not: codes that are stored and counted, and the sentences people read."""

from __future__ import annotations

from enum import StrEnum

from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class Reason(StrEnum):
    """Why a day of the stay is counted, or not. Stored in snapshots: never rename."""

    COUNTED = "counted"
    COUNTED_IN_AVERAGE = "counted-in-average"
    # The patient
    NOT_READY = "not-ready"
    WITHDRAWN = "withdrawn"
    DISCHARGE_DAY = "discharge-day"
    ON_LEAVE = "on-leave"
    NOT_OVER = "not-over"
    # The whole stay is left out
    SET_ASIDE = "set-aside"
    NO_DEBTOR = "no-debtor"
    NO_MUNICIPALITY = "no-municipality"
    OUTSIDE_COUNTY = "outside-county"
    REFUSED = "refused"
    # The grounds of LUS 5:3
    ADMISSION_MISSING = "admission-missing"
    ADMISSION_LATE = "admission-late"
    ADMISSION_NOT_OPEN_CARE = "admission-not-open-care"
    NOT_NOTIFIED = "not-notified"
    NOTIFIED_ELSEWHERE = "notified-elsewhere"
    CALL_MISSING = "call-missing"
    CALL_LATE = "call-late"
    CALL_BY_OTHER = "call-by-other"
    # The region, and the time
    REGION_BLOCKS = "region-blocks"
    WAITING = "waiting"
    WAITING_AFTER_NOON = "waiting-after-noon"
    WAITING_AGREED = "waiting-agreed"
    PUT_OFF = "put-off"


SECTIONS: dict[Reason, str] = {
    Reason.COUNTED: "5 kap. 1 och 4 §§",
    Reason.COUNTED_IN_AVERAGE: "4 kap. 5 §",
    Reason.NOT_READY: "1 kap. 3 § 5",
    Reason.WITHDRAWN: "1 kap. 3 § 5",
    Reason.DISCHARGE_DAY: "5 kap. 1 §",
    Reason.ON_LEAVE: "5 kap. 1 §",
    Reason.NOT_OVER: "5 kap. 1 §",
    Reason.SET_ASIDE: "",
    Reason.NO_DEBTOR: "5 kap. 2 §",
    Reason.NO_MUNICIPALITY: "5 kap. 3 §",
    Reason.OUTSIDE_COUNTY: "4 kap. 5 §",
    Reason.REFUSED: "4 kap. 5 §",
    Reason.ADMISSION_MISSING: "5 kap. 3 § 1",
    Reason.ADMISSION_LATE: "5 kap. 3 § 1",
    Reason.ADMISSION_NOT_OPEN_CARE: "5 kap. 3 § 1",
    Reason.NOT_NOTIFIED: "5 kap. 3 § 2",
    Reason.NOTIFIED_ELSEWHERE: "5 kap. 3 § 2",
    Reason.CALL_MISSING: "5 kap. 3 §",
    Reason.CALL_LATE: "5 kap. 3 §",
    Reason.CALL_BY_OTHER: "5 kap. 3 §",
    Reason.REGION_BLOCKS: "5 kap. 5 §",
    Reason.WAITING: "5 kap. 4 §",
    Reason.WAITING_AFTER_NOON: "5 kap. 4 §",
    Reason.WAITING_AGREED: "4 kap. 5 §",
    Reason.PUT_OFF: "5 kap. 3–5 §§",
}
"""The section of lagen (2017:612) om samverkan vid utskrivning that each reason rests on."""

_SAID: dict[Reason, Text] = {
    Reason.COUNTED: _(
        "Dygnet räknas: patienten var utskrivningsklar men kvar, och ansvaret började %(first)s "
        "(%(section)s)."
    ),
    Reason.COUNTED_IN_AVERAGE: _(
        "Dygnet räknas i kommunens genomsnitt: patienten var utskrivningsklar men kvar "
        "(överenskommelse, %(section)s)."
    ),
    Reason.NOT_READY: _(
        "Dygnet räknas inte, därför att läkaren inte hade bedömt patienten som utskrivningsklar "
        "(%(section)s)."
    ),
    Reason.WITHDRAWN: _(
        "Dygnet räknas inte, därför att patienten behövde vård på sjukhus igen (%(section)s)."
    ),
    Reason.DISCHARGE_DAY: _(
        "Dygnet räknas inte, därför att patienten skrevs ut den dagen (%(section)s)."
    ),
    Reason.ON_LEAVE: _(
        "Dygnet räknas inte, därför att patienten var hemma på permission (%(section)s)."
    ),
    Reason.NOT_OVER: _("Dygnet räknas inte än, därför att det inte är slut (%(section)s)."),
    Reason.SET_ASIDE: _(
        "Dygnet räknas inte, därför att kommunen har bestridit vårdtillfället och fått rätt."
    ),
    Reason.NO_DEBTOR: _(
        "Dygnet räknas inte, därför att patienten inte är folkbokförd i någon kommun (%(section)s)."
    ),
    Reason.NO_MUNICIPALITY: _(
        "Dygnet räknas inte, därför att ingen kommun behöver göra något (%(section)s)."
    ),
    Reason.OUTSIDE_COUNTY: _(
        "Dygnet räknas inte, därför att kommunen ligger utanför länet (överenskommelse, "
        "%(section)s)."
    ),
    Reason.REFUSED: _(
        "Dygnet räknas inte, därför att patienten har tackat nej till insatser (överenskommelse, "
        "%(section)s)."
    ),
    Reason.ADMISSION_MISSING: _(
        "Dygnet räknas inte, därför att inskrivningsmeddelande till kommunen saknas (%(section)s)."
    ),
    Reason.ADMISSION_LATE: _(
        "Dygnet räknas inte, därför att inskrivningsmeddelandet skickades för sent: senast "
        "%(due)s (%(section)s)."
    ),
    Reason.ADMISSION_NOT_OPEN_CARE: _(
        "Dygnet räknas inte, därför att inskrivningsmeddelandet inte också gick till regionens "
        "öppna vård (%(section)s)."
    ),
    Reason.NOT_NOTIFIED: _(
        "Dygnet räknas inte, därför att underrättelse om utskrivningsklar saknas (%(section)s)."
    ),
    Reason.NOTIFIED_ELSEWHERE: _(
        "Dygnet räknas inte, därför att underrättelsen inte gick till den kommun som kan bli "
        "skyldig att betala (%(section)s)."
    ),
    Reason.CALL_MISSING: _(
        "Dygnet räknas inte, därför att kallelse till SIP saknas: senast %(due)s (%(section)s)."
    ),
    Reason.CALL_LATE: _(
        "Dygnet räknas inte, därför att kallelsen till SIP skickades för sent: senast %(due)s "
        "(%(section)s)."
    ),
    Reason.CALL_BY_OTHER: _(
        "Dygnet räknas inte, därför att kallelsen till SIP inte kom från den fasta vårdkontakten "
        "i regionens öppna vård (%(section)s)."
    ),
    Reason.REGION_BLOCKS: _(
        "Dygnet räknas inte, därför att något som regionens öppna vård ansvarar för inte var klart "
        "(%(section)s)."
    ),
    Reason.WAITING: _(
        "Dygnet räknas inte, därför att ansvaret börjar först %(first)s: %(days)s dagar efter "
        "underrättelsen (%(section)s)."
    ),
    Reason.WAITING_AFTER_NOON: _(
        "Dygnet räknas inte, därför att ansvaret börjar först %(first)s: underrättelsen skickades "
        "efter klockan 12.00 och då är det %(days)s dagar (%(section)s)."
    ),
    Reason.PUT_OFF: _(
        "Dygnet räknas inte, därför att ansvaret börjar först %(first)s: länet låter ett sent "
        "meddelande eller ett hinder flytta starten (%(section)s)."
    ),
    Reason.WAITING_AGREED: _(
        "Dygnet räknas inte, därför att ansvaret börjar först %(first)s (överenskommelse, "
        "%(section)s)."
    ),
}


def say(reason: Reason, **values: object) -> Text:
    """The sentence of a reason, with its section of law and the day's own values."""
    return Text(_SAID[reason].msgid, {"section": SECTIONS[reason], **values})
