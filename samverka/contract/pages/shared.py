"""What several of the room's pages do alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samverka.access.actions import Action
from samverka.access.reads import may_open
from samverka.access.rules import REFUSAL_WORDS, Refusal
from samverka.contract.forms import About, about_key
from samverka.contract.reads import MyPage
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotAllowed, NotFound
from samverka.web import trying
from samverka.web.door import actor_of

Done = TypeVar("Done")

LAST_PAGE = 100_000
"""Pages beyond this have nobody turned to; the number keeps the database's offset within bounds."""


def own_id(actor: Actor) -> UUID:
    """The person who is logged in.

    Raises:
        NotFound: the one logged in is not here as a person.
    """
    if actor.person_id is None:
        raise NotFound(REFUSAL_WORDS[Refusal.UNKNOWN])
    return actor.person_id


def staff_of(request: HttpRequest) -> Actor:
    """The one of the staff who asks; the person has pages of the own for the same things.

    Raises:
        NotAllowed: the assignment does not open persons' overviews, or it is a person who asks.
    """
    actor = actor_of(request)
    may_open(actor, action=Action.OVERVIEW_READ)
    return actor


def number_of(request: HttpRequest, name: str) -> int:
    """A page number out of the address; nonsense is the first page."""
    text = request.GET.get(name, "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    return min(max(number, 1), LAST_PAGE)


LONGEST_CHOICE = 60
"""Characters of a goal or an activity in a list to choose from."""


def abouts_of(mine: MyPage) -> list[About]:
    """What one can write about: each plan, its goals, and what is to be done."""
    plans = sorted(mine.plans, key=lambda plan: plan != mine.plan)
    many = len(plans) > 1
    whole = _("Hela planen")
    found = [
        About(about_key(plan.id), f"{whole}: {plan.title}" if many else whole) for plan in plans
    ]
    found += [
        About(about_key(my.plan.id, goal_id=my.goal.id), _choice(_("Mål"), my.said.words))
        for my in mine.goals
    ]
    found += [
        About(
            about_key(my.plan.id, activity_id=my.activity.id),
            _choice(my.activity.owner, my.said.words),
        )
        for part in mine.doing
        for my in part.activities
    ]
    return found


def _choice(before: str, words: str) -> str:
    return Truncator(f"{before}: {words}").chars(LONGEST_CHOICE)


def tried(form: Form, step: Callable[[], Done]) -> Done | None:
    """Do a step that may be refused on its form; there is no other page to say that one may not."""
    return trying.tried(form, step, also=(NotAllowed,))
