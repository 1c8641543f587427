"""The county's own values of legal parameters."""

from __future__ import annotations

from datetime import date

from samverka.access import models, rules
from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.reads.county import ParameterLine, parameter_lines
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.kernel.problems import NotNow
from samverka.kernel.text import text as _


def set_county_value(
    actor: Actor, *, key: Key, value: int, valid_from: date, reason: str
) -> ParameterLine:
    """Decide the county's own value from a day on. What has been judged by the former one stands.

    Raises:
        NotNow: the law fixes the value, or another value has been decided from the same day.
        Invalid: the value is out of bounds, the day has passed, or no reason is given.
    """
    with act(actor, Action.COUNTY_EDIT) as this:
        this.require_permission()
        rules.check_county_value(
            actor.side, key, value, valid_from, reason, today=local_date(actor.at)
        )
        made, new = models.CountySetting.objects.get_or_create(
            key=str(key),
            valid_from=valid_from,
            defaults={
                "value": value,
                "reason": reason.strip(),
                "set_at": actor.at,
                "set_by": actor.name,
            },
        )
        if not new and made.value != value:
            raise NotNow(
                _("Ett annat värde är redan bestämt från den dagen. Välj en senare dag."),
                where="valid_from",
            )
        this.note_general("CountySetting", key=str(key), value=value, since=valid_from.isoformat())
        return next(line for line in parameter_lines(local_date(actor.at)) if line.key == key)
