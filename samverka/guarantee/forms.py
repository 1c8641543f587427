"""Forms about waits: parsing and friendly messages."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from samverka.contacts.rules import WAY_WORDS, Way
from samverka.guarantee.reads import ENDINGS, OfferDetail, WaitDetail
from samverka.guarantee.rules import (
    ENDING_WORDS,
    PART_WORDS,
    Ending,
    Matter,
    Part,
    Profession,
    Purpose,
    Reason,
)
from samverka.guarantee.rules.facts import PURPOSE_WORDS
from samverka.guarantee.rules.keeping import LINE, WORDS, WaitFacts
from samverka.guarantee.rules.planned import MATTER_WORDS, PLANNED
from samverka.guarantee.rules.professions import PROFESSION_WORDS
from samverka.kernel.calendar import SWEDEN, local_date, swedish_date
from samverka.web.door import translated
from samverka.web.form_rendering import DayInput

_said = lazy(translated, str)
"""A sentence of the rules, in the language of whoever opens the form."""

MIDDAY = time(12)
"""A day without an hour, as a moment that is that day in any zone."""


def _moment(day: date | None, now: datetime) -> datetime | None:
    """A day as a moment; today is now, so that nothing lies ahead."""
    if day is None:
        return None
    return now if day == local_date(now) else datetime.combine(day, MIDDAY, SWEDEN)


MOMENTS = ("referral_issued_at", "referral_received_at", "sought_at", "decided_at")
"""Moments of a wait that a form asks the day of."""


class WaitForm(forms.Form):
    """What a person waits for, and from when it counts."""

    matter = forms.ChoiceField(
        label=_("Vilket behov gäller det?"),
        choices=[
            (one.value, _said(MATTER_WORDS[one])) for one in (Matter.NEW_NEED, *sorted(PLANNED))
        ],
        widget=forms.RadioSelect,
        initial=Matter.NEW_NEED.value,
        help_text=_("Vårdgarantins gräns gäller bara nya behov. Det andra har ett måldatum."),
    )
    part = forms.ChoiceField(
        label=_("Vad väntar personen på?"),
        choices=[(one.value, _said(words)) for one, words in PART_WORDS.items()],
        widget=forms.RadioSelect,
        initial=Part.VISIT.value,
        help_text=_("Gäller nya behov."),
    )
    what = forms.CharField(
        label=_("Vad gäller det?"),
        max_length=WORDS,
        help_text=_("Personen läser det här. Till exempel Undersökning av knät."),
    )
    area = forms.CharField(
        label=_("Område"), max_length=LINE, required=False, help_text=_("Till exempel Ortopedi.")
    )
    referral_issued_at = forms.DateField(
        label=_("När skrevs remissen?"),
        widget=DayInput,
        required=False,
        help_text=_("Tiden räknas från den dagen, inte från den dag då remissen kom."),
    )
    referral_received_at = forms.DateField(
        label=_("När kom remissen?"), widget=DayInput, required=False
    )
    referrer = forms.CharField(label=_("Vem skrev remissen?"), max_length=LINE, required=False)
    sought_at = forms.DateField(
        label=_("När sökte personen kontakt?"),
        widget=DayInput,
        required=False,
        help_text=_("För primärvården, och för specialiserad vård utan remiss."),
    )
    decided_at = forms.DateField(
        label=_("När beslutades om vården?"),
        widget=DayInput,
        required=False,
        help_text=_("För planerad vård, återbesök och planerade undersökningar."),
    )
    target_on = forms.DateField(
        label=_("Måldatum"),
        widget=DayInput,
        required=False,
        help_text=_("Den dag då återbesöket eller undersökningen senast behövs."),
    )
    chosen = forms.CharField(
        label=_("Vårdgivare som personen har valt"), max_length=LINE, required=False
    )

    def facts(self, now: datetime) -> WaitFacts:
        """The facts as the operation takes them."""
        values = dict(self.cleaned_data)
        moments: dict[str, Any] = {name: _moment(values[name], now) for name in MOMENTS}
        matter = Matter(values["matter"])
        return WaitFacts(
            part=Part.TREATMENT if matter in PLANNED else Part(values["part"]),
            matter=matter,
            target_on=values["target_on"],
            **moments,
            **{name: values[name] for name in ("what", "area", "referrer", "chosen")},
        )


class CorrectForm(WaitForm):
    """The same, put right: with the reason."""

    reason = forms.CharField(label=_("Varför ändras det?"), max_length=WORDS)
    version = forms.IntegerField(widget=forms.HiddenInput)


def facts_of(found: WaitDetail) -> dict[str, Any]:
    """What the wait says now, for the form that puts it right."""
    facts = found.facts
    moments = {name: getattr(facts, name) for name in MOMENTS}
    return {
        "matter": found.matter.value,
        "part": found.part.value,
        "target_on": facts.target_on,
        "what": found.what,
        "area": found.area,
        "referrer": found.referrer,
        "chosen": found.chosen,
        "version": found.version,
    } | {name: local_date(one) if one else None for name, one in moments.items()}


def unchanged_moments(found: WaitDetail, facts: WaitFacts) -> dict[str, Any]:
    """Moments whose day nobody has changed keep their hour."""
    kept = {name: getattr(found.facts, name) for name in MOMENTS}
    new = {name: getattr(facts, name) for name in MOMENTS}
    return {
        name: one
        for name, one in kept.items()
        if one and new[name] and local_date(one) == local_date(new[name])
    }


class OfferForm(forms.Form):
    """A time that the person is offered."""

    care_on = forms.DateField(label=_("Vilken dag?"), widget=DayInput)
    where = forms.CharField(label=_("Var?"), max_length=LINE)
    made_on = forms.DateField(label=_("När erbjöds tiden?"), widget=DayInput)
    elsewhere = forms.BooleanField(
        label=_("Hos en annan vårdgivare"),
        required=False,
        help_text=_("Det får inte kosta personen något extra."),
    )
    travel = forms.CharField(
        label=_("Resan"),
        max_length=LINE,
        required=False,
        help_text=_("Personen läser det här. Till exempel Vi betalar din resa."),
    )
    informed_on = forms.DateField(
        label=_("När fick personen veta om vårdgarantin?"), widget=DayInput, required=False
    )


class AnswerForm(forms.Form):
    """What the person has said about a time."""

    accepted = forms.TypedChoiceField(
        label=_("Vad svarade personen?"),
        choices=[("yes", _("Ja till tiden")), ("no", _("Nej till tiden"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    answered_on = forms.DateField(label=_("Vilken dag?"), widget=DayInput)
    informed_on = forms.DateField(
        label=_("När fick personen veta om vårdgarantin?"),
        widget=DayInput,
        required=False,
        help_text=_("Behövs om dagar ska dras av efter ett nej."),
    )


_REASONS: dict[Reason, Any] = {
    Reason.MEDICAL: _("Medicinska skäl hindrar vården"),
    Reason.OTHER_REGION: _("Personen har valt vård i en annan region"),
    Reason.ABSTAINS: _("Personen har sagt nej till en tid inom garantin"),
}


class PauseForm(forms.Form):
    """Days that are not counted, with the three conditions where the person abstains."""

    reason = forms.ChoiceField(
        label=_("Varför räknas inte dagarna?"),
        choices=[(one.value, words) for one, words in _REASONS.items()],
        widget=forms.RadioSelect,
    )
    first = forms.DateField(label=_("Från och med"), widget=DayInput)
    last = forms.DateField(
        label=_("Till och med"),
        widget=DayInput,
        required=False,
        help_text=_("Lämna tomt om ni inte vet än."),
    )
    offer_id = forms.ChoiceField(label=_("Vilken tid sa personen nej till?"), required=False)
    informed_on = forms.DateField(
        label=_("När fick personen veta om vårdgarantin?"), widget=DayInput, required=False
    )
    declined_on = forms.DateField(label=_("När sa personen nej?"), widget=DayInput, required=False)
    words = forms.CharField(
        label=_("Anteckning"),
        max_length=WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, offers: tuple[OfferDetail, ...], **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["offer_id"]
        assert isinstance(field, forms.ChoiceField)
        said = [(str(one.id), f"{swedish_date(one.care_on)}, {one.where}") for one in offers]
        field.choices = [("", _("Ingen")), *said]

    def facts(self) -> dict[str, Any]:
        """What the operation takes."""
        values = dict(self.cleaned_data)
        offer = values.pop("offer_id")
        return values | {
            "reason": Reason(values["reason"]),
            "offer_id": UUID(offer) if offer else None,
        }


class PauseEndForm(forms.Form):
    """The last day that is not counted."""

    last = forms.DateField(label=_("Sista dagen som inte räknas"), widget=DayInput)


class JudgeContactForm(forms.Form):
    """What a contact was for, and who met the person."""

    purpose = forms.ChoiceField(
        label=_("Vad var det?"),
        choices=[(one.value, _said(words)) for one, words in PURPOSE_WORDS.items()],
        widget=forms.RadioSelect,
    )
    profession = forms.ChoiceField(
        label=_("Vem mötte personen?"),
        choices=[("", "–"), *((one.value, _said(it)) for one, it in PROFESSION_WORDS.items())],
        required=False,
    )
    instead_of_visit = forms.BooleanField(
        label=_("Ersatte ett besök"),
        required=False,
        help_text=_("För samtal, brev och grupp som tog besökets plats."),
    )

    def facts(self) -> dict[str, Any]:
        """What the operation takes."""
        values = self.cleaned_data
        who = values["profession"]
        return {
            "purpose": Purpose(values["purpose"]),
            "profession": Profession(who) if who else None,
            "instead_of_visit": values["instead_of_visit"],
        }


class ContactForm(JudgeContactForm):
    """A contact that the person has had."""

    field_order = ("day", "clock", "purpose", "profession", "way")
    day = forms.DateField(label=_("Dag"), widget=DayInput)
    clock = forms.TimeField(
        label=_("Klockan"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        required=False,
    )
    way = forms.ChoiceField(
        label=_("Hur möttes ni?"),
        choices=[(one.value, _said(words)) for one, words in WAY_WORDS.items()],
        initial=Way.CLINIC.value,
    )

    def contact(self, now: datetime) -> dict[str, Any]:
        """What the operation takes."""
        values = self.cleaned_data
        clock = values["clock"]
        at = (
            datetime.combine(values["day"], clock, SWEDEN) if clock else _moment(values["day"], now)
        )
        return self.facts() | {"at": at, "way": Way(values["way"])}


class NeedForm(forms.Form):
    """Whether a medical assessment is needed (HSF 6:1 p. 2)."""

    needed = forms.TypedChoiceField(
        label=_("Behöver personen en medicinsk bedömning?"),
        choices=[
            ("later", _("Ja, och den kan inte göras nu")),
            ("now", _("Ja, och den görs vid den här kontakten")),
            ("no", _("Nej")),
        ],
        widget=forms.RadioSelect,
    )

    def facts(self) -> dict[str, bool]:
        """What the operation takes."""
        said = self.cleaned_data["needed"]
        return {"needed": said != "no", "possible_at_once": said == "now"}


class EndForm(forms.Form):
    """That nobody waits any more though no care was given."""

    why = forms.ChoiceField(
        label=_("Varför är väntan över?"),
        choices=[(one.value, _said(ENDING_WORDS[one])) for one in ENDINGS],
        widget=forms.RadioSelect,
    )
    on = forms.DateField(label=_("Från och med"), widget=DayInput)
    words = forms.CharField(label=_("Anteckning"), max_length=WORDS, required=False)

    def facts(self) -> dict[str, Any]:
        """What the operation takes."""
        return self.cleaned_data | {"why": Ending(self.cleaned_data["why"])}


class ReasonForm(forms.Form):
    """Why something is taken back or goes on again."""

    reason = forms.CharField(
        label=_("Varför?"), max_length=WORDS, widget=forms.Textarea(attrs={"rows": 2})
    )


class LetterForm(forms.Form):
    """Nothing to fill in: the letter is read, and written."""
