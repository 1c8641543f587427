"""A wait that the guarantee does not name: a return visit, or what is planned on medical grounds.

Only a new need has a limit (HSF 6:1). The others have a target date of their own, set by whoever judged when
the care is needed; it is no promise by law, so passing it is never a breach, and no count of those in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from samverka.guarantee.rules.facts import Contact, Matter, Purpose, Wait, start_of
from samverka.kernel.calendar import said_date
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

PLANNED = frozenset({Matter.RETURN_VISIT, Matter.INVESTIGATION})
"""What has a target date instead of a limit."""

MATTER_WORDS: dict[Matter, Text] = {
    Matter.NEW_NEED: _("Nytt behov"),
    Matter.RETURN_VISIT: _("Återbesök"),
    Matter.INVESTIGATION: _("Planerad undersökning eller kontroll"),
    Matter.MUNICIPAL_CARE: _("Kommunens hälso- och sjukvård"),
}


def is_planned(wait: Wait) -> bool:
    """Whether the wait goes by its target date."""
    return wait.matter in PLANNED and wait.target_on is not None


def came(wait: Wait, at: datetime) -> Contact | None:
    """The first contact that was what the person waited for; a call for advice is not."""
    start = start_of(wait)
    held = [
        one
        for one in wait.contacts
        if one.held and one.purpose is not Purpose.CONTACT and one.at <= at
    ]
    since = [one for one in held if start is None or one.at >= start.at]
    return min(since, key=lambda one: one.at, default=None)


def explain_planned(why: Text, target: date, came_on: date | None, today: date) -> Iterator[Text]:
    """The same for staff: why no days are counted, and how it stands with the target date."""
    yield why
    yield _("Måldatum är %(day)s. Det är ingen gräns enligt lag.", day=said_date(target))
    if came_on is not None:
        yield _("Det skedde %(day)s.", day=said_date(came_on))
    elif today > target:
        yield _("Måldatum har passerat.")


def planned_to_person(target: date, came_on: date | None, today: date) -> tuple[Text, ...]:
    """The same in the person's own words."""
    if came_on is not None:
        return (_("Du fick hjälp %(day)s.", day=said_date(came_on)),)
    if today > target:
        return (
            _("Vi ville ge dig en tid senast %(day)s.", day=said_date(target)),
            _("Det har dröjt. Ring oss om du undrar."),
        )
    return (_("Vi vill ge dig en tid senast %(day)s.", day=said_date(target)),)
