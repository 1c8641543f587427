"""Stays for figures: times as one writes them, everything else as it usually is."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from samverka.discharge.rules.figures import (
    Figure,
    FigureValue,
    Judged,
    Party,
    Place,
    Reckoned,
    Said,
    SentCopy,
    StayRecord,
    Surroundings,
    month_of,
    reckon,
)
from samverka.discharge.rules.figures.reckoning import Frame, figures_of
from samverka.discharge.rules.messages import MessageKind
from tests.discharge.stays import at

WARD, OTHER_WARD = Place("w1", "Medicin"), Place("w2", "Kirurgi")
HOSPITAL = Place("h1", "Östersund")
TODAY = date(2026, 11, 20)


def judged(ready: str, sent: str = "", withdrawn: str = "") -> Judged:
    """A judgement, told at once unless the test says when."""
    return Judged(at(ready), at(sent or ready), at(withdrawn) if withdrawn else None)


def stay(ready: str | None, home: str | None, **changes: Any) -> StayRecord:
    """Ready then, home then; admitted the first of that month."""
    start = ready or home or "2026-03-01 10:00"
    given = {
        "person": "p",
        "ward": WARD,
        "hospital": HOSPITAL,
        "municipality": "2309",
        "psychiatric": False,
        "admitted_at": at(f"{start[:8]}01 00:00"),
        "discharged_at": at(home) if home else None,
        "ended_at": at(home) if home else None,
        "judged": (judged(ready),) if ready else (),
    }
    return StayRecord(**{**given, **changes})


def said(kind: MessageKind, sent: str, *parties: tuple[Party, str], **more: Any) -> Said:
    """A message to parties, each with when it was done; empty: it waits."""
    copies = tuple(SentCopy(who, at(sent), at(done) if done else None) for who, done in parties)
    return Said(kind, at(sent), copies=copies, **more)


def days(*stays: StayRecord, today: date = TODAY) -> list[Reckoned]:
    """Reckoned as of a day."""
    return [reckon(one, today) for one in stays]


def value(
    figure: Figure, *stays: StayRecord, month: str = "2026-03", today: date = TODAY, **frame: Any
) -> FigureValue:
    """One figure of a month."""
    period = month_of(date.fromisoformat(f"{month}-01"))
    return figures_of(days(*stays, today=today), Frame(period, today, **frame))[figure]


def around(*, whole: bool = True, **more: Any) -> Surroundings:
    """The county as it is, with what the test says."""
    given = {
        "county": "23",
        "today": TODAY,
        "municipalities": {"2309": "Krokoms kommun", "2321": "Åre kommun"},
        "wards": {"w1": "h1", "w2": "h1"},
        "beds": {},
        "whole": whole,
    }
    return Surroundings(**{**given, **more})


_moments = st.datetimes(
    min_value=at("2025-12-20 00:00").replace(tzinfo=None),
    max_value=at("2026-11-19 23:00").replace(tzinfo=None),
)


@st.composite
def stays(draw: st.DrawFn) -> StayRecord:
    """Any stay of about a year, judged or not, home or not."""
    moments = sorted(draw(st.lists(_moments, min_size=3, max_size=3)))
    admitted, ready, home = (at(one.strftime("%Y-%m-%d %H:%M")) for one in moments)
    ends = home if draw(st.booleans()) else None
    return StayRecord(
        person=f"p{draw(st.integers(0, 30))}",
        ward=draw(st.sampled_from([WARD, OTHER_WARD])),
        hospital=HOSPITAL,
        municipality=draw(st.sampled_from(["2309", "2321", "2380", "0180", ""])),
        psychiatric=draw(st.booleans()),
        admitted_at=admitted,
        discharged_at=ends,
        ended_at=ends,
        judged=(Judged(ready, ready),) if draw(st.booleans()) else (),
        sip_needed=draw(st.sampled_from([True, False, None])),
        again_at=None,
    )
