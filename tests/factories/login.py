"""A test client that is logged in as one of the cast."""

from __future__ import annotations

from django.test import Client

from samverka.access.models import Account
from samverka.kernel.actor import Actor
from samverka.web.door import ASSIGNMENT, SECOND_FACTOR


def logged_in(actor: Actor) -> Client:
    """The actor's browser, with a second factor and a chosen assignment."""
    client = Client()
    client.force_login(Account.objects.get(id=actor.id))
    session = client.session
    session[SECOND_FACTOR] = True
    if actor.assignment_id:
        session[ASSIGNMENT] = str(actor.assignment_id)
    session.save()
    return client
