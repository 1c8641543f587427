"""Counts and published values: what can be true, and how many decimals are shown. Pure.

The engines return integer counts; every rate is reckoned here from whole numbers, exactly, and rounded
once, halves away from zero, so that no engine's own rounding reaches a page.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

WHOLE: Final = Fraction(100)
"""A share's largest value, in per cent."""


def rounded(value: Fraction | Decimal | float, places: int = 1) -> Decimal:
    """The value with so many decimals, halves away from zero: 0.285 is 0.29, in every engine.

    A float is taken as the shortest number that it prints as, as a reader sees it.
    """
    exact = Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
    scaled = abs(exact) * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    last = whole + (1 if 2 * rest >= scaled.denominator else 0)
    return Decimal(last if exact >= 0 else -last).scaleb(-places)


def in_words(value: Fraction | Decimal | float, places: int = 1) -> str:
    """With a decimal comma and no needless zeros: "86,5", "146"."""
    plain = f"{rounded(value, places):f}"
    trimmed = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return trimmed.replace(".", ",")


def check_count(count: int, *, where: str = "") -> None:
    """Raise unless it can be a count.

    Raises:
        Invalid: less than nobody.
    """
    if count < 0:
        raise Invalid(
            _("%(count)d är inget antal: det kan inte vara färre än noll.", count=count),
            where=where,
            mend=_("Kontrollera uppgiften hos den som har lämnat den."),
        )


def check_part(part: int, whole: int, *, where: str = "") -> None:
    """Raise unless the part can be of the whole.

    Raises:
        Invalid: a negative count, or more in the part than in the whole.
    """
    check_count(part, where=where)
    check_count(whole, where=where)
    if part > whole:
        raise Invalid(
            _("%(part)d av %(whole)d går inte: delen är större än det hela.",
              part=part, whole=whole),
            where=where,
            mend=_("Kontrollera att täljaren och nämnaren gäller samma grupp och samma tid."),
        )  # fmt: skip


def check_percentage(value: Fraction | Decimal | float, *, where: str = "") -> None:
    """Raise unless a published share lies between 0 and 100: one region's series once said 146.1.

    Raises:
        Invalid: says the value, and that it is refused rather than drawn.
    """
    if not 0 <= Fraction(value) <= WHOLE:
        raise Invalid(
            _("%(value)s procent går inte: en andel är mellan 0 och 100 procent.",
              value=in_words(value)),
            where=where,
            mend=_("Värdet visas inte. Fråga den som har lämnat uppgiften."),
        )  # fmt: skip


def no_denominator() -> Text:
    """What a page says where there is nothing to divide by."""
    return _("Det finns ingen att räkna på.")
