"""Contacts, calls and waits. DuckDB's SQL: see `people` for its words.

Of new problems so many are seen within three days as the municipality, the season and the year give. Calls are counted
by a new system from a day (`new_source`): what was answered the same day falls there, though nothing got worse.
"""

from __future__ import annotations

from typing import Final

CONTACT: Final = """
WITH expected AS (
    SELECT *, getvariable('year') - year(born_on) AS old, least(1.6, 0.6 + 0.4 * frail) AS ill FROM person
    WHERE year(born_on) <= getvariable('year') AND (died_on IS NULL OR year(died_on) >= getvariable('year'))),
kinds AS (SELECT unnest(['primary', 'special', 'emergency', 'mobile']) AS kind),
rated AS (
    SELECT *, ill * CASE kind
        WHEN 'primary' THEN CASE WHEN old < 18 THEN 1.25 WHEN old < 65 THEN 1.75 WHEN old < 80 THEN 3.1 ELSE 3.7 END
        WHEN 'special' THEN CASE WHEN old < 65 THEN 0.65 ELSE 1.35 END
        WHEN 'emergency' THEN CASE WHEN old < 18 THEN 0.15 WHEN old < 65 THEN 0.16 WHEN old < 80 THEN 0.29 ELSE 0.55
                              END * (1 - 0.01 * (getvariable('year') - year(getvariable('first_day'))))
        ELSE CASE WHEN team AND care_from IS NOT NULL AND old >= 75 THEN 1.1 WHEN old >= 85 THEN 0.05 ELSE 0 END
        END AS rate FROM expected, kinds),
drawn AS (
    SELECT *, unnest(range(times(luck(person_key, kind, getvariable('year')), rate))) AS number FROM rated WHERE rate > 0),
chance AS (
    SELECT *, day_key(person_key, kind, getvariable('year') * 100 + number) AS h,
           hash(listed_unit) AS place FROM drawn),
dated AS (
    SELECT *, some_day((h % 100003) / 100003, getvariable('year')) AS drawn_on, (h >> 17) % 1000 AS who, (h >> 27) % 1000 AS how,
           (h >> 37) % 1000 AS new, (h >> 47) % 1000 AS soon FROM chance),
weekdays AS (
    SELECT *, CASE WHEN kind = 'emergency' THEN drawn_on ELSE weekday(drawn_on) END AS day FROM dated),
seen_in AS (
    SELECT *, kind = 'primary' AND new < 480 AS is_new,
           seen * (0.93 + 0.0165 * years_in(day)) - CASE WHEN month(day) IN (7, 8) THEN 0.05 WHEN month(day) IN (1, 2)
               THEN 0.02 ELSE 0 END + (place % 100) / 1000 - 0.05 AS within FROM weekdays)
SELECT person_key, municipality, sex, age_on(born_on, day) AS age,
       CASE kind WHEN 'primary' THEN listed_unit WHEN 'emergency' THEN getvariable('emergency')
            WHEN 'mobile' THEN getvariable('team') ELSE getvariable('special') END AS unit, 'region' AS side,
       h AS source_key, h AS contact_key, day AS happened_on,
       CASE WHEN kind = 'mobile' THEN 'primary' ELSE kind END AS level,
       CASE WHEN kind = 'mobile' THEN 'home' WHEN kind = 'emergency' THEN 'clinic'
            WHEN how < 60 + 12 * years_in(day) THEN 'video' WHEN how < 230 THEN 'phone' WHEN how < 260 THEN 'home'
            WHEN how < 280 THEN 'letter' ELSE 'clinic' END AS way,
       CASE WHEN who < 440 THEN 'doctor' WHEN who < 820 THEN 'nurse' WHEN who < 930 THEN 'physiotherapist'
            WHEN who < 970 THEN 'occupational-therapist' ELSE 'psychologist' END AS profession,
       (place >> 8)::BIGINT + CASE WHEN who < 440 THEN 0 ELSE 100 END
           + CASE WHEN how * 7 % 1000 < 1000 * sqrt(same) * (0.68 + 0.012 * years_in(day)) THEN person_key % 6
                  ELSE h % 9 END AS carer_key,
       new % 50 > 0 AS licensed, kind IN ('special', 'mobile') OR (kind = 'primary' AND NOT is_new) AS planned,
       is_new AS new_problem,
       CASE WHEN is_new AND new < 470 THEN
           day - CASE WHEN soon < 1000 * within THEN (soon * 7 % 4)::INT ELSE 4 + days(soon / 1000 - within + 0.001, 5)
                 END END AS decided_on,
       is_new AND how > 960 AS chose_longer, kind = 'mobile' AS mobile
FROM seen_in
WHERE day BETWEEN greatest(born_on, getvariable('first_day')) AND least(coalesce(died_on, DATE '9999-12-31'), getvariable('last_day'))
  AND year(day) = getvariable('year')
  AND (kind <> 'mobile' OR team(team, day) OR municipality NOT IN ('2309', '2321'))
"""

CALL: Final = """
WITH drawn AS (
    SELECT *, unnest(range(times(luck(person_key, 'calls', getvariable('year')),
                     CASE WHEN getvariable('year') - year(born_on) < 65 THEN 0.62 ELSE 1.15 END))) AS number
    FROM person WHERE year(born_on) <= getvariable('year') AND (died_on IS NULL OR year(died_on) >= getvariable('year'))),
dated AS (
    SELECT *, weekday(some_day(luck(person_key, 'call', getvariable('year') * 100 + number), getvariable('year'))) AS called_on,
           luck(person_key, 'answer', getvariable('year') * 100 + number) AS luck FROM drawn),
judged AS (
    SELECT *, CASE WHEN called_on < getvariable('new_source') THEN 0.905 ELSE 0.824 + 0.0125 * (years_in(called_on) - 3) END
           + (hash(listed_unit) % 100) / 1000 - 0.05 - CASE WHEN isodow(called_on) = 1 THEN 0.03 ELSE 0 END
           - CASE WHEN month(called_on) = 7 THEN 0.03 WHEN month(called_on) IN (2, 3) THEN 0.015 ELSE 0 END AS same_day FROM dated)
SELECT NULL::BIGINT AS person_key, municipality, listed_unit AS unit, 'region' AS side,
       day_key(person_key, 'call', getvariable('year') * 100 + number) AS source_key, called_on,
       CASE WHEN luck < same_day * 0.97 THEN called_on WHEN luck < 0.97 THEN called_on + CASE WHEN isodow(called_on) = 5 THEN 3 ELSE 1 END
            END AS answered_on,
       CASE WHEN luck * 1000 % 1 < 0.82 THEN 'phone' ELSE 'digital' END AS way, TRUE AS call_back
FROM judged
WHERE called_on BETWEEN getvariable('first_day') AND getvariable('last_day') AND year(called_on) = getvariable('year')
  AND NOT (missing AND called_on BETWEEN getvariable('uncounted') AND getvariable('uncounted') + 61)
"""

WAIT: Final = """
WITH parts AS (SELECT unnest(['visit', 'treatment']) AS part, unnest([0.105, 0.042]) AS often, unnest([62, 66]) AS mean),
drawn AS (
    SELECT *, luck(person_key, part, getvariable('year')) AS luck FROM person, parts
    WHERE year(born_on) < getvariable('year') AND (died_on IS NULL OR year(died_on) >= getvariable('year'))
      AND luck(person_key, part, getvariable('year')) < often * (0.5 + 0.5 * frail)),
dated AS (
    SELECT *, some_day(luck(person_key, part || ' day', getvariable('year')), getvariable('year')) AS starts_on,
           luck(person_key, part || ' long', getvariable('year')) AS long,
           luck(person_key, part || ' chose', getvariable('year')) AS chose,
           luck(person_key, part || ' area', getvariable('year')) AS which FROM drawn),
waited AS (
    SELECT *, 3 + days(long, mean * (1.14 - 0.05 * years_in(starts_on)) * CASE WHEN which < 0.3 THEN 1.35 ELSE 0.85 END)
           + CASE WHEN month(starts_on) IN (5, 6, 7) THEN 14 ELSE 0 END AS took FROM dated),
ended AS (
    SELECT *, starts_on + took::INT AS met,
           least(starts_on + took::INT, getvariable('last_day')) - starts_on AS so_far FROM waited)
SELECT person_key, municipality, sex, age_on(born_on, starts_on) AS age, getvariable('special') AS unit, 'region' AS side,
       day_key(person_key, part || ' wait', getvariable('year')) AS source_key,
       day_key(person_key, part || ' wait', getvariable('year')) AS wait_key, part, starts_on,
       CASE WHEN met <= getvariable('last_day') THEN met END AS ended_on,
       CASE WHEN met <= getvariable('last_day') THEN CASE WHEN chose > 0.96 THEN 'withdrawn' ELSE 'met' END END AS ending,
       90 AS limit_days, 0 AS paused_days, 'doctor' AS profession, chose < 0.07 AS chose_longer, so_far > 90 AS breached,
       one_of(['ortopedi', 'ögon', 'öron', 'kirurgi', 'urologi', 'hud', 'medicin', 'kvinnosjukvård', 'hjärta', 'neurologi'], which)
           AS area
FROM ended WHERE starts_on BETWEEN getvariable('first_day') AND least(coalesce(died_on, DATE '9999-12-31'), getvariable('last_day'))
"""
