"""Ages and telephone numbers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.accounts import rules


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2008, 11, 23), date(2026, 11, 22), 17),
        (date(2008, 11, 23), date(2026, 11, 23), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_someone_is_as_old_as_their_last_birthday(born: date, on: date, years: int) -> None:
    assert rules.age(born, on) == years


@given(st.dates(date(1900, 1, 1), date(2026, 11, 23)))
def test_everyone_living_is_in_exactly_one_band(born: date) -> None:
    years = rules.age(born, date(2026, 11, 23))
    youngest, oldest = rules.AGE_BANDS[rules.age_band(born, date(2026, 11, 23))]
    assert youngest <= years <= oldest


@pytest.mark.parametrize("born", [date(2027, 1, 1), date(1890, 1, 1)])
def test_who_is_not_born_or_not_living_is_in_none(born: date) -> None:
    with pytest.raises(ValueError, match="living"):
        rules.age_band(born, date(2026, 11, 23))


@pytest.mark.parametrize("typed", ["(617) 555-0134", "617 555 0134", "+1 617-555-0134", "6175550134"])
def test_a_number_is_understood_however_it_is_typed(typed: str) -> None:
    assert rules.phone_number(typed) == "+16175550134"


@pytest.mark.parametrize("typed", ["call me", "12", "617 555 01345678901234"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(rules.PhoneNotUnderstood):
        rules.phone_number(typed)


def test_a_code_is_six_digits() -> None:
    assert all(len(code) == 6 and code.isdecimal() for code in (rules.new_code() for _ in range(200)))
