"""Every field of every form tells what it is, what helps and what is wrong, to eyes and ears alike."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from nearer.design.forms import BoundField
from nearer.design.gallery import ExampleForm, mistaken_form


def field(form: ExampleForm, name: str) -> SafeString:
    return form[name].as_field_group()


def test_a_label_names_its_control() -> None:
    assert '<label class="label" for="id_name">Your legal name' in field(ExampleForm(), "name")


def test_a_hint_and_an_error_are_read_with_their_control() -> None:
    page = field(mistaken_form(), "name")
    described = re.search(r'<input[^>]*aria-describedby="([^"]+)"', page)
    assert described is not None
    assert described[1].split() == ["id_name_helptext", "id_name_error"]
    for each in described[1].split():
        assert f'id="{each}"' in page


def test_the_error_stands_above_the_control_it_is_about() -> None:
    page = field(mistaken_form(), "name")
    assert page.index("Enter your legal name.") < page.index("<input")
    assert 'aria-invalid="true"' in page


def test_choices_are_a_group_with_the_question_as_its_name() -> None:
    page = field(mistaken_form(), "who")
    assert page.index("<fieldset") < page.index("<legend") < page.index("Who is this for?") < page.index('type="radio"')
    assert 'aria-describedby="id_who_error"' in page
    assert "aria-invalid" not in page


def test_a_choice_is_read_with_its_own_hint() -> None:
    page = field(ExampleForm(), "who")
    assert 'aria-describedby="id_who_0_hint"' in page
    assert 'id="id_who_0_hint">Just you and a therapist.' in page


def test_what_may_be_left_out_says_so_in_words() -> None:
    assert "(optional)" in field(ExampleForm(), "phone")
    assert "(optional)" not in field(ExampleForm(), "name")
    assert "(optional)" not in field(ExampleForm(), "consent")


def test_one_checkbox_has_its_label_beside_it() -> None:
    page = field(ExampleForm(), "consent")
    assert page.index("<input") < page.index("I agree to meet by video.")
    assert "<fieldset" not in page


def test_the_browser_knows_what_to_fill_in() -> None:
    page = str(ExampleForm())
    for purpose in ("name", "email", "tel", "bday-day"):
        assert f'autocomplete="{purpose}"' in page


@pytest.mark.parametrize("name", ["name", "email", "state", "note"])
def test_every_box_is_drawn_as_one(name: str) -> None:
    assert 'class="input"' in field(ExampleForm(), name)


def test_the_summary_leads_to_the_first_control_of_each_mistake() -> None:
    form = mistaken_form()
    summary, page = render_to_string("design/error_summary.html", {"form": form}), str(form)
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert len(targets) == len(form.errors) - 1  # all but the mistake that belongs to no field
    for target in targets:
        assert re.search(rf'<(input|select|textarea)[^>]*id="{target}"', page), target


def test_the_summary_is_announced_and_takes_the_focus() -> None:
    summary = render_to_string("design/error_summary.html", {"form": mistaken_form()})
    assert 'role="alert"' in summary
    assert "autofocus" in summary
    assert "That time was taken a moment ago." in summary


def test_a_form_without_mistakes_has_no_summary() -> None:
    assert render_to_string("design/error_summary.html", {"form": ExampleForm()}).strip() == ""


def test_what_people_type_is_never_taken_for_markup() -> None:
    form = ExampleForm({"name": '"><script>alert(1)</script>', "note": "</textarea><b>"})
    assert "<script>" not in str(form)
    assert "</textarea><b>" not in str(form)


def test_every_form_uses_the_renderer() -> None:
    assert isinstance(ExampleForm()["name"], BoundField)
