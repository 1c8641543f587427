"""A unit's page: buttons only for those who may use them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories.browser import log_in
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.mark.parametrize(("key", "own"), [("health_centre", True), ("home_care", False)])
def test_only_the_own_organisations_unit_can_be_changed(cast: Cast, key: str, own: bool) -> None:
    unit, client = cast.units[key], log_in(cast.administrator)
    shown = client.get(reverse("organisations:unit", args=[unit.id])).content.decode()
    assert unit.name in shown
    for door in ("organisations:edit_unit", "contract:unit_notices"):
        path = reverse(door, args=[unit.id])
        assert (path in shown) is own
        assert (client.get(path).status_code == 200) is own or door == "organisations:edit_unit"


def test_one_who_may_not_change_sees_no_button(cast: Cast) -> None:
    unit = cast.units["health_centre"]
    shown = log_in(cast.region_nurse).get(reverse("organisations:unit", args=[unit.id]))
    assert reverse("organisations:edit_unit", args=[unit.id]) not in shown.content.decode()


def test_units_are_sought(cast: Cast) -> None:
    client, path = log_in(cast.administrator), reverse("organisations:units")
    unit, other = cast.units["health_centre"], cast.units["home_care"]
    shown = client.get(path, {"sok": unit.name.upper()}).content.decode()
    assert str(unit.id) in shown
    assert str(other.id) not in shown
    assert "Ingen enhet heter så" in client.get(path, {"sok": "zzz"}).content.decode()
