"""Who looks wrong: each doubt, with those where there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from samverka.discharge.rules.kinds import Part
from samverka.discharge.rules.routing import Whom
from samverka.discharge.rules.suspecting import Doubt, Suspect, check_ticked, suspicions
from samverka.kernel.problems import Invalid

KROKOM, ARE = "2309", "2321"
CENTRE, OTHER = uuid4(), uuid4()
WHOM = Whom(KROKOM, age=70)
HOME = Suspect(uuid4(), "Krokoms hemsjukvård", Part.MUNICIPAL_HEALTH, KROKOM)
AWAY = replace(HOME, name="Åre hemsjukvård", municipality_code=ARE)

CASES: dict[str, tuple[Whom, Suspect, bool, set[Doubt]]] = {
    "own municipality": (WHOM, HOME, False, set()),
    "another municipality": (WHOM, AWAY, False, {Doubt.OTHER_MUNICIPALITY}),
    "another, and the table says so": (WHOM, replace(AWAY, pointed_at=True), False, set()),
    "the deciding one": (replace(WHOM, deciding_code=ARE), AWAY, False, set()),
    "where the placed person lives": (replace(WHOM, deciding_code=ARE), HOME, False, set()),
    "neither": (
        replace(WHOM, deciding_code="2380"), AWAY, False, {Doubt.OTHER_MUNICIPALITY}),
    "nobody knows where": (Whom("", age=70), AWAY, False, set()),
    "a clinic of the region in another town": (
        WHOM, replace(AWAY, part=Part.OPEN_CARE), False, set()),
    "the listed centre": (
        replace(WHOM, listed_unit=CENTRE), Suspect(CENTRE, "HC", Part.OPEN_CARE, centre=True),
        False, set()),
    "another centre": (
        replace(WHOM, listed_unit=CENTRE), Suspect(OTHER, "HC", Part.OPEN_CARE, centre=True),
        False, {Doubt.OTHER_CENTRE}),
    "listed nowhere": (WHOM, Suspect(OTHER, "HC", Part.OPEN_CARE, centre=True), False, set()),
    "a clinic beside the listed centre": (
        replace(WHOM, listed_unit=CENTRE), Suspect(OTHER, "Rehab", Part.OPEN_CARE), False, set()),
    "closed": (WHOM, replace(HOME, closed=True), False, {Doubt.CLOSED}),
    "sent back before": (
        WHOM, replace(HOME, returned_on=date(2026, 11, 2)), False, {Doubt.RETURNED}),
    "a child and needs assessment": (
        replace(WHOM, age=9), replace(HOME, part=Part.SOCIAL, assesses=True), False,
        {Doubt.NOT_CHILDREN}),
    "a child and family services": (
        replace(WHOM, age=9), replace(HOME, part=Part.SOCIAL, families=True), False, set()),
    "eighteen": (
        replace(WHOM, age=18), replace(HOME, part=Part.SOCIAL, assesses=True), False, set()),
    "protected identity": (WHOM, HOME, True, {Doubt.PROTECTED}),
    "protected registration tells nothing of where": (
        replace(WHOM, protected=True), AWAY, True, {Doubt.PROTECTED}),
    "all at once": (
        replace(WHOM, age=9),
        replace(AWAY, assesses=True, closed=True, returned_on=date(2026, 11, 2)), True,
        set(Doubt) - {Doubt.OTHER_CENTRE}),
}  # fmt: skip


@pytest.mark.parametrize(("whom", "unit", "marked", "doubts"), CASES.values(), ids=CASES)
def test_each_doubt(whom: Whom, unit: Suspect, marked: bool, doubts: set[Doubt]) -> None:
    assert {one.doubt for one in suspicions(whom, [unit], marked=marked)} == doubts


def test_each_is_ticked_by_itself() -> None:
    found = suspicions(WHOM, [AWAY, replace(HOME, closed=True)], marked=False)
    keys = [one.key for one in found]
    assert len(set(keys)) == 2
    check_ticked(found, keys)
    with pytest.raises(Invalid, match="Kontrollera mottagaren: Krokoms hemsjukvård är stängd"):
        check_ticked(found, keys[:1])


def test_a_tick_for_one_unit_is_none_for_another() -> None:
    first, second = suspicions(WHOM, [AWAY, replace(AWAY, unit_id=uuid4())], marked=False)
    with pytest.raises(Invalid):
        check_ticked([first], [second.key])
