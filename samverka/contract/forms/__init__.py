"""Forms of the room: parsing and friendly messages."""

from samverka.contract.forms.behalf import (
    BehalfBlockForm,
    BehalfConsentForm,
    BehalfProxyForm,
    BehalfWishForm,
    BehalfWithdrawForm,
    BehalfWordsForm,
)
from samverka.contract.forms.offices import CloseForm, DrawForm, FindForm, LiftForm, LogSearchForm
from samverka.contract.forms.own import (
    About,
    MyBlockForm,
    MyConsentForm,
    MyFactsForm,
    MyProxyForm,
    WishForm,
    WordsForm,
    about_key,
)
from samverka.contract.forms.staff import (
    EmergencyForm,
    RelationForm,
    StaffBlockForm,
    StaffConsentForm,
)
from samverka.contract.forms.suggestions import (
    NotNowForm,
)

__all__ = [
    "About",
    "BehalfBlockForm",
    "BehalfConsentForm",
    "BehalfProxyForm",
    "BehalfWishForm",
    "BehalfWithdrawForm",
    "BehalfWordsForm",
    "CloseForm",
    "DrawForm",
    "EmergencyForm",
    "FindForm",
    "LiftForm",
    "LogSearchForm",
    "MyBlockForm",
    "MyConsentForm",
    "MyFactsForm",
    "MyProxyForm",
    "NotNowForm",
    "RelationForm",
    "StaffBlockForm",
    "StaffConsentForm",
    "WishForm",
    "WordsForm",
    "about_key",
]
