"""Calls of the room `transition`: status reports, targets."""

from __future__ import annotations

from datetime import date

from samverka.kernel.actor import Actor
from samverka.transition import operations, reads
from samverka.transition.rules.reports.answers import Answer
from samverka.transition.rules.reports.codes import codes_data, shipped_codes
from samverka.transition.rules.reports.form import form_data, shipped_form
from samverka.transition.rules.reports.steps import StepName
from samverka.transition.rules.targets import ActionStatus, TargetKind
from tests.house.calls.shape import NOBODY, SILENT, Call, system
from tests.house.furnished import House
from tests.house.reported import WORDS

DAYS = {"opens": date(2028, 1, 1), "due": date(2028, 2, 1), "closes": date(2028, 3, 1)}
DECIDED = {"title": "Ny", "decided_on": date(2026, 2, 1), "decided_by": "RF", "text": "Nära."}


def analyst(house: House) -> Actor:
    return house.cast.analyst


def leader(house: House) -> Actor:
    return house.cast.leader


def _open_next(house: House) -> object:
    return operations.open_round(analyst(house), round_id=house.ids["planned_round_id"])


def _lock_krokom(house: House) -> object:
    return operations.take_step(
        analyst(house), report_id=house.ids["signed_report_id"], step=StepName.LOCK
    )


def _answer_of_last_year(house: House) -> object:
    _lock_krokom(house)
    made = _open_next(house)
    return next(one.id for one in made.reports if one.name.startswith("Krokom"))  # type: ignore[attr-defined]


CALLS: dict[str, Call] = {
    "adopt_form": Call(
        lambda house, actor: operations.adopt_form(
            actor, definition=form_data(shipped_form()), why="Ny fråga"
        ),
        NOBODY,
        analyst,
    ),
    "make_round": Call(
        lambda house, actor: operations.make_round(
            actor,
            year=2028,
            title="Ny",
            agreement="",
            opens=DAYS["opens"],
            due=DAYS["due"],
            closes=DAYS["closes"],
        ),
        NOBODY,
        analyst,
    ),
    "add_outsider": Call(
        lambda house, actor: operations.add_outsider(
            actor, round_id=house.ids["round_id"], county="22", name="Region Västernorrland"
        ),
        NOBODY,
        analyst,
    ),
    "open_round": Call(
        lambda house, actor: operations.open_round(actor, round_id=house.ids["planned_round_id"]),
        NOBODY,
        analyst,
    ),
    "move_round": Call(
        lambda house, actor: operations.move_round(actor, round_id=house.ids["round_id"], **DAYS),
        NOBODY,
        analyst,
    ),
    "publish_round": Call(
        lambda house, actor, _made: operations.publish_round(actor, round_id=house.ids["round_id"]),
        NOBODY,
        analyst,
        _lock_krokom,
    ),
    "save_answers": Call(
        lambda house, actor: operations.save_answers(
            actor,
            report_id=house.ids["report_id"],
            answers={"halsa-fall": Answer(words="Fallrond.")},
            versions={},
        ),
        NOBODY,
        analyst,
    ),
    "keep_last": Call(
        lambda house, actor, made: operations.keep_last(
            actor, report_id=made, question=WORDS, version=0
        ),
        NOBODY,
        lambda house: house.cast.municipal_analyst,
        _answer_of_last_year,
    ),
    "choose_text": Call(
        lambda house, actor: operations.choose_text(
            actor, report_id=house.ids["report_id"], question=WORDS, number=0, take=True
        ),
        NOBODY,
        analyst,
    ),
    "comment_question": Call(
        lambda house, actor: operations.comment_question(
            actor, report_id=house.ids["report_id"], question=WORDS, words="Mer om detta."
        ),
        NOBODY,
        analyst,
    ),
    "handle_comment": Call(
        lambda house, actor: operations.handle_comment(
            actor,
            report_id=house.ids["report_id"],
            comment_id=house.ids["report_comment_id"],
        ),
        NOBODY,
        analyst,
    ),
    "take_step": Call(
        lambda house, actor: operations.take_step(
            actor, report_id=house.ids["signed_report_id"], step=StepName.LOCK
        ),
        NOBODY,
        analyst,
    ),
    "remind_reports": Call(
        lambda house, actor: operations.remind_reports(house.cast.at(actor, days=12)),
        NOBODY,
        system,
    ),
    "claim_reminders": Call(lambda house, actor: operations.claim_reminders(actor), SILENT, system),
    "adopt_codebook": Call(
        lambda house, actor: operations.adopt_codebook(
            actor, codes=codes_data(shipped_codes()), why="Ny kod"
        ),
        NOBODY,
        analyst,
    ),
    "code_answer": Call(
        lambda house, actor: operations.code_answer(
            actor, answer_id=house.ids["answer_id"], codes=["anchored"]
        ),
        NOBODY,
        analyst,
    ),
    "resolve_coding": Call(
        lambda house, actor: operations.resolve_coding(
            actor, answer_id=house.ids["read_answer_id"], codes=["anchored"]
        ),
        NOBODY,
        analyst,
    ),
    "decide_target": Call(
        lambda house, actor: operations.decide_target(
            actor,
            kind=TargetKind.STRATEGY,
            **DECIDED,  # type: ignore[arg-type]
        ),
        NOBODY,
        leader,
    ),
    "change_target": Call(
        lambda house, actor: operations.change_target(
            actor,
            target_id=house.ids["target_id"],
            version=1,
            why="Ny tid",
            **DECIDED,  # type: ignore[arg-type]
        ),
        NOBODY,
        leader,
    ),
    "add_action": Call(
        lambda house, actor: operations.add_action(
            actor, target_id=house.ids["target_id"], what="Fallrond", owner="Chefen"
        ),
        NOBODY,
        leader,
    ),
    "follow_up_action": Call(
        lambda house, actor: operations.follow_up_action(
            actor, action_id=house.ids["action_id"], status=ActionStatus.GOING, words="Bra."
        ),
        NOBODY,
        leader,
    ),
    "reads.form_detail": Call(lambda house, actor: reads.form_detail(actor), NOBODY, analyst),
    "reads.codebook_detail": Call(
        lambda house, actor: reads.codebook_detail(actor), NOBODY, analyst
    ),
    "reads.report_home": Call(lambda house, actor: reads.report_home(actor), NOBODY),
    "reads.report_duties": Call(lambda house, actor: reads.report_duties(actor), NOBODY, analyst),
    "reads.round_detail": Call(
        lambda house, actor: reads.round_detail(actor, round_id=house.ids["round_id"]), NOBODY
    ),
    "reads.report_detail": Call(
        lambda house, actor: reads.report_detail(actor, report_id=house.ids["report_id"]),
        NOBODY,
    ),
    "reads.compared_detail": Call(
        lambda house, actor: reads.compared_detail(actor, report_id=house.ids["report_id"]),
        NOBODY,
    ),
    "reads.round_summary": Call(
        lambda house, actor: reads.round_summary(actor, round_id=house.ids["round_id"]),
        NOBODY,
        analyst,
    ),
    "reads.round_coding": Call(
        lambda house, actor: reads.round_coding(actor, round_id=house.ids["round_id"]),
        NOBODY,
        analyst,
    ),
    "reads.list_targets": Call(lambda house, actor: reads.list_targets(actor), NOBODY),
    "reads.target_detail": Call(
        lambda house, actor: reads.target_detail(actor, target_id=house.ids["target_id"]), NOBODY
    ),
    "reads.target_file": Call(
        lambda house, actor: reads.target_file(actor, version_id=house.ids["version_id"]), NOBODY
    ),
    "reads.backers": Call(lambda house, actor: reads.backers(actor), SILENT),
}
