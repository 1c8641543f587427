"""Every field of every table has been thought of: identity, health, staff or plain."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Field, Model

from samverka.config.fields import FIELDS, FieldClass, names_someone
from tests.house.source import told


def own_models() -> list[type[Model]]:
    """The models of the house; those of the libraries hold log-ins and sessions only."""
    return [one for one in apps.get_models() if one.__module__.startswith("samverka.")]


def _fields(model: type[Model]) -> list[Field[object, object]]:
    return list(model._meta.local_concrete_fields)


def test_every_field_has_a_class() -> None:
    faults = [
        f"{model._meta.label}.{field.name}: say in samverka/config/fields/ what it tells of whom."
        for model in own_models()
        for field in _fields(model)
        if field.name not in FIELDS.get(model._meta.label, {})
    ]
    assert not faults, told(faults)


def test_no_class_is_left_over() -> None:
    there = {model._meta.label: {field.name for field in _fields(model)} for model in own_models()}
    stale = [
        f"{label}.{name}: there is no such field; take it out of samverka/config/fields/."
        for label, names in FIELDS.items()
        for name in names
        if name not in there.get(label, set())
    ]
    assert not stale, told(stale)


def test_the_key_that_joins_is_identity() -> None:
    faults = [
        f"{label}.{name} joins to a person: its class is identity."
        for label, names in FIELDS.items()
        for name, kind in names.items()
        if name in ("person", "person_id") and kind is not FieldClass.IDENTITY
    ]
    assert not faults, told(faults)


def test_free_text_is_never_plain() -> None:
    """What someone writes in free words may hold anything about anyone."""
    prose = {"TextField", "JSONField"}
    plain_prose = {
        "resources.Run.counts": "numbers by type of resource",
        "resources.BulkExport.narrowing": "what a client has been let do",
        "resources.BulkExport.place": "ids, and how long the files are",
        "resources.BulkImport.narrowing": "what a client has been let do",
        "resources.BulkImport.place": "numbers by type of resource",
        "indicators.MeasureVersion.definition": "what is counted, written by the county",
        "indicators.Snapshot.counts": "rows by fact",
        "indicators.Snapshot.sums": "rows, days and shares that lack something, by fact",
        "indicators.Snapshot.quality": "faults by kind, with numbers",
        "indicators.Curve.points": "figures that disclosure control has let through",
        "indicators.Given.groups": "the limits of what was released",
        "indicators.Given.counts": "what was released",
        "transition.GrantPopulation.people": "inhabitants by area",
        "transition.GrantPopulation.faults": "faults in a file of areas",
        "transition.GrantDistribution.weights": "weights by area",
        "transition.GrantDistribution.amounts": "kronor by area",
        "transition.GrantDistribution.published": "kronor by area, as published",
        "transition.ReportForm.definition": "questions, written by the county",
        "transition.Report.figures": "figures that disclosure control has let through",
        "transition.Codebook.codes": "what readers look for, written by the county",
    }
    faults = [
        f"{model._meta.label}.{field.name} is free text: its class is not plain."
        for model in own_models()
        for field in _fields(model)
        if field.get_internal_type() in prose
        and FIELDS.get(model._meta.label, {}).get(field.name) is FieldClass.PLAIN
        and f"{model._meta.label}.{field.name}" not in plain_prose
    ]
    assert not faults, told(faults)


def test_an_unknown_field_counts_as_one_that_names_someone() -> None:
    assert names_someone("people.Person", "a_field_of_tomorrow")
    assert names_someone("people.Person", "family_name")
    assert not names_someone("people.Person", "version")
