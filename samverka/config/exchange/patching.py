"""A resource changed by a patch: read as it stands, changed, and written like any other change."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from samverka.config.exchange.finding import find_one
from samverka.config.exchange.kept import refused
from samverka.config.exchange.reading import read
from samverka.config.exchange.writing import needs_version, update
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound
from samverka.kernel.text import text as _
from samverka.resources.rules.lines import Faulty
from samverka.resources.rules.patching import Unfit, patched
from samverka.web.exchange import Call, Issue, Misfit, Shown, Wish, Written


def patch(actor: Actor, call: Call) -> Written:
    """Change one resource by JSON Patch or FHIRPath Patch; of what a room owns it becomes the room's operation.

    What stands is read through the gate; the change then has to begin from that very version, so nothing that
    somebody else writes meanwhile is lost.

    Raises:
        Unreadable: the patch itself, or what comes of it, is not right.
        Misfit: this resource cannot be changed so.
        NoVersion, Stale, NotTaken: as for a change of the whole resource.
        NotFound: there is none; also where a search finds none.
        Several: the search finds more than one.
    """
    now = _standing(actor, call)
    return update(actor, now.kind, now.id, _changed(now, call), _wish(actor, call, now))


def _changed(now: Shown, call: Call) -> bytes:
    try:
        return patched(now.text, call.text, call.content_type)
    except Unfit as unfit:
        issues = [
            Issue(one.path, one.message, one.mend or "", one.sort.value) for one in unfit.faults
        ]
        raise Misfit(issues[0].words, issues) from unfit
    except Faulty as faulty:
        raise refused(faulty) from faulty


def _standing(actor: Actor, call: Call) -> Shown:
    if call.key:
        return read(actor, call.kind, call.key, lambda _shown: False)
    found = find_one(actor, call.kind, urlencode(call.given))
    if found is None:
        raise NotFound(_("Villkoret stämmer inte på någon resurs."))
    return found


def _wish(actor: Actor, call: Call, now: Shown) -> Wish:
    """What several share needs the client's own word on the version; else it is the one that was changed."""
    if call.wish.version or needs_version(actor, now.kind, now.id):
        return call.wish
    return replace(call.wish, version=now.version)
