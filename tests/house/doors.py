"""Every address of the house, and who may open it. A new address needs a line here.

PUBLIC      anyone, also without a log-in
LIBRARY     the log-in library's own: each asks for what it needs
CHOICE      a log-in, before an assignment is chosen
ANYONE      every one who is logged in: shows nothing of anyone
OFFICE      staff with a task: units, imports, the log
RECORD      staff, about one person: the gate decides
OWN         the person, about the own data
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from samverka.kernel.actor import Actor
from samverka.kernel.identity import Sex
from samverka.kernel.testseries import test_number
from tests.house.furnished import House

PUBLIC: dict[str, str] = {
    "web:help": "help must be found by one who cannot log in",
    "web:accessibility": "the law asks for the statement (lag 2018:1937)",
    "web:preference": "size of text and colours, in a cookie",
    "web:language": "language, in a cookie",
    "web:session": "how long the session lasts; nothing of anyone",
    "web:alive": "for those who watch over the servers",
    "web:ready": "for those who watch over the servers",
    "indicators:published": "a figure that its county has published, for other sites; else not there",
    "transition:public_rounds": "published status reports: nothing of anyone",
    "transition:public_round": "the summary of a published round",
    "transition:public_file": "the same as a file",
    "transition:public_report": "a locked report of a published round, signed to be read",
    "demo:entrance": "the demo's log-in page; does not exist outside the demo",
}

CHOICE: dict[str, str] = {"organisations:choose": "choose which assignment to work under"}

LIBRARY = [
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reauthenticate",
    "account_email",
    "account_email_verification_sent",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_confirm_login_code",
    "account_confirm_email",
    "account_reset_password_from_key_done",
    "account_reset_password_from_key",
    "account_reset_password_done",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "mfa_login_webauthn",
]

ANYONE: dict[str, str] = {
    "web:gallery": "components with made-up words",
    "web:drafts": "one's own unsaved text",
    "web:throw-draft": "one's own unsaved text; another's is not there",
    "web:session-go-on": "keeps the own session",
    "contract:start": "each comes to the own start page",
}


@dataclass(frozen=True)
class Door:
    """One address.

    Attributes:
        who: one who may open it; tried so that a closed door is not mistaken for a missing one.
        body: what is posted beside what the page's own form holds.
        form_at: the page whose form posts here, if it is another one.
    """

    who: Callable[[House], Actor] = lambda house: house.nurse
    body: Mapping[str, str] = field(default_factory=dict)
    form_at: str = ""


def _administrator(house: House) -> Actor:
    return house.cast.administrator


def _economist(house: House) -> Actor:
    return house.cast.economist


def _analyst(house: House) -> Actor:
    return house.cast.analyst


def _leader(house: House) -> Actor:
    return house.cast.leader


def _payer(house: House) -> Actor:
    return house.cast.municipal_economist


def _assessor(house: House) -> Actor:
    return house.cast.needs_assessor


def _reviewer(house: House) -> Actor:
    return house.cast.log_reviewer


def _ward(house: House) -> Actor:
    return house.cast.ward_nurse


def _officer(house: House) -> Actor:
    return house.cast.block_officer


_SELF_CARE = {
    "what": "Ta på strumporna",
    "how": "Gör det före frukost.",
    "call_when": "Ring om foten svullnar.",
    "risks": "Inga kända.",
    "judged_on": "2026-11-20",
    "reassess_on": "2027-02-01",
}

OFFICE: dict[str, Door] = {
    "contract:persons": Door(),
    "contract:suggestions": Door(),
    "contract:changes": Door(),
    "contract:step_in": Door(),
    "contract:unit_notices": Door(_administrator),
    "contract:unit_statistics": Door(_administrator),
    "contract:unit_statistics_csv": Door(_administrator),
    "people:search": Door(body={"q": "karin"}),
    "people:register": Door(
        body={"given_name": "Olle", "family_name": "Ny", "reason": "Söker vård"}
    ),
    "organisations:units": Door(),
    "organisations:unit": Door(),
    "organisations:new_unit": Door(_administrator),
    "organisations:edit_unit": Door(_administrator),
    "organisations:close_unit": Door(_administrator, body={"successor": ""}),
    "organisations:new_staff": Door(_administrator),
    "organisations:end_assignment": Door(_administrator),
    "organisations:county": Door(),
    "discharge:bases": Door(_economist),
    "discharge:rate": Door(
        _economist,
        body={"year": "2026", "kronor": "12000", "source": "HSLF-FS 2025:1"},
        form_at="discharge:bases",
    ),
    "discharge:basis": Door(_economist),
    "discharge:basis_again": Door(_economist),
    "discharge:basis_lock": Door(_economist),
    "discharge:basis_workbook": Door(_economist),
    "discharge:basis_paper": Door(_economist),
    "discharge:basis_table": Door(_economist),
    "discharge:contest": Door(_payer),
    "discharge:decide": Door(_economist),
    "organisations:county_value": Door(
        _administrator, body={"value": "4", "valid_from": "2027-01-01", "reason": "Styrgruppen"}
    ),
    "careplans:templates": Door(_administrator),
    "careplans:template_edit": Door(_administrator),
    "careplans:template_reset": Door(_administrator),
    "careplans:unit_contacts": Door(),
    "careplans:absence": Door(body={"since": "2026-11-21", "until": "2026-11-22"}),
    "careplans:hand_over": Door(body={"on": "2026-11-21"}),
    "guarantee:list": Door(),
    "guarantee:table": Door(),
    "guarantee:figures": Door(),
    "guarantee:figures_table": Door(),
    "guarantee:figures_workbook": Door(),
    "guarantee:workbook": Door(),
    "discharge:board": Door(),
    "discharge:routes": Door(),
    "discharge:route_new": Door(
        _administrator,
        body={"part": "open-care", "municipality_code": "2321", "other_municipality": ""},
    ),
    "discharge:route": Door(_administrator),
    "discharge:route_end": Door(_administrator),
    "discharge:wall": Door(),
    "discharge:figures": Door(),
    "discharge:figures_table": Door(),
    "discharge:figures_workbook": Door(),
    "discharge:figures_beds": Door(_administrator, body={"since": "2026-01-01", "beds": "24"}),
    "indicators:overview": Door(),
    "indicators:figure": Door(),
    "indicators:choose": Door(
        _analyst, body={"place_1": "utskrivningsklara-dagar", "version": "0"}
    ),
    "indicators:note": Door(_analyst, body={"on": "2025-01-15", "words": "Ny rutin"}),
    "indicators:persons": Door(),
    "indicators:measures": Door(_analyst),
    "indicators:measure_new": Door(_analyst),
    "indicators:measure_file": Door(),
    "indicators:measure_retire": Door(_analyst),
    "indicators:note_withdraw": Door(_analyst),
    "indicators:figure_table": Door(),
    "indicators:figure_workbook": Door(),
    "indicators:figure_data": Door(),
    "indicators:figure_drawing": Door(),
    "indicators:figure_picture": Door(),
    "indicators:figure_paper": Door(),
    "discharge:round_start": Door(_ward),
    "discharge:changes": Door(),
    "discharge:reserve": Door(
        _administrator, body={"password": "blå häst på isen", "again": "blå häst på isen"}
    ),
    "discharge:reserve_file": Door(_administrator),
    "transition:grants": Door(_economist),
    "transition:grant_import": Door(_economist, body={"what": "movements"}),
    "transition:grant_population": Door(_economist),
    "transition:grant_agreement": Door(_economist),
    "transition:grant_document": Door(
        _economist, body={"title": "Beslut", "link": "https://skr.se/beslut"}
    ),
    "transition:grant_period": Door(_economist),
    "transition:grant_distribution": Door(_economist),
    "transition:grant_distribution_csv": Door(_economist),
    "transition:grant_distribution_xlsx": Door(_economist),
    "transition:grant_distribution_pdf": Door(_economist),
    "transition:grant_try": Door(_economist, body={"why": "Golv för de små"}),
    "transition:grant_decide": Door(_economist),
    "transition:grant_recipient": Door(_payer),
    "transition:grant_recipient_csv": Door(_payer),
    "transition:grant_recipient_xlsx": Door(_payer),
    "transition:grant_recipient_pdf": Door(_payer),
    "transition:grant_movement": Door(
        _payer, body={"kind": "drawn", "kronor": "10", "on": "2026-11-20", "number": "V1"}
    ),
    "resources:imports": Door(_administrator),
    "resources:report": Door(_administrator),
    "web:fhir-base": Door(_administrator),
    "web:fhir-type": Door(),
    "transition:reports": Door(),
    "transition:round_new": Door(
        _analyst,
        body={
            "year": "2028",
            "title": "Nära",
            "opens": "2028-01-01",
            "due": "2028-02-01",
            "closes": "2028-03-01",
        },
    ),
    "transition:round": Door(),
    "transition:round_days": Door(_analyst),
    "transition:round_outsider": Door(_analyst),
    "transition:round_open": Door(_analyst),
    "transition:round_publish": Door(_analyst),
    "transition:summary": Door(_analyst),
    "transition:summary_file": Door(_analyst),
    "transition:coding": Door(_analyst),
    "transition:code": Door(_analyst, body={"codes": "anchored"}),
    "transition:report": Door(_analyst),
    "transition:report_area": Door(_analyst, body={"stod-malbild--svar": "yes"}),
    "transition:report_comment": Door(_analyst, body={"words": "Mer om detta"}),
    "transition:comment_handled": Door(_analyst),
    "transition:report_step": Door(_analyst),
    "transition:report_compare": Door(_analyst),
    "transition:report_read_in": Door(_analyst),
    "transition:report_file": Door(_analyst),
    "transition:targets": Door(),
    "transition:target": Door(),
    "transition:target_new": Door(
        _leader,
        body={
            "kind": "picture",
            "title": "Ny",
            "decided_on": "2026-01-01",
            "decided_by": "RF",
            "text": "Nära",
        },
    ),
    "transition:target_edit": Door(_leader, body={"text": "Nära", "why": "Ny tid"}),
    "transition:action_new": Door(_leader, body={"what": "Fallrond", "owner": "Chefen"}),
    "transition:follow_up": Door(_leader, body={"status": "going", "words": "Bra"}),
    "transition:target_file": Door(),
    "contract:lifting": Door(_officer),
    "contract:lift": Door(_officer),
    "contract:review": Door(_reviewer),
    "contract:checks": Door(_reviewer),
    "contract:check": Door(_reviewer),
}

RECORD: dict[str, Door] = {
    "contract:person": Door(),
    "contract:task_open": Door(),
    "contract:task_take": Door(),
    "contract:task_hand_over": Door(body={"reason": "Semester"}),
    "contract:task_finish": Door(),
    "contract:task_undo": Door(),
    "contract:contract": Door(),
    "contract:behalf_words": Door(body={"words": "Jag vill börja i maj"}),
    "contract:behalf_consent": Door(),
    "contract:behalf_wish": Door(),
    "contract:behalf_block": Door(),
    "contract:behalf_proxy": Door(
        body={
            "proxy_name": "Eva Ek",
            "identity": test_number(date(1970, 1, 1), Sex.FEMALE, 0).value,
        }
    ),
    "contract:choose": Door(),
    "contract:emergency": Door(body={"reason": "Hittad medvetslös hemma"}),
    "contract:relations": Door(),
    "contract:end_relation": Door(),
    "contract:consents": Door(),
    "contract:withdraw": Door(body={"who": "Karin", "way": "phone"}),
    "contract:blocks": Door(),
    "contract:unblock": Door(),
    "contract:received": Door(),
    "contract:resource": Door(),
    "web:fhir": Door(),
    "people:edit": Door(),
    "people:relatives": Door(body={"name": "Per", "kind": "son"}),
    "people:proxies": Door(),
    "people:number": Door(body={"identity": test_number(date(1971, 1, 1), Sex.MALE, 0).value}),
    "people:capacity": Door(body={"reason": "Samtal med dottern"}),
    "people:listing": Door(body={"special_reason": ""}),
    "people:remove_relative": Door(),
    "people:end_proxy": Door(),
    "guarantee:start": Door(
        body={"what": "Byte av höftled", "part": "treatment", "decided_at": "2026-10-01"}
    ),
    "guarantee:wait": Door(),
    "guarantee:correct": Door(body={"what": "Operation av höften", "reason": "Fel led."}),
    "guarantee:need": Door(body={"needed": "no"}),
    "guarantee:offer": Door(body={"care_on": "2026-12-01"}),
    "guarantee:elsewhere": Door(body={"care_on": "2026-12-01", "where": "Sundsvall"}),
    "guarantee:answer": Door(body={"accepted": "yes"}),
    "guarantee:pause": Door(body={"reason": "medical", "first": "2026-11-19"}),
    "guarantee:pause_end": Door(),
    "guarantee:contact": Door(body={"purpose": "return-visit"}),
    "guarantee:judge": Door(body={"purpose": "investigation"}),
    "guarantee:withdraw_offer": Door(body={"reason": "Fel tid."}),
    "guarantee:withdraw_pause": Door(body={"reason": "Fel dag."}),
    "guarantee:withdraw_contact": Door(body={"reason": "Fel person."}),
    "guarantee:end": Door(body={"why": "withdrawn"}),
    "guarantee:reopen": Door(body={"reason": "Ångrade sig."}),
    "guarantee:write_letter": Door(),
    "guarantee:letter": Door(),
    "contacts:list": Door(),
    "contacts:book": Door(),
    "contacts:cancel": Door(),
    "contacts:promise": Door(body={"what": "Ta prov", "latest_on": "2027-02-01"}),
    "contacts:book_promised": Door(),
    "contacts:keep": Door(),
    "contacts:withdraw": Door(body={"reason": "Behövs inte"}),
    "contacts:promise_again": Door(),
    "contacts:restore": Door(),
    "careplans:list": Door(),
    "careplans:new": Door(),
    "careplans:contact_new": Door(),
    "careplans:contact_end": Door(),
    "careplans:plan": Door(),
    "careplans:print": Door(),
    "careplans:versions": Door(),
    "careplans:compare": Door(),
    "careplans:edit_section": Door(body={"text": "Gå ut varje dag"}),
    "careplans:follow_up": Door(body={"day": "2027-02-01"}),
    "careplans:responsible": Door(),
    "careplans:others": Door(),
    "careplans:goal_new": Door(body={"words": "Sova gott"}),
    "careplans:goal_edit": Door(body={"words": "Gå ut"}),
    "careplans:goal_outcome": Door(body={"outcome": "Det gick bra"}),
    "careplans:activity_new": Door(body={"what": "Gå ut varje dag"}),
    "careplans:activity_edit": Door(body={"what": "Träna balans hemma"}),
    "careplans:activity_done": Door(body={"outcome": "Klart"}),
    "careplans:activate": Door(),
    "careplans:approve": Door(),
    "careplans:approve_change": Door(body={"words": "Vi kommer på tisdagar"}),
    "careplans:end": Door(body={"reason": "Klar"}),
    "careplans:undo": Door(),
    "careplans:easy": Door(body={"place": "what_matters", "words": "Gå till affären."}),
    "careplans:comment": Door(body={"words": "Hej"}),
    "careplans:handle": Door(),
    "careplans:answer": Door(body={"words": "Vi ringer på fredag."}),
    "careplans:share": Door(),
    "careplans:withdraw": Door(body={"by": "Karin"}),
    "careplans:party_end": Door(),
    "careplans:review": Door(body={"took_part": "Karin", "on": "2026-11-20"}),
    "careplans:explain": Door(body={"why": "Inget annat behövs"}),
    "careplans:told": Door(),
    "careplans:merge": Door(body={"why": "Samma sak", "person_wants": "on"}),
    "careplans:merge_answer": Door(_assessor, body={"agreed": "yes"}),
    "careplans:carer": Door(),
    "careplans:carer_end": Door(),
    "careplans:activity_outcome": Door(body={"outcome": "Gick bra"}),
    "careplans:absence_end": Door(),
    "careplans:hand_over_undo": Door(),
    "careplans:self_care_list": Door(),
    "careplans:self_care_new": Door(body=_SELF_CARE),
    "careplans:self_care": Door(),
    "careplans:self_care_change": Door(body=_SELF_CARE),
    "careplans:self_care_end": Door(body={"reason": "Foten är bra."}),
    "careplans:wish": Door(body={"granted": "no", "answer": "Vi är få nu."}),
    "careplans:ask": Door(body={"reason": "Skolan ringde.", "source": "staff"}),
    "careplans:group": Door(),
    "careplans:request": Door(),
    "careplans:request_refuse": Door(body={"ground": "no-need", "reason": "Behövs inte nu."}),
    "careplans:consent": Door(),
    "careplans:consent_ask": Door(body={"covers": "Planen"}),
    "careplans:consent_refusal": Door(body={"reason": "Vill tänka"}),
    "careplans:consent_unable": Door(body={"decided_by": "Anna", "reason": "Förstår inte"}),
    "careplans:consent_voice": Door(body={"who": "other", "name": "Ida", "answer": "yes"}),
    "careplans:preparation": Door(),
    "careplans:preparation_part": Door(body={"words": "Trappan"}),
    "careplans:preparation_take": Door(),
    "careplans:preparation_read": Door(),
    "contract:suggestion_answer": Door(body={"svar": "asked"}),
    "careplans:meeting_new": Door(body={"starts_at": "2027-02-01T10:00", "place": "Rum 2"}),
    "careplans:meetings": Door(),
    "careplans:meeting": Door(),
    "careplans:meeting_move": Door(body={"starts_at": "2027-02-01T10:00", "place": "Rum 3"}),
    "careplans:meeting_more": Door(body={"others": "Eva, dotter"}),
    "careplans:meeting_cancel": Door(body={"reason": "Sjuk"}),
    "careplans:meeting_file": Door(),
    "careplans:meeting_live": Door(),
    "careplans:meeting_state": Door(),
    "careplans:meeting_save": Door(body={"key": "strengths", "base": "", "text": "Lagar mat"}),
    "careplans:meeting_presence": Door(body={"key": "strengths"}),
    "careplans:meeting_goal": Door(body={"words": "Sova gott", "term": "short"}),
    "careplans:meeting_activity": Door(body={"what": "Gå ut varje dag", "owner": "person"}),
    "careplans:meeting_follow_up": Door(body={"follow_up_on": "2027-02-01"}),
    "careplans:meeting_screen": Door(),
    "careplans:meeting_people": Door(body={"others": "Eva, dotter"}),
    "careplans:meeting_hold": Door(),
    "careplans:confirm": Door(),
    "careplans:call": Door(body={"answer": "accepted"}),
    "careplans:call_file": Door(),
    "careplans:call_withdraw": Door(),
    "careplans:send": Door(),
    "careplans:outside": Door(body={"reason": "Karin vill inte"}),
    "careplans:give_out": Door(),
    "discharge:open": Door(_ward),
    "discharge:take_over": Door(_ward),
    "discharge:case": Door(),
    "discharge:before": Door(body={"words": "Bor ensam", "ground": "consent"}),
    "discharge:judge": Door(
        _ward,
        body={
            "judged_by": "Sven Ek",
            "judged_at": "2026-11-20T09:00",
            "sip_needed": "no",
            "track": "green",
        },
    ),
    "discharge:mend": Door(_ward, body={"admitted_at": "2026-11-20T08:30"}),
    "discharge:close": Door(body={"reason": "died"}),
    "discharge:correct": Door(body={"words": "Hon bor med sin man."}),
    "discharge:keep_draft": Door(body={"words": "Hon bor ensam."}),
    "discharge:going_home": Door(),
    "discharge:answer_items": Door(form_at="discharge:going_home"),
    "discharge:ask_items": Door(form_at="discharge:going_home"),
    "discharge:hand_over_item": Door(),
    "discharge:after": Door(),
    "discharge:not_reached": Door(body={"words": "Inget svar."}, form_at="discharge:after"),
    "discharge:round": Door(),
    "discharge:send": Door(body={"words": "Hon bor ensam."}),
    "discharge:afterwards_kinds": Door(),
    "discharge:afterwards": Door(body={"words": "Ringde.", "sent_at": "2026-11-20T14:00"}),
    "discharge:plan": Door(),
    "discharge:plan_begin": Door(),
    "discharge:tell_contact": Door(),
    "discharge:withdraw": Door(body={"reason": "Fel person"}),
    "discharge:receipt": Door(),
    "discharge:wrong": Door(body={"unit": "tillbaka", "reason": "Listad i Järpen"}),
    "discharge:note_hindrance": Door(body={"reason": "Ingen läkare tar över"}),
    "discharge:end_hindrance": Door(),
}


def _patient(house: House) -> Actor:
    return house.patient


OWN: dict[str, Door] = {
    "contract:my_page": Door(_patient),
    "contract:my_consents": Door(_patient),
    "contract:my_blocks": Door(_patient),
    "contract:my_proxies": Door(_patient),
    "contract:my_log": Door(_patient),
    "contract:my_times": Door(_patient),
    "guarantee:mine": Door(_patient),
    "discharge:mine": Door(_patient, body={"keys": "ja"}),
    "discharge:mine_paper": Door(_patient),
    "contract:my_facts": Door(_patient),
    "contract:my_all_news": Door(_patient),
    "contract:my_paper": Door(_patient),
    "contract:my_wish": Door(_patient),
    "contract:my_news": Door(_patient),
    "contract:my_words": Door(
        _patient, body={"words": "Jag undrar en sak"}, form_at="contract:my_page"
    ),
    "contract:my_withdraw": Door(_patient),
    "careplans:request_withdraw": Door(_patient),
    "careplans:consent_answer": Door(_patient, body={"svar": "nej"}, form_at="careplans:consent"),
    "careplans:consent_back": Door(_patient),
    "careplans:preparation_send": Door(_patient),
    "contract:my_unblock": Door(_patient),
    "contract:my_end_proxy": Door(_patient),
}
