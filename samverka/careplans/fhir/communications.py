"""Words about a plan → Communication."""

from __future__ import annotations

from datetime import UTC
from typing import Any
from uuid import UUID

from samverka.careplans.reads.comment_values import CommentDetail
from samverka.careplans.rules import COMMENT_KIND_WORDS, COMMENT_WAY_WORDS, CommentWay

_CATEGORY = "http://terminology.hl7.org/CodeSystem/communication-category"
_MEDIUM = "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode"
_MODES = {
    CommentWay.OWN: ("ELECTRONIC", "electronic data"),
    CommentWay.PHONE: ("PHONE", "telephone"),
    CommentWay.MEETING: ("FACE", "face-to-face"),
    CommentWay.LETTER: ("MAILWRIT", "mail"),
}


def communication(
    comment: CommentDetail, *, plan_id: UUID, person_id: UUID, own: bool
) -> dict[str, Any]:
    """What someone has written about a plan, or told staff who wrote it down, as Communication.

    Args:
        own: the words are the person's own.
    """
    code, display = _MODES[comment.way]
    made: dict[str, Any] = {
        "resourceType": "Communication",
        "id": str(comment.id),
        "basedOn": [{"reference": f"CarePlan/{plan_id}"}],
        "status": "completed",
        "category": [
            {
                "coding": [{"system": _CATEGORY, "code": "notification"}],
                "text": str(COMMENT_KIND_WORDS[comment.kind]),
            }
        ],
        "medium": [
            {
                "coding": [{"system": _MEDIUM, "code": code, "display": display}],
                "text": str(COMMENT_WAY_WORDS[comment.way]),
            }
        ],
        "subject": {"reference": f"Patient/{person_id}"},
        "sent": comment.at.astimezone(UTC).isoformat(),
        "sender": _sender(comment, person_id, own),
        "payload": [{"contentString": comment.words}],
    }
    if comment.answer_to:
        made["inResponseTo"] = [{"reference": f"Communication/{comment.answer_to}"}]
    if comment.goal_id:
        made["about"] = [{"reference": f"Goal/{comment.goal_id}"}]
    if comment.handled_at is not None:
        made["received"] = comment.handled_at.astimezone(UTC).isoformat()
    if comment.written_by:
        made["note"] = [{"authorString": comment.written_by, "text": _TOLD}]
    return made


_TOLD = "Inskrivet av personalen, med personens ord."


def _sender(comment: CommentDetail, person_id: UUID, own: bool) -> dict[str, str]:
    """The person's words are the person's; a proxy and staff are named."""
    if own:
        return {"reference": f"Patient/{person_id}", "display": comment.by}
    return {"display": comment.by}
