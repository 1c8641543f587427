"""Individual plans with goals and activities, and those appointed for a person. DuckDB's SQL: see `people`."""

from __future__ import annotations

from typing import Final

PLANS: Final = """
CREATE TEMP TABLE plans AS
WITH year_of AS (
    SELECT unnest(range(year(getvariable('first_day')), year(getvariable('last_day')) + 1))::INT AS y),
expected AS (
    SELECT person.*, y, y - year(born_on) AS old,
           plans * (0.72 + 0.13 * (y - year(getvariable('first_day')))) * CASE
               WHEN y - year(born_on) < 18 THEN 0.0042 WHEN addiction THEN 0.10 WHEN mental THEN 0.045
               WHEN care_from <= make_date(y, 6, 30) THEN 0.085 WHEN y - year(born_on) >= 65 THEN 0.004
               ELSE 0.0007 END AS rate
    FROM person, year_of WHERE year(born_on) < y AND (died_on IS NULL OR year(died_on) > y)),
dated AS (
    SELECT *, weekday(some_day(luck(person_key, 'plan day', y), y)) AS created_on FROM expected
    WHERE luck(person_key, 'plan', y) < rate),
chance AS (
    SELECT *, luck(person_key, 'plan kind', y) AS which, luck(person_key, 'agreed', y) AS agreed,
           luck(person_key, 'words', y) AS words, luck(person_key, 'fixed', y) AS fixed,
           luck(person_key, 'follow', y) AS follow, day_key(person_key, 'plan', y) AS plan_key,
           1 + floor(luck(person_key, 'goals', y) * 3.4)::INT AS goals,
           2 + floor(luck(person_key, 'activities', y) * 4.4)::INT AS activities
    FROM dated WHERE created_on BETWEEN getvariable('first_day') AND getvariable('last_day')),
told AS (
    SELECT *, created_on + 4 + (agreed * 26)::INT AS agreed_on, created_on + 200 + days(follow, 260) AS ends FROM chance)
SELECT * EXCLUDE (ends),
       CASE WHEN agreed < 0.93 AND agreed_on <= getvariable('last_day') THEN agreed_on END AS established_on,
       CASE WHEN ends <= getvariable('last_day') THEN ends END AS ended_on,
       CASE WHEN old < 18 THEN 'children' WHEN addiction THEN 'addiction' WHEN mental THEN 'mental'
            WHEN old >= 65 THEN 'elderly' ELSE '' END AS target_group,
       least(1, 0.12 * years_in(created_on)) AS learnt
FROM told ORDER BY person_key, created_on
"""
"""`learnt`: as the years go more of what a plan should hold is there."""

PLAN: Final = """
SELECT person_key, municipality, sex, age_on(born_on, created_on) AS age,
       CASE WHEN which < 0.45 THEN listed_unit ELSE needs_unit END AS unit,
       CASE WHEN which < 0.45 THEN 'region' ELSE 'municipality' END AS side, plan_key AS source_key, plan_key,
       CASE WHEN which < 0.86 THEN 'sip' WHEN which < 0.95 THEN 'rehabilitation' ELSE 'care' END AS plan_kind, created_on,
       established_on, ended_on,
       CASE WHEN established_on IS NOT NULL AND ended_on IS NULL
            THEN CASE WHEN follow < 0.74 THEN getvariable('last_day') + 5 + (follow * 150)::INT
                      WHEN follow < 0.79 THEN getvariable('last_day') - (follow * 60)::INT END
            WHEN established_on IS NOT NULL THEN ended_on END AS follow_up_on,
       target_group, words < 0.55 + 0.3 * learnt AS own_words, TRUE AS region_part, which < 0.92 AS municipal_part,
       fixed < 0.62 + 0.25 * learnt AS fixed_contact, words * 7 % 1 < 0.84 + 0.08 * learnt AS person_took_part
FROM plans WHERE year(created_on) = getvariable('year')
"""

GOAL: Final = """
WITH each AS (
    SELECT *, unnest(range(goals))::INT AS number FROM plans WHERE established_on IS NOT NULL),
set AS (
    SELECT *, luck(person_key, 'reached', plan_key % 1000003 + number) AS reached, established_on + 150 AS reach_by FROM each)
SELECT person_key, municipality, sex, age_on(born_on, established_on) AS age, listed_unit AS unit, 'region' AS side,
       plan_key + number AS source_key, plan_key, plan_key + number AS goal_key, established_on AS set_on, reach_by,
       CASE WHEN reached < 0.82 AND reach_by + 10 <= getvariable('last_day') THEN reach_by + 10 END AS followed_up_on,
       CASE WHEN reach_by + 10 > getvariable('last_day') OR reached >= 0.82 THEN 'open'
            WHEN reached < 0.36 + 0.10 * learnt THEN 'reached' WHEN reached < 0.62 THEN 'partly'
            WHEN reached < 0.75 THEN 'not-reached' ELSE 'dropped' END AS status
FROM set WHERE year(established_on) = getvariable('year')
"""

ACTIVITY: Final = """
WITH each AS (
    SELECT *, unnest(range(activities))::INT AS number FROM plans WHERE established_on IS NOT NULL),
set AS (
    SELECT *, luck(person_key, 'done', plan_key % 1000003 + number) AS done,
           luck(person_key, 'whose', plan_key % 1000003 + number) AS whose,
           established_on + 20 + (luck(person_key, 'due', plan_key % 1000003 + number) * 120)::INT AS due_on FROM each)
SELECT person_key, municipality, sex, age_on(born_on, established_on) AS age,
       CASE WHEN whose < 0.4 THEN listed_unit ELSE needs_unit END AS unit,
       CASE WHEN whose < 0.4 THEN 'region' ELSE 'municipality' END AS side, plan_key + number AS source_key, plan_key,
       plan_key + number AS activity_key, established_on AS set_on, due_on,
       CASE WHEN done < 0.8 AND due_on - 20 + (done * 40)::INT <= getvariable('last_day')
            THEN greatest(established_on, due_on - 20 + (done * 40)::INT) END AS done_on,
       CASE WHEN whose < 0.4 THEN 'region' WHEN whose < 0.78 THEN 'municipality' WHEN whose < 0.93 THEN 'person'
            ELSE 'relative' END AS owner_side,
       CASE WHEN done < 0.8 AND due_on - 20 + (done * 40)::INT <= getvariable('last_day') THEN 'done'
            WHEN done > 0.95 THEN 'cancelled' WHEN done < 0.6 THEN 'ongoing' ELSE 'planned' END AS status,
       whose * 10 % 1 < 0.28 AS preventive, whose * 10 % 1 > 0.6 AS rehabilitating
FROM set WHERE year(established_on) = getvariable('year')
"""

FIXED: Final = """
CREATE TEMP TABLE fixed AS
WITH roles AS (SELECT unnest(['physician', 'care', 'social', 'coordinator']) AS role),
wanted AS (
    SELECT person.*, role, luck(person_key, 'fixed ' || role, 0) AS luck,
           getvariable('first_day') - 500 + (luck(person_key, 'since ' || role, 0) * 2900)::INT AS drawn FROM person, roles),
begun AS (
    SELECT *, CASE role WHEN 'physician' THEN greatest(born_on, CASE WHEN luck < 0.50 THEN getvariable('first_day') - 300 ELSE drawn END)
        WHEN 'care' THEN greatest(nursed_from + 10, CASE WHEN luck < 0.55 THEN nursed_from + 10 ELSE drawn END)
        WHEN 'social' THEN greatest(care_from + 14, CASE WHEN luck < 0.5 THEN care_from + 14 ELSE drawn END)
        ELSE greatest(drawn, born_on) END AS since FROM wanted
    WHERE luck < CASE role WHEN 'physician' THEN 0.56 + same * 0.1 WHEN 'care' THEN 0.88 WHEN 'social' THEN 0.93
                           ELSE CASE WHEN mental OR addiction THEN 0.35 ELSE 0 END END
      AND (role <> 'care' OR care_from IS NOT NULL) AND (role <> 'social' OR care_from IS NOT NULL))
SELECT * EXCLUDE (since), CASE WHEN turn = 0 THEN since ELSE since + 170 END AS since,
       CASE WHEN turns = 2 AND turn = 0 AND since + 170 <= getvariable('last_day') THEN since + 170 ELSE died_on END AS until
FROM (SELECT *, 1 + (role = 'social' AND luck * 11 % 1 < 0.16)::INT AS turns,
             unnest(range(1 + (role = 'social' AND luck * 11 % 1 < 0.16)::INT))::INT AS turn FROM begun)
WHERE CASE WHEN turn = 0 THEN since ELSE since + 170 END <= least(getvariable('last_day'), coalesce(died_on, DATE '9999-12-31'))
"""

FIXED_CONTACT: Final = """
SELECT person_key, municipality, sex, age_on(born_on, since) AS age,
       CASE role WHEN 'social' THEN care_unit WHEN 'coordinator' THEN needs_unit ELSE listed_unit END AS unit,
       CASE WHEN role IN ('social', 'coordinator') THEN 'municipality' ELSE 'region' END AS side,
       day_key(person_key, 'fixed ' || role, 1 + turn) AS source_key, role, since, until,
       CASE role WHEN 'physician' THEN 'doctor' WHEN 'care' THEN 'nurse' WHEN 'social' THEN 'assistant-nurse'
            ELSE 'social-worker' END AS profession,
       CASE WHEN role = 'social' THEN luck < 0.70 END AS accepted
FROM fixed WHERE year(since) = getvariable('year')
"""
