"""Why this day: in whole sentences to staff, in short words to the person."""

from __future__ import annotations

import pytest

from samverka.guarantee.rules import (
    DUTY_WORDS,
    PART_WORDS,
    REASON_WORDS,
    STATUS_WORDS,
    ClockStatus,
    DutyStatus,
    Elsewhere,
    Ended,
    Ending,
    Part,
    Reason,
    explain,
    judge_clock,
    judge_duty,
    to_person,
)
from samverka.guarantee.rules.facts import ENDING_WORDS
from samverka.kernel.text import in_language
from tests.guarantee.waits import (
    abstained,
    assessed,
    at,
    day,
    decided,
    hindered,
    referred,
    sought,
    visited,
)
from tests.readability import lix

EASY = 30.0
"""The highest LIX of what the person reads."""


def told(wait, when: str) -> list[str]:
    return [str(one) for one in explain(judge_clock(wait, at(when)))]


def test_a_referral_that_runs() -> None:
    wait = referred(
        "2024-01-10",
        referral_received_at=at("2024-01-31"),
        pauses=(hindered("2024-02-01", "2024-02-12"),),
    )
    assert told(wait, "2024-03-01") == [
        "Tiden räknas från 10 januari 2024, då remissen skrevs.",
        "Att remissen kom fram 31 januari 2024 ändrar inget.",
        (
            "Gränsen är 90 dagar (hälso- och sjukvårdsförordningen 6 kap. 1 § 3). "
            "Alla dagar räknas, också helger."
        ),
        "12 dagar från 1 februari 2024 till 12 februari 2024 räknas inte: medicinska skäl.",
        "Sista dagen är 21 april 2024.",
        "Dagen är en lördag eller söndag, men flyttas inte fram. Sista vardag före är 19 april 2024.",
        "I dag är dag 39 av 90.",
    ]


def test_days_to_come_are_told_in_full() -> None:
    """On the fifth of the twelve days."""
    wait = referred("2024-01-10", pauses=(hindered("2024-02-01", "2024-02-12"),))
    assert (
        "12 dagar från 1 februari 2024 till 12 februari 2024 räknas inte: medicinska skäl."
        in told(wait, "2024-02-05")
    )


def test_a_last_day_on_a_holiday_says_so() -> None:
    assert told(sought("2025-06-18", Part.ASSESSMENT), "2025-06-19")[-3:] == [
        "Sista dagen är 21 juni 2025.",
        "Dagen är helg (midsommardagen), men flyttas inte fram. Sista vardag före är 19 juni 2025.",
        "I dag är dag 1 av 3.",
    ]


def test_a_no_that_does_not_hold_is_explained() -> None:
    no = abstained(
        "2024-03-01", None, informed=None, made="2024-02-01", care="2024-02-20", no="2024-02-05"
    )
    assert (
        "Inga dagar dras av (personen har avstått från en tid inom garantin). "
        "Personen hade inte fått veta om vårdgarantin innan."
    ) in told(referred("2024-01-10", pauses=(no,)), "2024-03-05")


def test_a_contact_that_does_not_count_is_explained() -> None:
    wait = sought("2025-06-18", Part.ASSESSMENT, contacts=(assessed("2025-06-20 00:30", None),))
    assert (
        "Kontakten 20 juni 2025 räknas inte. Bedömningen gjordes inte av läkare eller annan "
        "legitimerad personal." in told(wait, "2025-06-20 09:00")
    )


def test_what_is_over() -> None:
    met = referred("2024-01-10", contacts=(visited("2024-04-09"),))
    assert told(met, "2024-05-01")[-1] == "Det skedde 9 april 2024, i tid."
    late = referred("2024-01-10", contacts=(visited("2024-04-10"),))
    assert told(late, "2024-05-01")[-1] == "Det skedde 10 april 2024, 1 dag för sent."
    assert (
        told(referred("2024-01-10"), "2024-04-21")[-1] == "Gränsen passerades för 12 dagar sedan."
    )
    ended = referred("2024-01-10", ended=Ended(on=day("2024-04-12"), why=Ending.NOT_NEEDED))
    assert told(ended, "2024-05-01")[-2:] == [
        "Väntan slutade 12 april 2024: vården behövs inte längre.",
        "Gränsen hade redan passerat då.",
    ]


def test_the_duty_says_what_the_law_does_not() -> None:
    duty = judge_duty(judge_clock(referred("2024-01-10"), at("2024-04-10")))
    assert duty.because[-1] == "Lagen säger inte inom hur många dagar. Gör det genast."
    assert "hälso- och sjukvårdslagen 9 kap. 2 §" in duty.because[0]


def test_to_the_person() -> None:
    clock = judge_clock(referred("2024-01-10"), at("2024-03-06"))
    assert [str(one) for one in to_person(clock)] == [
        "Du ska få ditt första besök senast 9 april 2024.",
        "Det är 34 dagar kvar.",
        "Vi räknar från den dag då din remiss skrevs. Det var 10 januari 2024.",
    ]


def _offer(accepted: bool | None) -> Elsewhere:
    return Elsewhere(
        offered_on=day("2024-04-15"), care_on=day("2024-05-20"), where="Kliniken", accepted=accepted
    )


ALL = [
    *((wait, when, ()) for when in ("2024-01-10 13:00", "2024-01-11", "2024-05-01") for wait in (
        sought("2024-01-10"), sought("2024-01-10", Part.ASSESSMENT), referred("2024-01-10"),
        decided("2024-01-10"),
        decided("2024-01-10", pauses=(hindered("2024-01-11"),)),
        decided("2024-01-10", pauses=(hindered("2024-01-11", "2024-01-12"),)),
        referred("2024-01-10", contacts=(visited("2024-01-10 12:30"),)),
    )),
    *((referred("2024-01-10"), "2024-05-01", (_offer(one),)) for one in (None, True, False)),
]  # fmt: skip


@pytest.mark.parametrize(("wait", "when", "offers"), ALL)
def test_what_the_person_reads_is_easy(wait, when, offers) -> None:
    clock = judge_clock(wait, at(when))
    said = to_person(clock, judge_duty(clock, offers))
    assert said
    assert lix(" ".join(said)) <= EASY, said


@pytest.mark.parametrize(("wait", "when", "offers"), ALL)
def test_every_sentence_can_be_said_in_another_language(wait, when, offers) -> None:
    clock = judge_clock(wait, at(when))
    duty = judge_duty(clock, offers)
    for one in (*explain(clock), *to_person(clock, duty), *duty.because):
        assert in_language(one, lambda msgid: f"«{msgid}»").startswith("«")


def test_every_value_has_its_word() -> None:
    for words, values in (
        (STATUS_WORDS, ClockStatus),
        (DUTY_WORDS, DutyStatus),
        (PART_WORDS, Part),
        (REASON_WORDS, Reason),
        (ENDING_WORDS, Ending),
    ):
        assert set(words) == set(values)
