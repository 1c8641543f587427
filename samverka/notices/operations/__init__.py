"""Every change of tasks, news and settings."""

from samverka.notices.operations.keeping import keep_tasks, tell_person

__all__ = ["keep_tasks", "tell_person"]
