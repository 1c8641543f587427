"""What may go wrong with the built-in database, in words for the one who types the command."""

from __future__ import annotations

from samverka.kernel.problems import Problem


class DatabaseProblem(Problem):
    """The built-in database cannot be used as things stand."""

    status = 503
    code = "exception"


class AlreadyRunning(DatabaseProblem):
    """Someone else holds this data folder right now."""
