"""Forms of the room: parsing and friendly words. The operations decide."""

from samverka.discharge.forms.basis import (
    ContestForm,
    DecideForm,
    EndHindranceForm,
    HindranceForm,
    MakeForm,
    RateForm,
)
from samverka.discharge.forms.before import BeforeForm
from samverka.discharge.forms.correcting import CorrectForm, as_it_was
from samverka.discharge.forms.ending import CloseForm
from samverka.discharge.forms.home import (
    AfterForm,
    AnswerForm,
    AskForm,
    HandForm,
    NotReachedForm,
    TickForm,
)
from samverka.discharge.forms.judging import (
    AdmissionForm,
    JudgeForm,
    judged_before,
    judged_initial,
)
from samverka.discharge.forms.opening import OpenForm, StayForm, stay_initial
from samverka.discharge.forms.reserve import PasswordForm, afterwards_form
from samverka.discharge.forms.routing import RouteForm, TryForm, route_initial
from samverka.discharge.forms.sending import (
    ReasonForm,
    SendForm,
    WrongForm,
    chosen_unit,
    chosen_units,
    send_initial,
)

__all__ = [
    "AdmissionForm",
    "AfterForm",
    "AnswerForm",
    "AskForm",
    "BeforeForm",
    "CloseForm",
    "ContestForm",
    "CorrectForm",
    "DecideForm",
    "EndHindranceForm",
    "HandForm",
    "HindranceForm",
    "JudgeForm",
    "MakeForm",
    "NotReachedForm",
    "OpenForm",
    "PasswordForm",
    "RateForm",
    "ReasonForm",
    "RouteForm",
    "SendForm",
    "StayForm",
    "TickForm",
    "TryForm",
    "WrongForm",
    "afterwards_form",
    "as_it_was",
    "chosen_unit",
    "chosen_units",
    "judged_before",
    "judged_initial",
    "route_initial",
    "send_initial",
    "stay_initial",
]
