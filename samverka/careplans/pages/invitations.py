"""A meeting as an iCalendar file (RFC 5545, 5546): without a word about the person."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from samverka.organisations.reads import UnitDetail


def calendar_file(
    *,
    meeting_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    link: str,
    organiser: UnitDetail,
    sequence: int,
    cancelled: bool,
    at: datetime,
) -> bytes:
    """The file. The same meeting has the same UID; a new time has a higher sequence."""
    event = Event()
    event.add("uid", f"{meeting_id}@samverka")
    event.add("sequence", sequence)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", ends_at.astimezone(UTC))
    event.add("summary", _("Planeringsmöte"))
    event.add("location", place or link)
    if link:
        event.add("url", link)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event["description"] = vText(
        _("Kallat av %(unit)s, telefon %(phone)s.")
        % {"unit": organiser.name, "phone": organiser.phone or "–"}
    )
    calendar = Calendar()
    calendar.add("prodid", "-//Samverka//Samverka//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "REQUEST")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
