"""The floor reaches upwards only by names in the settings (docs/adr/0008), and each name leads somewhere."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from tests.house.source import REPOSITORY, modules, told

FUNCTIONS = (
    "SAMVERKA_ACTOR_FOR",
    "SAMVERKA_TOKEN_FOR",
    "SAMVERKA_PUBLISHER",
    "SAMVERKA_UNITS_FOR",
    "SAMVERKA_COLLEAGUES_FOR",
    "SAMVERKA_DUTIES_FOR",
)
ADDRESSES = ("SAMVERKA_CHOOSER_URL", "SAMVERKA_ENTRANCE_URL")
DECISION = (REPOSITORY / "docs/adr/0008-names-by-setting.md").read_text()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_named_function_is_there(name: str) -> None:
    assert callable(import_string(getattr(settings, name)))


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_named_address_is_there(name: str) -> None:
    assert reverse(getattr(settings, name))


def test_every_name_is_decided() -> None:
    used = {
        name
        for module in modules()
        for name in re.findall(r"settings\.(SAMVERKA_\w*(?:_URL|_FOR|PUBLISHER))\b", module.text)
    }
    undecided = [
        f"{name}: write in docs/adr/0008 what the floor needs it for." for name in sorted(used)
        if name not in DECISION
    ]  # fmt: skip
    assert used >= {"SAMVERKA_ACTOR_FOR", "SAMVERKA_PUBLISHER"}, (
        "No names were found: mend the test."
    )
    assert not undecided, told(undecided)


def test_nothing_else_is_imported_by_name() -> None:
    """`import_string` goes round the walls; only names in the settings may be called so."""
    faults = [
        f"{module.place}: import_string({what.strip()}…): call it by a setting of docs/adr/0008."
        for module in modules()
        for what in re.findall(r"import_string\(([^)]*)", module.text)
        if not what.strip().startswith("settings.SAMVERKA_")
    ]
    assert not faults, told(faults)
