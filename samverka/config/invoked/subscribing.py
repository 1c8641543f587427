"""Operations of subscriptions: how they stand, what they have told, a token for a socket, what there is to hear of."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext

from samverka.config.invoked.values import OUR, Answer, Called, Operation, Parameter
from samverka.config.invoked.values import Level as Where
from samverka.config.subscribing import reach
from samverka.kernel.problems import Invalid, NotFound
from samverka.kernel.text import text as _
from samverka.subscriptions import fhir, operations, reads
from samverka.subscriptions.fhir import Bell
from samverka.subscriptions.rules import Level, Topic

_STANDARD = "http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/"


def subscription_status(called: Called) -> Answer:
    """How one subscription stands, or several of the caller's own."""
    if called.key:
        found = [reads.subscription(called.actor, subscription_id=_id(called.key))]
    else:
        found = reads.subscriptions(called.actor, ids=_ids(called))
        wanted = {each for one in called.all("status") for each in str(one).split(",")}
        found = [one for one in found if not wanted or one.state.value in wanted]
    entries = [
        {
            "fullUrl": f"urn:uuid:{status['id']}",
            "resource": status,
            "search": {"mode": "match"},
        }
        for status in (fhir.status_of(one, Bell.STATUS, base=called.base) for one in found)
    ]
    bundle: dict[str, Any] = {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": len(entries),
        **({"entry": entries} if entries else {}),
    }
    return Answer(bundle)


def subscription_events(called: Called) -> Answer:
    """What a subscription has told, by number, once more."""
    told = reads.read_events(
        called.actor,
        subscription_id=_id(called.key),
        since=called.number("eventsSinceNumber"),
        until=called.number("eventsUntilNumber"),
        level=_level(called.said("content")),
        reach=reach(),
    )
    text = fhir.notification(
        told.subscription,
        Bell.EVENTS,
        at=called.actor.at,
        base=called.base,
        events=told.events,
    )
    return Answer(text=text)


def socket_token(called: Called) -> Answer:
    """A token with which a socket hears the caller's own subscriptions."""
    ids = [_id(called.key)] if called.key else _ids(called)
    token = operations.make_token(called.actor, ids=ids)
    parameters = [
        {"name": "token", "valueString": token.text},
        {"name": "expiration", "valueDateTime": token.until.isoformat()},
        *({"name": "subscription", "valueString": str(one)} for one in token.subscriptions),
        {"name": "websocket-url", "valueUrl": settings.SAMVERKA_SOCKETS},
    ]
    return Answer({"resourceType": "Parameters", "parameter": parameters})


def topics(called: Called) -> Answer:
    """What one can subscribe to by name, each topic in the reader's language."""
    entries = [{"fullUrl": one.url, "resource": fhir.topic_resource(one, gettext)} for one in Topic]
    return Answer({"resourceType": "Bundle", "type": "collection", "entry": entries})


def _id(key: str) -> UUID:
    try:
        return UUID(key)
    except ValueError as problem:
        raise NotFound(reads.UNKNOWN) from problem


def _ids(called: Called) -> list[UUID]:
    said = [
        each for name in ("id", "ids") for one in called.all(name) for each in str(one).split(",")
    ]
    try:
        return [UUID(one.removeprefix("Subscription/")) for one in said if one]
    except ValueError as problem:
        raise Invalid(_("Ange prenumerationens id."), where="id") from problem


def _level(text: str) -> Level | None:
    try:
        return Level(text) if text else None
    except ValueError as problem:
        words = _("Innehållet är empty, id-only eller full-resource.")
        raise Invalid(words, where="content") from problem


_TYPE = ("Subscription",)
_BUNDLE = (Parameter("return", "Bundle", "the answer", 1),)
_OURS = Parameter("id", "id", "only these of the caller's own", most=0)

SUBSCRIBED = (
    Operation(
        code="status",
        definition=f"{_STANDARD}backport-subscription-status",
        words="how a subscription stands, and how many events it has told",
        levels=(Where.TYPE, Where.INSTANCE),
        run=subscription_status,
        types=_TYPE,
        takes=(_OURS, Parameter("status", "code", "only those of this status", most=0)),
        gives=_BUNDLE,
    ),
    Operation(
        code="events",
        definition=f"{_STANDARD}backport-subscription-events",
        words="what a subscription has told, by number, once more",
        levels=(Where.INSTANCE,),
        run=subscription_events,
        types=_TYPE,
        takes=(
            Parameter("eventsSinceNumber", "string", "the first number"),
            Parameter("eventsUntilNumber", "string", "the last number"),
            Parameter(
                "content", "code", "empty, id-only or full-resource; never more than is told"
            ),
        ),
        gives=_BUNDLE,
    ),
    Operation(
        code="get-ws-binding-token",
        definition=f"{_STANDARD}backport-subscription-get-ws-binding-token",
        words="a token with which a socket hears the caller's own subscriptions, for half an hour",
        levels=(Where.TYPE, Where.INSTANCE),
        run=socket_token,
        types=_TYPE,
        takes=(_OURS,),
        gives=(
            Parameter("token", "string", "what the socket sends: bind-with-token", 1),
            Parameter("expiration", "dateTime", "until when it can be used", 1),
            Parameter("subscription", "string", "the subscriptions that it holds", 1, 0),
            Parameter("websocket-url", "url", "where the socket is opened", 1),
        ),
    ),
    Operation(
        code="topics",
        definition=f"{OUR}OperationDefinition/topics",
        words="what one can subscribe to by name",
        levels=(Where.TYPE,),
        run=topics,
        types=_TYPE,
        gives=_BUNDLE,
    ),
)
