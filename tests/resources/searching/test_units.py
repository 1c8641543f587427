"""Units of UCUM: what is the same in another unit, held against pint, which reckons with another table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from ucumvert import PintUcumRegistry
from ucumvert.xml_util import get_units_with_full_definition

from samverka.resources.rules.searching.units import Measure, measured, unit_of

SAME = [
    ("5.4", "mg", "0.0054", "g"),
    ("1", "kg", "2.20462262184877580722973801346", "[lb_av]"),
    ("95", "mg/dL", "0.95", "g/L"),
    ("5.5", "mmol/L", "5500", "umol/L"),
    ("120", "mm[Hg]", "15.99864", "kPa"),
    ("98.6", "[degF]", "37", "Cel"),
    ("37", "Cel", "310.15", "K"),
    ("60", "/min", "1", "/s"),
    ("1", "/min", "60", "/h"),
    ("4.5", "10*9/L", "4500", "/uL"),
    ("0.45", "1", "45", "%"),
    ("60", "U/L", "1", "ukat/L"),
    ("1", "k[IU]/L", "1", "[iU]/mL"),
    ("70", "mL/min/{1.73_m2}", "70", "mL/min"),
    ("1", "a", "365.25", "d"),
    ("1.72", "m", "172", "cm"),
    ("3", "10.L/min", "30", "L/min"),
]


@pytest.mark.parametrize(("number", "unit", "other", "in_unit"), SAME)
def test_the_same_in_another_unit(number: str, unit: str, other: str, in_unit: str) -> None:
    one, two = [
        measured(Decimal(value), Decimal(value), code)
        for value, code in ((number, unit), (other, in_unit))
    ]
    assert one is not None
    assert one == two


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mg", "mL"),
        ("mmol/L", "10*9/L"),  # a mole is no number of particles here
        ("[IU]/L", "/L"),  # arbitrary units are the same as themselves only
        ("[IU]/L", "[arb'U]/L"),
        ("Cel", "cd"),
    ],
)
def test_what_is_not_of_the_same_sort(one: str, other: str) -> None:
    found = [unit_of(code) for code in (one, other)]
    assert all(found)
    assert found[0].name != found[1].name


@pytest.mark.parametrize(
    "code",
    ["", "kilo", "[pH]", "dB", "B[SPL]", "K/Cel", "m41", "m" * 61, "(" * 29 + "m" + ")" * 30, "µg", "g/", "0"],
)  # fmt: skip
def test_what_cannot_be_told(code: str) -> None:
    assert unit_of(code) is None


def test_a_number_beyond_measure_is_left_alone() -> None:
    assert measured(Decimal("1e300"), Decimal("1e300"), "mg") is None
    endless = measured(Decimal("-Infinity"), Decimal(1), "mg")
    assert endless == Measure(Decimal("-Infinity"), Decimal("0.001"), "g")


def _plain_units() -> Iterator[str]:
    for one in get_units_with_full_definition():
        if not (one.is_special or one.is_arbitrary):
            yield one.code_cs


PINTS_OWN = frozenset(
    [
        "'",
        "''",
        "Mx",
        "G",
        "Oe",
        "[cft_i]",
        "[cyd_i]",
        "[in_br]",
        "[ft_br]",
        "[rd_br]",
        "[ch_br]",
        "[lk_br]",
        "[fth_br]",
        "[pc_br]",
        "[yd_br]",
        "[mi_br]",
        "[nmi_br]",
        "[kn_br]",
        "[acr_br]",
        "[cicero]",
        "[didot]",
        "cal_[15]",
        "[Cal]",
        "[Btu]",
        "[in_i'H2O]",
        "[in_i'Hg]",
        "g%",
        "[LPF]",
    ]
)
"""Not the table's: pint takes ' for a minute of time, a cubic foot for a length, and inches that are no longer British."""


def test_every_unit_is_what_pint_says() -> None:
    """Each of the table against the metre, the gram … of another library."""
    pint = PintUcumRegistry()
    wrong = []
    for code in _plain_units():
        ours = unit_of(code)
        assert ours is not None, code
        theirs = pint.from_ucum(code).to_base_units()
        factor = theirs.magnitude * 1000 ** theirs.dimensionality.get("[mass]", 0)
        if code not in PINTS_OWN and abs(float(ours.factor) - factor) > 1e-5 * abs(factor):
            wrong.append((code, float(ours.factor), factor))
    assert not wrong
