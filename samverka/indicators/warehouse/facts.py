"""The facts of the warehouse: what each file holds, column by column.

One row is one thing that happened, or one person in one month. A row is about a pseudonym
(`person_key`), belongs to a county and a year (the folders of the files), and carries what nearly
every measure asks of the person on that day: where they lived, sex and age. Files lie as
`<fact>/county=<23>/year=<2026>/*.parquet`, sorted by person.

Nothing here says who anyone is: no names, no numbers, no birth dates, no free text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What a column holds; the same on every engine."""

    KEY = "key"  # a pseudonym: 63 bits of a keyed hash
    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"  # a measured value, never counted with
    DATE = "date"
    MOMENT = "moment"  # local Swedish time without zone, to the second
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `required`: a row without it is refused; else an empty value means not known."""

    name: str
    kind: Kind
    words: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One kind of fact.

    Attributes:
        name: the folder, and the relation's name in a measure.
        day: the column that says when it happened: its year is the folder.
        identity: the columns that together make a row the same row when it comes again.
    """

    name: str
    words: str
    day: str
    identity: tuple[str, ...]
    own: tuple[Column, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column in the order of the file: those of all facts, then its own."""
        return (*COMMON, *self.own)

    def column(self, name: str) -> Column:
        """The column of that name.

        Raises:
            KeyError: the fact has no such column.
        """
        return {one.name: one for one in self.columns}[name]


COMMON = (
    Column("person_key", Kind.KEY, "whom it is about; empty only where nobody is named (a call)"),
    Column("county", Kind.TEXT, "county code, two digits: whose facts these are", required=True),
    Column("year", Kind.INTEGER, "calendar year of the fact's day", required=True),
    Column(
        "municipality",
        Kind.TEXT,
        "municipality code where the person was registered when the row was first exported, which is"
        " the night after at the latest; kept when the person moves, since no address history is",
    ),
    Column("sex", Kind.TEXT, "female or male"),
    Column("age", Kind.INTEGER, "full years that day; born 29 February: a year older on 1 March"),
    Column("unit", Kind.TEXT, "HSA-id of the unit that gave or kept it"),
    Column("side", Kind.TEXT, "region, municipality or private: whose unit it was"),
    Column("source", Kind.TEXT, "the system it came from", required=True),
    Column("source_key", Kind.KEY, "keyed hash of its name in that system", required=True),
    Column("snapshot", Kind.TEXT, "the export that wrote the row", required=True),
)
"""Columns of every fact."""


def _fact(name: str, words: str, day: str, *own: Column, identity: tuple[str, ...] = ()) -> Fact:
    return Fact(name, words, day, identity or ("source", "source_key"), own)


def _key(name: str, words: str, required: bool = False) -> Column:
    return Column(name, Kind.KEY, words, required)


def _text(name: str, words: str, required: bool = False) -> Column:
    return Column(name, Kind.TEXT, words, required)


def _day(name: str, words: str, required: bool = False) -> Column:
    return Column(name, Kind.DATE, words, required)


def _flag(name: str, words: str) -> Column:
    return Column(name, Kind.FLAG, words)


def _moment(name: str, words: str, required: bool = False) -> Column:
    return Column(name, Kind.MOMENT, words, required)


def _number(name: str, words: str) -> Column:
    return Column(name, Kind.INTEGER, words)


_ALL = (
    _fact(
        "person_month",
        "One living person in one month, as on its last day: the population, and denominators.",
        "month",
        _day("month", "first day of the month", required=True),
        _text("listed_unit", "HSA-id of the health centre where the person is listed"),
        _flag("home_care", "had home care (hemtjänst) that month"),
        _flag("home_nursing", "was enrolled in municipal health care that month"),
        _flag("care_home", "lived in a care home (särskilt boende) that month"),
        _text("groups", "target groups, with spaces: children mental addiction elderly carers"),
        identity=("person_key", "month"),
    ),
    _fact(
        "stay",
        "One in-patient stay at one clinic; a transfer the same day is a new stay.",
        "admitted_on",
        _key("stay_key", "the stay", required=True),
        _day("admitted_on", "day of admission", required=True),
        _day("discharged_on", "day of discharge; empty: still there"),
        _flag("planned", "planned admission; empty: not known"),
        _text("diagnosis", "main diagnosis, ICD-10-SE without dot"),
        _text("cause", "external cause, ICD-10-SE V01–Y98 without dot"),
        _text("discharged_to", "home, care-home, hospital, dead"),
        _flag("somatic", "somatic care; else psychiatric"),
    ),
    _fact(
        "contact",
        "One contact with care that is not in-patient: visit, distance visit, letter.",
        "happened_on",
        _key("contact_key", "the contact", required=True),
        _day("happened_on", "day of the contact", required=True),
        _text("level", "primary, special, emergency, municipal"),
        _text("way", "clinic, home, video, phone, letter"),
        _text("profession", "doctor, nurse, physiotherapist, …: the codes of the guarantee"),
        _key("carer_key", "who of the staff, as a pseudonym: for continuity"),
        _flag("licensed", "by licensed staff"),
        _flag("planned", "booked before the day"),
        _flag("new_problem", "a new or clearly worsened problem"),
        _day("decided_on", "when it was decided that the person shall be assessed"),
        _flag("chose_longer", "the person chose a later time"),
        _text("diagnosis", "main diagnosis, ICD-10-SE without dot"),
        _text("cause", "external cause, ICD-10-SE V01–Y98 without dot"),
        _flag("mobile", "by a mobile team"),
    ),
    _fact(
        "call",
        "One call to a health centre by phone, or a request through its digital way in.",
        "called_on",
        _day("called_on", "the day the person called", required=True),
        _day("answered_on", "the day someone answered; empty: nobody did"),
        _text("way", "phone or digital"),
        _flag("call_back", "the unit has a call-back system; without it the measure leaves it out"),
    ),
    _fact(
        "discharge",
        "One stay on its way home: the whole case.",
        "admitted_on",
        _key("case_key", "the case", required=True),
        _day("admitted_on", "day of admission", required=True),
        _day("needs_judged_on", "the physician judged what may be needed (LUS 2:1)"),
        _day("notice_on", "admission notice sent (inskrivningsmeddelande)"),
        _day("notice_received_on", "admission notice received by the last of those told"),
        _day("called_on", "called to planning (LUS 4:1)"),
        _day("planned_on", "planning done, or SIP begun"),
        _day("ready_on", "judged ready for discharge (utskrivningsklar)"),
        _day("discharged_on", "left the hospital"),
        _day("first_contact_on", "first contact at home"),
        _flag("sip_needed", "help needed from both region and municipality"),
        _text("track", "green, yellow, red"),
        _flag("psychiatric", "psychiatric care"),
        _number("days_before_liable", "calendar days before the municipality pays, that case"),
        _number("liable_days", "days the municipality is to pay for (betalningsansvar)"),
    ),
    _fact(
        "discharge_step",
        "One step of a stay on its way home: who owed it, from when, when it was done.",
        "owed_on",
        _key("case_key", "the case", required=True),
        _text("step", "notice, receipt, call, planning, ready, item, home, contact", required=True),
        _text("owner_side", "whose turn it was: region or municipality", required=True),
        _day("owed_on", "from when it was owed", required=True),
        _moment("owed_from", "from when it was owed, to the minute"),
        _moment("due_at", "when it should be done at the latest"),
        _moment("done_at", "when it was done; empty: not yet"),
    ),
    _fact(
        "plan",
        "One individual plan.",
        "created_on",
        _key("plan_key", "the plan", required=True),
        _text(
            "plan_kind", "sip, discharge, lss, rehabilitation, care, carer, …: the plan's own codes"
        ),
        _day("created_on", "begun", required=True),
        _day("established_on", "established; empty: a draft"),
        _day("ended_on", "the day it ended: it no longer holds at the end of that day"),
        _day("follow_up_on", "next follow-up"),
        _text("target_group", "children, mental, addiction, elderly, carers or empty"),
        _flag("own_words", "has at least one goal in the person's own words"),
        _flag("region_part", "a unit of the region takes part"),
        _flag("municipal_part", "a unit of the municipality takes part"),
        _flag("fixed_contact", "a fast vårdkontakt is named"),
        _flag("person_took_part", "the person was at the meeting, or has confirmed"),
    ),
    _fact(
        "goal",
        "One goal of a plan.",
        "set_on",
        _key("plan_key", "the plan", required=True),
        _key("goal_key", "the goal", required=True),
        _day("set_on", "when it was written", required=True),
        _day("reach_by", "when it should be reached"),
        _day("followed_up_on", "when it was last followed up"),
        _text("status", "open, reached, partly, not-reached, dropped", required=True),
    ),
    _fact(
        "activity",
        "One activity of a plan.",
        "set_on",
        _key("plan_key", "the plan", required=True),
        _key("activity_key", "the activity", required=True),
        _day("set_on", "when it was written", required=True),
        _day("due_on", "when it should be done"),
        _day("done_on", "when it was done"),
        _text("owner_side", "region, municipality, person, relative, other"),
        _text("status", "planned, ongoing, done, cancelled", required=True),
        _flag("preventive", "a preventive measure"),
        _flag("rehabilitating", "rehabilitation or training"),
    ),
    _fact(
        "fixed_contact",
        "Someone appointed for the person: fast vårdkontakt, läkarkontakt, omsorgskontakt.",
        "since",
        _text("role", "care, physician, social, coordinator", required=True),
        _day("since", "from when", required=True),
        _day("until", "the day it ended: it no longer holds at the end of that day; empty: still"),
        _text("profession", "profession of the one appointed"),
        _flag("accepted", "the person accepted the offer; empty: not asked"),
    ),
    _fact(
        "assessment",
        "One assessment with an instrument.",
        "assessed_on",
        _day("assessed_on", "the day", required=True),
        _text("instrument", "code of the instrument (LOINC, or its own name)", required=True),
        _text("area", "fall, nutrition, skin, mouth, bladder, mood, function, other"),
        _number("score", "the score, as a whole number"),
        _flag("at_risk", "judged at risk"),
        _day("measure_on", "first preventive measure done after it"),
    ),
    _fact(
        "drug",
        "One drug over one unbroken time; an order of what the drug list has already is not one more.",
        "since",
        _text("atc", "ATC code", required=True),
        _day("since", "from when", required=True),
        _day("until", "the last day that it is taken, that day too; empty: still"),
        _flag("as_needed", "only when needed"),
    ),
    _fact(
        "measurement",
        "One measured value.",
        "measured_on",
        _text("code", "LOINC code", required=True),
        _day("measured_on", "the day", required=True),
        Column("value", Kind.NUMBER, "the value"),
        _text("value_unit", "UCUM unit"),
        _flag("at_home", "measured at home by the person"),
        _flag("outside", "outside the person's agreed limits"),
    ),
    _fact(
        "visit",
        "One visit in home care, home nursing or by a mobile team.",
        "visited_on",
        _day("visited_on", "the day", required=True),
        _moment("starts_at", "began"),
        _moment("ends_at", "ended"),
        _key("carer_key", "who of the staff, as a pseudonym", required=True),
        _text("visit_kind", "home-care, home-nursing, mobile, alarm, meal", required=True),
    ),
    _fact(
        "notice",
        "One task or message to a unit.",
        "sent_on",
        _text("notice_kind", "its kind", required=True),
        _day("sent_on", "sent", required=True),
        _moment("sent_at", "sent, to the second"),
        _moment("opened_at", "first opened"),
        _moment("done_at", "done, answered or receipted"),
        _moment("due_at", "when it should be done at the latest"),
        _number("escalations", "times it was passed upwards because nobody had opened it"),
    ),
    _fact(
        "wait",
        "One waiting time under the waiting-time guarantee (vårdgaranti).",
        "starts_on",
        _key("wait_key", "the wait", required=True),
        _text("part", "contact, assessment, visit, treatment", required=True),
        _day("starts_on", "from when it counts", required=True),
        _day("ended_on", "the day it ended: nobody waits at the end of it; empty: still waiting"),
        _text("ending", "how it ended"),
        _number("limit_days", "days that the guarantee gave, on that day"),
        _number("paused_days", "days taken away by the rules"),
        _text("profession", "profession that met the person"),
        _flag("chose_longer", "the person chose to wait longer"),
        _flag("breached", "past the limit"),
        _text("area", "specialty or area of care"),
    ),
)

FACTS = MappingProxyType({one.name: one for one in _ALL})
"""Every fact by name."""
