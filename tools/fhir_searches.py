"""Clause 2 of the API, search: what R4 asks, each with the test that shows it (see `fhir_clauses`)."""

from __future__ import annotations

_HTTP = "tests/config/searching/test_http.py::"
_SETS = "tests/config/searching/test_sets.py::"
_OURS = "tests/config/searching/test_ours.py::"
_MASKED = "tests/config/searching/test_protected.py::"
_ONE = "tests/resources/searching/test_matching.py::"
_BOTH = "tests/resources/searching/test_agreement.py::"
_INDEX = "tests/resources/searching/test_indexing.py::"
_AGAIN = "tests/resources/searching/test_reindexing.py::"
_UNITS = "tests/resources/searching/test_units.py::"

SEARCH: tuple[tuple[str, str, str], ...] = (
    ("search.html#table", "index tables from the official SearchParameters: a table for each kind", _INDEX + "test_each_kind_of_value_has_its_table"),
    ("search.html#table", "the database and plain Python give one answer to random searches of random resources", _BOTH + "test_observations"),
    ("search.html#token", "token: code, system|code, |code, system|; flags, identifiers, telecom", _ONE + "test_a_patient"),
    ("search.html#string", "string: beginning, :contains, :exact, without case and accents; å, ä and ö are letters", _BOTH + "test_names"),
    ("search.html#reference", "reference: id, Type/id, whole address, [parameter]:Type, :identifier",
     _HTTP + "test_a_plan_is_found_by_person_by_status_and_by_chain"),
    ("search.html#reference", "a reference leads to what it names, whatever the sender calls it", _INDEX + "test_a_reference_leads_to_the_address_of_what_it_names"),
    ("search.html#date", "date: ranges on both sides; days of Sweden where no zone is said", _ONE + "test_times_are_ranges"),
    ("search.html#number", "number: the precision that its digits say", _ONE + "test_numbers_have_precision"),
    ("search.html#quantity", "quantity: number|system|code, number||unit, with comparators of the value", _BOTH + "test_every_prefix_of_every_number"),
    ("search.html#quantity", "quantity: another UCUM unit of the same sort, precision carried along", _BOTH + "test_every_prefix_in_every_unit"),
    ("search.html#quantity", "each unit of UCUM's table, held against another library", _UNITS + "test_every_unit_is_what_pint_says"),
    ("search.html#uri", "uri: same, :above, :below by whole segments; canonical|version", _BOTH + "test_uris"),
    ("search.html#composite", "composite: parts at one and the same place", _ONE + "test_parts_of_a_composite_belong_together"),
    ("search.html#prefix", "eq ne gt lt ge le sa eb ap of dates", _BOTH + "test_every_prefix_of_every_time"),
    ("search.html#prefix", "eq ne gt lt ge le sa eb ap of numbers", _BOTH + "test_every_prefix_of_every_number"),
    ("search.html#modifiers", ":missing", _HTTP + "test_a_plan_is_found_by_person_by_status_and_by_chain"),
    ("search.html#modifiers", ":not, :text", _ONE + "test_an_observation"),
    ("search.html#modifiers", ":of-type", _ONE + "test_a_patient"),
    ("search.html#modifiers", ":in, :not-in: sets of the standard, of ours, and those that clients have written", _SETS + "test_codes_by_set"),
    ("search.html#modifiers", ":above, :below of codes, where the levels are known", _SETS + "test_codes_by_level"),
    ("search.html#modifiers", "a modifier that a parameter cannot have, _text, _content, _query, _filter and _list are refused in words",
     _SETS + "test_what_cannot_be_done_is_refused"),
    ("search.html#escaping", r"escapes: \, \| \$ \\", _ONE + "test_escapes_go_both_ways"),
    ("search.html#combining", "AND by repetition, OR by commas", _BOTH + "test_observations"),
    ("search.html#chaining", "chains, several links, with modifiers; through the gate at each link",
     _HTTP + "test_a_plan_is_found_by_person_by_status_and_by_chain"),
    ("search.html#has", "_has, also within a chain", _HTTP + "test_what_points_here_is_asked_too"),
    ("search.html#include", "_include, _revinclude, :iterate, *", _HTTP + "test_what_it_points_at_and_what_points_at_it_come_along"),
    ("search.html#include", "more than fits is said in an outcome", _SETS + "test_what_is_cut_says_so"),
    ("search.html#sort", "_sort by several keys, rising and falling; what has no value comes last", _HTTP + "test_what_has_no_value_comes_last"),
    ("search.html#count", "_count, also 0; _total none, estimate, accurate", _HTTP + "test_how_many"),
    ("search.html#summary", "_summary true, text, data, count, false; _elements; tagged SUBSETTED", _HTTP + "test_parts_of_a_resource_say_so"),
    ("search.html#paging", "pages that lose nothing and show nothing twice while others write", _HTTP + "test_pages_lose_nothing_while_others_write"),
    ("search.html#paging", "a link to the next page is good for its own search only, and names nobody", _HTTP + "test_a_page_of_another_search_is_none"),
    ("http.html#search", "POST _search", _HTTP + "test_a_form_is_a_search_too"),
    ("http.html#vsearch", "compartments: Patient/id/Type and Patient/id/*", _HTTP + "test_a_compartment_is_one_persons"),
    ("search.html#errors", "handling=strict (unless told otherwise) and lenient, with what was passed over", _HTTP + "test_strict_and_lenient"),
    ("search.html#errors", "what is not understood is told at its parameter", _ONE + "test_what_is_not_understood_says_where"),
    ("search.html", "what is written is found at once, to the letter; what is taken away is not", _HTTP + "test_what_a_client_wrote_is_found_at_once_and_to_the_letter"),
    ("search.html", "what lay there before is made findable anew by samverka index", _AGAIN + "test_it_is_found_by_the_same_as_when_it_came"),
    ("SearchParameter", "careUnit, careProvider: whose record it is", _OURS + "test_whose_record_it_is"),
    ("SearchParameter", "nextStepOwner: on whom a plan waits", _OURS + "test_on_whom_it_waits"),
    ("SearchParameter", "followUpDue: when a plan shall have been followed up", _OURS + "test_when_it_shall_have_been_followed_up"),
    ("SearchParameter", "ours are in metadata and can be read", _OURS + "test_each_is_stated_and_defined"),
    ("security.html", "the other side finds what it was given, as it was given, and no more",
     _HTTP + "test_the_other_side_finds_what_it_was_given_and_no_more"),
    ("security.html", "a person with protected identity: by no chain, _has, include or total",
     _MASKED + "test_what_is_word_for_word_is_not_found"),
    ("security.html", "what comes along is masked", _MASKED + "test_what_comes_along_is_masked"),
    ("security.html", "a block hides from search what it hides", _HTTP + "test_a_block_hides_from_the_search_what_it_hides"),
    ("security.html", "each person shown is in the trail, and nobody else", _HTTP + "test_each_person_shown_is_in_the_trail_and_nobody_else"),
    ("security.html", "a search that takes too long ends in words", _SETS + "test_who_asks_too_much_is_told"),
    ("security.html", "no search is a fault of the server", _HTTP + "test_no_search_is_a_fault_of_the_server"),
)  # fmt: skip
