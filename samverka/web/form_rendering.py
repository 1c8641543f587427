"""How Django's forms come out: one field template, Designsystemet's class on every input.

`FORM_RENDERER = "samverka.web.form_rendering.Renderer"` makes `{{ form }}`, `{{ form.name }}` and
`web/components/field.html` come out right for every form, our own and those of third parties.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext

from samverka.kernel.calendar import from_clock
from samverka.kernel.problems import Invalid
from samverka.kernel.text import in_language

DEFAULT_ROWS = 4


class Field(BoundField):
    """A bound field that knows the look: class, and textareas as wide as their column."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Add what the design system needs to the attributes that Django gives the widget."""
        built: dict[str, Any] = dict(super().build_widget_attrs(attrs, widget))
        shown = widget or self.field.widget
        if shown.is_hidden:
            return built
        built["class"] = " ".join(filter(None, ["ds-input", shown.attrs.get("class")]))
        if isinstance(shown, forms.Textarea):
            built |= {"cols": False, "rows": self._rows(shown)}
        return built

    @staticmethod
    def _rows(widget: forms.Textarea) -> int:
        """Django's own default of ten rows hides the rest of a form; a number of our own stands."""
        rows = int(widget.attrs.get("rows", DEFAULT_ROWS))
        return DEFAULT_ROWS if rows == 10 else rows

    @property
    def kind(self) -> str:
        """How the field template lays it out: `hidden`, `group`, `tick` or `line`."""
        if self.is_hidden:
            return "hidden"
        if self.use_fieldset:
            return "group"
        return "tick" if isinstance(self.field.widget, forms.CheckboxInput) else "line"


class Renderer(TemplatesSetting):
    """Finds form templates among the project's own (`django.forms` must be an installed app)."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/components/field.html"
    bound_field_class = Field


class DayInput(forms.DateInput):
    """A date picked with the browser's own calendar, or typed."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class Folded(forms.CheckboxSelectMultiple):
    """Checkboxes of which a named group opens on request.

    Args:
        wide_open: they stand open where the screen is wide.
    """

    template_name = "web/components/folded.html"

    def __init__(self, *, wide_open: bool = False) -> None:
        super().__init__(attrs={})
        self.wide_open = wide_open

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Also how the groups fold."""
        found = super().get_context(name, value, attrs)
        found["widget"]["wide_open"] = self.wide_open
        return found


class MomentInput(forms.DateTimeInput):
    """A day and a time of day, local time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    """A day and a time of day, local time; also in the two nights when the clocks change."""

    widget = MomentInput

    def to_python(self, value: Any) -> datetime | None:
        """The moment. Django refuses a time that comes twice, and says little of one that never came."""
        try:
            found: datetime | None = super().to_python(value)
        except forms.ValidationError as fault:
            if getattr(fault, "code", "") != "ambiguous_timezone" or not fault.params:
                raise
            return _on_the_clock(fault.params["datetime"])
        return found


def _on_the_clock(shown: datetime) -> datetime:
    try:
        return from_clock(shown)
    except Invalid as problem:
        raise forms.ValidationError(in_language(problem.message, gettext)) from problem
