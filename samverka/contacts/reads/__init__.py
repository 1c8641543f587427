"""Gated fetches of booked and promised times, visits, stays and referrals."""

from samverka.contacts.reads.exported import (
    ExportedStay,
    ExportedVisit,
    exported_stays,
    exported_visits,
)
from samverka.contacts.reads.noted import Noted, is_noted
from samverka.contacts.reads.recent import (
    RecentContact,
    recent_contacts,
    visit_moments,
)
from samverka.contacts.reads.times import (
    LIMIT,
    PersonTimes,
    bookable_person,
    booking,
    booking_detail,
    days_with_times,
    person_times,
    promise,
    promise_detail,
    referral_detail,
    stay_detail,
    timeline,
    upcoming,
    visit_detail,
)
from samverka.contacts.reads.values import (
    BookingDetail,
    HolderLine,
    PromiseDetail,
    ReferralDetail,
    StayDetail,
    Timeline,
    VisitDetail,
)

__all__ = [
    "LIMIT",
    "BookingDetail",
    "ExportedStay",
    "ExportedVisit",
    "HolderLine",
    "Noted",
    "PersonTimes",
    "PromiseDetail",
    "RecentContact",
    "ReferralDetail",
    "StayDetail",
    "Timeline",
    "VisitDetail",
    "bookable_person",
    "booking",
    "booking_detail",
    "days_with_times",
    "exported_stays",
    "exported_visits",
    "is_noted",
    "person_times",
    "promise",
    "promise_detail",
    "recent_contacts",
    "referral_detail",
    "stay_detail",
    "timeline",
    "upcoming",
    "visit_detail",
    "visit_moments",
]
