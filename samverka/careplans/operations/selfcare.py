"""Write down, change and end advice on self-care (lag 2022:1250)."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.urls import reverse

from samverka.access.act import Act, act
from samverka.access.actions import Action
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.careplans import rules
from samverka.careplans.models import SelfCare, SelfCareVersion
from samverka.careplans.operations.contacts import chosen_colleague
from samverka.careplans.operations.writing import conflict, text_of
from samverka.careplans.reads.selfcare import SelfCareDetail, facts_of, self_care_detail
from samverka.careplans.rules import SELF_CARE_LENGTH, SelfCareFacts
from samverka.kernel.actor import Actor
from samverka.kernel.calendar import end_of_day, local_date
from samverka.kernel.problems import NotAllowed
from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.notices.operations import keep_tasks, tell_person
from samverka.notices.rules import About, TaskKind, TaskWanted
from samverka.organisations.reads import AssignmentDetail


def advise_self_care(
    actor: Actor, *, person_id: UUID, facts: SelfCareFacts, assignment_id: UUID | None = None
) -> SelfCareDetail:
    """Write down what licensed staff of the own unit have judged that the person can do, alone or with help.

    Args:
        assignment_id: whose judgement it is; None: that of the one who acts.

    Raises:
        Invalid: something is left out, a day is wrong, or the one who judged is not licensed.
        NotAllowed: the own unit is not health care.
    """
    with act(actor, Action.SELF_CARE_EDIT) as this:
        this.require_permission()
        judge = _judge(actor, assignment_id)
        row = SelfCare(
            person_id=person_id,
            provider_id=judge.unit.provider_id,
            unit_id=judge.unit.id,
            branch=judge.unit.branch,
        )
        this.require(row)
        facts = _checked(actor, facts)
        _judged(row, facts, judge)
        row.save(force_insert=True)
        self_care_tasks(this, row)
        _keep_wording(this, row, facts)
        _tell(this, row, _("Du har ett nytt råd om egenvård: ”%(what)s”.", what=row.what))
        this.note(row, version=1)
        return self_care_detail(row, actor)


def change_self_care(
    actor: Actor,
    *,
    advice_id: UUID,
    facts: SelfCareFacts,
    version: int,
    why: str = "",
    assignment_id: UUID | None = None,
) -> SelfCareDetail:
    """Judge the own unit's advice on self-care anew, or change it; every wording before is kept.

    Args:
        version: the one that was read when the writing began.
        why: why it is changed.

    Raises:
        Conflict: a colleague has changed it meanwhile; holds both texts.
    """
    with act(actor, Action.SELF_CARE_EDIT) as this:
        row = _own(this, advice_id)
        facts = _checked(actor, facts)
        _check_unchanged(row, version, facts)
        _judged(row, facts, _judge(actor, assignment_id))
        row.version += 1
        row.save()
        self_care_tasks(this, row)
        _keep_wording(this, row, facts, text_of(why, "why", SELF_CARE_LENGTH))
        _tell(this, row, _("Rådet om egenvård är ändrat: ”%(what)s”.", what=row.what))
        this.note(row, version=row.version)
        return self_care_detail(row, actor)


def end_self_care(actor: Actor, *, advice_id: UUID, reason: str) -> SelfCareDetail:
    """End the own unit's advice on self-care, with the reason; it stays in the history."""
    with act(actor, Action.SELF_CARE_EDIT) as this:
        row = _own(this, advice_id)
        missing = _("Skriv varför rådet inte gäller längre.")
        row.end_reason = text_of(reason, "reason", SELF_CARE_LENGTH, missing)
        row.ended_at, row.ended_by = actor.at, actor.name
        row.save(update_fields=["end_reason", "ended_at", "ended_by"])
        self_care_tasks(this, row)
        words = _("Rådet om egenvård gäller inte längre: ”%(what)s”.", what=row.what)
        _tell(this, row, words)
        this.note(row, ended=True)
        return self_care_detail(row, actor)


def _own(this: Act, advice_id: UUID) -> SelfCare:
    """The own unit's advice that holds, locked."""
    found = SelfCare.objects.select_related("unit__provider__organisation")
    row: SelfCare = this.row(found, lock=True, id=advice_id)
    if row.unit_id != this.actor.unit_id:
        raise NotAllowed(REFUSAL_WORDS[Refusal.NOT_OWN])
    rules.check_self_care_open(row.ended_at is not None)
    return row


def _checked(actor: Actor, facts: SelfCareFacts) -> SelfCareFacts:
    facts = rules.tidy_self_care(facts)
    rules.check_self_care_days(facts, local_date(actor.at))
    return facts


def _judge(actor: Actor, assignment_id: UUID | None) -> AssignmentDetail:
    chosen = chosen_colleague(actor, assignment_id)
    rules.check_judge(chosen.unit.branch, chosen.profession)
    return chosen


def _judged(row: SelfCare, facts: SelfCareFacts, judge: AssignmentDetail) -> None:
    """The judgement and whose it is, on the row."""
    for name in rules.PART_WORDS:
        setattr(row, name, getattr(facts, name))
    row.judged_by, row.profession = judge.staff_name, judge.profession


def _check_unchanged(row: SelfCare, version: int, mine: SelfCareFacts) -> None:
    """Raise, with both texts, if a colleague has changed the advice meanwhile."""
    theirs = facts_of(row)
    if row.version != version and replace(mine, judged_on=theirs.judged_on) != theirs:
        raise conflict(dict(rules.stored_self_care(mine)), dict(rules.stored_self_care(theirs)))


def _keep_wording(this: Act, row: SelfCare, facts: SelfCareFacts, why: str = "") -> None:
    this.add(
        SelfCareVersion(
            advice=row,
            person_id=row.person_id,
            number=row.version,
            content=rules.stored_self_care(facts),
            judged_by=row.judged_by,
            profession=row.profession,
            why=why,
            at=this.actor.at,
            by=this.actor.name,
        )
    )


def self_care_tasks(this: Act, row: SelfCare) -> None:
    """The unit judges the advice anew by its day, for as long as it holds."""
    address = reverse("careplans:self_care", args=[row.id])
    about = About("SelfCare", row.id, row.person_id, address, row.not_for_patient)
    verb = _("bedöm egenvården på nytt")
    anew = TaskWanted(
        "reassess", TaskKind.FOLLOW_UP, row.unit_id, row.provider_id, verb,
        end_of_day(row.reassess_on),
    )  # fmt: skip
    keep_tasks(this, about=about, wanted=[] if row.ended_at else [anew])


def _tell(this: Act, row: SelfCare, words: Text) -> None:
    if not row.not_for_patient:
        tell_person(this, person_id=row.person_id, sentence=words)
