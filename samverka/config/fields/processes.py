"""Fields of processes between several sides, and of overviews."""

from __future__ import annotations

from samverka.config.fields.kinds import HELD, NOTED, WITHHELD, FieldClass, table

PROCESSES: dict[str, dict[str, FieldClass]] = {
    # ── on the way home from hospital ──
    "discharge.Case": table(
        identity="person",
        health="status track psychiatric compulsory needs help_kinds needs_judged_at needs_since "
        "municipality_code deciding_code sip_needed refused_help admitted_at estimated_at ready_at ready_sent_at "
        f"discharged_at goes_to closed_at close_reason plan_id readmission_of {WITHHELD}",
        staff="needs_judged_by opened_by ready_by",
        plain=f"{HELD} id number version opened_at changed_at source source_id",
    ),
    "discharge.Heard": table(
        identity="person",
        health="phase units untold",
        plain="id case told_at heard_at",
    ),
    "discharge.CaseUnit": table(
        identity="person",
        health="unit provider part",
        plain="id case since until planning_since",
    ),
    "discharge.Readiness": table(
        identity="person",
        health="judged_at sent_at withdrawn_at withdrawn_reason",
        staff="judged_by",
        plain="id case",
    ),
    "discharge.Leave": table(
        identity="person", health="starts_at ends_at withdrawn_at", plain="id case message"
    ),
    "discharge.Message": table(
        identity="person",
        health="kind body secrecy secrecy_note withdrawn_reason",
        staff="sent_by withdrawn_by",
        plain="id case unit part sent_at entered_at due_at late corrects withdrawn_at",
    ),
    "discharge.Copy": table(
        identity="person",
        health=f"reason {WITHHELD}",
        staff="receipted_by ended_by",
        plain=f"{HELD} id message part fate sent_at receipted_at ended_at forwarded_to came_from "
        "escalated_at stand_ins",
    ),
    "discharge.GoingHome": table(
        identity="person", staff="listed_by", plain="id case listed_at told_at"
    ),
    "discharge.Item": table(
        identity="person",
        health="kind words secrecy secrecy_note from_person at_home answer answer_words",
        staff="asked_by answered_by",
        plain="id case unit asked_at asked_from answered_at",
    ),
    "discharge.ItemAnswer": table(
        identity="person", health="answer words", staff="by", plain="id item unit at"
    ),
    "discharge.Ticked": table(
        identity="person by on_behalf_of", health="tick yes words", plain="id case at item"
    ),
    "discharge.AfterContact": table(
        identity="person", health="outcome", plain="id case unit due_at made_at"
    ),
    "discharge.AfterTry": table(
        identity="person", health="reached words", staff="by", plain="id after at"
    ),
    "discharge.AfterAnswer": table(
        identity="person", health="question feeling words", plain="id asked item"
    ),
    "discharge.ReserveKey": table(
        identity="shown",
        staff="set_by",
        plain="id unit salt wrapped set_at written_at cases fault",
    ),
    "discharge.Route": table(
        staff="kept_by ended_by",
        plain="id part county_code municipality_code area psychiatric from_age under need reach unit "
        "since until",
    ),
    "discharge.Hindrance": table(
        identity="person",
        health="first last reason",
        staff="noted_by ended_by",
        plain="id case part unit noted_at ended_at",
    ),
    "discharge.InvoiceBasis": table(
        health="snapshot",
        staff="made_by locked_by",
        plain="id municipality_code first last number status days kronor made_at locked_at",
    ),
    "discharge.BasisStay": table(
        identity="person",
        health="facts result",
        plain="id basis case place",
    ),
    "discharge.Objection": table(
        identity="person",
        health="reason upheld words",
        staff="raised_by decided_by",
        plain="id case municipality_code raised_at decided_at",
    ),
    "discharge.CountyRate": table(
        staff="set_by",
        plain="id year kronor source set_at replaced_at",
    ),
    "discharge.WardBeds": table(
        staff="set_by",
        plain="id unit since beds set_at",
    ),
    # ── the waiting-time guarantee ──
    "guarantee.Wait": table(
        identity="person",
        health="unit provider kind matter level what area chosen sought_at referral_issued_at "
        "referral_received_at decided_at target_on listed_unit assessment_needed possible_at_once need_judged_at "
        f"residence ended_on ended_why status last_day {WITHHELD}",
        staff="referrer need_judged_by ended_by registered_by",
        plain="branch published id in_choice_system of_region judged_on version source source_id "
        "registered_at changed_at",
    ),
    "guarantee.WaitContact": table(
        identity="person",
        health="at purpose way profession unit level instead_of_visit answered held withdrawn_reason",
        staff="noted_by withdrawn_by",
        plain=f"{NOTED} wait",
    ),
    "guarantee.WaitOffer": table(
        identity="person",
        health="made_on care_on where elsewhere travel answer answered_on informed_on withdrawn_reason",
        staff="answered_to noted_by withdrawn_by",
        plain=f"{NOTED} wait",
    ),
    "guarantee.WaitPause": table(
        identity="person",
        health="reason first last informed_on declined_on words withdrawn_reason",
        staff="noted_by withdrawn_by",
        plain=f"{NOTED} wait offer",
    ),
    "guarantee.WaitLetter": table(
        identity="person",
        health="kind heading words withdrawn_reason",
        staff="noted_by withdrawn_by",
        plain=f"{NOTED} wait offer way",
    ),
    "guarantee.WaitChange": table(
        identity="person", health="before reason", staff="by", plain="id wait at"
    ),
    # ── overviews ──
    "contract.Behalf": table(
        identity="person who",
        health=f"kind thing_id way {WITHHELD}",
        staff="entered_by",
        plain=f"{HELD} id at",
    ),
    "contract.LogCheck": table(
        health="words",
        staff="begun_by begun_by_id closed_by wanted",
        plain="id provider kind month event_ids begun_at outcome closed_at",
    ),
    # ── figures: never a person ──
    "indicators.MeasureVersion": table(
        staff="made_by",
        plain="id code number definition origin current why made_at retired_at",
    ),
    "indicators.Snapshot": table(
        plain="id county status begun_at finished_at engine counts quality sums",
    ),
    "indicators.Curve": table(
        plain="id snapshot measure area_kind area split part points current",
    ),
    "indicators.Given": table(plain="id code snapshot groups counts at"),
    "indicators.Note": table(
        staff="made_by", plain="id code area_kind area on words made_at withdrawn_at"
    ),
    "indicators.FigureSet": table(
        staff="changed_by",
        plain="id name area_kind area codes published version changed_at",
    ),
    # ── grants: money of regions and municipalities, never a person ──
    "transition.GrantAgreement": table(
        staff="made_by",
        plain="id name first_year last_year told fixed region_percent invented source made_at",
    ),
    "transition.GrantDocument": table(
        staff="made_by", plain="id agreement title link dated said made_at"
    ),
    "transition.GrantPot": table(plain="id agreement year area receiver kronor source"),
    "transition.GrantPopulation": table(
        staff="made_by",
        plain="id name version counted_on people told_total source faults made_at",
    ),
    "transition.GrantDistribution": table(
        staff="made_by",
        plain="id pot number status kronor kind population weights key_source floor ceiling residual"
        " amounts published published_source told why made_at",
    ),
    "transition.GrantAward": table(
        staff="made_by",
        plain="id agreement year area recipient kronor draw_from draw_until use_until pay_back_by"
        " source invented made_at",
    ),
    "transition.GrantMovement": table(
        staff="made_by", plain="id award number kind on kronor undoes said made_at"
    ),
    # ── status reports and targets: what organisations say; free words may name someone ──
    "transition.ReportForm": table(staff="made_by", plain="id number definition why made_at"),
    "transition.ReportRound": table(
        staff="published_by made_by",
        plain="id county year title agreement form previous opens due closes opened_at"
        " published_at made_at",
    ),
    "transition.Report": table(
        staff="signed_by signed_as",
        plain="id round organisation recipient county municipality name status version figures seal"
        " signed_at",
    ),
    "transition.ReportAnswer": table(
        staff="value others changed_by", plain="id report question version changed_at"
    ),
    "transition.ReportVersion": table(
        staff="answers by", plain="id report number status step reason seal at"
    ),
    "transition.ReportComment": table(
        staff="words by handled_by", plain="id report question at handled_at"
    ),
    "transition.ReportReminder": table(plain="id report stage status day at"),
    "transition.Codebook": table(staff="made_by", plain="id number codes why made_at"),
    "transition.Coding": table(staff="coder_id coder", plain="id answer reading codebook codes at"),
    "transition.Target": table(
        staff="made_by", plain="id county organisation kind shared version made_at"
    ),
    "transition.TargetVersion": table(
        staff="made_by decided_by text",
        plain="id target number title decided_on backers link file file_name why made_at",
    ),
    "transition.TargetAction": table(
        staff="owner made_by",
        plain="id target organisation what measure due status version made_at",
    ),
    "transition.TargetFollowUp": table(staff="words by", plain="id action status at"),
}
