"""The check digit catches what people mistype."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from nearer.directory import rules

nine_digits = st.text("0123456789", min_size=9, max_size=9)


def test_the_worked_example_of_the_specification_checks() -> None:
    assert rules.check_digit("123456789") == "3"
    assert rules.is_npi("1234567893")


@given(nine_digits)
def test_the_constant_stands_for_the_prefix_80840(first: str) -> None:
    number = [int(digit) for digit in "80840" + first + rules.check_digit(first)]
    luhn = sum(sum(divmod(2 * digit, 10)) if place % 2 else digit for place, digit in enumerate(reversed(number)))
    assert luhn % 10 == 0


@given(nine_digits, st.integers(0, 9), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_noticed(first: str, place: int, digit: str) -> None:
    right = first + rules.check_digit(first)
    wrong = right[:place] + digit + right[place + 1 :]
    assert rules.is_npi(right)
    assert rules.is_npi(wrong) == (wrong == right)


@given(st.text(max_size=12))
def test_anything_but_ten_plain_digits_is_no_npi(text: str) -> None:
    assume(not (len(text) == 10 and text.isascii() and text.isdigit()))
    assert not rules.is_npi(text)
    assert not rules.is_npi("١٢٣٤٥٦٧٨٩٣")
    assert not rules.is_npi("1234567893\n")
