"""What R4 asks of a server, clause by clause, each with the test that shows it: a table of docs/reference/fhir.md.

Add a line when a clause is kept. A test that is not there stops the making of the page.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.fhir_searches import SEARCH

REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Clause:
    """One thing that is asked.

    Attributes:
        section: where: a page of hl7.org/fhir/R4, or another standard.
        what: what is asked, in a few words.
        test: file and function, "tests/web/test_x.py::test_y".
    """

    section: str
    what: str
    test: str


_ANSWERS = "tests/web/test_fhir_answers.py::"
_KEPT = "tests/web/test_fhir_kept.py::"
_CONDITIONS = "tests/web/test_fhir_conditions.py::"
_HTTP = "tests/web/test_fhir_http.py::"
_WHOLE = "tests/config/bundles/test_transactions.py::"
_PATCHED = "tests/config/test_patches.py::"

REST = (
    Clause("http.html#read", "a resource is read; one that was taken away is 410, one that never was 404",
           _KEPT + "test_what_is_deleted_is_gone_and_its_versions_are_not"),
    Clause("http.html#vread", "a version is read by its number, also of what has been taken away",
           _KEPT + "test_an_update_makes_a_version_and_the_same_again_none"),
    Clause("http.html#create", "201, Location with the version, ETag; every letter is the sender's",
           _KEPT + "test_it_is_kept_to_the_letter"),
    Clause("http.html#update", "a new version; the same again makes none", _KEPT + "test_an_update_makes_a_version_and_the_same_again_none"),
    Clause("http.html#upsert", "with an id of the client's own it is made", _KEPT + "test_the_client_may_choose_the_id"),
    Clause("http.html#upsert", "If-None-Match: * on PUT: 412 if it is there",
           "tests/web/test_fhir_operations.py::test_nothing_may_be_there_yet"),
    Clause("http.html#delete", "204; the history shows it; it can be made again",
           _KEPT + "test_what_is_deleted_is_gone_and_its_versions_are_not"),
    Clause("http.html#concurrency", "If-Match: 412 with both versions", _KEPT + "test_the_wrong_version_is_told_both"),
    Clause("http.html#concurrency", "If-Match is asked for of plans, goals, teams and tasks: 428",
           _KEPT + "test_what_several_share_says_its_version"),
    Clause("http.html#ccreate", "If-None-Exist: 201, 200 or 412", _CONDITIONS + "test_create_unless_it_is_there"),
    Clause("http.html#cond-update", "PUT by a search: 201, 200 or 412", _CONDITIONS + "test_update_the_one_that_is_found"),
    Clause("http.html#ccreate", "two at the same moment by the same condition make one, also in transactions",
           "tests/config/test_conditions.py::test_two_at_the_same_moment_make_one"),
    Clause("http.html#3.1.0.7.1", "DELETE by a search: one, none, or 412", _CONDITIONS + "test_delete_the_one_that_is_found"),
    Clause("http.html#cread", "If-None-Match and If-Modified-Since: 304, also of a version", _ANSWERS + "test_who_has_it_gets_304"),
    Clause("http.html#history", "of a resource, with what was taken away", _ANSWERS + "test_the_history_of_one"),
    Clause("http.html#history", "of a type and of the server, each row through the gate",
           _ANSWERS + "test_the_history_of_a_type_and_of_all"),
    Clause("http.html#history", "_since and _at", _ANSWERS + "test_since_and_at"),
    Clause("http.html#history", "_count; pages are stable while others write",
           _ANSWERS + "test_pages_of_history_are_stable_while_others_write"),
    Clause("http.html#ops", "Prefer: return=minimal, representation, OperationOutcome",
           _ANSWERS + "test_as_much_of_it_as_the_client_prefers"),
    Clause("http.html#ops", "Prefer: handling=strict, lenient",
           _ANSWERS + "test_what_does_not_fit_together_is_422_and_kept_if_the_client_wants"),
    Clause("http.html#mime-type", "JSON alone: 406 for XML, 415 for what is not JSON", _ANSWERS + "test_there_is_only_json"),
    Clause("http.html#parameters", "_format", _ANSWERS + "test_the_form_can_stand_in_the_address"),
    Clause("http.html#general", "HEAD wherever GET is", _ANSWERS + "test_head_is_get_without_a_body"),
    Clause("http.html#general", "gzip in, with a limit, and out", _ANSWERS + "test_what_is_sent_packed_is_unpacked"),
    Clause("http.html#Status-Codes", "an OperationOutcome with FHIRPath and sort on every refusal",
           _ANSWERS + "test_each_issue_says_what_sort_it_is"),
    Clause("http.html#Status-Codes", "400 for what is no R4; nothing is changed", _HTTP + "test_bad_text_is_told_where"),
    Clause("http.html#Status-Codes", "405 with what can be done", _HTTP + "test_other_methods_are_405_with_what_there_is"),
    Clause("resource.html#id", "id, versionId and lastUpdated are the server's, every other letter the sender's",
           "tests/resources/test_splicing.py::test_what_the_sender_says_stays_to_the_letter"),
    Clause("references.html", "what was imported names others by our addresses where they are here, in every exit",
           "tests/config/bulk/test_imports.py::test_what_came_in_names_others_by_our_addresses_in_every_exit"),
    Clause("references.html", "our own whole address is the same as the short one: found, chained and included",
           "tests/web/test_fhir_operations.py::test_our_own_whole_address_is_the_same_as_the_short_one"),
    Clause("json.html#decimal", "HL7's examples come out unchanged to the last digit",
           "tests/config/test_fhir_examples.py::test_they_go_in_and_come_out_to_the_letter"),
    Clause("security.html", "of a plan that was given no answer tells of a newer version",
           "tests/careplans/test_fhir_given.py::test_what_comes_after_is_told_in_no_way"),
    Clause("security.html", "only those who have to do with the person read and write",
           _KEPT + "test_only_those_who_have_to_do_with_the_person"),
    Clause("security.html", "no number can be tried: one who is unknown and one who may not be known are answered alike",
           _KEPT + "test_it_is_about_somebody_who_is_known"),
)  # fmt: skip
"""Clause 1 of the API: reading and writing one resource, and what was."""

TOGETHER = (
    Clause("http.html#patch", "JSON Patch and FHIRPath Patch; what is not touched keeps its letters", _PATCHED + "test_both_kinds"),
    Clause("fhirpatch.html", "HL7's own cases: add, insert, delete, replace, move",
           "tests/resources/patching/test_fhirpath_patch.py::test_the_cases_of_the_suite"),
    Clause("http.html#patch", "RFC 6902, its examples", "tests/resources/patching/test_json_patch.py::test_the_examples_of_the_standard"),
    Clause("http.html#patch", "If-Match as for an update: 412, and 428 where several share",
           _PATCHED + "test_what_several_share_needs_a_version"),
    Clause("http.html#patch", "a patch of what a room owns becomes the room's operation",
           _PATCHED + "test_a_plan_of_ours_is_changed_by_its_room"),
    Clause("http.html#transaction", "a batch: each by itself", "tests/config/bundles/test_batches.py::test_one_that_is_refused_does_not_stop_the_others"),
    Clause("http.html#transaction", "a transaction: all or nothing", _WHOLE + "test_all_or_nothing"),
    Clause("http.html#transaction", "DELETE, POST, PUT and PATCH, GET; answered in the order sent",
           _WHOLE + "test_the_order_is_the_standards_and_the_answer_in_the_order_sent"),
    Clause("http.html#trules", "urn:uuid and other names become Type/id, in circles too",
           _WHOLE + "test_a_circle_of_what_is_kept_is_no_matter"),
    Clause("http.html#trules", "also in uri, url, oid, uuid and links of the narrative, and nowhere else",
           "tests/resources/bundles/test_links.py::test_a_place_that_names_an_entry"),
    Clause("http.html#trules", "conditional references, creates, updates and deletes; exactly one match, else 412",
           _WHOLE + "test_conditions_of_the_standard"),
    Clause("http.html#patch", "conditional patch", _PATCHED + "test_by_a_condition"),
    Clause("http.html#trules", "the same resource by one entry only",
           "tests/resources/bundles/test_reading.py::test_the_same_twice_in_a_transaction_is_refused"),
    Clause("http.html#trules", "a refusal rolls all back, names its entry and stays in the trail",
           _WHOLE + "test_one_who_may_not_rolls_it_all_back_and_it_is_in_the_trail"),
    Clause("http.html#trules", "scopes are held against each entry",
           "tests/config/bundles/test_who_asks.py::test_one_entry_that_it_has_not_been_let_do_stops_it_all"),
    Clause("http.html#trules", "whatever is sent, the answer is in words", "tests/config/bundles/test_random.py::test_any_entries"),
)  # fmt: skip
"""Clause 1 of the API: several at once, and patches."""

_JUDGED = "tests/resources/validation/test_cases.py::"
_CALLED = "tests/config/invoked/test_calling.py::"

VALIDATION = (
    Clause("validation.html", "HL7's examples: only those known to be wrong are refused",
           "tests/resources/validation/test_examples.py::test_only_the_known_wrong_examples_are_refused"),
    Clause("validation.html", "structure, cardinality, primitives, required codes, targets, invariants: each fault at its place",
           _JUDGED + "test_every_wrong_one_is_told_at_its_place"),
    Clause("validation.html", "what is right is right", _JUDGED + "test_the_right_ones_are_right"),
    Clause("validation.html", "faults in words, without the value", _JUDGED + "test_the_words_are_swedish_and_never_quote_a_value"),
    Clause("validation.html", "depth, size and number of faults are limited", _JUDGED + "test_depth_and_number_of_faults_are_limited"),
    Clause("validation.html", "no text makes a form of a value slow", _JUDGED + "test_no_text_makes_a_form_slow"),
    Clause("resource-operation-validate.html", "$validate: every fault at once", _CALLED + "test_every_fault_is_told_at_once"),
    Clause("resource-operation-validate.html", "$validate of what stands, and of another type or id than the address",
           _CALLED + "test_the_type_and_the_id_are_those_of_the_address"),
)  # fmt: skip
"""Clause 3 of the API: what is right R4."""

_EVERYTHING = "tests/config/bulk/test_everything.py::"
_EXPORTED = "tests/config/bulk/test_exports.py::"
_IMPORTED = "tests/config/bulk/test_imports.py::"
_DOCUMENT = "tests/config/invoked/test_documents.py::"
_FILLED = "tests/config/invoked/test_populating.py::"
_STATED = "tests/config/stated/test_stated.py::"
_BULK = "hl7.org/fhir/uv/bulkdata"

OPERATIONS = (
    Clause("patient-operation-everything.html", "what is about the person and what that points at",
           _EVERYTHING + "test_the_keeper_has_the_person_the_plan_and_what_was_sent"),
    Clause("patient-operation-everything.html", "pages: each thing once", _EVERYTHING + "test_pages_give_the_same_each_thing_once"),
    Clause("patient-operation-everything.html", "of a plan that was given the version that was given",
           _EVERYTHING + "test_one_who_has_been_given_the_plan_has_it_too"),
    Clause(_BULK, "$export: the files hold what $everything tells", _EXPORTED + "test_the_files_hold_what_everything_tells"),
    Clause(_BULK, "$export of several: what was given in the version that was given, also by `_since`",
           _EXPORTED + "test_one_who_has_been_given_a_plan_has_it_as_it_was_given"),
    Clause(_BULK, "_type, _since, _typeFilter", _EXPORTED + "test_types_times_and_filters"),
    Clause(_BULK, "goes on after a crash, nothing twice", _EXPORTED + "test_what_was_cut_off_goes_on_where_it_was"),
    Clause(_BULK, "each piece passes the gate of then", _EXPORTED + "test_what_is_read_later_passes_the_gate_of_then"),
    Clause(_BULK, "only the one who asked gets the files", _EXPORTED + "test_only_the_one_who_asked_gets_it"),
    Clause(_BULK, "DELETE takes it back; old files are thrown",
           _EXPORTED + "test_what_is_taken_back_is_gone_and_what_is_old_is_thrown"),
    Clause(_BULK, "$export by a system's own token (Backend Services), narrowed by its scopes",
           _EXPORTED + "test_a_system_by_its_own_token"),
    Clause("own operation", "$import: NDJSON goes in; the same again changes nothing; faults as OperationOutcome",
           _IMPORTED + "test_lines_go_in_and_are_read_and_the_same_again_changes_nothing"),
    Clause("own operation", "$import goes on after a crash, nothing twice", _IMPORTED + "test_what_was_cut_off_goes_on_where_it_was"),
    Clause("own operation", "$import fetches files; one that is not there stops no other",
           _IMPORTED + "test_files_are_fetched_and_one_that_is_not_there_stops_no_other"),
    Clause("security.html", "$import fetches nothing from inside our walls", _IMPORTED + "test_a_name_that_leads_inwards_is_not_called"),
    Clause("security.html", "$import needs the right to import and scopes for every type",
           _IMPORTED + "test_only_who_may_and_who_asked"),
    Clause("hl7.org/fhir/uv/ips", "Patient/$summary with the plan section", _DOCUMENT + "test_a_summary_sorts_what_there_is"),
    Clause("hl7.org/fhir/uv/ips", "what is not seen is said to be without information",
           _DOCUMENT + "test_of_what_is_not_seen_it_is_said_that_there_is_no_information"),
    Clause("own operation", "Patient/$patientkontrakt says what the page says", _DOCUMENT + "test_the_contract_says_what_the_page_says"),
    Clause("valueset-operation-expand.html", "sets of the standard, our own, sent and kept ones",
           _CALLED + "test_a_set_that_is_sent_and_one_that_is_kept"),
    Clause("valueset-operation-validate-code.html", "$validate-code", _CALLED + "test_whether_a_code_is_in_a_set"),
    Clause("codesystem-operation-lookup.html", "$lookup", _CALLED + "test_whether_a_code_is_in_a_system_and_what_it_is_called"),
    Clause("hl7.org/fhir/uv/sdc", "Questionnaire/$populate", _FILLED + "test_each_type_of_question_gets_its_own_sort_of_answer"),
    Clause("hl7.org/fhir/uv/sdc", "$populate reads through the gate", _FILLED + "test_a_context_is_read_here_through_the_gate"),
    Clause("resource-operation-meta.html", "$meta of a resource, a type and the system: what the reader may know of",
           "tests/web/test_fhir_operations.py::test_labels_of_a_type_and_of_the_system_are_those_that_one_may_see"),
    Clause("capabilitystatement.html", "metadata is made of the tables that the server runs by",
           _STATED + "test_every_type_and_every_parameter_is_there"),
    Clause("capabilitystatement.html", "each operation stands where it can be called",
           _STATED + "test_an_operation_stands_where_it_can_be_called"),
    Clause("spec.openapis.org/oas", "the same as OpenAPI at /fhir/R4/openapi.json",
           "tests/web/test_fhir_stated.py::test_openapi_is_open_and_named_in_the_statement"),
)  # fmt: skip
"""Clause 4 of the API: operations, and what the server says of itself."""

_TOLD = "tests/subscriptions/test_telling.py::"
_ASKED = "tests/subscriptions/test_asking.py::"
_SOCKET = "tests/subscriptions/test_sockets.py::"
_MORE = "tests/subscriptions/test_more.py::"
_R5 = "hl7.org/fhir/uv/subscriptions-backport"

SUBSCRIPTIONS = (
    Clause(_R5, "topic plan-changed: of a plan that is given all that is new in it",
           _MORE + "test_of_a_plan_that_is_given_all_that_is_new_in_it_is_told"),
    Clause(_R5, "topic task-assigned", _MORE + "test_a_task_that_gets_an_owner_is_told"),
    Clause(_R5, "topic discharge-step", _MORE + "test_a_step_on_the_way_home_is_told"),
    Clause(_R5, "topic alert-raised", _MORE + "test_an_alert_is_told_when_it_is_raised_and_not_when_it_is_lifted"),
    Clause(_R5, "what is taken away is told by its id, to those who could read it",
           _MORE + "test_that_it_is_gone_is_told_by_id_to_those_who_could_read_it"),
    Clause("own", "what waited for its person is told when the person is known",
           _MORE + "test_what_waited_for_its_person_is_told_when_the_person_is_known"),
    Clause(_R5, "metadata says the socket's address and the topics",
           _MORE + "test_the_server_says_where_its_socket_is_and_which_topics_there_are"),
    Clause("subscription.html", "criteria, a search: judged on what the subscriber may read",
           "tests/subscriptions/test_rules.py::test_filters_judge_the_resource"),
    Clause("subscription.html", "the right to subscribe, and off ends it", _ASKED + "test_off_ends_it"),
    Clause("subscription.html", "websocket: bound, ping", _SOCKET + "test_r4s_own_way_is_a_ping"),
    Clause(_R5, "rest-hook: handshake before anything else", _TOLD + "test_a_handshake_comes_first_and_nothing_from_before"),
    Clause(_R5, "a refused handshake is an error in words", _TOLD + "test_a_refused_handshake_stops_it"),
    Clause(_R5, "id-only unless more is asked for", _TOLD + "test_a_change_is_told_by_id_alone"),
    Clause(_R5, "full-resource only where the county lets it", _ASKED + "test_whole_resources_need_the_countys_word"),
    Clause(_R5, "heartbeat", _TOLD + "test_a_sign_of_life_when_nothing_has_happened"),
    Clause(_R5, "headers are sent, and shown to nobody", _TOLD + "test_headers_are_sent_and_shown_to_nobody"),
    Clause(_R5, "again, later and later; nothing is lost",
           _TOLD + "test_a_receiver_that_fails_is_told_later_and_nothing_is_lost"),
    Clause(_R5, "again under the same number when the sender falls",
           _TOLD + "test_who_falls_between_sending_and_noting_sends_again_with_the_same_number"),
    Clause(_R5, "one that is refused holds up the same person only until it is given up",
           _TOLD + "test_one_that_is_refused_is_given_up_and_the_next_goes"),
    Clause(_R5, "writers at the same time: nothing lost, numbers without gaps",
           "tests/subscriptions/test_order.py::test_concurrent_writers"),
    Clause(_R5, "$status; topics that can be read", _ASKED + "test_status_and_topics"),
    Clause(_R5, "$events, by number and page", _ASKED + "test_events_are_paged_by_number"),
    Clause(_R5, "$get-ws-binding-token, bind-with-token, woken by the database", _SOCKET + "test_it_is_bound_greeted_and_told"),
    Clause("security.html", "a consent taken back before the telling is obeyed",
           _TOLD + "test_a_consent_taken_back_between_the_change_and_the_telling_is_obeyed"),
    Clause("security.html", "what may not be read is not told, and no gap tells of it",
           _TOLD + "test_a_change_that_is_not_given_is_not_told"),
    Clause("security.html", "notices go nowhere inside our walls", _ASKED + "test_a_name_that_leads_inwards_is_not_called"),
)  # fmt: skip
"""Clause 5 of the API: others are told when something changes."""

_SCP = "Santeon SCP 0.3"
_TASKS = "tests/careplans/test_tasks_http.py::"
_TEAM = "tests/careplans/test_tasks.py::"

_FLOW = "tests/connections/test_code_flow.py::"
_SYSTEMS = "tests/connections/test_systems.py::"
_DOOR = "tests/connections/test_door.py::"
_FITTING = "tests/connections/test_conditions.py::"
_MINE = "tests/connections/test_pages.py::"
_SMART = "hl7.org/fhir/smart-app-launch"

LET_IN = (
    Clause(_SMART, ".well-known/smart-configuration says all addresses and what is supported",
           _FLOW + "test_what_an_app_must_know_before_it_begins"),
    Clause(_SMART, "standalone launch: code, PKCE, a token for the person", _FLOW + "test_a_persons_app_gets_a_token_for_the_person"),
    Clause(_SMART, "standalone launch of staff: assignment and person are chosen", _FLOW + "test_staff_choose_assignment_and_person"),
    Clause(_SMART, "EHR launch from a person's page", _MINE + "test_an_app_is_opened_from_a_persons_page"),
    Clause(_SMART, "the launch is for the one who clicked", _MINE + "test_anothers_click_opens_nothing"),
    Clause("RFC 7636", "PKCE S256 is asked of everyone; a code is only for the one who asked",
           _FLOW + "test_a_code_is_only_for_the_one_who_asked"),
    Clause("RFC 6749 4.1.2", "a code used twice ends all that it gave", _FLOW + "test_a_code_used_twice_ends_all_that_it_gave"),
    Clause("RFC 9700", "a refresh token is used once", _FLOW + "test_a_token_is_refreshed_once"),
    Clause("openid.net/specs", "who one is: id_token, fhirUser", _FLOW + "test_who_one_is"),
    Clause(_SMART, "granular scopes are read; what is not understood is not given",
           "tests/connections/test_scopes.py::test_what_is_understood"),
    Clause(_SMART, "no more than was registered", _FLOW + "test_an_app_gets_no_more_than_it_was_registered_for"),
    Clause(_SMART, "scopes only narrow what the gate allows, in any world",
           "tests/connections/test_narrowing_agrees.py::test_scopes_only_take_away"),
    Clause(_SMART, "scopes with conditions let out exactly what fits, by every way", _FITTING + "test_what_fits_is_told_and_nothing_else"),
    Clause(_SMART, "what does not fit is answered as what is not there", _FITTING + "test_what_does_not_fit_is_answered_as_what_is_not_there"),
    Clause(_SMART, "what is written must fit before and after", _FITTING + "test_what_is_written_must_fit_before_and_after"),
    Clause(_SMART, "a copy that was given is held against them as it was given", _FITTING + "test_a_plan_is_held_against_them_as_it_was_given"),
    Clause(_SMART, "Backend Services: private_key_jwt, a token and a read", _SYSTEMS + "test_a_system_gets_a_token_and_reads"),
    Clause("RFC 7523", "a word that does not hold lets nobody in", _SYSTEMS + "test_a_word_that_does_not_hold"),
    Clause("RFC 7523", "a word is used once", _SYSTEMS + "test_a_word_is_used_once"),
    Clause("profiles.ihe.net/ITI/IUA", "a purpose of use is mandatory, chosen at the token (no standard has it by request)",
           _SYSTEMS + "test_a_purpose_is_said_where_there_are_several"),
    Clause("profiles.ihe.net/ITI/IUA", "the token carries the purpose into the gate and the log", _SYSTEMS + "test_the_token_carries_the_purpose"),
    Clause("own", "the consent page is easy to read, in Swedish", _MINE + "test_the_question_is_easy_to_read"),
    Clause("own", "clients are registered on a page", _MINE + "test_an_administrator_registers_an_app_and_switches_it_off"),
    Clause("own", "a developer asks, an administrator answers", _MINE + "test_a_developer_asks_and_an_administrator_answers"),
    Clause("RFC 7009", "revocation", _FLOW + "test_a_token_that_is_given_back_is_out"),
    Clause("own", "a person takes back the own yes", _MINE + "test_a_person_takes_back"),
    Clause("RFC 7662", "introspection of the own token", _FLOW + "test_a_client_looks_at_its_own_token_and_at_no_other"),
    Clause("RFC 6750", "what has ended lets nobody in", _DOOR + "test_what_has_ended_lets_nobody_in"),
    Clause("own", "an app is told no more than its user, and only of what it was let read, by every exit of a random county",
           "tests/leaks/test_leaks.py::test_an_app_is_told_no_more_than_its_user_and_only_of_what_it_was_let_read"),
)  # fmt: skip
"""Clause 8 of the API: who gets in."""

COORDINATION = (
    Clause(_SCP, "a municipality with its own system finds, reads, answers, puts forward and leaves by HTTP alone",
           _TASKS + "test_a_municipality_with_its_own_system_takes_part_by_the_api_alone"),
    Clause(_SCP, "a Task moves by the table: what the owner may, what owner or requester may",
           "tests/careplans/test_task_rules.py::test_each_status_has_the_moves_of_the_profile"),
    Clause(_SCP, "no series of tries leaves the table", "tests/careplans/test_task_rules.py::test_no_series_of_tries_leaves_the_table"),
    Clause(_SCP, "whoever is neither owner nor requester makes no move, and knows of nothing",
           _TEAM + "test_each_moves_what_is_theirs_and_a_stranger_knows_of_nothing"),
    Clause(_SCP, "a move that is not possible is 409 with those that are", _TASKS + "test_what_cannot_be_done_is_told_in_words"),
    Clause(_SCP, "one who is asked is told by topic task-assigned, when the plan has been given to it",
           "tests/subscriptions/test_task_assigned.py::test_the_one_who_is_asked_is_told"),
    Clause(_SCP, "CareTeam gains the owner at accepted", _TEAM + "test_sharing_a_plan_invites_and_a_yes_makes_a_member"),
    Clause(_SCP, "CareTeam ends the member's period when its last task ends",
           _TEAM + "test_an_undertaking_moves_its_activity_and_the_last_that_ends_ends_the_part"),
    Clause(_SCP, "a subtask makes nobody a member", _TEAM + "test_a_question_back_makes_nobody_a_member"),
    Clause("IHE DCTM", "CareTeam is read and searched; here nobody edits it: Tasks do", _TASKS + "test_nobody_edits_the_team_by_hand"),
    Clause("IHE DCP", "a plan is known to a contributor as far as it was given: its Tasks too",
           _TEAM + "test_an_undertaking_is_known_when_the_plan_is_given"),
)  # fmt: skip
"""Clause 6 of the API: plans that several care providers keep up, each in its own system."""

_SE = "tests/people/test_swedish_patients.py::"
_PROFILE = "tests/resources/test_profiles.py::"
_WHOSE = "tests/careplans/test_fhir_sweden.py::"
_LOG = "tests/audit/test_fhir.py::"
_OWN_LOG = "tests/audit/test_fhir_search.py::"
_RIV = "tests/rivta/test_systems.py::"
_MESSAGE = "tests/rivta/test_messages.py::"
_MASKED = "tests/rivta/test_protected.py::"
_BASE, _EHDS, _BALP = "HL7 Sweden, base profiles 1.1.0", "Inera, EHDS-TK 0.3.3", "IHE BALP"
_PLANS, _CONTACTS, _INDEX = (
    "RIV-TA GetCarePlans 2.0",
    "RIV-TA GetCareContacts 3.0",
    "RIV-TA engagementindex Update 1.0",
)

SWEDEN = (
    Clause(_BASE, "the ten example patients go in, and come out by their numbers", _SE + "test_each_goes_in_and_comes_out_by_its_number"),
    Clause(_BASE, "names and addresses are those that were sent", _SE + "test_name_and_address_are_those_that_were_sent"),
    Clause(_BASE, "protected identity: label, name and places masked", _SE + "test_a_protected_person_is_masked_everywhere"),
    Clause(_BASE, "protected identity in documents, includes, contracts", _MASKED + "test_neither_name_nor_place_leaves_by_any_exit"),
    Clause(_BASE, "what breaks a profile goes in, with a word of where", _SE + "test_what_breaks_the_profile_goes_in_with_a_word_of_where"),
    Clause(_BASE, "units, staff and assignments keep to their profiles",
           "tests/organisations/test_fhir.py::test_all_that_is_published_is_r4_and_keeps_to_its_profile"),
    Clause(_EHDS, "a plan of a national kind names the profile and keeps to it",
           "tests/careplans/test_fhir.py::test_a_plan_and_its_record_keep_to_the_profiles_that_they_name"),
    Clause(_EHDS, "what the profiles ask is told at its place", _PROFILE + "test_what_ineras_profiles_ask_is_told_at_its_place"),
    Clause(_EHDS, "plan types", "tests/careplans/test_fhir.py::test_each_kind_has_its_national_code_or_none"),
    Clause(_EHDS, "Provenance comes with the plan: outer and inner block", _WHOSE + "test_one_question_gives_the_plan_and_whose_record_it_is"),
    Clause(_EHDS, "inner block", _WHOSE + "test_the_inner_block_hides_both_from_other_units"),
    Clause(_EHDS, "outer block", _WHOSE + "test_the_outer_block_hides_both_from_other_care_providers"),
    Clause(_EHDS, "NOPATIENT is not there for the person", _WHOSE + "test_what_is_not_for_the_person_is_not_there_for_the_person"),
    Clause(_BALP, "AuditEvent after the patterns", _LOG + "test_what_is_done_with_a_person_keeps_to_the_pattern_of_balp"),
    Clause(_BALP, "a purpose on every event, from every exit", _WHOSE + "test_every_line_of_the_log_says_why"),
    Clause(_BALP, "no purpose, no token", "tests/connections/test_systems.py::test_a_purpose_is_said_where_there_are_several"),
    Clause(_BALP, "what was filtered away is told in no event", _LOG + "test_a_refusal_has_outcome_4_and_names_no_object"),
    Clause(_BALP, "the person reads the own log (ITI-81)", _OWN_LOG + "test_the_person_reads_the_own_log_with_the_words_of_the_page"),
    Clause(_PLANS, "valid by the schema", _MESSAGE + "test_plans_are_valid_by_the_schema"),
    Clause(_PLANS, "asked by a system's own token", _RIV + "test_a_system_with_a_token_of_its_own_gets_plans_and_contacts"),
    Clause(_PLANS, "a token gives no more than its scopes", _RIV + "test_a_token_gives_no_more_than_its_scopes"),
    Clause(_PLANS, "no message: a fault in words", _RIV + "test_what_is_no_message_is_a_fault_in_words"),
    Clause(_PLANS, "refused at the door: a fault in words", _RIV + "test_what_stops_at_the_door_is_a_fault_too"),
    Clause(_PLANS, "a wrong question: ERROR, INVALID_REQUEST, logId",
           "tests/rivta/test_asking.py::test_a_wrong_question_is_an_error_with_a_number_to_look_for"),
    Clause(_CONTACTS, "valid by the schema", _MESSAGE + "test_contacts_are_valid_by_the_schema"),
    Clause(_CONTACTS, "asked of some care providers alone", _MESSAGE + "test_contacts_are_asked_of_care_providers_too"),
    Clause(_INDEX, "valid by the schema", _MESSAGE + "test_the_index_is_told_a_valid_line"),
    Clause(_INDEX, "over HTTP, until it is taken", _RIV + "test_the_index_is_told_over_http_until_it_takes_it"),
)  # fmt: skip
"""Clause 7 of the API: what Sweden asks."""

_COPIED = "tests/clients/test_copied.py::"
CLIENTS = (
    Clause("clients that others have made", "fhirpy reads, searches, writes, sends a transaction", "tests/clients/test_python.py::test_fhirpy_reads_searches_writes_and_counts"),
    Clause("clients that others have made", "fhirclient is launched and works", "tests/clients/test_python.py::test_fhirclient_is_launched_and_works"),
    Clause("clients that others have made", "fhir-kit-client", "tests/clients/test_js.py::test_fhir_kit_client"),
    Clause("clients that others have made", "@medplum/core", "tests/clients/test_js.py::test_medplum"),
    Clause("clients that others have made", "SMART JS is launched in a browser by its user", "tests/clients/test_js.py::test_smart_js_is_launched_by_its_user"),
    Clause("pages for developers", "a request is sent with one's own access, and is in the trail", "tests/developers/test_pages.py::test_a_request_is_sent_with_ones_own_access_and_is_in_the_trail"),
    Clause("pages for developers", "each example does what it says", "tests/developers/test_pages.py::test_each_example_does_what_it_says"),
    Clause("pages for developers", "what is copied runs: curl, Python, JavaScript", _COPIED + "test_what_is_copied_runs"),
    Clause("pages for developers", "a system gets a token as the page says", _COPIED + "test_a_system_gets_a_token_as_the_page_says"),
    Clause("pages for developers", "what they tell is what metadata tells", "tests/developers/test_pages.py::test_what_it_tells_is_what_metadata_tells"),
)  # fmt: skip
"""Clause 10 of the API: clients for real, and pages for those who make them."""

_LIMITS = "tests/web/test_limits.py::"
_HOSTILE = "tests/web/test_hostile.py::"
_STRAIGHT = "tests/web/test_straight.py::"

LIMITS = (
    Clause("http.html#Status-Codes", "413 for what is too large, packed or not", _LIMITS + "test_what_is_small_only_packed_is_413_too"),
    Clause("http.html#Status-Codes", "413 and 400 for too many values", _LIMITS + "test_more_values_than_are_taken_is_413_and_of_one_resource_400"),
    Clause("json.html", "JSON within JSON: so deep and no deeper", _LIMITS + "test_depth_is_counted_outside_strings"),
    Clause("RFC 9110 15.5.15", "414 for a long address, with what to do instead", _LIMITS + "test_a_long_address_is_414_and_says_what_to_do"),
    Clause("RFC 6585", "429 with Retry-After: for each client", _LIMITS + "test_a_client_that_asks_too_often_is_told_when_to_come_back"),
    Clause("RFC 6585", "429 by address for those whom nobody knows", _LIMITS + "test_what_is_open_to_all_is_counted_by_where_one_comes_from"),
    Clause("RFC 6750", "tokens are not guessed by machine", _LIMITS + "test_tokens_are_not_guessed_by_machine"),
    Clause("search.html", "a question that takes too long is ended: 503 in words, the worker is free", _STRAIGHT + "test_what_takes_too_long_is_503_and_the_worker_is_free"),
    Clause("http.html#transaction", "all entries of a Bundle share one time", _LIMITS + "test_a_batch_has_one_time_for_all_of_it"),
    Clause("search.html#chaining", "a chain that may lead anywhere is refused before it is followed",
           "tests/resources/test_costly.py::test_a_chain_that_may_lead_anywhere_is_refused_before_it_is_followed"),
    Clause("security.html", "no file of an export, no notice, no national contract tells more than the gate",
           "tests/leaks/test_other_exits.py::test_no_export_holds_more_than_the_gate"),
    Clause("security.html", "nor does a search or a condition with a guessed word",
           "tests/leaks/test_other_exits.py::test_a_word_that_is_guessed_is_answered_as_one_that_stands_nowhere"),
    Clause("security.html#injection", "hostile JSON, patterns, SQL, FHIRPath, addresses and headers: taken or refused in words", _HOSTILE + "test_what_is_hostile_is_refused_in_words"),
    Clause("security.html", "random bytes at each door; longer runs by `make fuzz` (schemathesis, atheris)", _HOSTILE + "test_random_bytes_are_refused_in_words"),
)  # fmt: skip
"""Clause 9 of the API: limits and bad input."""

CLAUSES: tuple[Clause, ...] = (
    *REST, *TOGETHER, *(Clause(*one) for one in SEARCH), *VALIDATION, *OPERATIONS, *SUBSCRIPTIONS, *COORDINATION, *SWEDEN, *LET_IN, *CLIENTS, *LIMITS)  # fmt: skip
"""All of them, in the order of the page."""


def rows() -> list[list[str]]:
    """The table. Every test must be there.

    Raises:
        SystemExit: a test that is named is not.
    """
    missing = [one.test for one in CLAUSES if not _is_there(one.test)]
    if missing:
        raise SystemExit("No such test: " + ", ".join(missing))
    return [[one.section, one.what, f"`{one.test}`"] for one in CLAUSES]


def _is_there(test: str) -> bool:
    file, _colons, name = test.partition("::")
    return name in _tests_of(REPOSITORY / file)


@cache
def _tests_of(path: Path) -> frozenset[str]:
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text())
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))
