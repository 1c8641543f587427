"""Published FHIR examples, if they lie beside the checkout; the tests that want them skip otherwise."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from samverka.config.folders import PACKAGE

_BESIDE = PACKAGE.parent.parent / "shared" / "data" / "fhir"
FOLDER = Path(os.environ.get("SAMVERKA_SAMPLES") or _BESIDE)

R4_EXAMPLES = "r4-clinical-examples"  # HL7's R4 clinical examples 4.0.1
SWEDEN = "sweden-base-r4"  # HL7 Sweden base profiles 1.1.0
IPS = "ips"
BALP = "balp"
SYNTHEA = "synthea-r4"
ALL = (R4_EXAMPLES, SWEDEN, IPS, BALP, SYNTHEA)

needed = pytest.mark.skipif(not FOLDER.is_dir(), reason="no folder with published FHIR examples")


def files(folder: str) -> list[Path]:
    """The JSON files of one set, in order."""
    return sorted((FOLDER / folder).glob("*.json"))
