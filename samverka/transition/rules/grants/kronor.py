"""Kronor are whole: read from millions and told in words."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from samverka.kernel.problems import Invalid
from samverka.kernel.text import text as _

MILLION = 1_000_000
NO_BREAK = "\N{NO-BREAK SPACE}"


def from_millions(written: str) -> int:
    """ "6394,5" or "6394.5" (million kronor, as agreements write it) in whole kronor.

    Raises:
        Invalid: no number, below zero, or not whole kronor.
    """
    plain = "".join(written.split()).replace(",", ".")
    try:
        kronor = Decimal(plain) * MILLION
    except InvalidOperation:
        kronor = Decimal("NaN")
    if not kronor.is_finite() or kronor < 0 or kronor != kronor.to_integral_value():
        raise Invalid(
            _("“%(written)s” är inget belopp i miljoner kronor.", written=written[:40]),
            mend=_("Skriv ett tal med högst sex decimaler, till exempel 6394,5."),
        )
    return int(kronor)


MOST = 10**13
"""Ten thousand milliards: more than the state has in a year, so somebody has written a digit too many."""

MILLIONS = ("miljonerkronor", "miljoner", "mnkr", "mkr")
WHOLE = ("kronor", "kr")


def read_kronor(written: str) -> int:
    """ "6 394 500 000", "500 kr" or "6394,5 mnkr" in whole kronor.

    Raises:
        Invalid: no amount, not whole kronor, below zero, or larger than any budget.
    """
    plain = "".join(written.split()).lower()
    for ending in MILLIONS:
        if plain.endswith(ending):
            return _checked(from_millions(plain.removesuffix(ending)), written)
    for ending in WHOLE:
        plain = plain.removesuffix(ending)
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 40):
        raise Invalid(
            _("“%(written)s” är inget belopp i hela kronor.", written=written[:40]),
            mend=_("Skriv till exempel 6 394 500 000 eller 6394,5 mnkr."),
        )
    return _checked(int(plain), written)


def _checked(kronor: int, written: str) -> int:
    if kronor > MOST:
        raise Invalid(
            _("“%(written)s” är större än statens budget.", written=written[:40]),
            mend=_("Räkna siffrorna en gång till."),
        )
    return kronor


def tell(kronor: int) -> str:
    """1437000000 as it is read: thousands apart, with spaces that do not break the line."""
    return f"{kronor:,}".replace(",", NO_BREAK).replace("-", "\N{MINUS SIGN}") + NO_BREAK + "kr"


def check_whole(kronor: object, where: str) -> None:
    """Money is never a float: a lost krona cannot be found again.

    Raises:
        Invalid: not a whole number, or below zero.
    """
    if isinstance(kronor, bool) or not isinstance(kronor, int) or kronor < 0:
        raise Invalid(
            _("Beloppet för %(where)s är inte hela kronor.", where=where),
            mend=_("Skriv hela kronor, noll eller mer."),
        )
