"""A date is typed in three parts and understood, or the sentence says which part to mend."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from nearer.design.forms import DateField, DateInput


class BirthForm(forms.Form):
    born = DateField(widget=DateInput(autocomplete="bday"), required=False)


def typed(month: str = "", day: str = "", year: str = "") -> BirthForm:
    return BirthForm({"born_month": month, "born_day": day, "born_year": year})


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_real_date_is_understood(day: date) -> None:
    form = typed(str(day.month), str(day.day), str(day.year))
    assert form.is_valid()
    assert form.cleaned_data["born"] == day


@pytest.mark.parametrize("month", ["3", "03", "Mar", "march", "mar."])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    form = typed(month, "27", "1986")
    assert form.is_valid()
    assert form.cleaned_data["born"] == date(1986, 3, 27)


def test_a_month_may_be_named_in_spanish_on_a_spanish_page() -> None:
    with translation.override("es"):
        form = typed("marzo", "27", "1986")
        assert form.is_valid()
        assert form.cleaned_data["born"] == date(1986, 3, 27)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (("", "27", "1986"), "Add the month."),
        (("3", "", "1986"), "Add the day."),
        (("3", "27", ""), "Add the year."),
        (("3", "27", "86"), "Enter the year with four digits, such as 1986."),
        (("13", "1", "1986"), "Enter a real date, such as 3 27 1986."),
        (("2", "30", "1986"), "Enter a real date, such as 3 27 1986."),
        (("spring", "1", "1986"), "Enter a real date, such as 3 27 1986."),
        (("3", "first", "1986"), "Enter a real date, such as 3 27 1986."),
        (("²", "1", "1986"), "Enter a real date, such as 3 27 1986."),
    ],
)
def test_a_mistake_gets_one_sentence_that_says_how_to_mend_it(parts: tuple[str, str, str], sentence: str) -> None:
    assert typed(*parts).errors["born"] == [sentence]


def test_a_date_may_be_left_out_where_it_is_optional() -> None:
    form = typed()
    assert form.is_valid()
    assert form.cleaned_data["born"] is None


def test_what_was_typed_comes_back_as_it_was_typed() -> None:
    page = str(typed("13", "1", "1986")["born"])
    assert 'value="13"' in page
    assert 'value="1986"' in page


def test_the_browser_may_fill_in_a_birth_date() -> None:
    page = str(BirthForm()["born"])
    for part in ("month", "day", "year"):
        assert f'autocomplete="bday-{part}"' in page


def test_the_parts_stand_in_the_order_that_readers_write_them() -> None:
    english = str(BirthForm()["born"])
    with translation.override("es"):
        spanish = str(BirthForm()["born"])
    assert english.index("born_month") < english.index("born_day")
    assert spanish.index("born_day") < spanish.index("born_month")


def test_an_initial_date_is_shown_in_its_parts() -> None:
    page = str(BirthForm(initial={"born": date(1986, 3, 27)})["born"])
    assert 'value="27"' in page


def test_the_same_date_typed_again_is_no_change() -> None:
    data = {"born_month": "3", "born_day": "27", "born_year": "1986"}
    assert not BirthForm(data, initial={"born": date(1986, 3, 27)}).has_changed()
    assert BirthForm(data, initial={"born": date(1986, 3, 28)}).has_changed()
