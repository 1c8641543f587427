"""`$take-in`: what a record system tells, at once, as in an import."""

from __future__ import annotations

from samverka.config.feed import feed
from samverka.config.invoked.values import OUR, Answer, Called, Level, Operation, Parameter
from samverka.kernel.text import text as _
from samverka.web.exchange import WrongForm
from samverka.web.fhir_http.feeding import bundle_of


def take_in(called: Called) -> Answer:
    """What became of each resource, in the order sent.

    Raises:
        KeptAside: something in a transaction could not be taken in, so nothing of it was done.
        WrongForm: nothing was sent as JSON of FHIR.
    """
    if not called.text:
        mend = _("Skicka Content-Type: application/fhir+json.")
        raise WrongForm(_("Innehållet ska vara JSON enligt FHIR R4."), mend=mend)
    return Answer(bundle_of(feed(called.actor, called.text)))


TAKING = (
    Operation(
        code="take-in",
        definition=f"{OUR}OperationDefinition/take-in",
        words="what a record system tells is taken in as an import is, at once: one resource or a Bundle",
        levels=(Level.SYSTEM,),
        run=take_in,
        get=False,
        changes=True,
        body="resource",
        takes=(Parameter("resource", "Resource", "what there is to tell", 1),),
        gives=(Parameter("return", "Bundle", "what became of each", 1),),
    ),
)
