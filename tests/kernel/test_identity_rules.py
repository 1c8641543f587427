"""Identity numbers: the worked examples of the rules, one table a rule.

PN folkbokföringslagen (1991:481) 18 § · SN lagen (2022:1697) om samordningsnummer 2 kap. ·
NRID and local numbers: Inera's public descriptions · HSA and ORG: Inera, Bolagsverket.
"""

from datetime import date

import pytest

from samverka.kernel.identity import (
    IdentityKind,
    IdentityNumber,
    ReserveDomain,
    Sex,
    age,
    birthday,
    identity_from_system,
    parse_identity,
    same_hsa_id,
    turns,
)
from samverka.kernel.identity.checkdigit import luhn
from samverka.kernel.problems import Invalid

TODAY = date(2026, 11, 22)
PERSONAL = IdentityKind.PERSONNUMMER
COORDINATION = IdentityKind.SAMORDNINGSNUMMER
LOCAL = IdentityKind.LOCAL_RESERVE


def parse(text: str, today: date = TODAY) -> IdentityNumber:
    return parse_identity(text, today=today)


# PN-3, PN-5: the forms people type, and one canonical value
@pytest.mark.parametrize(
    "typed",
    ["196408233234", "19640823-3234", "640823-3234", "6408233234", " 640823 - 3234 ", "1964 08 23 3234",
     "640823–3234", "640823\u00a03234", "19640823+3234"],
)  # fmt: skip
def test_pn3_every_typed_form_gives_one_value(typed: str) -> None:
    number = parse(typed)
    assert (number.kind, number.value) == (PERSONAL, "196408233234")
    assert number.formatted() == "19640823-3234"


@pytest.mark.parametrize(("nine", "digit"), [("640823323", 4), ("811218987", 6), ("121212121", 2)])
def test_pn5_check_digit(nine: str, digit: int) -> None:
    assert luhn([int(figure) for figure in nine]) == digit


@pytest.mark.parametrize(
    ("typed", "sex"),
    [("811218-9876", Sex.MALE), ("198912312389", Sex.FEMALE), ("701063-2391", Sex.MALE)],
)
def test_pn1_odd_is_man_even_is_woman(typed: str, sex: Sex) -> None:
    assert parse(typed).sex is sex


# PN-2: "+" from 1 January of the year in which the person turns 100, not from the birthday
@pytest.mark.parametrize(
    ("typed", "today", "year"),
    [
        (
            "121212+1212",
            date(2012, 1, 1),
            1912,
        ),  # turns 100 in December: the plus is there in January
        ("121212+1212", date(2026, 11, 22), 1912),
        ("121212+1212", date(2011, 12, 31), 1812),  # a plus cannot mean 99 years
        ("121212-1212", date(2011, 12, 31), 1912),  # the last day with a hyphen
        ("121212-1212", date(2026, 11, 22), 2012),
        ("121212-1212", date(2012, 12, 12), 2012),  # born today
        ("1212121212", date(2012, 12, 11), 1912),  # no sign, tomorrow's date: only 1912 is left
        ("121212+1212", date(2112, 1, 1), 2012),
    ],
)
def test_pn2_the_sign_tells_the_century(typed: str, today: date, year: int) -> None:
    assert parse(typed, today).birth_date == date(year, 12, 12)


def test_pn2_a_hyphen_before_the_birthday_of_the_hundredth_year_is_explained() -> None:
    with pytest.raises(Invalid, match="inte varit än") as refusal:
        parse("121212-1212", date(2012, 6, 1))
    assert "plustecken" in refusal.value.mend


def test_pn4_the_date_is_what_the_number_carries() -> None:
    assert parse("19640823-3234").birth_date == date(1964, 8, 23)


# PN-8: a wrong check digit is refused when typed, taken from the register
def test_pn8_wrong_check_digit_only_from_the_register() -> None:
    with pytest.raises(Invalid, match="kontrollsiffran"):
        parse("640823-3235")
    old = parse_identity("640823-3235", today=TODAY, from_register=True)
    assert old.check_digit_is_right is False
    assert parse("640823-3234").check_digit_is_right is True


# SN-1, SN-2, SN-5
def test_sn1_sn5_day_plus_sixty() -> None:
    number = parse("701063-2391")
    assert (number.kind, number.value) == (COORDINATION, "197010632391")
    assert number.birth_date == date(1970, 10, 3)
    assert number.system == "http://electronichealth.se/identifier/samordningsnummer"


@pytest.mark.parametrize("typed", ["191500722390", "191711602399"])
def test_sn_unknown_month_or_day_has_no_birth_date(typed: str) -> None:
    """Both are in Skatteverket's published list of test samordningsnummer (2019)."""
    number = parse(typed)
    assert (number.kind, number.birth_date, number.age(TODAY)) == (COORDINATION, None, None)


def test_sn_wrong_check_digit_is_refused_from_the_register_too() -> None:
    with pytest.raises(Invalid, match="kontrollsiffran"):
        parse_identity("701063-2392", today=TODAY, from_register=True)


# AGE-1, AGE-3
@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2008, 2, 29), date(2026, 2, 27), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 18),  # plain comparison of tuples says 17
        (date(2008, 2, 29), date(2028, 2, 28), 19),  # a leap year has the day itself
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(1912, 12, 12), date(2012, 12, 11), 99),
        (date(1912, 12, 12), date(2012, 12, 12), 100),
        (date(2026, 11, 22), date(2026, 11, 22), 0),
    ],
)
def test_age1(born: date, on: date, years: int) -> None:
    assert age(born, on) == years


def test_age1_birthdays_of_those_born_on_29_february() -> None:
    assert birthday(date(2008, 2, 29), 2026) == date(2026, 2, 28)
    assert turns(18, date(2008, 2, 29)) == date(2026, 2, 28)
    assert turns(20, date(2008, 2, 29)) == date(2028, 2, 29)


def test_age_before_birth_is_a_fault() -> None:
    with pytest.raises(ValueError, match="before the birth"):
        age(date(2026, 1, 2), date(2026, 1, 1))


# Reserve numbers
@pytest.mark.parametrize(
    ("typed", "domain", "born", "sex"),
    [
        ("991981000010", ReserveDomain.STOCKHOLM, None, None),
        ("991945000023", ReserveDomain.STOCKHOLM, None, None),
        ("991993000032", ReserveDomain.STOCKHOLM, None, None),
        ("19810829M071", ReserveDomain.VASTRA_GOTALAND, date(1981, 8, 29), Sex.MALE),
        ("19450829K088", ReserveDomain.VASTRA_GOTALAND, date(1945, 8, 29), Sex.FEMALE),
        ("19930829-x802", ReserveDomain.VASTRA_GOTALAND, date(1993, 8, 29), None),
        ("19810829SF4A", ReserveDomain.VARMLAND, date(1981, 8, 29), Sex.FEMALE),
        ("19810829SX13", ReserveDomain.VARMLAND, date(1981, 8, 29), None),
        ("198108320014", ReserveDomain.INERA, None, None),
    ],
)
def test_local_reserve_numbers(
    typed: str, domain: ReserveDomain, born: date | None, sex: Sex | None
) -> None:
    number = parse(typed)
    assert (number.kind, number.domain, number.system) == (LOCAL, domain, f"urn:oid:{domain}")
    assert (number.birth_date, number.sex) == (born, sex)
    assert (number.age(TODAY) is None) is (born is None)


@pytest.mark.parametrize(
    ("typed", "born", "sex"),
    [
        ("98240301AA06", date(2024, 3, 1), Sex.FEMALE),  # HL7 Sweden's example patient
        ("22500101-AB12", date(1950, 1, 1), Sex.MALE),
        ("00002040AA06", None, Sex.FEMALE),
        ("97190228AAX3", date(1919, 2, 28), None),
    ],
)
def test_nrid(typed: str, born: date | None, sex: Sex | None) -> None:
    number = parse(typed)
    assert number.kind is IdentityKind.NATIONAL_RESERVE
    assert (number.birth_date, number.sex) == (born, sex)


@pytest.mark.parametrize(
    "typed",
    [
        "18500101AB12",  # 18–21 are never used
        "17500101AB12",  # 01–17 are kept for later
        "24500101AB12",  # would be the 22nd century
        "22501301AB12",  # no month 13
        "22500101IB12",  # I, O, Q, V and W are not used
        "22500101AB1X",  # the last is always a digit
        "00002039AA06",  # unknown birth: day 40–59
        "00001940AA06",  # unknown birth: month 20–99
        "19810829M072",  # check digit of Västra Götaland
        "19810829K051",  # serial 06–89
        "19810829SA4A",  # second letter of Värmland
        "991981000011",  # check digit of Stockholm
        "198108320015",  # check digit of Inera
        "198113320012",  # month 13
    ],
)
def test_what_is_no_reserve_number(typed: str) -> None:
    with pytest.raises(Invalid):
        parse(typed)


# HSA-1..4, ORG-1
def test_hsa_id_keeps_its_case_and_compares_without() -> None:
    one, other = parse("SE2321000214-ab12"), parse("se2321000214-AB12")
    assert one.kind is IdentityKind.HSA_ID
    assert (one.value, one == other, hash(one) == hash(other)) == ("SE2321000214-ab12", True, True)
    assert same_hsa_id("SE2321000214-ab12", "se2321000214-AB12")
    assert not same_hsa_id("SE2321000214-ab12", "SE2321000214-ab13")


@pytest.mark.parametrize(
    "typed",
    ["SE2321000214-", "SE2321000214-å1", "SE2321000214-a@b", "SE2321000214-" + "a" * 19, "SE232100021-a1"],
)  # fmt: skip
def test_hsa1_what_is_no_hsa_id(typed: str) -> None:
    with pytest.raises(Invalid):
        parse(typed)
    assert parse("SE2321000214-" + "a" * 18).kind is IdentityKind.HSA_ID  # 31 characters in all


@pytest.mark.parametrize("typed", ["232100-0214", "2321000016", "232100-0131", "162321000214"])
def test_org1_organisation_numbers(typed: str) -> None:
    number = parse(typed)
    assert number.kind is IdentityKind.ORGANISATION_NUMBER
    assert (len(number.value), number.system) == (10, "urn:oid:2.5.4.97")
    assert str(number) == number.formatted()  # a public number is not masked


def test_org1_wrong_check_digit() -> None:
    with pytest.raises(Invalid, match="kontrollsiffran"):
        parse("232100-0215")


# Refusals in words
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "saknas"),
        ("   ", "saknas"),
        ("64082332345", "11 siffror"),
        ("6408-233234", "fel ställe"),
        ("641323-3234", "Månaden är 13"),
        ("640023-3234", "Månaden är 00"),
        ("640832-3234", "Dagen 32"),
        ("640230-3234", "Dagen 30"),
        ("19000229-3234", "Dagen 29"),
        ("640823-0004", "000"),
        ("21640823-3234", "börjar med 21"),
        ("20270101-2383", "framtiden"),
        ("Anna Andersson", "känner vi inte igen"),
        ("SE12", "HSA-id"),
        ("1" * 41, "för många"),
        ("٦٤٠٨٢٣٣٢٣٤", "känner vi inte igen"),  # digits, but not ours
    ],
)
def test_a_refusal_says_what_is_wrong_and_how_to_mend(typed: str, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_identity(typed, today=TODAY, where="identity")
    assert words in str(refusal.value.message)
    assert refusal.value.mend
    assert refusal.value.where == "identity"


def test_a_kind_that_does_not_fit_is_refused_by_name() -> None:
    with pytest.raises(Invalid, match="organisationsnummer"):
        parse_identity("232100-0214", today=TODAY, allowed={PERSONAL})


# Names in messages, both ways
@pytest.mark.parametrize(
    ("system", "value", "kind", "sent"),
    [
        ("http://electronichealth.se/identifier/personnummer", "196408233234", PERSONAL, None),
        ("urn:oid:1.2.752.129.2.1.3.1", "19640823-3234", PERSONAL,
         "http://electronichealth.se/identifier/personnummer"),
        ("1.2.752.129.2.1.3.3", "197010632391", COORDINATION,
         "http://electronichealth.se/identifier/samordningsnummer"),
        ("http://electronichealth.se/identifier/nationelltReservnummer", "98240301AA06",
         IdentityKind.NATIONAL_RESERVE, None),
        ("http://electronichealth.se/identifier/nationelltReservnummer", "20210325K069",
         IdentityKind.NATIONAL_RESERVE, None),
        ("urn:oid:1.2.752.97.3.1.3", "991981000010", LOCAL, None),
        ("http://electronichealth.se/identifier/LMA-nummer", "12-345678", IdentityKind.LMA, None),
        ("urn:oid:1.2.752.29.4.19", "SE2321000214-ab12", IdentityKind.HSA_ID, None),
        ("urn:oid:1.2.752.129.2.1.4.1", "SE2321000214-ab12", IdentityKind.HSA_ID,
         "urn:oid:1.2.752.29.4.19"),
        ("urn:oid:2.5.4.97", "2321000214", IdentityKind.ORGANISATION_NUMBER, None),
    ],
)  # fmt: skip
def test_systems_both_ways(system: str, value: str, kind: IdentityKind, sent: str | None) -> None:
    number = identity_from_system(system, value, today=TODAY)
    assert number is not None
    assert (number.kind, number.system) == (kind, sent or system)


def test_oids_for_rivta() -> None:
    assert parse("19640823-3234").oid == "1.2.752.129.2.1.3.1"
    assert parse("SE2321000214-a").oid == "1.2.752.129.2.1.4.1"
    assert parse("991981000010").oid == "1.2.752.97.3.1.3"


def test_the_older_national_form_carries_its_birth_date() -> None:
    number = identity_from_system(
        "http://electronichealth.se/identifier/nationelltReservnummer", "20210325K069", today=TODAY
    )
    assert number is not None
    assert (number.birth_date, number.sex) == (date(2021, 3, 25), Sex.FEMALE)


def test_an_unknown_system_is_none_not_a_guess() -> None:
    assert identity_from_system("https://example.org/mrn", "196408233234", today=TODAY) is None
    assert identity_from_system("", "196408233234", today=TODAY) is None


@pytest.mark.parametrize(
    ("system", "value", "words"),
    [
        ("http://electronichealth.se/identifier/personnummer", "197010632391", "samordningsnummer"),
        ("http://electronichealth.se/identifier/nationelltReservnummer", "196408233234", "formen"),
        ("urn:oid:1.2.752.97.3.1.3", "19810829M071", "formen"),
    ],
)
def test_a_value_that_does_not_fit_its_system_is_refused(
    system: str, value: str, words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        identity_from_system(system, value, today=TODAY)


# Never in a log
def test_masked() -> None:
    number = parse("19121212-1212")
    assert number.masked() == "19121212-****"
    assert number.masked(year_only=True) == "1912"
    lma = identity_from_system(
        "http://electronichealth.se/identifier/LMA-nummer", "12345678", today=TODAY
    )
    assert str(lma) == "****"


@pytest.mark.parametrize("show", [str, repr, "{}".format, lambda n: f"{n!r} {n} {[n]}"])
def test_neither_str_nor_repr_nor_a_format_gives_the_number_away(show: object) -> None:
    shown = show(parse("196408233234"))  # type: ignore[operator]
    assert "3234" not in shown
    assert "19640823-****" in shown
