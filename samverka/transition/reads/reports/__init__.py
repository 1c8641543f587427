"""Gated fetches of status reports: rounds, one report, the summary, the coding."""

from samverka.transition.reads.reports.coding import codebook_detail, latest_book, round_coding
from samverka.transition.reads.reports.duties import report_duties
from samverka.transition.reads.reports.reports import compared_detail, report_detail
from samverka.transition.reads.reports.rounds import (
    form_detail,
    latest_form,
    report_home,
    round_detail,
)
from samverka.transition.reads.reports.summary import (
    published_report,
    published_rounds,
    published_summary,
    round_summary,
)
from samverka.transition.reads.reports.values import (
    AreaPart,
    CodingDetail,
    ComparedDetail,
    QuestionLine,
    ReportDetail,
    ReportDuty,
    ReportHome,
    ReportLetter,
    ReportLine,
    RoundDetail,
    RoundLine,
    SummaryDetail,
    TextLine,
)

__all__ = [
    "AreaPart",
    "CodingDetail",
    "ComparedDetail",
    "QuestionLine",
    "ReportDetail",
    "ReportDuty",
    "ReportHome",
    "ReportLetter",
    "ReportLine",
    "RoundDetail",
    "RoundLine",
    "SummaryDetail",
    "TextLine",
    "codebook_detail",
    "compared_detail",
    "form_detail",
    "latest_book",
    "latest_form",
    "published_report",
    "published_rounds",
    "published_summary",
    "report_detail",
    "report_duties",
    "report_home",
    "round_coding",
    "round_detail",
    "round_summary",
]
