"""A status report of the region that is being answered, one that is signed and read, a target with an action."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samverka.transition import operations
from samverka.transition.reads import round_coding, target_detail
from samverka.transition.rules.reports.answers import Answer
from samverka.transition.rules.targets import TargetKind
from tests.factories.cast import Cast
from tests.transition.reporting import lock, open_round, report_of, sign

WORDS = "stod-resurser"


def reported(cast: Cast) -> dict[str, UUID]:
    """The ids, by the names of the addresses' arguments; `signed_…` of the municipality's."""
    found = open_round(cast)
    region, krokom = report_of(found, "Region"), report_of(found, "Krokom")
    said = operations.comment_question(
        cast.analyst, report_id=region, question=WORDS, words="Nämn beloppet."
    )
    comment = next(one for one in said.questions if one.question.code == WORDS).comments[0]
    answer = Answer(words="Två tjänster har flyttats.")
    for version, words in ((0, answer), (0, Answer(words="En tjänst."))):
        operations.save_answers(
            cast.analyst, report_id=region, answers={WORDS: words}, versions={WORDS: version}
        )
    sign(cast.municipal_analyst, cast.municipal_leader, krokom)
    texts = round_coding(cast.analyst, round_id=found.round.id).texts
    for reader in (cast.analyst, cast.leader):
        operations.code_answer(reader, answer_id=texts[1].answer_id, codes=[])
    plan = operations.make_round(
        cast.analyst, year=2027, title="Nästa", agreement="", opens=date(2027, 1, 1),
        due=date(2027, 2, 1), closes=date(2027, 3, 1), previous_id=found.round.id,
    )  # fmt: skip
    last = open_round(cast, year=2025)
    received = report_of(last, "Krokom")
    sign(cast.municipal_analyst, cast.municipal_leader, received)
    lock(cast, received)
    target = operations.decide_target(
        cast.leader, kind=TargetKind.PICTURE, title="Nära vård", decided_on=date(2026, 1, 10),
        decided_by="Regionfullmäktige", file=b"%PDF-1.7", file_name="beslut.pdf",
    )  # fmt: skip
    target = operations.add_action(
        cast.leader, target_id=target.line.id, what="Mobilt team", owner="Chefen"
    )
    decision = target_detail(cast.leader, target_id=target.line.id).current
    return {
        "round_id": found.round.id,
        "planned_round_id": plan.round.id,
        "received_round_id": last.round.id,
        "report_id": region,
        "signed_report_id": krokom,
        "report_comment_id": comment.id,
        "answer_id": texts[0].answer_id,
        "read_answer_id": texts[1].answer_id,
        "target_id": target.line.id,
        "action_id": target.actions[0].id,
        "version_id": decision.id,
    }
