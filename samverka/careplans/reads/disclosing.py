"""What a reader has been given of a plan, and an annotated row set back to it.

A row is read whole, and then shown as far as the reader's care provider has been given it: exactly what
was disclosed for one to whom it was, all but what others keep back for the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from samverka.access.act import Act
from samverka.access.county import county_value
from samverka.access.rules import REFUSAL_WORDS, Ground, Refusal
from samverka.careplans import rules
from samverka.careplans.models import PlanVersion
from samverka.careplans.reads.party_values import GivenDetail, ReceiverDetail, WithheldDetail
from samverka.careplans.rules import PlanStatus, Section
from samverka.careplans.rules.disclosing import (
    KEEPERS_ONLY,
    PartKind,
    Withheld,
    given,
    hidden_from,
    hidden_names,
    part_words,
)
from samverka.kernel.calendar import local_date
from samverka.kernel.parameters import Key
from samverka.kernel.problems import NotAllowed
from samverka.organisations.reads import provider_names
from samverka.organisations.rules import SIDE_OF, OrganisationKind

Part = Mapping[str, Any]

COPY_GROUNDS = frozenset({Ground.DISCLOSED, Ground.KEPT})
"""Grounds on which one reads what one was given, and nothing else."""


def content_of(row: Any) -> dict[str, Any]:
    """What a version keeps of an annotated row."""
    responsible = row.responsible
    return {
        "kind": row.kind,
        "status": row.status,
        **{section.value: getattr(row, section.value) for section in Section},
        "follow_up_on": row.follow_up_on.isoformat() if row.follow_up_on else None,
        "responsible_id": str(row.responsible_id) if row.responsible_id else None,
        "responsible": responsible.name if responsible else "",
        "responsible_side": _side(responsible.kind) if responsible else None,
        "no_others": row.no_others,
        "goals": row.goal_parts,
        "activities": row.activity_parts,
        "parties": [
            {name: value for name, value in one.items() if name != "shared"}
            for one in row.party_parts
        ],
    }


def _side(organisation_kind: str) -> str:
    return SIDE_OF[OrganisationKind(organisation_kind)].value


def put_content(row: Any, content: rules.Snapshot) -> None:
    """Let an annotated row show what a version held; nothing is saved."""
    for section in Section:
        setattr(row, section.value, content.get(section.value, ""))
    row.status, row.no_others = content["status"], content["no_others"]
    day = content["follow_up_on"]
    row.follow_up_on = date.fromisoformat(day) if day else None
    row.goal_parts, row.activity_parts = content["goals"], content["activities"]
    row.party_parts = content["parties"]
    responsible = content.get("responsible_id")
    row.responsible_id = UUID(responsible) if responsible else None
    row.copied = content


# ── who reads the plan itself ──


def check_reads_own(this: Act, row: Any) -> None:
    """Raise for staff of another care provider: it is for those who keep the plan, and for the person.

    Whom the person has been asked about, and what the person does not want to share, is not given out.
    """
    if this.actor.is_staff and this.actor.provider_id != row.provider_id:
        raise NotAllowed(KEEPERS_ONLY)


def check_not_kept(this: Act, row: Any) -> None:
    """Raise for one who only keeps a copy: this part of the plan is newer than the copy."""
    if this.decide(row).ground is Ground.KEPT:
        raise NotAllowed(REFUSAL_WORDS[Refusal.KEPT])


# ── what the reader has been given ──


def withheld_of(row: Any) -> tuple[Withheld, ...]:
    """What is kept back of an annotated row's plan."""
    return tuple(
        Withheld(
            PartKind(one["part"]),
            one["key"],
            UUID(one["provider_id"]),
            frozenset(UUID(receiver) for receiver in one["receivers"]),
        )
        for one in row.withheld_parts
    )


def last_given(row: Any, provider_id: UUID | None) -> Part | None:
    """What a care provider was last given of the plan."""
    return next((one for one in row.given_parts if one["provider_id"] == str(provider_id)), None)


def set_back(this: Act, row: Any) -> GivenDetail | None:
    """Show of the row what this reader has been given; None where it is not a copy that is read."""
    if row.__dict__.get("is_set_back"):
        return row.given_detail  # type: ignore[no-any-return]
    row.is_set_back, row.given_detail = True, None
    if not this.actor.is_staff:
        return None
    if this.decide(row).ground in COPY_GROUNDS:
        row.given_detail = _set_back_to_copy(this, row)
    else:
        _hide(row, this.actor.provider_id)
    return row.given_detail  # type: ignore[no-any-return]


def _set_back_to_copy(this: Act, row: Any) -> GivenDetail | None:
    own = last_given(row, this.actor.provider_id)
    if own is None:
        return None
    live = this.decide(row).ground is Ground.DISCLOSED
    made = GivenDetail(
        version=own["version"],
        at=datetime.fromisoformat(own["at"]),
        by=own["by"],
        since=datetime.fromisoformat(own["since"]),
        consent_by=own["consent_by"] or "",
        live=live,
        newest=live and own["through"] == row.version,
    )
    _put_copy(row, own, made)
    _keep_easy(row)
    _keep_comments(this, row)
    return made


def _put_copy(row: Any, own: Part, made: GivenDetail) -> None:
    """Exactly what was disclosed: what the plan has come to be since is not told."""
    content = row.given_content
    row.kind = content.get("kind", row.kind)
    put_content(row, content)
    row.version, row.updated_at = (
        made.version,
        datetime.fromisoformat(own["written_at"] or own["at"]),
    )
    row.updated_by = own["written_by"] or ""
    row.asked_by = row.summary = row.template = ""
    row.goal_count = len(content["goals"])
    row.consent = made.live
    _forget_status(row)
    if not made.live:
        _forget_contacts(row, made.at)
    if not made.newest:  # the units are asked about what the plan says now
        row.approval_parts = []


_OF_ENDING: dict[str, object] = {
    "ended_at": None,
    "ended_by": "",
    "end_reason": "",
    "end_next": "",
    "end_to": "",
    "merged_into_id": None,
}
_OF_HOLDING: dict[str, object] = {
    "established_at": None,
    "established_by": "",
    "told_other_at": None,
    "told_other_by": "",
}


def _forget_status(row: Any) -> None:
    """When it began to hold and ended is known to one who was given it then."""
    status = PlanStatus(row.status)
    forgotten = {} if status is PlanStatus.ENDED else dict(_OF_ENDING)
    if status is PlanStatus.DRAFT:
        forgotten |= _OF_HOLDING
    for name, value in forgotten.items():
        setattr(row, name, value)


def _forget_contacts(row: Any, at: datetime) -> None:
    if hasattr(row, "contact_parts"):
        row.contact_parts = [
            one for one in row.contact_parts if datetime.fromisoformat(one["since"]) <= at
        ]


def _keep_easy(row: Any) -> None:
    """Easy wordings of what the copy says; one of another text would tell that text."""
    said = {str(getattr(row, section.value)) for section in Section}
    said |= {one["words"] for one in getattr(row, "goal_parts", ())}
    said |= {one["what"] for one in row.activity_parts}
    row.easy_parts = [
        one for one in getattr(row, "easy_parts", ()) if one["original"] and one["original"] in said
    ]


def _keep_comments(this: Act, row: Any) -> None:
    """Words that were given to the reader, and the reader's own."""
    own = str(this.actor.provider_id)
    row.comment_parts = [
        one
        for one in getattr(row, "comment_parts", ())
        if own in one["given_to"] or one["provider_id"] == own
    ]


def hide_for(row: Any, provider_id: UUID | None) -> None:
    """Show of the row all but what others keep back from the care provider."""
    _hide(row, provider_id)


def _hide(row: Any, provider_id: UUID | None) -> None:
    withheld = withheld_of(row)
    hidden = hidden_from(withheld, provider_id)
    if not any(hidden.values()):
        return
    if not hasattr(row, "goal_parts"):  # a line in a list holds no more than its activities
        bare = {"activities": row.activity_parts}
        row.activity_parts = given(bare, withheld, provider_id)["activities"]
        return
    whole = content_of(row)
    made = given(whole, withheld, provider_id)
    shared = {one["id"]: one.get("shared") for one in row.party_parts}
    put_content(row, made)
    row.party_parts = [{**one, "shared": shared[one["id"]]} for one in made["parties"]]
    places = frozenset().union(*hidden.values())
    row.easy_parts = [one for one in getattr(row, "easy_parts", ()) if one["place"] not in places]
    names = hidden_names(whole, made)
    row.approval_parts = [one for one in row.approval_parts if one["name"] not in names]
    hide_comments(row, hidden, names)


def hide_comments(
    row: Any, hidden: Mapping[PartKind, frozenset[str]], names: frozenset[str]
) -> None:
    """Words about what is kept back, or of a party that is, are kept back with it."""
    row.comment_parts = [
        one
        for one in getattr(row, "comment_parts", ())
        if one["goal_id"] not in hidden[PartKind.GOAL]
        and one["activity_id"] not in hidden[PartKind.ACTIVITY]
        and one["unit_name"] not in names
    ]


def sent_until(this: Act, row: Any) -> datetime | None:
    """Until when what stands beside the versions has been sent to the reader; None: no such limit.

    Follow-ups and reasons are in no version, so where somebody sends what is new they go with the next
    version that is sent.
    """
    if (
        not this.actor.is_staff
        or this.decide(row).ground not in COPY_GROUNDS
        or gives_at_save(this)
    ):
        return None
    own = last_given(row, this.actor.provider_id)
    return datetime.fromisoformat(own["at"]) if own else row.created_at


def gives_at_save(this: Act) -> bool:
    """Whether the county lets a change be given to the others when it is saved, or when it is sent."""
    return bool(county_value(Key.PLAN_GIVEN_AT_SAVE, local_date(this.actor.at)))


# ── for those who keep the plan, and for the person ──


def withheld_details(this: Act, row: Any, content: rules.Snapshot) -> tuple[WithheldDetail, ...]:
    """What the reader's care provider keeps back; the person sees all of it."""
    own = str(this.actor.provider_id)
    names = _provider_names(row)
    return tuple(
        WithheldDetail(
            id=UUID(one["id"]),
            part=PartKind(one["part"]),
            key=one["key"],
            words=part_words(PartKind(one["part"]), one["key"], content),
            receivers=tuple(UUID(receiver) for receiver in one["receivers"]),
            receiver_names=tuple(names.get(receiver, "") for receiver in one["receivers"]),
            reason=one["reason"],
            by=one["by"],
            since=datetime.fromisoformat(one["since"]),
        )
        for one in row.withheld_parts
        if this.actor.is_person or one["provider_id"] == own
    )


def _provider_names(row: Any) -> dict[str, str]:
    return {one["provider_id"]: one["provider_name"] for one in row.party_parts}


def receivers(this: Act, row: Any) -> tuple[ReceiverDetail, ...]:
    """Who has been given what of the plan: for the own care provider of it, and for the person."""
    if this.actor.is_staff and this.actor.provider_id != row.provider_id:
        return ()
    others = [one for one in row.given_parts if one["provider_id"] != str(row.provider_id)]
    names = _provider_names(row)
    missing = {UUID(one["provider_id"]) for one in others if one["provider_id"] not in names}
    if missing:  # a party that has been removed keeps what it was given
        names |= {str(key): found.name for key, found in provider_names(missing).items()}
    return tuple(_receiver(row, one, names) for one in others)


def _receiver(row: Any, one: Part, names: Mapping[str, str]) -> ReceiverDetail:
    provider = UUID(one["provider_id"])
    live = bool(one["live"])
    content = content_of(row)
    hidden = hidden_from(withheld_of(row), provider)
    held_back = tuple(
        part_words(part, key, content) for part in PartKind for key in sorted(hidden[part])
    )
    return ReceiverDetail(
        provider_id=provider,
        name=names.get(one["provider_id"], ""),
        version=one["version"],
        at=datetime.fromisoformat(one["at"]),
        live=live,
        unsent=row.version - one["through"] if live else 0,
        held_back=held_back if live else (),
    )


# ── versions ──


def version_contents(
    this: Act, row: Any, found: Iterable[PlanVersion]
) -> list[tuple[PlanVersion, rules.Snapshot]]:
    """The versions with what this reader has been given of each."""
    if not this.actor.is_staff:
        return [(one, one.content) for one in found]
    made = []
    withheld, provider = withheld_of(row), this.actor.provider_id
    for one in found:
        copy = getattr(one, "copy", None)
        shown = copy if copy is not None else one.content
        if this.decide(row).ground not in COPY_GROUNDS:
            shown = given(one.content, withheld, provider)
        if one.unit_name in hidden_names(one.content, shown):
            one.by = one.unit_name = ""
        made.append((one, shown))
    return made
