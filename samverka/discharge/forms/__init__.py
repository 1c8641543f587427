"""Forms of the room: parsing and friendly words. The operations decide."""

from samverka.discharge.forms.opening import OpenForm
from samverka.discharge.forms.routing import RouteForm, TryForm, route_initial
from samverka.discharge.forms.sending import (
    ReasonForm,
    SendForm,
    WrongForm,
    chosen_units,
    send_initial,
)

__all__ = [
    "OpenForm",
    "ReasonForm",
    "RouteForm",
    "SendForm",
    "TryForm",
    "WrongForm",
    "chosen_units",
    "route_initial",
    "send_initial",
]
