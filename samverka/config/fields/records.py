"""Fields of what is known and agreed: plans, contacts, times, stays as record systems tell them."""

from __future__ import annotations

from samverka.config.fields.kinds import HELD, RECEIVED, WITHHELD, FieldClass, table

RECORDS: dict[str, dict[str, FieldClass]] = {
    # ── records ──
    "careplans.Plan": table(
        identity="person",
        health="kind status title what_matters strengths needs attitude if_worse summary no_others "
        "asked_by follow_up_on established_at ended_at end_reason end_next end_to merged_into "
        f"responsible template told_other_at {WITHHELD}",
        staff="created_by updated_by established_by ended_by told_other_by",
        plain=f"{HELD} id version created_at updated_at source source_id tasks_until",
    ),
    "careplans.Goal": table(
        identity="person",
        health="words term status outcome reach_by followed_up_at",
        staff="followed_up_by",
        plain="id plan place version came_from",
    ),
    "careplans.Activity": table(
        identity="person owner_text",
        health="what owner_kind owner_unit due_on status done_at outcome preventive rehabilitating "
        "followed_up_at",
        staff="done_by followed_up_by",
        plain="id plan goal place version came_from",
    ),
    "careplans.Party": table(
        identity="person", health="unit role", plain="id plan since until joined_at left_at"
    ),
    "careplans.PlanTask": table(
        identity="person",
        health="sort status owner activity what due_on reason answer",
        staff="asked_by moved_by",
        plain="id plan part_of requester from_version asked_at moved_at version",
    ),
    "careplans.PlanVersion": table(
        identity="person",
        health="content change",
        staff="by by_id",
        plain="id plan number at unit_name side",
    ),
    "careplans.Comment": table(
        identity="person by by_id by_person",
        health="words given_to kind way",
        staff="handled_by written_by",
        plain="id plan goal activity side unit_name provider_id at handled_at answer_due_at answer_to",
    ),
    "careplans.EasyWords": table(
        identity="person",
        health="words original",
        staff="written_by",
        plain="id plan place written_at replaced_at",
    ),
    "careplans.WithheldPart": table(
        identity="person",
        health="part key receivers reason",
        staff="by ended_by",
        plain="id plan provider since until",
    ),
    "careplans.FollowUp": table(
        identity="person",
        health="on took_part answers words next_on",
        staff="by by_id",
        plain="id plan number at unit_name side",
    ),
    "careplans.ChangeReason": table(
        identity="person", health="why", staff="by", plain="id plan number at"
    ),
    "careplans.MergeAsk": table(
        identity="person",
        health="other why agreed answer",
        staff="asked_by answered_by",
        plain="id plan asked_at answered_at",
    ),
    # That the two have to do with each other is itself what must not be told.
    "careplans.CarerLink": table(
        identity="person cared_plan",
        staff="made_by ended_by",
        plain="id plan made_at ended_at",
    ),
    "careplans.PlanTemplate": table(
        staff="changed_by", plain="id group questions parties prompts version changed_at"
    ),
    "careplans.Approval": table(
        identity="person",
        health="status words",
        staff="asked_by answered_by",
        plain="id plan unit version asked_at answered_at lapsed_at",
    ),
    "careplans.Absence": table(
        identity="person",
        health="since until",
        staff="stand_in profession noted_by ended_by",
        plain="id contact noted_at ended_at",
    ),
    "careplans.ContactWish": table(
        identity="person by by_person",
        health=f"kind wish granted answer {WITHHELD}",
        staff="answered_by",
        plain=f"{HELD} id at answered_at",
    ),
    "careplans.SelfCare": table(
        identity="person",
        health=f"what how helper call_when whom wish risks judged_on reassess_on end_reason {WITHHELD}",
        staff="judged_by profession ended_by",
        plain=f"{HELD} id version ended_at",
    ),
    "careplans.SelfCareVersion": table(
        identity="person",
        health="content why",
        staff="judged_by profession by",
        plain="id advice number at",
    ),
    "careplans.ContactNeed": table(
        identity="person", health=f"since met_at {WITHHELD}", plain=f"{HELD} id"
    ),
    "careplans.HandOver": table(
        staff="to_staff profession by by_id", plain="id unit on at done_at undone_at"
    ),
    "careplans.HandOverPart": table(identity="person", plain="id hand_over contact new_contact"),
    "careplans.Meeting": table(
        identity="person",
        health="status starts_at ends_at place link purpose held_at cancelled_at cancel_reason",
        staff="led_by made_by held_by cancelled_by",
        plain="id plan unit round changes made_at agreed_version",
    ),
    "careplans.Call": table(
        identity="person name answered_by",
        health="invitee duty status answer reason other_time starts_at not_for_patient "
        "not_for_patient_reason",
        staff="sent_by",
        plain="id meeting branch published provider unit round sent_at answer_by answered_at on_behalf "
        "reminded_at missed_at",
    ),
    "careplans.Attendance": table(
        identity="person name",
        health="role present",
        staff="noted_by",
        plain="id meeting unit noted_at",
    ),
    "careplans.Confirmation": table(
        identity="person name confirmed_by",
        health="party status not_for_patient not_for_patient_reason",
        plain="id meeting branch published provider unit confirm_by confirmed_at on_behalf",
    ),
    "careplans.LiveText": table(
        identity="person",
        health="text base",
        staff="by by_id",
        plain="id plan key revision since at unit settled given_to",
    ),
    "careplans.LiveGiven": table(
        identity="person",
        health="text",
        staff="by by_id",
        plain="id plan key version revision receivers consents at unit",
    ),
    "careplans.Presence": table(
        identity="person", staff="account_id name", plain="id plan key at unit"
    ),
    "careplans.CareContact": table(
        identity="person",
        health="kind unit",
        staff="staff profession appointed_by ended_by left_at",
        plain="id since until",
    ),
    "careplans.PlanRequest": table(
        identity="person asked_by written_by written_by_id",
        health=f"kind source own_wish route reason status ground answer due_at {WITHHELD}",
        staff="answered_by",
        plain=f"{HELD} id asked_at from_unit from_side answered_at plan again",
    ),
    "careplans.RequestCopy": table(
        identity="person asked_by",
        health=f"kind reason status answer due_at {WITHHELD}",
        staff="answered_by",
        plain=f"{HELD} id request to_unit asked_at answered_at",
    ),
    "careplans.SuggestionAnswer": table(
        identity="person",
        health=f"answer reason until {WITHHELD}",
        staff="by",
        plain=f"{HELD} id at",
    ),
    "careplans.ConsentAsk": table(
        identity="person answered_by",
        health="status units covers not_covered until form reason",
        staff="asked_by written_by decided_by",
        plain="id plan number asked_at asked_unit answered_at consent_id",
    ),
    "careplans.ConsentVoice": table(
        identity="person name",
        health="kind answer view judgement form",
        staff="written_by",
        plain="id plan at",
    ),
    "careplans.Preparation": table(
        identity="person sent_by", plain="id plan for_staff begun_at sent_at"
    ),
    "careplans.PreparationWords": table(
        identity="person by by_id on_behalf_of",
        health="part words",
        staff="taken_by",
        plain="id preparation plan written_at taken_at taken_version",
    ),
    "contacts.Booking": table(
        identity="person",
        health=f"starts_at ends_at what way place bring status cancelled_at cancel_reason {WITHHELD}",
        staff="practitioner cancelled_by",
        plain=f"{HELD} {RECEIVED}",
    ),
    "contacts.Visit": table(
        identity="person",
        health=f"starts_at ends_at what way place outcome status {WITHHELD}",
        staff="practitioner",
        plain=f"{HELD} {RECEIVED}",
    ),
    "contacts.Stay": table(
        identity="person",
        health=f"admitted_at discharged_at expected_end_at ward reason status {WITHHELD}",
        plain=f"{HELD} {RECEIVED}",
    ),
    "contacts.Referral": table(
        identity="person",
        health=f"issued_at what to_whom status {WITHHELD}",
        staff="practitioner",
        plain=f"{HELD} {RECEIVED}",
    ),
    "contacts.Promise": table(
        identity="person",
        health=f"what latest_on way bring booking kept_at withdrawn_at withdrawn_reason {WITHHELD}",
        staff="made_by kept_by withdrawn_by",
        plain=f"{HELD} {RECEIVED}",
    ),
}
