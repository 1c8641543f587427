"""Identity numbers for demonstrations and tests: only such as Skatteverket has listed for that.

Any well-formed number may be a living person's, so none is made up here. Skatteverket publishes
numbers that are never given to anyone ("Testpersonnummer", open data, CC0 1.0; 43,895 numbers in
December 2025). They may be used in test environments only, never in a register of real persons.

What we know of the list, and how surely (H: read, M: inferred):

* 1920–1975: no rule, 10 to 90 numbers a year. All are written out in `testseries_listed`. (H)
* 1976–2011: serial 238 (woman) and 239 (man) on almost every day; from 2014, one of the two a day,
  by turns. Only stretches of days whose entries were counted against the published list are used
  here, and the days in them that lack an entry are named below. (H) The list holds more days.
* That serials 980–999 are free for tests, as is sometimes said, the list does not bear out: for
  births 1900–1910 it steps from 980 and 981 to 982, 983, 984, as if the lower ones were taken, and
  later it uses others. So no number is made by such a rule. (M)

There are some 8,400 women and as many men here, fewest for births 1955–1975 and none after 2024. A
birth date between the stretches gets the nearest listed day. Of 2,000 persons of ordinary ages half
come within two weeks of the wanted birth date and 1 in 100 finds none within three years; of 3,000
it is 8 in 100, of 130,000 nearly all. Those can get a stand-in: a reserve number that cannot be
anyone's personnummer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from samverka.kernel.identity.checkdigit import luhn
from samverka.kernel.identity.kinds import IdentityKind, ReserveDomain, Sex
from samverka.kernel.identity.number import IdentityNumber
from samverka.kernel.identity.reserve import inera_number
from samverka.kernel.problems import NotNow
from samverka.kernel.testseries_listed import LISTED
from samverka.kernel.text import text as _

_WOMAN, _MAN = 238, 239
_DAY = timedelta(days=1)

# First and last day of stretches where both serials are listed for every day.
_BOTH = (
    (date(1976, 1, 2), date(1976, 5, 5)),
    (date(1978, 9, 22), date(1979, 12, 31)),
    (date(1980, 1, 2), date(1980, 12, 5)),
    (date(1982, 12, 19), date(1984, 5, 15)),
    (date(1986, 12, 10), date(1988, 5, 22)),
    (date(1989, 11, 24), date(1989, 12, 31)),
    (date(1991, 9, 14), date(1993, 9, 6)),
    (date(1995, 5, 20), date(1996, 10, 21)),
    (date(1999, 7, 5), date(2002, 7, 26)),
    (date(2005, 3, 21), date(2006, 9, 4)),
    (date(2008, 2, 22), date(2009, 8, 5)),
    (date(2010, 5, 25), date(2011, 11, 8)),
)
# First and last day of stretches with one number a day, and the serial of the first day.
_BY_TURNS = (
    (date(2014, 1, 1), date(2014, 5, 15), _MAN),
    (date(2015, 1, 1), date(2015, 12, 31), _MAN),
    (date(2016, 1, 1), date(2016, 12, 31), _MAN),
    (date(2017, 1, 1), date(2017, 2, 27), _MAN),
    (date(2017, 2, 28), date(2017, 10, 23), _WOMAN),
    (date(2017, 10, 24), date(2017, 12, 31), _MAN),
    (date(2019, 1, 1), date(2019, 12, 31), _MAN),
    (date(2020, 1, 17), date(2020, 4, 19), _MAN),
    (date(2020, 4, 21), date(2020, 5, 5), _MAN),
    (date(2020, 5, 7), date(2020, 5, 31), _WOMAN),
    (date(2021, 1, 12), date(2021, 2, 5), _MAN),
    (date(2021, 2, 6), date(2021, 8, 21), _MAN),
    (date(2021, 8, 22), date(2021, 12, 31), _MAN),
    (date(2022, 1, 1), date(2022, 7, 11), _MAN),
    (date(2022, 7, 13), date(2022, 9, 1), _MAN),
    (date(2022, 9, 3), date(2022, 12, 31), _WOMAN),
    (date(2023, 1, 1), date(2023, 3, 7), _MAN),
    (date(2023, 3, 9), date(2023, 6, 22), _MAN),
    (date(2023, 11, 4), date(2023, 12, 31), _MAN),
    (date(2024, 1, 1), date(2024, 12, 31), _MAN),
)
# Days in those stretches for which the list lacks a serial: it may be someone's.
_NOT_LISTED = frozenset(
    {
        (date(1989, 12, 20), _WOMAN),
        (date(2000, 12, 18), _WOMAN),
        (date(2001, 3, 3), _MAN),
        (date(2001, 11, 4), _WOMAN),
        (date(2005, 5, 9), _WOMAN),
        (date(2010, 12, 11), _WOMAN),
        (date(2014, 3, 17), _WOMAN),
        (date(2016, 10, 26), _WOMAN),
    }
)


def test_number(birth_date: date, sex: Sex, n: int) -> IdentityNumber:
    """Give the n-th listed number (from 0) for a sex, counted from a birth date outwards.

    The number's own date may be another day: the person's birth date is then that of the number.
    Different birth dates can give the same number; `NumberSupply` hands out each only once.

    Raises:
        NotNow: there are not so many.
    """
    numbers = _listed(sex)
    if not 0 <= n < len(numbers):
        raise NotNow(_("Det finns bara %(count)s testnummer att välja bland.", count=len(numbers)))
    return IdentityNumber(IdentityKind.PERSONNUMMER, _outwards(numbers, birth_date, n))


def is_test_number(number: IdentityNumber) -> bool:
    """Whether a number is among the listed ones that we know of. False for other listed numbers."""
    return number.kind is IdentityKind.PERSONNUMMER and number.value in _known()


def stand_in_number(birth_date: date, n: int) -> IdentityNumber:
    """Give a reserve number to a synthetic person when the listed numbers do not suffice.

    It has the form of Inera's local reserve numbers: year and month of birth and a "day" 32–59,
    which no personnummer and no samordningsnummer can have. It tells neither age nor sex.

    Args:
        n: which one of the month, 0–27999.

    Raises:
        ValueError: n is outside the month's numbers.
    """
    value = inera_number(birth_date.year, birth_date.month, n)
    return IdentityNumber(IdentityKind.LOCAL_RESERVE, value, ReserveDomain.INERA)


class NumberSupply:
    """Hands out each listed number once, the one nearest to the birth date first.

    The same requests in the same order give the same numbers.
    """

    def __init__(self) -> None:
        self._left = {sex: list(_listed(sex)) for sex in Sex}
        self._stand_ins: Counter[tuple[int, int]] = Counter()

    def left(self, sex: Sex) -> int:
        """How many numbers are left for a sex."""
        return len(self._left[sex])

    def take(
        self, birth_date: date, sex: Sex, *, within: timedelta = timedelta(days=1100)
    ) -> IdentityNumber:
        """Take the nearest number that nobody has.

        Args:
            within: how far from the wanted birth date the number's may be.

        Raises:
            NotNow: none is left so near.
        """
        numbers = self._left[sex]
        place = _nearest(numbers, birth_date)
        if place is None or abs(numbers[place][0] - birth_date) > within:
            raise NotNow(
                _("Testnumren är slut för födda omkring %(year)s.", year=birth_date.year),
                mend=_("Välj ett mindre antal personer."),
            )
        return IdentityNumber(IdentityKind.PERSONNUMMER, numbers.pop(place)[1])

    def take_or_stand_in(
        self, birth_date: date, sex: Sex, *, within: timedelta = timedelta(days=1100)
    ) -> IdentityNumber:
        """Take a listed number, or a stand-in of the birth month when none is left so near."""
        try:
            return self.take(birth_date, sex, within=within)
        except NotNow:
            month = (birth_date.year, birth_date.month)
            self._stand_ins[month] += 1
            return stand_in_number(birth_date, self._stand_ins[month] - 1)


def _outwards(numbers: tuple[tuple[date, str], ...], middle: date, n: int) -> str:
    """Walk from a date outwards, the nearer side first, and give the n-th value met."""
    after = bisect_left(numbers, (middle, ""))
    before = after - 1
    for _step in range(n + 1):
        take_after = after < len(numbers) and (
            before < 0 or numbers[after][0] - middle <= middle - numbers[before][0]
        )
        met = numbers[after if take_after else before]
        after, before = (after + 1, before) if take_after else (after, before - 1)
    return met[1]


def _nearest(numbers: list[tuple[date, str]], wanted: date) -> int | None:
    after = bisect_left(numbers, (wanted, ""))
    places = [place for place in (after, after - 1) if 0 <= place < len(numbers)]
    return min(places, key=lambda place: abs(numbers[place][0] - wanted), default=None)


@lru_cache
def _known() -> frozenset[str]:
    return frozenset(value for sex in Sex for _day, value in _listed(sex))


@lru_cache
def _listed(sex: Sex) -> tuple[tuple[date, str], ...]:
    """Give birth dates and numbers of one sex in order of date."""
    numbers = (IdentityNumber(IdentityKind.PERSONNUMMER, value) for value in _values())
    return tuple(
        sorted((_date(number.value), number.value) for number in numbers if number.sex is sex)
    )


def _values() -> Iterator[str]:
    for year, entries in LISTED.items():
        yield from (f"{year}{entry}" for entry in entries.split())
    for day, serial in _by_rule():
        if (day, serial) not in _NOT_LISTED:
            body = f"{day:%Y%m%d}{serial}"
            yield f"{body}{luhn([int(digit) for digit in body[2:]])}"


def _by_rule() -> Iterator[tuple[date, int]]:
    for first, last in _BOTH:
        for number in range((last - first).days + 1):
            yield first + _DAY * number, _WOMAN
            yield first + _DAY * number, _MAN
    for first, last, serial in _BY_TURNS:
        for number in range((last - first).days + 1):
            yield first + _DAY * number, serial if number % 2 == 0 else _WOMAN + _MAN - serial


def _date(value: str) -> date:
    return date(int(value[:4]), int(value[4:6]), int(value[6:8]))
