"""Every change of relations, consents, blocks, openings and proxies."""

from samverka.access.operations.blocks import remove_block, set_block
from samverka.access.operations.consents import (
    give_consent,
    invite_unit,
    withdraw_consent,
)
from samverka.access.operations.county import set_county_value
from samverka.access.operations.disclosures import (
    Disclosed,
    Receipt,
    disclose,
    end_part,
    give_by_law,
    let_take_part,
    settle_parts,
)
from samverka.access.operations.listing import move_listing
from samverka.access.operations.openings import (
    REASON_AT_LEAST,
    lift_block,
    make_choice,
    open_emergency,
)
from samverka.access.operations.proxies import GUARDIAN_SCOPES, PROXY_SCOPES, end_proxy, grant_proxy
from samverka.access.operations.relations import (
    end_relation,
    introduce_subject,
    open_account,
    open_relation,
    set_mail,
)

__all__ = [
    "GUARDIAN_SCOPES",
    "PROXY_SCOPES",
    "REASON_AT_LEAST",
    "Disclosed",
    "Receipt",
    "disclose",
    "end_part",
    "end_proxy",
    "end_relation",
    "give_by_law",
    "give_consent",
    "grant_proxy",
    "introduce_subject",
    "invite_unit",
    "let_take_part",
    "lift_block",
    "make_choice",
    "move_listing",
    "open_account",
    "open_emergency",
    "open_relation",
    "remove_block",
    "set_block",
    "set_county_value",
    "set_mail",
    "settle_parts",
    "withdraw_consent",
]
