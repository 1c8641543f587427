"""What the county and some units have decided for themselves, by those who may decide it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from samverka.access.operations import set_county_value
from samverka.demo.actors import County
from samverka.demo.script import STOCKHOLM
from samverka.kernel.parameters import Key
from samverka.notices.operations import change_settings
from samverka.notices.reads import unit_settings
from samverka.notices.rules import Week

COUNTY: tuple[tuple[Key, int, str], ...] = (
    (
        Key.PLAN_REQUEST_ANSWER,
        5,
        "Den som ber om en plan ska ha svar inom en arbetsvecka. Beslut i länets samverkansnämnd.",
    ),
    (
        Key.CALL_ANSWER,
        5,
        "Fem dagar, så att den som kallas före en helg hinner svara efter den.",
    ),
    (
        Key.CONFIRM_WITHIN,
        10,
        "Tio dagar, så att den som arbetar varannan vecka hinner bekräfta.",
    ),
)
"""The county's own values of what may be set: key, value, reason."""

DECIDED = timedelta(days=400)
"""So long before the day of building: before any plan of the stories was asked for."""

SYSTEMS = "mats.wikander"
"""Who enters the county's values."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How one unit wants its notices: the head who says it, hours of weekdays, who stands in."""

    head: str
    opens: int
    closes: int
    stand_in: str = ""
    digest_hour: int | None = 7


UNITS: tuple[Wish, ...] = (
    Wish("kristian.holmgren", 8, 17, stand_in="narvard-krokom"),
    Wish("ulrika.holm", 0, 0, stand_in="geriatrik", digest_hour=None),
    Wish("annelie.rask", 7, 22, stand_in="hemtjanst-as"),
    Wish("peder.lilja", 7, 22),
)


def decide(county: County) -> None:
    """Enter the county's values and the units' wishes. Again changes nothing."""
    at = datetime.combine(county.today, time(10), STOCKHOLM)
    actor = county.staff[SYSTEMS].actor(at - DECIDED)
    for key, value, reason in COUNTY:
        set_county_value(
            actor, key=key, value=value, valid_from=(at - DECIDED).date(), reason=reason
        )
    for wish in UNITS:
        _settle(county, wish, at - timedelta(days=120))


def _settle(county: County, wish: Wish, at: datetime) -> None:
    head = county.staff[wish.head]
    assert head.assignment is not None, "a head works somewhere"
    if unit_settings(head.actor(at), unit_id=head.assignment.unit.id).version:
        return
    hours = (time(wish.opens), time(wish.closes)) if wish.closes else None
    week: Week = (hours,) * 5 + (None, None) if hours else ()
    change_settings(
        head.actor(at),
        unit_id=head.assignment.unit.id,
        emails=[f"{wish.head.replace('.', '-')}@example.se"],
        stand_in_id=county.units[wish.stand_in].id if wish.stand_in else None,
        fallback_id=None,
        week=week,
        digest_hour=wish.digest_hour,
        version=0,
    )
