"""Forms of the room: parsing and friendly messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.kernel.problems import Conflict
from samverka.kernel.text import in_language
from samverka.notices.operations.steps import LONGEST_REASON
from samverka.notices.reads import SettingsDetail
from samverka.notices.rules import DAY_WORDS, Week

Choices = list[tuple[str, str]]
_STAFF, _UNIT = "s:", "u:"
_HOURS = 24


def _in_language(message: str) -> str:
    return in_language(message, gettext)


class HandOverForm(forms.Form):
    """To whom a task goes, and why."""

    to = forms.ChoiceField(label=_("Till"))
    reason = forms.CharField(
        label=_("Varför?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Den som tar emot uppgiften läser det här."),
    )

    def __init__(
        self, *args: Any, colleagues: Mapping[UUID, str], units: Mapping[UUID, str], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        groups: list[tuple[Any, Any]] = [("", _("Välj"))]
        if colleagues:
            groups.append((_("En kollega"), _choices(_STAFF, colleagues)))
        if units:
            groups.append((_("En annan enhet"), _choices(_UNIT, units)))
        self.fields["to"].choices = groups  # type: ignore[attr-defined]

    def staff_id(self) -> UUID | None:
        """The colleague, if it is one."""
        return self._chosen(_STAFF)

    def unit_id(self) -> UUID | None:
        """The unit, if it is one."""
        return self._chosen(_UNIT)

    def _chosen(self, kind: str) -> UUID | None:
        code: str = self.cleaned_data["to"]
        return UUID(code.removeprefix(kind)) if code.startswith(kind) else None


def _choices(kind: str, names: Mapping[UUID, str]) -> Choices:
    return [(f"{kind}{one}", name) for one, name in names.items()]


class AddressesField(forms.CharField):
    """E-mail addresses, one a line or with commas between."""

    widget = forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})

    def clean(self, value: Any) -> Any:
        """The addresses, each by itself."""
        text = super().clean(value)
        return [
            one for line in text.splitlines() for part in line.split(",") if (one := part.strip())
        ]


class SettingsForm(forms.Form):
    """How a unit wants its notices."""

    emails = AddressesField(
        label=_("E-post för dagens påminnelse"),
        required=False,
        help_text=_(
            "En adress på varje rad. Brevet säger hur många uppgifter som väntar, aldrig vem de gäller."
        ),
    )
    digest_hour = forms.TypedChoiceField(
        label=_("När ska det skickas?"), coerce=int, empty_value=None, required=False
    )
    stand_in = forms.TypedChoiceField(
        label=_("Ersättare"),
        coerce=UUID,
        empty_value=None,
        required=False,
        help_text=_("Får det som ingen hos er öppnar i tid."),
    )
    fallback = forms.TypedChoiceField(
        label=_("Sist i kedjan"),
        coerce=UUID,
        empty_value=None,
        required=False,
        help_text=_("Får det som inte heller ersättaren öppnar."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Mapping[UUID, str], **given: Any) -> None:
        super().__init__(*args, **given)
        none: Choices = [("", gettext("Ingen"))]
        chosen = [*none, *((str(one), name) for one, name in units.items())]
        for name in ("stand_in", "fallback"):
            self.fields[name].choices = chosen  # type: ignore[attr-defined]
        hours = [(str(hour), f"{hour:02}.00") for hour in range(_HOURS)]
        self.fields["digest_hour"].choices = [("", gettext("Skicka inte")), *hours]  # type: ignore[attr-defined]
        for number, words in enumerate(DAY_WORDS):
            for name, label in (("from", _("öppnar")), ("to", _("stänger"))):
                self.fields[f"{name}_{number}"] = _clock(words, label)

    def days(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each weekday with its two fields, for the template."""
        return [
            (_in_language(words), self[f"from_{number}"], self[f"to_{number}"])
            for number, words in enumerate(DAY_WORDS)
        ]

    def clean(self) -> dict[str, Any]:
        """A day has both hours or neither."""
        given = super().clean() or {}
        for number, words in enumerate(DAY_WORDS):
            names = (f"from_{number}", f"to_{number}")
            if any(name in self.errors for name in names):
                continue
            missing = [name for name in names if given.get(name) is None]
            if len(missing) == 1:
                self.add_error(
                    missing[0],
                    gettext("%(day)s: fyll i både öppnar och stänger, eller lämna båda tomma.")
                    % {"day": _in_language(words)},
                )
        return given

    def week(self) -> Week:
        """The hours as the operation takes them; empty when no day has any."""
        days = [
            (self.cleaned_data[f"from_{number}"], self.cleaned_data[f"to_{number}"])
            for number in range(len(DAY_WORDS))
        ]
        found = tuple((begins, ends) if begins and ends else None for begins, ends in days)
        return found if any(found) else ()

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        given = self.cleaned_data
        return {
            "emails": given["emails"],
            "digest_hour": given["digest_hour"],
            "stand_in_id": given["stand_in"],
            "fallback_id": given["fallback"],
            "week": self.week(),
            "version": given["version"],
        }


def both_texts(form: SettingsForm, lost: Conflict) -> list[dict[str, object]]:
    """What differs between what was typed and what another saved meanwhile, each with both texts."""
    fields = form.fields
    days = {"week": gettext("Öppettider")}
    labels = days | {
        known: fields[name].label
        for known, name in (
            ("emails", "emails"),
            ("digest_hour", "digest_hour"),
            ("stand_in_id", "stand_in"),
            ("fallback_id", "fallback"),
        )
    }
    return [
        {"label": label, "mine": mine, "theirs": theirs}
        for known, label in labels.items()
        if (mine := _words(form, known, lost.mine[known]))
        != (theirs := _words(form, known, lost.theirs[known]))
    ]


def _words(form: SettingsForm, known: str, value: Any) -> str:
    """A value of the settings as its field shows it."""
    if known == "emails":
        return "\n".join(value)
    if known == "week":
        return "\n".join(_hours_words(value)) or gettext("Alltid öppet")
    field = "digest_hour" if known == "digest_hour" else known.removesuffix("_id")
    choices = dict(form.fields[field].choices)  # type: ignore[attr-defined]
    code = "" if value is None else str(value)
    return str(choices.get(code, code))


def _hours_words(week: Week) -> Iterable[str]:
    for day, hours in zip(DAY_WORDS, week, strict=False):
        if hours:
            begins, ends = (at.strftime("%H.%M") for at in hours)
            yield f"{_in_language(day)} {begins}–{ends}"


def against_newest(form: SettingsForm, version: int) -> SettingsForm:
    """What was typed stands, now against the newest settings, so that saving again decides."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data["version"] = str(version)
    form.data = data
    return form


def _clock(day: str, label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=_joined(day, label),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Skriv klockslaget så här: 08:00.")},
    )


def _join(day: str, label: Any) -> str:
    return f"{_in_language(day)} {label}"


_joined = lazy(_join, str)


def settings_initial(found: SettingsDetail) -> dict[str, Any]:
    """What is set, to begin with."""
    shown: dict[str, Any] = {
        "emails": "\n".join(found.emails),
        "digest_hour": "" if found.digest_hour is None else str(found.digest_hour),
        "stand_in": str(found.stand_in_id or ""),
        "fallback": str(found.fallback_id or ""),
        "version": found.version,
    }
    return shown | dict(_times(found.week))


def _times(week: Week) -> Iterable[tuple[str, time]]:
    for number, hours in enumerate(week):
        if hours is not None:
            yield f"from_{number}", hours[0]
            yield f"to_{number}", hours[1]
