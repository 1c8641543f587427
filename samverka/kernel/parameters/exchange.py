"""The parameters of what other systems read: where the publications leave a question open."""

from __future__ import annotations

from datetime import date

from samverka.kernel.parameters.kinds import Certainty, Key, LegalParameter, Unit
from samverka.kernel.text import text as _

_EVER = date(2010, 1, 1)  # a way of writing, not a rule of its day

EXCHANGE: tuple[LegalParameter, ...] = (
    LegalParameter(
        key=Key.FHIR_HSA_SYSTEM,
        value=1,
        unit=Unit.CHOICE,
        valid_from=_EVER,
        valid_to=None,
        source="HL7 Sverige, svenska basprofiler 1.1.0; Inera, EHDS-TK 0.3.3",
        certainty=Certainty.MEDIUM,
        county_setting=True,
        help=_(
            "Hur HSA-id för enheter och personal skrivs i FHIR. HL7 Sveriges basprofiler och Ineras "
            "profiler har var sin kod (OID) för samma katalog. Välj vad de system som läser här väntar "
            "sig. Båda tas alltid emot. Efter ett byte publiceras allt igen med samverka publish."
        ),
        choices=(
            _("Basprofilernas: 1.2.752.29.4.19"),
            _("Ineras: 1.2.752.129.2.1.4.1"),
            _("Båda, basprofilernas först"),
        ),
    ),
)
