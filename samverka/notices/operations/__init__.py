"""Every change of tasks, news and settings."""

from samverka.notices.operations.escalating import send_on_late, send_on_unopened
from samverka.notices.operations.keeping import keep_tasks, tell_person
from samverka.notices.operations.mailing import claim_digests, claim_letters, claim_words, note_mail
from samverka.notices.operations.settings import change_settings, note_news_read
from samverka.notices.operations.steps import (
    finish_task,
    give_task,
    hand_over_task,
    note_seen,
    note_shown,
    step_in,
    take_task,
    undo_task,
)

__all__ = [
    "change_settings",
    "claim_digests",
    "claim_letters",
    "claim_words",
    "finish_task",
    "give_task",
    "hand_over_task",
    "keep_tasks",
    "note_mail",
    "note_news_read",
    "note_seen",
    "note_shown",
    "send_on_late",
    "send_on_unopened",
    "step_in",
    "take_task",
    "tell_person",
    "undo_task",
]
