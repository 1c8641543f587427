"""Every component in every state, as data: what `/komponenter/` shows and the browser tests walk through.

The people are made up. Times are fixed, so that a picture of the page is the same every day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.template import engines
from django.template.loader import get_template
from django.utils.safestring import SafeString

from samverka.kernel.areas import counties, municipalities_of
from samverka.web.form_rendering import DayInput, MomentField
from samverka.web.icons import NAMES
from samverka.web.maps import Areas, MapValue, area_map, area_name, few_to_many, less_to_more
from samverka.web.templatetags.components import TONES

NOW = datetime(2026, 11, 25, 9, 15, tzinfo=UTC)
SIDES = ("region", "municipality", "private", "person", "other")
NUMBER = "194203112391"  # from the Tax Agency's list of test numbers


@dataclass(frozen=True, slots=True)
class Example:
    """One state of a component: an include with its variables, or a snippet around a block tag."""

    caption: str
    values: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A component and its states. `name` is the include's file name, or the block tag's."""

    name: str
    examples: tuple[Example, ...]
    block: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A rendered example."""

    caption: str
    html: str


def rendered(request: HttpRequest) -> list[tuple[Group, list[Shown]]]:
    """All groups with their examples rendered."""
    return [(group, [_show(group, one, request) for one in group.examples]) for group in GROUPS]


def _show(group: Group, one: Example, request: HttpRequest) -> Shown:
    values = {"now": NOW, **{name: _fresh(value) for name, value in one.values.items()}}
    if one.source:
        template = engines["django"].from_string(LOAD + one.source)
    else:
        template = get_template(f"web/components/{group.name}.html")
    return Shown(one.caption, SafeString(template.render(values, request)))


def _fresh(value: Any) -> Any:
    """Forms and fields are made for each showing: they must not live longer than a request."""
    return value() if callable(value) else value


LOAD = "{% load i18n components words %}"


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Namn", help_text="Som det står i folkbokföringen.")
    number = forms.CharField(
        label="Personnummer",
        help_text="Tolv siffror.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    words = forms.CharField(label="Vad är viktigt för dig?", widget=forms.Textarea, required=False)
    day = forms.DateField(label="Uppföljning", widget=DayInput)
    moment = MomentField(label="Möte", required=False)
    weight = forms.DecimalField(label="Vikt", required=False)
    unit = forms.ChoiceField(
        label="Enhet", choices=[("", "Välj enhet"), ("1", "Krokoms hemsjukvård")]
    )
    side = forms.ChoiceField(
        label="Vem gör det?",
        choices=[("region", "Regionen"), ("municipality", "Kommunen"), ("person", "Personen")],
        widget=forms.RadioSelect,
        help_text="Den som gör det står för att det blir gjort.",
    )
    days = forms.MultipleChoiceField(
        label="Dagar",
        choices=[("1", "Måndag"), ("2", "Tisdag"), ("3", "Onsdag")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agree = forms.BooleanField(label="Jag har pratat med personen om det här")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def empty_form() -> ExampleForm:
    """As it is first shown."""
    return ExampleForm()


def faulty_form() -> ExampleForm:
    """As it comes back."""
    form = ExampleForm({"name": "Märta Ek", "number": "19420311", "side": "hen"})
    form.add_error(None, "Planen kan inte börja före i dag.")
    form.add_error("number", "Numret har 8 siffror. Det ska ha 12.")
    return form


def _states(**shared: Any) -> tuple[Example, ...]:
    return tuple(Example(tone, {"tone": tone, **shared}) for tone in TONES)


def _button(**more: Any) -> dict[str, Any]:
    return {"label": "Spara", **more}


def _fields() -> tuple[Example, ...]:
    names = [name for name in ExampleForm.base_fields if name != "secret"]
    plain = [Example(name, {"field": lambda name=name: empty_form()[name]}) for name in names]
    faulty = [
        Example(f"{name}, fel", {"field": lambda name=name: faulty_form()[name]})
        for name in ("number", "unit", "side", "agree")
    ]
    affix = Example("suffix", {"field": lambda: empty_form()["weight"], "suffix": "kg"})
    return (*plain, affix, *faulty)


COMMAND = "curl http://127.0.0.1:8000/fhir/R4/metadata"

EVENTS = [
    {
        "at": NOW - timedelta(hours=2),
        "title": "Planerad hemgång ändrad till fredag",
        "who": "Anna Lind, avdelning 202, Östersunds sjukhus",
        "side": "region",
    },
    {
        "at": NOW - timedelta(days=1, hours=3),
        "title": "Kan ta emot från torsdag",
        "text": "Hemsjukvården har gått igenom läkemedlen.",
        "who": "Per Sand, Krokoms hemsjukvård",
        "side": "municipality",
    },
    {"at": NOW - timedelta(days=400), "title": "Planen skrevs", "icon": "file-check", "href": "#"},
]


def _map(areas: Areas, codes: list[str], *, county: str = "", both: bool = False) -> SafeString:
    """A map with figures that are made up, one area hidden and one missing."""
    known = {}
    for place, code in enumerate(codes):
        figure = (place * 37 % 60 + 20) - (50 if both else 0)
        said = f"{area_name(code)}: {figure} %"
        known[code] = MapValue(figure, said, f"{figure} %", href=f"#{code}", own=place == 1)
    known[codes[3]] = MapValue(None, f"{area_name(codes[3])}: visas inte", hidden=True)
    del known[codes[5]]
    classes = (less_to_more if both else few_to_many)(known.values())
    return area_map(known, areas=areas, county=county, key=f"map-{areas}-{both:d}",
                    title="Karta", desc="Siffrorna är påhittade.", classes=classes)  # fmt: skip


def _maps() -> tuple[Example, ...]:
    own = [one.code for one in municipalities_of("23")]
    return (
        Example(
            "länets kommuner",
            {
                "map": lambda: _map("municipalities", own, county="23"),
                "caption": "Påhittade siffror.",
            },
        ),
        Example("länen", {"map": lambda: _map("counties", list(counties()))}),
        Example("mer eller mindre", {"map": lambda: _map("counties", list(counties()), both=True)}),
    )


GROUPS: tuple[Group, ...] = (
    Group("map", _maps()),
    Group(
        "button",
        (
            Example("primary", _button()),
            Example("med ikon", _button(icon="check")),
            Example("secondary", _button(variant="secondary")),
            Example("tertiary", _button(variant="tertiary", icon="undo-2", label="Ångra")),
            Example("kan inte tryckas", _button(disabled=True)),
            Example("hela bredden", _button(fullwidth=True)),
        ),
    ),
    Group(
        "link_button",
        (
            Example("primary", {"href": "#", "label": "Ny plan", "icon": "plus"}),
            Example("secondary", {"href": "#", "label": "Öppna", "variant": "secondary"}),
            Example("tertiary", {"href": "#", "label": "Alla", "variant": "tertiary"}),
        ),
    ),
    Group(
        "post_button",
        (
            Example("primary", {"action": "#", "label": "Bekräfta", "icon": "check"}),
            Example("secondary", {"action": "#", "label": "Jag tar den", "variant": "secondary"}),
        ),
    ),
    Group("status", _states(label="Läge")),
    Group("owner", tuple(Example(side, {"side": side, "name": "Ägare"}) for side in SIDES)),
    Group(
        "clock",
        (
            Example("neutral", {"text": "1 dygn 4 h"}),
            Example("warning", {"text": "dag 3 av 3", "tone": "warning", "deadline": NOW}),
            Example("danger", {"text": "4 h för sent", "tone": "danger", "deadline": NOW}),
        ),
    ),
    Group(
        "next_step",
        (
            Example(
                "vårt steg",
                {
                    "side": "municipality",
                    "unit": "Krokoms hemsjukvård",
                    "verb": "svara",
                    "clock": "1 dygn 4 h",
                    "button": "Svara",
                    "href": "#",
                },
            ),
            Example(
                "andras steg, för sent",
                {
                    "side": "region",
                    "unit": "Avdelning 202",
                    "verb": "skriva plan",
                    "clock": "4 h för sent",
                    "tone": "danger",
                },
            ),
            Example(
                "ett tryck",
                {
                    "side": "person",
                    "unit": "Märta Ek",
                    "verb": "bekräfta",
                    "button": "Bekräfta",
                    "action": "#",
                },
            ),
        ),
    ),
    Group(
        "person_header",
        (
            Example(
                "vanlig",
                {
                    "name": "Märta Ek",
                    "birth_year": 1942,
                    "age": 84,
                    "identity_number": NUMBER,
                    "facts": [("Bor i", "Krokom"), ("Språk", "svenska")],
                },
            ),
            Example(
                "skyddad identitet",
                {"name": "Sara Holm", "birth_year": 1988, "age": 38, "protected": True},
            ),
        ),
    ),
    Group(
        "card",
        (
            Example("vanligt", {"title": "Plan", "text": "Senast ändrad i går.", "href": "#"}),
            Example("nästa steg", {"title": "Nu", "text": "Svara senast i dag.", "tone": "next"}),
        ),
    ),
    Group("notice", _states(title="Rubrik", text="En mening som säger vad det betyder.")),
    Group(
        "list_row",
        (
            Example(
                "länk",
                {
                    "title": "Vårdcentralen Krokom",
                    "href": "#",
                    "text": "Fast vårdkontakt: Lena Berg",
                    "meta": "27 nov",
                    "side": "region",
                },
            ),
            Example("ord", {"title": "Rehab", "icon": "activity", "meta": "2 gånger"}),
        ),
    ),
    Group(
        "empty",
        (
            Example("lugnt", {"title": "Ingen väntar på er just nu", "icon": "circle-check"}),
            Example(
                "med väg vidare",
                {
                    "title": "Ingen plan än",
                    "text": "Börja med personens egna ord.",
                    "href": "#",
                    "label": "Skriv plan",
                },
            ),
        ),
    ),
    Group(
        "tabs",
        (
            Example(
                "tre",
                {
                    "tabs": [
                        {"label": "Väntar på oss", "href": "#", "current": True, "count": 17},
                        {"label": "Mina", "href": "#", "count": 0},
                        {"label": "Alla", "href": "#"},
                    ]
                },
            ),
        ),
    ),
    Group("timeline", (Example("tre händelser", {"events": EVENTS}),)),
    Group(
        "quote",
        (
            Example(
                "egna ord",
                {"text": "Jag vill kunna gå till brevlådan själv.", "who": "Märta Ek", "at": NOW},
            ),
        ),
    ),
    Group(
        "key_values",
        (
            Example("rader", {"rows": [("Adress", "Byvägen 4, Krokom"), ("Telefon", "")]}),
            Example(
                "spalter",
                {"rows": [("Diagnos", "KOL"), ("Hjälpmedel", "Rollator")], "columns": True},
            ),
        ),
    ),
    Group(
        "pagination",
        (Example("mitten", {"page": 2, "pages": 9, "previous_url": "#", "next_url": "#"}),),
    ),
    Group("breadcrumbs", (Example("tre steg", {"crumbs": [("Start", "#"), ("Plan", "")]}),)),
    Group(
        "steps",
        (
            Example(
                "mitt i",
                {
                    "steps": [
                        {"label": "Inskriven", "state": "done", "text": "23 november"},
                        {"label": "Planering", "state": "current"},
                        {"label": "Hemma", "state": "todo"},
                    ]
                },
            ),
        ),
    ),
    Group(
        "contact",
        (
            Example(
                "fast vårdkontakt",
                {
                    "name": "Lena Berg",
                    "role": "Distriktssköterska",
                    "unit": "Krokoms hälsocentral",
                    "phone": "0980319200",
                    "side": "region",
                    "primary": True,
                },
            ),
            Example("anhörig", {"name": "Eva Ek", "role": "Dotter", "phone": "+46701740605"}),
        ),
    ),
    Group("progress", (Example("halvvägs", {"label": "Genomgångna", "value": 9, "max": 20}),)),
    Group("source", (Example("med tid", {"who": "Krokoms hälsocentral", "at": NOW}),)),
    Group(
        "conflict",
        (
            Example(
                "två texter",
                {
                    "who": "Anna Lind",
                    "at": NOW,
                    "fields": [
                        {"label": "Mål", "mine": "Gå till brevlådan", "theirs": "Gå utomhus"}
                    ],
                },
            ),
        ),
    ),
    Group(
        "toast",
        (
            Example("klart", {"text": "Planen är sparad."}),
            Example("kan ångras", {"text": "Målet är borttaget.", "undo_action": "#"}),
            Example("varning", {"text": "Ingen kontakt just nu.", "tone": "warning"}),
        ),
    ),
    Group("print_button", (Example("vanlig", {}),)),
    Group("copyable", (Example("kommando", {"id": "prov", "label": "Kommando", "text": COMMAND}),)),
    Group("field", _fields()),
    Group("form_errors", (Example("tre fel", {"form": faulty_form}),)),
    Group("icon", tuple(Example(name, {"name": name}) for name in NAMES)),
    Group(
        "page_header",
        (
            Example(
                "med knapp",
                {},
                '{% page_header title="Rubrik" lead="En mening." %}'
                '<a class="ds-button" href="#">Ny</a>{% endpage_header %}',
            ),
        ),
        block=True,
    ),
    Group(
        "card_block",
        tuple(
            Example(
                tone or "vanligt",
                {"tone": tone},
                '{% card title="Rubrik" icon="calendar" tone=tone level=3 %}<p>Ord.</p>{% endcard %}',
            )
            for tone in ("", "next", "warning")
        ),
        block=True,
    ),
    Group(
        "notice_block",
        (
            Example(
                "med länk",
                {},
                '{% notice tone="warning" title="Samtycke saknas" %}<p>Fråga personen. '
                '<a class="ds-link" href="#">Så gör du</a></p>{% endnotice %}',
            ),
        ),
        block=True,
    ),
    Group(
        "table_region",
        (
            Example(
                "liten tabell",
                {},
                '{% table_region label="Exempel" %}<table class="ds-table"><thead><tr>'
                '<th scope="col">Person</th><th scope="col" class="number">Dagar</th></tr></thead>'
                '<tbody><tr><th scope="row">Märta Ek</th><td class="number">3</td></tr></tbody>'
                "</table>{% endtable_region %}",
            ),
        ),
        block=True,
    ),
    Group(
        "reveal",
        (Example("stängd", {}, '{% reveal label="Visa mer" %}<p>Mer.</p>{% endreveal %}'),),
        block=True,
    ),
    Group(
        "menu",
        (
            Example(
                "stängd",
                {},
                '{% menu label="Mer" icon="ellipsis" %}<a href="#">Skriv ut</a>{% endmenu %}',
            ),
        ),
        block=True,
    ),
    Group(
        "section",
        (Example("nivå 3", {}, '{% section title="Del" level=3 %}<p>Ord.</p>{% endsection %}'),),
        block=True,
    ),
)
