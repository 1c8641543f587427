"""Someone of the cast in front of a browser: logged in with two factors, assignment chosen."""

from __future__ import annotations

from django.test import Client

from samverka.access.models import Account
from samverka.kernel.actor import Actor
from samverka.web.door import AS_PERSON, ASSIGNMENT, SECOND_FACTOR


def log_in(actor: Actor) -> Client:
    """A browser in which the actor is logged in. The page's time is the clock's, not the actor's."""
    client = Client()
    client.force_login(Account.objects.get(id=actor.id))
    session = client.session
    session[ASSIGNMENT] = str(actor.assignment_id) if actor.is_staff else AS_PERSON
    session[SECOND_FACTOR] = True
    session.save()
    return client
