"""Who lives in the county: everyone with a birth day, maybe a day of death, and what they need. DuckDB's SQL.

`first_day`, `last_day` and `seed` are the engine's variables; `luck` is a number between 0 and 1 that a thing always
gets, `times` how often something happens that is expected so and so often, `days` a waiting time with that mean.
"""

from __future__ import annotations

from typing import Final

MACROS: Final = (
    """CREATE MACRO luck(who, what, number) AS
       (hash(who, what, number, getvariable('seed')) % 1000003 + 0.5) / 1000003""",
    "CREATE MACRO times(luck, rate) AS floor(ln(luck) / ln(rate / (1 + rate)))::BIGINT",
    "CREATE MACRO days(luck, mean) AS floor(-ln(luck) * mean)::INT",
    "CREATE MACRO age_on(born, day) AS date_sub('year', born, day)",
    """CREATE MACRO some_day(luck, year) AS
       make_date(year, 1, 1) + floor(luck * (make_date(year + 1, 1, 1) - make_date(year, 1, 1)))::INT""",
    "CREATE MACRO weekday(day) AS day - (greatest(0, isodow(day) - 5))::INT",
    "CREATE MACRO day_key(who, what, number) AS (hash(who, what, number, getvariable('seed')) >> 1)::BIGINT",
    "CREATE MACRO one_of(list, luck) AS list[1 + floor(luck * len(list))::INT]",
    "CREATE MACRO team(has, day) AS has AND day >= getvariable('team_from')",
    """CREATE MACRO years_in(day) AS (day - getvariable('first_day')) / 365.25""",
)
"""`day_key` is a pseudonym for a thing; `years_in` how far into the history a day is."""

PERSON: Final = """
CREATE TEMP TABLE person AS
WITH living_then AS (
    SELECT code, sex, year(getvariable('first_day')) - 1 - age AS born_year, n FROM living
    UNION ALL
    SELECT code, sex, unnest(range(year(getvariable('first_day')), year(getvariable('last_day')) + 1)), n
    FROM living WHERE age = 0),
each AS (
    SELECT (hash('demo-historik', getvariable('seed'), code, sex, born_year, number) >> 1)::BIGINT AS person_key,
           code, sex, born_year
    FROM (SELECT *, unnest(range(n)) AS number FROM living_then)),
born AS (
    SELECT *, some_day(luck(person_key, 'born', 0), born_year) AS born_on,
           0.35 - 0.65 * ln(luck(person_key, 'frail', 0)) AS frail, luck(person_key, 'centre', 0) AS choice,
           90 + 6 * ln(luck(person_key, 'care', 0) / (1 - luck(person_key, 'care', 0))) AS care_age,
           list_min(list_filter(range(year(getvariable('first_day')), year(getvariable('last_day')) + 1),
               lambda y: y > born_year
                   AND luck(person_key, 'dead', y) < least(0.6, 0.000027 * exp(0.0965 * (y - born_year)))))
               AS died_year
    FROM each),
needing AS (
    SELECT *, born_on + (365.25 * greatest(care_age, 60))::INT AS care_from,
           some_day(luck(person_key, 'died on', 0), died_year::INT) AS died_on,
           luck(person_key, 'mental', 0) < 0.05 AND born_year < 2012 AS mental,
           luck(person_key, 'addiction', 0) < 0.009 AND born_year < 2004 AS addiction,
           luck(person_key, 'carer', 0) < 0.035 AND born_year BETWEEN 1935 AND 1985 AS carer FROM born)
SELECT person_key, needing.code AS municipality, sex, born_on, died_on, frail, centre.unit AS listed_unit,
       centre.missing, place.waits, place.falls, place.seen, place.same, place.plans, place.team,
       home.home_care AS care_unit, home.home_nursing AS nursing_unit, home.needs AS needs_unit,
       CASE WHEN care_age < 125 AND luck(person_key, 'wants care', 0) < 0.75 THEN care_from END AS care_from,
       care_from + 120 + days(luck(person_key, 'nursed', 0), 300) AS nursed_from,
       care_from + 700 + days(luck(person_key, 'moves', 0), 1400) AS moved_from,
       mental, addiction, nullif(concat_ws(' ', CASE WHEN mental THEN 'mental' END, CASE WHEN addiction THEN 'addiction' END,
                                           CASE WHEN carer THEN 'carers' END), '') AS steady
FROM needing
JOIN centre ON centre.code = needing.code AND choice >= centre.low AND choice < centre.high
JOIN place ON place.code = needing.code
JOIN home ON home.code = needing.code
ORDER BY person_key
"""

PERSON_MONTH: Final = """
WITH months AS (
    SELECT *, unnest(list_transform(range(1, least(13, 1 + date_diff('month', make_date(getvariable('year'), 1, 1),
                                                                     getvariable('last_day') + 1))),
                                    lambda n: make_date(getvariable('year'), n::INT, 1))) AS month
    FROM person WHERE year(born_on) <= getvariable('year') AND (died_on IS NULL OR year(died_on) >= getvariable('year'))),
dated AS (
    SELECT *, last_day(month) AS ends FROM months
    WHERE born_on <= last_day(month) AND (died_on IS NULL OR died_on > last_day(month))),
aged AS (SELECT *, age_on(born_on, ends) AS age FROM dated)
SELECT person_key, municipality, sex, age, listed_unit AS unit, 'region' AS side, person_key AS source_key, month, listed_unit,
       coalesce(care_from <= ends AND moved_from > ends, FALSE) AS home_care,
       coalesce(nursed_from <= ends AND care_from IS NOT NULL, FALSE) AS home_nursing,
       coalesce(moved_from <= ends AND care_from IS NOT NULL, FALSE) AS care_home,
       CASE WHEN age < 18 THEN concat_ws(' ', 'children', steady) WHEN age >= 65 THEN concat_ws(' ', 'elderly', steady)
            ELSE coalesce(steady, '') END AS groups
FROM aged
"""
"""The whole months: the one that runs has no last day yet."""
