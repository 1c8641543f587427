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

from samverka.kernel.actor import Actor
from tests.house.furnished import House

PUBLIC: dict[str, str] = {
    "web:help": "help must be found by one who cannot log in",
    "web:accessibility": "the law asks for the statement (lag 2018:1937)",
    "web:preference": "size of text and colours, in a cookie",
    "web:language": "language, in a cookie",
    "web:session": "how long the session lasts; nothing of anyone",
    "web:alive": "for those who watch over the servers",
    "web:ready": "for those who watch over the servers",
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


def _reviewer(house: House) -> Actor:
    return house.cast.log_reviewer


def _officer(house: House) -> Actor:
    return house.cast.block_officer


OFFICE: dict[str, Door] = {
    "contract:persons": Door(),
    "people:search": Door(body={"q": "karin"}),
    "people:register": Door(
        body={"given_name": "Olle", "family_name": "Ny", "reason": "Söker vård"}
    ),
    "organisations:units": Door(),
    "organisations:unit": Door(),
    "organisations:new_unit": Door(_administrator),
    "organisations:edit_unit": Door(_administrator),
    "organisations:new_staff": Door(_administrator),
    "organisations:end_assignment": Door(_administrator),
    "organisations:county": Door(),
    "organisations:county_value": Door(
        _administrator, body={"value": "4", "valid_from": "2027-01-01", "reason": "Styrgruppen"}
    ),
    "resources:imports": Door(_administrator),
    "resources:report": Door(_administrator),
    "contract:lifting": Door(_officer),
    "contract:lift": Door(_officer),
    "contract:review": Door(_reviewer),
    "contract:checks": Door(_reviewer),
    "contract:check": Door(_reviewer),
}

RECORD: dict[str, Door] = {
    "contract:person": Door(),
    "contract:choose": Door(),
    "contract:emergency": Door(body={"reason": "Hittad medvetslös hemma"}),
    "contract:relations": Door(),
    "contract:end_relation": Door(),
    "contract:consents": Door(),
    "contract:withdraw": Door(body={"by": "Karin"}),
    "contract:blocks": Door(),
    "contract:unblock": Door(),
    "contract:received": Door(),
    "contract:resource": Door(),
    "people:edit": Door(),
    "people:relatives": Door(body={"name": "Per", "kind": "son"}),
    "people:proxies": Door(),
    "people:capacity": Door(body={"reason": "Samtal med dottern"}),
    "people:listing": Door(body={"special_reason": ""}),
    "people:remove_relative": Door(),
    "people:end_proxy": Door(),
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
    "careplans:end": Door(body={"reason": "Klar"}),
    "careplans:undo": Door(),
    "careplans:comment": Door(body={"words": "Hej"}),
    "careplans:handle": Door(),
    "careplans:share": Door(),
    "careplans:withdraw": Door(body={"by": "Karin"}),
    "careplans:party_end": Door(),
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
    "contract:my_words": Door(
        _patient, body={"words": "Jag undrar en sak"}, form_at="contract:my_page"
    ),
    "contract:my_withdraw": Door(_patient),
    "contract:my_unblock": Door(_patient),
    "contract:my_end_proxy": Door(_patient),
}
