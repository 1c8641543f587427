"""The check digit that Swedish numbers share: Luhn, modulus 10, weights 2, 1, 2, 1 …"""

from __future__ import annotations

from collections.abc import Sequence

from personnummer.personnummer import Personnummer, PersonnummerException


def luhn(digits: Sequence[int]) -> int:
    """Compute the check digit for the digits before it (PN-5)."""
    total = 0
    for place, digit in enumerate(digits):
        product = digit * (2 - place % 2)
        total += product - 9 if product > 9 else product
    return -total % 10


def ends_right(digits: str) -> bool:
    """Whether the last of these decimal digits is the check digit of the others."""
    return luhn([int(digit) for digit in digits[:-1]]) == int(digits[-1])


def is_sound(twelve: str) -> bool:
    """Whether 12 digits are a personnummer or samordningsnummer: real date, right check digit.

    The package `personnummer` decides. It gets all 12 digits, for only then is it free of the
    clock: for 10 digits it guesses the century from today's date. We never show its errors: they
    hold the number.
    """
    try:
        Personnummer(twelve)
    except PersonnummerException:
        return False
    return True
