"""What happens at home: assessments, drugs, measurements, visits, notices. DuckDB's SQL: see `people`."""

from __future__ import annotations

from typing import Final

ASSESSMENT: Final = """
WITH instruments AS (
    SELECT unnest(['downton', 'mna-sf', 'norton', 'roag', 'gds-4']) AS instrument,
           unnest(['fall', 'nutrition', 'skin', 'mouth', 'mood']) AS area,
           unnest([0.72, 0.55, 0.42, 0.5, 0.24]) AS often_at_risk),
asked AS (
    SELECT *, luck(person_key, instrument, getvariable('year')) AS luck,
           some_day(luck(person_key, 'assessed', getvariable('year')), getvariable('year')) AS assessed_on
    FROM person, instruments
    WHERE nursed_from IS NOT NULL AND care_from IS NOT NULL AND year(nursed_from) <= getvariable('year')
      AND (died_on IS NULL OR year(died_on) > getvariable('year'))),
found AS (
    SELECT *, luck * 7 % 1 < often_at_risk AS at_risk, luck * 13 % 1 AS acted,
           greatest(weekday(assessed_on), nursed_from) AS day FROM asked
    WHERE luck < CASE area WHEN 'mood' THEN 0.15 ELSE 0.52 + 0.03 * (getvariable('year') - year(getvariable('first_day'))) END)
SELECT person_key, municipality, sex, age_on(born_on, day) AS age, nursing_unit AS unit, 'municipality' AS side,
       day_key(person_key, instrument, getvariable('year')) AS source_key, day AS assessed_on, instrument, area,
       CASE WHEN area = 'fall' THEN CASE WHEN at_risk THEN 3 + (acted * 5)::INT ELSE (acted * 2)::INT END END AS score, at_risk,
       CASE WHEN at_risk AND acted < 0.60 + 0.035 * years_in(day) AND day + (acted * 260)::INT <= getvariable('last_day')
            THEN day + (acted * 260)::INT END AS measure_on
FROM found WHERE day <= getvariable('last_day') AND year(day) = getvariable('year')
"""

DRUGS: Final = """
CREATE TEMP TABLE drugs AS
WITH old AS (
    SELECT *, least(19, (days(luck(person_key, 'drugs', 0), 2.2 + frail * 1.36) + 1.0 + 1.6 * frail)::INT) AS many FROM person
    WHERE year(born_on) <= year(getvariable('last_day')) - 65 AND (died_on IS NULL OR died_on > getvariable('first_day'))),
slots AS (SELECT *, unnest(range(many))::INT AS slot FROM old),
chance AS (
    SELECT *, luck(person_key, 'which', slot) AS which, luck(person_key, 'change', slot) AS change,
           CASE WHEN slot < 2 THEN 0 ELSE 365 END + (luck(person_key, 'since', slot) * 1100)::INT AS ago FROM slots),
times AS (
    SELECT *, greatest(getvariable('first_day') - ago, born_on + 22000) AS begins,
           CASE WHEN change < CASE WHEN slot < 9 THEN 0.2 ELSE 0.05 END THEN getvariable('first_day')
                + (change * 5 * (getvariable('last_day') - getvariable('first_day')))::INT END AS stops FROM chance),
turns AS (
    SELECT *, unnest(range(1 + coalesce(slot < 9 AND stops > begins, FALSE)::INT))::INT AS turn FROM times)
SELECT * EXCLUDE (begins, stops), CASE WHEN turn = 0 THEN begins ELSE stops END AS since,
       CASE WHEN turn = 0 AND stops > begins AND stops <= getvariable('last_day') THEN stops ELSE died_on END AS until
FROM turns WHERE CASE WHEN turn = 0 THEN begins ELSE stops END <= least(getvariable('last_day'), coalesce(died_on, DATE '9999-12-31'))
"""

DRUG: Final = """
SELECT person_key, municipality, sex, age_on(born_on, since) AS age, listed_unit AS unit, 'region' AS side,
       day_key(person_key, 'drug', slot * 2 + turn) AS source_key,
       CASE WHEN which < 0.011 THEN one_of(['N05BA01', 'N02AX02', 'N05CM06', 'R05DA04', 'N05BB01', 'G04BD04'], which / 0.011)
            ELSE ['C07AB02', 'C09AA05', 'C10AA05', 'B01AC06', 'N02BE01', 'A02BC01', 'C03CA01', 'H03AA01', 'A10BA02', 'C08CA01',
                  'B03BA03', 'A12AX', 'N06AX11', 'R03AC02', 'A06AD65', 'B01AF02', 'C09CA06', 'N06AB06', 'C03DA01', 'A10AE04',
                  'M04AA01', 'G04CA02', 'R03AK06', 'N02AA05', 'A06AB08', 'S01EE01', 'C01DA14', 'B03AA07', 'N06DA02', 'N05CF01',
                  'C10AA01', 'A10BK01', 'L04AX03', 'M05BA04', 'N03AX16', 'D02AX', 'A11CC05'][1 + (person_key + slot * 11 + turn * 5) % 37]
            END AS atc,
       since, until, which * 31 % 1 < 0.14 AS as_needed
FROM drugs WHERE year(since) = getvariable('year')
"""

MEASUREMENT: Final = """
WITH watched AS (
    SELECT *, luck(person_key, 'watched', 0) AS luck FROM person
    WHERE year(born_on) BETWEEN 1930 AND 1970 AND (died_on IS NULL OR year(died_on) > getvariable('year'))
      AND luck(person_key, 'watched', 0) < 0.0011 * (1 + getvariable('year') - year(getvariable('first_day'))) * frail),
days_of AS (
    SELECT *, make_date(getvariable('year'), 1, 1) + (unnest(range(0, 364, 4)))::INT AS measured_on FROM watched),
codes AS (
    SELECT unnest(['29463-7', '8480-6']) AS code, unnest([78.0, 136.0]) AS usual, unnest([0.4, 9.0]) AS spread,
           unnest(['kg', 'mm[Hg]']) AS value_unit)
SELECT person_key, municipality, sex, age_on(born_on, measured_on) AS age, listed_unit AS unit, 'region' AS side,
       day_key(person_key, code, measured_on) AS source_key, code, measured_on,
       round(usual * (0.85 + 0.3 * luck(person_key, code, 0)) + spread * (luck(person_key, code, measured_on) * 4 - 2), 1) AS value,
       value_unit, TRUE AS at_home, luck(person_key, code || ' outside', measured_on) < 0.045 AS outside
FROM days_of, codes WHERE measured_on BETWEEN getvariable('first_day') AND getvariable('last_day')
  AND luck(person_key, 'measures', measured_on) < 0.8
"""

VISIT: Final = """
WITH measured AS (
    SELECT last_day(make_date(getvariable('year'), unnest([3, 6, 9, 12]), 1)) - 13 AS begins),
helped AS (
    SELECT *, 1 + days(luck(person_key, 'how often', 0), 2.1) AS often FROM person, measured
    WHERE care_from <= begins AND moved_from > begins + 14 AND (died_on IS NULL OR died_on > begins + 14)
      AND begins + 13 <= getvariable('last_day')),
days_of AS (
    SELECT *, begins + unnest(range(14))::INT AS visited_on FROM helped),
each AS (SELECT *, unnest(range(least(6, often)))::INT AS number FROM days_of)
SELECT person_key, municipality, sex, age_on(born_on, visited_on) AS age, care_unit AS unit, 'municipality' AS side,
       day_key(person_key, visited_on, number) AS source_key, visited_on,
       visited_on + INTERVAL 7 HOUR + to_minutes((number * 150 + luck(person_key, visited_on, number) * 60)::INT) AS starts_at,
       visited_on + INTERVAL 7 HOUR + to_minutes((number * 150 + 20 + luck(person_key, visited_on, number) * 80)::INT) AS ends_at,
       (hash(care_unit) >> 8)::BIGINT + CASE WHEN luck(person_key, visited_on, number + 10) < 0.45 THEN (person_key + number) % 4
            ELSE floor(luck(person_key, visited_on, number + 20) * (16 + 6 * waits))::INT END AS carer_key,
       'home-care' AS visit_kind
FROM each
"""
"""Home care is counted in the last fortnight of each quarter, as in a measuring of how many they meet."""

NOTICE: Final = """
WITH told AS (
    SELECT *, unnest(['discharge.admission', 'discharge.ready', 'discharge.item', 'discharge.home']) AS notice_kind,
           unnest([came + least(notice_after, ill), ready, ready, went]) AS sent_on, unnest([1, 2, 3, 4]) AS number FROM cases),
sent AS (
    SELECT *, luck(case_key, 'sent', number) AS luck, sent_on + INTERVAL 8 HOUR + to_minutes((luck(case_key, 'sent', number) * 480)::INT) AS sent_at
    FROM told),
opened AS (
    SELECT *, 5 + days(luck(case_key, 'opened', number), 95 - 8 * years_in(sent_on)) AS slow FROM sent)
SELECT person_key, municipality, sex, age, needs_unit AS unit, 'municipality' AS side,
       case_key + number AS source_key, notice_kind, sent_on, sent_at, sent_at + to_minutes(slow) AS opened_at,
       CASE WHEN luck < 0.96 THEN sent_at + to_minutes(slow * 2 + 30) END AS done_at, sent_at + INTERVAL 24 HOUR AS due_at,
       CASE WHEN slow > 240 THEN 1 ELSE 0 END AS escalations
FROM opened WHERE year(sent_on) = getvariable('year') AND sent_on <= getvariable('last_day')
"""
