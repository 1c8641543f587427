"""Calls of the room `connections`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from samverka.connections import operations, reads
from samverka.kernel.actor import Actor
from tests.house.calls.shape import NOBODY, SILENT, Call, administrator, patient, system
from tests.house.furnished import House
from tests.house.let_in import APP, wish

ACCESS, REFRESH = "a" * 43, "r" * 43


def _code(house: House) -> str:
    app = house.ids["client_id"]
    return operations.allow_app(house.patient, wish=wish(app), person_id=house.patient.person_id)


def _found(house: House) -> tuple[str, Any]:
    code = _code(house)
    found = operations.find_code(house.cast.system, code=code, client_id=house.ids["client_id"])
    assert found is not None
    return code, found


def _redeemed(house: House) -> operations.YesDetail:
    _text, found = _found(house)
    return operations.redeem_code(
        house.cast.system, code_digest=found.digest, access=ACCESS, refresh=REFRESH
    )


def _refresh(house: House) -> operations.RefreshDetail:
    _redeemed(house)
    found = operations.find_refresh(
        house.cast.system, token=REFRESH, client_id=house.ids["client_id"]
    )
    assert found is not None
    return found


def _launched(house: House) -> str:
    return operations.open_in_app(
        house.nurse, client_id=house.ids["client_id"], person_id=house.karin.id
    ).launch


def _unit(actor: Actor) -> UUID:
    return actor.unit_id or UUID(int=0)


CALLS: dict[str, Call] = {
    "register_client": Call(
        lambda house, actor: operations.register_client(actor, unit_id=_unit(actor), facts=APP),
        NOBODY,
        administrator,
    ),
    "change_client": Call(
        lambda house, actor: operations.change_client(
            actor, client_id=house.ids["client_id"], unit_id=_unit(actor), facts=APP
        ),
        NOBODY,
        administrator,
    ),
    "ask_to_be_registered": Call(
        lambda house, actor: operations.ask_to_be_registered(actor, facts=APP), NOBODY, system
    ),
    "let_in": Call(
        lambda house, actor: operations.let_in(
            actor, client_id=house.ids["off_client_id"], unit_id=_unit(actor)
        ),
        NOBODY,
        administrator,
    ),
    "switch_off": Call(
        lambda house, actor: operations.switch_off(actor, client_id=house.ids["client_id"]),
        NOBODY,
        administrator,
    ),
    "give_secret": Call(
        lambda house, actor: operations.give_secret(actor, client_id=house.ids["client_id"]),
        NOBODY,
        administrator,
    ),
    "allow_app": Call(
        lambda house, actor: operations.allow_app(
            actor, wish=wish(house.ids["client_id"]), person_id=house.karin.id
        ),
    ),
    "open_in_app": Call(
        lambda house, actor: operations.open_in_app(
            actor, client_id=house.ids["client_id"], person_id=house.karin.id
        ),
    ),
    "take_back": Call(
        lambda house, actor: operations.take_back(actor, connection_id=house.ids["connection_id"]),
        by=patient,
    ),
    "find_code": Call(
        lambda house, actor, code: operations.find_code(
            actor, code=code, client_id=house.ids["client_id"]
        ),
        SILENT,
        system,
        _code,
    ),
    "redeem_code": Call(
        lambda house, actor, found: operations.redeem_code(
            actor, code_digest=found[1].digest, access=ACCESS, refresh=""
        ),
        NOBODY,
        system,
        _found,
    ),
    "find_refresh": Call(
        lambda house, actor, _yes: operations.find_refresh(
            actor, token=REFRESH, client_id=house.ids["client_id"]
        ),
        SILENT,
        system,
        _redeemed,
    ),
    "use_refresh": Call(
        lambda house, actor, found: operations.use_refresh(
            actor, token_digest=found.digest, scopes=found.scopes, access="b" * 43, refresh=""
        ),
        NOBODY,
        system,
        _refresh,
    ),
    "give_system_token": Call(
        lambda house, actor: operations.give_system_token(
            actor,
            client_id=house.ids["system_client_id"],
            scopes="system/*.rs",
            purpose="TREAT",
            access=ACCESS,
        ),
        NOBODY,
        system,
    ),
    "remember_assertion": Call(
        lambda house, actor: operations.remember_assertion(
            actor,
            client_id=house.ids["system_client_id"],
            jti="1",
            expires_at=actor.at + timedelta(minutes=5),
        ),
        SILENT,
        system,
    ),
    "look_at_token": Call(
        lambda house, actor, _yes: operations.look_at_token(
            actor, token=ACCESS, client_id=house.ids["client_id"]
        ),
        SILENT,
        system,
        _redeemed,
    ),
    "give_back_token": Call(
        lambda house, actor, _yes: operations.give_back_token(
            actor, token=ACCESS, client_id=house.ids["client_id"]
        ),
        NOBODY,
        system,
        _redeemed,
    ),
    "throw_away_old": Call(lambda house, actor: operations.throw_away_old(actor), NOBODY, system),
    "reads.list_clients": Call(
        lambda house, actor: reads.list_clients(actor), NOBODY, administrator
    ),
    "reads.client": Call(
        lambda house, actor: reads.client(actor, client_id=house.ids["client_id"]),
        NOBODY,
        administrator,
    ),
    "reads.apps_to_open": Call(lambda house, actor: reads.apps_to_open(actor), SILENT),
    "reads.my_apps": Call(lambda house, actor: reads.my_apps(actor), by=patient),
    "reads.whom_to_open": Call(lambda house, actor: reads.whom_to_open(actor), by=patient),
    "reads.person_to_open": Call(
        lambda house, actor: reads.person_to_open(actor, person_id=house.karin.id)
    ),
    "reads.launched_person": Call(
        lambda house, actor, launch: reads.launched_person(actor, launch=launch),
        SILENT,
        prepared=_launched,
    ),
}
