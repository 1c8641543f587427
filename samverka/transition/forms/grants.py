"""Forms of grants: what is tried, what has happened with the money, files to be read in."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from samverka.transition.reads import PopulationLine, Wish
from samverka.transition.rules.grants import (
    RESIDUAL_WORDS,
    KeyKind,
    MovementKind,
    Residual,
)
from samverka.transition.rules.grants.choosing import CHOSEN, KEY_WORDS
from samverka.web.door import translated
from samverka.web.form_rendering import DayInput

MEGABYTES = 5
ROWS = 20_000
"""A file of amounts or movements is small: a larger one is another file."""

MOVEMENT_WORDS = {
    MovementKind.DRAWN: _("Rekvirerat"),
    MovementKind.USED: _("Använt"),
    MovementKind.PAID_BACK: _("Återbetalt"),
}


class TryForm(forms.Form):
    """Another key, population, share, floor or ceiling. What is empty is as it is."""

    nyckel = forms.ChoiceField(label=_("Nyckel"), required=False)
    befolkning = forms.ChoiceField(label=_("Befolkning"), required=False)
    andel = forms.IntegerField(
        label=_("Andel av båda sidors pengar"), required=False, min_value=0, max_value=100
    )
    golv = forms.IntegerField(label=_("Minst till var och en"), required=False, min_value=0)
    tak = forms.IntegerField(label=_("Högst till var och en"), required=False, min_value=0)
    rest = forms.ChoiceField(label=_("Resten"), required=False)

    def __init__(
        self, *args: Any, populations: Iterable[PopulationLine], both: bool, **given: Any
    ) -> None:
        super().__init__(*args, **given)
        as_is = ("", say("Som nu"))
        people = [(str(one.id), f"{one.name}, {one.version}") for one in populations]
        keys = [(one.value, translated(KEY_WORDS[one])) for one in CHOSEN]
        rests = [
            (one.value, translated(words))
            for one, words in RESIDUAL_WORDS.items()
            if one is not Residual.NAMED
        ]
        for name, found in (("nyckel", keys), ("befolkning", people), ("rest", rests)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [as_is, *found]
        if not both:
            del self.fields["andel"]

    @property
    def wish(self) -> Wish:
        """What is to be tried; nothing while the form cannot be used."""
        kept: Mapping[str, Any] = getattr(self, "cleaned_data", {}) if self.is_valid() else {}
        people = kept.get("befolkning")
        return Wish(
            kind=KeyKind(kept["nyckel"]) if kept.get("nyckel") else None,
            population_id=UUID(people) if people else None,
            percent=kept.get("andel"),
            floor=kept.get("golv"),
            ceiling=kept.get("tak"),
            residual=Residual(kept["rest"]) if kept.get("rest") else None,
        )


class KeepForm(forms.Form):
    """Why a draft is kept."""

    why = forms.CharField(label=_("Varför?"), max_length=500)


class MovementForm(forms.Form):
    """What happened to the money."""

    kind = forms.ChoiceField(
        label=_("Vad hände?"), choices=[(one.value, words) for one, words in MOVEMENT_WORDS.items()]
    )
    kronor = forms.IntegerField(label=_("Kronor"), min_value=1, help_text=_("Hela kronor."))
    on = forms.DateField(label=_("Dag"), widget=DayInput)
    number = forms.CharField(label=_("Verifikation"), max_length=60)
    undoes = forms.CharField(
        label=_("Rättar verifikation"),
        max_length=60,
        required=False,
        help_text=_("Bara om den här tar bort en händelse som blev fel."),
    )
    said = forms.CharField(label=_("Anmärkning"), max_length=300, required=False)


class DocumentForm(forms.Form):
    """Where a document is, and what it says."""

    title = forms.CharField(label=_("Dokument"), max_length=200)
    link = forms.CharField(label=_("Adress"), max_length=500, required=False)
    dated = forms.DateField(label=_("Daterat"), widget=DayInput, required=False)
    said = forms.CharField(
        label=_("Vad det säger"), max_length=1000, required=False, widget=forms.Textarea
    )


class FileForm(forms.Form):
    """A file of amounts, movements or inhabitants."""

    what = forms.ChoiceField(label=_("Vad är det?"), widget=forms.RadioSelect)
    upload = forms.FileField(
        label=_("Fil"), help_text=_("CSV eller Excel (XLSX). Första raden är rubriker.")
    )
    agreement = forms.ChoiceField(
        label=_("Överenskommelse"), required=False, help_text=_("För belopp.")
    )
    year = forms.IntegerField(
        label=_("Bidragsår"),
        required=False,
        min_value=2000,
        max_value=2100,
        help_text=_(
            "För belopp: används till årets slut, betalas tillbaka senast 31 mars året efter."
        ),
    )
    name = forms.CharField(
        label=_("Befolkningens namn"), required=False, max_length=200, help_text=_("För invånare.")
    )
    version = forms.CharField(label=_("Version"), required=False, max_length=60)
    counted_on = forms.DateField(label=_("Räknad den"), required=False, widget=DayInput)
    told_total = forms.IntegerField(
        label=_("Total enligt källan"), required=False, min_value=0,
        help_text=_("Om den är angiven: raderna jämförs med den."),
    )  # fmt: skip
    source = forms.CharField(label=_("Källa"), required=False, max_length=300)

    def __init__(
        self, *args: Any, agreements: Iterable[tuple[str, str]], may_lay_down: bool, **given: Any
    ) -> None:
        super().__init__(*args, **given)
        kinds = [("movements", say("Rekvirerat, använt och återbetalt"))]
        if may_lay_down:
            kinds += [("awards", say("Tilldelade belopp")), ("people", say("Invånare"))]
        else:
            for name in (
                "agreement",
                "year",
                "name",
                "version",
                "counted_on",
                "told_total",
                "source",
            ):
                del self.fields[name]
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = kinds
        what.initial = kinds[0][0]
        if may_lay_down:
            owner = self.fields["agreement"]
            assert isinstance(owner, forms.ChoiceField)
            owner.choices = [("", say("Välj")), *agreements]

    def clean(self) -> dict[str, Any]:
        """What each kind of file needs beside the rows."""
        kept = super().clean() or {}
        needed = {
            "awards": ("agreement", "year", "source"),
            "people": ("name", "version", "counted_on", "source"),
        }
        for name in needed.get(kept.get("what", ""), ()):
            if not kept.get(name) and name not in self.errors:
                self.add_error(name, say("Fyll i det här för den filen."))
        return kept

    def clean_upload(self) -> list[dict[str, str]]:
        """The rows of the file."""
        return rows_of(self.cleaned_data["upload"])


def rows_of(upload: UploadedFile[bytes]) -> list[dict[str, str]]:
    """The rows of an uploaded table, each by its headings in small letters.

    Raises:
        ValidationError: too large, not a table, or in letters that cannot be read.
    """
    if (upload.size or 0) > MEGABYTES * 1024 * 1024:
        raise forms.ValidationError(say("Filen är större än %(most)s MB.") % {"most": MEGABYTES})
    body = upload.read()
    table = _workbook(body) if body[:2] == b"PK" else _plain(body)
    if len(table) < 2:
        raise forms.ValidationError(say("Filen har inga rader under rubrikerna."))
    if len(table) > ROWS:
        raise forms.ValidationError(say("Filen har fler än %(most)s rader.") % {"most": ROWS})
    heads = [one.strip().lower() for one in table[0]]
    return [dict(zip(heads, row, strict=False)) for row in table[1:] if any(row)]


def _workbook(body: bytes) -> list[list[str]]:
    try:
        book = load_workbook(BytesIO(body), read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError, OSError) as fault:
        raise forms.ValidationError(say("Filen går inte att läsa som Excel.")) from fault
    sheet = book.worksheets[0]
    return [
        [_cell(one) for one in row] for row in sheet.iter_rows(values_only=True, max_row=ROWS + 1)
    ]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _plain(body: bytes) -> list[list[str]]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("cp1252", errors="replace")
    if "\0" in text:
        raise forms.ValidationError(say("Filen är varken CSV eller Excel."))
    first = text.partition("\n")[0]
    divider = max(";,\t", key=first.count)
    return [[one.strip() for one in row] for row in csv.reader(StringIO(text), delimiter=divider)]
