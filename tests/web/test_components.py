"""Components and forms come out as the look says, and the gallery shows all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from samverka.web import gallery
from samverka.web.icons import NAMES
from samverka.web.templatetags import components
from samverka.web.templatetags.components import TONE_ICONS, TONES

COMPONENTS = Path(gallery.__file__).parent / "templates/web/components"
INSIDE_OTHERS = {"field_errors", "field_help", "field_label", "folded", "message"}


def rendered(source: str, **values: object) -> str:
    return Template("{% load components words %}" + source).render(Context(values))


def test_the_gallery_shows_every_component() -> None:
    shown = {group.name for group in gallery.GROUPS}
    there = {path.stem for path in COMPONENTS.glob("*.html")}
    assert shown == there - INSIDE_OTHERS


def test_every_example_of_the_gallery_renders() -> None:
    request = RequestFactory().get("/komponenter/")
    for group, examples in gallery.rendered(request):
        for example in examples:
            assert example.html.strip(), (group.name, example.caption)


def test_every_tone_has_its_own_icon() -> None:
    assert set(TONES) == set(TONE_ICONS)
    assert len(set(TONE_ICONS.values())) == len(TONES)
    assert set(TONE_ICONS.values()) <= set(NAMES)


def test_a_status_always_has_icon_and_words() -> None:
    for tone in TONES:
        html = render_to_string("web/components/status.html", {"tone": tone, "label": "Redo"})
        assert f"#{TONE_ICONS[tone]}" in html
        assert "Redo" in html


def test_an_icon_is_hidden_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in components.icon("phone")
    assert 'aria-label="Ring &lt;nu&gt;" role="img"' in components.icon("phone", "Ring <nu>")
    with pytest.raises(KeyError, match="no icon"):
        components.icon("unicorn")


def test_only_region_and_municipality_have_colours() -> None:
    colours = {side: components.side_color(side) for side in gallery.SIDES}
    assert colours == {
        "region": "vard",
        "municipality": "kommun",
        "private": "neutral",
        "person": "neutral",
        "other": "neutral",
    }


def test_what_a_page_author_passes_is_escaped() -> None:
    html = rendered(
        "{% card title=title %}<p>{{ words }}</p>{% endcard %}", title="<b>", words="<i>"
    )
    assert "&lt;b&gt;" in html
    assert "<p>&lt;i&gt;</p>" in html


def test_a_heading_inside_a_page_is_level_two_to_four() -> None:
    assert "<h3" in rendered('{% section title="Del" level=3 %}{% endsection %}')
    with pytest.raises(ValueError, match="level 2 to 4"):
        rendered('{% section title="Del" level=1 %}{% endsection %}')


def test_a_button_of_its_own_carries_the_csrf_token_also_inside_an_isolated_include() -> None:
    source = '{% include "web/components/post_button.html" with action="/x/" label="Ta" only %}'
    template = get_template("web/components/next_step.html")
    values = {"side": "region", "unit": "A", "verb": "svara", "button": "Svara", "action": "/x/"}
    assert "csrfmiddlewaretoken" in template.render(values, RequestFactory().get("/"))
    with pytest.raises(AttributeError):  # without a request the form could never be sent
        Template(source).render(Context())


class Small(forms.Form):
    name = forms.CharField(label="Namn", help_text="Hela namnet.")
    words = forms.CharField(label="Ord", widget=forms.Textarea, required=False)
    side = forms.ChoiceField(label="Sida", choices=[("a", "A")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Ja")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_has_label_help_and_class() -> None:
    html = render_to_string("web/components/field.html", {"field": Small()["name"]})
    assert '<label class="ds-label" for="id_name">Namn' in html
    assert 'class="ds-input"' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'id="id_name_helptext">Hela namnet.' in html
    assert "(valfritt)" not in html


def test_an_optional_field_says_so_and_a_textarea_is_as_wide_as_its_column() -> None:
    html = render_to_string("web/components/field.html", {"field": Small()["words"]})
    assert "(valfritt)" in html
    assert "cols=" not in html
    assert 'rows="4"' in html


def test_a_group_of_choices_is_a_fieldset_with_its_errors() -> None:
    field = Small({"name": "x"})["side"]
    html = render_to_string("web/components/field.html", {"field": field})
    assert (
        '<fieldset class="ds-fieldset field" id="id_side" aria-describedby="id_side_error"' in html
    )
    assert 'id="id_side_error"' in html
    assert '<label class="ds-label" data-weight="regular" for="id_side_0">A</label>' in html


def test_a_faulty_field_is_marked_and_described() -> None:
    html = render_to_string("web/components/field.html", {"field": Small({})["name"]})
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html


def test_the_summary_of_faults_links_to_what_is_on_the_page() -> None:
    form = Small({})
    form.add_error(None, "Det går inte.")
    summary = render_to_string("web/components/form_errors.html", {"form": form})
    assert "Det går inte." in summary
    fields = str(form)
    for field in ("id_name", "id_side", "id_agree"):
        assert f'href="#{field}"' in summary
        assert f'id="{field}"' in fields
    assert "id_secret" in fields
    assert render_to_string("web/components/form_errors.html", {"form": Small()}).strip() == ""
