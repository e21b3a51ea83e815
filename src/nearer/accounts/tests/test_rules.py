"""Ages, telephone numbers, codes, and how long one stays signed in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

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


MOMENTS = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2035, 1, 1), timezones=st.just(UTC))
A_DAY = st.timedeltas(min_value=timedelta(0), max_value=timedelta(hours=24))


@given(began=MOMENTS, used=A_DAY, rested=A_DAY)
def test_a_session_is_over_by_rest_or_by_length_and_stays_over(
    began: datetime, used: timedelta, rested: timedelta
) -> None:
    seen, now = began + used, began + used + rested
    over = rules.is_over(began=began, seen=seen, now=now)
    assert over == (rested >= rules.IDLE or used + rested >= rules.LONGEST)
    assert not over or rules.is_over(began=began, seen=seen, now=now + timedelta(seconds=1))


@given(st.integers(min_value=1, max_value=12))
def test_a_code_has_as_many_digits_as_asked_for(digits: int) -> None:
    code = rules.new_code(digits)
    assert len(code) == digits
    assert code.isdecimal()


@pytest.mark.parametrize(
    ("calls_itself", "is_called"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140 Safari/537 Edg/140", ("Edge", "Windows")),
        ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537 Chrome/140 Mobile Safari/537", ("Chrome", "Android")),
        ("Mozilla/5.0 (iPad; CPU OS 18) AppleWebKit/605 Version/18 Mobile Safari/604", ("Safari", "iPad")),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", ("Firefox", "Linux")),
        ("", ("", "")),
        ("curl/8", ("", "")),
    ],
)
def test_a_browser_is_known_by_what_it_calls_itself(calls_itself: str, is_called: tuple[str, str]) -> None:
    assert rules.device(calls_itself) == is_called
