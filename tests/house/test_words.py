"""One word for one thing: the glossary knows every table and status, and pages use its words."""

from __future__ import annotations

import importlib
import re
from enum import Enum, StrEnum

from tests.house.source import REPOSITORY, modules, rooms_with, templates, told
from tests.house.test_fields import own_models

GLOSSARY = (REPOSITORY / "GLOSSARY.md").read_text()
KNOWN = set(re.findall(r"`([^`]+)`", GLOSSARY))

NOT_OURS = re.compile(
    r"\b(brukar(?:e|en|na|nas|ens|es)?|kund(?:en|er|erna|s|ens)?|klient(?:en|er|erna|s|ens)?)\b",
    re.I,
)
"""Words for people that the glossary forbids."""

SENTENCE = re.compile(r"""\b_\(\s*((?:f?["'][^"'\n]*["']\s*)+)""")


def test_every_table_is_in_the_glossary() -> None:
    faults = [
        f"{model._meta.label}: say in GLOSSARY.md what a `{model.__name__}` is, in Swedish too."
        for model in own_models()
        if model.__name__ not in KNOWN
    ]
    assert not faults, told(faults)


def _statuses() -> list[type[Enum]]:
    found: dict[str, type[Enum]] = {}
    for module in rooms_with("rules"):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, StrEnum):
                found[f"{value.__module__}.{value.__name__}"] = value
    return [enum for name, enum in found.items() if name.endswith(("Status", "State"))]


def test_every_status_is_in_the_glossary() -> None:
    statuses = _statuses()
    assert len(statuses) >= 5, "No statuses were found: mend the test."
    faults = [
        f"{enum.__module__}.{enum.__name__}.{item.name}: say in GLOSSARY.md what `{item.value}` means."
        for enum in statuses
        for item in enum
        if enum.__name__ not in KNOWN or item.value not in KNOWN
    ]
    assert not faults, told(faults)


def test_pages_use_our_words() -> None:
    faults = [
        f"{path.relative_to(REPOSITORY)}: “{word}” is not ours; GLOSSARY.md says which word is."
        for path in templates()
        for word in NOT_OURS.findall(path.read_text())
    ]
    faults += [
        f"{module.place}: “{word}” is not ours; GLOSSARY.md says which word is."
        for module in modules()
        for sentence in SENTENCE.findall(module.text)
        for word in NOT_OURS.findall(sentence)
    ]
    assert not faults, told(faults)


def test_this_test_sees_the_words() -> None:
    assert NOT_OURS.findall("Brukarens plan och kunden och klienter") == [
        "Brukarens",
        "kunden",
        "klienter",
    ]
    assert not NOT_OURS.findall("kundtjänst bruk brukade sekundär")
    assert SENTENCE.findall('say(_("En kund kom."))')
