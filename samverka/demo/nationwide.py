"""The demo's round of the nation: some of the 21 regions have answered, and two have read their free words.

What is answered is drawn as in the county's rounds; it says nothing of the real regions.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Final

from samverka.demo.actors import County
from samverka.demo.reported import AGREEMENT, SAID, SENDERS, answer, sign
from samverka.transition.operations import reports
from samverka.transition.reads.reports import TextLine, round_coding
from samverka.transition.rules.reports.codes import shipped_codes
from samverka.transition.rules.reports.steps import StepName

TITLE: Final = "Nära vård i hela landet"
ASKED: Final = timedelta(days=40)
"""So long before the day of building the regions were asked."""

SENT: Final = ("Region Norrbotten", "Region Skåne", "Region Uppsala", "Region Värmland")
"""Whose files have been received, beside the demo's own region, which has signed here."""

ALONE: Final = "Region Värmland"
"""Whose words only one has read."""

UNLIKE: Final = 0.3
"""In so many of the texts the second sees a code less, or one more."""

SEEN: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "stod-resurser": (("larande",), ("ekonomi",), ("anchored", "mobila-team")),
    "halsa-fall": (("person",), ("larande",), ("personal",)),
    "tillg-digital": (("digitalt", "municipalities"), ("digitalt", "kultur")),
    "delakt-samskapa": (("person",), ("person", "larande"), ("person",)),
    "medarb-arbetssatt": (("larande",), ("larande", "kultur")),
    "samv-former": (("anchored", "municipalities"), ("ledning", "municipalities")),
}
"""The codes that are seen in each of the words of `SAID`."""


def report(county: County, at: datetime) -> None:
    """Ask all regions, receive what some have sent, and code it. `at`: the day of building."""
    keeper, day = county.staff["asta.lunden"].actor(at - ASKED), (at - ASKED).date()
    made = reports.make_round(
        keeper,
        year=day.year,
        title=TITLE,
        agreement=f"{AGREEMENT} {day.year}",
        opens=day,
        due=day + timedelta(days=50),
        closes=day + timedelta(days=90),
    )
    found = reports.open_round(keeper, round_id=made.round.id)
    later = at - timedelta(days=6)
    receiver = county.staff["asta.lunden"].actor(later)
    for one in found.reports:
        if not one.outside:
            sign(county, one, found.form, later, 1)
        elif one.name in SENT:
            answer(receiver, one, found.form, 1)
            reports.take_step(
                receiver,
                report_id=one.id,
                step=StepName.RECEIVE,
                reason=f"{one.name}, {SENDERS}",
            )
    asta, bo = (
        county.staff[who].actor(at - timedelta(days=2)) for who in ("asta.lunden", "bo.rydell")
    )
    for text in round_coding(asta, round_id=found.round.id).texts:
        reports.code_answer(bo, answer_id=text.answer_id, codes=_seen(text, second=True))
        if text.report != ALONE:
            reports.code_answer(asta, answer_id=text.answer_id, codes=_seen(text))


def _seen(text: TextLine, *, second: bool = False) -> list[str]:
    """What one of the two sees in a text. `second`: the one who sometimes sees something else."""
    place = SAID[text.question.code].index(text.words)
    codes = list(SEEN[text.question.code][place])
    draw = Random(f"{text.report} {text.question.code}")  # noqa: S311 (a tale, not a secret)
    if second and draw.random() < UNLIKE:
        return codes[1:] or [*codes, draw.choice([one.code for one in shipped_codes()])]
    return codes
