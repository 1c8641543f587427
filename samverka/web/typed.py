"""A form that was kept, in words: the labels that stood beside what was typed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from samverka.web.reads import DraftDetail
from samverka.web.rules import is_words


@dataclass(frozen=True, slots=True)
class ShownDraft:
    """A draft for the page.

    Attributes:
        lines: (label, what was typed), only what someone may have typed.
        sent: (name, text) of every field, to send it again as it was.
    """

    draft: DraftDetail
    lines: tuple[tuple[str, str], ...]
    sent: tuple[tuple[str, str], ...]


def shown(draft: DraftDetail) -> ShownDraft:
    """The draft with its form's own labels; a word that has none stands without."""
    fields = _fields(draft)
    lines = [
        (str(_label(fields, name)), _said(fields.get(name), text))
        for name, texts in draft.fields.items()
        for text in texts
        if is_words(text) and not _is_hidden(fields, name)
    ]
    sent = [(name, text) for name, texts in draft.fields.items() for text in texts]
    return ShownDraft(draft, tuple(lines), tuple(sent))


def _fields(draft: DraftDetail) -> Mapping[str, forms.Field]:
    """The fields of the form that fits best among those that the address's page uses."""
    names = set(draft.fields)
    found = [getattr(form, "base_fields", {}) for form in _forms_of(draft.path)]
    return max(found, key=lambda fields: len(names & fields.keys()), default={})


def _forms_of(path: str) -> Iterable[type[forms.BaseForm]]:
    try:
        view = resolve(path.partition("?")[0]).func
    except Resolver404:
        return []
    module = sys.modules.get(view.__module__)
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, forms.BaseForm)
    ]


def _label(fields: Mapping[str, forms.Field], name: str) -> str:
    field = fields.get(name)
    return str(field.label) if field is not None and field.label else _("Text")


def _is_hidden(fields: Mapping[str, forms.Field], name: str) -> bool:
    field = fields.get(name)
    return field is not None and field.widget.is_hidden


def _said(field: forms.Field | None, text: str) -> str:
    """What was chosen, in the words of the choice."""
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(text, text))  # type: ignore[arg-type]
    return text
