"""Who stands behind a token; the lists of clients and connections."""

from samverka.connections.reads.tokens import actor_of_client, actor_of_token

__all__ = ["actor_of_client", "actor_of_token"]
