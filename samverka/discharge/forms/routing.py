"""A line of the routing table, and the try-out with a made-up person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.discharge.reads import RouteChoices, RouteDetail
from samverka.discharge.rules.kinds import LINE, PART_WORDS, Part
from samverka.discharge.rules.places import check_municipality
from samverka.discharge.rules.routing import HELP_WORDS, OLDEST, Need, RouteFacts, Whom
from samverka.kernel.problems import Invalid
from samverka.web.door import translated

_CARE = [("", _("All vård")), ("1", _("Bara psykiatrisk vård")), ("0", _("Bara kroppslig vård"))]


class RouteForm(forms.Form):
    """Who takes it, and for whom."""

    part = forms.ChoiceField(label=_("Vad gäller det?"), widget=forms.RadioSelect)
    municipality_code = forms.ChoiceField(label=_("Kommun"), required=False)
    other_municipality = forms.CharField(
        label=_("Kommun i ett annat län"),
        max_length=4,
        required=False,
        help_text=_("Kommunens kod, fyra siffror. Lämna tomt för en kommun i länet."),
    )
    unit = forms.ChoiceField(label=_("Enhet som tar emot"))
    area = forms.CharField(
        label=_("Bara för postorten"),
        max_length=100,
        required=False,
        help_text=_("Lämna tomt för hela kommunen."),
    )
    need = forms.ChoiceField(label=_("Bara för"), required=False)
    psychiatric = forms.ChoiceField(label=_("Slag av vård"), required=False, choices=_CARE)
    from_age = forms.IntegerField(
        label=_("Från ålder"), required=False, min_value=0, max_value=OLDEST
    )
    under = forms.IntegerField(label=_("Yngre än"), required=False, min_value=0, max_value=OLDEST)
    reach = forms.CharField(
        label=_("Så når enheten rätt mottagare"),
        max_length=LINE,
        required=False,
        help_text=_("Behövs för en kommun i ett annat län: telefon, och vem man frågar efter."),
    )

    def __init__(self, *args: Any, choices: RouteChoices, **given: Any) -> None:
        super().__init__(*args, **given)
        parts = [(one.value, translated(PART_WORDS[one])) for one in choices.parts]
        needs = [("", _("Alla")), *((one.value, translated(HELP_WORDS[one])) for one in Need)]
        self._choose("part", parts)
        self._choose("municipality_code", list(choices.places))
        self._choose("unit", [("", _("Välj")), *choices.units])
        self._choose("need", needs)
        if Part.SOCIAL not in choices.parts:
            del self.fields["need"]
        if not any(code == "" for code, _name in choices.places):
            del self.fields["other_municipality"], self.fields["reach"]

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def line(self) -> RouteFacts:
        """What the operation takes."""
        data = self.cleaned_data
        need, care = data.get("need"), data["psychiatric"]
        return RouteFacts(
            part=Part(data["part"]),
            unit_id=UUID(data["unit"]),
            municipality_code=data.get("other_municipality") or data["municipality_code"],
            area=data["area"],
            psychiatric=care == "1" if care else None,
            from_age=data["from_age"],
            under=data["under"],
            need=Need(need) if need else None,
            reach=data.get("reach", ""),
        )


def route_initial(found: RouteDetail, choices: RouteChoices) -> dict[str, object]:
    """The line as it stands."""
    facts = found.facts
    known = facts.municipality_code in dict(choices.places)
    care = {True: "1", False: "0", None: ""}[facts.psychiatric]
    return {
        "part": facts.part.value,
        "municipality_code": facts.municipality_code if known else "",
        "other_municipality": "" if known else facts.municipality_code,
        "unit": str(facts.unit_id),
        "area": facts.area.title(),
        "need": facts.need.value if facts.need else "",
        "psychiatric": care,
        "from_age": facts.from_age,
        "under": facts.under,
        "reach": facts.reach,
    }


ELSEWHERE = "0000"
"""No municipality's code: one in another county, whichever."""


class TryForm(forms.Form):
    """A made-up person. The municipalities to choose among come when the table has been read."""

    ASKED = "kommun"

    kommun = forms.CharField(label=_("Folkbokförd i"), required=False, widget=forms.Select)
    alder = forms.IntegerField(label=_("Ålder"), min_value=0, max_value=OLDEST, required=False)
    postort = forms.CharField(label=_("Postort"), max_length=100, required=False)
    behov = forms.ChoiceField(label=_("Särskilt behov"), required=False)
    psykiatri = forms.BooleanField(label=_("Psykiatrisk vård"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        need = self.fields["behov"]
        assert isinstance(need, forms.ChoiceField)
        need.choices = [
            ("", _("Inget")),
            *((one.value, translated(HELP_WORDS[one])) for one in Need),
        ]

    def fill(self, places: list[tuple[str, str]]) -> None:
        """The county's municipalities."""
        where = self.fields[self.ASKED].widget
        assert isinstance(where, forms.Select)
        where.choices = [*places, (ELSEWHERE, _("En kommun i ett annat län"))]

    def clean_kommun(self) -> str:
        """A code that can be one."""
        code: str = self.cleaned_data[self.ASKED]
        if code == ELSEWHERE:
            return code
        try:
            return check_municipality(code, self.ASKED)
        except Invalid as fault:
            raise forms.ValidationError(translated(fault.message)) from fault

    def whom(self) -> Whom:
        """What the read takes."""
        data = self.cleaned_data
        return Whom(
            municipality_code=data["kommun"],
            area=data["postort"],
            psychiatric=data["psykiatri"],
            age=data["alder"],
            needs=frozenset({Need(data["behov"])}) if data["behov"] else frozenset(),
        )
