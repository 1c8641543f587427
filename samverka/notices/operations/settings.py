"""How a unit wants its notices, and that the person has read what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Conflict, Invalid
from samverka.kernel.text import text as _
from samverka.notices import rules
from samverka.notices.models import News, UnitSettings
from samverka.notices.reads import SettingsDetail, check_own, settings_detail, units_of
from samverka.notices.rules import Week

MOST_ADDRESSES = 5
"""E-mail addresses of one unit."""

LAST_HOUR = 23


def change_settings(
    actor: Actor,
    *,
    unit_id: UUID,
    emails: Sequence[str],
    stand_in_id: UUID | None,
    fallback_id: UUID | None,
    week: Week,
    digest_hour: int | None,
    version: int,
) -> SettingsDetail:
    """Say how a unit wants its notices: addresses, who stands in, opening hours, when the mail goes.

    Args:
        version: what the one who changes has seen; 0 if nothing was set.

    Raises:
        Invalid: an address, a unit, an hour that cannot be meant.
        Conflict: someone else has changed the same meanwhile.
    """
    with act(actor, Action.ORGANISATION_EDIT) as this:
        this.require_permission()
        check_own(this, unit_id)
        rules.check_week(week)
        provider = _check_units(unit_id, stand_in_id, fallback_id)
        row = UnitSettings.objects.select_for_update().filter(unit_id=unit_id).first()
        if (row.version if row else 0) != version:
            mine = {
                "emails": tuple(emails),
                "digest_hour": digest_hour,
                "stand_in_id": stand_in_id,
                "fallback_id": fallback_id,
                "week": week,
            }
            raise _conflict(mine, settings_detail(unit_id, row))
        new = row is None
        row = row or UnitSettings(unit_id=unit_id, version=0)
        row.provider_id = provider
        row.emails, row.digest_hour = _addresses(emails), _hour(digest_hour)
        row.stand_in_id, row.fallback_id = stand_in_id, fallback_id
        row.hours = rules.stored_week(week)
        row.version += 1
        row.changed_at, row.changed_by = actor.at, actor.name
        row.save(force_insert=new)
        this.note_general("UnitSettings", id=str(unit_id), version=row.version)
        return settings_detail(unit_id, row)


def _conflict(mine: Mapping[str, object], now: SettingsDetail) -> Conflict:
    """Both versions, so that the one who came second can compare."""
    return Conflict(
        _("Någon annan har ändrat enhetens inställningar. Jämför och spara igen."),
        mine=mine,
        theirs={name: getattr(now, name) for name in mine},
    )


def _check_units(unit_id: UUID, stand_in_id: UUID | None, fallback_id: UUID | None) -> UUID:
    """The unit's care provider; those who stand in are of the same one (PDL 4:1)."""
    wanted = {one for one in (unit_id, stand_in_id, fallback_id) if one}
    units = units_of(wanted)
    provider: UUID = units[unit_id].provider_id
    for where, other in (("stand_in", stand_in_id), ("fallback", fallback_id)):
        if other is None:
            continue
        if other == unit_id:
            raise Invalid(_("En enhet kan inte ersätta sig själv. Välj en annan."), where=where)
        if other not in units or units[other].provider_id != provider:
            raise Invalid(_("Välj en annan enhet hos samma vårdgivare."), where=where)
    return provider


def _addresses(emails: Sequence[str]) -> list[str]:
    found = list(dict.fromkeys(one.strip() for one in emails if one.strip()))
    if len(found) > MOST_ADDRESSES:
        raise Invalid(
            _("En enhet kan ha högst %(most)d adresser.", most=MOST_ADDRESSES), where="emails"
        )
    for one in found:
        try:
            validate_email(one)
        except ValidationError:
            raise Invalid(
                _(
                    "“%(address)s” är ingen e-postadress. Skriv en adress på varje rad.",
                    address=one,
                ),
                where="emails",
            ) from None
    return found


def _hour(hour: int | None) -> int | None:
    if hour is not None and not 0 <= hour <= LAST_HOUR:
        raise Invalid(_("Välj en hel timme mellan 0 och 23."), where="digest_hour")
    return hour


def note_news_read(actor: Actor, *, person_id: UUID) -> None:
    """Note that the person has read what is new."""
    with act(actor, Action.NEWS_READ) as this:
        rows = this.rows(News.objects.filter(person_id=person_id, read_at__isnull=True))
        News.objects.filter(id__in=[row.id for row in rows]).update(read_at=actor.at)
        this.note_list(rows)
