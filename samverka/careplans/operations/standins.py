"""Fast vårdkontakt and fast läkarkontakt: absence and stand-in, handing over, the person's wish."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.careplans import rules
from samverka.careplans.models import (
    Absence,
    CareContact,
    ContactNeed,
    ContactWish,
    HandOver,
    HandOverPart,
)
from samverka.careplans.operations.contacts import (
    check_may_appoint,
    chosen_colleague,
    contact_about,
    end_row,
    need_about,
    publish_contact,
)
from samverka.careplans.operations.hearing import tell_contact
from samverka.careplans.operations.writing import text_of
from samverka.careplans.reads.rows import with_unit
from samverka.careplans.reads.standins import (
    AbsenceDetail,
    HandOverDetail,
    WishDetail,
    absence_detail,
    hand_over_detail,
    wish_detail,
)
from samverka.careplans.rules import WISH_LENGTH, ContactKind, Period
from samverka.kernel.actor import Actor, Branch
from samverka.kernel.calendar import end_of_day, local_date
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.kernel.text import text as _
from samverka.notices.operations import keep_tasks, tell_person
from samverka.notices.rules import About, TaskKind, TaskWanted
from samverka.organisations.reads import UnitDetail, unit_names
from samverka.people import reads as people

# ── absence ──


def note_absence(
    actor: Actor,
    *,
    contact_ids: Sequence[UUID],
    since: date,
    until: date,
    assignment_id: UUID | None = None,
) -> list[AbsenceDetail]:
    """Note that a contact is away from one day to another, and who of the unit stands in.

    Args:
        contact_ids: the persons' contacts that it is about; one form for all of them.
        assignment_id: whose who stands in; None: nobody yet, which becomes a task of the unit.
    """
    with act(actor, Action.CONTACT_APPOINT) as this:
        this.require_permission()
        contacts = _own_contacts(this, contact_ids)
        colleague = chosen_colleague(actor, assignment_id) if assignment_id else None
        period = Period(since, until)
        made = []
        for contact in contacts:
            others = Absence.objects.filter(contact=contact, ended_at__isnull=True)
            periods = [Period(one.since, one.until) for one in others]
            rules.check_absence(period, local_date(actor.at), periods)
            rules.check_stand_in(contact.staff_id, colleague.staff_id if colleague else None)
            row = Absence(
                contact=contact,
                person_id=contact.person_id,
                since=since,
                until=until,
                stand_in_id=colleague.staff_id if colleague else None,
                profession=colleague.profession if colleague else "",
                noted_at=actor.at,
                noted_by=actor.name,
            )
            this.add(row)
            this.note(row, until=until.isoformat())
            keep_contact_tasks(this, contact)
            made.append(absence_detail(row))
        return made


def _own_contacts(this: Act, contact_ids: Sequence[UUID]) -> list[CareContact]:
    """Standing contacts of the own unit, locked, in one order so that two never wait on each other."""
    wanted = with_unit(CareContact.objects, local_date(this.actor.at))
    found = wanted.filter(id__in=contact_ids).select_for_update(of=("self",)).order_by("id")
    rows = list(found)
    if not rows or len(rows) != len(set(contact_ids)):
        raise Invalid(_("Välj minst en person i listan."), where="contacts")
    for row in rows:
        this.require(row)
        if row.unit_id != this.actor.unit_id:
            raise NotAllowed(REFUSAL_WORDS[Refusal.NOT_OWN])
        if row.until is not None:
            raise NotNow(_("Kontakten är redan avslutad."))
    return rows


def end_absence(actor: Actor, *, absence_id: UUID) -> AbsenceDetail:
    """Note that the contact is back, or that the absence was wrong; it stays in the history."""
    with act(actor, Action.CONTACT_APPOINT) as this:
        row: Absence = this.row(
            Absence.objects.select_related("contact", "stand_in"), lock=True, id=absence_id
        )
        if row.contact.unit_id != actor.unit_id:
            raise NotAllowed(REFUSAL_WORDS[Refusal.NOT_OWN])
        if row.ended_at is not None:
            raise NotNow(_("Frånvaron är redan avslutad."))
        row.ended_at, row.ended_by = actor.at, actor.name
        row.save(update_fields=["ended_at", "ended_by"])
        keep_contact_tasks(this, row.contact)
        this.note(row, ended=True)
        return absence_detail(row)


def keep_contact_tasks(this: Act, contact: CareContact) -> None:
    """Let the unit's tasks about one contact be what they should: a stand-in, a successor."""
    unit = contact.unit
    wanted = []
    if contact.until is None and contact.left_at is not None:
        verb = _("lämna över fast kontakt: den som var har slutat")
        wanted.append(_missing("left", unit, verb))
    bare = Absence.objects.filter(
        contact=contact, stand_in__isnull=True, ended_at__isnull=True,
        until__gte=local_date(this.actor.at),
    )  # fmt: skip
    away = bare.order_by("since").first()
    if contact.until is None and away is not None:
        verb = _("utse ersättare för fast kontakt")
        wanted.append(_missing(f"away:{away.since}", unit, verb, away.since))
    keep_tasks(this, about=contact_about(contact), wanted=wanted)


def _missing(key: str, unit: Any, verb: str, on: date | None = None) -> TaskWanted:
    due_at = end_of_day(on) if on else None
    return TaskWanted(key, TaskKind.CONTACT_MISSING, unit.id, unit.provider_id, verb, due_at)


# ── hand over ──


def hand_over_contacts(
    actor: Actor, *, contact_ids: Sequence[UUID], assignment_id: UUID, on: date
) -> HandOverDetail:
    """Give several persons' contacts to a colleague, today or from a day ahead. It can be undone.

    Args:
        assignment_id: whose, at the own unit, they become.
    """
    with act(actor, Action.CONTACT_APPOINT) as this:
        this.require_permission()
        check_may_appoint(actor)
        today = local_date(actor.at)
        contacts = _own_contacts(this, contact_ids)  # the gate first: a refusal tells nothing
        colleague = chosen_colleague(actor, assignment_id)
        staff = [one.staff_id for one in contacts]
        rules.check_hand_over(len(contact_ids), staff, colleague.staff_id, on, today)
        _check_professions(contacts, colleague.profession)
        row = HandOver(
            unit_id=colleague.unit.id,
            to_staff_id=colleague.staff_id,
            profession=colleague.profession,
            on=on,
            at=actor.at,
            by=actor.name,
            by_id=actor.id,
        )
        row.save(force_insert=True)
        parts = [
            HandOverPart(hand_over=row, person_id=one.person_id, contact=one) for one in contacts
        ]
        for part in parts:
            this.add(part)
        if on == today:
            do_hand_over(this, row, parts)
        this.note_list(parts, on=on.isoformat())
        return hand_over_detail(row, len(parts), colleague.staff_name)


def _check_professions(contacts: Sequence[CareContact], profession: str) -> None:
    for contact in contacts:
        rules.check_contact(
            ContactKind(contact.kind),
            branch=contact.unit.provider.branch,
            profession=profession,
            listed_elsewhere=False,  # the person does not move: only the name at the unit does
        )


def do_hand_over(this: Act, row: HandOver, parts: Sequence[HandOverPart]) -> None:
    """End each contact and begin the colleague's, inside an act; what has ended meanwhile is left."""
    for part in parts:
        old = part.contact
        if old.until is not None:
            continue
        end_row(this, old)
        new = CareContact(
            person_id=old.person_id,
            kind=old.kind,
            unit_id=old.unit_id,
            staff_id=row.to_staff_id,
            profession=row.profession,
            since=this.actor.at,
            appointed_by=row.by,
        )
        new.save(force_insert=True)
        part.new_contact = new
        part.save(update_fields=["new_contact"])
        tell_contact(this.actor, publish_contact(this, new))
    row.done_at = this.actor.at
    row.save(update_fields=["done_at"])


def undo_hand_over(actor: Actor, *, hand_over_id: UUID) -> HandOverDetail:
    """Take a handing over back: one's own, before its day has come or within ten seconds after."""
    with act(actor, Action.CONTACT_APPOINT) as this:
        this.require_permission()
        row = HandOver.objects.select_for_update().filter(
            id=hand_over_id, unit_id=actor.unit_id
        ).first()  # fmt: skip
        if row is None:
            raise NotFound(REFUSAL_WORDS[Refusal.UNKNOWN])
        if row.by_id != actor.id or row.undone_at is not None:
            raise NotNow(_("Det finns inget att ångra."))
        late = row.done_at and actor.at - row.done_at > rules.UNDO_TIME + rules.UNDO_GRACE
        if late:
            raise NotNow(_("Det har gått mer än tio sekunder. Lämna över tillbaka i stället."))
        parts = list(
            HandOverPart.objects.select_related(
                "contact__unit__provider__organisation", "contact__staff", "new_contact"
            ).filter(hand_over=row)
        )
        for part in parts:
            this.require(part)
            _give_back(this, part)
        row.undone_at = actor.at
        row.save(update_fields=["undone_at"])
        this.note_list(parts, undone=True)
        return hand_over_detail(row, len(parts), str(row.to_staff))


def _give_back(this: Act, part: HandOverPart) -> None:
    if part.new_contact is None:
        return
    new, old = CareContact.objects.select_for_update().get(id=part.new_contact_id), part.contact
    if new.until is not None:
        return
    new.until, new.ended_by = this.actor.at, this.actor.name
    new.save(update_fields=["until", "ended_by"])
    publish_contact(this, new)
    old.until, old.ended_by = None, ""
    old.save(update_fields=["until", "ended_by"])
    publish_contact(this, old)


# ── the person's wish ──


def ask_for_contact(
    actor: Actor, *, person_id: UUID, kind: ContactKind, wish: str = ""
) -> WishDetail:
    """Ask for a fast vårdkontakt or fast läkarkontakt, or for another than the one there is.

    The person asks on the own page; staff can write down what the person has asked for. It waits on
    the unit of the present contact, else on the health centre where the person is listed.
    """
    with act(actor, Action.CONTACT_ASK) as this:
        if kind not in rules.CARE_CONTACTS:
            raise Invalid(_("Välj fast vårdkontakt eller fast läkarkontakt."), where="kind")
        unit = _unit_to_ask(actor, person_id, kind)
        row = ContactWish(
            person_id=person_id,
            provider_id=unit.provider_id,
            unit_id=unit.id,
            branch=unit.branch,
            published=False,
            kind=kind,
            wish=text_of(wish, "wish", WISH_LENGTH),
            at=actor.at,
            by=actor.name,
            by_person=actor.is_person,
        )
        this.require(row)
        if ContactWish.objects.filter(
            person_id=person_id, kind=kind, answered_at__isnull=True
        ).exists():
            raise NotNow(_("Frågan är redan ställd. Enheten har inte svarat än."))
        row.save(force_insert=True)
        _keep_wish_task(this, row)
        this.note(row, kind=kind.value)
        return wish_detail(row, unit.name)


def _unit_to_ask(actor: Actor, person_id: UUID, kind: ContactKind) -> UnitDetail:
    if actor.is_staff and actor.branch in (Branch.HEALTH, Branch.SCHOOL_HEALTH):
        own = unit_names({actor.unit_id} if actor.unit_id else set())
        return own[actor.unit_id]  # type: ignore[index]
    current = CareContact.objects.filter(person_id=person_id, kind=kind, until__isnull=True)
    unit_id = current.values_list("unit_id", flat=True).first()
    if unit_id is not None:
        return unit_names({unit_id})[unit_id]
    listed = people.person(actor, person_id=person_id).listed_unit
    if listed is None:
        raise NotNow(
            _(
                "Vi vet inte vilken hälsocentral du hör till. Ring en hälsocentral, så ordnar de det."
            )
        )
    return unit_names({listed.id})[listed.id]


def _keep_wish_task(this: Act, row: ContactWish) -> None:
    address = reverse("careplans:wish", args=[row.id])
    about = About("ContactWish", row.id, row.person_id, address)
    verb = _("svara på önskan om fast kontakt")
    open_one = TaskWanted("wish", TaskKind.CHANGE, row.unit_id, row.provider_id, verb)
    keep_tasks(this, about=about, wanted=[] if row.answered_at else [open_one])


def answer_wish(actor: Actor, *, wish_id: UUID, granted: bool, answer: str = "") -> WishDetail:
    """Answer one who has asked for a contact. Appoint first: whoever asks gets a fast vårdkontakt.

    Raises:
        NotNow: PL 6:2 gives the person a fast vårdkontakt, and none is appointed.
    """
    with act(actor, Action.CONTACT_APPOINT) as this:
        row: ContactWish = this.row(ContactWish.objects, lock=True, id=wish_id)
        if row.unit_id != actor.unit_id:
            raise NotAllowed(REFUSAL_WORDS[Refusal.NOT_OWN])
        if row.answered_at is not None:
            raise NotNow(_("%(name)s har redan svarat.", name=row.answered_by))
        current = CareContact.objects.filter(
            person_id=row.person_id, kind=row.kind, until__isnull=True
        )
        rules.check_answer(ContactKind(row.kind), granted, current.exists())
        if granted and not current.filter(since__gte=row.at).exists():
            raise NotNow(_("Utse kontakten först. Svara sedan personen."))
        missing = "" if granted else _("Skriv varför, och vad personen får i stället.")
        row.answer = text_of(answer, "answer", WISH_LENGTH, missing)
        row.granted, row.answered_at, row.answered_by = granted, actor.at, actor.name
        row.save()
        _keep_wish_task(this, row)
        _tell_answer(this, row)
        this.note(row, granted=granted)
        return wish_detail(row, unit_names({row.unit_id})[row.unit_id].name)


def _tell_answer(this: Act, row: ContactWish) -> None:
    said = _("De har sagt ja.") if row.granted and not row.answer else row.answer
    words = _("Du har fått svar om din kontakt. %(answer)s", answer=said)
    tell_person(this, person_id=row.person_id, sentence=words)


# ── nobody is without ──


def note_need(actor: Actor, *, person_id: UUID, unit_id: UUID) -> None:
    """Note that a unit has been told of an admission and must appoint someone before discharge (LUS 2:5)."""
    with act(actor, Action.PLAN_WATCH) as this:
        this.note_person(person_id, "ContactNeed")
        unit = unit_names({unit_id}).get(unit_id)
        has_one = CareContact.objects.filter(
            person_id=person_id,
            unit_id=unit_id,
            kind=ContactKind.FAST_VARDKONTAKT,
            until__isnull=True,
        )
        if unit is None or has_one.exists():
            return
        row, made = ContactNeed.objects.get_or_create(
            person_id=person_id,
            unit_id=unit_id,
            met_at=None,
            defaults={"provider_id": unit.provider_id, "branch": unit.branch, "since": actor.at},
        )
        if made:
            verb = _("utse fast vårdkontakt före utskrivning")
            wanted = TaskWanted("need", TaskKind.CONTACT_MISSING, unit.id, unit.provider_id, verb)
            keep_tasks(this, about=need_about(row), wanted=[wanted])


def drop_need(actor: Actor, *, person_id: UUID, unit_id: UUID) -> None:
    """Note that a unit need not appoint anyone after all: the admission was another unit's."""
    with act(actor, Action.PLAN_WATCH) as this:
        this.note_person(person_id, "ContactNeed", dropped=True)
        waiting = ContactNeed.objects.filter(
            person_id=person_id, unit_id=unit_id, met_at__isnull=True
        )
        for row in waiting:
            row.met_at = actor.at
            row.save(update_fields=["met_at"])
            keep_tasks(this, about=need_about(row), wanted=[])
