"""Addresses of the room: two lists, so that each half is read by itself."""

from __future__ import annotations

from django.urls import URLPattern, path

from samverka.transition.pages import targets
from samverka.transition.pages.grants import doing, laying_down, looking, sharing
from samverka.transition.pages.grants import files as grant_files
from samverka.transition.pages.reports import (
    answering,
    coding,
    files,
    rounds,
    showing,
    versions,
)

app_name = "transition"

REPORTS: list[URLPattern] = [
    path("nulagesrapporter/", rounds.home, name="reports"),
    path("nulagesrapporter/fragor/", versions.questions, name="questions"),
    path("nulagesrapporter/kodbok/", versions.codebook, name="codebook"),
    path("nulagesrapporter/ny-omgang/", rounds.new_round, name="round_new"),
    path("nulagesrapporter/omgang/<uuid:round_id>/", rounds.show_round, name="round"),
    path("nulagesrapporter/omgang/<uuid:round_id>/dagar/", rounds.days, name="round_days"),
    path("nulagesrapporter/omgang/<uuid:round_id>/region/", rounds.outsider, name="round_outsider"),
    path("nulagesrapporter/omgang/<uuid:round_id>/oppna/", rounds.open_round, name="round_open"),
    path(
        "nulagesrapporter/omgang/<uuid:round_id>/publicera/", rounds.publish, name="round_publish"
    ),
    path(
        "nulagesrapporter/omgang/<uuid:round_id>/sammanfattning/", showing.summary, name="summary"
    ),
    path(
        "nulagesrapporter/omgang/<uuid:round_id>/sammanfattning.<str:file_kind>",
        files.summary_file,
        name="summary_file",
    ),
    path("nulagesrapporter/omgang/<uuid:round_id>/kodning/", coding.coding, name="coding"),
    path(
        "nulagesrapporter/omgang/<uuid:round_id>/kodning/<uuid:answer_id>/",
        coding.code,
        name="code",
    ),
    path("nulagesrapporter/<uuid:report_id>/", answering.report, name="report"),
    path(
        "nulagesrapporter/<uuid:report_id>/omrade/<str:area_code>/",
        answering.area,
        name="report_area",
    ),
    path(
        "nulagesrapporter/<uuid:report_id>/kommentar/<str:question>/",
        answering.comment,
        name="report_comment",
    ),
    path(
        "nulagesrapporter/<uuid:report_id>/hanterad/<uuid:comment_id>/",
        answering.comment_handled,
        name="comment_handled",
    ),
    path(
        "nulagesrapporter/<uuid:report_id>/steg/<str:step_name>/",
        answering.step,
        name="report_step",
    ),
    path("nulagesrapporter/<uuid:report_id>/jamfor/", answering.compare, name="report_compare"),
    path("nulagesrapporter/<uuid:report_id>/las-in/", files.read_in, name="report_read_in"),
    path(
        "nulagesrapporter/<uuid:report_id>/rapport.<str:file_kind>",
        files.report_file,
        name="report_file",
    ),
    path("nulage/", showing.public_rounds, name="public_rounds"),
    path("nulage/<uuid:round_id>/", showing.public_round, name="public_round"),
    path(
        "nulage/<uuid:round_id>/sammanfattning.<str:file_kind>",
        files.public_file,
        name="public_file",
    ),
    path("nulage/rapport/<uuid:report_id>/", showing.public_report, name="public_report"),
    path("malbilder/", targets.targets, name="targets"),
    path("malbilder/ny/", targets.new_target, name="target_new"),
    path("malbilder/<uuid:target_id>/", targets.target, name="target"),
    path("malbilder/<uuid:target_id>/andra/", targets.edit_target, name="target_edit"),
    path("malbilder/<uuid:target_id>/insats/", targets.add_action, name="action_new"),
    path(
        "malbilder/<uuid:target_id>/insats/<uuid:action_id>/", targets.follow_up, name="follow_up"
    ),
    path("malbilder/beslut/<uuid:version_id>/", targets.target_file, name="target_file"),
]
"""Rounds, reports, their coding and summary; targets and actions."""

_AGREEMENT = "medel/overenskommelse/<uuid:agreement_id>/"
_DISTRIBUTION = "medel/fordelning/<uuid:distribution_id>/"
_RECIPIENT = "medel/mottagare/<str:recipient>/"

GRANTS: list[URLPattern] = [
    path("medel/", looking.overview, name="grants"),
    path("medel/las-in/", doing.reading, name="grant_import"),
    path("medel/befolkning/<uuid:population_id>/", looking.population, name="grant_population"),
    path("medel/overenskommelse/ny/", laying_down.new_agreement, name="grant_agreement_new"),
    path("medel/pott/<uuid:pot_id>/fordela/", sharing.share_pot, name="grant_share"),
    path(_AGREEMENT, looking.agreement, name="grant_agreement"),
    path(f"{_AGREEMENT}dokument/", laying_down.document, name="grant_document"),
    path(f"{_AGREEMENT}omrade/", laying_down.area, name="grant_area"),
    path(f"{_AGREEMENT}period/", looking.period, name="grant_period"),
    path(f"{_AGREEMENT}period/<int:year>/tilldela/", sharing.award_year, name="grant_award_year"),
    path(_DISTRIBUTION, looking.distribution, name="grant_distribution"),
    path(f"{_DISTRIBUTION}prova/", doing.attempt, name="grant_try"),
    path(f"{_DISTRIBUTION}galler/", doing.decide, name="grant_decide"),
    path(f"{_DISTRIBUTION}tilldela/", sharing.award, name="grant_award"),
    path(f"{_DISTRIBUTION}publicerat/", sharing.published, name="grant_published"),
    path(_RECIPIENT, looking.one_recipient, name="grant_recipient"),
    path(f"{_RECIPIENT}<uuid:award_id>/", doing.movement, name="grant_movement"),
    *(
        path(f"{place}tabell.{ending}", page, {"ending": ending}, name=f"{name}_{ending}")
        for place, page, name in (
            (_DISTRIBUTION, grant_files.distribution_file, "grant_distribution"),
            (_RECIPIENT, grant_files.recipient_file, "grant_recipient"),
        )
        for ending in ("csv", "xlsx", "pdf")
    ),
]
"""Government grants."""

urlpatterns = [*REPORTS, *GRANTS]
