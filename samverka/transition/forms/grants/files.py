"""Files of amounts, movements and inhabitants; the same rows pasted."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from samverka.web.form_rendering import DayInput

MEGABYTES = 5
ROWS = 20_000
"""A file of amounts or movements is small: a larger one is another file."""


class FileForm(forms.Form):
    """A file of amounts, movements or inhabitants."""

    what = forms.ChoiceField(label=_("Vad är det?"), widget=forms.RadioSelect)
    upload = forms.FileField(
        label=_("Fil"),
        required=False,
        help_text=_("CSV eller Excel (XLSX). Första raden är rubriker."),
    )
    pasted = forms.CharField(
        label=_("Eller klistra in raderna"),
        required=False,
        widget=forms.Textarea,
        help_text=_("Med rubrikerna överst, som i filen."),
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
        label=_("Total enligt källan"), required=False, min_value=0, max_value=10**12,
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
        return kept | {"rows": self._rows(kept)}

    def _rows(self, kept: dict[str, Any]) -> list[dict[str, str]]:
        """The rows of the file, or those pasted."""
        name = "upload" if kept.get("upload") else "pasted"
        if "upload" in self.errors:
            return []
        if not kept.get(name):
            self.add_error("upload", say("Välj en fil eller klistra in raderna."))
            return []
        try:
            return rows_of(kept[name]) if name == "upload" else _by_heads(_table(kept[name]))
        except forms.ValidationError as fault:
            self.add_error(name, fault)
            return []


def rows_of(upload: UploadedFile[bytes]) -> list[dict[str, str]]:
    """The rows of an uploaded table, each by its headings in small letters.

    Raises:
        ValidationError: too large, not a table, or in letters that cannot be read.
    """
    if (upload.size or 0) > MEGABYTES * 1024 * 1024:
        raise forms.ValidationError(say("Filen är större än %(most)s MB.") % {"most": MEGABYTES})
    body = upload.read()
    return _by_heads(_workbook(body) if body[:2] == b"PK" else _plain(body))


def _by_heads(table: list[list[str]]) -> list[dict[str, str]]:
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
    return _table(text)


def pasted_rows(written: str, heads: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Pasted rows of known columns with their place, counted from 1; headings above them are passed by."""
    rows = [
        (place, dict(zip(heads, row, strict=False)))
        for place, row in enumerate(_table(written), 1)
        if any(row)
    ]
    headed = rows and not rows[0][1][heads[0]][:1].isdigit()
    return rows[1:] if headed else rows


def _table(text: str) -> list[list[str]]:
    first = text.strip().partition("\n")[0]
    divider = max(";,\t", key=first.count)
    lines = StringIO(text, newline=None)  # a lone carriage return ends a line too
    return [[one.strip() for one in row] for row in csv.reader(lines, delimiter=divider)]
