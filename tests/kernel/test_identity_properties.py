"""Identity numbers: what holds for every number and every text."""

from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st
from personnummer.personnummer import valid

from samverka.kernel.identity import (
    IdentityKind,
    IdentityNumber,
    ReserveDomain,
    age,
    parse_identity,
)
from samverka.kernel.identity.checkdigit import ends_right, luhn
from samverka.kernel.identity.reserve import inera_number, local_domain_of, read_nrid
from samverka.kernel.problems import Invalid

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(1840, 1, 1), TODAY)
SERIALS = st.integers(1, 999)
LETTERS = "ABCDEFGHJKLMNPRSTUXYZ"  # without I, O, Q, V and W


def with_check(body: str, *, skip: int = 2) -> str:
    return body + str(luhn([int(digit) for digit in body[skip:]]))


@st.composite
def civil_numbers(draw: st.DrawFn) -> IdentityNumber:
    born, serial = draw(DAYS), draw(SERIALS)
    coordination = draw(st.booleans())
    day = born.day + (60 if coordination else 0)
    value = with_check(f"{born:%Y%m}{day:02}{serial:03}")
    kind = IdentityKind.SAMORDNINGSNUMMER if coordination else IdentityKind.PERSONNUMMER
    return IdentityNumber(kind, value)


@st.composite
def national_reserve_numbers(draw: st.DrawFn) -> IdentityNumber:
    born, step = draw(st.dates(date(1900, 1, 1), TODAY)), draw(st.integers(1, 26))
    letters = draw(st.text(LETTERS, min_size=2, max_size=2))
    ending = draw(st.integers(0, 99))
    value = f"{born.year // 100 + 3 * step}{born:%y%m%d}{letters}{ending:02}"
    return IdentityNumber(IdentityKind.NATIONAL_RESERVE, value)


@st.composite
def local_reserve_numbers(draw: st.DrawFn) -> IdentityNumber:
    year, month, slot = (
        draw(st.integers(1900, 2026)),
        draw(st.integers(1, 12)),
        draw(st.integers(0, 27_999)),
    )
    stockholm = with_check(f"99{year}{slot:05}", skip=4)
    inera = inera_number(year, month, slot)
    domain, value = draw(
        st.sampled_from([(ReserveDomain.STOCKHOLM, stockholm), (ReserveDomain.INERA, inera)])
    )
    return IdentityNumber(IdentityKind.LOCAL_RESERVE, value, domain)


@st.composite
def organisation_numbers(draw: st.DrawFn) -> IdentityNumber:
    body = f"{draw(st.integers(10, 99))}{draw(st.integers(20, 99))}{draw(st.integers(0, 99999)):05}"
    return IdentityNumber(IdentityKind.ORGANISATION_NUMBER, with_check(body, skip=0))


HSA_IDS = st.from_regex(r"\ASE[0-9]{10}-[A-Za-z0-9]{1,18}\Z").map(
    lambda value: IdentityNumber(IdentityKind.HSA_ID, value)
)
PERSONS = civil_numbers() | national_reserve_numbers() | local_reserve_numbers()
NUMBERS = PERSONS | organisation_numbers() | HSA_IDS


@given(st.text(max_size=60) | st.text("0123456789-+ SEKMX", max_size=16))
@example("\ud800")
@example("0000000000")
@example("99999999-9999")
@example("²³¼½²³¼½²³")
def test_any_text_is_a_number_or_refused_in_words(text: str) -> None:
    try:
        number = parse_identity(text, today=TODAY)
    except Invalid:
        return
    assert number.formatted()
    assert number.masked()


@given(st.text("0123456789", min_size=12, max_size=12), st.booleans())
def test_any_twelve_digits_are_a_number_or_refused_in_words(text: str, register: bool) -> None:
    try:
        number = parse_identity(text, today=TODAY, from_register=register)
    except Invalid:
        return
    assert number.birth_date is None or number.birth_date <= TODAY


@given(NUMBERS)
def test_what_is_written_is_read_back(number: IdentityNumber) -> None:
    read = parse_identity(number.formatted(), today=TODAY)
    assert read == number
    assert read.value == number.value


@given(civil_numbers())
def test_ten_digits_with_the_right_sign_are_read_back(number: IdentityNumber) -> None:
    born = number.birth_date
    assert born
    if TODAY.year - born.year >= 200:
        return
    sign = "+" if TODAY.year - born.year >= 100 else "-"
    short = f"{number.value[2:8]}{sign}{number.value[8:]}"
    assert parse_identity(short, today=TODAY) == number


@given(PERSONS)
def test_what_is_masked_ends_with_four_stars_and_keeps_nothing_after_the_date(
    number: IdentityNumber,
) -> None:
    for shown in (number.masked(), str(number), repr(number)):
        assert number.value[:8] + "-****" in shown
        assert number.value[8:] not in shown.replace(number.value[:8], "")
    assert number.masked(year_only=True) == number.value[:4]


@given(NUMBERS, st.data())
def test_no_refusal_repeats_the_number(number: IdentityNumber, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(number.value) - 1))
    broken = (
        number.value[:place] + data.draw(st.sampled_from("0123456789Ö")) + number.value[place + 1 :]
    )
    try:
        parse_identity(broken, today=TODAY)
    except Invalid as refusal:
        said = str(refusal).replace("19121212-1212", "")  # our own example
        assert broken not in said
        assert broken[-4:] not in said or broken[-4:] in ("0000",)


@given(civil_numbers(), st.data())
def test_one_wrong_digit_is_always_found(number: IdentityNumber, data: st.DataObject) -> None:
    place = data.draw(st.integers(2, 11))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != number.value[place]]))
    assert not ends_right((number.value[:place] + other + number.value[place + 1 :])[2:])


@given(st.dates(date(1900, 1, 1), TODAY), SERIALS, st.integers(0, 9))
def test_we_agree_with_the_package_on_twelve_digits(born: date, serial: int, check: int) -> None:
    text = f"{born:%Y%m%d}{serial:03}{check}"
    try:
        parse_identity(text, today=TODAY)
        ours = True
    except Invalid:
        ours = False
    assert ours is valid(text)


@given(DAYS, st.integers(0, 40_000), st.integers(0, 400))
def test_age_never_falls_and_grows_by_one_a_year(born: date, wait: int, more: int) -> None:
    on = born + timedelta(days=wait)
    later = on + timedelta(days=more)
    assert age(born, on) <= age(born, later) <= age(born, on) + more // 365 + 1
    assert age(born, born) == 0


@given(st.integers(1900, 2026), st.integers(1, 12), st.integers(0, 27_999))
def test_stand_in_numbers_cannot_be_a_personnummer(year: int, month: int, slot: int) -> None:
    value = inera_number(year, month, slot)
    assert local_domain_of(value) is ReserveDomain.INERA
    assert not valid(value)
    assert read_nrid(value) is None
