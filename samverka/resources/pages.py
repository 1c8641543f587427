"""Pages: read in files, and see how it went."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods, require_safe

from samverka.access import reads as access_reads
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotNow
from samverka.resources import operations, reads
from samverka.resources.forms import ImportForm
from samverka.resources.rules.report import ImportReport
from samverka.resources.rules.showing import kind_words
from samverka.web.door import actor_of, translated
from samverka.web.page import page

LINES_SHOWN = 300
"""Lines of a report on its page; the first tell enough to mend the file and try again."""


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Read in FHIR files, and see the imports that have been."""
    actor = actor_of(request)
    access_reads.may_open(actor, action=Action.SHELF_RECEIVE)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        report = _run(actor, form)
        if report is not None:
            return redirect("resources:report", run_id=report.id)
    context = {"form": form, "runs": reads.list_imports(actor)}
    status = 422 if form.is_bound and form.errors else 200
    return page(request, "resources/imports.html", context, status=status)


def _run(actor: Actor, form: ImportForm) -> ImportReport | None:
    """Import; what stops the whole of it is said on the form."""
    given = form.cleaned_data
    with tempfile.TemporaryDirectory(prefix="samverka-import-") as folder:
        try:
            return operations.run_import(
                actor,
                paths=_written(Path(folder), given["uploads"]),
                source=given["source"],
                base=given["base"],
                registry=import_string(settings.SAMVERKA_REGISTRY),
            )
        except (Invalid, NotNow) as problem:
            where = problem.where if problem.where in form.fields else "uploads"
            form.add_error(where, translated(problem.message))
            return None


def _written(folder: Path, uploads: Sequence[UploadedFile[bytes]]) -> list[Path]:
    """The uploads as files of their own names, each in its own folder: two may have the same name."""
    paths = []
    for number, upload in enumerate(uploads):
        place = folder / str(number)
        place.mkdir()
        path = place / (Path(upload.name or "").name or "fil")
        with path.open("wb") as out:
            for chunk in upload.chunks():
                out.write(chunk)
        paths.append(path)
    return paths


@require_safe
def report(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """How one import went: what became of each type, and every line with what to mend."""
    found = reads.import_report(actor_of(request), run_id=run_id)
    context = {
        "report": found,
        "rows": [(kind_words(row.kind), row) for row in found.rows],
        "lines": [
            (line, translated(line.message), translated(line.mend) if line.mend else "")
            for line in found.lines[:LINES_SHOWN]
        ],
        "more": max(found.line_count - LINES_SHOWN, 0),
    }
    return page(request, "resources/report.html", context)
