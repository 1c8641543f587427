"""Five measures in DuckDB's own SQL, as one who knows it well would write them: what the engine is held against.

Each gives (period, municipality, sex, band, value, numerator, denominator): whole numbers, no shares.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

READMISSION: Final = """
WITH chained AS (
    SELECT person_key, admitted_on, discharged_on, planned, discharged_to, municipality, sex, age,
           max(coalesce(discharged_on, DATE '9999-12-31')) OVER (
               PARTITION BY person_key ORDER BY admitted_on, coalesce(discharged_on, DATE '9999-12-31')
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS left_before
    FROM stay WHERE age >= 64),
numbered AS (
    SELECT *, count(*) FILTER (WHERE left_before IS NULL OR admitted_on > left_before) OVER (
        PARTITION BY person_key ORDER BY admitted_on, coalesce(discharged_on, DATE '9999-12-31')
        ROWS UNBOUNDED PRECEDING) AS episode FROM chained),
episodes AS (
    SELECT person_key, min(admitted_on) AS came,
           max(coalesce(discharged_on, DATE '9999-12-31')) AS went, arg_min(planned, admitted_on) AS planned,
           arg_max(discharged_to, coalesce(discharged_on, DATE '9999-12-31')) AS to_where,
           arg_max(municipality, coalesce(discharged_on, DATE '9999-12-31')) AS municipality,
           max(sex) AS sex, max(age) AS age FROM numbered GROUP BY person_key, episode),
followed AS (
    SELECT *, lead(came) OVER later AS next, lead(planned) OVER later AS next_planned FROM episodes
    WINDOW later AS (PARTITION BY person_key ORDER BY came))
SELECT date_trunc('month', went)::DATE, municipality, sex, least(age // 5 * 5, 95), 0,
       count(*) FILTER (WHERE next BETWEEN went + 1 AND went + 30 AND NOT next_planned), count(*)
FROM followed
WHERE went BETWEEN DATE '2025-01-01' AND DATE '2025-12-31' AND age >= 65 AND to_where <> 'dead'
GROUP BY ALL
"""

FALLS: Final = """
WITH fallen AS (
    SELECT municipality, sex, least(age // 5 * 5, 95) AS band, count(*) AS many FROM stay
    WHERE year = 2025 AND age >= 65 AND cause BETWEEN 'W00' AND 'W199' GROUP BY ALL),
living AS (
    SELECT municipality, sex, least(age // 5 * 5, 95) AS band, count(*) AS many FROM person_month
    WHERE year = 2025 AND month = DATE '2025-12-01' AND age >= 65 GROUP BY ALL)
SELECT DATE '2025-01-01', municipality, sex, band, 0, coalesce(fallen.many, 0), coalesce(living.many, 0)
FROM living FULL JOIN fallen USING (municipality, sex, band)
"""

ASSESSED: Final = """
SELECT date_trunc('month', decided_on)::DATE, municipality, sex, least(age // 5 * 5, 95), 0,
       count(*) FILTER (WHERE happened_on <= decided_on + 3), count(*)
FROM contact
WHERE level = 'primary' AND new_problem AND licensed AND NOT chose_longer
  AND decided_on BETWEEN DATE '2025-01-01' AND DATE '2025-12-31'
GROUP BY ALL
"""

READY: Final = """
SELECT date_trunc('month', discharged_on)::DATE, municipality, sex, least(age // 5 * 5, 95),
       discharged_on - ready_on, 0, count(*)
FROM discharge
WHERE discharged_on > ready_on AND discharged_on BETWEEN DATE '2025-01-01' AND DATE '2025-12-31'
GROUP BY ALL
"""

CONTINUITY: Final = """
WITH met AS (
    SELECT person_key, carer_key, count(*) AS times FROM contact
    WHERE happened_on BETWEEN DATE '2024-07-01' AND DATE '2025-12-31' AND level = 'primary'
      AND profession = 'doctor'
    GROUP BY person_key, carer_key),
index AS (
    SELECT person_key, sum(times) AS n, sum(times * times) AS squares FROM met GROUP BY person_key
    HAVING sum(times) >= 3)
SELECT DATE '2025-12-01', municipality, sex, least(age // 5 * 5, 95), 0,
       (sum((squares - n) * 1000000 // (n * (n - 1))))::BIGINT, count(*)
FROM index JOIN person_month USING (person_key) WHERE month = DATE '2025-12-01'
GROUP BY ALL
"""

BY_HAND = MappingProxyType(
    {
        "readmission": READMISSION,
        "falls": FALLS,
        "assessed": ASSESSED,
        "ready": READY,
        "continuity": CONTINUITY,
    }
)
