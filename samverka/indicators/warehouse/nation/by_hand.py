"""Five measures in DuckDB's own SQL, as one who knows it well would write them: what the engine is held against.

Each gives (period, municipality, sex, band, value, numerator, denominator) of 2025: whole numbers, no shares. The
same definitions as data lie in `five.toml`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

READMISSION: Final = """
WITH ended AS (
    SELECT person_key, stay_key, admitted_on, planned, discharged_to, municipality, sex, age,
           greatest(coalesce(discharged_on, DATE '9999-12-31'), admitted_on) AS ended
    FROM stay),
followed AS (
    SELECT *, max(ended) OVER (in_order ROWS UNBOUNDED PRECEDING) AS left_on,
           lead(admitted_on) OVER in_order AS next_on, lead(planned) OVER in_order AS next_planned
    FROM ended WINDOW in_order AS (PARTITION BY person_key ORDER BY admitted_on, ended, stay_key))
SELECT date_trunc('month', left_on)::DATE, municipality, sex, least(age // 5 * 5, 95), 0,
       count(*) FILTER (WHERE next_on BETWEEN left_on + 1 AND left_on + 30 AND NOT next_planned), count(*)
FROM followed
WHERE left_on BETWEEN DATE '2025-01-01' AND DATE '2025-12-01' AND (next_on IS NULL OR next_on > left_on)
  AND age >= 65 AND discharged_to <> 'dead'
GROUP BY ALL
"""

FALLS: Final = """
WITH fallen AS (
    SELECT municipality, sex, least(age // 5 * 5, 95) AS band, count(*) AS many FROM stay
    WHERE admitted_on BETWEEN DATE '2025-01-01' AND DATE '2025-12-31' AND age >= 65
      AND (starts_with(cause, 'W0') OR starts_with(cause, 'W1')) GROUP BY ALL),
living AS (
    SELECT municipality, sex, least(age // 5 * 5, 95) AS band, count(*) AS many FROM person_month
    WHERE month = DATE '2025-12-01' AND age >= 65 GROUP BY ALL)
SELECT DATE '2025-01-01', municipality, sex, band, 0, coalesce(fallen.many, 0), coalesce(living.many, 0)
FROM living FULL JOIN fallen USING (municipality, sex, band)
"""

ASSESSED: Final = """
SELECT date_trunc('month', happened_on)::DATE, municipality, sex, least(age // 5 * 5, 95), 0,
       count(*) FILTER (WHERE happened_on - decided_on <= 3), count(*)
FROM contact
WHERE level = 'primary' AND way IN ('clinic', 'home', 'video') AND new_problem AND licensed
  AND chose_longer IS DISTINCT FROM TRUE AND decided_on <= happened_on
  AND happened_on BETWEEN DATE '2025-01-01' AND DATE '2025-12-31'
GROUP BY ALL
"""

READY: Final = """
SELECT date_trunc('month', discharged_on)::DATE, municipality, sex, least(age // 5 * 5, 95),
       discharged_on - ready_on, count(*), count(*)
FROM discharge
WHERE discharged_on > ready_on AND discharged_on BETWEEN DATE '2025-01-01' AND DATE '2025-12-31'
GROUP BY ALL
"""

CONTINUITY: Final = """
WITH met AS (
    SELECT person_key, carer_key, count(*) AS times
    FROM contact JOIN person_month USING (person_key)
    WHERE happened_on BETWEEN DATE '2024-07-01' AND DATE '2025-12-31' AND level = 'primary'
      AND profession = 'doctor' AND way IN ('clinic', 'home', 'video') AND carer_key IS NOT NULL
      AND month = DATE '2025-12-01' AND contact.unit = listed_unit
    GROUP BY ALL),
added AS (
    SELECT person_key, sum(times)::BIGINT * 1000000000 + sum(times * times)::BIGINT AS value FROM met
    GROUP BY ALL HAVING sum(times) >= 3)
SELECT DATE '2025-12-31', municipality, sex, least(age // 5 * 5, 95), value, count(*), count(*)
FROM added JOIN person_month USING (person_key) WHERE month = DATE '2025-12-01'
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
