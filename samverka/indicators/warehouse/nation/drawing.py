"""How each fact of the made-up nation is drawn: DuckDB's SQL, with the year and the seed as `$year` and `$seed`.

A hash of the person, the year and a running number stands for chance. Columns that are not here are empty.
"""

from __future__ import annotations

from typing import Final

PERSON: Final = """
SELECT (hash($seed, code, sex, age, number) >> 1)::BIGINT AS person_key, code AS municipality, county, sex,
       $last_year - age AS born_year, (hash($seed, code, sex, age, number, 'birthday') % 365)::INT AS born_day,
       printf('SE%s-U%04d', code, (hash($seed, code, sex, age, number, 'centre')
              % greatest(1, total // 9000))::INT) AS unit
FROM (SELECT *, unnest(range(many)) AS number
      FROM (SELECT *, floor(n * $growth + (hash($seed, code, sex, age) % 1000) / 1000)::BIGINT AS many,
                   (sum(n) OVER (PARTITION BY code))::BIGINT AS total FROM living))
ORDER BY person_key
"""
"""Whoever lives in the county at the end of the last year."""

PERSON_MONTH: Final = """
SELECT person_key, municipality, sex, $year - born_year AS age, unit,
       'region' AS side, person_key AS source_key,
       make_date($year, 12, 1) AS month, unit AS listed_unit, FALSE AS home_care, FALSE AS home_nursing,
       FALSE AS care_home
FROM person WHERE born_year <= $year
"""
"""December: the population on its last day."""

STAY: Final = """
WITH often AS (
    SELECT *, CASE WHEN $year - born_year < 18 THEN 0.055 WHEN $year - born_year < 65 THEN 0.105
                   WHEN $year - born_year < 80 THEN 0.30 ELSE 0.56 END AS rate,
           ((hash(person_key, $year, $seed) % 1000000) + 1) / 1000001 AS luck,
           (hash(person_key, $year, $seed, 'first') % 365)::INT AS first_day
    FROM person WHERE born_year < $year),
drawn AS (
    SELECT *, (hash(person_key, $year, $seed, number) >> 1)::BIGINT AS h
    FROM (SELECT *, unnest(range(floor(ln(luck) / ln(rate / (1 + rate)))::BIGINT)) AS number FROM often)),
dated AS (
    SELECT *, make_date($year, 1, 1) + (first_day + number * (8 + h % 60))::INT AS came,
           floor(-ln(((h >> 8) % 10000 + 1) / 10001) * 4.5)::INT AS days,
           unnest(range(1 + ((h >> 24) % 100 < 6)::BIGINT))::INT AS moved
    FROM drawn)
SELECT person_key, municipality, sex,
       $year - born_year - (dayofyear(came) <= born_day)::INT AS age,
       'SE' || county || '-H' || ((h >> 30) % 40)::TEXT AS unit, 'region' AS side,
       person_key + number * 2 + moved AS source_key,
       person_key + number * 2 + moved AS stay_key,
       came + moved * days AS admitted_on,
       came + days + moved * ((h >> 40) % 9)::INT AS discharged_on,
       (h >> 32) % 100 < 38 AS planned,
       ['I509', 'J441', 'E119', 'J459', 'S720', 'I639', 'K359', 'F329', 'N390', 'C509'][1 + (h >> 36) % 10]
           AS diagnosis,
       CASE WHEN (h >> 16) % 100 < 11 AND $year - born_year >= 65
            THEN ['W01', 'W06', 'W10', 'W18', 'W19', 'W20'][1 + (h >> 44) % 6] END AS cause,
       CASE WHEN (h >> 48) % 100 < 3 THEN 'dead' WHEN (h >> 48) % 100 < 12 THEN 'care-home' ELSE 'home' END
           AS discharged_to,
       (h >> 52) % 100 < 93 AS somatic
FROM dated WHERE year(came + moved * days) = $year
"""

CONTACT: Final = """
WITH often AS (
    SELECT *, CASE WHEN $year - born_year < 18 THEN 2.2 WHEN $year - born_year < 65 THEN 2.95
                   WHEN $year - born_year < 80 THEN 5.9 ELSE 7.6 END AS rate,
           ((hash(person_key, $year, $seed, 'contacts') % 1000000) + 1) / 1000001 AS luck,
           (hash(person_key, $seed, 'carer') % 14)::INT AS own_carer
    FROM person WHERE born_year < $year),
drawn AS (
    SELECT *, (hash(person_key, $year, $seed, number, 'contact') >> 1)::BIGINT AS h
    FROM (SELECT *, unnest(range(floor(ln(luck) / ln(rate / (1 + rate)))::BIGINT)) AS number FROM often)),
dated AS (
    SELECT *, make_date($year, 1, 1) + (h % 365)::INT AS day, (h >> 10) % 100 AS place, (h >> 20) % 100 AS who,
           (h >> 30) % 100 < 45 AS new FROM drawn)
SELECT person_key, municipality, sex,
       $year - born_year - (dayofyear(day) <= born_day)::INT AS age,
       CASE WHEN place < 68 THEN unit ELSE 'SE' || county || '-H' || (who % 40)::TEXT END AS unit,
       CASE WHEN place < 97 THEN 'region' ELSE 'municipality' END AS side,
       person_key + number AS source_key, person_key + number AS contact_key,
       day AS happened_on,
       CASE WHEN place < 70 THEN 'primary' WHEN place < 91 THEN 'special' WHEN place < 97 THEN 'emergency'
            ELSE 'municipal' END AS level,
       ['clinic', 'clinic', 'clinic', 'home', 'video', 'phone'][1 + (h >> 34) % 6] AS way,
       CASE WHEN who < 45 THEN 'doctor' WHEN who < 80 THEN 'nurse' WHEN who < 94 THEN 'physiotherapist'
            ELSE 'psychologist' END AS profession,
       (hash(unit) >> 8)::BIGINT + CASE WHEN (h >> 40) % 100 < 48 THEN own_carer ELSE (h >> 44) % 14 END
           AS carer_key,
       who < 97 AS licensed, (h >> 38) % 100 < 70 AS planned, new AS new_problem,
       CASE WHEN new AND place < 70 AND (h >> 48) % 100 < 92
            THEN day - floor(-ln(((h >> 50) % 1000 + 1) / 1001) * 1.7)::INT END AS decided_on,
       (h >> 54) % 100 < 4 AS chose_longer, (h >> 56) % 100 < 1 AS mobile
FROM dated
"""

DISCHARGE: Final = """
WITH often AS (
    SELECT *, (hash(person_key, $year, $seed, 'home') >> 1)::BIGINT AS h FROM person
    WHERE born_year < $year
      AND hash(person_key, $year, $seed, 'home') % 1000 <
          CASE WHEN $year - born_year < 65 THEN 2 WHEN $year - born_year < 80 THEN 31 ELSE 118 END),
dated AS (
    SELECT *, make_date($year, 1, 1) + ((h >> 12) % 365)::INT AS came, 3 + ((h >> 24) % 12)::INT AS ill,
           CASE WHEN (h >> 32) % 100 < 45 THEN 0
                ELSE 1 + floor(-ln(((h >> 40) % 1000 + 1) / 1001) * 3)::INT END AS waits
    FROM often)
SELECT person_key, municipality, sex,
       $year - born_year - (dayofyear(came) <= born_day)::INT AS age,
       'SE' || county || '-H' || ((h >> 30) % 40)::TEXT AS unit, 'region' AS side,
       person_key AS source_key, person_key AS case_key, came AS admitted_on,
       came AS needs_judged_on, came AS notice_on, came AS notice_received_on, came + ill AS ready_on,
       came + ill + waits AS discharged_on, came + ill + waits + 1 AS first_contact_on,
       (h >> 50) % 100 < 30 AS sip_needed, 'green' AS track, FALSE AS psychiatric,
       3 AS days_before_liable, greatest(0, waits - 3) AS liable_days
FROM dated
"""
