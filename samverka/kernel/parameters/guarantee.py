"""What the county decides of the waiting-time guarantee. The limits themselves are law: `guarantee/rules/limits`."""

from __future__ import annotations

from datetime import date

from samverka.kernel.parameters.kinds import Certainty, Key, LegalParameter, Unit
from samverka.kernel.text import text as _

_GUARANTEE = date(2017, 4, 1)
_PRACTICE = date(2023, 1, 1)
_OURS = "Samverkas förslag; ingen tid är satt i lag"

GUARANTEE: tuple[LegalParameter, ...] = (
    LegalParameter(
        key=Key.GUARANTEE_NEAR,
        value=14,
        unit=Unit.DAYS,
        valid_from=_PRACTICE,
        valid_to=None,
        source=_OURS,
        certainty=Certainty.LOW,
        county_setting=True,
        help=_(
            "Så här många dagar före den sista dagen i vårdgarantin kommer väntan upp på enhetens lista."
        ),
    ),
    LegalParameter(
        key=Key.GUARANTEE_UNKNOWN,
        value=1,
        unit=Unit.YES_NO,
        valid_from=_GUARANTEE,
        valid_to=None,
        source="hälso- och sjukvårdslagen (2017:30) 8 kap. 1–2 §§ talar om den som är bosatt i regionen; "
        "om den vars folkbokföring inte är känd säger de inget",
        certainty=Certainty.LOW,
        county_setting=True,
        help=_(
            "Sätt 1 om vårdgarantin ska räknas för den som vi inte vet var den bor. Med 0 räknas den inte."
        ),
    ),
)
