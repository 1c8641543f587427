"""Coding of free words: two read, each alone; what differs is decided together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotFound
from samverka.kernel.text import text as _
from samverka.transition.models import Codebook, Coding, ReportAnswer
from samverka.transition.reads.reports import CodingDetail, latest_book, round_coding
from samverka.transition.reads.reports.rows import home_of, keeps
from samverka.transition.rules.reports.codes import (
    Reading,
    check_resolve,
    codes_data,
    codes_of,
    next_reading,
)
from samverka.transition.rules.reports.rounds import check_latest
from samverka.transition.rules.reports.steps import HANDED_IN


def adopt_codebook(
    actor: Actor, *, codes: Iterable[Mapping[str, Any]], why: str, made_from: int | None = None
) -> int:
    """Keep a new version of the code book. What was coded keeps the version it was coded by. Returns its number.

    Args:
        made_from: number of the version that was changed, where one was.

    Raises:
        NotNow: someone else has made a version since.
    """
    with act(actor, Action.CODING_EDIT) as this:
        this.require_permission()
        book = codes_of(codes)
        number, _codes = latest_book()
        check_latest(made_from, number)
        row = Codebook(
            number=number + 1,
            codes=codes_data(book),
            why=why.strip(),
            made_at=actor.at,
            made_by=actor.name,
        )
        row.save(force_insert=True)
        this.note_general("Codebook", number=row.number)
        return row.number


def code_answer(actor: Actor, *, answer_id: UUID, codes: Iterable[str]) -> CodingDetail:
    """Say what one sees in an answer; the other reader's codes are hidden until both have read."""
    with act(actor, Action.CODING_EDIT) as this:
        this.require_permission()
        row = _text(actor, answer_id)
        read = {
            Reading(one.reading): one
            for one in Coding.objects.filter(answer_id=row.id)
            if one.reading != Reading.RESOLVED
        }
        reading = next_reading({key: str(one.coder_id) for key, one in read.items()}, str(actor.id))
        _write(actor, row, reading, codes)
        this.note_general("Coding", answer=str(row.id), reading=reading.value)
        return round_coding(actor, round_id=row.report.round_id)


def resolve_coding(actor: Actor, *, answer_id: UUID, codes: Iterable[str]) -> CodingDetail:
    """Decide together which codes hold where the two readers differ."""
    with act(actor, Action.CODING_EDIT) as this:
        this.require_permission()
        row = _text(actor, answer_id)
        found = Coding.objects.filter(answer_id=row.id)
        check_resolve({Reading(one.reading): frozenset(one.codes) for one in found})
        _write(actor, row, Reading.RESOLVED, codes)
        this.note_general("Coding", answer=str(row.id), reading=Reading.RESOLVED.value)
        return round_coding(actor, round_id=row.report.round_id)


def _text(actor: Actor, answer_id: UUID) -> ReportAnswer:
    row: ReportAnswer | None = (
        ReportAnswer.objects.select_related("report__round")
        .select_for_update(of=("self",))
        .filter(id=answer_id, report__status__in=sorted(HANDED_IN))
        .first()
    )
    if row is None or not keeps(actor, home_of(actor), row.report.round.county):
        raise NotFound(_("Texten finns inte."))
    return row


def _write(actor: Actor, row: ReportAnswer, reading: Reading, codes: Iterable[str]) -> None:
    book = _book(actor)
    known = [one.code for one in codes_of(book.codes)]
    chosen = set(codes)
    if unknown := chosen - set(known):
        raise Invalid(_("Koden %(code)s finns inte i kodboken.", code=min(unknown)))
    Coding.objects.update_or_create(
        answer_id=row.id,
        reading=reading.value,
        defaults={
            "codebook": book,
            "codes": [one for one in known if one in chosen],
            "coder_id": actor.id,
            "coder": actor.name,
            "at": actor.at,
        },
    )


def _book(actor: Actor) -> Codebook:
    number, codes = latest_book()
    if number:
        return Codebook.objects.get(number=number)
    row = Codebook(number=1, codes=codes_data(codes), made_at=actor.at, made_by=actor.name)
    row.save(force_insert=True)
    return row
