"""Form for reading in files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

UPLOAD_MEGABYTES = 10
"""All files of one upload together: more takes so long that the command line is the better way."""

UPLOAD_FILES = 50


class _Files(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more uploaded files, within the limits."""

    def __init__(self, **given: Any) -> None:
        attrs = {"accept": ".json,.ndjson,.jsonl,application/fhir+json,application/json"}
        super().__init__(widget=_Files(attrs=attrs), **given)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Every file; refused together if they are too many or too large."""
        files = data if isinstance(data, list | tuple) and data else [data or None]
        found = [super(FilesField, self).clean(one, initial) for one in files]
        if len(found) > UPLOAD_FILES:
            words = say("Välj högst %(most)s filer åt gången.") % {"most": UPLOAD_FILES}
            raise forms.ValidationError(words)
        if sum(one.size or 0 for one in found) > UPLOAD_MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(
                say(
                    "Filerna är tillsammans större än %(most)s MB. Läs in dem med kommandot "
                    "samverka import i stället."
                )
                % {"most": UPLOAD_MEGABYTES}
            )
        return found


class ImportForm(forms.Form):
    """FHIR files from one source."""

    uploads = FilesField(
        label=_("Filer"),
        help_text=_("FHIR R4 i JSON eller NDJSON. Du kan välja flera."),
        error_messages={"required": _("Välj minst en fil."), "empty": _("En av filerna är tom.")},
    )
    source = forms.CharField(
        label=_("Källa"),
        max_length=80,
        help_text=_(
            "Systemet som filerna kommer från, till exempel Cosmic. Skriv det alltid likadant."
        ),
    )
    base = forms.URLField(
        label=_("Källans FHIR-adress"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("Behövs bara om filerna pekar på resurser med hela adresser."),
    )
