"""Numbers for demonstrations: only listed ones, each once, near the wanted birth date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from personnummer.personnummer import valid

from samverka.kernel import testseries
from samverka.kernel.identity import (
    IdentityKind,
    IdentityNumber,
    ReserveDomain,
    Sex,
    parse_identity,
)
from samverka.kernel.identity.checkdigit import luhn
from samverka.kernel.problems import NotNow
from samverka.kernel.testseries_listed import LISTED

TODAY = date(2026, 11, 22)
WOMEN_AND_MEN = 16_847
BIRTHS = st.dates(date(1922, 1, 1), TODAY)
SEXES = st.sampled_from(Sex)


def is_test(value: str) -> bool:
    return testseries.is_test_number(IdentityNumber(IdentityKind.PERSONNUMMER, value))


# Entries of Skatteverket's published list, one or more from each stretch of days
@pytest.mark.parametrize(
    "listed",
    [
        "192001011564", "193510183399", "194001079120", "195009072553", "196408233234", "196604072618",
        "197511199288", "197601022382", "197604302393", "197809222388", "197912312381", "198001022386",
        "198011302380", "198212302387", "198305112388", "198702282396", "198803152381", "198911302399",
        "199109142381", "199205142392", "199309012392", "199505312398", "199610192396", "199907052386",
        "200002292399", "200002292381", "200112312384", "200207152380", "200505092395", "200608312385",
        "200802292391", "200908012388", "201011302385", "201110312392", "201401012396", "201403182395",
        "201512312396", "201602292383", "201702272384", "201702282383", "201706302385", "201710232396",
        "201710242395", "201712312394", "201901012391", "201912312392", "202001312392", "202004192387",
        "202004212391", "202005052390", "202005072380", "202101122394", "202102062391", "202108222395",
        "202112312380", "202207112380", "202207132396", "202209012398", "202209032388", "202212312397",
        "202303072389", "202303092395", "202306222387", "202311042390", "202312312388", "202401012394",
        "202402292383", "202412312387",
    ],
)  # fmt: skip
def test_entries_of_the_published_list_are_known(listed: str) -> None:
    assert is_test(listed)


# Well-formed numbers that the published list lacks: they may be a person's, so they are not written out
@pytest.mark.parametrize(
    ("day", "serial"),
    [
        ("19891220", "238"), ("20001218", "238"), ("20010303", "239"), ("20011104", "238"),
        ("20050509", "238"), ("20101211", "238"), ("20140317", "238"), ("20161026", "238"),
        ("20200420", "239"), ("20220712", "239"), ("20220902", "238"), ("20230308", "239"),
        ("20190101", "238"),  # the other serial of a day with one
        ("19810927", "238"),  # in a stretch that was not counted
        ("19500907", "256"), ("19400107", "980"),
    ],
)  # fmt: skip
def test_what_the_list_lacks_is_not_given(day: str, serial: str) -> None:
    digit = luhn([int(figure) for figure in day[2:] + serial])
    assert not is_test(f"{day}{serial}{digit}")


def test_every_number_is_sound_and_of_its_day() -> None:
    for sex in Sex:
        for day, value in testseries._listed(sex):
            number = parse_identity(value, today=TODAY)
            assert valid(value)
            assert (number.kind, number.birth_date, number.sex) == (
                IdentityKind.PERSONNUMMER,
                day,
                sex,
            )


def test_there_are_as_many_as_were_counted() -> None:
    assert sum(len(entries.split()) for entries in LISTED.values()) == 1868
    assert len(testseries._known()) == WOMEN_AND_MEN
    assert sorted(LISTED) == list(range(1920, 1976))


@given(BIRTHS, SEXES, st.integers(0, 200))
def test_a_test_number_is_listed_and_of_the_sex(birth_date: date, sex: Sex, n: int) -> None:
    number = testseries.test_number(birth_date, sex, n)
    assert testseries.is_test_number(number)
    assert number.sex is sex


@given(BIRTHS, SEXES)
def test_the_n_first_are_different_and_ever_further_away(birth_date: date, sex: Sex) -> None:
    numbers = [testseries.test_number(birth_date, sex, n) for n in range(30)]
    away = [abs((number.birth_date or date.max) - birth_date) for number in numbers]
    assert len(set(numbers)) == 30
    assert away == sorted(away)


@given(st.dates(date(1922, 1, 1), date(2024, 12, 31)), SEXES)
def test_the_first_is_within_500_days(birth_date: date, sex: Sex) -> None:
    found = testseries.test_number(birth_date, sex, 0).birth_date
    assert found
    assert abs(found - birth_date) < timedelta(days=500)


def test_asking_for_more_than_there_are_is_refused() -> None:
    with pytest.raises(NotNow, match="testnummer"):
        testseries.test_number(TODAY, Sex.MALE, WOMEN_AND_MEN)
    with pytest.raises(NotNow):
        testseries.test_number(TODAY, Sex.MALE, -1)


def test_all_of_a_sex_can_be_walked_through() -> None:
    supply = testseries.NumberSupply()
    last = supply.left(Sex.FEMALE) - 1
    assert testseries.test_number(date(1990, 1, 1), Sex.FEMALE, last).birth_date == date(1920, 1, 1)


def test_the_supply_hands_out_each_number_once_and_the_same_way_every_time() -> None:
    def taken() -> list[str]:
        supply = testseries.NumberSupply()
        return [
            supply.take(date(1940, 5, 1) + timedelta(days=step % 7), Sex.FEMALE).value
            for step in range(40)
        ]

    assert len(set(taken())) == 40
    assert taken() == taken()


def test_the_supply_takes_the_nearest_first_and_ends_in_words() -> None:
    supply = testseries.NumberSupply()
    assert supply.take(date(2000, 2, 29), Sex.MALE).value == "200002292399"
    second = supply.take(date(2000, 2, 29), Sex.MALE).birth_date
    assert second in (date(2000, 2, 28), date(2000, 3, 1))
    assert supply.take(date(1972, 5, 16), Sex.FEMALE, within=timedelta(days=1)).birth_date == date(
        1972, 5, 16
    )
    with pytest.raises(NotNow, match="1972"):
        supply.take(date(1972, 5, 16), Sex.FEMALE, within=timedelta(days=1))


def test_a_whole_county_gets_different_numbers() -> None:
    supply = testseries.NumberSupply()
    born = [date(1926, 1, 1) + timedelta(days=9 * step) for step in range(4_000)]
    numbers = [supply.take_or_stand_in(day, Sex.FEMALE) for day in born]
    stand_ins = [number for number in numbers if number.kind is IdentityKind.LOCAL_RESERVE]
    assert len(set(numbers)) == 4_000
    assert 0 < len(stand_ins) < 2_000
    for day, number in zip(born, numbers, strict=True):
        if number in stand_ins:
            assert number.value[:6] == f"{day:%Y%m}"
        else:
            assert testseries.is_test_number(number)


@given(BIRTHS, st.integers(0, 27_999))
def test_a_stand_in_is_no_personnummer_and_reads_back(birth_date: date, n: int) -> None:
    number = testseries.stand_in_number(birth_date, n)
    assert not valid(number.value)
    assert number.domain == ReserveDomain.INERA
    assert parse_identity(number.formatted(), today=TODAY) == number
    assert not testseries.is_test_number(number)


def test_a_month_has_an_end_of_stand_ins() -> None:
    with pytest.raises(ValueError, match="slot"):
        testseries.stand_in_number(TODAY, 28_000)
