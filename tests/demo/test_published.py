"""What the rooms publish is right R4, invariants and all: others' systems read it."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection

from samverka.resources.rules.keys import OWN
from samverka.resources.rules.validation import validate
from tests.demo.conftest import Built

pytestmark = pytest.mark.django_db

_CURRENT = """
    SELECT r.kind, v.text FROM resources_resource r
    JOIN resources_version v ON v.resource_id = r.id AND v.number = r.version
    WHERE r.source = %s
"""


def test_every_resource_of_our_own_is_judged_without_fault(built: Built) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT, [OWN])
        rows = cursor.fetchall()
    kinds = Counter(kind for kind, _text in rows)
    assert {"Appointment", "CarePlan", "Goal"} <= kinds.keys()
    faults = Counter(
        f"{kind} {fault.path.split('[')[0]}: {fault.message}"
        for kind, text in rows
        for fault in validate(text)
    )
    assert not faults, faults.most_common(10)
