"""The four parts of the guarantee and their limits, as rows with section, validity and certainty.

Hälso- och sjukvårdslagen (2017:30), HSL, 9 kap. gives the guarantee; hälso- och sjukvårdsförordningen
(2017:80), HSF, 6 kap. gives the times. None of the numbers is a county's to set.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samverka.kernel.calendar import said_date
from samverka.kernel.parameters import Certainty
from samverka.kernel.problems import NotNow
from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class Part(StrEnum):
    """The parts of the guarantee (HSL 9:1)."""

    CONTACT = "contact"
    ASSESSMENT = "assessment"
    VISIT = "visit"
    TREATMENT = "treatment"


PART_WORDS: dict[Part, Text] = {
    Part.CONTACT: _("Kontakt med primärvården"),
    Part.ASSESSMENT: _("Medicinsk bedömning i primärvården"),
    Part.VISIT: _("Första besök i specialiserad vård"),
    Part.TREATMENT: _("Planerad vård"),
}

SHORT_WORDS: dict[Part, Text] = {
    Part.CONTACT: _("Kontakt"),
    Part.ASSESSMENT: _("Medicinsk bedömning"),
    Part.VISIT: _("Första besök"),
    Part.TREATMENT: _("Planerad vård"),
}
"""The same in a row of a list."""

IN_PRIMARY_CARE = frozenset({Part.CONTACT, Part.ASSESSMENT})
"""HSL 9:1 st. 2: these hold where the person is listed. No time is ever subtracted from them."""

CONTACT_DAYS = 0
"""HSF 6:1 p. 1: the same day."""

ASSESSMENT_DAYS = 3
"""HSF 6:1 p. 2, as worded by SFS 2018:1129."""

ASSESSMENT_DAYS_2018 = 7
"""HSF 6:1 p. 2 until the end of 2018: a visit to a doctor."""

VISIT_DAYS = 90
"""HSF 6:1 p. 3."""

TREATMENT_DAYS = 90
"""HSF 6:1 p. 4."""

LISTED_FROM = date(2022, 7, 1)
"""HSL 9:1 st. 2: since then the parts in primary care hold only where the person is listed. The
section is read (high certainty); the day is from the regions' own account (medium)."""

_HSF = date(2017, 4, 1)
_THREE_DAYS = date(2019, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How many calendar days one part may take during one time.

    Attributes:
        days: day 0 is the day from which the time counts.
        valid_from: first day on which a time that begins is judged by this row.
        doctor_only: only a doctor's assessment counted.
    """

    part: Part
    days: int
    valid_from: date
    section: Text
    certainty: Certainty
    valid_to: date | None = None
    doctor_only: bool = False

    def holds(self, on: date) -> bool:
        """Whether the row judges a time that begins on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


LIMITS: tuple[Limit, ...] = (
    Limit(
        part=Part.CONTACT,
        days=CONTACT_DAYS,
        valid_from=_HSF,
        section=_("hälso- och sjukvårdsförordningen 6 kap. 1 § 1"),
        certainty=Certainty.HIGH,
    ),
    Limit(
        part=Part.ASSESSMENT,
        days=ASSESSMENT_DAYS_2018,
        valid_from=_HSF,
        valid_to=date(2018, 12, 31),
        section=_("hälso- och sjukvårdsförordningen 6 kap. 1 § 2 i äldre lydelse"),
        certainty=Certainty.MEDIUM,
        doctor_only=True,
    ),
    Limit(
        part=Part.ASSESSMENT,
        days=ASSESSMENT_DAYS,
        valid_from=_THREE_DAYS,
        section=_("hälso- och sjukvårdsförordningen 6 kap. 1 § 2"),
        certainty=Certainty.HIGH,
    ),
    Limit(
        part=Part.VISIT,
        days=VISIT_DAYS,
        valid_from=_HSF,
        section=_("hälso- och sjukvårdsförordningen 6 kap. 1 § 3"),
        certainty=Certainty.HIGH,
    ),
    Limit(
        part=Part.TREATMENT,
        days=TREATMENT_DAYS,
        valid_from=_HSF,
        section=_("hälso- och sjukvårdsförordningen 6 kap. 1 § 4"),
        certainty=Certainty.HIGH,
    ),
)
"""Shorter limits have been proposed (dir. 2024:50). A new law is a new row here, not a new rule."""


def limit_at(part: Part, on: date) -> Limit:
    """Find the limit for a time that begins on a day.

    Raises:
        NotNow: no limit is known for that day.
    """
    for row in LIMITS:
        if row.part is part and row.holds(on):
            return row
    raise NotNow(
        _("Vi vet inte vilken gräns i vårdgarantin som gällde %(on)s.", on=said_date(on)),
        mend=_("Kontrollera året."),
    )
