"""The published examples: what is right is let through, and what is known to be wrong is named."""

from __future__ import annotations

import pytest

from samverka.resources.rules.validation import validate
from tests.factories import samples

WRONG = {
    "DeviceMetric-example.json": "DeviceMetric.parent.reference",
    "DeviceUseStatement-example.json": "DeviceUseStatement.reasonReference[0].reference",
    "MedicationRequest-medrx0301.json": "MedicationRequest.dispenseRequest.performer.reference",
    "Observation-clinical-gender.json": "Observation.performer[0].reference",
    "Questionnaire-qs1.json": "Questionnaire.item[0].item[0].linkId",
}
"""File -> where its first fault is: references to types that may not stand there, and a missing id."""


@samples.needed
@pytest.mark.slow
def test_only_the_known_wrong_examples_are_refused():
    refused: dict[str, str] = {}
    for folder in samples.ALL:
        for file in samples.files(folder):
            if faults := validate(file.read_bytes(), file.name.split("-")[0].partition(".")[0]
                                  if folder == samples.R4_EXAMPLES else ""):  # fmt: skip
                refused[file.name] = faults[0].path
    assert refused == WRONG
