"""The reserve routine: each unit's list, locked, in a file that opens without the server."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.discharge.models import Case, ReserveKey
from samverka.discharge.reads.reserve import (
    ReserveDetail,
    ReserveLine,
    file_name,
    reserve_detail,
    reserve_of,
)
from samverka.discharge.rules.sealing import (
    Inside,
    check_password,
    derive_key,
    file_of,
    new_salt,
    seal_list,
    unwrap_key,
    wrap_key,
)
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local
from samverka.kernel.problems import Invalid, NotAllowed, Problem
from samverka.kernel.text import text as _
from samverka.organisations.reads import unit_names

READABLE_BY_OWNER = 0o600


def set_reserve_password(actor: Actor, *, password: str, again: str) -> ReserveDetail:
    """Set the password that opens the own unit's reserve list. The next list is locked with it.

    Raises:
        Invalid: the two differ, or it is too short.
    """
    with act(actor, Action.RESERVE_SET) as this:
        this.require_permission()
        if actor.unit_id is None:
            raise NotAllowed(_("Välj först vilken enhet du arbetar på."))
        words = check_password(password)
        if words != check_password(again):
            raise Invalid(_("Lösenorden är inte lika."), where="again")
        salt = new_salt()
        wrapped = wrap_key(derive_key(words, salt), settings.SECRET_KEY, str(actor.unit_id))
        row, _made = ReserveKey.objects.update_or_create(
            unit_id=actor.unit_id,
            defaults={
                "salt": salt,
                "wrapped": wrapped,
                "set_at": actor.at,
                "set_by": actor.name,
                "fault": "",
            },
        )
        this.note_general("ReserveKey", unit=str(actor.unit_id))
        return reserve_detail(row)


def write_reserve(actor: Actor, *, unit_id: UUID, folder: Path) -> ReserveDetail:
    """Write one unit's list anew, locked with its password, in the place of the one before.

    Args:
        actor: the clock's, placed at the unit: it sees the list as the unit does.
    """
    with act(actor, Action.RESERVE_KEEP) as this:
        this.require_permission()
        row = ReserveKey.objects.select_for_update().get(unit_id=unit_id)
        try:
            _write(this, row, folder)
            row.fault = ""
        except (OSError, Problem) as fault:
            row.fault = str(fault)[:200] if isinstance(fault, Problem) else type(fault).__name__
            this.note_general("ReserveKey", unit=str(unit_id), fault=type(fault).__name__)
        row.save(update_fields=["written_at", "cases", "shown", "fault"])
        return reserve_detail(row)


def _write(this: Act, row: ReserveKey, folder: Path) -> None:
    key = unwrap_key(bytes(row.wrapped), settings.SECRET_KEY, str(row.unit_id))
    name = unit_names({row.unit_id})[row.unit_id].name
    cases, lines = reserve_of(this, row.unit_id)
    inside = _inside(this, name, lines)
    sealed = seal_list(name, local(this.actor.at), inside, key=key, salt=bytes(row.salt))
    page = render_to_string("discharge/reserve_file.html", {"title": name, "now": this.actor.at})
    _put(folder, file_name(row.unit_id), file_of(sealed, page))
    _note(this, row, cases)
    row.written_at, row.cases = this.actor.at, len(lines)
    row.shown = {str(one.id): one.version for one in cases}


def _inside(this: Act, name: str, lines: Iterable[ReserveLine]) -> Inside:
    context = {"title": name, "lines": list(lines), "now": this.actor.at}
    return Inside(
        html=render_to_string("discharge/reserve_list.html", context),
        text=render_to_string("discharge/reserve_list.txt", context),
    )


def _note(this: Act, row: ReserveKey, cases: Iterable[Case]) -> None:
    """Only who is new on the list, or has changed: else the log would say the same every quarter."""
    new = [one for one in cases if row.shown.get(str(one.id)) != one.version]
    if new:
        this.note_list(new, reserve=str(row.unit_id))
    else:
        this.note_general("ReserveKey", unit=str(row.unit_id))


def _put(folder: Path, name: str, text: str) -> None:
    """All or nothing: who opens the file while it is written sees the one before."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = folder / f"{name}.new"
    new.unlink(missing_ok=True)
    new.touch(mode=READABLE_BY_OWNER, exist_ok=False)
    new.write_text(text, encoding="utf-8")
    new.replace(folder / name)


def clear_reserve(actor: Actor, *, folder: Path) -> int:
    """Take away lists of units that keep none any more, and what a crash left half written."""
    with act(actor, Action.RESERVE_KEEP) as this:
        kept = {file_name(one) for one in ReserveKey.objects.values_list("unit_id", flat=True)}
        stale = [one for one in folder.glob("reserv-*") if one.name not in kept]
        for one in stale:
            one.unlink(missing_ok=True)
        if stale:
            this.note_general("ReserveKey", removed=len(stale))
        else:
            this.unchanged()
        return len(stale)
