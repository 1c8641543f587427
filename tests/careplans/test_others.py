"""What the person is told, to one who acts for the person; whose invitation one answers."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from samverka.careplans import operations, rules
from samverka.careplans.rules import FOR_OTHERS, tell_others
from samverka.careplans.rules.meetings import Invitee, is_guest, may_answer_for
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

TO_ONE = re.compile(r"\b(du|dig|din|ditt|dina)\b", re.IGNORECASE)
ROOM = Path(rules.__file__).parent.parent


def _strings(tree: ast.AST) -> set[str]:
    """What is inside `_("…")`, but for the words of a refusal."""
    refused = {
        id(inner) for one in ast.walk(tree) if isinstance(one, ast.Raise) for inner in ast.walk(one)
    }
    calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and id(one) not in refused]
    return {
        str(one.args[0].value)
        for one in calls
        if isinstance(one.func, ast.Name)
        and one.func.id == "_"
        and isinstance(one.args[0], ast.Constant)
    }


_TOLD_BY = {"_answered_words"}


def _told() -> set[str]:
    """Every sentence that an operation tells the person, and those that say what changed."""
    found: set[str] = set()
    for path in Path(operations.__file__).parent.glob("*.py"):
        for one in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(one, ast.FunctionDef):
                names = {inner.id for inner in ast.walk(one) if isinstance(inner, ast.Name)}
                if "tell_person" in names or one.name in _TOLD_BY:
                    found |= _strings(one)
    alive = ast.parse((ROOM / "rules" / "alive.py").read_text("utf-8"))
    questions = {str(one) for one in rules.QUESTIONS.values()}
    return found | {one for one in _strings(alive) if one not in questions}


def test_every_sentence_to_the_person_has_its_form_for_others() -> None:
    told = {one for one in _told() if TO_ONE.search(one)}
    assert len(told) >= 20, "the search has lost its way"
    assert told == set(FOR_OTHERS)


def test_none_of_the_others_forms_speaks_to_the_person() -> None:
    assert [one for one in FOR_OTHERS.values() if TO_ONE.search(one)] == []
    assert all("%(person)s" in one.msgid for one in FOR_OTHERS.values())


@pytest.mark.parametrize(
    ("own", "others"),
    [
        (
            _("Du är inbjuden till ett möte om din plan."),
            "Elias är inbjuden till ett möte om sin plan.",
        ),
        (_("Du har nått ditt mål ”%(words)s”.", words="gå"), "Elias har nått målet ”gå”."),
        (_("”%(what)s” är klart.", what="Ring dig"), "”Ring dig” är klart."),
        (
            _(
                "%(first)s Det finns en ändring till.",
                first=_("Du har ett nytt mål: ”%(words)s”.", words="x"),
            ),
            "Elias har ett nytt mål: ”x”. Det finns en ändring till.",
        ),
        (
            _("”%(what)s” görs nu av %(owner)s.", what="Bada", owner=_("dig")),
            "”Bada” görs nu av Elias.",
        ),
        ("Du skrev det här själv.", "Du skrev det här själv."),
    ],
)
def test_one_who_acts_for_the_person_reads_the_name(own: Text | str, others: str) -> None:
    assert tell_others(own, "Elias") == others


@pytest.mark.parametrize(
    ("invitee", "name", "own"),
    [
        (Invitee.RELATIVE, "Eva Lund", True),
        (Invitee.RELATIVE, "eva  lund, dotter", True),
        (Invitee.OTHER, "Eva Lund", True),
        (Invitee.RELATIVE, "Eva Lundin", False),
        (Invitee.RELATIVE, "", False),
        (Invitee.UNIT, "Eva Lund", False),
        (Invitee.PERSON, "Eva Lund", False),
    ],
)
def test_who_is_the_guest(invitee: Invitee, name: str, own: bool) -> None:
    assert is_guest(invitee, name, "Eva Lund") is own
    assert may_answer_for(invitee, is_person=True, own=own) is (own or invitee is Invitee.PERSON)
