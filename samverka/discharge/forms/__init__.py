"""Forms of the room: parsing and friendly words. The operations decide."""

from samverka.discharge.forms.opening import OpenForm
from samverka.discharge.forms.sending import ReasonForm, SendForm, WrongForm, send_initial

__all__ = ["OpenForm", "ReasonForm", "SendForm", "WrongForm", "send_initial"]
