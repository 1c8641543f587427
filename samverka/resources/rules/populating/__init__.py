"""A questionnaire filled in beforehand with what is known (HL7 SDC, `$populate`): pure, and with limits."""

from samverka.resources.rules.populating.filling import Filled, populate

__all__ = ["Filled", "populate"]
