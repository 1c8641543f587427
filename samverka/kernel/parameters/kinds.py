"""What a legal parameter is: its name, unit, certainty and the time it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class Unit(StrEnum):
    """What a value counts."""

    YEARS = "years"
    MONTHS = "months"
    DAYS = "days"
    HOURS = "hours"
    MINUTES = "minutes"
    YES_NO = "yes-no"  # 1: yes, 0: no
    TIMES = "times"
    TENTHS_OF_DAYS = "tenths-of-days"  # 30: 3.0 days
    KRONOR = "kronor"
    CHOICE = "choice"  # 1: the first of the row's choices


class Certainty(StrEnum):
    """How sure we are of value and source."""

    HIGH = "H"  # text of the statute, or the exact official text, read
    MEDIUM = "M"  # one credible secondary source, or a clear inference
    LOW = "L"  # weak source or interpretation


class Key(StrEnum):
    """Name of a parameter. Stored with the county's settings: never rename."""

    CHILD_UNDER = "child.under"
    GUARDIAN_SEES_JOURNAL_UNTIL = "guardian.sees-journal-until"
    CHILD_SEES_JOURNAL_FROM = "child.sees-journal-from"
    PLUS_SIGN_FROM = "personnummer.plus-sign-from"
    LOG_KEPT = "log.kept"
    EMERGENCY_OPENING = "emergency.length"
    ACTIVE_CHOICE = "active-choice.length"
    CONSENT_DEFAULT = "consent.default-length"
    PLAN_FOLLOW_UP = "plan.follow-up-within"
    PLAN_NEEDS_SOCIAL = "plan.sip-needs-social-service"
    CONTACT_HEAD_APPOINTS = "contact.head-appoints"
    CONTACT_WITH_PLAN = "contact.with-shared-plan"
    PLAN_REQUEST_ANSWER = "plan.request-answer-within"
    WORDS_ANSWER = "plan.words-answer-within"
    PLAN_UNABLE_ESTABLISHES = "plan.unable-to-consent-establishes"
    PLAN_ALL_GUARDIANS = "plan.all-guardians-answer"
    PLAN_CHILD_HEARD = "plan.child-heard"
    PLAN_ASKED_AGAIN = "plan.asked-again-after"
    CALL_START = "call.start-within"
    CALL_AT_DISCHARGE = "call.at-discharge-within"
    CALL_ANSWER = "call.answer-within"
    CALL_REMINDER = "call.reminder-before"
    CALL_ROOM = "call.answer-before-meeting"
    CONFIRM_WITHIN = "meeting.confirm-within"
    LIABILITY_MODEL = "liability.model"
    LIABILITY_THRESHOLD = "liability.threshold"
    LIABILITY_CUTOFF = "liability.cutoff"
    LIABILITY_DAY_ZERO = "liability.day-zero"
    LIABILITY_NOON = "liability.noon"
    LIABILITY_HOLIDAYS = "liability.holidays"
    LIABILITY_DISCHARGE_DAY = "liability.discharge-day"
    LIABILITY_ROUNDING = "liability.rounding"
    LIABILITY_PERIOD = "liability.period"
    LIABILITY_ATTRIBUTION = "liability.attribution"
    LIABILITY_LATE_MESSAGE = "liability.late-message"
    LIABILITY_PSYCHIATRY = "liability.psychiatry"
    LIABILITY_PSYCHIATRY_DAYS = "liability.psychiatry-days"
    LIABILITY_BLOCK_STOPS_CLOCK = "liability.block-stops-clock"
    LIABILITY_LEAVE = "liability.leave"
    LIABILITY_REFUSAL = "liability.refusal"
    LIABILITY_OUTSIDE_COUNTY = "liability.outside-county"
    LIABILITY_AMOUNT = "liability.amount"
    PLAN_GIVEN_AT_SAVE = "plan.given-at-each-save"
    NOTICE_UNREAD = "notice.unread-within"
    NOTICE_MANAGER = "notice.manager-sees"
    LISTING_CHANGES = "listing.changes-per-year"
    DISCHARGE_ADMISSION = "discharge.admission-within"
    DISCHARGE_INFORMATION = "discharge.information-within"
    DISCHARGE_CALL_WEEKDAY = "discharge.call-next-weekday"
    DISCHARGE_UNREAD = "discharge.unread-within"
    DISCHARGE_FORM = "discharge.planning-form-within"
    DISCHARGE_AFTER = "discharge.contact-after-within"
    DISCHARGE_ITEMS = "discharge.items-answered-before"
    DISCHARGE_CHECKLIST = "discharge.checklist-opens-before"
    DISCHARGE_FEED = "discharge.record-system-sends"
    DISCHARGE_READMISSION = "discharge.readmission-within"
    SUBSCRIPTION_FULL = "subscription.full-resource"
    GUARANTEE_NEAR = "guarantee.near-within"
    GUARANTEE_UNKNOWN = "guarantee.unknown-residence-counts"
    FHIR_HSA_SYSTEM = "fhir.hsa-system"


@dataclass(frozen=True, slots=True)
class LegalParameter:
    """One value of one parameter during one time.

    Attributes:
        valid_from: first day; a day before our sources begin means "as long as we know".
        valid_to: last day, or None while it holds.
        source: section of law, or who says so.
        county_setting: the county may set another value.
        help: what the value does, for the one who sets it.
        choices: what the values 1, 2, 3 … mean, where the value is a choice.
    """

    key: Key
    value: int
    unit: Unit
    valid_from: date
    valid_to: date | None
    source: str
    certainty: Certainty
    county_setting: bool
    help: Text
    choices: tuple[Text, ...] = ()

    def holds(self, on: date) -> bool:
        """Whether the value holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    @property
    def lowest(self) -> int:
        """The lowest value that can be set; a choice begins at 1."""
        return 1 if self.choices else 0

    def said(self, value: int) -> Text | None:
        """A value in words, where the number alone does not tell what it means."""
        if self.choices:
            return self.choices[value - 1] if 0 < value <= len(self.choices) else None
        if self.unit is Unit.TENTHS_OF_DAYS:
            return _("%(days)s dygn", days=f"{value // 10},{value % 10}")
        return None
