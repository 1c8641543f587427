"""Telephone numbers that reach nobody.

Source: Post- och telestyrelsen (PTS), "Telefonnummer till böcker och filmer": 070-1740605–1740699,
08-46500400–46500499, 031-3900600–3900699, 040-6280400–6280499, 0980-319200–319299. No other number
is used in the demo county; a wrong area code is better than a stranger's telephone.
"""

from __future__ import annotations

import re

MOBILES = 95
LANDLINES = 400


def mobile(n: int) -> str:
    """The n:th mobile number of the series; they begin again after 95."""
    digits = f"{605 + n % MOBILES:03d}"
    return f"070-174 0{digits[0]} {digits[1:]}"


def landline(n: int) -> str:
    """The n:th landline number of the four series; they begin again after 400."""
    series, step = divmod(n % LANDLINES, 100)
    return (
        f"0980-319 2{step:02d}",
        f"08-465 004 {step:02d}",
        f"031-390 06 {step:02d}",
        f"040-628 04 {step:02d}",
    )[series]


_FICTIONAL = re.compile(
    r"0980-3192\d\d|08-465004\d\d|031-39006\d\d|040-62804\d\d|070-1740(60[5-9]|6[1-9]\d)"
)


def is_fictional(number: str) -> bool:
    """Whether the number lies in one of the series."""
    return _FICTIONAL.fullmatch(number.replace(" ", "")) is not None
