"""What every field of every table says, and about whom: for logs, exports and the answer to a person.

A house test fails for a field without a class, so nobody adds one without having thought of it.
"""

from __future__ import annotations

from enum import StrEnum


class FieldClass(StrEnum):
    """What someone who sees the value alone learns."""

    IDENTITY = "identity"  # who a person is: names, numbers, birth, address, the key that joins
    HEALTH = (
        "health"  # what care or social services know of a person (GDPR art. 9, OSL 25–26 chap.)
    )
    STAFF = "staff"  # who of the staff did something
    PLAIN = "plain"  # nothing about anyone


IDENTITY, HEALTH, STAFF, PLAIN = FieldClass


def _table(**by_class: str) -> dict[str, FieldClass]:
    return {name: FieldClass(kind) for kind, names in by_class.items() for name in names.split()}


_HELD = "branch published provider unit"
_RECEIVED = "id source source_id version received_at"
_WITHHELD = "not_for_patient not_for_patient_reason"

FIELDS: dict[str, dict[str, FieldClass]] = {
    # ── floor ──
    "audit.Event": _table(
        identity="person_id",
        health="object_type object_ids ground detail",
        staff="actor_kind actor_id actor_name actor_role",
        plain="id at action mode outcome unit_id unit_name provider_id provider_name purpose request_id",
    ),
    "audit.Batch": _table(plain="number sealed_at count previous root signature"),
    "audit.Leaf": _table(plain="event_id batch_number hash"),
    "access.Account": _table(
        identity="username email name person_id password last_login",
        plain="id is_active large_text language",
    ),
    "access.Subject": _table(
        identity="person_id birth_date protection",
        health="capacity capacity_reason attitude_known",
        staff="capacity_assessed_by",
    ),
    "access.Relation": _table(
        identity="person_id",
        health="kind reason unit_id provider_id since until",
        plain="id",
    ),
    "access.Consent": _table(
        identity="person_id given_by withdrawn_by",
        health="kind reader_providers plan_id covers not_covered form since until withdrawn_at",
        staff="taken_by",
        plain="id taken_at_provider_id",
    ),
    "access.Block": _table(
        identity="person_id asked_by",
        health="kind provider_id unit_id since until",
        staff="removed_by",
        plain="id",
    ),
    "access.Opening": _table(
        identity="person_id",
        health="kind target_unit_id reason since until",
        staff="account_id unit_id",
        plain="id",
    ),
    "access.Disclosure": _table(
        identity="person_id",
        health="object_id object_type version through content provider_id consent_id at stopped_at",
        staff="by",
        plain="id digest",
    ),
    "access.Grant": _table(
        identity="person_id",
        health="object_id object_type unit_id provider_id reason section since until",
        plain="id",
    ),
    "access.CountySetting": _table(staff="set_by reason", plain="id key value valid_from set_at"),
    "access.Proxy": _table(
        identity="person_id proxy_person_id proxy_name kind granted_by ended_by",
        health="withheld_reason",
        plain="id scopes since until",
    ),
    "web.Draft": _table(identity="account_id", health="path fields", plain="id at"),
    # ── notices ──
    "notices.Task": _table(
        identity="person_id",
        health=f"object_type object_id key kind status verb address handed_reason before {_WITHHELD}",
        staff="seen_by taken_by taken_by_id handed_by ended_by stepped_by_id",
        plain="id branch published provider_id unit_id home_unit_id opened_at due_at escalate_at "
        "escalated_at manager_at level shown_at seen_at taken_at ended_at stepped_at",
    ),
    "notices.News": _table(identity="person_id", health="sentence", plain="id at read_at"),
    "notices.UnitSettings": _table(
        staff="emails hours changed_by",
        plain="unit_id provider_id stand_in_id fallback_id digest_hour version changed_at",
    ),
    "notices.Mailing": _table(
        identity="receiver_id", plain="id day state tries claimed_at sent_at fault"
    ),
    # ── shelf ──
    "resources.Resource": _table(
        identity="person_id local_id key full_url",
        health=f"kind status reason {_WITHHELD}",
        plain=f"{_HELD.replace('provider', 'provider_id').replace('unit', 'unit_id')} id source room_id "
        "pending handed version versions digest last_updated version_id received_at run_id",
    ),
    "resources.Version": _table(
        identity="person_id",
        health="text",
        plain="id resource number digest last_updated version_id received_at run_id passed_over",
    ),
    "resources.Reference": _table(identity="person_id key target", plain="id resource path"),
    "resources.Wanted": _table(identity="person_id key target party", plain="id resource"),
    "resources.Identifier": _table(identity="person_id system value", plain="id resource"),
    "resources.Run": _table(
        staff="actor_id actor_name",
        plain="id source unit_id started_at state files counts lines",
    ),
    "resources.RunLine": _table(
        health="params message mend",
        plain="id run file entry kind weight path",
    ),
    # ── who ──
    "organisations.Organisation": _table(
        plain="id name kind organisation_number municipality_code county_code"
    ),
    "organisations.Provider": _table(plain="id organisation name branch hsa_id connected"),
    "organisations.Unit": _table(
        plain="id provider name kind hsa_id municipality_code town phone phone_hours email closed "
        "successor"
    ),
    "organisations.Staff": _table(staff="given_name family_name hsa_id account", plain="id"),
    "organisations.Assignment": _table(staff="staff profession roles", plain="id unit since until"),
    "people.Listing": _table(
        identity="person",
        health="unit since until special_reason",
        staff="noted_by",
        plain="id",
    ),
    "people.Person": _table(
        identity="id given_name family_name called_name search_name sort_name birth_date gender "
        "deceased_on protection county_code municipality_code street postal_code town phone email",
        health="language interpreter care_language listed_unit",
        plain="version updated_at",
    ),
    "people.Identity": _table(identity="person kind value domain", plain="id current since"),
    "people.Relative": _table(
        identity="person name kind phone relative_person_id",
        health="note",
        plain="id first_contact ended_at",
    ),
    # ── records ──
    "careplans.Plan": _table(
        identity="person",
        health="kind status title what_matters strengths needs attitude if_worse summary no_others "
        "asked_by follow_up_on established_at ended_at end_reason end_next end_to merged_into "
        f"responsible template told_other_at {_WITHHELD}",
        staff="created_by updated_by established_by ended_by told_other_by",
        plain=f"{_HELD} id version created_at updated_at source source_id tasks_until",
    ),
    "careplans.Goal": _table(
        identity="person",
        health="words term status outcome reach_by followed_up_at",
        staff="followed_up_by",
        plain="id plan place version came_from",
    ),
    "careplans.Activity": _table(
        identity="person owner_text",
        health="what owner_kind owner_unit due_on status done_at outcome preventive rehabilitating "
        "followed_up_at",
        staff="done_by followed_up_by",
        plain="id plan goal place version came_from",
    ),
    "careplans.Party": _table(identity="person", health="unit role", plain="id plan since until"),
    "careplans.PlanVersion": _table(
        identity="person",
        health="content change",
        staff="by by_id",
        plain="id plan number at unit_name side",
    ),
    "careplans.Comment": _table(
        identity="person by by_id by_person",
        health="words given_to kind way",
        staff="handled_by written_by",
        plain="id plan goal activity side unit_name provider_id at handled_at answer_due_at answer_to",
    ),
    "careplans.EasyWords": _table(
        identity="person",
        health="words original",
        staff="written_by",
        plain="id plan place written_at replaced_at",
    ),
    "careplans.WithheldPart": _table(
        identity="person",
        health="part key receivers reason",
        staff="by ended_by",
        plain="id plan provider since until",
    ),
    "careplans.FollowUp": _table(
        identity="person",
        health="on took_part answers words next_on",
        staff="by by_id",
        plain="id plan number at unit_name side",
    ),
    "careplans.ChangeReason": _table(
        identity="person", health="why", staff="by", plain="id plan number at"
    ),
    "careplans.MergeAsk": _table(
        identity="person",
        health="other why agreed answer",
        staff="asked_by answered_by",
        plain="id plan asked_at answered_at",
    ),
    # That the two have to do with each other is itself what must not be told.
    "careplans.CarerLink": _table(
        identity="person cared_plan",
        staff="made_by ended_by",
        plain="id plan made_at ended_at",
    ),
    "careplans.PlanTemplate": _table(
        staff="changed_by", plain="id group questions parties prompts version changed_at"
    ),
    "careplans.Approval": _table(
        identity="person",
        health="status words",
        staff="asked_by answered_by",
        plain="id plan unit version asked_at answered_at lapsed_at",
    ),
    "careplans.Absence": _table(
        identity="person",
        health="since until",
        staff="stand_in profession noted_by ended_by",
        plain="id contact noted_at ended_at",
    ),
    "careplans.ContactWish": _table(
        identity="person by by_person",
        health=f"kind wish granted answer {_WITHHELD}",
        staff="answered_by",
        plain=f"{_HELD} id at answered_at",
    ),
    "careplans.SelfCare": _table(
        identity="person",
        health=f"what how helper call_when whom wish risks judged_on reassess_on end_reason {_WITHHELD}",
        staff="judged_by profession ended_by",
        plain=f"{_HELD} id version ended_at",
    ),
    "careplans.SelfCareVersion": _table(
        identity="person",
        health="content why",
        staff="judged_by profession by",
        plain="id advice number at",
    ),
    "careplans.ContactNeed": _table(
        identity="person", health=f"since met_at {_WITHHELD}", plain=f"{_HELD} id"
    ),
    "careplans.HandOver": _table(
        staff="to_staff profession by by_id", plain="id unit on at done_at undone_at"
    ),
    "careplans.HandOverPart": _table(identity="person", plain="id hand_over contact new_contact"),
    "careplans.Meeting": _table(
        identity="person",
        health="status starts_at ends_at place link purpose held_at cancelled_at cancel_reason",
        staff="led_by made_by held_by cancelled_by",
        plain="id plan unit round changes made_at agreed_version",
    ),
    "careplans.Call": _table(
        identity="person name answered_by",
        health="invitee duty status answer reason other_time starts_at not_for_patient "
        "not_for_patient_reason",
        staff="sent_by",
        plain="id meeting branch published provider unit round sent_at answer_by answered_at on_behalf "
        "reminded_at missed_at",
    ),
    "careplans.Attendance": _table(
        identity="person name",
        health="role present",
        staff="noted_by",
        plain="id meeting unit noted_at",
    ),
    "careplans.Confirmation": _table(
        identity="person name confirmed_by",
        health="party status not_for_patient not_for_patient_reason",
        plain="id meeting branch published provider unit confirm_by confirmed_at on_behalf",
    ),
    "careplans.LiveText": _table(
        identity="person",
        health="text base",
        staff="by by_id",
        plain="id plan key revision since at unit settled given_to",
    ),
    "careplans.LiveGiven": _table(
        identity="person",
        health="text",
        staff="by by_id",
        plain="id plan key version revision receivers consents at unit",
    ),
    "careplans.Presence": _table(
        identity="person", staff="account_id name", plain="id plan key at unit"
    ),
    "careplans.CareContact": _table(
        identity="person",
        health="kind unit",
        staff="staff profession appointed_by ended_by left_at",
        plain="id since until",
    ),
    "careplans.PlanRequest": _table(
        identity="person asked_by written_by written_by_id",
        health=f"kind source own_wish route reason status ground answer due_at {_WITHHELD}",
        staff="answered_by",
        plain=f"{_HELD} id asked_at from_unit from_side answered_at plan again",
    ),
    "careplans.RequestCopy": _table(
        identity="person asked_by",
        health=f"kind reason status answer due_at {_WITHHELD}",
        staff="answered_by",
        plain=f"{_HELD} id request to_unit asked_at answered_at",
    ),
    "careplans.SuggestionAnswer": _table(
        identity="person",
        health=f"answer reason until {_WITHHELD}",
        staff="by",
        plain=f"{_HELD} id at",
    ),
    "careplans.ConsentAsk": _table(
        identity="person answered_by",
        health="status units covers not_covered until form reason",
        staff="asked_by written_by decided_by",
        plain="id plan number asked_at asked_unit answered_at consent_id",
    ),
    "careplans.ConsentVoice": _table(
        identity="person name",
        health="kind answer view judgement form",
        staff="written_by",
        plain="id plan at",
    ),
    "careplans.Preparation": _table(
        identity="person sent_by", plain="id plan for_staff begun_at sent_at"
    ),
    "careplans.PreparationWords": _table(
        identity="person by by_id on_behalf_of",
        health="part words",
        staff="taken_by",
        plain="id preparation plan written_at taken_at taken_version",
    ),
    "contacts.Booking": _table(
        identity="person",
        health=f"starts_at ends_at what way place bring status cancelled_at cancel_reason {_WITHHELD}",
        staff="practitioner cancelled_by",
        plain=f"{_HELD} {_RECEIVED}",
    ),
    "contacts.Visit": _table(
        identity="person",
        health=f"starts_at ends_at what way place outcome status {_WITHHELD}",
        staff="practitioner",
        plain=f"{_HELD} {_RECEIVED}",
    ),
    "contacts.Stay": _table(
        identity="person",
        health=f"admitted_at discharged_at expected_end_at ward reason status {_WITHHELD}",
        plain=f"{_HELD} {_RECEIVED}",
    ),
    "contacts.Referral": _table(
        identity="person",
        health=f"issued_at what to_whom status {_WITHHELD}",
        staff="practitioner",
        plain=f"{_HELD} {_RECEIVED}",
    ),
    "contacts.Promise": _table(
        identity="person",
        health="what latest_on way bring booking kept_at withdrawn_at withdrawn_reason "
        f"{_WITHHELD}",
        staff="made_by kept_by withdrawn_by",
        plain=f"{_HELD} {_RECEIVED}",
    ),
    # ── on the way home from hospital ──
    "discharge.Case": _table(
        identity="person",
        health="status track psychiatric compulsory needs help_kinds needs_judged_at municipality_code "
        "deciding_code sip_needed refused_help admitted_at estimated_at ready_at ready_sent_at "
        f"discharged_at goes_to closed_at close_reason plan_id readmission_of {_WITHHELD}",
        staff="needs_judged_by opened_by ready_by",
        plain=f"{_HELD} id number version opened_at source source_id",
    ),
    "discharge.CaseUnit": _table(
        identity="person",
        health="unit provider part",
        plain="id case since until planning_since",
    ),
    "discharge.Readiness": _table(
        identity="person",
        health="judged_at sent_at withdrawn_at withdrawn_reason",
        staff="judged_by",
        plain="id case",
    ),
    "discharge.Leave": _table(
        identity="person", health="starts_at ends_at withdrawn_at", plain="id case message"
    ),
    "discharge.Message": _table(
        identity="person",
        health="kind body secrecy secrecy_note withdrawn_reason",
        staff="sent_by withdrawn_by",
        plain="id case unit part sent_at entered_at due_at late corrects withdrawn_at",
    ),
    "discharge.Copy": _table(
        identity="person",
        health=f"reason {_WITHHELD}",
        staff="receipted_by ended_by",
        plain=f"{_HELD} id message part fate sent_at receipted_at ended_at forwarded_to came_from "
        "escalated_at",
    ),
    "discharge.GoingHome": _table(
        identity="person", staff="listed_by", plain="id case listed_at told_at"
    ),
    "discharge.Item": _table(
        identity="person",
        health="kind words secrecy secrecy_note from_person at_home answer answer_words",
        staff="asked_by answered_by",
        plain="id case unit asked_at asked_from answered_at",
    ),
    "discharge.ItemAnswer": _table(
        identity="person", health="answer words", staff="by", plain="id item unit at"
    ),
    "discharge.Ticked": _table(
        identity="person by on_behalf_of", health="tick yes words", plain="id case at item"
    ),
    "discharge.AfterContact": _table(
        identity="person", health="outcome", plain="id case unit due_at made_at"
    ),
    "discharge.AfterTry": _table(
        identity="person", health="reached words", staff="by", plain="id after at"
    ),
    "discharge.AfterAnswer": _table(
        identity="person", health="question feeling words", plain="id asked item"
    ),
    "discharge.ReserveKey": _table(
        identity="shown",
        staff="set_by",
        plain="id unit salt wrapped set_at written_at cases fault",
    ),
    "discharge.Route": _table(
        staff="kept_by ended_by",
        plain="id part county_code municipality_code area psychiatric from_age under need reach unit "
        "since until",
    ),
    "discharge.Hindrance": _table(
        identity="person",
        health="first last reason",
        staff="noted_by ended_by",
        plain="id case part unit noted_at ended_at",
    ),
    "discharge.InvoiceBasis": _table(
        health="snapshot",
        staff="made_by locked_by",
        plain="id municipality_code first last number status days kronor made_at locked_at",
    ),
    "discharge.BasisStay": _table(
        identity="person",
        health="facts result",
        plain="id basis case place",
    ),
    "discharge.Objection": _table(
        identity="person",
        health="reason upheld words",
        staff="raised_by decided_by",
        plain="id case municipality_code raised_at decided_at",
    ),
    "discharge.CountyRate": _table(
        staff="set_by",
        plain="id year kronor source set_at replaced_at",
    ),
    # ── overviews ──
    "contract.Behalf": _table(
        identity="person who",
        health=f"kind thing_id way {_WITHHELD}",
        staff="entered_by",
        plain=f"{_HELD} id at",
    ),
    "contract.LogCheck": _table(
        health="words",
        staff="begun_by begun_by_id closed_by wanted",
        plain="id provider kind month event_ids begun_at outcome closed_at",
    ),
}
"""Model → field → class. One table, so that one who does not program can read it through."""


def names_someone(label: str, field: str) -> bool:
    """Whether the value may not stand in a log or leave in an export without names.

    A field that is not in the table counts as one that names someone: closed by default.
    """
    return FIELDS.get(label, {}).get(field, IDENTITY) in (IDENTITY, HEALTH)
