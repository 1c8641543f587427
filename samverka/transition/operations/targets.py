"""Every change of target pictures, strategies and actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import local_date
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.kernel.text import text as _
from samverka.organisations.reads import OrganisationDetail, organisations_of_county
from samverka.transition.models import Target, TargetAction, TargetFollowUp, TargetVersion
from samverka.transition.reads.reports.rows import home_of
from samverka.transition.reads.targets import TargetDetail, target_detail
from samverka.transition.rules.targets import (
    ActionStatus,
    TargetKind,
    check_document,
    check_file,
)


def _home(actor: Actor) -> OrganisationDetail:
    home = home_of(actor)
    if home is None:
        raise NotAllowed(_("Målbilder läggs in av regionen eller en kommun."))
    return home


def decide_target(
    actor: Actor,
    *,
    kind: TargetKind,
    title: str,
    decided_on: date,
    decided_by: str,
    shared: bool = False,
    backers: Sequence[str] = (),
    text: str = "",
    link: str = "",
    file: bytes = b"",
    file_name: str = "",
) -> TargetDetail:
    """Add a target picture or a strategy that has been decided."""
    with act(actor, Action.TARGET_EDIT) as this:
        this.require_permission()
        home = _home(actor)
        row = Target(
            county=home.county_code,
            organisation_id=home.id,
            kind=kind.value,
            shared=shared,
            made_at=actor.at,
            made_by=actor.name,
        )
        made = _version(actor, home, row, title, decided_on, decided_by, backers, text, link)
        _attach(made, file, file_name)
        row.save(force_insert=True)
        made.save(force_insert=True)
        return _told(this, row.id, made=True)


def change_target(
    actor: Actor,
    *,
    target_id: UUID,
    version: int,
    title: str,
    decided_on: date,
    decided_by: str,
    why: str,
    shared: bool = False,
    backers: Sequence[str] = (),
    text: str = "",
    link: str = "",
    file: bytes = b"",
    file_name: str = "",
) -> TargetDetail:
    """Keep a new decision as a new version; the one before can still be read.

    Raises:
        NotNow: someone else has changed it meanwhile.
    """
    with act(actor, Action.TARGET_EDIT) as this:
        this.require_permission()
        home = _home(actor)
        row = _own(home, target_id)
        if row.version != version:
            raise NotNow(
                _("Någon annan har ändrat målbilden medan du skrev."),
                mend=_("Läs den nya versionen bredvid och spara igen."),
            )
        row.version, row.shared = row.version + 1, shared
        made = _version(actor, home, row, title, decided_on, decided_by, backers, text, link)
        made.why = why.strip()[:500]
        _attach(made, file, file_name)
        row.save(update_fields=["version", "shared"])
        made.save(force_insert=True)
        return _told(this, row.id, version=row.version)


def _version(
    actor: Actor,
    home: OrganisationDetail,
    row: Target,
    title: str,
    decided_on: date,
    decided_by: str,
    backers: Sequence[str],
    text: str,
    link: str,
) -> TargetVersion:
    if not title.strip() or not decided_by.strip():
        raise Invalid(_("Skriv vad den heter och vem som har beslutat."), where="title")
    if decided_on > local_date(actor.at):
        raise Invalid(_("Beslutet kan inte vara fattat i framtiden."), where="decided_on")
    known = {one.name for one in organisations_of_county(home.county_code)}
    if unknown := set(backers) - known:
        raise Invalid(_("%(name)s finns inte i länet.", name=min(unknown)), where="backers")
    return TargetVersion(
        target=row,
        number=row.version,
        title=title.strip(),
        decided_on=decided_on,
        decided_by=decided_by.strip(),
        backers=list(backers),
        text=text.strip(),
        link=link.strip(),
        made_at=actor.at,
        made_by=actor.name,
    )


def _attach(row: TargetVersion, file: bytes, file_name: str) -> None:
    if file:
        check_file(file_name, file)
        row.file, row.file_name = file, file_name[:200]
    check_document(text=row.text, link=row.link, has_file=bool(file))


def _own(home: OrganisationDetail, target_id: UUID) -> Target:
    row = Target.objects.select_for_update().filter(id=target_id, county=home.county_code).first()
    if row is None:
        raise NotFound(_("Målbilden finns inte."))
    if row.organisation_id != home.id:
        raise NotAllowed(_("Målbilden ändras av den som har beslutat den."))
    found: Target = row
    return found


def _told(this: Act, target_id: UUID, **said: object) -> TargetDetail:
    this.note_general("Target", id=str(target_id), **said)
    return target_detail(this.actor, target_id=target_id)


# ── actions ──


def add_action(
    actor: Actor,
    *,
    target_id: UUID,
    what: str,
    owner: str,
    measure: str = "",
    due: date | None = None,
) -> TargetDetail:
    """Add an action of the own organisation towards a target picture, its own or another's in the county."""
    with act(actor, Action.TARGET_EDIT) as this:
        this.require_permission()
        home = _home(actor)
        if not Target.objects.filter(id=target_id, county=home.county_code).exists():
            raise NotFound(_("Målbilden finns inte."))
        if not what.strip() or not owner.strip():
            raise Invalid(_("Skriv vad som ska göras och vem som ansvarar."), where="what")
        row = TargetAction(
            target_id=target_id,
            organisation_id=home.id,
            what=what.strip()[:300],
            owner=owner.strip()[:200],
            measure=measure.strip(),
            due=due,
            made_at=actor.at,
            made_by=actor.name,
        )
        row.save(force_insert=True)
        return _told(this, target_id, action=str(row.id))


def follow_up_action(
    actor: Actor, *, action_id: UUID, status: ActionStatus, words: str
) -> TargetDetail:
    """Say how an action goes."""
    with act(actor, Action.TARGET_EDIT) as this:
        this.require_permission()
        home = _home(actor)
        found = TargetAction.objects.select_for_update(of=("self",)).filter(
            id=action_id, target__county=home.county_code
        )
        row = found.first()
        if row is None:
            raise NotFound(_("Insatsen finns inte."))
        if row.organisation_id != home.id:
            raise NotAllowed(_("Insatsen följs upp av den som gör den."))
        if not words.strip():
            raise Invalid(_("Skriv hur det går."), where="words")
        made = TargetFollowUp(
            action=row, status=status.value, words=words.strip(), at=actor.at, by=actor.name
        )
        made.save(force_insert=True)
        row.status, row.version = status.value, row.version + 1
        row.save(update_fields=["status", "version"])
        return _told(this, row.target_id, followed_up=str(row.id))
