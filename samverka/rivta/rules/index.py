"""itintegration:engagementindex Update 1.0: that there is something of a person here, and since when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from samverka.rivta.rules.soap import BadXml, message, read_message
from samverka.rivta.rules.values import Writer, stamp

UPDATE = "urn:riv:itintegration:engagementindex:UpdateResponder:1"
INDEX = "urn:riv:itintegration:engagementindex:1"
DOMAIN = "riv:clinicalprocess:logistics:logistics"
PLANS_CATEGORY = "cll-cp"
"""Categorization of care plans, as the national aggregating service for GetCarePlans 2.0 asks the index."""

_RESIDENT = re.compile(r"^[0-9]{8}[0-9pPtTfF][0-9]{3}$")


@dataclass(frozen=True, slots=True)
class Engagement:
    """One line: whose, for which care provider, and when something last changed.

    Attributes:
        controller: organisation number of the care provider's huvudman.
    """

    number: str
    controller: str
    latest: datetime
    since: datetime | None = None

    @property
    def tellable(self) -> bool:
        """The index knows persons by personnummer and numbers of that form alone."""
        return bool(_RESIDENT.match(self.number))


def index_update(lines: Iterable[Engagement], *, source: str, address: str) -> bytes:
    """Update in its envelope.

    Args:
        source: HSA-id of this system: its logical address, and the source of what it tells.
        address: the logical address of the index.
    """
    root = Writer(etree.Element(f"{{{UPDATE}}}Update", nsmap={"u": UPDATE, "e": INDEX}), UPDATE)
    for one in lines:
        change = Writer(root.part("engagementTransaction").element, INDEX)
        change.says("deleteFlag", "false")
        change.part("engagement").texts(
            [
                ("registeredResidentIdentification", one.number),
                ("serviceDomain", DOMAIN),
                ("categorization", PLANS_CATEGORY),
                ("logicalAddress", source),
                ("businessObjectInstanceIdentifier", "NA"),
                ("clinicalProcessInterestId", "NA"),
                ("mostRecentContent", stamp(one.latest)),
                ("sourceSystem", source),
                ("creationTime", stamp(one.since) if one.since else ""),
                ("dataController", one.controller or "NA"),
            ]
        )
    return message(root.element, address=address)


def taken_by_index(answer: bytes) -> bool:
    """Whether the index has taken it: OK or INFO."""
    try:
        _address, body = read_message(answer)
    except BadXml:
        return False
    return body.findtext(f"{{{UPDATE}}}ResultCode") in ("OK", "INFO")
