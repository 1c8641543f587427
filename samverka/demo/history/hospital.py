"""Stays at the hospital and ways home from it. DuckDB's SQL: see `people` for its words.

First the admissions that come by themselves, of three kinds; then, twice, those that come back within thirty days.
"""

from __future__ import annotations

from typing import Final

MACROS: Final = (
    """CREATE MACRO winter(day) AS
       [1.10, 1.09, 1.05, 1.00, 0.98, 0.96, 0.86, 0.92, 0.98, 1.02, 1.04, 1.10][month(day)]""",
    """CREATE MACRO ice(day) AS
       [1.30, 1.25, 1.15, 0.96, 0.86, 0.86, 0.86, 0.88, 0.90, 0.95, 1.10, 1.25][month(day)]""",
    """CREATE MACRO other_rate(age) AS CASE WHEN age < 18 THEN 0.045 WHEN age < 45 THEN 0.068 WHEN age < 65 THEN 0.070
       WHEN age < 75 THEN 0.140 WHEN age < 85 THEN 0.23 ELSE 0.315 END""",
    """CREATE MACRO chronic_rate(age) AS CASE WHEN age < 20 THEN 0 WHEN age < 45 THEN 0.0005 WHEN age < 65 THEN 0.0018
       WHEN age < 75 THEN 0.0052 WHEN age < 85 THEN 0.0115 ELSE 0.019 END""",
    """CREATE MACRO fall_rate(age) AS CASE WHEN age < 20 THEN 0.0015 WHEN age < 65 THEN 0.0027 WHEN age < 70 THEN 0.0108
       WHEN age < 75 THEN 0.0160 WHEN age < 80 THEN 0.0275 WHEN age < 85 THEN 0.053 WHEN age < 90 THEN 0.099
       ELSE 0.145 END""",
)

ADMISSION: Final = """
CREATE TEMP TABLE admission AS
WITH year_of AS (
    SELECT unnest(range(year(getvariable('first_day')), year(getvariable('last_day')) + 1))::INT AS y),
kinds AS (SELECT unnest(['other', 'chronic', 'fall']) AS kind),
expected AS (
    SELECT person.*, y, kind, frail * 1.13 * CASE kind WHEN 'other' THEN other_rate(y - year(born_on))
               WHEN 'chronic' THEN chronic_rate(y - year(born_on)) * (1 - 0.025 * (y - year(getvariable('first_day'))))
               ELSE fall_rate(y - year(born_on)) * falls * (1 - 0.018 * (y - year(getvariable('first_day')))) END AS rate
    FROM person, year_of, kinds WHERE year(born_on) <= y AND (died_on IS NULL OR year(died_on) >= y)),
drawn AS (
    SELECT *, unnest(range(times(luck(person_key, kind, y), rate))) AS number FROM expected WHERE rate > 0),
dated AS (
    SELECT *, some_day(luck(person_key, kind, y * 100 + number), y) AS came,
           luck(person_key, kind || ' season', y * 100 + number) AS season FROM drawn)
SELECT person_key, kind, came, 0 AS level, FALSE AS planned_back FROM dated
WHERE season < CASE kind WHEN 'fall' THEN ice(came) / 1.3 ELSE winter(came) / 1.1 END
  AND came BETWEEN greatest(born_on, getvariable('first_day')) AND least(coalesce(died_on, DATE '9999-12-31'),
                                                                          getvariable('last_day'))
"""

HOSPITAL: Final = """
CREATE TEMP TABLE hospital (
    person_key BIGINT, kind TEXT, came DATE, level INT, age INT, ill INT, is_case BOOLEAN, waited INT, went DATE,
    planned BOOLEAN, dies BOOLEAN)
"""

LIE: Final = """
INSERT INTO hospital
WITH here AS (
    SELECT admission.*, born_on, died_on, waits, team, care_from, mental, age_on(born_on, came)::INT AS age,
           1 + days(luck(person_key, 'ill', day_key(person_key, kind, came)),
                    CASE kind WHEN 'fall' THEN 5.6 WHEN 'chronic' THEN 4.6 ELSE 3.2 END) AS ill
    FROM admission JOIN person USING (person_key) WHERE level = $level),
going AS (
    SELECT *, CASE WHEN age >= 65 THEN luck(person_key, 'case', came) <
                       CASE WHEN care_from <= came THEN 0.88 ELSE 0.36 END
                   ELSE luck(person_key, 'case', came) < CASE WHEN mental THEN 0.4 ELSE 0.05 END END AS is_case,
           waits * (1.42 - 0.075 * least(5, years_in(came))) * CASE WHEN month(came + ill) IN (6, 7, 8) THEN 1.2 ELSE 1 END
               AS slow, team(team, came + ill) AS helped FROM here),
left_on AS (
    SELECT *, CASE WHEN is_case AND luck(person_key, 'waits', came) < 0.182 * slow ** 0.3
                   THEN 1 + days(luck(person_key, 'long', came), slow ** 0.8 * CASE WHEN helped THEN 0.25
                        WHEN luck(person_key, 'very long', came) < 0.022 THEN 6.5 ELSE 0.82 END) ELSE 0 END AS waited FROM going)
SELECT person_key, kind, came, level, age, ill, is_case, waited,
       least(came + ill + waited, greatest(came, coalesce(died_on, DATE '9999-12-31'))),
       CASE WHEN level > 0 THEN planned_back WHEN kind = 'other' THEN luck(person_key, 'planned', came) < 0.36
            ELSE kind = 'chronic' AND luck(person_key, 'planned', came) < 0.10 END,
       coalesce(died_on <= came + ill + waited, FALSE)
FROM left_on
"""

BACK: Final = """
INSERT INTO admission
SELECT person_key, CASE WHEN luck(person_key, 'why', went) < 0.11 THEN 'chronic' ELSE 'other' END,
       went + 1 + floor(30 * luck(person_key, 'soon', went) ** 1.4)::INT, level + 1,
       luck(person_key, 'planned back', went) < 0.12
FROM hospital JOIN person USING (person_key)
WHERE level = $level AND NOT dies
  AND luck(person_key, 'back', went) < CASE WHEN age < 65 THEN 0.05 ELSE 0.158 END
      * CASE WHEN team(team, went) AND age >= 65 THEN 0.62 ELSE 1 END
"""

STAYS: Final = """
CREATE TEMP TABLE stays AS
WITH before AS (
    SELECT *, max(went) OVER (PARTITION BY person_key ORDER BY came, kind
                              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS out_before
    FROM hospital WHERE came <= getvariable('last_day'))
SELECT before.* EXCLUDE (out_before), municipality, sex, care_from, moved_from, nursed_from, mental, listed_unit,
       nursing_unit, needs_unit, team, day_key(person_key, 'stay', came) AS stay_key,
       luck(person_key, 'ward', came) AS ward_luck, luck(person_key, 'diagnosis', came) AS diagnosis_luck
FROM before JOIN person USING (person_key)
WHERE (out_before IS NULL OR came > out_before) AND (died_on IS NULL OR came <= died_on)
ORDER BY person_key, came
"""
"""Who lies at the hospital does not come to it: such admissions go."""

STAY: Final = """
WITH moved AS (
    SELECT *, unnest(range(1 + (ill >= 3 AND ward_luck < 0.07)::INT))::INT AS part FROM stays),
parts AS (
    SELECT *, CASE WHEN part = 0 THEN came ELSE came + (ill // 2)::INT END AS admitted_on,
           CASE WHEN part = 0 AND ill >= 3 AND ward_luck < 0.07 THEN came + (ill // 2)::INT ELSE went END AS out_on
    FROM moved)
SELECT person_key, municipality, sex, age, 'region' AS side, stay_key + part AS source_key, stay_key + part AS stay_key,
       CASE WHEN part = 1 THEN getvariable('geriatric') WHEN kind = 'fall' THEN getvariable('orthopaedic')
            WHEN kind = 'other' AND ward_luck > 0.93 THEN getvariable('psychiatric')
            WHEN kind = 'other' AND ward_luck > 0.80 THEN getvariable('stroke') ELSE getvariable('medical') END AS unit,
       admitted_on, CASE WHEN out_on <= getvariable('last_day') THEN out_on END AS discharged_on, planned,
       CASE WHEN diagnosis_luck > 0.985 THEN NULL
            WHEN kind = 'fall' THEN one_of(['S720', 'S720', 'S721', 'S525', 'S424', 'S328', 'S060'], diagnosis_luck)
            WHEN kind = 'chronic' THEN one_of(['I500', 'I509', 'I509', 'J441', 'J440', 'J459', 'E119', 'E109', 'I110'], diagnosis_luck)
            WHEN ward_luck > 0.93 THEN one_of(['F322', 'F200', 'F103', 'F411', 'F603'], diagnosis_luck)
            ELSE one_of(['I639', 'N390', 'J189', 'K802', 'C189', 'I489', 'A419', 'M169', 'K573', 'O800', 'R074',
                         'K359', 'I214', 'N179', 'C349'], diagnosis_luck) END AS diagnosis,
       CASE WHEN kind = 'fall' THEN one_of(['W01', 'W01', 'W18', 'W19', 'W06', 'W10', 'W05'], ward_luck) END AS cause,
       CASE WHEN out_on > getvariable('last_day') THEN NULL WHEN part = 0 AND out_on < went THEN 'hospital'
            WHEN dies THEN 'dead' WHEN moved_from <= out_on AND care_from IS NOT NULL THEN 'care-home' ELSE 'home' END
           AS discharged_to,
       NOT (kind = 'other' AND ward_luck > 0.93) AS somatic
FROM parts WHERE year(admitted_on) = getvariable('year') AND admitted_on <= getvariable('last_day')
ORDER BY person_key, admitted_on
"""

CASES: Final = """
CREATE TEMP TABLE cases AS
SELECT *, came + ill AS ready, day_key(person_key, 'case', came) AS case_key,
       luck(person_key, 'sip', came) < 0.34 AS sip, kind = 'other' AND ward_luck > 0.93 AS psychiatric,
       greatest(0, days(luck(person_key, 'notice', came), 0.7)) AS notice_after,
       went + 1 + days(luck(person_key, 'met', came), CASE WHEN team(team, went) THEN 0.6 ELSE 2.2 END) AS met,
       luck(person_key, 'track', came) AS track_luck, luck(person_key, 'late', came) AS late
FROM stays WHERE is_case AND NOT dies
ORDER BY person_key, came
"""

DISCHARGE: Final = """
WITH told AS (SELECT *, getvariable('last_day') AS now FROM cases WHERE year(came) = getvariable('year'))
SELECT person_key, municipality, sex, age, 'region' AS side, case_key AS source_key, case_key, came AS admitted_on,
       CASE WHEN psychiatric THEN getvariable('psychiatric') WHEN kind = 'fall' THEN getvariable('orthopaedic')
            ELSE getvariable('medical') END AS unit,
       CASE WHEN came + least(1, ill) <= now THEN came + least(1, ill) END AS needs_judged_on,
       CASE WHEN came + least(notice_after, ill) <= now THEN came + least(notice_after, ill) END AS notice_on,
       CASE WHEN came + least(notice_after + 1, ill) <= now THEN came + least(notice_after + 1, ill) END AS notice_received_on,
       CASE WHEN sip AND came + least(notice_after + 2, ill) <= now THEN came + least(notice_after + 2, ill) END AS called_on,
       CASE WHEN ready <= now AND late < 0.85 THEN greatest(came, ready - 1) END AS planned_on,
       CASE WHEN ready <= now THEN ready END AS ready_on, CASE WHEN went <= now THEN went END AS discharged_on,
       CASE WHEN met <= now AND late < 0.78 THEN met END AS first_contact_on, sip AS sip_needed,
       CASE WHEN track_luck < 0.55 THEN 'green' WHEN track_luck < 0.85 THEN 'yellow' ELSE 'red' END AS track,
       psychiatric, 3 AS days_before_liable, greatest(0, waited - 3) AS liable_days
FROM told
"""

DISCHARGE_STEP: Final = """
WITH told AS (SELECT * FROM cases WHERE year(came) >= getvariable('year') - 1 AND year(came) <= getvariable('year')),
steps AS (
    SELECT *, unnest(['notice', 'receipt', 'call', 'planning', 'ready', 'item', 'home', 'contact']) AS step,
           unnest(['region', 'municipality', 'region', 'region', 'region', 'municipality', 'region', 'region']) AS owner_side,
           unnest([came, came + least(notice_after, ill), came + least(notice_after + 1, ill),
                   came + least(notice_after + 1, ill), came + greatest(0, ill - 1),
                   ready, greatest(ready, went - 1), went]) AS owed_on,
           unnest([1, 1, 3, 3, 1, 3, 1, 3]) AS allowed,
           unnest([came + least(notice_after, ill), came + notice_after + (late * 31 % 1 * 2.1)::INT,
                   came + notice_after + 1 + days(late, 1.9), greatest(came, ready - 1), ready,
                   greatest(ready, went - (waited > 0)::INT), went, met]) AS done_on FROM told)
SELECT person_key, municipality, sex, age, CASE owner_side WHEN 'region' THEN getvariable('medical') ELSE needs_unit END AS unit,
       owner_side AS side, case_key + length(step) * 16 + ascii(step) AS source_key, case_key, step, owner_side, owed_on,
       owed_on + INTERVAL 9 HOUR AS owed_from, owed_on + allowed + INTERVAL 16 HOUR AS due_at,
       CASE WHEN done_on <= getvariable('last_day') AND (step <> 'contact' OR late < 0.78)
            THEN done_on + INTERVAL 10 HOUR + to_minutes((track_luck * 340)::INT) END AS done_at
FROM steps WHERE (step <> 'call' OR sip) AND year(owed_on) = getvariable('year') AND owed_on <= getvariable('last_day')
"""
